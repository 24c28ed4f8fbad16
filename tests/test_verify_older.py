"""An older copy tells what a newer one, made anew as a whole, hides: each attack covers up all hashes and links."""

import csv
import io
import json

import pytest
from tampering import chain, copy, cover, edit, lines_of, rehash, reseal, write_lines

from publisher.verify import verify

DATA = "data/rounds/2026-q3.csv"
LATER = "2026-11-21T10:00:00+08:00"


@pytest.fixture
def newer(sample, tmp_path):
    return copy(sample, tmp_path / "newer")


@pytest.fixture
def older(sample, tmp_path):
    return copy(sample, tmp_path / "older")


def codes(newer, older):
    return {(one.code, one.path) for one in verify(newer, older=older).findings if not one.told}


def withdraw_lines(site, count):
    """The site as it was before its last acts: their editions and their addresses are not there yet."""
    lines = lines_of(site)
    for line in lines[-count:]:
        (site / "editions" / f"{line['round']}.{line['edition']}.json").unlink()
    (site / "addresses.txt").unlink()
    write_lines(site, lines[:-count])
    cover(site)


def add_line(site, at, **fields):
    lines = lines_of(site)
    write_lines(site, chain([*lines, {"at": at, "addresses": lines[-1]["addresses"], **fields}]))
    cover(site)


def test_the_same_copy_twice(newer, older):
    found = verify(newer, older=older)
    assert found.proved
    assert found.compared


def test_a_newer_copy_goes_on_from_the_older_one(newer, older):
    withdraw_lines(older, 2)
    edit(older / "data" / "items.csv", "2026-11-21", "2026-09-30", -1)
    edit(older / "data" / "events.csv", "2026-11-21", "2026-09-30", -1)
    edit(older / "data" / "statements.csv", "2026-11-21", "2026-09-30", -1)
    cover(older)
    assert codes(newer, older) == {("older-broken", "")}, "the ledger of November under a day of September"


def test_the_whole_register_is_chained_anew_with_a_date_moved_back(newer, older):
    """By itself the newer copy is whole: nothing in it contradicts the date."""
    reseal(newer, 2, at="2026-05-12T20:00:00+08:00")
    cover(newer)
    assert verify(newer).proved
    assert codes(newer, older) == {("older-register", "register.jsonl")}


def test_an_edition_the_register_and_all_hashes_are_made_anew(newer, older):
    edit(newer / "editions" / "2026-q3.1.json", '"yes": "', '"yes": "1')
    rehash(newer, 6)
    cover(newer)
    alone = codes(newer, None)
    assert {code for code, _ in alone} <= {"result", "results"}, "the tables do not follow from it"
    assert codes(newer, older) - alone == {
        ("older-register", "register.jsonl"),
        ("older-sealed", "editions/2026-q3.1.json"),
    }


def test_lines_are_taken_off_the_register(newer, older):
    withdraw_lines(newer, 2)
    found = codes(newer, older)
    assert ("older-swapped", "register.jsonl") in found
    assert ("older-address", "editions/2026-q3.1.json") in found
    assert ("older-address", "addresses.txt") in found


def test_the_register_is_gone(newer, older):
    for path in (*(newer / "editions").iterdir(), newer / "register.jsonl", newer / "addresses.txt"):
        path.unlink()
    cover(newer)
    assert verify(newer).proved, "nothing in the copy says that there was a register"
    assert ("older-swapped", "register.jsonl") in codes(newer, older)


def test_an_address_is_lost(newer, older):
    (newer / "rounds" / "2026-q3" / "mingyan-gas.html").unlink()
    (newer / "assets" / "pointer.svg").unlink()
    cover(newer)
    assert ("older-address", "rounds/2026-q3/mingyan-gas.html") in codes(newer, older)
    assert ("older-address", "assets/pointer.svg") not in codes(newer, older), "the theme may change"


def test_a_line_is_entered_afterwards_with_an_earlier_date(newer, older):
    """The older copy speaks of 21 November and has no such line."""
    data = b'{"round": {}}\n'
    import hashlib  # noqa: PLC0415

    (newer / "editions" / "2025-q4.1.json").write_bytes(data)
    fields = {"kind": "seal", "round": "2025-q4", "edition": 1, "facts": hashlib.sha256(data).hexdigest()}
    add_line(newer, "2026-10-30T10:00:00+08:00", **fields)
    assert verify(newer).proved
    assert codes(newer, older) == {("older-back-dated", "register.jsonl")}


