"""One company in one round: composite, band, groups, what is worst. Places and averages come later."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from publisher.analyse.indicators import combined
from publisher.analyse.printing import Printing
from publisher.measures import HUNDRED, on_scale
from publisher.model.results import Figure, GroupResult, IndicatorResult, SectorIndicator, State, Tone
from publisher.model.scheme import Band, Group, Scheme

I = TypeVar("I", IndicatorResult, SectorIndicator)  # noqa: E741


def composite(printing: Printing, scheme: Scheme, results: Sequence[IndicatorResult]) -> Figure | None:
    """The weighted sum of the indicators on the scale from 0 to 100; none if the scheme weighs nothing.

    Its base is the greatest base of its indicators: the people asked. It is small if at least half of its
    weight stands on small bases.
    """
    weighted = [one for one in results if one.indicator.weight is not None]
    if not weighted:
        return None
    parts = [(one.indicator.weight or Fraction(0), _scaled(one)) for one in weighted]
    figure = combined(printing, scheme.unit, parts, scheme.missing)
    if figure.state is not State.VALUE:
        return figure
    bases = [one.figure.base for one in weighted if one.figure.base is not None]
    there = [(weight, one) for weight, one in parts if one.state is State.VALUE]
    on_small = sum((weight for weight, one in there if one.small), Fraction(0))
    small = 2 * on_small >= sum(weight for weight, _ in there)
    return replace(figure, base=max(bases) if bases else None, small=small)


def _scaled(result: IndicatorResult) -> Figure:
    figure = result.figure
    if figure.exact is None:
        return figure
    return replace(figure, unit="points", exact=on_scale(result.indicator, figure.exact))


def group_results(
    printing: Printing,
    scheme: Scheme,
    groups: Sequence[Group],
    member_of: Callable[[IndicatorResult], str | None],
    results: Sequence[IndicatorResult],
) -> tuple[GroupResult, ...]:
    """Each dimension or aspect: the mean of its indicators that have a figure, by their weights if they have any.

    Counts, and indicators that run against the scheme's direction, are no part of it.
    """
    found = []
    for group in groups:
        members = [
            one
            for one in results
            if member_of(one) == group.id and one.indicator.measure != "count" and one.better == scheme.better
        ]
        weighted = any(one.indicator.weight for one in members)
        parts = [((one.indicator.weight or Fraction(0)) if weighted else Fraction(1), _scaled(one)) for one in members]
        figure = combined(printing, scheme.unit, parts, "reweight")
        indicators = tuple(one.indicator for one in members)
        found.append(GroupResult(group, _without_mark(figure), indicators))
    return tuple(found)


def _without_mark(figure: Figure) -> Figure:
    """Weights of a group are scaled by rule, not because something was missing; its base is not one number."""
    return replace(figure, base=None, reweighted=False)


def band_of(scheme: Scheme, figure: Figure | None) -> tuple[Band | None, Tone]:
    """The band of a printed composite; the best band is good, the last is bad, those between are middling."""
    if figure is None or figure.printed is None or not scheme.bands:
        return None, "none"
    printed = Fraction(figure.printed)
    if scheme.better == "higher":
        ordered = sorted(scheme.bands, key=lambda band: -(band.at_least or Fraction(0)))
        fits = [band for band in ordered if printed >= (band.at_least or Fraction(0))]
    else:
        ordered = sorted(scheme.bands, key=lambda band: band.at_most or Fraction(0))
        fits = [band for band in ordered if printed <= (band.at_most or Fraction(0))]
    if not fits:
        return None, "none"
    place = ordered.index(fits[0])
    return fits[0], "good" if place == 0 else "bad" if place == len(ordered) - 1 else "middling"


def lowest(results: Sequence[I], count: int) -> tuple[I, ...]:
    """The `count` indicators of the worst score by their own direction; a perfect score is never among them.

    Indicators that tie with the last one named are named too.
    """
    quality = {one.indicator.id: _quality(one) for one in results if _comparable(one)}
    worst = sorted((one for one in results if one.indicator.id in quality), key=lambda one: quality[one.indicator.id])
    imperfect = [one for one in worst if quality[one.indicator.id] < HUNDRED]
    return _with_ties(imperfect, count, lambda one: quality[one.indicator.id])


def most_dissatisfied(results: Sequence[I], count: int) -> tuple[I, ...]:
    """The `count` indicators with the greatest share of dissatisfied answers, and what ties with the last."""
    found = [one for one in results if one.dissatisfied.printed]
    found.sort(key=lambda one: one.dissatisfied.printed or 0, reverse=True)
    return _with_ties(found, count, lambda one: one.dissatisfied.printed or 0)


def fell(results: Sequence[I]) -> tuple[I, ...]:
    """Every indicator that became worse, most first."""
    found = [one for one in results if one.change is not None and one.change.verdict == "worse"]
    return tuple(sorted(found, key=lambda one: -abs(one.change.amount) if one.change else 0))


def _comparable(one: IndicatorResult | SectorIndicator) -> bool:
    return one.figure.state is State.VALUE and one.indicator.measure != "count"


def _quality(one: IndicatorResult | SectorIndicator) -> Fraction:
    """The printed figure on the scale from 0 to 100 where 100 is best."""
    value = on_scale(one.indicator, Fraction(one.figure.printed or 0))
    return value if one.better == "higher" else HUNDRED - value


def _with_ties(ordered: Sequence[I], count: int, key: Callable[[I], Fraction | Decimal | int]) -> tuple[I, ...]:
    if not count or not ordered:
        return ()
    last = key(ordered[min(count, len(ordered)) - 1])
    end = count
    while end < len(ordered) and key(ordered[end]) == last:
        end += 1
    return tuple(ordered[:end])
