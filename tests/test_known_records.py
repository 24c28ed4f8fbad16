"""Documents and tables in which the last build found no fault are read back and not read; what they say is the same."""

import shutil
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from test_unchanged import CACHE, SMALL, run, tree

from publisher.kept import Fingerprints
from publisher.load import known as known_module
from publisher.load import plain, records
from publisher.load.folder import Known, load
from publisher.load.known import KnownRecords, known_records
from publisher.load.scores import KnownRows
from publisher.model.asked import Item
from publisher.model.fields import Noun
from publisher.model.records import Period, Score, Statement, Window
from publisher.problems import Place, Source

ROOT = Path(__file__).parent.parent
PROGRAM = "1.2.3"
KINDS = ("statements", "responses", "meetings", "items", "events", "holidays", "notices", "corrections", "articles")


def read(folder, known=None):
    return load(folder, known=Known(KnownRows(), known or KnownRecords()))


def later(known, program=PROGRAM):
    return known_records(program, known.told(PROGRAM, Fingerprints().noun))


def loaded_twice(folder):
    """As it is read, and as it is read back; and what was known of it."""
    known = KnownRecords()
    first = read(folder, known)
    known = later(known)
    return first, read(folder, known), known


def nouns(bureau):
    for kind in (*KINDS, "companies", "allowed", "withdrawals"):
        found = getattr(bureau, kind)
        yield from found.values() if isinstance(found, dict) else found


def parts(value):
    """Every value within, with its kind, and of nouns which parts were given."""
    if isinstance(value, Noun):
        fields = {name: parts(part) for name, part in vars(value).items() if name != "origin"}
        return type(value), value.model_fields_set, [*vars(value)], fields
    if isinstance(value, dict):
        return dict, {name: parts(part) for name, part in value.items()}
    return (tuple, [*map(parts, value)]) if isinstance(value, tuple) else (type(value), repr(value))


@pytest.fixture
def asked(monkeypatch):
    """Files that were read in the plain way."""
    found = []
    document, rows = records.document_in, records.Table.rows
    monkeypatch.setattr(records, "document_in", lambda *a: found.append(a[1]) or document(*a))
    monkeypatch.setattr(records.Table, "rows", lambda self, *a, **b: found.append(self.shown) or rows(self, *a, **b))
    return found


@pytest.mark.parametrize("folder", [SMALL, ROOT])
def test_what_is_read_back_is_what_was_read_to_the_last_sign(folder, copy_of, asked):
    folder = copy_of(folder)
    plainly = load(folder)
    first, again, known = loaded_twice(folder)
    assert len(known.now) > 10
    prints = Fingerprints()
    pairs = list(zip(nouns(plainly.bureau), nouns(first.bureau), nouns(again.bureau), strict=True))
    assert len({type(one) for one, _, _ in pairs}) > 7
    for one, noted, back in pairs:
        assert parts(one) == parts(noted) == parts(back)
        assert one.origin.where == noted.origin.where == back.origin.where
        assert prints.noun(one) == prints.noun(noted) == prints.noun(back)
        assert dict(one.origin.fields) == dict(back.origin.fields)
        assert one.origin.fields
    assert plainly.problems == first.problems == again.problems
    assert plainly.broken == first.broken == again.broken
    asked.clear()
    read(folder, later(known))
    assert {path for path in asked if "scores" not in path} <= {one.place.path for one in plainly.problems}


def test_signs_are_those_of_the_nouns(copy_of):
    _, found, known = loaded_twice(copy_of(SMALL))
    assert len(known.signs) > 30
    for record, sign in known.signs:
        assert sign == Fingerprints().noun(record)
    trusted = {id(record) for record, _ in known.signs}
    assert {id(one) for one in found.bureau.items} <= trusted


def test_another_build_reads_what_was_edited_alone(copy_of, asked, tmp_path):
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    page = folder / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + "\n又及。\n", "utf-8")
    asked.clear()
    assert run(folder).exit_code == 0
    assert {path for path in asked if "scores" not in path} == {"content/pages/about.md"}
    clean = tmp_path / "clean"
    shutil.copytree(folder, clean, ignore=shutil.ignore_patterns(CACHE, "site"))
    assert run(clean).exit_code == 0
    assert tree(folder / "site") == tree(clean / "site")


def test_the_same_bytes_are_read_again_where_they_mean_another_thing(copy_of, asked):
    folder = copy_of(SMALL)
    known = KnownRecords()
    read(folder, known)
    table, settings = folder / "content/companies.csv", folder / "content/site.yaml"
    name = load(folder).bureau.companies["water-a"].name
    table.write_text(table.read_text("utf-8-sig").replace(name, "另一家供水公司"), "utf-8")
    asked.clear()
    read(folder, later(known))
    assert "content/items.csv" in asked
    settings.write_text(settings.read_text("utf-8") + "\ntimezone: Asia/Urumqi\n", "utf-8")
    again = KnownRecords()
    read(folder, again)
    asked.clear()
    read(folder, later(known))
    assert "content/pages/about.md" in asked


def test_names_that_were_found_in_another_order_are_the_same():
    """Names lie in sets, and the order of a set is another one in every process."""
    known = KnownRecords()
    one, other = {"b": {"y": "1", "x": "2"}, "a": {"z"}}, {"a": {"z"}, "b": {"x": "2", "y": "1"}}
    assert known._stable(one) == known._stable(other)
    assert known._stable(one) != known._stable({**one, "a": {"w"}})


