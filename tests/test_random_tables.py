"""Tables made from known facts, damaged by chance with a fixed seed: what is read is right, and what is not is told."""

from fractions import Fraction

import pytest
from random_tables import FORMATS, cases
from test_damaged_tables import HEADINGS

from publisher.load.tables import find_table, read_table
from publisher.load.validate import read_as
from publisher.model.fields import Count, Day, Number, Record, Share, Slug, Text


class Line(Record):
    """A row whose id may not be left out."""

    company: Slug
    n: Count | None = None
    score: Number | None = None
    share: Share | None = None
    day: Day | None = None
    note: Text | None = None


MANY = {"csv": 110, "xlsx": 90, "ods": 40, "xls": 40}
SEED = 2026
NUMBERS = ("n", "score", "share")


def read(folder, case):
    """The rows, each with the fields that its table has; and the problems, warnings included."""
    (folder / case.file).write_bytes(case.data)
    problems, found = [], []
    for path in find_table(folder, "scores"):
        for row in read_table(path, case.file, HEADINGS, problems.append, required=["company"]):
            line = read_as(Line, dict(row.cells), row.source, problems.append)
            if line:
                found.append({name: getattr(line, name) for name in row.cells})
    return found, problems


def meant(fact):
    plain = {name: Fraction(fact[name]) if name in NUMBERS else fact[name] for name in fact if fact[name]}
    return {**plain, "n": int(plain["n"])}


def plain(row):
    return {
        name: value if name in NUMBERS or isinstance(value, str) else value.isoformat() for name, value in row.items()
    }


@pytest.mark.parametrize("form", FORMATS)
def test_every_table_is_read_exactly_or_told_with_its_place(form, tmp_path):
    """Whatever was not told was written so; of what was told no other row is wrong."""
    exact = told = 0
    for number, case in enumerate(cases(form, MANY[form], SEED)):
        name = (form, number, case.done, case.harm)
        folder = tmp_path / str(number)
        folder.mkdir()
        found, problems = read(folder, case)
        right = {one["company"]: meant(one) for one in case.facts}
        if case.harm:
            assert problems, (name, "not told", found)
        else:
            assert [one for one in problems if not one.warning] == [], name
            assert [plain(one) for one in found] == list(right.values()), name
        for row in found:
            ours = {key: value for key, value in plain(row).items() if key in right.get(row["company"], {})}
            wrong = {key: value for key, value in ours.items() if value != right[row["company"]][key]}
            assert not wrong or any(one.place.line or one.place.cell for one in problems), (name, wrong)
        for one in problems:
            assert one.place.path == case.file, name
        exact, told = exact + (not case.harm), told + bool(case.harm)
    assert min(exact, told) > 3, "else nothing was tried"


def test_there_are_more_than_two_hundred():
    assert sum(MANY.values()) > 200
