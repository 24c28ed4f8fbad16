"""Letters that answer question by question, or tell how matters stand, are read without a table; nothing is guessed."""

import csv
import io
from pathlib import Path

import pytest
from attached_files import paragraph, png
from test_import import OPEN_ROWS, bureau, drawing, files, numbered, start, styled, table, word  # noqa: F401

from publisher.importing.reading import ITEMS, _labels
from publisher.incoming.letters import letter_of
from publisher.load.exports import Wanted
from publisher.load.folder import load
from publisher.load.headings import headings_of, others_of
from publisher.model.asked import Item

WATER, LID = "水压低？", "井盖坏了，谁来修？"
BOTH = [{"question": WATER, "answer": "加装了水泵。"}, {"question": LID, "answer": "本周修。"}]
SIGNED = ["甲水务有限公司", "2026年6月28日"]
LETTERS = {
    "labels": (["问题一：水压低？", "答复：加装了水泵。", "问题二：井盖坏了，谁来修？", "答复：本周修。"], BOTH),
    "labels alone": (["问题1", WATER, "答复", "加装了水泵。", "问题2", LID, "答复", "本周修。"], BOTH),
    "brackets": (
        ["【问题一】水压低？", "【答复】加装了水泵。", "【问题二】井盖坏了，谁来修？", "【答复】本周修。"],
        BOTH,
    ),
    "headings": (["## 一、水压低？", "答：加装了水泵。", "## 二、井盖坏了，谁来修？", "答：本周修。"], BOTH),
    "headings alone": (["## 水压低？", "加装了水泵。", "## 井盖坏了，谁来修？", "本周修。"], BOTH),
    "numbers": (["1. 水压低？", "答 复：加装了水泵。", "（二）井盖坏了，谁来修？", "回复：本周修。"], BOTH),
    "answers below all questions": (
        [
            "问题一：水压低？",
            "问题２：井盖坏了，谁来修？",
            "现答复如下：",
            "关于问题一的答复：加装了水泵。",
            "答复二：本周修。",
        ],
        BOTH,
    ),
    "no label for the answer": (["问题一：水压低？", "加装了水泵。", "问题二：井盖坏了，谁来修？", "本周修。"], BOTH),
    "a question of two lines": (
        ["问：水压低？", "三楼没水。", "答：修。"],
        [{"question": "水压低？\n三楼没水。", "answer": "修。"}],
    ),
    "an answer of two lines": (
        ["问题：甲", "答复：修。", "一是换泵。"],
        [{"question": "甲", "answer": "修。\n一是换泵。"}],
    ),
    "what was promised": (
        ["问题：甲", "答复：修。", "承诺：换泵", "责任人：总经理", "时限：2026年6月30日前", "另行公告。"],
        [
            {
                "question": "甲",
                "answer": "修。\n另行公告。",
                "promise": "换泵",
                "owner": "总经理",
                "due_on": "2026年6月30日前",
            }
        ],
    ),
    "a number of the table": (["编号：k-1", "答复：修。"], [{"id": "k-1", "answer": "修。"}]),
    "a day on a line of its own": (
        ["问题：甲", "答复：修。", "完成时限：", "2026年6月30日"],
        [{"question": "甲", "answer": "修。", "due_on": "2026年6月30日"}],
    ),
}


SAID = ("--field", "by=company", "--field", "kind=note", "--field", "date=2026-07-03")


HEADINGS = headings_of("items", Item)
LABELS = _labels(Wanted("items", HEADINGS, (), others_of("items", HEADINGS)), ITEMS)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("end", [[], SIGNED, ["特此函复。", *SIGNED], ["甲水务（盖章） 2026年6月28日"]])
def test_the_parts_of_a_letter_are_found_however_it_marks_them(name: str, end: list[str]) -> None:
    lines, wanted = LETTERS[name]
    head = ["测试市公用事业局：", "来函收悉，现答复如下："]
    found = letter_of("\n\n".join([*head, *lines, *end]), LABELS)
    assert [dict(one.cells) for one in found.parts] == wanted
    assert [one for one in found.beside if one != "现答复如下："] == [*head, *end]


