"""Exact values into figures: the one place where figures are rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from publisher.analyse.margins import exceeds
from publisher.model.figures import NO_MARGINS, Certainty, Change, Figure, Interval, Margin, Source, State, Unit
from publisher.model.scheme import Basis, Better
from publisher.model.settings import Rounding, Site, Thresholds
from publisher.rounding import as_decimal, ratio_rounded, rounded


@dataclass(frozen=True)
class Printing:
    """The site's rules of print, and nothing else of its settings: another title gives no other results."""

    rounding: Rounding
    thresholds: Thresholds
    ranking: Literal["dense", "competition"]
    highlights: int

    def value(self, exact: Fraction | Decimal, unit: Unit) -> Decimal:
        if unit == "count":
            return as_decimal(Fraction(exact))
        rules = self.rounding
        decimals = rules.score_decimals if unit == "points" else rules.rate_decimals
        return rounded(exact, decimals, rules.rule)

    def part(self, count: int, base: int) -> Decimal:
        """A part of a base in percent."""
        rules = self.rounding
        return ratio_rounded(100 * count, base, rules.rate_decimals, rules.rule)

    def figure(self, exact: Fraction, unit: Unit, base: int | None = None, *, small: bool = False) -> Figure:
        return Figure(State.VALUE, unit, exact, self.value(exact, unit), base, small)

    def mean(self, exact: Fraction, unit: Unit, of: int) -> Figure:
        """A mean of `of` figures; one of counts, which are printed as typed, has the decimals of scores."""
        if unit == "count":
            rules = self.rounding
            return Figure(State.VALUE, unit, exact, rounded(exact, rules.score_decimals, rules.rule), of)
        return self.figure(exact, unit, of)

    def sampled(self, exact: Fraction, unit: Unit, base: int | None, basis: Basis) -> Figure:
        """A figure of answers: suppressed or marked small by its base. Registers count all cases: never small."""
        thresholds = self.thresholds
        if basis == "register" or base is None:
            return self.figure(exact, unit, base)
        if base < thresholds.suppress_below:
            return Figure(State.SUPPRESSED, unit)
        return self.figure(exact, unit, base, small=base < thresholds.rank_from)

    def between(
        self,
        figure: Figure,
        certainty: Certainty,
        ends: tuple[Decimal, Decimal],
        margins: Mapping[Source, Margin] | None = None,
    ) -> Figure:
        """The figure with its interval, and with what figures made of it are combined from."""
        low, high = ends
        interval = Interval(self.value(low, figure.unit), self.value(high, figure.unit))
        # All parts in order: half of all figures come by here, and `changed` would take twice as long.
        one = figure
        parts = one.state, one.unit, one.exact, one.printed, one.base, one.small, one.reweighted
        return Figure(*parts, certainty, interval, ends, margins or NO_MARGINS)


def printing_of(site: Site) -> Printing:
    return Printing(site.rounding, site.thresholds, site.ranking, site.highlights)


def change_of(now: Figure, before: Figure | None, better: Better) -> Change | None:
    """The difference of two printed figures; none unless both are there."""
    if before is None or now.printed is None or before.printed is None:
        return None
    amount = now.printed - before.printed
    if not amount:
        return Change(amount, now.unit, "same")
    verdict: Literal["better", "worse"] = "better" if (amount > 0) == (better == "higher") else "worse"
    return Change(amount, now.unit, verdict, within=_is_within(now, before, amount))


def _is_within(now: Figure, before: Figure, amount: Decimal) -> bool:
    """A change is within the margin if its square is at most the sum of the squares of two distances, as printed.

    Of a rise: from the lower end to the figure now, and from the figure before to its upper end; of a fall the
    other two. Figures that count all cases have no such error.
    """
    lower, upper = (now, before) if amount > 0 else (before, now)
    sides = [_down(lower), _up(upper)]
    known = [side for side in sides if side is not None]
    return len(known) == len(sides) and any(known) and not exceeds(amount, known)


def _down(figure: Figure) -> Decimal | None:
    return _side(figure, figure.interval.low) if figure.interval else _without(figure)


def _up(figure: Figure) -> Decimal | None:
    return _side(figure, figure.interval.high) if figure.interval else _without(figure)


def _side(figure: Figure, end: Decimal) -> Decimal | None:
    return None if figure.printed is None else abs(figure.printed - end)


def _without(figure: Figure) -> Decimal | None:
    return Decimal(0) if figure.certainty == "all-cases" else None
