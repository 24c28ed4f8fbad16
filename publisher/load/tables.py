"""Table files -> rows with a place for every cell: CSV, Excel and ODS alike.

Finds the file, understands its headings, gives each row its fields. What a value means is not known here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.limits import MAX_TABLE, MAX_VALUE, SENTENCE
from publisher.load.content import FOREIGN, SUFFIXES, content_of, table_kind
from publisher.load.delimited import read_delimited
from publisher.load.encoding import UNSEEN_IN_CELLS
from publisher.load.grid import Grid, NumberedRow, Opened, UnreadableTableError, Wanted, letters
from publisher.load.tops import has_headings, without_more_headings, without_title
from publisher.named import folded, near
from publisher.problems import Place, Problem, Report, Source, problem

_LOST_DIGITS = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")
"""How Excel writes a number of more than eleven digits: 1.23457E+17."""
_LOST_SIGN = "\N{REPLACEMENT CHARACTER}"
_SUSPECT = re.compile(f"{UNSEEN_IN_CELLS.pattern}|{_LOST_SIGN}|^{_LOST_DIGITS.pattern}$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings."""

    cells: Mapping[str, str]
    """Field -> text, stripped; empty cells are left out."""
    source: Source
    """`where` is the row; `fields` has every column that is understood, filled or not."""


@dataclass(frozen=True, slots=True)
class _Column:
    number: int
    heading: str


def find_parts(folder: Path, stem: str) -> list[Path]:
    """Further files of a table that may grow long, sorted."""
    return sorted((folder / stem).glob("*.csv"))


def find_table(folder: Path, stem: str) -> list[Path]:
    """The files that could be the table, sorted; more than one is for the caller to refuse.

    One of a kind that cannot be read counts where there is no other, and so does a folder: it would be left out in
    silence.

    `~$name.xlsx` is what Excel lays beside an open file; its stem never equals the one sought.
    """
    if not folder.is_dir():
        return []
    found = sorted(path for path in folder.iterdir() if path.stem == stem)
    files = [path for path in found if path.is_file()]
    tables = [path for path in files if path.suffix.lower() in SUFFIXES]
    foreign = [path for path in files if path.suffix.lower() in FOREIGN]
    return tables or foreign or [path for path in found if path.is_dir() and path.suffix.lower() in SUFFIXES]


def read_table(
    path: Path,
    shown: str,
    headings: Mapping[str, str],
    report: Report,
    *,
    required: Collection[str] = (),
    wanted: Wanted | None = None,
    opened: Opened | None = None,
    data: bytes | None = None,
) -> list[Row]:
    """The rows of a table file; every fault goes to `report` once, and reading goes on.

    `headings` maps folded headings to fields. Left out are rows with a cell that could not be read, and all
    rows when a required column is missing: their faults would be told a second time as missing values.
    `wanted` is the sheet of a workbook; the one named like the file if left out. `opened` has the workbooks that
    were opened for another table, and takes this one if it holds several. `data` is what was read of the file already.
    """
    told: list[Problem] = []
    try:
        asked = wanted or Wanted.only(path.stem)
        data = content_of(path) if data is None else data
        kind = table_kind(data, path.suffix.lower())
        grid = _grid(data, kind, Place(shown), told.append, asked, headings, {} if opened is None else opened)
    except UnreadableTableError as error:
        told.append(problem(error.code, Place(shown), error.value, **error.details))
        grid = None
    if grid and not grid.rows and not told:
        told.append(problem("table-empty", grid.place))
    for fault in told:
        report(fault)
    if not grid or not grid.rows:
        return []
    return _rows(_seen(grid, report), headings, report, required)