@pytest.mark.parametrize(
    "text",
    [
        "水压低的问题已经解决。",
        "问题很多，答复很少。",
        "答复内容属实。",
        "## 基本情况\n\n公司成立于1998年。",
        "2026年6月28日",
    ],
)
def test_plain_text_has_no_parts(text: str) -> None:
    assert letter_of(text, LABELS).parts == []


def test_what_stands_under_a_heading_that_asks_nothing_is_told_and_no_part_of_an_answer() -> None:
    text = "问题：甲\n\n答复：修。\n\n## 下一步打算\n\n承诺：加强巡查。\n\n继续努力。"
    found = letter_of(text, LABELS)
    assert [dict(one.cells) for one in found.parts] == [{"question": "甲", "answer": "修。"}]
    assert found.beside == ["下一步打算", "加强巡查。", "继续努力。"]


def test_an_answer_without_any_question_is_told_and_no_part() -> None:
    found = letter_of("来函收悉。\n\n答复：修。", LABELS)
    assert (found.parts, found.beside) == ([], ["来函收悉。", "答复：修。"])


def letter(*lines: str) -> bytes:
    return word("".join(paragraph(one) for one in lines))


@pytest.fixture
def asked(bureau: Path) -> Path:  # noqa: F811
    head = "编号,场次,企业,提出日期,问题,答复人,答复日期,答复内容,承诺事项,责任人,完成时限\n"
    (bureau / "content" / "items.csv").write_text(head + OPEN_ROWS.replace(",,,\n", ",,,,,,\n"), "utf-8")
    (bureau / "content" / "events.csv").write_text("事项,日期,来源方,类型,新时限,原因,依据\n", "utf-8")
    return bureau


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_a_letter_of_answers_fills_the_cells_of_its_questions(asked: Path) -> None:
    lines = [
        "问题一：水压低",
        "答复：加装了水泵。",
        "承诺：再换一台",
        "责任人：调度主任",
        "时限：2026年７月31日前",
        *SIGNED,
    ]
    (asked / "回复函.docx").write_bytes(letter(*lines))
    given = ("--field", "answered_by=总经理", "--field", "answered_on=2026-06-28")
    code, output = start("回复函.docx", "--answers", "--yes", *given)
    assert code == 0, output
    assert output.index("    答复内容：加装了水泵。") < output.index("将写入")
    assert "这段文字没有导入：“甲水务有限公司”。" in output
    found = rows(asked / "content" / "items.csv")[0]
    assert [found[name] for name in ("答复内容", "承诺事项", "责任人", "完成时限", "答复人")] == [
        *("加装了水泵。", "再换一台", "调度主任", "2026-07-31", "总经理"),
    ]


def test_a_letter_of_new_questions_becomes_rows_of_its_meeting(asked: Path) -> None:
    (asked / "记录.docx").write_bytes(letter("问题一：水表走得快？", "答复：来校。", "问题二：晚上停水？", *SIGNED))
    given = ("--field", "meeting=water-2026-06", "--field", "company=water-a", "--field", "raised_on=2026-06-25")
    code, output = start("记录.docx", "--items", "--yes", *given)
    assert code == 0, output
    assert [(one.id, one.question, one.answer) for one in load(asked).bureau.items[-2:]] == [
        ("water-2026-06-1", "水表走得快？", "来校。"),
        ("water-2026-06-2", "晚上停水？", None),
    ]


@pytest.mark.parametrize("named", ["k-3", "收费贵", "收费 贵？"])
@pytest.mark.parametrize("form", ["letter", "table of a letter", "csv"])
def test_what_became_of_questions_goes_below_the_events(asked: Path, named: str, form: str) -> None:
    if form == "letter":
        data, name = letter(f"问题一：{named}", "进展：已经公示收费。", "日期：2026年7月3日"), "进展.docx"
    elif form == "csv":
        data, name = f"事项,日期,原因\r\n{named},2026-07-03,已经公示收费。\r\n".encode("gbk"), "进展.csv"
    else:
        data, name = word(table(("事项", "日期", "原因"), (named, "2026-07-03", "已经公示收费。"))), "进展.docx"
    (asked / name).write_bytes(data)
    code, output = start(name, "--events", "--yes", "--field", "by=企业", "--field", "kind=说明")
    assert code == 0, output
    event = load(asked).bureau.events[-1]
    assert (event.item, str(event.date), event.by, event.kind, event.reason) == (
        *("k-3", "2026-07-03", "company", "note"),
        "已经公示收费。",
    )


