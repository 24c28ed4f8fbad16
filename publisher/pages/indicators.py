"""Indicators: all companies on one indicator over the rounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from publisher import addresses
from publisher.model.figures import Figure
from publisher.model.later import Later
from publisher.model.records import Company, Round
from publisher.model.results import RoundResult
from publisher.model.scheme import Indicator, Scheme
from publisher.pages.page import Crumb, Page, Publication

Cells = dict[tuple[str, str, str], Figure]
"""By round, company and indicator."""
Revised = frozenset[tuple[str, str]]
"""(round, company) of results of which something was corrected."""


@dataclass(frozen=True)
class IndicatorCell:
    """One company in one round; without a figure if it was not in the round."""

    figure: Figure | None
    revised: bool


@dataclass(frozen=True)
class IndicatorRow:
    """One company on one indicator, a cell per round, the newest first."""

    company: Company
    cells: tuple[IndicatorCell, ...]


@dataclass(frozen=True)
class IndicatorSector:
    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class IndicatorRound:
    """A column: a round in which the indicator was scored; the newest comes first."""

    round: Round
    broken: bool
    """Does not compare with the round before it."""


def indicators(publication: Publication) -> Iterator[Page]:
    for results in publication.results_by_scheme.values():
        scheme = results[-1].scheme
        line = _line(publication, results)
        cells, revised = cache(partial(_cells, tuple(line))), _revised(publication, line)
        for indicator in scheme.indicators:
            its = [one for one in line if _has(one, indicator)]
            yield _page(publication, scheme, indicator, its, cells, revised)


def _line(publication: Publication, results: Sequence[RoundResult]) -> list[RoundResult]:
    """The rounds of a scheme and of those that it continues."""
    line = publication.history_of(results[-1].scheme.id)
    return list(line[: 1 + line.index(results[-1])])


def _revised(publication: Publication, results: Sequence[RoundResult]) -> Revised:
    known = publication.bureau.companies.values() if publication.bureau.corrections else ()
    found = ((one.round, company) for one in results for company in known)
    return frozenset((round_.id, one.id) for round_, one in found if publication.corrections_of(round_, one))


def _has(result: RoundResult, indicator: Indicator) -> bool:
    return any(one.id == indicator.id for one in result.scheme.indicators)


def _page(
    publication: Publication,
    scheme: Scheme,
    indicator: Indicator,
    results: Sequence[RoundResult],
    cells: Callable[[], Cells],
    revised: Revised,
) -> Page:
    words, known = publication.words, publication.bureau.companies
    made_of = (scheme, indicator, results, known, revised)
    return Page(
        path=addresses.indicator_page(scheme, indicator),
        template="indicator.html",
        title=_title(publication, scheme, indicator),
        trail=(Crumb(words.label(scheme), addresses.method(scheme)),),
        data=Later(made_of, lambda: _data(*made_of, cells())),
    )


def _data(
    scheme: Scheme,
    indicator: Indicator,
    results: Sequence[RoundResult],
    known: Mapping[str, Company],
    revised: Revised,
    cells: Cells,
) -> dict[str, Any]:
    partly = (one.certainty == "partly" for (_, _, id_), one in cells.items() if id_ == indicator.id)
    return {
        "scheme": scheme,
        "indicator": indicator,
        "better": scheme.better_of(indicator),
        "columns": [
            IndicatorRound(one.round, broken=one is not results[0] and indicator.id in one.broken)
            for one in results[::-1]
        ],
        "partly": any(partly),
        "sectors": _sectors(known, revised, results[::-1], indicator, cells),
    }


def _title(publication: Publication, scheme: Scheme, indicator: Indicator) -> str:
    """With its version if a later scheme has an indicator of the same name."""
    words = publication.words
    later = {one.id: one for one in (result.scheme for result in publication.history_of(scheme.id))}
    replaced = any(one.replaces == scheme.id for one in later.values())
    name = words.label(indicator)
    return words("indicator.title.old", name=name, version=scheme.version) if replaced else name


def _cells(results: Sequence[RoundResult]) -> Cells:
    """Every figure of a line of schemes."""
    return {
        (result.round.id, company.company.id, indicator): figure
        for result in results
        for sector in result.sectors
        for company in sector.companies
        for indicator, figure in company.figures.items()
    }


def _sectors(
    known: Mapping[str, Company],
    revised: Revised,
    results: Sequence[RoundResult],
    indicator: Indicator,
    cells: Cells,
) -> tuple[IndicatorSector, ...]:
    taking_part = {one.company.id for result in results for sector in result.sectors for one in sector.companies}
    apart = {
        one.company.id for result in results if result.apart for sector in result.sectors for one in sector.companies
    }
    if apart:
        # of others it is not told here whether they are in that round
        taking_part = apart
    sectors: dict[str, list[IndicatorRow]] = {}
    for company in known.values():
        if company.id in taking_part:
            row = tuple(_cell(revised, one.round, company, indicator, cells) for one in results)
            sectors.setdefault(company.sector, []).append(IndicatorRow(company, row))
    return tuple(IndicatorSector(name, tuple(rows)) for name, rows in sectors.items())


def _cell(revised: Revised, round_: Round, company: Company, indicator: Indicator, cells: Cells) -> IndicatorCell:
    found = cells.get((round_.id, company.id, indicator.id))
    return IndicatorCell(found, (round_.id, company.id) in revised)
