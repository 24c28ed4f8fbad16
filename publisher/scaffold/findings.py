"""What a notice of results should speak of: per sector the weakest indicators and who is worst on them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.analyse import analyse
from publisher.model.bureau import Bureau
from publisher.model.figures import State
from publisher.model.records import Round
from publisher.model.results import CompanyResult, IndicatorResult, SectorIndicator, SectorResult
from publisher.model.scheme import series_of
from publisher.words import Words

_OF_A_SECTOR = 2
"""Indicators of a sector that the text proposes; staff add or delete."""


@dataclass(frozen=True)
class Finding:
    """One sentence: a company on an indicator, with the figures that can be cited."""

    company: str
    """Empty where several are the worst alike: then the sentence speaks of the sector."""
    company_id: str
    indicator: str
    indicator_id: str
    change: bool
    average: bool
    sector: str = ""
    """Of the companies, where there are several."""


def findings(bureau: Bureau, round_: Round, words: Words) -> tuple[Finding, ...]:
    """Of a round without faults; none of a figure that is not shown, and none of a round that is not there.

    `bureau` is without what was withdrawn.
    """
    line = series_of(bureau.schemes)
    alike = {id_: one for id_, one in bureau.rounds.items() if line[one.scheme] == line[round_.scheme]}
    results = analyse(replace(bureau, rounds=alike)).rounds
    sectors = [sector for one in results if one.round.id == round_.id for sector in one.sectors]
    return tuple(found for one in sectors for found in _of_sector(one, len(sectors), words))


def _of_sector(sector: SectorResult, sectors: int, words: Words) -> Iterator[Finding]:
    fallen = [one for one in sector.fell if one not in sector.lowest]
    for indicator in [*sector.lowest[: _OF_A_SECTOR - 1], *fallen[:1], *sector.lowest[_OF_A_SECTOR - 1 :]][
        :_OF_A_SECTOR
    ]:
        shown = [(company, one) for company in sector.companies for one in _shown(company, indicator)]
        if shown:
            found = _finding(shown, indicator, words)
            yield replace(found, sector=words.sector(shown[0][0].company)) if sectors > 1 else found


def _finding(shown: list[tuple[CompanyResult, IndicatorResult]], indicator: SectorIndicator, words: Words) -> Finding:
    sign = 1 if indicator.better == "higher" else -1
    company, worst = min(shown, key=lambda pair: sign * (pair[1].figure.printed or 0))
    alike = [one for _, one in shown if one.figure.printed == worst.figure.printed]
    return Finding(
        company=words.label(company.company) if len(alike) == 1 else "",
        company_id=company.company.id,
        indicator=words.label(indicator.indicator),
        indicator_id=indicator.indicator.id,
        change=worst.change is not None,
        average=len(shown) > 1,
    )


def _shown(company: CompanyResult, indicator: SectorIndicator) -> Iterator[IndicatorResult]:
    for one in company.indicators:
        if one.indicator.id == indicator.indicator.id and one.figure.state is State.VALUE:
            yield one