def test_an_event_may_name_what_was_promised(asked: Path) -> None:
    items = asked / "content" / "items.csv"
    items.write_text(items.read_text("utf-8").replace("已经说明。", "已经说明。,公示收费,客服主任,2026-07-31"), "utf-8")
    (asked / "进展.docx").write_bytes(letter("承诺：公示收费", "进展：已公示。", "日期：2026年7月3日"))
    assert start("进展.docx", "--events", "--yes", "--field", "by=company", "--field", "kind=done")[0] == 0
    assert load(asked).bureau.events[-1].item == "k-3"


@pytest.mark.parametrize(
    ("lines", "options", "told"),
    [
        (
            ["问题一：水压太低", "答复：修。"],
            ("--answers",),
            "“问题一”：登记的提问里没有“水压太低”。是不是“水压低？”？",
        ),
        (["问题一：水压低", "问题二：收费贵", "答复：修。"], ("--answers",), "“问题一”：这一条里没有“答复内容”。"),
        (["问题一：水压太低", "进展：修。"], ("--events", *SAID), "登记的提问里没有“水压太低”。是不是“水压低？”？"),
        (["问题一：水压低", "日期：2026年7月3日"], ("--events",), "缺少必须有的一列：by"),
        (["情况说明。"], ("--events",), "[import-no-table]"),
        (["事项：", "进展：修。"], ("--events",), "“事项”：这一条里没有“事项”。"),
    ],
)
def test_a_part_of_which_nobody_knows_what_is_meant_is_told(
    asked: Path, lines: list[str], options: tuple[str, ...], told: str
) -> None:
    (asked / "来信.docx").write_bytes(letter(*lines))
    before = files(asked)
    code, output = start("来信.docx", *options, "--yes")
    assert (code, files(asked)) == (1, before)
    assert told in output


def test_events_are_not_laid_beside_a_workbook_that_holds_them(asked: Path) -> None:
    (asked / "content" / "events.csv").unlink()
    (asked / "content" / "items.csv").rename(asked / "content" / "items.xlsx")
    (asked / "进展.docx").write_bytes(letter("事项：k-1", "进展：修。"))
    code, output = start("进展.docx", "--events", "--yes")
    assert code == 1
    assert "[import-into-workbook]" in output


def test_a_picture_beside_answers_is_told_and_not_spoken_of(asked: Path) -> None:
    body = paragraph("问题：水压低") + paragraph("答复：修。") + drawing("r3")
    data = word(body, ("image", "media/image1.png", ""), more={"word/media/image1.png": png()})
    (asked / "回复函.docx").write_bytes(data)
    _, output = start("回复函.docx", "--answers", answer="n\n")
    assert "文件里有 1 张图片没有导入。" in output
    assert "见附件" not in output


def test_a_small_table_in_an_answer_does_not_hide_the_parts(asked: Path) -> None:
    body = paragraph("问题：水压低") + paragraph("答复：见下表。") + table(("月份", "水压"), ("六月", "0.2"))
    (asked / "回复函.docx").write_bytes(word(body))
    _, output = start("回复函.docx", "--answers", answer="n\n")
    assert "    答复内容：见下表。" in output
    assert "[import-tables-left]" in output


def test_numbers_that_word_counts_do_not_belong_to_the_question(asked: Path) -> None:
    body = numbered("水压低？", 1) + paragraph("答：修。") + styled("收费贵？", "1") + paragraph("答：不贵。")
    (asked / "提问.docx").write_bytes(word(body))
    _, output = start("提问.docx", "--items", answer="n\n")
    assert "缺少必须有的一列" in output
    given = ("--field", "meeting=water-2026-06", "--field", "company=water-a", "--field", "raised_on=2026-06-25")
    _, output = start("提问.docx", "--items", *given, answer="n\n")
    assert "    问题：水压低？" in output
    assert "    问题：收费贵？" in output
