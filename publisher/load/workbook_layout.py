"""A sheet as it was found: its cells, what is merged, hidden, wrong or far away; and the faults in it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from publisher.load.grid import NumberedRow, letters
from publisher.load.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from publisher.load.workbook_cells import Reading
from publisher.problems import Place, Problem, problem, warning

_SHOWN = 10
"""Cells named in one problem."""
_DOUBTS = {"otherwise": "table-shown-otherwise", "rounded": "table-shown-rounded", "long": "table-shown-long"}

Area = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column; all from 1, all included."""


@dataclass(slots=True)
class Layout:
    """One sheet, filled while its file is read. Rows and columns count from 1."""

    name: str
    visible: bool = True
    bottom: int = 0
    right: int = 0
    columns: set[int] = field(default_factory=set)
    """The columns that hold something, up to the greatest one allowed."""
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    """Only rows that hold something."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    texts: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    """Row, column, rows and columns in which it is repeated, and what the cell says; as many as may be."""
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    """Cells that show an error, such as #DIV/0!."""
    doubtful: list[tuple[int, int, Reading]] = field(default_factory=list)
    """Numbers of which one sees something else than the file holds."""
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Formulas whose result is not in the file."""

    def fill(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """The cell holds something, and so do those it is repeated in."""
        self.bottom = max(self.bottom, row + rows - 1)
        self.right = max(self.right, column + columns - 1)
        if columns == 1 and column <= MAX_COLUMNS:
            self.columns.add(column)
        else:
            self.columns.update(range(column, min(column + columns, MAX_COLUMNS + 1)))

    def put(self, row: int, column: int, reading: Reading, rows: int = 1, columns: int = 1) -> None:
        """The cell, and those it is repeated in, say this."""
        self.fill(row, column, rows, columns)
        if len(self.texts) < MAX_CELLS:
            self.texts.append((row, column, rows, columns, reading.text))
        if not reading.fault:
            return
        if reading.fault == "error":
            self.errors.append((row, column, reading.text))
        else:
            self.doubtful.append((row, column, reading))

    def leave_out(self, headings: Collection[str]) -> None:
        """What stands in the columns below one of these, in row 1, is for people only."""
        gone = {column for row, column, _, _, text in self.texts if row == 1 and text in headings}
        if gone:
            self.texts = [one for one in self.texts if one[1] not in gone]
            self.errors = [one for one in self.errors if one[1] not in gone]
            self.doubtful = [one for one in self.doubtful if one[1] not in gone]
            self.uncalculated = [one for one in self.uncalculated if one[1] not in gone]
            self.columns -= gone

    @property
    def spoiled(self) -> frozenset[int]:
        """The rows with a cell whose value cannot be known."""
        wrong = [row for row, _, reading in self.doubtful if reading.fault != "rounded"]
        return frozenset([row for row, _, _ in self.errors] + [row for row, _ in self.uncalculated] + wrong)

    def rows(self) -> list[NumberedRow]:
        """Those that hold something, of a sheet of sane size."""
        found: dict[int, list[str]] = {row: [] for row in self.spoiled}
        for top, left, high, wide, text in self.texts:
            for row in range(top, top + high) if text else ():
                cells = found.setdefault(row, [])
                cells.extend([""] * (left + wide - 1 - len(cells)))
                cells[left - 1 : left + wide - 1] = [text] * wide
        spoiled = self.spoiled
        return [NumberedRow(row, cells, row in spoiled) for row, cells in sorted(found.items())]

    @property
    def sane(self) -> bool:
        return self.bottom <= MAX_ROWS and self.right <= MAX_COLUMNS and self.bottom * self.right <= MAX_CELLS


def far_cell(path: str, layout: Layout) -> Problem:
    """The used range is out of all proportion; its last cell is named."""
    last = f"{letters(layout.right)}{layout.bottom}"
    return problem("table-far-cell", Place(path, layout.name, cell=last), last, rows=MAX_ROWS, columns=MAX_COLUMNS)


def faults(path: str, layout: Layout) -> Iterator[Problem]:
    """Everything by which what one sees in Excel differs from what would be published."""
    yield from _merged(path, layout)
    yield from _hidden(path, layout)
    errors: dict[str, list[tuple[int, int]]] = {}
    for row, column, text in layout.errors:
        errors.setdefault(text, []).append((row, column))
    for text, cells in errors.items():
        yield _cells("table-error-cell", path, layout, cells, text)
    yield from _doubtful(path, layout)
    if layout.uncalculated:
        yield _cells("table-formula-without-value", path, layout, layout.uncalculated, "")


def _doubtful(path: str, layout: Layout) -> Iterator[Problem]:
    """One for each number format, with the value of its first cell."""
    found: dict[tuple[str, str], list[tuple[int, int, Reading]]] = {}
    for one in layout.doubtful:
        found.setdefault((one[2].fault, one[2].format), []).append(one)
    for (fault, code), alike in found.items():
        cells = [(row, column) for row, column, _ in alike]
        yield _cells(_DOUBTS[fault], path, layout, cells, alike[0][2].text, format=code)


def _merged(path: str, layout: Layout) -> Iterator[Problem]:
    for top, left, bottom, right in layout.merged:
        if top <= layout.bottom and left <= layout.right:
            first = f"{letters(left)}{top}"
            address = f"{first}:{letters(right)}{bottom}"
            yield problem("table-merged", Place(path, layout.name, top, cell=first), address)


def _hidden(path: str, layout: Layout) -> Iterator[Problem]:
    for first, last in runs(layout.hidden_rows):
        rows = str(first) if first == last else f"{first}-{last}"
        yield problem("table-hidden-rows", Place(path, layout.name, first), rows)
    hidden = {number for first, last in layout.hidden_columns for number in _within(first, last, layout)}
    for first, last in runs(hidden):
        columns = letters(first) if first == last else f"{letters(first)}-{letters(last)}"
        yield problem("table-hidden-columns", Place(path, layout.name, cell=f"{letters(first)}1"), columns)


def _within(first: int, last: int, layout: Layout) -> Iterator[int]:
    return (number for number in range(first, min(last, layout.right) + 1) if number in layout.columns)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run: 2 3 4 7 gives 2-4 and 7-7."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _cells(code: str, path: str, layout: Layout, cells: list[tuple[int, int]], value: str, **details: str) -> Problem:
    """One problem for all cells with the same fault; it stands at the first one."""
    cells = sorted(cells)
    addresses = [f"{letters(column)}{row}" for row, column in cells]
    shown = ", ".join(addresses[:_SHOWN]) + (" …" if len(addresses) > _SHOWN else "")
    place = Place(path, layout.name, cells[0][0], cell=addresses[0])
    told = warning if code == "table-shown-rounded" else problem
    return told(code, place, value, cells=shown, n=len(cells), **details)
