"""Attachments: what may go out is known to the last byte, everything else is refused in one clear sentence.

`attached_files.txt` says of every file of `attached_files.py` what comes out: its kind, what it says of its making,
and the sentences of its faults. It is written by

    python tests/test_attachments.py --bless

and must be read before it is kept.
"""

import hashlib
import re
import shutil
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import no_stall

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from attached_files import GOOD, GPS, HOSTILE, cells, core, docx, exif, jpeg, paragraph, pdf, xlsx  # noqa: E402
from conftest import at_noon  # noqa: E402

from publisher.build import build  # noqa: E402
from publisher.checking import checked  # noqa: E402
from publisher.load import attachments, limits  # noqa: E402
from publisher.load.attached.look import Look, RefusedError  # noqa: E402
from publisher.load.attached.pdf import _LIMITS  # noqa: E402
from publisher.load.attached.pdf_worker import look_through as look_through_pdf  # noqa: E402
from publisher.load.attached.reading import look_through  # noqa: E402
from publisher.messages import lines_of, sentence  # noqa: E402
from publisher.problems import PublisherError  # noqa: E402
from publisher.released import released  # noqa: E402
from publisher.sealing import seal  # noqa: E402
from publisher.words import words_of  # noqa: E402

EXPECTED = HERE / "attached_files.txt"
BLESS = "if the new lines are right: python tests/test_attachments.py --bless, then read the difference"
BUREAU = HERE / "bureau"
ZONE = ZoneInfo("Asia/Shanghai")


# One file -------------------------------------------------------------------------------------------------------


def outcome(name, data, language="zh-Hans"):
    look, kind = Look(name), "-"
    try:
        kind = look_through(data, Path(name).suffix.lower(), look)
    except RefusedError as error:
        look.fault(error.code, error.value, **error.details)
    yield kind
    for one in look.metadata:
        yield f"{one.field.rpartition('.')[2]} = {one.value[:60]}"
    for one in dict.fromkeys(look.faults):
        yield sentence(one, words_of(language))


def expected():
    blocks = EXPECTED.read_text("utf-8").split("\n\n")
    return {block.split("\n")[0].strip("[]"): block.strip("\n").split("\n")[1:] for block in blocks}


@pytest.mark.parametrize("name", [*GOOD, *HOSTILE])
def test_every_file_is_taken_or_refused_in_the_words_that_were_blessed(name):
    with no_stall():
        assert list(outcome(name, {**GOOD, **HOSTILE}[name])) == expected()[name], BLESS


def test_every_fault_has_words_in_english():
    quick = [name for name in HOSTILE if not name.endswith(".pdf") and len(HOSTILE[name]) < 100_000]
    assert all(
        re.search(r"\[(attachment|control)-[a-z-]+\]$", line)
        for name in quick
        for line in outcome(name, HOSTILE[name], "en")
        if "]" in line
    )


def test_good_files_have_no_fault_and_hostile_ones_are_told_something():
    blessed = expected()
    assert all(len(blessed[name]) == 1 for name in GOOD)
    silent = [name for name in HOSTILE if len(blessed[name]) < 2]
    # A number of a PDF that readers mend, and a place of noughts, harm nobody.
    assert silent == ["deep.docx", "previous-loop.pdf", "negative-length.pdf", "empty-place.jpg"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([name for name in GOOD if not name.endswith(".pdf")]), st.data())
