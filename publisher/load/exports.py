"""Tables as other offices send them: a title in merged cells above, notes below, headings of their own.

Everything the loader refuses is refused here too, but for what can be understood without a guess: merged cells say
the same in all their rows, a title stands above the headings, and a row below the table without any of the columns
that every row needs is a note. All of that is told.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publisher.load.across import Axis, Turned, Turning, turned
from publisher.load.content import table_kind
from publisher.load.delimited import read_delimited
from publisher.load.grid import HEADING_ROWS, Grid, NumberedRow, UnreadableTableError, column_of, letters
from publisher.load.limits import MAX_COLUMNS
from publisher.load.workbook_layout import Area, Layout, far_cell, faults
from publisher.load.workbooks import layouts_of
from publisher.named import folded, near
from publisher.problems import Place, Report, problem, warning

_NUMBER = re.compile(r"[0-9.,]+%?")
_TOLD = frozenset({"table-merged"})


@dataclass(frozen=True)
class Export:
    """What was understood of a table."""

    sheet: str
    headings: Sequence[tuple[str, str]]
    """Heading as it stands there, and the column of ours that it is; empty if it is left out."""
    rows: Sequence[Sequence[str]]
    """Cells in the order of the headings that are kept."""
    numbers: Sequence[int] = ()
    """Of the rows, as Excel counts them."""
    above: Sequence[tuple[int, str]] = ()
    """Row and text of what stands above the headings."""
    below: Sequence[tuple[int, str]] = ()
    parts: Sequence[str] = ()
    """Of a letter without a table: what it calls each of its parts, which are the rows."""

    @property
    def columns(self) -> list[str]:
        return [name for _, name in self.headings if name]


@dataclass(frozen=True)
class Wanted:
    """What a table of this kind has: folded heading -> column, those that each row needs, and what the caller says."""

    table: str
    headings: Mapping[str, str]
    required: Collection[str]
    others: Mapping[str, str] = field(default_factory=dict)
    """What other offices call a column; an empty one means nothing here."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Folded heading -> column, as the user says; an empty column leaves it out."""
    sheet: str = ""
    axes: Sequence[Axis] = ()
    """What may stand across instead of down."""
    alone: Mapping[str, str] = field(default_factory=dict)
    """Folded name of an indicator -> the column of a number without a heading."""

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Folded heading -> column; what the user says counts first."""
        return {**self.others, **self.headings, **self.said}


def read_export(data: bytes, suffix: str, shown: str, wanted: Wanted, report: Report) -> Export | None:
    """The table; None, and problems, where somebody has to say more, or mend the file."""
    try:
        kind = table_kind(data, suffix)
        grid = (
            read_delimited(data, Place(shown), report, wanted.known)
            if kind == ".csv"
            else _sheet(data, kind, shown, wanted, report)
        )
    except UnreadableTableError as error:
        report(problem(error.code, Place(shown), error.value, **error.details))
        return None
    return None if grid is None else read_grid(grid, wanted, report)


def best_of(tables: Sequence[Sequence[Sequence[str]]], place: Place, wanted: Wanted) -> Grid:
    """The one of several tables of a text that has most headings; its first row is row 1."""
    grids = [Grid(place, [NumberedRow(*row) for row in enumerate(one, 1) if any(row[1])]) for one in tables]
    return max(grids, key=lambda one: _best(one.rows, wanted)[1])


def headings_in(grid: Grid, wanted: Wanted) -> int:
    """How many headings of ours the best of its first rows has."""
    return _best(grid.rows, wanted)[1]


def read_grid(grid: Grid, wanted: Wanted, report: Report) -> Export | None:
    """What is understood of rows, wherever they were read."""
    if not grid.rows:
        report(problem("table-empty", grid.place))
        return None
    upright = _upright(grid, wanted, report)
    return None if upright is None else _understood(upright, wanted, report)


def _upright(grid: Grid, wanted: Wanted, report: Report) -> Grid | None:
    """With a row for each company and indicator, whatever the sheet has; None, and problems, if that is unclear."""
    at, _ = _best(grid.rows, wanted)
    there = {column_of(cell, wanted.known) for cell in grid.rows[at].cells}
    below = grid.rows[at + 1].cells if at + 1 < len(grid.rows) else ()
    axes = [axis for axis in wanted.axes if axis.column not in there or _is_above_names(axis, below)]
    found = turned(grid, Turning(axes, wanted.known, wanted.alone))
    if found is None:
        return grid
    if not isinstance(found, Turned):
        for one in found:
            _tell_unclear(grid.at(one.row, one.column), one.column, one.text, wanted, report)
        return None
    place = grid.at(found.row, 0)
    report(warning("import-across", place, len(found.names), names=found.names, column=f"field.scores.{found.column}"))
    if found.blank:
        report(warning("import-across-blank", place, found.blank))
    return found.grid


def _is_above_names(axis: Axis, below: Sequence[str]) -> bool:
    """A heading of several columns whose names stand in the next row; a row of numbers has one name at most."""
    return len({axis.names[folded(cell)] for cell in below if folded(cell) in axis.names}) > 1


def _tell_unclear(place: Place, column: int, heading: str, wanted: Wanted, report: Report) -> None:
    """A heading that nobody has explained, with what was probably meant; or the lack of one."""
    if not heading:
        report(problem("table-cell-without-heading", place, "", letter=letters(column), n=1))
        return
    known = [*wanted.headings, *(name for axis in wanted.axes for name in axis.names)]
    hint = near(folded(heading), known, 0.5)
    report(
        problem("import-heading-near", place, heading, near=hint)
        if hint
        else problem("import-heading", place, heading, names=_names(wanted))
    )


def _sheet(data: bytes, kind: str, shown: str, wanted: Wanted, report: Report) -> Grid | None:
    """The sheet named, else the one with most headings; the others that hold something are told."""
    layouts = [one for one in layouts_of(data, kind) if one.bottom]
    for one in (one for one in layouts if not one.sane):
        report(far_cell(shown, one))
        return None
    if not layouts:
        raise UnreadableTableError("table-empty")
    seen = [one for one in layouts if one.visible and wanted.sheet in {"", one.name}]
    if not seen:
        names = tuple(one.name for one in layouts if one.visible)
        report(problem("import-no-sheet", Place(shown), wanted.sheet, names=names))
        return None
    chosen = max(seen, key=lambda one: _best(one.rows(), wanted)[1])
    for other in layouts:
        if other is not chosen:
            code = "import-sheet-left" if other.visible else "import-sheet-hidden"
            report(warning(code, Place(shown, other.name), other.name, read=chosen.name))
    return _filled(chosen, shown, report)


def _filled(layout: Layout, shown: str, report: Report) -> Grid:
    """The rows with merged cells below the first row of each filled; every other fault of the sheet is told."""
    for fault in faults(shown, layout):
        if fault.code not in _TOLD:
            report(fault)
    rows = {row.number: [*row.cells] for row in layout.rows()}
    for area in layout.merged:
        _fill(rows, area, layout, shown, report)
    spoiled = layout.spoiled
    found = [NumberedRow(number, cells, number in spoiled) for number, cells in sorted(rows.items())]
    return Grid(Place(shown, layout.name), [one for one in found if any(one.cells)], workbook=True)


def _fill(rows: dict[int, list[str]], area: Area, layout: Layout, shown: str, report: Report) -> None:
    """All cells of a column, or of a block, say the same; what is as wide as the table is a title or a note.

    Cells merged within one row hold one value of several columns: it stays in the first, which is told.
    """
    top, left, bottom, right = area
    text = rows.get(top, [])[left - 1 : left]
    if not any(text) or (left < right and right - left + 1 >= len(layout.columns)):
        return
    address = f"{letters(left)}{top}:{letters(right)}{bottom}"
    if top == bottom:
        report(warning("import-merged-row", Place(shown, layout.name, cell=address), text[0]))
        return
    report(warning("import-filled", Place(shown, layout.name, cell=address), text[0]))
    for number in range(top, min(bottom, layout.bottom) + 1):
        cells = rows.setdefault(number, [])
        cells += [""] * (min(right, MAX_COLUMNS) - len(cells))
        cells[left - 1 : right] = text * (min(right, MAX_COLUMNS) - left + 1)


def _best(rows: Sequence[NumberedRow], wanted: Wanted) -> tuple[int, int]:
    """Which of the first rows has most headings, and how many; a row of numbers is none of headings."""
    known = [
        len({column_of(cell, wanted.known) for cell in row.cells} - {None, ""}) * (not _is_of_numbers(row))
        for row in rows[:HEADING_ROWS]
    ]
    best = max(range(len(known)), key=known.__getitem__, default=0)
    return best, known[best] if known else 0


def _is_of_numbers(row: NumberedRow) -> bool:
    """Half of its cells, or more."""
    filled = [cell for cell in row.cells if cell]
    return 2 * sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) >= len(filled)


def _understood(grid: Grid, wanted: Wanted, report: Report) -> Export | None:
    at, known = _best(grid.rows, wanted)
    top = grid.rows[at]
    if not known:
        report(problem("import-no-headings", grid.place, grid.rows[0].text, wanted=_names(wanted)))
        return None
    named = [_named(grid, top, number, heading, wanted, report) for number, heading in enumerate(top.cells, 1)]
    if None in named:
        return None
    columns = [name or "" for name in named]
    if not _are_all_there(grid, top, columns, wanted, report):
        return None
    below = grid.rows[at + 1 :]
    needed = [columns.index(name) for name in wanted.required]
    last = max((n for n, row in enumerate(below, 1) if all(row.cell(one) for one in needed)), default=0)
    for row in below[:last]:
        _tell_strays(grid, row, top, report)
    kept = [number for number, name in enumerate(columns) if name]
    return Export(
        grid.place.sheet,
        [(heading, name) for heading, name in zip(top.cells, columns, strict=True) if heading],
        [[row.cell(number) for number in kept] for row in below[:last]],
        [row.number for row in below[:last]],
        [(row.number, row.text) for row in grid.rows[:at]],
        [(row.number, row.text) for row in below[last:]],
    )


def _named(grid: Grid, top: NumberedRow, number: int, heading: str, wanted: Wanted, report: Report) -> str | None:
    """The column of ours; None, and a problem, for a heading that nobody has explained."""
    column = column_of(heading, wanted.known) if heading else ""
    if column is None:
        _tell_unclear(grid.at(top.number, number), number, heading, wanted, report)
    return column


def _names(wanted: Wanted) -> tuple[str, ...]:
    """Of our columns, as keys of their headings; those of grades have none."""
    names = dict.fromkeys(wanted.headings.values())
    return tuple(f"field.{wanted.table}.{name}" for name in names if ":" not in name)


def _are_all_there(grid: Grid, top: NumberedRow, columns: Sequence[str], wanted: Wanted, report: Report) -> bool:
    """Each column once, and none that every row needs is missing."""
    whole = True
    for number, name in enumerate(columns, 1):
        if name and name in columns[: number - 1]:
            first = columns.index(name)
            details = {"letter": letters(number), "first": top.cells[first], "first_letter": letters(first + 1)}
            report(problem("table-duplicate-heading", grid.at(top.number, number), top.cells[number - 1], **details))
            whole = False
    for name in wanted.required:
        if name not in columns:
            known = " / ".join(heading for heading, of in wanted.headings.items() if of == name)
            report(problem("import-missing-column", grid.at(top.number, 0), name, wanted=known))
            whole = False
    return whole


def _tell_strays(grid: Grid, row: NumberedRow, top: NumberedRow, report: Report) -> None:
    for number, text in enumerate(row.cells, 1):
        if text and not (number <= len(top.cells) and top.cells[number - 1]):
            place = grid.at(row.number, number)
            report(problem("table-cell-without-heading", place, text, letter=letters(number), n=1))
