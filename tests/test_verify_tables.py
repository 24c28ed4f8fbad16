"""Whoever edits a table and makes SHA256SUMS anew is told: by its form, by what was sealed, by what follows from it."""

import shutil

import pytest
from tampering import copy, cover, edit
from test_sealed import BUREAU, sealed_at
from test_verify_late import table, write
from test_verify_life import published
from test_withdrawn import withdraw

from publisher.verify import verify

DAY = "2026-08-15"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = shutil.copytree(BUREAU, tmp_path_factory.mktemp("tables") / "bureau")
    sealed_at(root, "2026-q1", f"{DAY} 11:00")
    sealed_at(root, "2026-q2", f"{DAY} 12:00")
    return root


@pytest.fixture(scope="module")
def sealed(root, tmp_path_factory):
    return published(root, tmp_path_factory.mktemp("tables") / "site", "2026-11-20 12:00")


@pytest.fixture
def site(sealed, tmp_path):
    return copy(sealed, tmp_path / "copy")


def found(site):
    return {(one.code, one.path) for one in verify(site).findings if not one.told}


def details(site, code):
    return [dict(one.details) for one in verify(site).findings if one.code == code and not one.told]


def test_the_tables_of_a_publisher_are_in_its_own_form_and_follow_from_what_was_sealed(site):
    assert verify(site).findings == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("data/events.csv", "2026-07-20,moved", "2026/07/20,moved", "table-cell"),
        ("data/events.csv", "2026-07-20,moved", "2026-07-20T00:00,moved", "table-cell"),
        ("data/events.csv", "2026-07-20,moved", "2026-02-30,moved", "table-cell"),
        ("data/events.csv", "2026-07-20,moved", "２０２６-07-20,moved", "table-cell"),
        ("data/notices.csv", "2026-07-01 10:00", "2026-07-01", "table-cell"),
        ("data/rounds.csv", ",430,", ",4e2,", "table-cell"),
        ("data/rounds/2026-q1.csv", "composite,", "composite ,", "result"),
        ("data/items.csv", "item,meeting,", "id,meeting,", "table-columns"),
        ("data/items.csv", "item,meeting,", "meeting,item,", "table-columns"),
        ("data/items.csv", ",as_of\n", ",as_of,as_of\n", "table-columns"),
        ("data/items.csv", "\nw2,", "\nw2,,", "table-row"),
        ("data/items.csv", "\nw2,", '\nw2,"', "table-unreadable"),
        ("data/items.csv", "\nw2,", "\nw1,", "table-twice"),
        ("data/items.csv", ",2026-11-20\n", ",2026-11-19\n", "table-days"),
    ],
)
def test_a_table_in_another_form(site, path, old, new, code):
    edit(site / path, old, new)
    cover(site)
    assert (code, path) in found(site)


def test_a_table_in_another_encoding(site):
    path = site / "data" / "items.csv"
    path.write_bytes(path.read_text("utf-8-sig").encode("gb18030"))
    cover(site)
    assert ("table-unreadable", "data/items.csv") in found(site)


def test_many_cells_are_told_as_a_count(site):
    write(site, "events", [one | {"date": one["date"].replace("-", "/")} for one in table(site, "events")] * 2)
    assert len(details(site, "table-cell")) == 20
    assert details(site, "table-cells")[0]["count"] > 1


@pytest.mark.parametrize(
    ("name", "column", "id_", "fact"),
    [
        ("items", "item", "w1", "item/w1"),
        ("events", "item", "w1", "event/w1/2026-07-20/company/moved"),
        ("meetings", "meeting", "water-2026-06", "meeting/water-2026-06"),
        ("notices", "notice", "gas-b-warning", "notice/gas-b-warning"),
        ("notices", "notice", "2026-q2-results", "notice/2026-q2-results"),
        ("statements", "company", "water-b", "statement/water-b"),
    ],
)
def test_a_sealed_row_that_is_gone(site, name, column, id_, fact):
    write(site, name, [one for one in table(site, name) if one[column] != id_])
    assert fact in {one["fact"] for one in details(site, "otherwise")}


def test_a_table_that_is_gone_takes_no_sealed_row_along(site):
    (site / "data" / "items.csv").unlink()
    cover(site)
    assert {f"item/w{n}" for n in (1, 2, 3)} <= {one["fact"] for one in details(site, "otherwise")}


