"""Results over the rounds of one line of schemes: what compares, what was revised, what is partial."""

from collections.abc import Sequence
from dataclasses import dataclass

from publisher import addresses
from publisher.model.figures import NOT_SURVEYED
from publisher.model.records import Company, Correction, Round
from publisher.model.results import CompanyResult, RoundResult
from publisher.model.scheme import Scheme
from publisher.pages import charts
from publisher.pages.page import Publication


@dataclass(frozen=True)
class Line:
    """The rounds of a line of schemes: told once for all pages of companies that went through it."""

    scheme: str
    rounds: tuple[tuple[Round, bool], ...]
    """The earliest first; and whether its composites do not compare with those before."""


def line_of(scheme: str, rounds: Sequence[RoundResult]) -> Line:
    return Line(scheme, tuple((one.round, bool(one.breaks)) for one in rounds))


@dataclass(frozen=True, slots=True)
class Stage:
    """One round of a line of schemes as a company went through it; without a result if it was not in the round."""

    round: Round
    broken: bool
    """Its composite does not compare with the one before."""
    result: CompanyResult | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class History:
    """From the first round with the company to the last one, the earliest first."""

    stages: tuple[Stage, ...]
    drawing: charts.Drawing
    """The composite of each, and perhaps of later ones; a round without one has its place on the axis and no point."""

    @property
    def trend(self) -> charts.Trend | None:
        return self.drawing.until(len(self.stages))

    def until(self, round_: Round) -> "History":
        """To a round in which the company was."""
        end = 1 + next(place for place, one in enumerate(self.stages) if one.round.id == round_.id)
        return History(self.stages[:end], self.drawing)


class Histories:
    """Of one publication: each is found once, for all scorecards of a company begin with the same rounds."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self._known: dict[tuple[str, str], History] = {}

    def of(self, company: Company, scheme: Scheme) -> History:
        key = company.id, self.publication.series[scheme.id]
        if key not in self._known:
            self._known[key] = _history(self.publication, company, scheme)
        return self._known[key]


def _history(publication: Publication, company: Company, scheme: Scheme) -> History:
    stages = [
        Stage(
            one.round,
            bool(one.breaks),
            publication.company_results.get((one.round.id, company.id)),
            publication.corrections_of(one.round, company),
        )
        for one in publication.history_of(scheme.id)
    ]
    there = [place for place, one in enumerate(stages) if one.result]
    found = tuple(stages[there[0] : there[-1] + 1]) if there else ()
    return History(found, charts.Drawing([_spot(publication, company, one) for one in found]))


def _spot(publication: Publication, company: Company, stage: Stage) -> charts.Spot:
    figure = stage.result.composite if stage.result else None
    there = stage.result is not None
    return charts.Spot(
        label=publication.title_of(stage.round),
        path=addresses.scorecard(stage.round, company) if there else addresses.round_page(stage.round),
        figure=figure or NOT_SURVEYED,
        broken=stage.broken,
        marked=bool(stage.corrections or stage.round.partial),
    )
