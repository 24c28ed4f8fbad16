"""Whatever a clerk types into the workbook of a round is read, all of it and nothing else."""

import io
import shutil
from fractions import Fraction
from itertools import cycle

import openpyxl
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.load.folder import load
from publisher.model.records import Score
from publisher.outputs.round_form import round_form
from publisher.words import words_of

WORDS = words_of("zh-Hans")
KEYS = ("company", "indicator", "channel", "point")
NUMBERS = {"score", "value"}
FIELDS = {WORDS(f"field.scores.{name}"): name for name in Score.model_fields if WORDS.has(f"field.scores.{name}")}
"""By heading; those of grades are named by the scheme."""
FIRST = 3
"""Below the headings and the example."""


@pytest.fixture(params=["2026-q2", "quality-2026"], scope="module")
def begun(request, tmp_path_factory):
    """A folder with a round that has no scores yet, and its workbook: one of points, one with channels."""
    folder = shutil.copytree(ROOT / "tests" / "bureau", tmp_path_factory.mktemp("any") / "bureau")
    (folder / "results" / request.param / "scores.csv").unlink()
    bureau = load(folder).bureau
    round_ = bureau.rounds[request.param]
    grades = {one.name: one.id for one in bureau.schemes[round_.scheme].grades}
    return folder, round_.id, grades, round_form(bureau, round_, WORDS)


def typed(book, grades, counts):
    """Types a number into every empty cell that takes one: (row and field) -> what was typed."""
    found, following = {}, cycle(counts)
    for sheet in book.worksheets:
        headings = [FIELDS.get(cell.value) or grades.get(cell.value) for cell in sheet[1]]
        if "indicator" not in headings:
            continue
        for row in sheet.iter_rows(min_row=FIRST):
            named = {name: cell for name, cell in zip(headings, row, strict=True) if name}
            key = tuple(named[name].value if name in named else None for name in KEYS)
            for name in [name for name in named if name not in {*KEYS, "unit"}] if key[0] else ():
                number = Fraction(next(following), 100 if name in NUMBERS else 1)
                named[name].value = float(number) if name in NUMBERS else int(number)
                found[(sheet.title, named["company"].row, name)] = number
    return found


def read(bureau, id_):
    """The same as it was loaded."""
    return {
        (one.origin.where.sheet, one.origin.where.line, name): Fraction(value)
        for one in bureau.scores[id_]
        for name, value in {**{field: getattr(one, field) for field in Score.model_fields}, **one.grades}.items()
        if isinstance(value, int | Fraction)
    }


@given(counts=st.lists(st.integers(0, 999_999), min_size=1, max_size=40))
@settings(max_examples=7, deadline=None)
def test_what_is_typed_into_the_workbook_of_a_round_is_read(begun, counts):
    folder, id_, grades, form = begun
    book = openpyxl.load_workbook(io.BytesIO(form))
    meant = typed(book, grades, counts)
    book.save(folder / "results" / id_ / "scores.xlsx")
    loaded = load(folder)
    assert [one for one in loaded.problems if one.place.path.startswith("results")] == []
    assert meant
    assert read(loaded.bureau, id_) == meant
