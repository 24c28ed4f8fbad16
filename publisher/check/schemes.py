"""Rules for `content/schemes/`: a scheme must be able to be computed as it is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from publisher.check.context import Context
from publisher.model.scheme import Indicator, Scheme
from publisher.problems import Problem, problem

_LISTS = ("grades", "dimensions", "aspects", "channels", "indicators", "bands", "milestones")
_ONLY_FOR = {
    "reversed": {"yes_no"},
    "limit_working_days": {"share"},
    "full_marks": {"points"},
    "partly_counts": {"checklist"},
    "points": {"checklist"},
    "unit": {"count"},
    "unit_en": {"count"},
}
"""Settings of an indicator that mean something for some measures only."""


def _schemes(context: Context) -> Iterator[Scheme]:
    yield from context.bureau.schemes.values()


def ids_differ(context: Context) -> Iterator[Problem]:
    """Within a list no id stands twice."""
    for scheme in _schemes(context):
        for name in _LISTS:
            yield from _twice(scheme, (name,), getattr(scheme, name))
        for place, indicator in enumerate(scheme.indicators):
            yield from _twice(scheme, ("indicators", place, "points"), indicator.points)


def _twice(scheme: Scheme, loc: tuple[str | int, ...], things: Sequence[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, thing in enumerate(things):
        if thing.id in seen:
            yield problem("duplicate-id", scheme.origin.place(*loc, place, "id"), thing.id)
        seen.add(thing.id)


def indicators_exist(context: Context) -> Iterator[Problem]:
    for scheme in _schemes(context):
        if not scheme.indicators:
            yield problem("no-indicators", scheme.origin.place("indicators"))


def weights_sum_to_one(context: Context) -> Iterator[Problem]:
    """The weights of the indicators in the composite, if any, and those of the channels, if any."""
    for scheme in _schemes(context):
        for name, things in (("indicators", scheme.weighted), ("channels", scheme.channels)):
            total = sum((thing.weight or Fraction(0) for thing in things), Fraction(0))
            if things and total != 1:
                yield problem("weights-not-one", scheme.origin.place(name), f"{float(100 * total):.12g}%")


def weighted_indicators_can_be_weighed(context: Context) -> Iterator[Problem]:
    """A count has no scale, so it cannot be part of a composite."""
    for scheme, place, indicator in _indicators(context):
        if indicator.weight is not None and indicator.measure == "count":
            yield problem("count-with-weight", scheme.origin.place("indicators", place, "weight"), indicator.id)


def composite_has_one_direction(context: Context) -> Iterator[Problem]:
    """Satisfaction and dissatisfaction must not be added up."""
    for scheme, place, indicator in _indicators(context):
        counts = indicator.weight is not None and indicator.measure != "count"
        if counts and scheme.better_of(indicator) != scheme.better:
            yield problem("mixed-direction", scheme.origin.place("indicators", place), indicator.id)


def groups_are_known(context: Context) -> Iterator[Problem]:
    for scheme, place, indicator in _indicators(context):
        for kind, groups in (("dimension", scheme.dimensions), ("aspect", scheme.aspects)):
            id_ = getattr(indicator, kind)
            if id_ is not None:
                where = scheme.origin.place("indicators", place, kind)
                yield from context.unknown(kind, id_, [group.id for group in groups], where)


def grades_are_there(context: Context) -> Iterator[Problem]:
    """A graded indicator needs at least two grades, and their points must differ."""
    for scheme in _schemes(context):
        graded = [one for one in scheme.indicators if one.measure == "grades"]
        if graded and len({grade.points for grade in scheme.grades}) < 2:  # noqa: PLR2004
            yield problem("grades-missing", scheme.origin.place("grades"))


def grade_points_within_scale(context: Context) -> Iterator[Problem]:
    """Points of grades are on the scale from 0 to 100, like every other part of a composite."""
    for scheme in _schemes(context):
        for place, grade in enumerate(scheme.grades):
            if not 0 <= grade.points <= 100:  # noqa: PLR2004  (the scale)
                yield problem(
                    "points-out-of-range", scheme.origin.place("grades", place, "points"), grade.id, limit=100
                )


def settings_fit_measure(context: Context) -> Iterator[Problem]:
    for scheme, place, indicator in _indicators(context):
        for name in sorted(indicator.model_fields_set & set(_ONLY_FOR)):
            if indicator.measure not in _ONLY_FOR[name]:
                where = scheme.origin.place("indicators", place, name)
                yield problem("setting-not-for-measure", where, name, measure=indicator.measure)


def full_marks_are_marks(context: Context) -> Iterator[Problem]:
    for scheme, place, indicator in _indicators(context):
        if indicator.full_marks is not None and indicator.full_marks <= 0:
            yield problem("full-marks-zero", scheme.origin.place("indicators", place, "full_marks"), indicator.id)


def counts_have_units(context: Context) -> Iterator[Problem]:
    for scheme, place, indicator in _indicators(context):
        if indicator.measure == "count" and indicator.unit is None:
            yield problem("count-without-unit", scheme.origin.place("indicators", place), indicator.id)


def bands_follow_direction(context: Context) -> Iterator[Problem]:
    """Where higher is better each band has `at_least`, else `at_most`; no limit stands twice."""
    for scheme in _schemes(context):
        wanted, other = ("at_least", "at_most") if scheme.better == "higher" else ("at_most", "at_least")
        limits = Counter(getattr(band, wanted) for band in scheme.bands)
        for place, band in enumerate(scheme.bands):
            limit = getattr(band, wanted)
            if limit is None or getattr(band, other) is not None or limits[limit] > 1:
                yield problem("band-limits", scheme.origin.place("bands", place), band.id, wanted=wanted)


def bands_need_a_composite(context: Context) -> Iterator[Problem]:
    for scheme in _schemes(context):
        if scheme.bands and scheme.indicators and not scheme.weighted:
            yield problem("bands-without-composite", scheme.origin.place("bands"))


def _indicators(context: Context) -> Iterator[tuple[Scheme, int, Indicator]]:
    for scheme in _schemes(context):
        for place, indicator in enumerate(scheme.indicators):
            yield scheme, place, indicator


SCHEME_RULES = (
    ids_differ,
    indicators_exist,
    weights_sum_to_one,
    weighted_indicators_can_be_weighed,
    composite_has_one_direction,
    groups_are_known,
    grades_are_there,
    grade_points_within_scale,
    settings_fit_measure,
    full_marks_are_marks,
    counts_have_units,
    bands_follow_direction,
    bands_need_a_composite,
)
