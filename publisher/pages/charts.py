"""Geometry of charts: where points and bars stand. Drawing is the templates' part, words are elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from publisher.model.figures import Figure, State
from publisher.model.frozen import quick

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 40, 28, 36
STEPS = (1, 2, 5, 10, 20, 25, 50)
MOST_LABELS = 6


@quick
@dataclass(frozen=True, slots=True)
class Spot:
    """One round to be drawn."""

    label: str
    path: str
    figure: Figure
    broken: bool = False
    """By another method than the round before: the line does not go on."""
    marked: bool = False
    """Revised or partial."""

    @property
    def value(self) -> Decimal | None:
        return self.figure.printed if self.figure.state is State.VALUE else None

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """Of its interval, the lower first; its value alone if it has none."""
        if self.value is None:
            return ()
        span = self.figure.interval
        return (span.low, span.high) if span else (self.value,)


@quick
@dataclass(frozen=True, slots=True)
class Mark:
    """One round in a trend; without a figure it has a place on the axis and no point."""

    label: str
    path: str
    figure: Figure
    x: float
    y: float | None
    top: float | None
    """The upper end of its interval, or its point: its figure stands above it."""
    labelled: bool
    """Room for its label under the axis."""
    broken: bool
    """Does not compare with what stands left of it."""
    marked: bool


@dataclass(frozen=True, slots=True)
class Gridline:
    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A line over rounds, broken where a round has no figure and where the method changed."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """Each the `points` of a polyline."""
    gridlines: tuple[Gridline, ...]
    spans: str
    """The 95 % intervals as upright strokes: the `d` of one path; empty where none is known."""
    cuts: tuple[float, ...] = ()
    """Where the method changed: figures left and right of it do not compare."""
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    baseline: int = HEIGHT - BOTTOM

    @property
    def marked(self) -> bool:
        return any(one.marked and one.y is not None for one in self.marks)


@dataclass(frozen=True, slots=True)
class _Height:
    """How high a round stands on one scale, in numbers and as it is written."""

    y: float | None
    top: float | None
    written: str
    """Its place in a line, without the part that says how far right."""
    span: str
    """Its interval, without that part; empty if it has none."""


class Drawing:
    """A line of rounds, from which the trend up to any of them is drawn.

    Each scorecard of a company has the trend up to its own round, and most of them the same scale: how high a round
    stands is found once for each scale. Of 1,000 scorecards of up to forty rounds: 0.05 s for 0.4.
    """

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = spots
        self._ends = [spot.ends for spot in spots]
        self._heights: dict[tuple[int, int], list[_Height]] = {}
        """By the ends of the scale."""

    def until(self, count: int) -> Trend | None:
        """The trend of the earliest rounds, that many; none for fewer than two figures."""
        known = [ends for ends in self._ends[:count] if ends]
        if len(known) < 2:  # noqa: PLR2004  (a line needs two points)
            return None
        low, high, step = _scale(min(ends[0] for ends in known), max(ends[-1] for ends in known))
        if (low, high) not in self._heights:
            self._heights[low, high] = [_height(spot, low, high) for spot in self._spots]
        heights = self._heights[low, high][:count]
        every = -(-count // MOST_LABELS)
        marks = tuple(
            Mark(
                label=spot.label,
                path=spot.path,
                figure=spot.figure,
                x=_x(place, count),
                y=height.y,
                top=height.top,
                labelled=(count - 1 - place) % every == 0,
                broken=spot.broken and place > 0,
                marked=spot.marked,
            )
            for place, (spot, height) in enumerate(zip(self._spots, heights, strict=False))
        )
        gridlines = tuple(Gridline(value, _y(Decimal(value), low, high)) for value in range(low, high + 1, step))
        spans = "".join(f"M{_written(mark.x)} {one.span}" for mark, one in zip(marks, heights, strict=True) if one.span)
        return Trend(marks, _lines(marks, heights), gridlines, spans, cuts=_cuts(marks))


def trend(spots: Sequence[Spot]) -> Trend | None:
    """The trend from the earliest round to the latest; none for fewer than two figures."""
    return Drawing(spots).until(len(spots))


def _height(spot: Spot, low: int, high: int) -> _Height:
    """A stroke for an interval goes from its lower end to its upper one."""
    if spot.value is None:
        return _Height(None, None, "", "")
    y, ends = _y(spot.value, low, high), [_y(end, low, high) for end in spot.ends]
    span = f"{ends[0]:g}V{ends[1]:g}" if len(ends) > 1 else ""
    return _Height(y, ends[-1], f"{y:g}", span)


def _scale(lowest: Decimal, highest: Decimal) -> tuple[int, int, int]:
    """Whole-number ends that hold all values, and a step that gives at most five intervals."""
    for step in STEPS:
        low = int(lowest // step) * step
        if low > lowest:
            low -= step
        high = int(-(-highest // step)) * step
        if high < highest:
            high += step
        high = max(high, low + step)
        if (high - low) // step <= 5:  # noqa: PLR2004  (more lines than five are noise)
            return low, high, step
    span = int(highest - lowest) // 5 + 1
    low = int(lowest // 1)
    return low, low + 5 * (span + 1), span + 1


@lru_cache(4_000)  # of the same few places each chart of a site has some
def _x(place: int, count: int) -> float:
    return round(LEFT + 16 + (WIDTH - LEFT - RIGHT - 32) * place / max(count - 1, 1), 1)


@lru_cache(4_000)
def _written(x: float) -> str:
    return f"{x:g}"


def _y(value: Decimal, low: int, high: int) -> float:
    part = float((value - low) / (high - low))
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * part, 1)


def _cuts(marks: Sequence[Mark]) -> tuple[float, ...]:
    """Half way to each round from which on figures do not compare with those before."""
    return tuple(round((left.x + right.x) / 2, 1) for left, right in pairwise(marks) if right.broken)


def _lines(marks: Sequence[Mark], heights: Sequence[_Height]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for mark, height in zip(marks, heights, strict=True):
        if mark.y is None or mark.broken:
            runs.append([])
        if mark.y is not None:
            runs[-1].append(f"{_written(mark.x)},{height.written}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


@quick
@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a stacked bar, drawn from the bar's beginning: what is drawn after it covers all but its own end."""

    end: float
    """In percent of the bar's length."""
    tone: str


def stacked(parts: Sequence[tuple[int, str]]) -> tuple[Bar, ...]:
    """Parts of (count, tone) side by side, the last one first, as they are drawn; a count of 0 has no part."""
    total, end, bars = sum([count for count, _ in parts]), 0, []
    for count, tone in parts:
        if count:
            end += count
            bars.append(Bar(round(100 * end / total, 2), tone))
    return tuple(reversed(bars))
