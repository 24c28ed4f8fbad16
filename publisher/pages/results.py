"""Rounds and scorecards."""

from collections.abc import Iterator, Mapping
from functools import partial

from publisher import addresses
from publisher.model.editions import Withdrawal
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.pages.asked import asked_of
from publisher.pages.citing import citations
from publisher.pages.history import composite_trend, history
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
    for result in publication.analysis.rounds:
        yield from scorecards(publication, result)


def scorecards(publication: Publication, result: RoundResult) -> Iterator[Page]:
    """Those of one round."""
    for sector in result.sectors:
        for company in sector.companies:
            yield _scorecard(publication, result, sector, company)


def scorecard_title(publication: Publication, result: CompanyResult) -> str:
    company, name = publication.words.label(result.company), publication.title_of(result.round)
    return publication.words("scorecard.title", company=company, name=name)


def _scorecard(publication: Publication, round_: RoundResult, sector: SectorResult, result: CompanyResult) -> Page:
    path, published = addresses.scorecard(result.round, result.company), publication.published_of(result.round)
    past = history(publication, result.company, result.scheme, until=result.round)
    return Page(
        path=path,
        template="scorecard.html",
        title=scorecard_title(publication, result),
        trail=(
            Crumb(publication.words("site.rounds"), addresses.ROUNDS),
            Crumb(publication.title_of(result.round), addresses.round_page(result.round)),
        ),
        published=published,
        planned=publication.is_planned(addresses.round_page(result.round)),
        depends_on_date=True,
        corrections=publication.corrections_of(result.round, result.company),
        editions=tuple(
            one.revision.old.number
            for one in publication.superseded_of(result.round)
            if result.company.id in one.companies
        ),
        data={
            "result": result,
            "round_result": round_,
            "sector": sector,
            "statement": publication.statement_of(result.round, result.company),
            "reply": publication.reply_state(result.round, result.company),
            "response": publication.response_of(result.round, result.company),
            **dict(zip(("carried", "raised"), asked_of(publication, result), strict=True)),
            "trend": composite_trend(publication, result.company, past),
            "history": past,
            "notice": publication.notice_of(result.round),
            "data_path": addresses.round_data(result.round),
            "cited": citations(publication, partial(scorecard_title, result=result), path, published),
        },
    )
