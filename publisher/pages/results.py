"""Rounds and scorecards."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from publisher import addresses
from publisher.model.editions import Withdrawal
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.pages.asked import asked_of
from publisher.pages.citing import citations
from publisher.pages.history import Histories, Line, line_of
from publisher.pages.page import Crumb, Page, Publication
from publisher.replies import ReplyState


def rounds(publication: Publication) -> Iterator[Page]:
    words = publication.words
    yield Page(
        path=addresses.ROUNDS,
        template="rounds.html",
        title=words("site.rounds"),
        data={"results": publication.analysis.rounds[::-1], "gone": withdrawn_rounds(publication)},
    )
    for result in publication.analysis.rounds:
        yield round_page(publication, result)


def withdrawn_rounds(publication: Publication) -> tuple[tuple[str, Withdrawal], ...]:
    """(address, withdrawal) of whole rounds."""
    found = publication.withdrawn_below("rounds/")
    return tuple(one for one in found if one[0].endswith("/index.html"))


def round_page(publication: Publication, result: RoundResult) -> Page:
    words = publication.words
    return Page(
        path=addresses.round_page(result.round),
        template="round.html",
        title=words("round.title", name=publication.title_of(result.round), scheme=words.label(result.scheme)),
        trail=(Crumb(words("site.rounds"), addresses.ROUNDS),),
        published=publication.published_of(result.round),
        planned=publication.is_planned(addresses.round_page(result.round)),
        depends_on_date=True,
        corrections=publication.corrections_of(result.round),
        editions=tuple(one.revision.old.number for one in publication.superseded_of(result.round)),
        data={
            "result": result,
            "notice": publication.notice_of(result.round),
            "replies": replies(publication, result),
            "gone": [one for one in publication.gone.results if one.round.id == result.round.id],
            "data_path": addresses.round_data(result.round),
        },
    )


def replies(publication: Publication, result: RoundResult) -> Mapping[str, ReplyState]:
    """How each company of a round used its right of reply."""
    found = [one.company for sector in result.sectors for one in sector.companies]
    return {company.id: publication.reply_state(result.round, company) for company in found}


def all_scorecards(publication: Publication) -> Iterator[Page]:
    histories = Histories(publication)
    for result in publication.analysis.rounds:
        yield from scorecards(histories, result)


def scorecards(histories: Histories, result: RoundResult) -> Iterator[Page]:
    """Those of one round."""
    publication = histories.publication
    trail = (
        Crumb(publication.words("site.rounds"), addresses.ROUNDS),
        Crumb(publication.title_of(result.round), addresses.round_page(result.round)),
    )
    past = past_of(publication, result)
    line = line_of(result.scheme.id, past)
    for sector in result.sectors:
        for company in sector.companies:
            yield _scorecard(histories, past, line, sector, company, trail)


def past_of(publication: Publication, result: RoundResult) -> tuple[RoundResult, ...]:
    """The rounds of its line of schemes up to this one."""
    line = publication.history_of(result.scheme.id)
    return line[: 1 + next(place for place, one in enumerate(line) if one.round.id == result.round.id)]


def scorecard_title(publication: Publication, result: CompanyResult) -> str:
    company, name = publication.words.label(result.company), publication.title_of(result.round)
    return publication.words("scorecard.title", company=company, name=name)


def _scorecard(
    histories: Histories,
    past: Sequence[RoundResult],
    line: Line,
    sector: SectorResult,
    result: CompanyResult,
    trail: tuple[Crumb, ...],
) -> Page:
    publication = histories.publication
    return Page(
        path=addresses.scorecard(result.round, result.company),
        template="scorecard.html",
        title=scorecard_title(publication, result),
        trail=trail,
        published=publication.published_of(result.round),
        planned=publication.is_planned(addresses.round_page(result.round)),
        depends_on_date=True,
        corrections=publication.corrections_of(result.round, result.company),
        editions=tuple(
            one.revision.old.number
            for one in publication.superseded_of(result.round)
            if result.company.id in one.companies
        ),
        data={"result": result, "data_path": addresses.round_data(result.round)},
        later=partial(_printed, histories, past[-1], sector, result),
        later_of=partial(_made_of, publication, past, line, sector, result),
    )


def _made_of(
    publication: Publication, past: Sequence[RoundResult], line: Line, sector: SectorResult, result: CompanyResult
) -> tuple[Any, ...]:
    """All that `_printed` finds it from: what is said, the round, and of those before what a history tells.

    The trend is made of the history; what the page is cited by stands in the result.
    """
    id_, corrections = result.company.id, publication.bureau.corrections
    own = [publication.company_results.get((one.round.id, id_)) for one in past]
    corrected = [publication.corrections_of(one.round, result.company) for one in past] if corrections else []
    return past[-1], line, own, corrected, _said(publication, sector, result)


def _printed(
    histories: Histories, round_: RoundResult, sector: SectorResult, result: CompanyResult
) -> Mapping[str, Any]:
    """All else that a scorecard prints."""
    publication = histories.publication
    path, published = addresses.scorecard(result.round, result.company), publication.published_of(result.round)
    past = histories.of(result.company, result.scheme).until(result.round)
    return {
        **_said(publication, sector, result),
        "round_result": round_,
        "trend": past.trend,
        "history": past.stages[::-1],
        "cited": citations(publication, partial(scorecard_title, result=result), path, published),
    }


def _said(publication: Publication, sector: SectorResult, result: CompanyResult) -> Mapping[str, Any]:
    """What was said and asked."""
    return {
        "sector": sector,
        "statement": publication.statement_of(result.round, result.company),
        "reply": publication.reply_state(result.round, result.company),
        "response": publication.response_of(result.round, result.company),
        **dict(zip(("carried", "raised"), asked_of(publication, result), strict=True)),
        "notice": publication.notice_of(result.round),
    }
