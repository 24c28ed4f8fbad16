"""One company in one round: composite, band, groups. Places, averages, changes and what is worst come later."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from publisher.analyse.figures import combined
from publisher.analyse.indicators import indicator_result
from publisher.analyse.printing import Printing
from publisher.analyse.samples import Sample
from publisher.measures import on_scale
from publisher.model.figures import Figure, State
from publisher.model.frozen import changed
from publisher.model.records import Company, Score
from publisher.model.results import CompanyResult, GroupResult, IndicatorResult, Tone
from publisher.model.scheme import Band, Group, Scheme


def company_result(
    printing: Printing, scheme: Scheme, company: Company, scores: Sequence[Score], sample: Sample
) -> CompanyResult:
    """All that its own rows say of a company."""
    rows: dict[str, list[Score]] = {}
    for score in scores:
        rows.setdefault(score.indicator, []).append(score)
    indicators = tuple(
        indicator_result(printing, scheme, one, rows.get(one.id, []), sample) for one in scheme.indicators
    )
    total = composite(printing, scheme, indicators)
    band, level = band_of(scheme, total)
    small = tuple(one for one in indicators if one.indicator.weight and one.figure.small)
    return CompanyResult(
        company=company,
        round=sample.round,
        scheme=scheme,
        composite=total,
        band=band,
        band_level=level,
        band_span=band_span(scheme, total),
        previous=None,
        change=None,
        uncompared="first",
        indicators=indicators,
        dimensions=group_results(printing, scheme, scheme.dimensions, _dimension, indicators),
        aspects=group_results(printing, scheme, scheme.aspects, _aspect, indicators),
        small_parts=small,
        small_weight=sum((one.indicator.weight or Fraction(0) for one in small), Fraction(0)),
    )


def _dimension(result: IndicatorResult) -> str | None:
    return result.indicator.dimension


def _aspect(result: IndicatorResult) -> str | None:
    return result.indicator.aspect


def composite(printing: Printing, scheme: Scheme, results: Sequence[IndicatorResult]) -> Figure | None:
    """The weighted sum of the indicators on the scale from 0 to 100; none if the scheme weighs nothing.

    Its base is the greatest base of its indicators: the people asked.
    """
    weighted = [one for one in results if one.indicator.weight is not None]
    if not weighted:
        return None
    parts = [(one.indicator.weight or Fraction(0), _scaled(one)) for one in weighted]
    figure = combined(printing, scheme.unit, parts, scheme.missing)
    if figure.state is not State.VALUE:
        return figure
    bases = [one.figure.base for one in weighted if one.figure.base is not None]
    return changed(figure, base=max(bases) if bases else None)


def _scaled(result: IndicatorResult) -> Figure:
    """Of what is added up only the exact value and the error count; on the scale nothing but points is otherwise."""
    figure = result.figure
    if figure.exact is None or result.indicator.measure != "points":
        return figure
    return changed(figure, exact=on_scale(result.indicator, figure.exact))


def group_results(
    printing: Printing,
    scheme: Scheme,
    groups: Sequence[Group],
    member_of: Callable[[IndicatorResult], str | None],
    results: Sequence[IndicatorResult],
) -> tuple[GroupResult, ...]:
    """Each dimension or aspect: the mean of its indicators that have a figure, by their weights if they have any.

    Counts, and indicators that run against the scheme's direction, are no part of it. A scheme that weighs
    nothing adds nothing up, but for the points of its checklists.
    """
    found = []
    for group in groups:
        members = [
            one
            for one in results
            if member_of(one) == group.id and one.indicator.measure != "count" and one.better == scheme.better
        ]
        figure = _mean(printing, scheme, members) if scheme.weighted else _all_points(printing, members)
        found.append(GroupResult(group, figure, tuple(one.indicator for one in members)))
    return tuple(found)


def _mean(printing: Printing, scheme: Scheme, members: Sequence[IndicatorResult]) -> Figure:
    weighted = any(one.indicator.weight for one in members)
    parts = [((one.indicator.weight or Fraction(0)) if weighted else Fraction(1), _scaled(one)) for one in members]
    return _without_mark(combined(printing, scheme.unit, parts, "reweight"))


def _all_points(printing: Printing, members: Sequence[IndicatorResult]) -> Figure | None:
    """The share of all points of several checklists, if there is nothing else in the group."""
    bases = [one.figure.base or 0 for one in members]
    if not sum(bases) or any(one.indicator.measure != "checklist" for one in members):
        return None
    points = sum(
        (base * (one.figure.exact or Fraction(0)) for one, base in zip(members, bases, strict=True)), Fraction(0)
    )
    figure = printing.figure(points / sum(bases), "percent", sum(bases))
    return changed(figure, certainty="all-cases")


def _without_mark(figure: Figure) -> Figure:
    """Weights of a group are scaled by rule, not because something was missing; its base is not one number."""
    return changed(figure, base=None, reweighted=False)


def band_of(scheme: Scheme, figure: Figure | None) -> tuple[Band | None, Tone]:
    """The band of a printed composite; the best band is good, the last is bad, those between are middling.

    A composite on a small base has none.
    """
    if figure is None or figure.printed is None or figure.small:
        return None, "none"
    ordered = _ordered(scheme)
    fits = _fitting(scheme, ordered, figure.printed)
    if not fits:
        return None, "none"
    place = ordered.index(fits[0])
    return fits[0], "good" if place == 0 else "bad" if place == len(ordered) - 1 else "middling"


def band_span(scheme: Scheme, figure: Figure | None) -> tuple[Band, ...]:
    """The bands at the worse and at the better end of the interval, if they differ."""
    if figure is None or figure.interval is None or figure.small:
        return ()
    ends = [figure.interval.low, figure.interval.high][:: 1 if scheme.better == "higher" else -1]
    found = [fits[0] for end in ends if (fits := _fitting(scheme, _ordered(scheme), end))]
    return tuple(found) if len(found) == len(ends) and found[0] != found[1] else ()


def _ordered(scheme: Scheme) -> list[Band]:
    """The best first."""
    if scheme.better == "higher":
        return sorted(scheme.bands, key=lambda band: -(band.at_least or Fraction(0)))
    return sorted(scheme.bands, key=lambda band: band.at_most or Fraction(0))


def _fitting(scheme: Scheme, ordered: Sequence[Band], printed: Decimal) -> list[Band]:
    value = Fraction(printed)
    if scheme.better == "higher":
        return [band for band in ordered if value >= (band.at_least or Fraction(0))]
    return [band for band in ordered if value <= (band.at_most or Fraction(0))]