def test_a_file_of_the_same_bytes_at_another_place_is_another_one(copy_of):
    folder = copy_of(SMALL)
    known = KnownRecords()
    read(folder, known)
    page = folder / "content/pages/about.md"
    page.rename(page.with_name("us.md"))
    table = folder / "content/items.csv"
    (folder / "content/items").mkdir()
    table.rename(folder / "content/items/2026.csv")
    found = read(folder, later(known)).bureau
    assert {one.origin.where.path for one in found.items} == {"content/items/2026.csv"}
    assert "us" in [one.id for one in found.articles]
    assert "content/pages/us.md" in [one.origin.where.path for one in found.articles]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("content/items.csv", ",2026-06", ",2026-99", "no-such-date"),
        ("content/pages/about.md", "title:", "titel:", "unknown-key"),
    ],
)
def test_a_fault_is_told_as_often_as_it_is_read_and_at_its_place(copy_of, file, old, new, code):
    folder = copy_of(SMALL)
    path = folder / file
    path.write_text(path.read_text("utf-8-sig").replace(old, new, 1), "utf-8")
    plainly = load(folder)
    assert code in [one.code for one in plainly.problems]
    first, again, known = loaded_twice(folder)
    assert plainly.problems == first.problems == again.problems
    assert plainly.broken == again.broken
    assert known.now


def test_where_something_stands_is_found_for_what_was_read_back(copy_of):
    """Faults that rules find are told at the same lines and cells as without any memory."""
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    for path, old, new in (
        ("content/companies.csv", "water-a,", "water-z,"),
        ("content/pages/about.md", "\n---\n", "\n---\n电话 13912345678。\n"),
    ):
        file = folder / path
        file.write_text(file.read_text("utf-8-sig").replace(old, new, 1), "utf-8")
    told = run(folder)
    assert told.exit_code == 1
    assert "content/items.csv" in told.output
    assert "content/statements/" in told.output
    shutil.rmtree(folder / CACHE)
    assert run(folder).output == told.output


def test_a_document_that_went_meanwhile_has_no_places(copy_of):
    folder = copy_of(SMALL)
    _, again, _ = loaded_twice(folder)
    shutil.rmtree(folder / "content/statements")
    one = again.bureau.statements[0]
    assert one.origin.place("signatory") == one.origin.where
    assert one.origin.where.path.startswith("content/statements/")


@pytest.mark.parametrize(
    "harm", [lambda _: b"", lambda data: data[:-1], lambda data: data + b"\n", lambda data: b"\0" + data[1:]]
)
def test_what_is_damaged_or_of_another_program_is_none(copy_of, harm):
    known = KnownRecords()
    read(copy_of(SMALL), known)
    data = known.told(PROGRAM, lambda _: "")
    assert known_records(PROGRAM, data).before
    assert not known_records("1.2.4", data).before
    assert not known_records(PROGRAM, None).before
    assert not known_records(PROGRAM, harm(data)).before


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b"[null,[],[],[]]",
        b'[null,[["id"]],[[0,0]],[""]]',
        b'[null,[["id"]],[[0,0,["noun","os.system",[]]]],[""]]',
        b'[null,[["id"]],[[0,7,"a","b"]],["",""]]',
        b"\xff",
    ],
)
def test_a_line_that_nobody_told_is_read_from_its_file(copy_of, line):
    folder = copy_of(SMALL)
    plainly = load(folder)
    known = KnownRecords()
    read(folder, known)
    known = KnownRecords(dict.fromkeys(later(known).before, line))
    found = read(folder, known)
    assert [*map(parts, nouns(found.bureau))] == [*map(parts, nouns(plainly.bureau))]
    assert not known.now


def test_what_cannot_be_told_is_read_each_time(copy_of, monkeypatch):
    def untold(*_):
        raise plain.UnplainError

    known = KnownRecords()
    read(copy_of(SMALL), known)
    monkeypatch.setattr(known_module, "told", untold)
    assert not later(known).before


def test_values_of_every_kind_come_back():
    day, moment = date(2026, 1, 31), datetime(2026, 1, 31, 9, 30)  # noqa: DTZ001  (moments of inputs have no zone)
    source = Source(Place("a.csv", line=3))
    score = Score(origin=source, company="a", indicator="b", score=Fraction(7, 3), grades={"x": 1}, n=5)
    line = plain.told([score], None, ["s"])
    (back,), signs = plain.read_back(line, Score, lambda _, line: Source(Place("a.csv", line=line)))
    assert parts(back) == parts(score)
    assert signs == ["s"]
    for value in (Window(start=day, end=moment), Period(start=day, end=day), (1, None, True, ("x",)), {"a": (day,)}):
        assert parts(plain._value(plain._plain(value))) == parts(value)


@pytest.mark.parametrize("model", [Item, Statement])
def test_another_kind_of_value_is_refused(model):
    one = model.model_construct(**{**dict.fromkeys(model.model_fields, 1.5), "origin": Source(Place("a.csv", line=3))})
    with pytest.raises(plain.UnplainError):
        plain.told([one], None, [""])
