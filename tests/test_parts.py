"""Tables that grow with every round may be kept in several files; they are read as one."""

import csv
import os
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from openpyxl import Workbook
from test_unchanged import run, tree

from publisher import cli
from publisher.load.folder import load
from publisher.outputs import round_form
from publisher.words import words_of

SMALL = ROOT / "tests" / "bureau"


@pytest.fixture
def folder(copy_of):
    return copy_of(SMALL)


def split(folder, name, rows):
    """The rows from a number on go into two further files."""
    whole = folder / f"{name}.csv"
    head, *lines = whole.read_text("utf-8-sig").splitlines(keepends=True)
    whole.write_text("".join([head, *lines[:rows]]), "utf-8")
    (folder / name).mkdir()
    middle = (rows + len(lines)) // 2
    for part, some in (("2026-q1", lines[rows:middle]), ("2026-q2", lines[middle:])):
        (folder / f"{name}/{part}.csv").write_text("".join([head, *some]), "utf-8")


def in_folder(folder, *words, language="zh-Hans"):
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(cli.commands(words_of(language)), words)
    finally:
        os.chdir(here)


@pytest.mark.parametrize("name", ["items", "events"])
@pytest.mark.parametrize("rows", [0, 2])
def test_parts_are_read_behind_the_whole_in_order_of_their_names(folder, name, rows):
    before = load(folder)
    split(folder, f"content/{name}", rows)
    if not rows:
        (folder / f"content/{name}.csv").unlink()
    after = load(folder)
    assert [one.model_dump(exclude={"origin"}) for one in getattr(after.bureau, name)] == [
        one.model_dump(exclude={"origin"}) for one in getattr(before.bureau, name)
    ]
    assert not [one for one in after.problems if not one.warning]
    assert len({one.origin.where.path for one in getattr(after.bureau, name)}) == (3 if rows else 2)


def test_a_fault_in_a_part_is_told_in_its_file(folder):
    split(folder, "content/items", 2)
    part = folder / "content/items/2026-q2.csv"
    part.write_text(part.read_text("utf-8").replace(",2026-", ",20x6-", 1), "utf-8")
    assert {one.place.path for one in load(folder).problems} == {"content/items/2026-q2.csv"}


def test_only_tables_that_grow_have_parts(folder):
    (folder / "content/holidays").mkdir()
    for name in ("content/items", "content/companies", "results/2026-q2/scores"):
        (folder / name).mkdir()
        (folder / f"{name}/2026.xlsx").write_bytes(b"")
    (folder / "results/2026-q2/round").mkdir()
    found = {(one.code, one.place.path) for one in load(folder).problems}
    assert found == {
        ("unexpected-file", "content/holidays"),
        ("unexpected-file", "content/items/2026.xlsx"),
        ("unexpected-file", "content/companies/2026.xlsx"),
        ("unexpected-file", "results/2026-q2/round"),
        ("unexpected-file", "results/2026-q2/scores/2026.xlsx"),
    }


@pytest.mark.parametrize("rows", [0, 2])
def test_scores_and_companies_in_parts_give_the_same_site(folder, copy_of, rows):
    plain = copy_of(SMALL)
    for name in ("content/companies", "results/2026-q1/scores", "results/2026-q2/scores"):
        split(folder, name, rows)
        if not rows:
            (folder / f"{name}.csv").unlink()
    one, two = load(plain), load(folder)
    assert not two.problems
    assert [*one.bureau.companies] == [*two.bureau.companies]
    assert {id_: len(rows) for id_, rows in one.bureau.scores.items()} == {
        id_: len(rows) for id_, rows in two.bureau.scores.items()
    }
    assert len({row.origin.where.path for row in two.bureau.scores["2026-q2"]}) == (3 if rows else 2)
    assert [run(one).exit_code for one in (plain, folder)] == [0, 0]
    assert tree(plain / "site") == tree(folder / "site")


