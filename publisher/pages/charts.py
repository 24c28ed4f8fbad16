"""Geometry of charts: where points and bars stand. Drawing is the templates' part, words are elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from publisher.model.results import Figure, State

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 28, 36
STEPS = (1, 2, 5, 10, 20, 25, 50)
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One round in a trend; without a figure it has a place on the axis and no point."""

    label: str
    path: str
    figure: Figure
    x: float
    y: float | None
    labelled: bool
    """Room for its label under the axis."""


@dataclass(frozen=True, slots=True)
class Gridline:
    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A line over rounds, broken where a round has no figure."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """Each the `points` of a polyline."""
    gridlines: tuple[Gridline, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    baseline: int = HEIGHT - BOTTOM


def trend(rounds: Sequence[tuple[str, str, Figure]]) -> Trend | None:
    """The trend of (label, path, figure) from the earliest to the latest; none for fewer than two figures."""
    values = [figure.printed for _, _, figure in rounds if figure.state is State.VALUE and figure.printed is not None]
    if len(values) < 2:  # noqa: PLR2004  (a line needs two points)
        return None
    low, high, step = _scale(min(values), max(values))
    every = -(-len(rounds) // MOST_LABELS)
    marks = tuple(
        Mark(
            label=label,
            path=path,
            figure=figure,
            x=_x(place, len(rounds)),
            y=None if figure.state is not State.VALUE or figure.printed is None else _y(figure.printed, low, high),
            labelled=(len(rounds) - 1 - place) % every == 0,
        )
        for place, (label, path, figure) in enumerate(rounds)
    )
    gridlines = tuple(Gridline(value, _y(Decimal(value), low, high)) for value in range(low, high + 1, step))
    return Trend(marks, _lines(marks), gridlines)


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


def _x(place: int, count: int) -> float:
    return round(LEFT + 16 + (WIDTH - LEFT - RIGHT - 32) * place / max(count - 1, 1), 1)


def _y(value: Decimal, low: int, high: int) -> float:
    part = float((value - low) / (high - low))
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * part, 1)


def _lines(marks: Sequence[Mark]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{mark.x:g},{mark.y:g}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a stacked bar, in percent of its length."""

    start: float
    length: float
    tone: str


def stacked(parts: Sequence[tuple[int, str]]) -> tuple[Bar, ...]:
    """Parts of (count, tone) side by side; a count of 0 has no part."""
    total = sum(count for count, _ in parts)
    bars = []
    before = 0
    for count, tone in parts:
        if count:
            bars.append(Bar(round(100 * before / total, 3), round(100 * count / total, 3), tone))
        before += count
    return tuple(bars)
