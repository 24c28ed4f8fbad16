"""The eight masks of a QR code, and how a masked symbol is judged (ISO/IEC 18004, 7.8)."""

from collections.abc import Callable, Iterable
from functools import cache

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
"""Whether the module in row `i` and column `j` is turned over."""
_FINDER = "1011101"
_LIGHT = "0000"


def penalty(modules: str, size: int) -> int:
    """The four features of table 11, each counted as the library counts it; the smallest sum is the best.

    `modules` are `1` for dark, column by column. As one whole number, all are compared with a neighbour at once.
    """
    square = int(modules, 2)
    down = ~(square ^ square >> 1) & _with_a_next(size)
    along = ~(square ^ square >> size) & (1 << size * (size - 1)) - 1
    blocks = (down & down >> size & along).bit_count()
    columns = (modules[start : start + size] for start in range(0, size * size, size))
    rows = (modules[start::size] for start in range(size))
    finders = _finders(columns, size) + _finders(rows, size)
    uneven = int(abs(modules.count("1") / size**2 * 100 - 50) / 5)
    return _runs(down, 1) + _runs(along, size) + 3 * blocks + 40 * finders + 10 * uneven


@cache
def _with_a_next(size: int) -> int:
    """Modules that have another one of their column in the place above in the number."""
    return int(f"0{'1' * (size - 1)}" * size, 2)


def _runs(alike: int, step: int) -> int:
    """Runs of five modules or more, each for its length less two; `alike` are modules like the one that follows."""
    fives = alike & alike >> step & alike >> 2 * step & alike >> 3 * step
    return fives.bit_count() + 2 * (fives & ~(fives << step)).bit_count()


def _finders(lines: Iterable[str], size: int) -> int:
    """Places that look like the middle of a finder pattern: light, or the edge, before or behind."""
    return sum(_finders_in(line, size) for line in lines if _FINDER in line)


def _finders_in(line: str, size: int) -> int:
    count, place = 0, line.find(_FINDER)
    while place >= 0:
        end = place + len(_FINDER)
        found = place == 0 or end == size or line[max(place - 4, 0) : place] in _LIGHT or line[end : end + 4] in _LIGHT
        count += found
        place = line.find(_FINDER, end if found else place + 4)
    return count
