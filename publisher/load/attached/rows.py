"""Tables of attachments: what a cell holds is often said by the heading of its column alone."""

from collections.abc import Iterable, Sequence

from publisher.load.attached.look import Look, RefusedError
from publisher.load.grid import letters
from publisher.load.limits import MAX_ATTACHED_CELLS
from publisher.problems import Place

_LONGEST_HEADING = 20
_JOIN = ": "
Row = tuple[int, Sequence[str]]
"""Number of the row, counted from 1, and its cells."""


def say_rows(look: Look, rows: Iterable[Row], *, sheet: str = "", named: bool = True) -> None:
    """Each cell, and before it the heading of its column; the first row with two filled cells has the headings.

    `named` are the cells that Excel shows under a name.
    """
    headings: Sequence[str] = ()
    count = 0
    for number, cells in rows:
        filled = [cell for cell in cells if cell.strip()]
        count += len(filled)
        if count > MAX_ATTACHED_CELLS:
            raise RefusedError("attachment-too-complex")
        for column, cell in enumerate(cells, 1):
            if cell.strip():
                heading = headings[column - 1].strip() if column <= len(headings) else ""
                place = Place(look.path, sheet, number, cell=f"{letters(column)}{number}" if named else "")
                look.say(f"{heading}{_JOIN}{cell}" if heading else cell, place)
        if not headings and len(filled) > 1:
            headings = [cell if len(cell) <= _LONGEST_HEADING else "" for cell in cells]
