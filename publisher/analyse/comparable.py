"""What of a method changed between two rounds: figures compare only where they were measured by the same rules."""

from collections.abc import Callable
from typing import Any

from publisher.model.records import Round
from publisher.model.results import Break
from publisher.model.scheme import Indicator, Scheme


def breaks(before: Scheme, now: Scheme, round_before: Round, round_now: Round) -> tuple[Break, ...]:
    """The parts of the method that differ, so that composites do not compare.

    Indicators compare all the same where `same_indicator` holds.
    """
    found: list[Break] = ["version"] if before.version != now.version else []
    if round_before.form != round_now.form:
        found.append("form")
    if _questions(before, now) != _questions(now, before):
        found.append("questions")
    return (*found, *(name for name, part in _PARTS.items() if part(before) != part(now)))


def same_indicator(before: Scheme, now: Scheme, indicator: Indicator) -> bool:
    """Whether an indicator means the same in both: question, measure, direction, points and channels."""
    earlier = next((one for one in before.indicators if one.id == indicator.id), None)
    return earlier is not None and _meaning(before, earlier) == _meaning(now, indicator)


def _meaning(scheme: Scheme, one: Indicator) -> tuple[Any, ...]:
    grades = _grades(scheme) if one.measure == "grades" else ()
    return (*_question(scheme, one), grades, _channels(scheme), _rules(scheme))


def _question(scheme: Scheme, one: Indicator) -> tuple[Any, ...]:
    """What was asked, and how the answers become a score."""
    asked = (one.question, one.measure, one.reversed, one.basis, tuple(point.id for point in one.points))
    return (*asked, scheme.better_of(one), one.full_marks, one.partly_counts, one.limit_working_days, one.unit)


def _grades(scheme: Scheme) -> tuple[Any, ...]:
    return tuple((one.id, one.points, one.satisfied, one.dissatisfied) for one in scheme.grades)


def _channels(scheme: Scheme) -> tuple[Any, ...]:
    return tuple((one.id, one.weight, one.basis) for one in scheme.channels)


def _rules(scheme: Scheme) -> tuple[Any, ...]:
    return (scheme.direction, scheme.missing)


def _indicators(scheme: Scheme) -> frozenset[str]:
    return frozenset(one.id for one in scheme.indicators)


def _questions(scheme: Scheme, other: Scheme) -> dict[str, tuple[Any, ...]]:
    """Of the indicators that the other has as well."""
    return {one.id: _question(scheme, one) for one in scheme.indicators if one.id in _indicators(other)}


def _weights(scheme: Scheme) -> dict[str, Any]:
    return {one.id: one.weight for one in scheme.weighted}


_PARTS: dict[Break, Callable[[Scheme], Any]] = {
    "indicators": _indicators,
    "weights": _weights,
    "grades": _grades,
    "channels": _channels,
    "rules": _rules,
}
