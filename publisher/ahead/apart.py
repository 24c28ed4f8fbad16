"""Results of one company without its sector: nothing that is computed over companies."""

from collections.abc import Collection
from dataclasses import replace

from publisher.model.figures import NOT_SURVEYED
from publisher.model.results import Analysis, CompanyResult, Place, RoundResult, SectorAverage, SectorResult

NO_AVERAGE = SectorAverage(NOT_SURVEYED, None, None, None, "no-figure")


def apart(analysis: Analysis, rounds: Collection[str]) -> Analysis:
    """The analysis, with these rounds marked as standing apart: no place, no average, nobody absent or new."""
    found = tuple(_apart(one) if one.round.id in rounds else one for one in analysis.rounds)
    by_company: dict[str, list[CompanyResult]] = {}
    for result in found:
        for sector in result.sectors:
            for one in sector.companies:
                by_company.setdefault(one.company.id, []).append(one)
    return Analysis(found, {company: tuple(results) for company, results in by_company.items()})


def _apart(result: RoundResult) -> RoundResult:
    return replace(result, apart=True, milestones=(), sectors=tuple(map(_sector, result.sectors)))


def _sector(sector: SectorResult) -> SectorResult:
    return replace(
        sector,
        companies=tuple(map(_company, sector.companies)),
        average=NO_AVERAGE,
        indicators=(),
        lowest=(),
        most_dissatisfied=(),
        fell=(),
        ranked=False,
        absent=(),
        entered=(),
    )


def _company(one: CompanyResult) -> CompanyResult:
    indicators = tuple(replace(each, average=NOT_SURVEYED) for each in one.indicators)
    return replace(one, indicators=indicators, average=NOT_SURVEYED, place=Place(None, 0, reason="apart"))