def test_parts_are_read_once_behind_a_workbook_with_several_sheets(folder):
    split(folder, "results/2026-q2/scores", 2)
    before = load(folder).bureau.scores["2026-q2"]
    whole = folder / "results/2026-q2/scores.csv"
    head, *rows = csv.reader(whole.read_text("utf-8").splitlines())
    whole.unlink()
    book = Workbook()
    book.remove(book.active)
    for name in (words_of("zh-Hans")("sheet.scores.grades"), words_of("zh-Hans")("sheet.scores.count")):
        sheet = book.create_sheet(name)
        for row in [head, *rows] if not sheet.title.endswith("数量") else [head]:
            sheet.append([int(one) if one.isdigit() else one or None for one in row])
    book.save(whole.with_suffix(".xlsx"))
    after = load(folder).bureau.scores["2026-q2"]
    assert [one.model_dump(exclude={"origin"}) for one in after] == [
        one.model_dump(exclude={"origin"}) for one in before
    ]


def test_a_round_or_a_list_of_companies_with_nothing_but_an_empty_folder_lacks_its_table(folder):
    for name, code in (("content/companies", "missing-file"), ("results/2026-q2/scores", "no-scores-yet")):
        (folder / f"{name}.csv").unlink()
        (folder / name).mkdir()
        assert code in {one.code for one in load(folder).problems if one.place.path == f"{name}.csv"}


def test_events_in_files_beside_a_workbook_of_items_are_read_once(folder):
    items = folder / "content/items.csv"
    book = Workbook()
    for row in csv.reader(items.read_text("utf-8-sig").splitlines()):
        book.active.append(row)
    book.active.title = "items"
    book.save(items.with_suffix(".xlsx"))
    items.unlink()
    before = load(folder).bureau.events
    split(folder, "content/events", 2)
    found = load(folder)
    assert "events-in-two-places" not in {one.code for one in found.problems}
    assert [one.item for one in found.bureau.events] == [one.item for one in before]


def test_scores_are_not_imported_beside_those_that_lie_in_parts(folder):
    split(folder, "results/2026-q2/scores", 0)
    (folder / "results/2026-q2/scores.csv").unlink()
    new = folder / "new.csv"
    new.write_bytes((folder / "results/2026-q2/scores/2026-q1.csv").read_bytes())
    done = in_folder(folder, "import", str(new), "--scores", "2026-q2", "--yes")
    assert done.exit_code == 1
    assert "results/2026-q2/scores/2026-q1.csv" in done.output


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


@pytest.mark.parametrize("name", ["content/companies", "results/2026-q2/scores"])
@pytest.mark.parametrize(
    ("data", "code", "line"),
    [(b"", "table-empty", 0), (b"%s\nwater-a,\xff\xfe\xff\n", "table-undecodable", 2), (b"%s\n", "", 0)],
    ids=["empty", "damaged", "headings only"],
)
def test_a_part_that_is_empty_or_damaged_is_told_in_its_file(folder, name, data, code, line):
    before = load(folder)
    split(folder, name, 2)
    part = folder / f"{name}/2026-q3.csv"
    head = (folder / f"{name}.csv").read_bytes().splitlines()[0]
    part.write_bytes(data.replace(b"%s", head))
    found = load(folder)
    told = [(one.code, one.place.path, one.place.line or 0) for one in found.problems if one.code.startswith("table-")]
    assert told == ([(code, f"{name}/2026-q3.csv", line)] if code else [])
    if not code:
        assert not found.problems
        assert len(found.bureau.scores["2026-q2"]) == len(before.bureau.scores["2026-q2"])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_workbook_is_made_that_would_be_refused(folder, monkeypatch, language):
    monkeypatch.setattr(round_form, "LAST_ROW", 3)
    done = in_folder(folder, "template", "2026-q1", language=language)
    assert done.exit_code == 1
    assert not list(folder.glob("*.xlsx"))
    lines = {
        "zh-Hans": "  工作表“是否题”：这张表要有 8 行，读的时候一张表最多 15,000 行。 "
        "请把票数分成几个 CSV 文件，放在 results/2026-q1/scores/ 里，标题行相同。 [form-too-long]",
        "en": "  sheet “Yes or no”: This sheet would have 8 rows; of one table at most 15,000 are read. "
        "Put the counts into several CSV files in results/2026-q1/scores/, with the same headings. [form-too-long]",
    }
    assert lines[language] in done.output.splitlines()