@pytest.mark.parametrize("column", ["question", "answer", "promise", "answered_on", "owner"])
def test_a_sealed_cell_that_is_empty_now(site, column):
    rows = table(site, "items")
    chosen = next(one for one in rows if one[column])
    write(site, "items", [one | {column: ""} if one is chosen else one for one in rows])
    assert f"item/{chosen['item']}/{column}" in {one["fact"] for one in details(site, "otherwise")}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("standing", "confirmed"),
        ("standing", "promised"),
        ("outcome", "kept"),
        ("days_overdue", "1"),
        ("days_overdue", ""),
        ("due_on", "2027-01-31"),
        ("times_moved", "0"),
        ("days_to_answer", "1"),
        ("company_says_done_on", "2026-07-31"),
        ("bureau_checked_on", "2026-07-31"),
        ("residents_confirmed_on", "2026-07-31"),
    ],
)
def test_what_is_computed_of_a_question_follows_from_its_facts(site, column, value):
    rows = table(site, "items")
    chosen = next(one for one in rows if one["promise"] and one["days_overdue"] and one["times_moved"] != "0")
    write(site, "items", [one | {column: value} if one is chosen else one for one in rows])
    assert {(one["row"], one["column"], one["seen"]) for one in details(site, "followed")} == {
        (chosen["item"], column, value)
    }


def test_a_day_that_passed_with_nothing_done_cannot_be_left_out_of_the_events(site):
    rows = table(site, "events")
    assert any(one["event"] == "due-passed" for one in rows)
    write(site, "events", [one for one in rows if one["event"] != "due-passed"])
    assert {one["kind"] for one in details(site, "followed-lost")} == {"due-passed"}


def test_an_earlier_day_of_the_tables_is_told(site):
    """Every table with its day moved back, and nothing else: what was overdue would not be."""
    for name in ("items", "events", "statements"):
        rows = table(site, name)
        write(site, name, [one | {"as_of": one["as_of"] and "2026-08-20"} for one in rows])
    assert {one["column"] for one in details(site, "followed")} >= {"days_overdue"}


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        ("composite", "value", "99.99"),
        ("composite", "place", "1"),
        ("indicator", "value", "0.01"),
        ("indicator", "state", "suppressed"),
        ("answer", "count", "1"),
        ("indicator", "base", "9999"),
        ("sector-average", "value", "50.00"),
    ],
)
def test_a_figure_that_does_not_follow_from_the_sealed_scores(site, record, column, value):
    path = "rounds/2026-q2"
    rows = table(site, path)
    chosen = next(one for one in rows if one["record"] == record and one[column] not in ("", value))
    write(site, path, [one | {column: value} if one is chosen else one for one in rows])
    assert [(one["column"], one["seen"], one["meant"]) for one in details(site, "result")] == [
        (column, value, chosen[column])
    ]


def test_a_company_that_is_missing_from_the_results(site):
    write(site, "rounds/2026-q2", [one for one in table(site, "rounds/2026-q2") if one["company"] != "water-b"])
    assert details(site, "result")[0]["column"] == "record"


def test_what_was_withdrawn_is_missing_for_a_reason_that_the_register_knows(root, tmp_path):
    """Told while no seal has it; proved once it is sealed; altered, it explains nothing."""
    later = shutil.copytree(root, tmp_path / "bureau")
    withdraw(later, "rounds/2026-q2/water-b.html", "notices/gas-b-warning.html", "meetings/water-2026-06.html")
    site = published(later, tmp_path / "0", "2026-11-20 12:00")
    assert found(site) == set()
    assert {one.code for one in verify(site).findings} == {"withdrawal-unsealed"}
    sealed_at(later, "record", "2026-11-20 13:00")
    site = published(later, tmp_path / "1", "2026-11-20 14:00")
    assert verify(site).findings == ()
    more = copy(site, tmp_path / "2")
    edit(more / "data" / "withdrawals.csv", "meetings/water-2026-06.html", "meetings/water-2026-10.html")
    cover(more)
    assert ("withdrawal-altered", "data/withdrawals.csv") in found(more)
    assert "meeting/water-2026-06" in {one["fact"] for one in details(more, "otherwise")}
