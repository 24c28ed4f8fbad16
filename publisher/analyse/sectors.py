"""A sector in a round: places, averages, and the three analyses every results notice must contain."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from publisher.analyse.exactly import simple_mean
from publisher.analyse.figures import mean_with_error
from publisher.analyse.findings import fell, lowest, most_dissatisfied
from publisher.analyse.past import Past
from publisher.analyse.places import places
from publisher.analyse.printing import Printing, change_of
from publisher.analyse.settled import settled, settled_groups
from publisher.model.figures import Change, Figure, State, Uncompared, Unit
from publisher.model.frozen import changed
from publisher.model.records import Company
from publisher.model.results import CompanyResult, IndicatorResult, SectorAverage, SectorIndicator, SectorResult
from publisher.model.scheme import Better, Scheme

_REASONS = (State.SUPPRESSED, State.WITHHELD, State.NOTHING_DUE)


def sector_alone(printing: Printing, scheme: Scheme, name: str, companies: Sequence[CompanyResult]) -> SectorResult:
    """The companies of one sector, placed among each other; what `compared` says is left out."""
    placed = places({one.company.id: one.composite for one in companies}, scheme.better, printing.ranking)
    composites = [one.composite for one in companies if one.composite]
    return SectorResult(
        name=name,
        companies=tuple(sorted((changed(o, place=placed[o.company.id]) for o in companies), key=_order_of_print)),
        average=SectorAverage(mean(printing, scheme.unit, composites), None, None, None, "first"),
        indicators=tuple(_sector_indicator(printing, one, companies) for one in companies[0].indicators),
        lowest=(),
        most_dissatisfied=(),
        fell=(),
        ranked=any(place.number is not None for place in placed.values()),
    )


def compared(
    printing: Printing, scheme: Scheme, alone: SectorResult, known: Mapping[str, Company], past: Past
) -> SectorResult:
    """The sector against the round before, with what is worst: of it and of each company."""
    before = past.sector(alone.name)
    indicators = tuple(_with_change(printing, one, alone.companies, past) for one in alone.indicators)
    averages = {one.indicator.id: one.figure for one in indicators}
    return changed(
        alone,
        companies=tuple(_finished(printing, one, alone.average.figure, averages, past) for one in alone.companies),
        average=_average(printing, scheme, alone, before, past),
        indicators=indicators,
        lowest=lowest(indicators, printing.highlights),
        most_dissatisfied=most_dissatisfied(indicators, printing.highlights),
        fell=fell(indicators),
        absent=_absent(alone.companies, before, past),
        entered=_entered(alone.companies, known, past),
    )


def _finished(
    printing: Printing, one: CompanyResult, average: Figure, averages: Mapping[str, Figure], past: Past
) -> CompanyResult:
    """The company with what only its sector and the round before can say, and its worst indicators."""
    indicators = tuple(_compared(each, one.company.id, averages[each.indicator.id], past) for each in one.indicators)
    count, before, total = printing.highlights, past.companies.get(one.company.id), one.composite
    change, why = past.composite_change(one.company.id, total, one.scheme.better) if total else (None, "first")
    return changed(
        one,
        composite=settled(total),
        previous=settled(before.composite) if before else None,
        change=change,
        uncompared=why,
        average=average,
        indicators=indicators,
        dimensions=settled_groups(one.dimensions),
        aspects=settled_groups(one.aspects),
        small_parts=tuple(each for each in indicators if each.indicator.weight and each.figure.small),
        lowest=lowest(indicators, count),
        most_dissatisfied=most_dissatisfied(indicators, count),
        fell=fell(indicators),
    )


def _compared(one: IndicatorResult, company: str, average: Figure, past: Past) -> IndicatorResult:
    before = past.figures.get((company, one.indicator.id))
    change, why = past.change(company, one)
    return IndicatorResult(
        indicator=one.indicator,
        better=one.better,
        figure=settled(one.figure),
        tallies=one.tallies,
        channels=tuple([changed(each, figure=settled(each.figure)) for each in one.channels]),
        points=one.points,
        dissatisfied=settled(one.dissatisfied),
        average=average,
        previous=settled(before.figure) if before else None,
        change=change,
        uncompared=why,
        target_met=one.target_met,
    )


def _order_of_print(result: CompanyResult) -> tuple[bool, int, str]:
    """By place; within a tie by id, which says nothing of merit; those without a place last."""
    return (result.place.number is None, result.place.number or 0, result.company.id)


def mean(printing: Printing, unit: Unit, figures: Iterable[Figure]) -> Figure:
    """The simple mean of the figures that are shown, from their exact values; its base is how many they are.

    The samples of different companies are independent of each other. If none is shown there is no mean, for
    the first reason of `_REASONS` that one of them has.
    """
    every = list(figures)
    found = [figure for figure in every if figure.state is State.VALUE and figure.exact is not None]
    if not found:
        states = {figure.state for figure in every}
        return Figure(next((one for one in _REASONS if one in states), State.NOT_SURVEYED), unit)
    exact = simple_mean([figure.exact for figure in found if figure.exact is not None])
    figure = printing.mean(exact, unit, len(found))
    return settled(mean_with_error(printing, figure, found))


def _average(
    printing: Printing,
    scheme: Scheme,
    alone: SectorResult,
    before: SectorResult | None,
    past: Past,
) -> SectorAverage:
    here = {one.company.id: one.composite for one in alone.companies if one.composite}
    there = {one.company.id: one.composite for one in before.companies if one.composite} if before else {}
    found = _mean_change(printing, scheme.unit, here, {} if past.breaks else there, scheme.better)
    why: Uncompared = "" if found.change else "first" if before is None else "method" if past.breaks else "no-figure"
    return SectorAverage(alone.average.figure, *found, uncompared=why)


def _sector_indicator(printing: Printing, one: IndicatorResult, companies: Sequence[CompanyResult]) -> SectorIndicator:
    results = list(_of(companies, one.indicator.id).values())
    return SectorIndicator(
        indicator=one.indicator,
        better=one.better,
        figure=mean(printing, one.figure.unit, [found.figure for found in results]),
        dissatisfied=mean(printing, "percent", [found.dissatisfied for found in results]),
        now=None,
        previous=None,
        change=None,
        uncompared="first",
    )


def _of(companies: Iterable[CompanyResult], id_: str) -> dict[str, IndicatorResult]:
    """An indicator, by company."""
    return {each.company.id: found for each in companies for found in each.indicators if found.indicator.id == id_}


def _with_change(
    printing: Printing, one: SectorIndicator, companies: Sequence[CompanyResult], past: Past
) -> SectorIndicator:
    id_ = one.indicator.id
    here = {company: found.figure for company, found in _of(companies, id_).items()}
    same = past.before is not None and id_ not in past.broken
    earlier = {company: past.figures[company, id_].figure for company in here if (company, id_) in past.figures}
    found = _mean_change(printing, one.figure.unit, here, earlier if same else {}, one.better)
    why: Uncompared = "" if found.change else "first" if not past.before else "no-figure" if same else "method"
    return changed(one, now=found.now, previous=found.previous, change=found.change, uncompared=why)


class _MeanChange(NamedTuple):
    now: Figure | None
    previous: Figure | None
    change: Change | None


def _mean_change(
    printing: Printing, unit: Unit, here: Mapping[str, Figure], there: Mapping[str, Figure], better: Better
) -> _MeanChange:
    """The change of a mean, over the companies that are shown in both rounds."""
    both = [one for one in here if one in there and _is_shown(here[one]) and _is_shown(there[one])]
    if not both:
        return _MeanChange(None, None, None)
    now = mean(printing, unit, [here[one] for one in both])
    previous = mean(printing, unit, [there[one] for one in both])
    return _MeanChange(now, previous, change_of(now, previous, better))


def _is_shown(figure: Figure) -> bool:
    return figure.state is State.VALUE


def _entered(companies: Sequence[CompanyResult], known: Mapping[str, Company], past: Past) -> tuple[Company, ...]:
    """In the order of the companies' table."""
    new = {one.company.id for one in companies} - {*past.companies, *past.withdrawn}
    return tuple(one for id_, one in known.items() if id_ in new) if past.before and new else ()


def _absent(companies: Sequence[CompanyResult], before: SectorResult | None, past: Past) -> tuple[Company, ...]:
    here = {one.company.id for one in companies} | past.withdrawn
    return tuple(one.company for one in before.companies if one.company.id not in here) if before else ()
