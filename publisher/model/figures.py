"""Figures, their states, their error of sampling and their changes. Frozen; nothing here computes.

Four kinds of nothing stay apart everywhere: not surveyed, suppressed, nothing due, and zero (a value).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from publisher.model.frozen import quick


class State(StrEnum):
    """Why there is a figure, or why there is none."""

    VALUE = "value"
    NOT_SURVEYED = "not-surveyed"
    SUPPRESSED = "suppressed"
    """Too few valid answers."""
    NOTHING_DUE = "nothing-due"
    """A rate whose denominator is 0."""
    WITHHELD = "withheld"
    """A composite of which a part is missing."""


Unit = Literal["points", "percent", "count"]


Source = str
"""Whose answers: the id of a channel, or empty for the one sample of a round."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a figure may lie from the truth by the chance of sampling, 95 % of the time; on the scale of the unit."""

    below: Decimal
    above: Decimal


Certainty = Literal["sampled", "partly", "self-selected", "all-cases", "not-known"]
"""What is known of the error of sampling: it was worked out; it leaves out a self-selected part; volunteers answered,
so there is none to work out; every case was counted, so there is none; the score came without its answers."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % interval of a figure, as printed."""

    low: Decimal
    high: Decimal

    def blurs(self, other: "Interval") -> bool:
        """Whether the two overlap, so that sampling may have made the difference; two points are never blurred."""
        sampled = self.low < self.high or other.low < other.high
        return sampled and self.low <= other.high and other.low <= self.high


NO_MARGINS: Mapping[Source, Margin] = {}
"""One for all figures that have none: an empty mapping of its own takes as much room as half a figure."""


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: exact from the counts, and as printed (rounded once, by the site's rule)."""

    state: State
    unit: Unit
    exact: Fraction | None = None
    """On the scale of the unit: percent from 0 to 100."""
    printed: Decimal | None = None
    base: int | None = None
    """Valid answers, or cases due; none where nobody counted."""
    small: bool = False
    """The base is too small for a place."""
    reweighted: bool = False
    """A composite of which a part was missing and the weights of the rest were scaled up."""
    certainty: Certainty = "not-known"
    interval: Interval | None = None
    """None unless the error of sampling is known, and not 0 because all cases were counted."""
    ends: tuple[Decimal, Decimal] | None = None
    """The exact ends of the interval."""
    margins: Mapping[Source, Margin] = field(default_factory=lambda: NO_MARGINS)
    """By source of answers, exact: what figures made of this one are combined from."""

    @property
    def span(self) -> Interval | None:
        """The interval; of a figure of all cases the figure itself."""
        if self.certainty == "all-cases" and self.printed is not None:
            return Interval(self.printed, self.printed)
        return self.interval


NOT_SURVEYED = Figure(State.NOT_SURVEYED, "points")
NOT_ASKED = Figure(State.NOT_SURVEYED, "percent")
"""Of dissatisfaction, where the measure does not tell any."""


@dataclass(frozen=True, slots=True)
class Change:
    """Difference of two printed figures of the same kind."""

    amount: Decimal
    unit: Unit
    verdict: Literal["better", "worse", "same"]
    """By the direction of the figure: more dissatisfaction is worse."""
    within: bool = False
    """Within the margin: it may come of sampling alone."""


Uncompared = Literal["", "first", "entered", "withdrawn", "method", "no-figure"]
"""Why there is no change: no round before; the company was not in it, or its result of it was withdrawn; another
method; one of the two has no figure."""