BESIDE = {"reckoned", "beside-table", "book-cell", "page-figure", "page-cell", "page-other", "page-strange"}
"""What a single copy tells of a table that was edited alone: pages, workbooks, files and other figures do not fit."""


def cell_changed(site, column="value"):
    """One figure of the round in the table, and what it was."""
    text = (site / DATA).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    row = next(one for one in rows if one["record"] == "composite" and one[column])
    line = next(
        one for one in text.splitlines() if one.startswith(f"composite,2026-q3,{row['sector']},{row['company']}")
    )
    edit(site / DATA, line, line.replace(row[column], "99.99", 1))
    cover(site)
    return row


def test_a_sealed_figure_changed_without_a_correction(newer, older):
    row = cell_changed(newer)
    assert {code for code, _ in codes(newer, None)} == {"result", *BESIDE}
    found = [one for one in verify(newer, older=older).findings if not one.told and one.code not in BESIDE]
    assert [one.code for one in found] == ["result", "older-cell"]
    details = dict(found[1].details)
    assert (details["column"], details["old"], details["new"]) == ("value", row["value"], "99.99")
    assert row["company"] in details["row"]


def test_a_sealed_figure_changed_with_a_correction_is_told(newer, older):
    cell_changed(newer)
    edition = (newer / "editions" / "2026-q3.1.json").read_bytes()
    (newer / "editions" / "2026-q3.2.json").write_bytes(edition)
    line = {"kind": "correction", "round": "2026-q3", "edition": 2, "facts": lines_of(newer)[5]["facts"]}
    add_line(newer, LATER, **line, corrections=["some"])
    assert {code for code, _ in codes(newer, older)} == {"late", "result", *BESIDE}, (
        "the edition is that of October, sealed again later"
    )
    assert "older-corrected" in {one.code for one in verify(newer, older=older).findings}


def test_a_figure_of_a_round_that_was_not_sealed_is_told(newer, older):
    path = "data/rounds/2025-q4.csv"
    text = (newer / path).read_text("utf-8")
    edit(newer / path, text.splitlines()[1].split(",")[10], "1.11")
    cover(newer)
    assert {code for code, _ in codes(newer, older)} == BESIDE
    assert "older-unsealed" in {one.code for one in verify(newer, older=older).findings}


def test_the_table_of_a_superseded_edition_is_as_sealed_as_the_edition(newer, older):
    edit(newer / "data" / "rounds" / "2026-q1.v1.csv", "composite", "compositt")
    cover(newer)
    beside = {("beside-table", f"rounds/2026-q1/chengdong-water.v1.{kind}") for kind in ("csv", "json")}
    page = ("page-place", "rounds/2026-q1/index.v1.html")
    sealed = {(code, "data/rounds/2026-q1.v1.csv") for code in ("older-sealed", "result")}
    assert codes(newer, older) == {page, *sealed, *beside}


def test_an_older_copy_that_is_not_whole_is_told(newer, older):
    (older / "about.html").unlink()
    found = verify(newer, older=older)
    assert [one.code for one in found.findings if not one.told] == ["older-broken"]


def test_copies_the_wrong_way_round_are_told(newer, older):
    withdraw_lines(older, 2)
    assert ("older-swapped", "register.jsonl") in codes(older, newer)


