"""Tables that grow with every round may be kept in several files; they are read as one."""

from itertools import pairwise

import pytest
from conftest import ROOT

from publisher.load.folder import load

SMALL = ROOT / "tests" / "bureau"


@pytest.fixture
def folder(copy_of):
    return copy_of(SMALL)


def split(folder, name, rows):
    """The rows from a number on go into two further files."""
    whole = folder / f"content/{name}.csv"
    head, *lines = whole.read_text("utf-8-sig").splitlines(keepends=True)
    whole.write_text("".join([head, *lines[:rows]]), "utf-8")
    (folder / "content" / name).mkdir()
    middle = (rows + len(lines)) // 2
    for part, some in (("2026-q1", lines[rows:middle]), ("2026-q2", lines[middle:])):
        (folder / f"content/{name}/{part}.csv").write_text("".join([head, *some]), "utf-8")


@pytest.mark.parametrize("name", ["items", "events"])
@pytest.mark.parametrize("rows", [0, 2])
def test_parts_are_read_behind_the_whole_in_order_of_their_names(folder, name, rows):
    before = load(folder)
    split(folder, name, rows)
    if not rows:
        (folder / f"content/{name}.csv").unlink()
    after = load(folder)
    assert [one.model_dump(exclude={"origin"}) for one in getattr(after.bureau, name)] == [
        one.model_dump(exclude={"origin"}) for one in getattr(before.bureau, name)
    ]
    assert not [one for one in after.problems if not one.warning]
    assert len({one.origin.where.path for one in getattr(after.bureau, name)}) == (3 if rows else 2)


def test_a_fault_in_a_part_is_told_in_its_file(folder):
    split(folder, "items", 2)
    part = folder / "content/items/2026-q2.csv"
    part.write_text(part.read_text("utf-8").replace(",2026-", ",20x6-", 1), "utf-8")
    assert {one.place.path for one in load(folder).problems} == {"content/items/2026-q2.csv"}


def test_only_tables_that_grow_have_parts(folder):
    for name in ("companies", "holidays"):
        (folder / "content" / name).mkdir()
    (folder / "content/items").mkdir()
    (folder / "content/items/2026.xlsx").write_bytes(b"")
    found = {(one.code, one.place.path) for one in load(folder).problems}
    assert found == {
        ("unexpected-file", "content/companies"),
        ("unexpected-file", "content/holidays"),
        ("unexpected-file", "content/items/2026.xlsx"),
    }


def test_rows_with_the_same_fields_share_one_set_of_them_and_a_copy_has_its_own(folder):
    rows = [one for scores in load(folder).bureau.scores.values() for one in scores]
    alike = [(a, b) for a, b in pairwise(rows) if a.origin.where.path == b.origin.where.path]
    first, second = next((a, b) for a, b in alike if a.model_fields_set == b.model_fields_set)
    assert first.model_fields_set is second.model_fields_set
    before = set(second.model_fields_set)
    copy = first.model_copy(update={"score": None})
    assert copy.model_fields_set == {*before, "score"} != before
    assert second.model_fields_set == before


def test_what_a_record_remembers_of_its_table_is_where_it_stood_and_no_other_row(folder):
    row = load(folder).bureau.items[-1]
    assert not row.origin.fields.fields.grid.rows
    assert row.origin.place("question").column