def test_a_file_cut_or_flipped_anywhere_is_taken_or_refused(name, data):
    list(outcome(name, _spoiled(GOOD[name], data)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([name for name in {**GOOD, **HOSTILE} if name.endswith(".pdf")]), st.data())
def test_a_pdf_cut_or_flipped_anywhere_is_taken_or_refused(name, data):
    """In this process, so that an exception nobody expects is seen."""
    whole = {**GOOD, **HOSTILE}[name]
    if 100 < len(whole) < 20_000:
        refused = look_through_pdf(_spoiled(whole, data), _LIMITS).refused
        assert refused == "" or refused.startswith("attachment-")


def _spoiled(whole, data):
    spoiled = bytearray(whole[: data.draw(st.integers(1, len(whole)))] if data.draw(st.booleans()) else whole)
    for place in data.draw(st.lists(st.integers(0, len(spoiled) - 1), max_size=8)):
        spoiled[place] = data.draw(st.integers(0, 255))
    return bytes(spoiled)


def test_a_cut_picture_or_package_is_never_taken():
    for name in ("good.png", "good.jpg", "good.docx", "good.xlsx"):
        whole = GOOD[name]
        taken = [end for end in range(1, len(whole), 7) if next(outcome(name, whole[:end])) != "-"]
        assert taken == []


# A bureau with attachments --------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BUREAU, tmp_path / "bureau")


NOTICE = "notices/gas-b-warning.md"
STATEMENT = "statements/2026-q2/water-b.md"


def attach(root, document, **files):
    """attach(root, NOTICE, 标题=("名.pdf", data)): the files, and their names at the head of the document."""
    path = root / "content" / document
    lines = ["attachments:"]
    for title, (name, data) in files.items():
        target = root / "content" / "attachments" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if data is not None:
            target.write_bytes(data)
        lines.append(f"  - {{file: {name}, title: {title}}}")
    text = path.read_text("utf-8")
    assert "attachments:" not in text
    head, rest = text[4:].split("\n---\n", 1)
    path.write_text("\n".join(["---", head, *lines, "---", rest]), "utf-8", newline="\n")


def told(root, *, warnings=False):
    found = [one for one in checked(root, at_noon).problems if warnings or not one.warning]
    return [line.strip() for line in lines_of(found, words_of("zh-Hans")) if line]


def made(root, site, moment=at_noon, **options):
    build(root, site, moment, today=at_noon, **options)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def served(files):
    return sorted(name for name in files if name.startswith("attachments/"))


def digest(data):
    return hashlib.sha256(data).hexdigest()


def test_an_attachment_goes_out_byte_for_byte_under_a_name_of_ours(root, tmp_path):
    files = {"整改照片": ("现场（初稿）.JPG", jpeg()), "登记表": ("表/登记 表.pdf", pdf())}
    attach(root, NOTICE, **files)
    site = made(root, tmp_path / "site")
    want = {
        f"attachments/notices/gas-b-warning-{digest(jpeg())[:16]}.jpg": jpeg(),
        f"attachments/notices/gas-b-warning-{digest(pdf())[:16]}.pdf": pdf(),
    }
    assert {name: site[name] for name in served(site)} == want
    page = site["notices/gas-b-warning.html"].decode()
    for name, data in want.items():
        assert re.search(rf'<a href="../{re.escape(name)}">', page)
        assert digest(data) in page
        assert f"{digest(data)}  {name}" in site["SHA256SUMS"].decode()
    assert "整改照片" in page
    assert "JPEG 图片，1 kB" in page
    assert not any("初稿".encode() in data or "登记 表".encode() in data for data in site.values())
    assert made(root, tmp_path / "again", jobs=2) == site


def test_every_owner_lists_its_attachments(root, tmp_path):
    owners = {
        NOTICE: "notices/gas-b-warning",
        STATEMENT: "rounds/2026-q2/water-b",
        "responses/2026-q2/water-b.md": "rounds/2026-q2/water-b",
        "meetings/water-2026-06.md": "meetings/water-2026-06",
        "corrections/2026-q1-water-b.md": "corrections",
    }
    for number, document in enumerate(owners):
        attach(root, document, **{f"附表{number}": (f"{number}.csv", f"甲,{number}\n".encode())})
    site = made(root, tmp_path / "site")
    assert len(served(site)) == len(owners)
    for number, page in enumerate(owners.values()):
        assert f"附表{number}" in site[f"{page}.html"].decode()
    assert "attachments/statements/2026-q2/water-b-" in site["rounds/2026-q2/water-b.html"].decode()


def test_the_annexes_of_a_notice_are_one_list_that_its_results_begin(root, tmp_path):
    """GB/T 9704-2012 numbers the annexes through; on paper they have the same numbers."""
    attach(root, "notices/2026-q2-results.md", 附表=("a.csv", "甲,1\n".encode()))
    page = made(root, tmp_path / "site")["notices/2026-q2-results.html"].decode()
    assert page.count("附件：") == 1
    annexes = page.partition("附件：")[2].partition("</ol>")[0]
    assert [re.sub("<.*?>", "", one) for one in re.findall(r"<li><a [^>]*>.*?</a>", annexes)] == [
        words_of("zh-Hans")("notice.annex.data"),
        "附表",
    ]


def test_nothing_of_an_attachment_is_out_before_its_owner(root, tmp_path):
    attach(root, NOTICE, 未公布的附件=("x.csv", b"a,1\n"))
    before, after = (datetime(2026, 7, 1, hour, 59, tzinfo=ZONE) for hour in (9, 10))
    bureau = checked(root, at_noon).bureau
    assert [len(released(bureau, moment).attachments) for moment in (before, after)] == [0, 1]
    assert not any(one.passages for one in released(bureau, after).attachments.values())
    site = made(root, tmp_path / "site", lambda _: before)
    assert served(site) == []
    assert not any("未公布的附件".encode() in data or digest(b"a,1\n").encode() in data for data in site.values())
    assert served(made(root, tmp_path / "site", lambda _: after))


def test_what_nothing_names_is_told_and_stays_at_home(root, tmp_path):
    folder = root / "content" / "attachments"
    (folder / "originals").mkdir(parents=True)
    (folder / "originals" / "原件.docx").write_bytes(b"x")
    (folder / "spare.pdf").write_bytes(b"not even a PDF")
    (folder / "README.md").write_text("x")
    found = [(one.place.path, one.code, one.warning) for one in checked(root, at_noon).problems]
    spare = [one for one in found if one[0].startswith("content/attachments/")]
    assert spare == [("content/attachments/spare.pdf", "attachment-unnamed", True)]
    assert served(made(root, tmp_path / "site")) == []


def test_a_refused_attachment_leaves_the_old_site(root, tmp_path):
    before = made(root, tmp_path / "site")
    attach(root, NOTICE, 附件=("x.pdf", HOSTILE["launch.pdf"]))
    with pytest.raises(PublisherError):
        made(root, tmp_path / "site")
    site = tmp_path / "site"
    assert {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()} == before


def test_a_file_that_changes_between_check_and_publication_is_not_published(root, tmp_path, monkeypatch):
    attach(root, NOTICE, 附件=("x.csv", b"a,1\n"))
    path = root / "content" / "attachments" / "x.csv"
    whole = attachments.look_through

    def and_change(data, suffix, look):
        kind = whole(data, suffix, look)
        path.write_bytes(b"a,13800138000\n")
        return kind

    monkeypatch.setattr(attachments, "look_through", and_change)
    with pytest.raises(PublisherError, match="attachment-changed-meanwhile"):
        made(root, tmp_path / "site")
    assert not (tmp_path / "site" / "SHA256SUMS").exists()


# Names ----------------------------------------------------------------------------------------------------------


def test_links_are_not_followed(root, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"a,1\n")
    folder = root / "content" / "attachments"
    (folder / "originals").mkdir(parents=True)
    (folder / "originals" / "a.csv").write_bytes(b"a,1\n")
    (folder / "out.csv").symlink_to(secret)
    (folder / "original.csv").symlink_to(folder / "originals" / "a.csv")
    (folder / "folder").symlink_to(folder / "originals")
    attach(root, NOTICE, 一=("out.csv", None), 二=("original.csv", None), 三=("folder/a.csv", None))
    codes = [one.code for one in checked(root, at_noon).errors]
    assert codes.count("attachment-missing") == 3
    assert codes.count("attachment-link") == 3


def test_a_folder_of_attachments_behind_a_link_is_not_read(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.csv").write_bytes(b"a,1\n")
    (root / "content" / "attachments").symlink_to(tmp_path / "elsewhere")
    attach(root, NOTICE, 一=("a.csv", None))
    assert {"link-outside", "attachment-missing"} <= {one.code for one in checked(root, at_noon).errors}


def test_a_pipe_is_no_file(root):
    import os  # noqa: PLC0415

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    (root / "content" / "attachments").mkdir()
    os.mkfifo(root / "content" / "attachments" / "a.csv")
    attach(root, NOTICE, 一=("a.csv", None))
    assert [one.code for one in checked(root, at_noon).errors] == ["attachment-cannot-open"]


def test_names_are_found_in_either_form_of_their_signs(root, tmp_path):
    attach(root, NOTICE, 附件=("e\u0301.csv", b"a,1\n"))
    path = root / "content" / NOTICE
    path.write_text(path.read_text("utf-8").replace("e\u0301.csv", "\u00e9.csv"), "utf-8")
    assert len(served(made(root, tmp_path / "site"))) == 1


def test_sizes_have_limits(root, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_ATTACHMENT", limits.MEGABYTE)
    monkeypatch.setattr(attachments, "MAX_ATTACHMENTS", limits.MEGABYTE)
    attach(root, NOTICE, 大=("big.txt", b"x" * (limits.MEGABYTE + 1)), 一=("a.txt", b"x" * 600_000))
    attach(root, STATEMENT, 二=("b.txt", b"y" * 600_000))
    found = {(one.place.path, one.code) for one in checked(root, at_noon).errors}
    assert ("content/attachments/big.txt", "attachment-too-large") in found
    assert "attachments-too-large" in {code for _, code in found}


# Personal data --------------------------------------------------------------------------------------------------

MOBILE = "13800138000"
PLACES = {
    "text.txt": (f"说明\n请拨打{MOBILE}联系\n".encode(), "第 2 行："),
    "table.csv": (f"项目,电话\n漏水,{MOBILE}\n".encode(), "单元格 B2："),
    "names.csv": ("序号,姓名\n1,张伟明\n".encode(), "单元格 B2："),
    "form.pdf": (pdf(content=f"BT /F1 9 Tf (call {MOBILE}) Tj ET".encode()), "第 1 页："),
    "field.pdf": (pdf(f"<</FT/Tx/T(x)/V({MOBILE})/Subtype/Widget/Rect[0 0 9 9]>>"), ""),
    "author.pdf": (pdf(info=f"/Keywords({MOBILE})"), "“关键词”："),
    "text.docx": (docx(paragraph("x") + paragraph(f"电话{MOBILE}")), "第 2 段："),
    "pieces.docx": (docx("<w:p>" + "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in MOBILE) + "</w:p>"), ""),
    "table.docx": (
        docx(
            "<w:tbl>"
            + "".join(
                "<w:tr>" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in row) + "</w:tr>"
                for row in (("序号", "姓名"), ("1", "张伟明"))
            )
            + "</w:tbl>"
        ),
        "第 2 行：",
    ),
    "foot.docx": (
        docx(parts={"word/footer1.xml": f'<w:ftr xmlns:w="x"><w:p><w:r><w:t>{MOBILE}</w:t></w:r></w:p></w:ftr>'}),
        "“footer1.xml”：",
    ),
    "author.docx": (docx(parts=core(creator="张伟明")), "“作者”："),
    "link.docx": (docx(None, ("hyperlink", "mailto:zhang@corp.example", ' TargetMode="External"')), ""),
    "cell.xlsx": (xlsx(cells(("项目", "电话"), ("漏水", MOBILE))), "单元格 B2"),
    "names.xlsx": (xlsx(cells(("序号", "姓名"), ("1", "张伟明"))), "单元格 B2"),
    "author.jpg": (jpeg(exif((0x013B, 2, "张伟明".encode() + b"\0"))), "“作者”："),
}


@pytest.mark.parametrize("name", PLACES)
def test_personal_data_are_found_wherever_they_stand_in_a_file(root, name):
    data, place = PLACES[name]
    attach(root, NOTICE, 附件=(name, data))
    lines = told(root)
    assert lines[0] == f"content/attachments/{name}"
    assert any(place in line and "[personal-data]" in line for line in lines)
    assert MOBILE not in "".join(lines)
    assert "张伟明" not in "".join(told(root, warnings=True))


def test_personal_data_may_stand_by_name_of_the_file(root, tmp_path):
    attach(root, NOTICE, 附件=("form.csv", f"项目,电话\n漏水,{MOBILE}\n".encode()))
    (root / "content" / "allowed.csv").write_text(
        f"value,file,reason,decided_by\n{MOBILE},content/attachments/form.csv,对外公布的值班电话,评价办公室负责人\n",
        "utf-8",
    )
    assert told(root) == []
    assert len(served(made(root, tmp_path / "site"))) == 1


def test_names_of_files_and_titles_are_looked_through_too(root):
    attach(root, NOTICE, **{f"请拨{MOBILE}": (f"照片{MOBILE}.csv", b"a,1\n")})
    lines = "\n".join(told(root))
    assert "[personal-file-name]" in lines
    assert lines.count("[personal-data]") == 2
    assert MOBILE not in lines


def test_an_office_as_author_is_no_leak(root):
    attach(root, NOTICE, 一=("a.docx", docx(parts=core(creator="测试市公用事业评价办公室", lastModifiedBy="综合科"))))
    lines = told(root, warnings=True)
    assert not any("personal" in line for line in lines)
    assert any("最后修改人“综合科”" in line for line in lines)
    path = root / "content" / "attachments" / "a.docx"
    path.write_bytes(docx(parts=core(creator="测试市公用事业评价办公室")))
    assert not any("attachment-metadata" in line for line in told(root, warnings=True))


def test_a_place_in_a_picture_stops_the_build(root):
    attach(root, NOTICE, 照片=("a.jpg", jpeg(exif(gps=GPS))))
    assert any("[attachment-location]" in line for line in told(root))


# The seal -------------------------------------------------------------------------------------------------------


def at(text):
    return lambda _bureau: datetime.fromisoformat(text).replace(tzinfo=ZONE)


OLD, NEW = b"a,1\n", b"a,2\n"
SHELF = "attachments/statements/2026-q2/water-b-"


@pytest.fixture
def sealed(root):
    attach(root, STATEMENT, 明细=("detail.csv", OLD))
    attach(root, NOTICE, 决定=("decision.csv", b"b,1\n"))
    seal(root, "2026-q2", at("2026-08-15 12:00"), today=at_noon, salt="5a17" * 16)
    return root


def correct(root, *covers, round_="2026-q2"):
    lines = ["---", f"round: {round_}", "kind: error", "reason: 明细录入有误。", "decided_by: 评价办公室负责人"]
    lines += ["decided_on: 2026-11-20", "covers:", *(f"  - {one}" for one in covers), "---", "", "核对后更正。", ""]
    (root / "content" / "corrections" / "fix.md").write_text("\n".join(lines), "utf-8")


def test_what_staff_call_a_file_is_not_sealed(sealed):
    assert not any(b"detail.csv" in path.read_bytes() for path in (sealed / "content" / "editions").iterdir())
    folder = sealed / "content" / "attachments"
    (folder / "detail.csv").rename(folder / "明细.csv")
    path = sealed / "content" / STATEMENT
    path.write_text(path.read_text("utf-8").replace("detail.csv", "明细.csv"), "utf-8")
    assert told(sealed) == []


def test_a_sealed_attachment_that_is_replaced_stops_check_and_build(sealed, tmp_path):
    (sealed / "content" / "attachments" / "detail.csv").write_bytes(NEW)
    lines = told(sealed)
    path = "statement/water-b/attachments/明细/sha256"
    [line] = [one for one in lines if "[sealed-changed]" in one]
    assert path in line
    assert digest(OLD)[:20] in line
    assert digest(NEW)[:20] in line
    assert any("[attachment-gone]" in one for one in lines)
    with pytest.raises(PublisherError):
        made(sealed, tmp_path / "site")


def test_a_sealed_attachment_that_is_taken_away_is_told_once(sealed):
    (sealed / "content" / "attachments" / "decision.csv").unlink()
    assert [line for line in told(sealed) if "[" in line and "gone" not in line] == [
        line for line in told(sealed) if "[attachment-missing]" in line
    ]


def test_a_sealed_title_does_not_change_in_silence(sealed):
    path = sealed / "content" / STATEMENT
    path.write_text(path.read_text("utf-8").replace("title: 明细", "title: 总表"), "utf-8")
    assert [one.code for one in checked(sealed, at_noon).errors] == ["sealed-changed"] * 4


def test_a_later_attachment_needs_no_correction(sealed):
    path = sealed / "content" / STATEMENT
    text = path.read_text("utf-8").replace("attachments:\n", "attachments:\n  - {file: more.csv, title: 补充}\n")
    path.write_text(text, "utf-8")
    (sealed / "content" / "attachments" / "more.csv").write_bytes(b"c,1\n")
    assert told(sealed) == []


def replaced(root):
    """A new file under a new name, with a correction; the old file stays."""
    path = root / "content" / STATEMENT
    path.write_text(path.read_text("utf-8").replace("detail.csv", "detail-2.csv"), "utf-8")
    (root / "content" / "attachments" / "detail-2.csv").write_bytes(NEW)
    correct(root, "statement/water-b/attachments/*")


def test_a_corrected_attachment_stays_at_its_old_address(sealed, tmp_path):
    before = made(sealed, tmp_path / "site")
    replaced(sealed)
    site = made(sealed, tmp_path / "site")
    old, new = (f"{SHELF}{digest(data)[:16]}.csv" for data in (OLD, NEW))
    assert before[old] == site[old] == OLD
    assert site[new] == NEW
    assert new.rpartition("/")[2] in site["rounds/2026-q2/water-b.html"].decode()
    assert old.rpartition("/")[2] in site["rounds/2026-q2/water-b.v1.html"].decode()
    corrections = site["corrections.html"].decode()
    assert digest(OLD)[:20] in corrections
    assert digest(NEW)[:20] in corrections
    seal(sealed, "2026-q2", at("2026-11-21 11:00"), today=at_noon, salt="5a17" * 16)
    again = made(sealed, tmp_path / "site")
    assert again[old] == OLD
    assert again[new] == NEW


def test_the_old_file_of_a_corrected_attachment_must_stay(sealed):
    replaced(sealed)
    folder = sealed / "content" / "attachments"
    (folder / "detail.csv").rename(folder / "以前的明细.csv")
    assert told(sealed) == []
    (folder / "以前的明细.csv").unlink()
    lines = told(sealed)
    assert lines[0] == "content/editions/2026-q2.1.json"
    assert digest(OLD) in lines[1]
    assert f"{SHELF}{digest(OLD)[:16]}.csv" in lines[1]


def test_a_withdrawn_attachment_leaves_word_at_its_address(sealed, tmp_path):
    replaced(sealed)
    (sealed / "content" / "attachments" / "detail.csv").unlink()
    address = f"{SHELF}{digest(OLD)[:16]}.csv"
    folder = sealed / "content" / "withdrawals"
    folder.mkdir()
    head = f"addresses: [{address}]\nreason: 附件里有不应公布的内容。\n"
    head += "decided_by: 评价办公室负责人\nwithdrawn_on: 2026-11-20"
    (folder / "detail.md").write_text(f"---\n{head}\n---\n\n已换新附件。\n", "utf-8")
    assert told(sealed) == []
    site = made(sealed, tmp_path / "site")
    assert OLD not in site.values()
    assert "附件里有不应公布的内容".encode() in site[address]
    old_page = site["rounds/2026-q2/water-b.v1.html"].decode()
    assert "已撤回" in old_page
    assert address not in old_page


def test_the_attachment_of_a_sealed_notice_is_kept_by_the_record(sealed, tmp_path):
    (sealed / "content" / "attachments" / "decision.csv").write_bytes(b"b,2\n")
    assert any("notice/gas-b-warning/attachments/决定/sha256" in line for line in told(sealed))
    address = f"attachments/notices/gas-b-warning-{digest(b'b,1' + bytes([10]))[:16]}.csv"
    assert address in (sealed / "content" / "editions" / "addresses.txt").read_text("utf-8")


def bless():
    blocks = [f"[{name}]\n" + "\n".join(outcome(name, data)) for name, data in {**GOOD, **HOSTILE}.items()]
    EXPECTED.write_text("\n\n".join(blocks) + "\n", "utf-8", newline="\n")


if __name__ == "__main__" and "--bless" in sys.argv:
    bless()