def test_two_sites_are_not_compared(newer, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.html").write_text("x")
    cover(other)
    assert ("older-other-site", "") in codes(newer, other)


def test_a_table_of_many_rows_alike_takes_no_time(newer, older):
    head = (newer / DATA).read_text("utf-8").splitlines()[0]
    for site, value in ((older, "1"), (newer, "2")):
        row = ",".join(["x"] * 9 + [value] + ["x"] * (head.count(",") - 9))
        (site / DATA).write_text(f"{head}\n" + f"{row}\n" * 50_000, "utf-8")
        cover(site)
    found = [one.code for one in verify(newer, older=older).findings if not one.told]
    assert found.count("older-cell") == 20
    assert found.count("older-cells") == 1


def test_a_withdrawal_of_something_else_frees_no_figure(newer, older):
    """Only a table that was itself withdrawn may hold something else."""
    cell_changed(newer)
    add_line(newer, "2026-11-20T07:00:00+08:00", kind="withdrawal", withdrawal="x", facts="0" * 64)
    cover(newer)
    assert "older-cell" in {code for code, _ in codes(newer, older)}


def told_of(newer, older):
    return [(one.code, one.path, dict(one.details)) for one in verify(newer, older=older).findings if one.told]


def test_the_words_that_differ_on_a_page_of_a_sealed_round_are_told_figures_first(newer, older):
    page = newer / "rounds" / "2026-q3" / "mingyan-gas.html"
    edit(page, "发布时间", "公布时间")
    edit(page, "76.52", "95.55", count=-1)
    cover(newer)
    lost = [one for one in verify(newer, older=older).findings if not one.told]
    path = "rounds/2026-q3/mingyan-gas.html"
    alone = ("page-figure", "page-cell", "page-other", "page-strange")
    assert [(one.code, one.path) for one in lost] == [(code, path) for code in (*alone, "older-unsaid")]
    assert dict(lost[-1].details) == {"text": "76.52"}, "its table still has the figure, and no correction speaks of it"
    (count, path, many), *rest = told_of(newer, older)
    assert (count, path) == ("older-words", "rounds/2026-q3/mingyan-gas.html")
    assert many["count"] > 3
    assert [code for code, _, _ in rest] == ["older-word"] * 3
    assert all("76.52" in pair["old"] and "95.55" in pair["new"] for _, _, pair in rest)


def test_words_that_were_sealed_do_not_leave_a_page_without_a_word(newer, older):
    """A statement, a notice, an answer: gone or reworded; what is said by the theme may change."""
    notice = newer / "notices" / "2026-q3-results.html"
    facts = json.loads((newer / "editions" / "2026-q3.1.json").read_text("utf-8"))["notice"]["2026-q3-results"]
    edit(notice, facts["title"], "关于评价结果的说明", -1)
    edit(newer / "rounds" / "2026-q3" / "mingyan-gas.html", "发布时间", "公布时间")
    cover(newer)
    path = "notices/2026-q3-results.html"
    assert codes(newer, older) == {("page-words", path), ("older-unsaid", path)}


def test_a_page_that_is_emptied_is_told(newer, older):
    page = newer / "rounds" / "2026-q3" / "mingyan-gas.html"
    head, _, rest = page.read_text("utf-8").partition("<main")
    page.write_text(f"{head}<main></main>{rest.partition('</main>')[2]}", "utf-8")
    cover(newer)
    found = codes(newer, older)
    alone = {"page-figure", "page-cell", "page-name", "page-row", "page-rows", "page-words", "page-words-more"}
    path = "rounds/2026-q3/mingyan-gas.html"
    assert found == {(code, path) for code in (*alone, "older-unsaid", "older-unsaid-more")}


def test_pages_that_read_alike_are_told_by_their_number(newer, older):
    """The day of the ledger moved on, and a link leads elsewhere."""
    path = "rounds/2026-q3/mingyan-gas.html"
    edit(newer / path, "2026年11月21日", "2026年11月22日", -1)
    edit(newer / path, 'href="../../index.html"', 'href="../../404.html"')
    for name in ("items", "events", "statements"):
        edit(newer / "data" / f"{name}.csv", "2026-11-21", "2026-11-22", -1)
    cover(newer)
    assert told_of(newer, older) == [("older-pages-alike", path, {"count": 1})]


def test_a_page_of_a_superseded_edition_is_compared_as_well(newer, older):
    path = "rounds/2026-q1/lianhe-water.v1.html"
    edit(newer / path, "发布时间", "公布时间")
    cover(newer)
    assert ("older-words", path) in {one[:2] for one in told_of(newer, older)}


def test_a_page_made_to_take_for_ever_is_not_compared(newer, older):
    path = "rounds/2026-q3/mingyan-gas.html"
    for site, pattern in ((older, "<p>a<p>b"), (newer, "<p>a<p>a<p>b")):
        (site / path).write_text(pattern * 20_000, "utf-8")
        cover(site)
    assert [one[:2] for one in told_of(newer, older)] == [("older-pages", path)]


def test_of_many_pages_and_of_large_ones_there_is_a_count(newer, older, monkeypatch):
    for path in (newer / "rounds" / "2026-q3").glob("*.html"):
        edit(path, "发布时间", "公布时间")
    cover(newer)
    monkeypatch.setattr("publisher.verify.reworded.FEW_PAGES", 1)
    codes = [code for code, _, _ in told_of(newer, older)]
    assert (codes.count("older-words"), codes.count("older-pages")) == (1, 1)
    monkeypatch.setattr("publisher.verify.reworded.MOST_WORK", 0)
    assert [code for code, _, _ in told_of(newer, older)] == ["older-pages"]
