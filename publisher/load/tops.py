"""The top of a table: a title above the headings, headings in one cell, in two rows or there again."""

import re
from collections.abc import Mapping

from publisher.load.grid import TITLE_ROWS, Grid, NumberedRow
from publisher.load.limits import MAX_COLUMNS
from publisher.named import folded
from publisher.problems import Report, problem

_JOINED = re.compile(r"[\s,;|^，；、｜]+")
"""What people put between the columns when all of a row came to stand in one cell."""


def without_title(grid: Grid, headings: Mapping[str, str], report: Report) -> Grid:
    """A title above the headings is told once, and the table is read on below it."""
    known = [sum(folded(cell) in headings for cell in row.cells if cell) for row in grid.rows[:TITLE_ROWS]]
    best = max(range(len(known)), key=known.__getitem__)
    if known[0] or known[best] < 2:  # noqa: PLR2004  (one word may stand in a title by chance)
        return grid
    title = next((cell for cell in grid.rows[0].cells if cell), "")
    report(problem("table-title-row", grid.at(grid.rows[0].number, 0), title, row=grid.rows[best].number))
    return Grid(grid.place, grid.rows[best:], grid.workbook)


def has_headings(grid: Grid, headings: Mapping[str, str], report: Report) -> bool:
    """Whether the first row can be the headings; if not, that is told, and nothing of what follows from it."""
    top = grid.rows[0]
    filled = [number for number, cell in enumerate(top.cells, 1) if cell]
    if filled and filled[-1] > MAX_COLUMNS:
        report(problem("table-too-many-columns", grid.at(top.number, 0), filled[-1], limit=MAX_COLUMNS))
        return False
    for row in () if any(folded(cell) in headings for cell in top.cells) else grid.rows[:TITLE_ROWS]:
        if joined := _joined(row, headings):
            report(problem("table-joined-columns", grid.at(row.number, 0), joined))
            return False
    if len(grid.rows) > 1 and _is_headings(grid.rows[1], headings):
        report(problem("table-two-heading-rows", grid.at(top.number, 0), row=grid.rows[1].number))
        return False
    return True


def _joined(row: NumberedRow, headings: Mapping[str, str]) -> str:
    """The headings, if all of them came to stand in one cell."""
    filled = [cell for cell in row.cells if cell]
    several = len(filled) == 1 and sum(folded(part) in headings for part in _JOINED.split(filled[0])) > 1
    return filled[0] if several and folded(filled[0]) not in headings else ""


def without_more_headings(grid: Grid, headings: Mapping[str, str], report: Report) -> Grid:
    """Headings that stand there again, as for every printed page, are told once."""
    top, *below = grid.rows
    again = [row for row in below if _is_headings(row, headings)]
    if not again:
        return grid
    rows = ", ".join(str(row.number) for row in again)
    report(problem("table-headings-again", grid.at(again[0].number, 0), rows))
    return Grid(grid.place, [top, *(row for row in below if row not in again)], grid.workbook)


def _is_headings(row: NumberedRow, headings: Mapping[str, str]) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and all(folded(cell) in headings for cell in filled)
