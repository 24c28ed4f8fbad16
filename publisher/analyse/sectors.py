"""A sector in a round: places, averages, and the three analyses every results notice must contain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from publisher.analyse.companies import fell, lowest, most_dissatisfied
from publisher.analyse.places import places
from publisher.analyse.printing import Printing, change_of
from publisher.model.records import Company
from publisher.model.results import (
    CompanyResult,
    Figure,
    IndicatorResult,
    Place,
    SectorIndicator,
    SectorResult,
    State,
    Unit,
)
from publisher.model.scheme import Scheme


def sector_result(
    printing: Printing,
    scheme: Scheme,
    name: str,
    companies: Sequence[CompanyResult],
    before: SectorResult | None,
) -> SectorResult:
    """The companies of one sector, placed among each other and compared with the round before."""
    site = printing.site
    placed = places({one.company.id: one.composite for one in companies}, scheme.better, site.ranking)
    average = mean(printing, scheme.unit, [one.composite for one in companies if one.composite])
    indicators = tuple(_sector_indicator(printing, one, companies, before) for one in companies[0].indicators)
    averages = {one.indicator.id: one.figure for one in indicators}
    finished = [_placed(printing, one, placed[one.company.id], average, averages) for one in companies]
    return SectorResult(
        name=name,
        companies=tuple(sorted(finished, key=_order_of_print)),
        average=average,
        indicators=indicators,
        lowest=lowest(indicators, site.highlights),
        most_dissatisfied=most_dissatisfied(indicators, site.highlights),
        fell=fell(indicators),
        ranked=any(place.number is not None for place in placed.values()),
        absent=_absent(companies, before),
    )


def _placed(
    printing: Printing, one: CompanyResult, place: Place, average: Figure, averages: Mapping[str, Figure]
) -> CompanyResult:
    """The company with what only its sector can say, and its worst indicators."""
    indicators = tuple(replace(each, average=averages[each.indicator.id]) for each in one.indicators)
    count = printing.site.highlights
    return replace(
        one,
        place=place,
        average=average,
        indicators=indicators,
        lowest=lowest(indicators, count),
        most_dissatisfied=most_dissatisfied(indicators, count),
        fell=fell(indicators),
    )


def _order_of_print(result: CompanyResult) -> tuple[bool, int, str]:
    """By place; within a tie by id, which says nothing of merit; those without a place last."""
    return (result.place.number is None, result.place.number or 0, result.company.id)


def mean(printing: Printing, unit: Unit, figures: Iterable[Figure]) -> Figure:
    """The simple mean of the figures that are shown, from their exact values; its base is how many they are."""
    found = [figure.exact for figure in figures if figure.state is State.VALUE and figure.exact is not None]
    if not found:
        return Figure(State.NOT_SURVEYED, unit)
    return printing.mean(sum(found, Fraction(0)) / len(found), unit, len(found))


def _sector_indicator(
    printing: Printing, one: IndicatorResult, companies: Sequence[CompanyResult], before: SectorResult | None
) -> SectorIndicator:
    results = _by_company(one.indicator.id, companies)
    earlier = _by_company(one.indicator.id, before.companies) if before else {}
    both = [company for company in results if _is_shown(results[company]) and _is_shown(earlier.get(company))]
    unit = one.figure.unit
    now = mean(printing, unit, [results[company].figure for company in both]) if both else None
    previous = mean(printing, unit, [earlier[company].figure for company in both]) if both else None
    return SectorIndicator(
        indicator=one.indicator,
        better=one.better,
        figure=mean(printing, unit, [found.figure for found in results.values()]),
        dissatisfied=mean(printing, "percent", [found.dissatisfied for found in results.values()]),
        now=now,
        previous=previous,
        change=change_of(now, previous, one.better) if now else None,
    )


def _by_company(indicator: str, companies: Iterable[CompanyResult]) -> dict[str, IndicatorResult]:
    return {
        company.company.id: found
        for company in companies
        for found in company.indicators
        if found.indicator.id == indicator
    }


def _is_shown(result: IndicatorResult | None) -> bool:
    return result is not None and result.figure.state is State.VALUE


def _absent(companies: Sequence[CompanyResult], before: SectorResult | None) -> tuple[Company, ...]:
    here = {one.company.id for one in companies}
    return tuple(one.company for one in before.companies if one.company.id not in here) if before else ()
