"""Results over the rounds of one line of schemes: what compares, what was revised, what is partial."""

from collections.abc import Sequence
from dataclasses import dataclass

from publisher import addresses
from publisher.model.figures import NOT_SURVEYED
from publisher.model.records import Company, Correction, Round
from publisher.model.results import CompanyResult
from publisher.model.scheme import Scheme
from publisher.pages import charts
from publisher.pages.page import Publication


@dataclass(frozen=True)
class Stage:
    """One round of a line of schemes as a company went through it; without a result if it was not in the round."""

    round: Round
    broken: bool
    """Its composite does not compare with the one before."""
    result: CompanyResult | None
    corrections: tuple[Correction, ...]


def history(
    publication: Publication, company: Company, scheme: Scheme, until: Round | None = None
) -> tuple[Stage, ...]:
    """From the first round with the company to the last one, or to `until`, the earliest first."""
    stages = [
        Stage(
            one.round,
            bool(one.breaks),
            publication.company_results.get((one.round.id, company.id)),
            publication.corrections_of(one.round, company),
        )
        for one in publication.history_of(scheme.id)
    ]
    if until is not None:
        stages = stages[: 1 + next(place for place, one in enumerate(stages) if one.round.id == until.id)]
    there = [place for place, one in enumerate(stages) if one.result]
    return tuple(stages[there[0] : there[-1] + 1]) if there else ()


def composite_trend(publication: Publication, company: Company, stages: Sequence[Stage]) -> charts.Trend | None:
    """The composite over the rounds; a round without one has its place on the axis and no point."""
    return charts.trend([_spot(publication, company, one) for one in stages])


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
