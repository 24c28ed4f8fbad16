"""Scores into results: pure, exact, from the earliest round to the latest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from publisher.analyse.companies import company_result
from publisher.analyse.comparable import breaks
from publisher.analyse.past import Past
from publisher.analyse.printing import Printing, printing_of
from publisher.analyse.protected import Cell, protected_cells
from publisher.analyse.samples import Sample, shown_forms
from publisher.analyse.sectors import sector_result
from publisher.model.bureau import Bureau
from publisher.model.records import Company, Round, Score
from publisher.model.results import Analysis, CompanyResult, MilestoneResult, RoundResult
from publisher.model.scheme import Scheme, series_of
from publisher.recall import Recall


def analyse(bureau: Bureau, gone: Collection[tuple[str, str]] = (), recall: Recall | None = None) -> Analysis:
    """All results of a checked bureau; `gone` are (round, company) of results that were withdrawn and are not in it.

    A round is found again in `recall` where nothing differs that it is computed from: what `_round_result` is given.
    """
    recall = recall or Recall()
    printing = printing_of(bureau.site)
    series = series_of(bureau.schemes)
    protected = protected_cells(bureau)
    latest: dict[str, RoundResult] = {}
    rounds = []
    by_company: dict[str, list[CompanyResult]] = {}
    for round_ in bureau.rounds.values():
        scheme, scores = bureau.schemes[round_.scheme], bureau.scores[round_.id]
        asked = (printing, scheme, round_, scores, latest.get(series[scheme.id]), bureau.companies, protected, gone)
        result = recall.of(("round", round_.id), _round_result, *asked)
        latest[series[scheme.id]] = result
        rounds.append(result)
        for sector in result.sectors:
            for one in sector.companies:
                by_company.setdefault(one.company.id, []).append(one)
    return Analysis(tuple(rounds), {company: tuple(results) for company, results in by_company.items()})


def _round_result(
    printing: Printing,
    scheme: Scheme,
    round_: Round,
    rows: tuple[Score, ...],
    before: RoundResult | None,
    known: Mapping[str, Company],
    protected: frozenset[Cell],
    gone: Collection[tuple[str, str]],
) -> RoundResult:
    scores: dict[str, list[Score]] = {}
    for score in rows:
        scores.setdefault(score.company, []).append(score)
    forms = shown_forms(printing, scheme, round_, rows, protected)
    found = breaks(before.scheme, scheme, before.round, round_) if before else ()
    withdrawn = frozenset(id_ for one, id_ in gone if before and one in {round_.id, before.round.id})
    past = Past(before, scheme, found, withdrawn)
    populations = {one.company: one.population for one in reversed(round_.companies)}
    sectors: dict[str, list[CompanyResult]] = {}
    for company in _in_order(known, scores):
        sample = Sample(round_, company.id, len(scores) == 1, protected, populations.get(company.id))
        result = company_result(printing, scheme, company, scores[company.id], sample, past)
        sectors.setdefault(company.sector, []).append(replace(result, forms=forms.companies.get(company.id)))
    return RoundResult(
        round=round_,
        scheme=scheme,
        sectors=tuple(sector_result(printing, scheme, name, companies, past) for name, companies in sectors.items()),
        previous=before.round if before else None,
        before=before.scheme if before else None,
        breaks=found,
        broken=past.broken,
        forms=forms.whole,
        channel_forms=forms.channels,
        milestones=_milestones(known, scheme, round_, len(scores)),
    )


def _milestones(
    known: Mapping[str, Company], scheme: Scheme, round_: Round, companies: int
) -> tuple[MilestoneResult, ...]:
    """Every milestone of the scheme of which the round says something, against the companies of the round."""
    said = {one.milestone: one for one in round_.milestones}
    return tuple(
        MilestoneResult(
            milestone=milestone,
            reached=tuple(known[company] for company in said[milestone.id].companies),
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