def sheets_of(path: Path, shown: str, opened: Opened, data: bytes | None = None) -> tuple[str, ...]:
    """The names of the sheets that hold something; none of another file, nor where reading it will tell why."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return ()
    from publisher.load.workbooks import filled_sheets  # noqa: PLC0415  (start-up time)

    try:
        data = content_of(path) if data is None else data
        return filled_sheets(data, table_kind(data, suffix), shown, opened)
    except UnreadableTableError:
        return ()


def _grid(
    data: bytes, kind: str, place: Place, report: Report, wanted: Wanted, headings: Collection[str], opened: Opened
) -> Grid | None:
    if kind == ".csv":
        return read_delimited(data, place, report, headings)
    from publisher.load.workbooks import read_workbook  # noqa: PLC0415  (start-up time)

    return read_workbook(data, kind, place, report, wanted, opened)


def _seen(grid: Grid, report: Report) -> Grid:
    """The table without its unseen characters; each cell that had one, lost something or is too long being reported."""
    rows = [
        _checked(grid, row, report) if not row.spoiled and any(map(_is_suspect, row.cells)) else row
        for row in grid.rows
    ]
    return Grid(grid.place, rows, grid.workbook)


def _is_suspect(cell: str) -> bool:
    return len(cell) > MAX_VALUE or bool(_SUSPECT.search(cell))


def _checked(grid: Grid, row: NumberedRow, report: Report) -> NumberedRow:
    cells = [_visible(grid, row.number, *cell, report) for cell in enumerate(row.cells, 1)]
    lost = [_is_lost(grid, row.number, *cell, report) for cell in enumerate(cells, 1)]
    return NumberedRow(row.number, cells, spoiled=any(lost))


def _visible(grid: Grid, row: int, column: int, text: str, report: Report) -> str:
    if len(text) > MAX_VALUE:
        place = grid.at(row, column)
        report(problem("table-cell-exceeds", place, len(text), letter=letters(column), limit=MAX_VALUE))
        return text[:MAX_VALUE]
    if not (found := UNSEEN_IN_CELLS.search(text)):
        return text
    rest = UNSEEN_IN_CELLS.sub("", text).strip()
    place = grid.at(row, column)
    report(problem("table-unseen-character", place, f"U+{ord(found[0]):04X}", letter=letters(column), text=rest))
    return rest


def _is_lost(grid: Grid, row: int, column: int, text: str, report: Report) -> bool:
    """Whether another program spoiled the text before: nobody can tell from it what stood there."""
    code = "table-lost-digits" if _LOST_DIGITS.fullmatch(text) else "table-lost-sign" if _LOST_SIGN in text else ""
    if code:
        report(problem(code, grid.at(row, column), text, letter=letters(column)))
    return bool(code)


def _rows(grid: Grid, headings: Mapping[str, str], report: Report, required: Collection[str]) -> list[Row]:
    grid = without_title(grid, headings, report)
    if not has_headings(grid, headings, report) or _has_too_much_text(grid, report):
        return []
    grid = without_more_headings(grid, headings, report)
    columns = _columns(grid, headings, report)
    absent = _missing(grid, headings, report, columns, required)
    _check_strays(grid, report)
    if absent:
        return []
    bare = replace(grid, rows=())
    return [row for line in grid.rows[1:] if not line.spoiled and (row := _row(bare, line, columns)).cells]


def _has_too_much_text(grid: Grid, report: Report) -> bool:
    """Whether there is so much text that nothing more is looked at."""
    written = sum(len(cell) for row in grid.rows for cell in row.cells if len(cell) > SENTENCE)
    if written > MAX_TABLE:
        report(problem("table-text-exceeds", grid.place, written, limit=MAX_TABLE))
    return written > MAX_TABLE


@dataclass(frozen=True, slots=True)
class _Places(Mapping[tuple[str | int, ...], Place]):
    """The places of the cells of a row, worked out when one is asked for: most rows have no fault."""

    grid: Grid
    """Without its rows: what remembers where a record stood need not keep the text of the whole table."""
    row: int
    columns: Mapping[str, _Column]

    def __getitem__(self, loc: tuple[str | int, ...]) -> Place:
        if len(loc) != 1 or not (column := self.columns.get(str(loc[0]))):
            raise KeyError(loc)
        return self.grid.at(self.row, column.number, column.heading)

    def __contains__(self, loc: object) -> bool:
        return isinstance(loc, tuple) and len(loc) == 1 and loc[0] in self.columns

    def __iter__(self) -> Iterator[tuple[str | int, ...]]:
        return ((field,) for field in self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def _row(grid: Grid, line: NumberedRow, columns: Mapping[str, _Column]) -> Row:
    cells = {
        field: text
        for field, column in columns.items()
        if column.number <= len(line.cells) and (text := line.cells[column.number - 1])
    }
    return Row(cells, Source(grid.at(line.number, 0), _Places(grid, line.number, columns)))


def _columns(grid: Grid, headings: Mapping[str, str], report: Report) -> dict[str, _Column]:
    """The columns that are understood; the second one of a field is a fault, and so is an unknown one."""
    found: dict[str, _Column] = {}
    for number, heading in enumerate(grid.rows[0].cells, 1):
        if not heading or not (field := headings.get(folded(heading))):
            continue
        if field in found:
            first = found[field]
            place = grid.at(grid.rows[0].number, number, heading)
            details = {
                "letter": letters(number),
                "first": first.heading,
                "first_letter": letters(first.number),
            }
            report(problem("table-duplicate-heading", place, heading, **details))
        else:
            found[field] = _Column(number, heading)
    return found


def _missing(
    grid: Grid, headings: Mapping[str, str], report: Report, found: Collection[str], required: Collection[str]
) -> list[str]:
    """The required fields without a column; not told apart where an unknown heading is nearly theirs."""
    unused = {heading: field for heading, field in headings.items() if field not in found}
    absent = [field for field in required if field not in found]
    hinted = {unused[meant] for meant in _unknown(grid, headings, unused, absent, report)}
    for field in absent:
        if field not in hinted:
            wanted = " / ".join(heading for heading, of in headings.items() if of == field)
            report(problem("table-missing-column", grid.at(grid.rows[0].number, 0), field, wanted=wanted))
    return absent


def _unknown(
    grid: Grid, headings: Mapping[str, str], unused: Mapping[str, str], absent: Collection[str], report: Report
) -> Iterator[str]:
    """Reports the headings that are not understood; yields the unused headings that were probably meant.

    A heading of a column that the table lacks and needs is meant rather than another.
    """
    needed = [heading for heading, field in unused.items() if field in absent]
    top = grid.rows[0]
    for number, heading in enumerate(top.cells, 1):
        if not heading or folded(heading) in headings:
            continue
        place = grid.at(top.number, number, heading)
        meant = near(folded(heading), needed) or near(folded(heading), unused)
        if meant:
            report(problem("table-unknown-heading-near", place, heading, letter=letters(number), near=meant))
            yield meant
        else:
            report(problem("table-unknown-heading", place, heading, letter=letters(number)))


def _check_strays(grid: Grid, report: Report) -> None:
    """Cells that belong to no column: told once a column, and once a row where a row of a CSV is too long."""
    top, *below = grid.rows
    strays: dict[int, list[tuple[int, str]]] = {}
    for line in below:
        for column, text in enumerate(line.cells, 1):
            if not text or (column <= len(top.cells) and top.cells[column - 1]):
                continue
            if column > len(top.cells) and not grid.workbook:
                details = {"letter": letters(column), "width": len(top.cells)}
                report(problem("table-row-too-long", grid.at(line.number, 0), text, **details))
                break
            strays.setdefault(column, []).append((line.number, text))
    for column, cells in strays.items():
        row, text = cells[0]
        place = grid.at(row, column)
        report(problem("table-cell-without-heading", place, text, letter=letters(column), n=len(cells)))
