"""Scores into results: pure, exact, from the earliest round to the latest."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from publisher.analyse.companies import band_of, composite, group_results
from publisher.analyse.indicators import indicator_result
from publisher.analyse.printing import Printing, change_of
from publisher.analyse.sectors import sector_result
from publisher.model.bureau import Bureau
from publisher.model.records import Company, Round, Score
from publisher.model.results import (
    Analysis,
    CompanyResult,
    IndicatorResult,
    MilestoneResult,
    RoundResult,
)
from publisher.model.scheme import Scheme


def analyse(bureau: Bureau) -> Analysis:
    """All results of a checked bureau."""
    printing = Printing(bureau.site)
    latest: dict[str, RoundResult] = {}
    rounds = []
    by_company: dict[str, list[CompanyResult]] = {}
    for round_ in bureau.rounds.values():
        result = _round_result(printing, bureau, round_, latest.get(round_.scheme))
        latest[round_.scheme] = result
        rounds.append(result)
        for sector in result.sectors:
            for one in sector.companies:
                by_company.setdefault(one.company.id, []).append(one)
    return Analysis(tuple(rounds), {company: tuple(results) for company, results in by_company.items()})


def _round_result(printing: Printing, bureau: Bureau, round_: Round, before: RoundResult | None) -> RoundResult:
    scheme = bureau.schemes[round_.scheme]
    scores: dict[str, list[Score]] = {}
    for score in bureau.scores[round_.id]:
        scores.setdefault(score.company, []).append(score)
    earlier = {one.company.id: one for sector in before.sectors for one in sector.companies} if before else {}
    sectors: dict[str, list[CompanyResult]] = {}
    for company in _in_order(bureau.companies, scores):
        result = _company_result(printing, scheme, round_, company, scores[company.id], earlier.get(company.id))
        sectors.setdefault(company.sector, []).append(result)
    before_by_name = {sector.name: sector for sector in before.sectors} if before else {}
    return RoundResult(
        round=round_,
        scheme=scheme,
        sectors=tuple(
            sector_result(printing, scheme, name, companies, before_by_name.get(name))
            for name, companies in sectors.items()
        ),
        previous=before.round if before else None,
        milestones=_milestones(bureau, scheme, round_, len(scores)),
    )


def _milestones(bureau: Bureau, scheme: Scheme, round_: Round, companies: int) -> tuple[MilestoneResult, ...]:
    """Every milestone of the scheme of which the round says something, against the companies of the round."""
    said = {one.milestone: one for one in round_.milestones}
    return tuple(
        MilestoneResult(
            milestone=milestone,
            reached=tuple(bureau.companies[company] for company in said[milestone.id].companies),
            of=companies,
            due=milestone.due_on <= round_.period.end,
            note=said[milestone.id].note or "",
        )
        for milestone in scheme.milestones
        if milestone.id in said
    )


def _in_order(companies: Mapping[str, Company], scored: Iterable[str]) -> list[Company]:
    """In the order of the companies' table."""
    known = set(scored)
    return [company for company in companies.values() if company.id in known]


def _company_result(
    printing: Printing,
    scheme: Scheme,
    round_: Round,
    company: Company,
    scores: list[Score],
    before: CompanyResult | None,
) -> CompanyResult:
    rows: dict[str, list[Score]] = {}
    for score in scores:
        rows.setdefault(score.indicator, []).append(score)
    earlier = {one.indicator.id: one for one in before.indicators} if before else {}
    indicators = tuple(
        _compared(indicator_result(printing, scheme, one, rows.get(one.id, [])), earlier.get(one.id))
        for one in scheme.indicators
    )
    total = composite(printing, scheme, indicators)
    band, level = band_of(scheme, total)
    previous = before.composite if before else None
    return CompanyResult(
        company=company,
        round=round_,
        scheme=scheme,
        composite=total,
        band=band,
        band_level=level,
        previous=previous,
        change=change_of(total, previous, scheme.better) if total else None,
        indicators=indicators,
        dimensions=group_results(printing, scheme, scheme.dimensions, _dimension, indicators),
        aspects=group_results(printing, scheme, scheme.aspects, _aspect, indicators),
    )


def _compared(result: IndicatorResult, before: IndicatorResult | None) -> IndicatorResult:
    if before is None:
        return result
    change = change_of(result.figure, before.figure, result.better)
    return replace(result, previous=before.figure, change=change)


def _dimension(result: IndicatorResult) -> str | None:
    return result.indicator.dimension


def _aspect(result: IndicatorResult) -> str | None:
    return result.indicator.aspect
