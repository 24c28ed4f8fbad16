"""The three analyses of a results notice: what is lowest, what people are most dissatisfied with, what fell."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from publisher.measures import HUNDRED, on_scale
from publisher.model.figures import State
from publisher.model.results import IndicatorResult, SectorIndicator

I = TypeVar("I", IndicatorResult, SectorIndicator)  # noqa: E741


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
