"""What offices send comes in whole, or what is missing is named; nothing of anybody's is written over."""

import csv
import io
import os
import re
import shutil
from pathlib import Path

import pytest
from attached_files import EXTERNAL, OFFICE, WORD, W, docx, jpeg, paragraph, png, segment, tiff, types
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from publisher.commands.import_ import import_command
from publisher.importing.answers import answered
from publisher.incoming.losses import text_of
from publisher.incoming.papers import about_notice, first_day, signed_on, title_of
from publisher.incoming.word import Word, read_word
from publisher.load.across import Axis, Turned, Turning, turned
from publisher.load.folder import load
from publisher.load.grid import Grid, NumberedRow
from publisher.load.names import MOST_SUGGESTIONS
from publisher.markup import html_of
from publisher.model.asked import Item
from publisher.named import id_of
from publisher.problems import Place, PublisherError
from publisher.words import words_of

HERE = Path(__file__).parent
ZH = words_of("zh-Hans")
SIGNED = paragraph("甲水务有限公司") + paragraph("2026年8月3日")
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""
STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>'
)


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def numbered(text: str, list_: int, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr>{run(text)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    inner = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(one)}</w:tc>' for one in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{inner}</w:tbl>"


def word(body: str, *relations: tuple[str, str, str], more: dict[str, bytes] | None = None) -> bytes:
    related = (("numbering", "numbering.xml", ""), ("styles", "styles.xml", ""), *relations)
    return docx(body, *related, parts={"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES, **(more or {})})


def read(body: str, *relations: tuple[str, str, str], more: dict[str, bytes] | None = None) -> Word:
    return read_word(word(body, *relations, more=more), "回函.docx", "a", ZH)


def codes(found: Word) -> list[str]:
    return [one.code for one in found.told]


# Word: what is kept ---------------------------------------------------------------------------------------------


def test_headings_emphasis_lists_links_and_tables_become_markdown() -> None:
    link = f'<w:p><w:hyperlink r:id="r3" xmlns:r="{OFFICE}">{run("公告")}</w:hyperlink></w:p>'
    body = (
        styled("说明", "a3")
        + styled("存在问题", "1")
        + f"<w:p>{run('共')}{run('37', '<w:b/>')}{run('件')}{run('属实', '<w:i/>')}</w:p>"
        + numbered("培训", 2)
        + numbered("窗口", 2, 1)
        + numbered("考核", 2)
        + link
        + table(("指标", "得分"), ("抢修", "78.5"))
    )
    found = read(body, ("hyperlink", "https://water.example/a", EXTERNAL))
    assert found.markdown == (
        "## 说明\n\n## 存在问题\n\n共**37**件*属实*\n\n1. 培训\n    - 窗口\n2. 考核\n\n"
        "[公告](https://water.example/a)\n\n| 指标 | 得分 |\n|---|---|\n| 抢修 | 78.5 |\n"
    )
    assert codes(found) == []


def test_the_numbers_that_word_counts_stay_as_one_reads_them() -> None:
    """They are in no text of the file, and letters refer to them."""
    found = read(numbered("问题", 1) + numbered("其一", 1, 1) + numbered("其二", 1, 1) + numbered("措施", 1))
    assert found.markdown == "一、问题\n\n（1）其一\n\n（2）其二\n\n二、措施\n"
    again = read(numbered("甲", 2) + paragraph("插话") + numbered("乙", 2))
    assert again.markdown == "1. 甲\n\n插话\n\n2. 乙\n"
    assert 'start="2"' in html_of(again.markdown)


def test_a_list_may_begin_at_nought() -> None:
    from publisher.incoming.numbering import Level, Numbering  # noqa: PLC0415

    numbering = Numbering({"1": ("1", {0: Level(0, "decimal", "%1.")})}, {})
    assert [numbering.label("1", 0) for _ in range(3)] == ["0.", "1.", "2."]


def test_numbers_by_a_style_of_lists_and_by_the_style_that_one_is_based_on() -> None:
    from xml.etree.ElementTree import fromstring  # noqa: PLC0415

    from publisher.incoming.numbering import numbering_of  # noqa: PLC0415

    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    numbers = f"""<w:numbering xmlns:w="{main}">
        <w:abstractNum w:abstractNumId="7"><w:styleLink w:val="points"/>
        <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="points"/></w:abstractNum>
        <w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""
    styles = f"""<w:styles xmlns:w="{main}">
        <w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
        <w:style w:styleId="c"><w:basedOn w:val="c"/></w:style></w:styles>"""
    found = numbering_of(fromstring(numbers), fromstring(styles))  # noqa: S314
    assert found.styles == {"a": ("3", 0), "b": ("3", 0)}
    assert found.label("3", 0) == "(1)"


def test_chinese_numbers_of_lists() -> None:
    from publisher.incoming.numbering import _circled, _letter, _roman, chinese  # noqa: PLC0415

    wanted = {
        1: "一",
        10: "十",
        11: "十一",
        20: "二十",
        101: "一百零一",
        110: "一百一十",
        2026: "二千零二十六",
        1000: "一千",
    }
    assert {number: chinese(number) for number in wanted} == wanted
    assert [_roman(4), _roman(19), _letter(28), _circled(3)] == ["iv", "xix", "bb", "③"]


def test_a_note_stands_at_the_end_under_its_mark() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("见台账。")}</w:p></w:footnote></w:footnotes>'
    body = f'<w:p>{run("已办结")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}</w:p>'
    data = docx(body, ("footnotes", "footnotes.xml", ""), parts={"word/footnotes.xml": notes})
    found = read_word(data, "a.docx", "a", ZH)
    assert found.markdown == "已办结\\[1\\]。\n\n\\[1\\] 见台账。\n"
    assert codes(found) == []


KINDS = ["p", "b", "i", "1", "cell", "list", "break"]
SIGNS = st.text(st.sampled_from("甲乙丙水abXY019 .,;:-+=#*_`[](){}<>&|\\~!?/“”（）、。%‰²—　"), max_size=25)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["p", "b", "i", "1", "cell", "list", "break"]), SIGNS), min_size=1, max_size=6)
)
def test_nothing_is_lost_whatever_the_text(parts: list[tuple[str, str]]) -> None:
    """Sign by sign but for blanks: what the page shows is what Word shows."""
    body, wanted = "", ""
    for kind, text in parts:
        safe = text.replace("&", "&amp;").replace("<", "&lt;")
        shown = text
        if kind == "cell":
            body += table((safe, "乙"), ("丙", safe))
            shown = f"{text}乙丙{text}"
        elif kind == "list":
            body += numbered(safe, 2, 1)
        elif kind == "break":
            body += f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run(safe)}</w:p>"
            shown = f"甲{text}"
        elif kind == "1":
            body += styled(safe, "1")
        else:
            body += f"<w:p>{run('甲')}{run(safe, '' if kind == 'p' else f'<w:{kind}/>')}{run('乙')}</w:p>"
            shown = f"甲{text}乙"
        wanted += shown
    found = read(body)
    assert _plain(text_of(found.markdown)) == _plain(wanted), found.markdown
    assert codes(found) == []


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


# Word: what is not kept is named --------------------------------------------------------------------------------


def test_what_a_reader_of_the_page_would_miss_is_named() -> None:
    header = f"<w:hdr {W}>{paragraph('内部资料')}</w:hdr>"
    comments = f"<w:comments {W}><w:comment w:id='1'>{paragraph('这里要核实')}</w:comment></w:comments>"
    body = (
        f'<w:p>{run("删去的", "<w:strike/>")}{run("保留")}</w:p><w:p><w:r><w:sym w:font="X" w:char="F0FE"/></w:r></w:p>'
    )
    data = docx(body, parts={"word/header1.xml": header, "word/comments.xml": comments})
    found = read_word(data, "a.docx", "a", ZH)
    assert sorted(codes(found)) == ["import-left-out", "import-left-out", "import-struck", "import-symbols"]
    assert {one.value for one in found.told} >= {"内部资料", "这里要核实", "删去的"}


def test_a_second_paragraph_of_the_same_words_is_missed_too() -> None:
    from publisher.incoming.losses import Paragraph, missing  # noqa: PLC0415

    twice = [Paragraph("document", number, "已经整改") for number in (1, 2)]
    assert [one.number for one in missing(twice, "已经整改\n")] == [2]
    assert list(missing(twice, "已经整改\n\n已经整改\n")) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"<w:p><w:ins w:author='x'>{run('新')}</w:ins></w:p>", "attachment-tracked"),
        ("<w:p><w:del w:author='x'><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "attachment-tracked"),
        (f"<w:p>{run('藏', '<w:vanish/>')}</w:p>", "attachment-hidden"),
        (paragraph("\ue0000-\ue001"), "import-private-sign"),
        ("<w:p>" * 200 + "</w:p>" * 200, "attachment-too-complex"),
        (paragraph("甲" * 100_001), "text-exceeds"),
        (f"<w:p>{'<w:r/>' * 150_001}</w:p>", "attachment-too-complex"),
    ],
    ids=["inserted", "deleted", "hidden", "private", "deep", "long", "many parts"],
)
def test_a_file_of_which_nobody_knows_what_is_meant_is_refused(body: str, code: str) -> None:
    with pytest.raises(PublisherError) as caught:
        read_word(docx(body), "a.docx", "a", ZH)
    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 doc", b"<html></html>", b"", b"PK\x03\x04"]
)
def test_what_is_no_word_file_is_refused_with_the_reason(data: bytes) -> None:
    with pytest.raises(PublisherError):
        read_word(data, "a.docx", "a", ZH)


def test_parts_that_do_not_fit_together_are_damage_and_no_bug() -> None:
    body = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    with pytest.raises(PublisherError) as caught:
        read_word(docx(body), "a.docx", "a", ZH)
    assert [one.code for one in caught.value.problems] == ["attachment-damaged"]


def test_entities_are_declared_nowhere() -> None:
    listed = types(WORD).replace("<Types", '<!DOCTYPE Types [<!ENTITY b "bbbb">]><Types', 1)
    with pytest.raises(PublisherError):
        read_word(docx(parts={"[Content_Types].xml": listed}), "a.docx", "a", ZH)


# Pictures -------------------------------------------------------------------------------------------------------


def drawing(id_: str) -> str:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    picture = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    inline = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return (
        f'<w:p>{run("如图")}<w:r><w:drawing><wp:inline xmlns:wp="{inline}"><a:graphic xmlns:a="{a}"><a:graphicData>'
        f'<pic:pic xmlns:pic="{picture}"><pic:blipFill><a:blip r:embed="{id_}" xmlns:r="{OFFICE}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def pictured(data: bytes, name: str = "image1.png") -> Word:
    return read(drawing("r3"), ("image", f"media/{name}", ""), more={f"word/media/{name}": data})


def test_a_picture_becomes_an_attachment_and_the_text_says_so() -> None:
    found = pictured(png())
    assert found.markdown == "如图\n\n（图1，见附件）\n"
    assert [(one.name, one.data) for one in found.pictures] == [("a-1.png", png())]


def test_a_picture_that_tells_where_it_was_taken_stays_out_with_the_reason() -> None:
    located = tiff([], gps=[(2, (31, 14, 0))])
    found = pictured(jpeg(segment(0xE1, b"Exif\0\0" + located)), "image1.jpeg")
    assert found.pictures == []
    assert found.markdown == "如图\n"
    assert len(found.told) == 1
    assert found.told[0].code.startswith("attachment-")


# The command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "bureau"
    shutil.copytree(HERE / "bureau", root)
    (root / "content" / "statements" / "2026-q2" / "water-a.md").unlink(missing_ok=True)
    monkeypatch.chdir(root)
    return root


def start(*options: str, answer: str = "y\n", language: str = "zh-Hans") -> tuple[int, str]:
    result = CliRunner().invoke(import_command(words_of(language)), options, input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


STATEMENT = ("回函.docx", "--statement", "2026-q2", "甲水务")


def test_a_reply_is_shown_then_written_and_its_original_kept_unpublished(bureau: Path) -> None:
    data = word(styled("说明", "1") + paragraph("情况属实。") + SIGNED)
    (bureau / "回函.docx").write_bytes(data)
    before = files(bureau)
    code, output = start(*STATEMENT, "--field", "signatory=总经理")
    assert code == 0
    assert output.index("情况属实") < output.index("写入吗？")
    new = {path: one for path, one in files(bureau).items() if path not in before}
    assert sorted(new) == ["content/attachments/originals/回函.docx", "content/statements/2026-q2/water-a.md"]
    assert new["content/attachments/originals/回函.docx"] == data
    statement = next(
        one for one in load(bureau).bureau.statements if one.company == "water-a" and one.round == "2026-q2"
    )
    assert (statement.signatory, str(statement.signed_on)) == ("总经理", "2026-08-03")
    assert statement.body.startswith("## 说明\n\n情况属实。")


@pytest.mark.parametrize(
    ("language", "blanks"),
    [
        ("zh-Hans", ["【待填：签署人的岗位，例如 总经理；不写姓名】", "【待填：签署日期，例如 2027-04-30】"]),
        ("en", ["【fill in the post of who signed, not a name】", "【fill in the date signed, such as 2027-04-30】"]),
    ],
)
def test_what_a_letter_does_not_say_is_left_blank_as_in_a_new_draft(
    bureau: Path, language: str, blanks: list[str]
) -> None:
    """Never published so, and told by its place."""
    (bureau / "回函.docx").write_bytes(word(paragraph("情况属实。")))
    code, _ = start(*STATEMENT, language=language)
    assert code == 0
    path = "content/statements/2026-q2/water-a.md"
    text = (bureau / path).read_text("utf-8").replace('"', "")
    assert text.startswith(f"---\nsignatory: {blanks[0]}\nsigned_on: {blanks[1]}\n---\n")
    told = [(one.code, one.place.line, one.value) for one in load(bureau).problems if one.place.path == path]
    assert told == [("not-filled", 2, blanks[0]), ("not-filled", 3, blanks[1])]


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_nothing_is_written_without_a_yes(bureau: Path, answer: str) -> None:
    (bureau / "回函.docx").write_bytes(word(SIGNED))
    before = files(bureau)
    start(*STATEMENT, answer=answer)
    assert files(bureau) == before


def test_what_is_there_is_never_written_over(bureau: Path) -> None:
    (bureau / "回函.docx").write_bytes(word(SIGNED))
    assert start(*STATEMENT, "--yes")[0] == 0
    (bureau / "回函.docx").write_bytes(word(paragraph("另一份") + SIGNED))
    before = files(bureau)
    code, output = start(*STATEMENT, "--yes")
    assert (code, files(bureau)) == (1, before)
    assert "[import-exists]" in output


def test_personal_data_and_what_is_missing_are_told_before_the_question(bureau: Path) -> None:
    (bureau / "回函.docx").write_bytes(word(paragraph("联系电话13912345678") + SIGNED))
    _, output = start(*STATEMENT, answer="n\n")
    told = output.partition("写入吗？")[0]
    assert "[personal-data]" in told
    assert "[missing]" in told
    assert "13912345678" not in told.partition("publisher check")[2]


def test_minutes_say_their_title_day_and_companies_themselves(bureau: Path) -> None:
    body = styled("供水见面会记录", "a3") + paragraph("2026年9月8日，甲水务有限公司到会。")
    (bureau / "记录.docx").write_bytes(word(body))
    assert start("记录.docx", "--meeting", "water-2026-09", "--yes", "--field", "residents=12")[0] == 0
    meeting = load(bureau).bureau.meetings["water-2026-09"]
    assert (meeting.title, str(meeting.held_on), meeting.residents) == ("供水见面会记录", "2026-09-08", 12)


def export(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for one in merged:
        sheet.merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = (
    ("2026年第二季度满意度汇总表",),
    ("公司", "指标", "有效票", "满意", "一般", "不满意", "备注"),
    ("water-a", "overall", 100, 70, 20, 10),
    ("", "no-runaround", 90, "", "", "", "补"),
    ("合计", "", 190),
    ("注：不含空白票。",),
)
MAPPED = ("--map", "公司=企业", "--map", "有效票=n", "--map", "备注=")


def test_a_survey_export_with_title_merged_cells_and_notes_becomes_the_scores(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    (bureau / "导出.xlsx").write_bytes(export(*ROWS, merged=("A1:G1", "A3:A4")))
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes", *MAPPED)
    assert code == 0
    for left_out in (
        "第 1 行没有导入：2026年第二季度满意度汇总表",
        "第 5 行没有导入：合计 190",
        "注：不含空白票。",
        "备注 → 不导入",
    ):
        assert left_out in output
    assert "[import-filled]" in output
    text = (bureau / "results" / "2026-q2" / "scores.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["企业", "指标", "有效样本", "满意", "一般", "不满意"],
        ["water-a", "overall", "100", "70", "20", "10"],
        ["water-a", "no-runaround", "90", "", "", ""],
    ]


def test_a_heading_that_nobody_explained_stops_the_import_with_a_suggestion(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    (bureau / "导出.xlsx").write_bytes(export(*ROWS))
    before = files(bureau)
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert (code, files(bureau)) == (1, before)
    assert '单元格 C2：不认识表头“有效票”。是不是“有效样本”？ 是的话加上 --map "有效票=有效样本"' in output


ACROSS = {
    "a number each": (
        [("", "甲水务", "乙水务"), ("总体评价", 90, 80), ("注：略",)],
        [["企业", "指标", "得分"], ["甲水务", "总体评价", "90"], ["乙水务", "总体评价", "80"]],
    ),
    "a word at the left": (
        [
            ("2026年第二季度汇总表",),
            ("指标", "选项", "甲水务", "乙水务", "合计"),
            ("总体评价", "满意", 70, 60, 130),
            ("", "一般", 20, 30, 50),
            ("", "不满意", 10, "", 10),
        ],
        [
            ["企业", "指标", "满意", "一般", "不满意"],
            ["甲水务", "总体评价", "70", "20", "10"],
            ["乙水务", "总体评价", "60", "30", ""],
        ],
    ),
    "headings below the names": (
        [("指标", "甲水务", "", "乙水务", ""), ("", "满意", "一般", "满意", "一般"), ("overall", 70, 20, 60, 30)],
        [["企业", "指标", "满意", "一般"], ["甲水务", "overall", "70", "20"], ["乙水务", "overall", "60", "30"]],
    ),
    "a heading above the names": (
        [("指标", "企业", ""), ("", "甲水务", "乙水务"), ("总体评价", 90, 80)],
        [["企业", "指标", "得分"], ["甲水务", "总体评价", "90"], ["乙水务", "总体评价", "80"]],
    ),
    "indicators across": (
        [("企业", "总体评价", "不推诿"), ("甲水务", 90, 80), ("乙水务", "", 70)],
        [
            ["指标", "企业", "得分"],
            ["总体评价", "甲水务", "90"],
            ["不推诿", "甲水务", "80"],
            ["不推诿", "乙水务", "70"],
        ],
    ),
}


@pytest.mark.parametrize("kind", ACROSS)
def test_names_that_stand_across_become_rows(bureau: Path, kind: str) -> None:
    rows, wanted = ACROSS[kind]
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    merged = {"a word at the left": ("A3:A5",), "a heading above the names": ("A1:A2", "B1:C1")}.get(kind, ())
    (bureau / "导出.xlsx").write_bytes(export(*rows, merged=merged))
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes", "--map", "合计=")
    assert code == 0, output
    assert "[import-across]" in output
    text = (bureau / "results" / "2026-q2" / "scores.csv").read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == wanted
    blanks = sum(cell == "" for row in rows[1:] for cell in row[2:])
    assert ("[import-across-blank]" in output) == bool(blanks or kind == "indicators across")


def test_twice_as_many_rows_of_the_same_cost_twice_as_much() -> None:
    """Without a column at the left every number of a company is one more of the same."""
    hashed = 0

    class Name(str):
        __slots__ = ()

        def __hash__(self) -> int:
            nonlocal hashed
            hashed += 1
            return super().__hash__()

    def cost(count: int) -> int:
        before = hashed
        names = [Name("甲水务"), Name("乙水务")]
        rows = [NumberedRow(1, names), *(NumberedRow(n, ["1", "2"]) for n in range(2, count + 2))]
        axis = Axis("company", {"甲水务": "water-a", "乙水务": "water-b"})
        found = turned(Grid(Place("a.csv"), rows), Turning([axis], {}, {}))
        assert isinstance(found, Turned)
        assert len(found.grid.rows) == 2 * count + 1
        return hashed - before

    assert cost(200) < 2.5 * cost(100)


def test_headings_as_survey_offices_write_them_are_understood(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    rows = (
        ("序号", "企业名称", "测评指标", "有效样本（份）", "满意（票）"),
        (1, "甲水务", "总体评价", 100, 70),
        (2, "乙水务", "总体评价", 90, 60),
    )
    (bureau / "导出.xlsx").write_bytes(export(*rows))
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert code == 0, output
    for told in ("序号 → 不导入", "企业名称 → 企业", "有效样本（份） → 有效样本", "满意（票） → 满意"):
        assert told in output
    text = (bureau / "results" / "2026-q2" / "scores.csv").read_text("utf-8-sig")
    assert text.splitlines()[:2] == ["企业,指标,有效样本,满意", "甲水务,总体评价,100,70"]


def test_a_row_of_numbers_is_not_taken_for_headings(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    rows = (("选项", "小计", "比例"), ("满意", 70, "70%"), ("一般", 20, "20%"))
    (bureau / "导出.xlsx").write_bytes(export(*rows))
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert code == 1
    assert "第一行是“选项 小计 比例”。能用的列：企业、指标、渠道" in output


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("指标", "甲水务", "丙水务"), ("overall", 1, 2)], "单元格 C1：不认识表头“丙水务”。是不是“甲水务”"),
        ([("指标", "甲水务", "", "丙水务", ""), ("", "满意", "一般", "满意", "一般"), ("overall", 1, 2, 3, 4)], "D1"),
        ([("指标", "甲水务", "", "乙水务", ""), ("", "满意", "很差", "满意", "一般"), ("overall", 1, 2, 3, 4)], "C2"),
        ([("指标", "选项", "甲水务"), ("overall", "满意", 1), ("", "一般", 2), ("", "弃权", 3)], "B4"),
        ([("指标", "甲水务", "乙水务", ""), ("overall", 1, 2, 3)], "D1"),
    ],
)
def test_of_names_across_what_is_unclear_is_asked_for(bureau: Path, rows: list[tuple[object, ...]], told: str) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    (bureau / "导出.xlsx").write_bytes(export(*rows))
    before = files(bureau)
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert (code, files(bureau)) == (1, before)
    assert told in output


def test_the_user_says_which_company_an_unknown_name_is(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    (bureau / "导出.xlsx").write_bytes(export(("指标", "甲水务", "城南公司"), ("overall", 90, 80)))
    assert start("导出.xlsx", "--scores", "2026-q2", "--yes", "--map", "城南公司=water-b")[0] == 0
    text = (bureau / "results" / "2026-q2" / "scores.csv").read_text("utf-8-sig")
    assert text.splitlines()[2] == "water-b,overall,80"


def test_a_value_for_a_column_that_is_there_is_not_dropped_in_silence(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    (bureau / "导出.xlsx").write_bytes(export(("企业", "指标", "得分"), ("water-a", "overall", 90)))
    before = files(bureau)
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes", "--field", "score=80")
    assert (code, files(bureau)) == (1, before)
    assert "文件里已经有“得分”一列（score），--field score= 写的内容没有用上。" in output


def test_a_block_of_merged_cells_says_the_same_in_all_of_them(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    rows = (("企业", "指标", "得分", "有效样本"), ("water-a", "overall", 90, ""), ("water-a", "no-runaround", "", ""))
    notes = (("注一\n注二",), ("",))
    (bureau / "导出.xlsx").write_bytes(export(*rows, *notes, merged=("C2:D3", "A4:D5")))
    code, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert code == 0, output
    text = (bureau / "results" / "2026-q2" / "scores.csv").read_text("utf-8-sig")
    assert text.splitlines()[1:] == ["water-a,overall,90,90", "water-a,no-runaround,90,90"]
    assert "注一 注二" in output


def test_cells_merged_within_a_row_are_told(bureau: Path) -> None:
    (bureau / "results" / "2026-q2" / "scores.csv").unlink()
    rows = (("企业", "指标", "得分", "有效样本"), ("water-a", "overall", 90, ""))
    (bureau / "导出.xlsx").write_bytes(export(*rows, merged=("C2:D2",)))
    _, output = start("导出.xlsx", "--scores", "2026-q2", "--yes")
    assert "单元格 C2:D2：同一行里几格合并在一起（“90”），内容只放在第一格。" in output


@pytest.mark.parametrize(
    ("encoding", "ends"), [("gb18030", "\r\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n"), ("utf-16", "\r\n")]
)
def test_questions_go_below_those_that_are_there_in_their_own_form(bureau: Path, encoding: str, ends: str) -> None:
    items = bureau / "content" / "items.csv"
    text = items.read_text("utf-8-sig").rstrip("\n").replace("\n", ends)
    items.write_bytes(text.encode(encoding))
    before = items.read_bytes()
    rows = "提问,提出日期\r\n水压低？,2026-06-25\r\n“井盖”坏了,2026-06-25\r\n"
    (bureau / "热线.csv").write_bytes(rows.encode("gbk"))
    meeting = load(bureau).bureau.meetings["water-2026-06"].title
    given = ("--field", f"meeting={meeting}", "--field", "company=water-a", "--map", "提问=question")
    code, output = start("热线.csv", "--items", "--yes", *given)
    assert code == 0, output
    after = items.read_bytes()
    assert after.startswith(before)
    assert after.decode(encoding).count(ends) == before.decode(encoding).count(ends) + 3
    found = load(bureau)
    assert not [one for one in found.problems if not one.warning]
    assert [(one.id, one.question) for one in found.bureau.items[-2:]] == [
        ("water-2026-06-1", "水压低？"),
        ("water-2026-06-2", "“井盖”坏了"),
    ]


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("~$回函.docx", STATEMENT[1:], "import-lock-file"),
        ("旧版.doc", STATEMENT[1:], "import-old-word"),
        ("旧版.docx", STATEMENT[1:], "import-old-word"),
        ("旧版.doc", ("--answers",), "import-old-word"),
        ("另存.doc", STATEMENT[1:], "import-old-word"),
        ("扫描.pdf", STATEMENT[1:], "import-pdf"),
        ("扫描.docx", STATEMENT[1:], "import-pdf"),
        ("扫描.xlsx", ("--items",), "import-pdf"),
        ("加密.docx", STATEMENT[1:], "import-encrypted"),
        ("图.jpg", STATEMENT[1:], "import-kind"),
        ("回函.docx", ("--answers",), "import-no-table"),
        ("回函.docx", ("--notice", "../a"), "not-an-id"),
        ("回函.docx", ("--notice", "a", "--field", "kinds=x"), "import-field"),
        ("没有.docx", STATEMENT[1:], "import-not-there"),
        ("空.docx", STATEMENT[1:], "import-empty"),
        ("空.csv", ("--items",), "import-empty"),
        ("回函.docx", ("--scores", "2026-q2"), "import-other-kind"),
        ("a.csv", STATEMENT[1:], "import-other-kind"),
        ("回函.docx", ("--statement", "2026-q9", "甲水务"), "unknown-round"),
        ("回函.docx", ("--statement", "2026-q2", "丙"), "unknown-company"),
        ("回函.docx", ("--meeting", "../a"), "not-an-id"),
        ("回函.docx", (*STATEMENT[1:], "--field", "body=x"), "import-field"),
        ("a.csv", ("--items", "--map", "a=nothing"), "import-field"),
        ("a.csv", ("--items",), "import-no-headings"),
    ],
)
def test_what_cannot_be_imported_is_told_and_nothing_written(
    bureau: Path, name: str, options: tuple[str, ...], code: str
) -> None:
    for one in ("~$回函.docx", "回函.docx"):
        (bureau / one).write_bytes(word(SIGNED))
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for one, data in {
        "旧版.doc": compound + "WordDocument\0".encode("utf-16-le"),
        "旧版.docx": compound + "WordDocument\0".encode("utf-16-le"),
        "加密.docx": compound + "EncryptedPackage".encode("utf-16-le"),
        "另存.doc": b"{\\rtf1 x}",
        "扫描.pdf": b"%PDF-1.7 x",
        "扫描.docx": b"%PDF-1.7 x",
        "扫描.xlsx": b"%PDF-1.7 x",
        "图.jpg": b"\xff\xd8\xff x",
        "空.docx": b"",
        "空.csv": b"",
    }.items():
        (bureau / one).write_bytes(data)
    (bureau / "a.csv").write_text("x,y\n1,2\n", "utf-8")
    before = files(bureau)
    status, output = start(name, *options, "--yes")
    assert (status, files(bureau)) == (1, before)
    assert f"[{code}]" in output


def test_a_word_file_is_known_by_what_is_in_it(bureau: Path) -> None:
    (bureau / "回函.doc").write_bytes(word(SIGNED))
    code, output = start("回函.doc", *STATEMENT[1:], "--yes", "--field", "signatory=总经理")
    assert code == 0, output


def test_a_notice_says_its_number_title_and_day_itself(bureau: Path) -> None:
    body = (
        paragraph("测公评〔2026〕 3 号")
        + paragraph("关于停水事故的公告")
        + paragraph("甲水务计划检修。")
        + paragraph("2026年8月3日")
    )
    (bureau / "公告.docx").write_bytes(word(body))
    code, output = start("公告.docx", "--notice", "2026-08-outage", "--yes", "--field", "published_at=2026-08-04 9:00")
    assert code == 0, output
    found = next(one for one in load(bureau).bureau.notices if one.id == "2026-08-outage")
    assert (found.kind, found.title, found.document_number, str(found.issued_on), found.companies) == (
        "announcement",
        "关于停水事故的公告",
        "测公评〔2026〕3号",
        "2026-08-03",
        ("water-a",),
    )
    assert found.issuer == load(bureau).bureau.site.bureau.name
    assert found.body.strip() == "甲水务计划检修。\n\n2026年8月3日"


@pytest.mark.parametrize(
    "written", ["2026年8月3日", "2026. 8. 3", "二〇二六年八月三日", "二○二六年 八月 三日", "2026-08-03"]
)
def test_the_day_of_signing_is_found_however_it_is_written(written: str) -> None:
    text = read(paragraph("自二〇二六年九月三十日起。") + paragraph("甲水务") + paragraph(written)).markdown
    assert signed_on(text) == "2026-08-03"
    assert first_day(text) == "2026-09-30"
    assert signed_on(read(paragraph("二〇二六年八月四十日")).markdown) == ""


def test_a_notice_keeps_every_paragraph_but_its_first_title_and_number() -> None:
    head = "测公评〔2026〕3号\n\n关于停水  \n的公告\n\n"
    body = "甲水务计划检修。\n\n关于停水的公告\n\n测公评〔2026〕3号\n\n2026年8月3日\n"
    assert about_notice(head + body)[1] == body
    assert about_notice(head + body)[0]["title"] == "关于停水的公告"
    assert about_notice("停水\n\n停水\n") == ({"title": "停水", "issued_on": ""}, "停水\n")
    assert about_notice(f"{'长' * 300}\n") == ({"title": "长" * 300, "issued_on": ""}, "\n")


@pytest.mark.parametrize(
    "first",
    ["长" * 301, "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "- 甲\n- 乙", "1. 甲", "见[公告](https://a.cn)"],
    ids=["long", "table", "list", "numbers", "link"],
)
def test_what_can_be_no_title_stays_in_the_text_and_the_title_is_asked_for(first: str) -> None:
    text = f"{first}\n\n甲水务计划检修。\n"
    assert about_notice(text) == ({"title": "", "issued_on": ""}, text)
    assert about_notice(f"测公评〔2026〕3号\n\n{text}")[1] == text
    assert title_of(text) == ""


def test_when_a_notice_comes_out_is_asked_for(bureau: Path) -> None:
    (bureau / "公告.docx").write_bytes(word(paragraph("公告") + paragraph("2026年8月3日")))
    _, output = start("公告.docx", "--notice", "a", answer="n\n")
    assert "“published_at”" in output.partition("写入吗？")[0]


ANSWERED = "编号,场次,企业,提出日期,问题,答复人,答复日期,答复内容\n"
OPEN_ROWS = (
    "k-1,water-2026-06,water-a,2026-06-25,水压低？,,,\n"
    'k-2,water-2026-06,water-a,2026-06-25,"井盖坏了，\n谁来修？",,,\n'
    "k-3,water-2026-06,water-a,2026-06-25,收费贵？,总经理,2026-06-26,已经说明。\n"
)


@pytest.mark.parametrize(("encoding", "ends"), [("gb18030", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\r\n")])
def test_answers_fill_the_empty_cells_of_their_questions(bureau: Path, encoding: str, ends: str) -> None:
    items = bureau / "content" / "items.csv"
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    items.write_bytes((ANSWERED + OPEN_ROWS).replace("\n", ends).encode(encoding))
    rows = (("问题", "答复内容", "答复日期"), ("水压低？", "加装了水泵。", "2026-06-28"))
    (bureau / "答复.docx").write_bytes(
        word(paragraph("答复如下：") + table(*rows, ("井盖坏了，谁来修？", "本周修。", "")))
    )
    code, output = start("答复.docx", "--answers", "--yes", "--field", "answered_by=总经理")
    assert code == 0, output
    assert "这段文字没有导入：“答复如下：”。" in output
    wanted = OPEN_ROWS.replace("水压低？,,,", "水压低？,总经理,2026-06-28,加装了水泵。")
    wanted = wanted.replace('谁来修？",,,', '谁来修？",总经理,,本周修。')
    assert items.read_bytes() == (ANSWERED + wanted).replace("\n", ends).encode(encoding)


@pytest.mark.parametrize(
    ("rows", "options", "told"),
    [
        (("问题", "答复内容"), ("水压太低？", "修。"), "登记的提问里没有“水压太低？”。是不是“水压低？”？"),
        (("编号", "问题", "答复内容"), ("k-9", "", "修。"), "登记的提问里没有“k-9”。"),
        (("问题", "答复内容"), ("收费贵？", "不贵。"), "这一格已经写了“已经说明。”，没有改成“不贵。”。"),
        (("问题", "答复内容", "承诺事项"), ("水压低？", "修。", "年底修好"), "现有的表里没有“promise”这一列。"),
        (("问题", "回复"), ("水压低？", "修。"), "缺少必须有的一列：answer"),
    ],
)
def test_an_answer_of_which_nobody_knows_where_it_belongs_is_told(
    bureau: Path, rows: tuple[str, ...], options: tuple[str, ...], told: str
) -> None:
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    (bureau / "content" / "items.csv").write_text(ANSWERED + OPEN_ROWS, "utf-8")
    (bureau / "答复.docx").write_bytes(word(table(rows, options)))
    before = files(bureau)
    code, output = start("答复.docx", "--answers", "--yes", "--map", "回复=")
    assert (code, files(bureau)) == (1, before)
    assert told in output


def test_two_answers_to_one_question_and_one_to_two_are_told(bureau: Path) -> None:
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    again = OPEN_ROWS.splitlines(keepends=True)[0].replace("k-1", "k-4")
    (bureau / "content" / "items.csv").write_text(ANSWERED + OPEN_ROWS + again, "utf-8")
    (bureau / "答复.docx").write_bytes(word(table(("问题", "答复内容"), ("水压低？", "修。"))))
    assert "“水压低？”有几个提问一样：k-1、k-4。" in start("答复.docx", "--answers", "--yes")[1]
    rows = (("编号", "问题", "答复内容"), ("k-2", "", "修。"), ("k-2", "", "已修。"))
    (bureau / "答复.docx").write_bytes(word(table(*rows)))
    assert "“k-2”（k-2）在文件里有两个答复。" in start("答复.docx", "--answers", "--yes")[1]


def test_an_answer_leaves_all_other_cells_of_its_row_as_they_are(bureau: Path) -> None:
    items = bureau / "content" / "items.csv"
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    row = 'k-1,water-2026-06 ,water-a,2026-06-25,"  水压低？ ", {}\n'
    items.write_text(ANSWERED + row.format(",,"), "utf-8")
    rows = (("问题", "答复人", "答复日期", "答复内容"), ("水压低？", "总经理", "2026-06-28", "加装了水泵。"))
    (bureau / "答复.docx").write_bytes(word(table(*rows)))
    code, output = start("答复.docx", "--answers", "--yes")
    assert code == 0, output
    wanted = row.format("总经理,2026-06-28,加装了水泵。").replace(", 总", ",总")
    assert items.read_text("utf-8").replace('"', "") == ANSWERED + wanted.replace('"', "")


def test_an_answer_for_another_meeting_is_told_where_the_question_is(bureau: Path) -> None:
    items = bureau / "content" / "items.csv"
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    items.write_text(ANSWERED + "k-1,water-2026-06,water-a,2026-06-25,水压低？,,,\n", "utf-8")
    rows = (("问题", "答复人", "答复日期", "答复内容"), ("水压低？", "总经理", "2026-10-28", "加装了水泵。"))
    (bureau / "答复.docx").write_bytes(word(table(*rows)))
    code, output = start("答复.docx", "--answers", "--field", "meeting=water-2026-10", "--yes")
    assert code == 1
    assert "“水压低？”登记在别的场次或者企业名下：k-1 (water-2026-06, water-a)。" in output


def test_answers_to_no_question_are_looked_up_a_limited_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item.model_construct(id=f"k-{n}", question=f"水压低{n}？") for n in range(3)]
    looked: list[str] = []
    monkeypatch.setattr("publisher.importing.answers.near", lambda text, _: looked.append(text) or "")
    rows = [(Place("答复.csv", line=n), {"question": f"没有问过{n}", "answer": "修。"}) for n in range(2, 90)]
    empty = [(Place("答复.csv", line=n), {"question": "", "answer": "修。"}) for n in range(90, 99)]
    with pytest.raises(PublisherError) as raised:
        answered([*rows, *empty], items)
    assert len(looked) == MOST_SUGGESTIONS
    assert [one.code for one in raised.value.problems] == ["import-no-question"] * 88 + ["missing"] * 9
    assert raised.value.problems[-1].place.column == "question"


def test_questions_come_from_the_table_of_a_letter_too(bureau: Path) -> None:
    (bureau / "content" / "items.csv").write_text(ANSWERED, "utf-8")
    (bureau / "content" / "events.csv").unlink(missing_ok=True)
    rows = (("问题", "提出日期"), ("a \\| b*c*", "2026-06-25"))
    (bureau / "提问.docx").write_bytes(word(table(*rows) + table(("x",), ("y",))))
    given = ("--field", "meeting=water-2026-06", "--field", "company=water-a")
    code, output = start("提问.docx", "--items", "--yes", *given)
    assert code == 0, output
    assert "[import-tables-left]" in output
    assert load(bureau).bureau.items[-1].question == "a \\| b*c*"


@pytest.mark.skipif(os.name == "nt", reason="no such name can be there")
def test_an_original_of_a_name_that_windows_cannot_hold_is_kept_under_another(bureau: Path) -> None:
    (bureau / "回函: a?.docx").write_bytes(word(SIGNED))
    assert start("回函: a?.docx", *STATEMENT[1:], "--yes")[0] == 0
    assert (bureau / "content" / "attachments" / "originals" / "original.docx").is_file()


def test_two_originals_of_one_name_are_both_kept(bureau: Path) -> None:
    for number, body in enumerate(("甲", "乙", "甲")):
        (bureau / "记录.docx").write_bytes(word(styled(body, "1") + paragraph("2026年9月8日")))
        assert start("记录.docx", "--meeting", f"m{number}", "--yes")[0] == 0
    kept = sorted(path.name for path in (bureau / "content" / "attachments" / "originals").iterdir())
    assert kept == ["记录-2.docx", "记录.docx"]


def test_a_company_is_known_by_its_id_or_a_name_that_it_alone_has(bureau: Path) -> None:
    companies = load(bureau).bureau.companies
    shared = {id_: one.model_copy(update={"short_name": "水务"}) for id_, one in companies.items()}
    assert len(shared) > 1
    named = next(iter(shared.values()))
    assert [id_of(name, shared) for name in (named.id, named.id.upper(), f" {named.name}", "水务", "无此公司")] == [
        *[named.id] * 3,
        "",
        "",
    ]


def test_exactly_one_kind_of_target_is_asked_for(bureau: Path) -> None:
    assert start("a.csv")[0] == 2
    assert start("a.csv", "--items", "--scores", "x")[0] == 2


def test_if_one_file_cannot_be_written_none_is(bureau: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from publisher.write import write_several  # noqa: PLC0415

    (bureau / "content" / "block").write_text("", "utf-8")
    before = files(bureau)
    with pytest.raises(PublisherError):
        write_several(bureau, {"content/new/a.md": b"a", "content/block/b.md": b"b"})
    assert files(bureau) == before
    assert not (bureau / "content" / "new").exists()


def test_a_table_that_changed_meanwhile_is_not_written_over(bureau: Path) -> None:
    from publisher.write import write_several  # noqa: PLC0415

    path = bureau / "content" / "items.csv"
    held = path.read_bytes()
    path.write_bytes(held + b"x")
    with pytest.raises(PublisherError) as caught:
        write_several(bureau, {"content/items.csv": b"new"}, {"content/items.csv": held})
    assert [one.code for one in caught.value.problems] == ["changed-meanwhile"]
    assert path.read_bytes() == held + b"x"


def test_it_speaks_english_too(bureau: Path) -> None:
    (bureau / "回函.docx").write_bytes(word(SIGNED))
    code, output = start(*STATEMENT, "--yes", language="en")
    assert code == 0
    assert output.startswith("What was understood of")
