"""A sector in a round: places, averages, and the three analyses every results notice must contain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from publisher.analyse.exactly import total
from publisher.analyse.figures import mean_with_error
from publisher.analyse.findings import fell, lowest, most_dissatisfied
from publisher.analyse.past import Past
from publisher.analyse.places import places
from publisher.analyse.printing import Printing, change_of
from publisher.model.figures import Change, Figure, State, Uncompared, Unit
from publisher.model.records import Company
from publisher.model.results import CompanyResult, IndicatorResult, Place, SectorAverage, SectorIndicator, SectorResult
from publisher.model.scheme import Better, Scheme

_REASONS = (State.SUPPRESSED, State.WITHHELD, State.NOTHING_DUE)


def sector_result(
    printing: Printing,
    scheme: Scheme,
    name: str,
    companies: Sequence[CompanyResult],
    past: Past,
) -> SectorResult:
    """The companies of one sector, placed among each other and compared with the round before."""
    before = past.sector(name)
    placed = places({one.company.id: one.composite for one in companies}, scheme.better, printing.ranking)
    average = _average(printing, scheme, companies, before, past)
    indicators = tuple(_sector_indicator(printing, one, companies, past) for one in companies[0].indicators)
    averages = {one.indicator.id: one.figure for one in indicators}
    finished = [_placed(printing, one, placed[one.company.id], average.figure, averages, past) for one in companies]
    return SectorResult(
        name=name,
        companies=tuple(sorted(finished, key=_order_of_print)),
        average=average,
        indicators=indicators,
        lowest=lowest(indicators, printing.highlights),
        most_dissatisfied=most_dissatisfied(indicators, printing.highlights),
        fell=fell(indicators),
        ranked=any(place.number is not None for place in placed.values()),
        absent=_absent(companies, before, past),
        entered=_entered(companies, past),
    )


def _placed(
    printing: Printing, one: CompanyResult, place: Place, average: Figure, averages: Mapping[str, Figure], past: Past
) -> CompanyResult:
    """The company with what only its sector and the round before can say, and its worst indicators."""
    indicators = tuple(_compared(each, one.company.id, averages[each.indicator.id], past) for each in one.indicators)
    count = printing.highlights
    return replace(
        one,
        place=place,
        average=average,
        indicators=indicators,
        lowest=lowest(indicators, count),
        most_dissatisfied=most_dissatisfied(indicators, count),
        fell=fell(indicators),
    )


def _compared(one: IndicatorResult, company: str, average: Figure, past: Past) -> IndicatorResult:
    before = past.figures.get((company, one.indicator.id))
    change, why = past.change(company, one)
    return replace(one, average=average, previous=before.figure if before else None, change=change, uncompared=why)


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
    exact = total([figure.exact for figure in found if figure.exact is not None]) / len(found)
    figure = printing.mean(exact, unit, len(found))
    return mean_with_error(printing, figure, found)


def _average(
    printing: Printing,
    scheme: Scheme,
    companies: Sequence[CompanyResult],
    before: SectorResult | None,
    past: Past,
) -> SectorAverage:
    here = {one.company.id: one.composite for one in companies if one.composite}
    there = {one.company.id: one.composite for one in before.companies if one.composite} if before else {}
    compared = _mean_change(printing, scheme.unit, here, {} if past.breaks else there, scheme.better)
    why: Uncompared = "" if compared.change else "first" if before is None else "method" if past.breaks else "no-figure"
    return SectorAverage(mean(printing, scheme.unit, here.values()), *compared, uncompared=why)


def _sector_indicator(
    printing: Printing, one: IndicatorResult, companies: Sequence[CompanyResult], past: Past
) -> SectorIndicator:
    id_ = one.indicator.id
    results = {each.company.id: found for each in companies for found in each.indicators if found.indicator.id == id_}
    same = past.before is not None and id_ not in past.broken
    earlier = {company: past.figures[company, id_].figure for company in results if (company, id_) in past.figures}
    here = {company: found.figure for company, found in results.items()}
    compared = _mean_change(printing, one.figure.unit, here, earlier if same else {}, one.better)
    why: Uncompared = "" if compared.change else "first" if not past.before else "no-figure" if same else "method"
    return SectorIndicator(
        indicator=one.indicator,
        better=one.better,
        figure=mean(printing, one.figure.unit, here.values()),
        dissatisfied=mean(printing, "percent", [found.dissatisfied for found in results.values()]),
        now=compared.now,
        previous=compared.previous,
        change=compared.change,
        uncompared=why,
    )


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


def _entered(companies: Sequence[CompanyResult], past: Past) -> tuple[Company, ...]:
    known = {*past.companies, *past.withdrawn}
    return tuple(one.company for one in companies if one.company.id not in known) if past.before else ()


def _absent(companies: Sequence[CompanyResult], before: SectorResult | None, past: Past) -> tuple[Company, ...]:
    here = {one.company.id for one in companies} | past.withdrawn
    return tuple(one.company for one in before.companies if one.company.id not in here) if before else ()
