"""Entries that were dated back are told, in the tables and in editions, whatever program made the copy."""

import csv
import hashlib
import io
import json
import shutil

import pytest
from tampering import chain, copy, cover, lines_of, write_lines
from test_sealed import BUREAU, correct, sealed_at
from test_verify_life import published

from publisher import datasets
from publisher.verify import verify

BEFORE, ON, AFTER = "2026-08-14", "2026-08-15", "2026-08-16"
"""Round the day of the last seal."""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A site of November, both quarters sealed in August."""
    folder = tmp_path_factory.mktemp("late")
    root = shutil.copytree(BUREAU, folder / "bureau")
    sealed_at(root, "2026-q1", "2026-08-15 11:00")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    return published(root, folder / "site", "2026-11-20 12:00")


@pytest.fixture
def site(sealed, tmp_path):
    return copy(sealed, tmp_path / "copy")


def table(site, name):
    return list(csv.DictReader(io.StringIO((site / "data" / f"{name}.csv").read_text("utf-8-sig"))))


def write(site, name, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (site / "data" / f"{name}.csv").write_text(text.getvalue(), "utf-8-sig", newline="\n")
    cover(site)


def add(site, name, **fields):
    """A row of its own, like the last one but for these fields, and for the name that the company has."""
    rows = table(site, name)
    names = {one["company"]: {"company_name": one["company_name"]} for one in rows if "company_name" in one}
    write(site, name, [*rows, rows[-1] | names.get(fields.get("company"), {}) | fields])


def correct_in_table(site, round_):
    """A published correction of a round, or of the record, beside those that were sealed."""
    rows = [one for one in table(site, "corrections") if one["correction"] != "late"]
    write(site, "corrections", [*rows, rows[-1] | {"correction": "late", "kind": "revision", "round": round_}])


def found(site, older=None):
    """What is said of facts; that pages and what is computed of them do not follow any more is told besides."""
    findings = [one for one in verify(site, older=older).findings if not one.told]
    beside = [one.code for one in findings if "fact" not in dict(one.details)]
    assert all(code.startswith(("followed", "table-", "page-words")) for code in beside)
    return [(one.code, dict(one.details)["fact"]) for one in findings if "fact" in dict(one.details)]


def told(site, older=None):
    return {one.code for one in verify(site, older=older).findings if one.told}


def test_nothing_is_late_in_a_site_as_the_publisher_makes_it(site):
    assert verify(site).proved
    assert not told(site)


@pytest.mark.parametrize(
    ("name", "row", "fact"),
    [
        ("events", {"item": "w1", "event": "done", "by": "company", "date": BEFORE}, f"event/w1/{BEFORE}/company/done"),
        ("items", {"item": "new", "meeting": "water-2026-06", "raised_on": BEFORE}, "item/new"),
        ("meetings", {"meeting": "new", "held_on": BEFORE}, "meeting/new"),
        ("notices", {"notice": "new", "kind": "announcement", "published_at": f"{BEFORE} 09:00"}, "notice/new"),
        (
            "notices",
            {"notice": "new", "kind": "results", "round": "2026-q1", "published_at": "2026-08-13 09:00"},
            "notice/new",
        ),
        (
            "statements",
            {"record": "statement", "round": "2026-q2", "company": "water-a", "date": BEFORE, "received_on": ""},
            "statement/water-a",
        ),
        (
            "statements",
            {"record": "statement", "round": "2026-q2", "company": "water-a", "date": AFTER, "received_on": BEFORE},
            "statement/water-a",
        ),
        (
            "statements",
            {"record": "response", "round": "2026-q2", "company": "gas-a", "date": BEFORE},
            "response/gas-a",
        ),
    ],
)
def test_an_entry_dated_before_the_seal_is_told_and_one_of_that_day_is_not(site, tmp_path, name, row, fact):
    on_the_day = copy(site, tmp_path / "on")
    add(site, name, **row)
    assert found(site) == [("late", fact)]
    add(on_the_day, name, **{key: ON + one[10:] if one[:7] == "2026-08" else one for key, one in row.items()})
    assert found(on_the_day) == []


def test_an_answer_dated_before_the_seal_is_told(site, tmp_path):
    """The question was sealed without one."""
    rows = table(site, "items")
    sealed = json.loads((site / "editions" / "record.1.json").read_text("utf-8"))["item"]
    open_ = next(one for one in rows if one["item"] in sealed and "answer" not in sealed[one["item"]])
    for day, expected in ((BEFORE, [("late", f"item/{open_['item']}/answered_by")]), (AFTER, [])):
        said = {"answered_by": "post", "answered_on": day, "answer": "yes"}
        answered = copy(site, tmp_path / day)
        write(answered, "items", [one | said if one is open_ else one for one in rows])
        assert found(answered) == expected


def test_what_belongs_to_a_meeting_published_later_came_in_with_it(site):
    add(site, "meetings", meeting="new", held_on=BEFORE)
    own = '<link rel="canonical" href="https://a.example/meetings/new.html">'
    page = f'{own}<meta name="PubDate" content="{AFTER} 09:00">'
    (site / "meetings" / "new.html").write_text(page, "utf-8")
    add(site, "items", item="new", meeting="new", raised_on=BEFORE, answered_on=BEFORE)
    add(site, "events", item="new", event="done", by="company", date=BEFORE)
    assert found(site) == []


def test_a_meeting_that_was_withdrawn_accuses_nobody(site):
    """Its page no longer says when it came out."""
    add(site, "meetings", meeting="new", held_on=BEFORE)
    (site / "meetings" / "new.html").write_text('<meta name="robots" content="noindex">', "utf-8")
    row = ["w", "meetings/new.html", AFTER, "post", "reason", ""]
    lines = [",".join(one) for one in (datasets.WITHDRAWALS.names, row)]
    (site / "data" / "withdrawals.csv").write_text("".join(f"{one}\n" for one in lines), "utf-8-sig")
    cover(site)
    assert [one.code for one in verify(site).findings if not one.told] == []


def test_a_published_correction_that_waits_for_its_seal_may_explain_it(site):
    add(site, "events", item="w1", event="done", by="company", date=BEFORE)
    correct_in_table(site, "record")
    assert found(site) == []
    assert told(site) == {"late-corrected"}
    correct_in_table(site, "2026-q2")
    assert [code for code, _ in found(site)] == ["late"], "a correction of something else explains nothing"


def test_no_bureau_is_accused_that_explains_a_late_entry(tmp_path):
    """`build` lets it pass with a correction, before and after that is sealed."""
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    before = published(root, tmp_path / "0", "2026-08-20 12:00")
    events = root / "content" / "events.csv"
    events.write_text(events.read_text("utf-8") + f"w1,{BEFORE},company,note,,补记。,\n", "utf-8")
    correct(root, f"event/w1/{BEFORE}/company/note", round_="record", kind="revision")
    waiting = published(root, tmp_path / "1", "2026-11-20 12:00")
    assert (found(waiting), told(waiting)) == ([], {"late-corrected"})
    sealed_at(root, "record", "2026-11-20 13:00")
    now = published(root, tmp_path / "2", "2026-11-20 14:00")
    assert (found(now), told(now)) == ([], set())
    for site in (waiting, now):
        assert found(site, before) == []
        assert "older-entered" in told(site, before)


@pytest.mark.parametrize(
    ("name", "column", "key", "value", "fact"),
    [
        ("items", "answer", ("item", "w2"), "已更换管道。", "item/w2/answer"),
        ("items", "answered_on", ("item", "w2"), "2026-06-25", "item/w2/answered_on"),
        ("items", "question", ("item", "w1"), "账单看得懂。", "item/w1/question"),
        ("events", "text", ("event", "moved"), "=1+1", "event/w1/2026-07-20/company/moved/reason"),
        (
            "notices",
            "published_at",
            ("notice", "gas-b-warning"),
            "2026-06-30 10:00",
            "notice/gas-b-warning/published_at",
        ),
        ("statements", "date", ("by", "总经理"), "2026-07-01", "statement/gas-b/signed_on"),
    ],
)
def test_what_a_table_says_else_than_was_sealed_is_told(site, name, column, key, value, fact):
    rows = table(site, name)
    row = next(one for one in rows if one[key[0]] == key[1] and one[column])
    fact = fact.replace("gas-b/signed", f"{row['company']}/signed") if name == "statements" else fact
    write(site, name, [one | {column: value} if one is row else one for one in rows])
    assert found(site) == [("otherwise", fact)]
    details = dict(next(one for one in verify(site).findings if one.code == "otherwise").details)
    assert details["old"] != details["new"]
    correct_in_table(site, row.get("round") or "record")
    assert (found(site), told(site)) == ([], {"otherwise-corrected"})


def test_a_text_that_a_spreadsheet_would_run_is_no_other_text_for_its_apostrophe(tmp_path):
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    items = root / "content" / "items.csv"
    items.write_text(items.read_text("utf-8").replace("已清洗管道。", "+已清洗管道。"), "utf-8")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    site = published(root, tmp_path / "site", "2026-11-20 12:00")
    assert b"'+" in (site / "data" / "items.csv").read_bytes()
    assert found(site) == []


def sealed_again(site, change, **line):
    """One more edition of the record, changed, as another program could seal it."""
    path = site / "editions" / "record.1.json"
    facts = json.loads(path.read_text("utf-8"))
    change(facts)
    data = json.dumps(facts, ensure_ascii=False).encode()
    (site / "editions" / "record.2.json").write_bytes(data)
    lines = lines_of(site)
    head = {"at": "2026-11-20T11:00:00+08:00", "kind": "seal", "round": "record", "edition": 2}
    fields = {"facts": hashlib.sha256(data).hexdigest(), "addresses": lines[-1]["addresses"]}
    write_lines(site, chain([*lines, head | fields | line]))
    cover(site)


def entered(day):
    fields = {"item": "w1", "date": day, "by": "company", "kind": "note"}
    return lambda facts: facts["event"].update({f"w1/{day}/company/note": fields})


def test_an_entry_dated_back_and_sealed_later_is_told_by_the_two_editions(site, tmp_path):
    other = copy(site, tmp_path / "other")
    sealed_again(site, entered(BEFORE))
    assert ("late-edition", f"event/w1/{BEFORE}/company/note") in found(site)
    sealed_again(other, entered(ON))
    assert "late-edition" not in {code for code, _ in found(other)}


def test_an_older_copy_without_the_entry_tells_what_was_dated_back(site, sealed):
    """The edition is changed with everything that hangs on it: only the older copy can tell."""
    add(site, "events", item="w1", event="note", by="company", date=BEFORE)
    assert ("older-late", f"event/w1/{BEFORE}/company/note") in found(site, sealed)


def test_what_was_entered_late_after_the_last_seal_is_told_and_proved(site, sealed):
    add(site, "events", item="w1", event="note", by="company", date="2026-11-19")
    assert found(site, sealed) == []
    assert told(site, sealed) == {"older-entered"}
    assert told(sealed, site) == set()


@pytest.mark.parametrize("name", ["items", "events", "statements", "notices", "meetings", "corrections"])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"item,item\n", b"a\n\n\n", b"item,event,date\nx,done,{}\n"])
def test_no_table_of_garbage_brings_it_down(site, sealed, name, data):
    (site / "data" / f"{name}.csv").write_bytes(data)
    cover(site)
    verify(site, older=sealed)
