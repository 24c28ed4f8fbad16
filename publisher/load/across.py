"""Tables with a column for each company, or for each indicator -> the usual form, with a row for each.

Under a name may stand one number, or several with headings of their own in the next row; what a number is may also
stand at the left of its row. Understands names and headings only; what the numbers mean is not known here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publisher.load.grid import HEADING_ROWS, Grid, NumberedRow, column_of
from publisher.named import folded

_FIELD = "*"
"""A column that says what the numbers of its row are."""


@dataclass(frozen=True)
class Axis:
    """The names of one column of ours that may stand side by side: folded name -> its id."""

    column: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Turning:
    """What may stand across, what headings mean, and what a number without any heading is."""

    axes: Sequence[Axis]
    headings: Mapping[str, str]
    """Folded heading -> column of ours, and an empty one where the user leaves it out."""
    alone: Mapping[str, str]
    """Folded name of an indicator -> the column that a single number of it belongs in."""


@dataclass(frozen=True)
class Turned:
    """The table in the usual form. Rows keep their numbers; one of the sheet may be several here."""

    grid: Grid
    column: str
    names: tuple[str, ...]
    """As they stand in the sheet."""
    row: int
    """In which they stand."""
    blank: int
    """Places without any number, for which there is no row."""


@dataclass(frozen=True)
class UnclearHeading:
    """A heading, or a word that says what the numbers are, that nobody has explained; both count from 1."""

    row: int
    column: int
    text: str


@dataclass
class _Plan:
    """What each column is, by its place."""

    keys: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Heading and column of ours; `_FIELD` for one that says what the numbers are."""
    values: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The name above, and the heading of its own; empty if there is none."""
    unclear: list[UnclearHeading] = field(default_factory=list)


def turned(grid: Grid, turning: Turning) -> Turned | list[UnclearHeading] | None:
    """None if the table has no names across; headings that are not understood, if there are some."""
    for axis in turning.axes:
        at = _names_at(grid, axis, turning)
        if at >= 0:
            return _turned(grid, at, axis, turning)
    return None


def _names_at(grid: Grid, axis: Axis, turning: Turning) -> int:
    """Where the names stand side by side: two of them, or one beside a heading; -1 if nowhere."""
    rows = grid.rows[:HEADING_ROWS]
    count = [len({_name(cell, axis, turning) for cell in row.cells} - {""}) for row in rows]
    best = max(range(len(rows)), key=count.__getitem__, default=-1)
    if best < 0 or not count[best]:
        return -1
    beside = any(column_of(cell, turning.headings) for cell in rows[best].cells)
    return best if count[best] > 1 or beside else -1


def _name(text: str, axis: Axis, turning: Turning) -> str:
    """The id of a name, by itself or as the user says; empty if it is none."""
    said = column_of(text, turning.headings)
    return axis.names.get(folded(said if said is not None else text), "") if text else ""


def _turned(grid: Grid, at: int, axis: Axis, turning: Turning) -> Turned | list[UnclearHeading]:
    top = grid.rows[at]
    below = grid.rows[at + 1] if at + 1 < len(grid.rows) else NumberedRow(0, ())
    first = next(place for place, cell in enumerate(top.cells) if _name(cell, axis, turning))
    is_double = any(column_of(cell, turning.headings) for cell in below.cells[first:])
    under = grid.rows[at + 1 + is_double :]
    plan = _plan(top, below if is_double else None, under, axis, turning)
    if plan.unclear:
        return plan.unclear
    records, blank = _records(plan, under, turning)
    names = tuple(dict.fromkeys(name for name, _ in plan.values.values()))
    meant = {name: name if folded(name) in axis.names else _name(name, axis, turning) for name in names}
    rows = list(_rows(records, [heading for heading, of in plan.keys.values() if of != _FIELD], axis, meant))
    head = replace(rows[0], number=top.number)
    told = {row.number for row in rows[1:]}
    notes = [NumberedRow(row.number, [row.text]) for row in under if row.number not in told]
    whole = Grid(grid.place, [*grid.rows[:at], head, *rows[1:], *notes], grid.workbook)
    return Turned(whole, axis.column, names, top.number, blank)


def _plan(
    top: NumberedRow, below: NumberedRow | None, under: Sequence[NumberedRow], axis: Axis, turning: Turning
) -> _Plan:
    """Column by column; what stands above several headings stands there once, at the first of them."""
    plan, above = _Plan(), ""
    for place in range(max(len(row.cells) for row in (top, below, *under) if row)):
        upper, lower = top.cell(place), below.cell(place) if below else ""
        above = upper if upper or not lower else above
        if _name(above, axis, turning):
            _value(plan, place, above, lower, below, turning)
        elif below and upper and lower and upper != lower and column_of(upper, turning.headings) is None:
            plan.unclear.append(UnclearHeading(top.number, place + 1, upper))
        elif not (lower and above != lower and column_of(above, turning.headings) is not None):
            _key(plan, place, below if below and lower else top, under, turning)
    return plan


def _value(plan: _Plan, place: int, name: str, lower: str, below: NumberedRow | None, turning: Turning) -> None:
    column = column_of(lower, turning.headings)
    if below and column is None:
        plan.unclear.append(UnclearHeading(below.number, place + 1, lower))
    elif column != "" or not below:
        plan.values[place] = name, lower


def _key(plan: _Plan, place: int, row: NumberedRow, under: Sequence[NumberedRow], turning: Turning) -> None:
    """A column at the left, by its heading or else by what it holds."""
    text = row.cell(place)
    column = column_of(text, turning.headings)
    if column:
        plan.keys[place] = text, column
    if column is not None or not any(one.cell(place) for one in under):
        return
    held = _held([one.cell(place) for one in under], turning)
    if held:
        plan.keys[place] = held, held
    else:
        plan.unclear.append(UnclearHeading(row.number, place + 1, text))
    if held == _FIELD:
        said = [(one.number, one.cell(place)) for one in under]
        unknown = dict.fromkeys(text for _, text in said if text and column_of(text, turning.headings) is None)
        first = {text: number for number, text in reversed(said)}
        plan.unclear += [UnclearHeading(first[text], place + 1, text) for text in unknown]


def _held(cells: Sequence[str], turning: Turning) -> str:
    """What most of the cells are: names of an axis, or words that say what the numbers are; empty if neither."""
    filled = [folded(one) for one in cells if one]
    kinds = {axis.column: axis.names for axis in turning.axes} | {_FIELD: turning.headings}
    return next(
        (kind for kind, known in kinds.items() if 2 * sum(one in known for one in filled) >= len(filled) > 0), ""
    )


_Records = dict[tuple[tuple[str, ...], str, int], tuple[int, dict[str, str]]]
"""By what stands at the left, the name and how often that came before: the first row, and its numbers by heading."""

_Number = tuple[str, str]
"""Heading and text."""


def _records(plan: _Plan, under: Sequence[NumberedRow], turning: Turning) -> tuple[_Records, int]:
    found: _Records = {}
    times: Counter[tuple[object, ...]] = Counter()
    blank = 0
    for row in under:
        left = tuple(row.cell(place) for place, (_, of) in plan.keys.items() if of != _FIELD)
        said = next((row.cell(place) for place, (_, of) in plan.keys.items() if of == _FIELD), "")
        if column_of(said, turning.headings) == "" or not any(row.cell(place) for place in plan.values):
            continue
        for place, (name, heading) in plan.values.items():
            text = row.cell(place)
            blank += not text
            if text:
                of = heading or said or _alone(plan, row, name, turning)
                _put(found, times, left, name, row.number, (of, text))
    return found, blank


def _alone(plan: _Plan, row: NumberedRow, name: str, turning: Turning) -> str:
    """What a number without a heading is, by the indicator it belongs to."""
    at = next((place for place, (_, of) in plan.keys.items() if of == "indicator"), -1)
    return turning.alone.get(folded(row.cell(at) if at >= 0 else name), "score")


def _put(
    found: _Records, times: Counter[tuple[object, ...]], left: tuple[str, ...], name: str, row: int, number: _Number
) -> None:
    """What is there twice stands in rows of its own, and `check` says so."""
    heading, text = number
    before = times[left, name, heading]
    found.setdefault((left, name, before), (row, {}))[1][heading] = text
    times[left, name, heading] = before + 1


def _rows(records: _Records, keys: Sequence[str], axis: Axis, meant: Mapping[str, str]) -> Iterator[NumberedRow]:
    headings = list(dict.fromkeys(heading for _, numbers in records.values() for heading in numbers))
    yield NumberedRow(0, [axis.column, *keys, *headings])
    for (left, name, _), (row, numbers) in records.items():
        yield NumberedRow(row, [meant[name], *left, *(numbers.get(one, "") for one in headings)])
