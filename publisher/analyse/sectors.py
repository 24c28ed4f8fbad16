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
    return printing.figure(sum(found, Fraction(0)) / len(found), unit, len(found))


def _sector_indicator(
    printing: Printing, one: IndicatorResult, companies: Sequence[CompanyResult], before: SectorResult | None
) -> SectorIndicator:
    id_ = one.indicator.id
    all_ = [found for company in companies for found in company.indicators if found.indicator.id == id_]
    figure = mean(printing, one.figure.unit, [found.figure for found in all_])
    earlier: Mapping[str, Figure] = {found.indicator.id: found.figure for found in before.indicators} if before else {}
    previous = earlier.get(id_)
    return SectorIndicator(
        indicator=one.indicator,
        better=one.better,
        figure=figure,
        dissatisfied=mean(printing, "percent", [found.dissatisfied for found in all_]),
        previous=previous,
        change=change_of(figure, previous, one.better),
    )


def _absent(companies: Sequence[CompanyResult], before: SectorResult | None) -> tuple[Company, ...]:
    here = {one.company.id for one in companies}
    return tuple(one.company for one in before.companies if one.company.id not in here) if before else ()
