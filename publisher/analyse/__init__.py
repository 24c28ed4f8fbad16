"""Scores into results: pure, exact, from the earliest round to the latest.

In two steps: what each round is by itself, then what it is against the one before. So a score that was mended changes
its round and the next one, and none behind that.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar, TypeVarTuple

from publisher.analyse.companies import company_result
from publisher.analyse.comparable import breaks
from publisher.analyse.past import Past
from publisher.analyse.printing import Printing, printing_of
from publisher.analyse.protected import Cell, protected_cells
from publisher.analyse.samples import Sample, shown_forms
from publisher.analyse.sectors import compared, sector_alone
from publisher.analyse.settled import worked_example
from publisher.model.bureau import Bureau
from publisher.model.records import Company, Round, Score
from publisher.model.results import Analysis, CompanyResult, MilestoneResult, RoundResult
from publisher.model.scheme import Scheme, series_of
from publisher.recall import Recall

R = TypeVar("R")
Parts = TypeVarTuple("Parts")


class Given(NamedTuple):
    """What a round by itself is computed from."""

    printing: Printing
    scheme: Scheme
    round: Round
    rows: tuple[Score, ...]
    known: Mapping[str, Company]
    protected: frozenset[Cell]


class Keeper(Protocol):
    """What has results of an earlier build."""

    def result(
        self,
        now: Given,
        before: Given | None,
        withdrawn: Collection[str],
        nouns: Any,
        whole: Callable[[], RoundResult],
    ) -> RoundResult:
        """`whole()`, which is computed from these, and names of the inputs only `nouns`."""


def analyse(
    bureau: Bureau,
    gone: Collection[tuple[str, str]] = (),
    recall: Recall | None = None,
    kept: Keeper | None = None,
) -> Analysis:
    """All results of a checked bureau; `gone` are (round, company) of results that were withdrawn and are not in it.

    A round is found again in `recall`, and in `kept`, where nothing differs that it is computed from: what the two
    steps are given.
    """
    series = series_of(bureau.schemes)
    alone = _Alone(bureau, recall)
    latest: dict[str, str] = {}
    rounds = []
    by_company: dict[str, list[CompanyResult]] = {}
    for id_, round_ in bureau.rounds.items():
        before = latest.get(series[round_.scheme])
        withdrawn = frozenset(company for one, company in gone if before and one in {id_, before})
        whole = partial(_whole, recall, alone, id_, before, withdrawn)
        if kept:
            its = alone.given(before) if before else None
            result = kept.result(alone.given(id_), its, withdrawn, alone.nouns(id_, before), whole)
        else:
            result = whole()
        latest[series[round_.scheme]] = id_
        rounds.append(result)
        for sector in result.sectors:
            for one in sector.companies:
                by_company.setdefault(one.company.id, []).append(one)
    return Analysis(tuple(rounds), {company: tuple(results) for company, results in by_company.items()})


class _Alone:
    """Rounds by themselves, each computed when it is asked for."""

    def __init__(self, bureau: Bureau, recall: Recall | None) -> None:
        self.bureau = bureau
        self.printing = printing_of(bureau.site)
        self._protected = protected_cells(bureau)
        self._recall = recall
        self._series = series_of(bureau.schemes)
        self._found: dict[str, tuple[str, RoundResult]] = {}
        """The one asked last of each line of schemes: the next round asks for it again."""

    def given(self, id_: str) -> Given:
        bureau, round_ = self.bureau, self.bureau.rounds[id_]
        scheme = bureau.schemes[round_.scheme]
        return Given(self.printing, scheme, round_, bureau.scores[id_], bureau.companies, self._protected)

    def nouns(self, *ids: str | None) -> tuple[Any, ...]:
        """Records that the results of these rounds name."""
        rounds = [self.bureau.rounds[id_] for id_ in ids if id_]
        return self.bureau.companies, rounds, [self.bureau.schemes[one.scheme] for one in rounds]

    def of(self, id_: str) -> RoundResult:
        line = self._series[self.bureau.rounds[id_].scheme]
        last, result = self._found.get(line, ("", None))
        if result is None or last != id_:
            result = _asked(self._recall, ("alone", id_), _alone, *self.given(id_))
            self._found[line] = id_, result
        return result


def _whole(
    recall: Recall | None, alone: _Alone, id_: str, before: str | None, withdrawn: frozenset[str]
) -> RoundResult:
    past = alone.of(before) if before else None
    given = (alone.printing, alone.of(id_), past, alone.bureau.companies, withdrawn)
    return _asked(recall, ("round", id_), _compared, *given)


def _asked(recall: Recall | None, key: tuple[str, str], function: Callable[[*Parts], R], *given: *Parts) -> R:
    """Nothing is kept of a bureau that is analysed once."""
    return recall.of(key, function, *given) if recall else function(*given)


def _alone(
    printing: Printing,
    scheme: Scheme,
    round_: Round,
    rows: tuple[Score, ...],
    known: Mapping[str, Company],
    protected: frozenset[Cell],
) -> RoundResult:
    """A round as if there had been none before."""
    scores: dict[str, list[Score]] = {}
    for score in rows:
        scores.setdefault(score.company, []).append(score)
    forms = shown_forms(printing, scheme, round_, rows, protected)
    populations = {one.company: one.population for one in reversed(round_.companies)}
    sectors: dict[str, list[CompanyResult]] = {}
    for company in _in_order(known, scores):
        sample = Sample(round_, company.id, len(scores) == 1, protected, populations.get(company.id))
        result = company_result(printing, scheme, company, scores[company.id], sample)
        sectors.setdefault(company.sector, []).append(replace(result, forms=forms.companies.get(company.id)))
    return RoundResult(
        round=round_,
        scheme=scheme,
        sectors=tuple(sector_alone(printing, scheme, name, companies) for name, companies in sectors.items()),
        previous=None,
        forms=forms.whole,
        channel_forms=forms.channels,
        milestones=_milestones(known, scheme, round_, len(scores)),
    )


def _compared(
    printing: Printing,
    alone: RoundResult,
    before: RoundResult | None,
    known: Mapping[str, Company],
    withdrawn: frozenset[str],
) -> RoundResult:
    """The round with its changes against the one before, if there is one in the same line of schemes."""
    found = breaks(before.scheme, alone.scheme, before.round, alone.round) if before else ()
    past = Past(before, alone.scheme, found, withdrawn)
    return replace(
        alone,
        sectors=tuple(compared(printing, alone.scheme, one, known, past) for one in alone.sectors),
        previous=before.round if before else None,
        before=before.scheme if before else None,
        breaks=found,
        broken=past.broken,
        worked=worked_example(alone.sectors),
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
