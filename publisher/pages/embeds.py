"""Cards that other sites show in a frame: of each scorecard, of each company the latest one, and of each notice."""

from collections.abc import Iterator, Sequence

from publisher import addresses
from publisher.model.records import Notice
from publisher.model.results import CompanyResult, RoundResult
from publisher.pages.notices import corrections_on
from publisher.pages.page import Page, Publication
from publisher.pages.results import scorecard_title
from publisher.withdrawn import GoneResult

MOST = 12
"""Companies whose figures the card of a notice has room for; of more it says what their sectors came to."""


def embeds(publication: Publication) -> Iterator[Page]:
    """A card says what has changed since: a newer round, a correction, a withdrawal."""
    yield from _of_companies(publication)
    for notice in publication.bureau.notices:
        yield _of_notice(publication, notice)
    for id_ in publication.gone.notices:
        yield _withdrawn_notice(publication, id_)


def _of_companies(publication: Publication) -> Iterator[Page]:
    for company in publication.bureau.companies.values():
        results = publication.analysis.by_company.get(company.id, ())
        for one in results:
            yield _card(publication, one, addresses.embed(_scorecard(one)), _newer(publication, one))
        latest = addresses.embed(addresses.company_page(company))
        if results:
            yield _card(publication, latest_whole(results), latest)
        gone = [one for one in publication.gone.results if one.company.id == company.id]
        for each in gone:
            yield _withdrawn(publication, each, addresses.embed(addresses.scorecard(each.round, company)))
        if gone and not results:
            yield _withdrawn(publication, gone[-1], latest)


def _scorecard(one: CompanyResult) -> str:
    return addresses.scorecard(one.round, one.company)


def latest_whole(results: Sequence[CompanyResult]) -> CompanyResult:
    """The latest with a total, else the latest."""
    return ([one for one in results if one.composite] or results)[-1]


def _newer(publication: Publication, result: CompanyResult) -> CompanyResult | None:
    """The company's latest result by the same line of schemes, if it is not this one."""
    line = reversed(publication.history_of(result.scheme.id))
    known = (publication.company_results.get((one.round.id, result.company.id)) for one in line)
    latest = next(one for one in known if one)
    return None if latest.round.id == result.round.id else latest


def passed_over(publication: Publication, result: CompanyResult) -> tuple[GoneResult, ...]:
    """Withdrawn results of the company that came after this one: why a card shows an earlier round."""
    end = result.round.period.end
    found = (one for one in publication.gone.results if one.company.id == result.company.id)
    return tuple(one for one in found if one.round.period.end > end)


def _withdrawn(publication: Publication, gone: GoneResult, path: str) -> Page:
    """A card of which nothing is left but that the scorecard was withdrawn, and why."""
    company, name = publication.words.label(gone.company), publication.title_of(gone.round)
    return Page(
        path=path,
        template="embed.html",
        title=publication.words("embed.title", title=publication.words("scorecard.title", company=company, name=name)),
        listed=False,
        data={
            "company": gone.company,
            "round": gone.round,
            "shown": addresses.scorecard(gone.round, gone.company),
            "withdrawal": gone.withdrawal,
        },
    )


def _card(publication: Publication, result: CompanyResult, path: str, newer: CompanyResult | None = None) -> Page:
    latest = path == addresses.embed(addresses.company_page(result.company))
    key = "embed.title.latest" if latest else "embed.title"
    return Page(
        path=path,
        template="embed.html",
        title=publication.words(key, title=scorecard_title(publication, result)),
        published=publication.published_of(result.round),
        listed=False,
        corrections=publication.corrections_of(result.round, result.company),
        data={
            "company": result.company,
            "round": result.round,
            "result": result,
            "shown": _scorecard(result),
            "newer": newer,
            "passed": passed_over(publication, result) if latest else (),
            "withdrawal": None,
        },
    )


def _of_notice(publication: Publication, notice: Notice) -> Page:
    """Of results the figures, of any other notice whom it concerns and what it says in short."""
    path = addresses.notice_page(notice)
    result = publication.result_of(notice.round) if notice.kind == "results" else None
    shown = [one for sector in result.sectors for one in sector.companies] if result else []
    has_room = len(shown) <= MOST
    return Page(
        path=addresses.embed(path),
        template="embed-notice.html",
        title=publication.words("embed.title", title=publication.words.title(notice)),
        published=notice.published_at,
        listed=False,
        corrections=corrections_on(publication, notice),
        data={
            "notice": notice,
            "shown": path,
            "result": result,
            "has_room": has_room,
            "alike": has_room and any(one.place.alike for one in shown),
            "newer": _announced_later(publication, result) if result else None,
            "companies": [publication.bureau.companies[one] for one in notice.companies],
            "withdrawal": None,
        },
    )


def _announced_later(publication: Publication, result: RoundResult) -> tuple[RoundResult, str] | None:
    """The latest round by the same line of schemes, if it is another, and the page that announced it."""
    latest = publication.history_of(result.scheme.id)[-1]
    notice = publication.notice_of(latest.round)
    page = addresses.notice_page(notice) if notice else addresses.round_page(latest.round)
    return (latest, page) if latest.round.id != result.round.id else None


def _withdrawn_notice(publication: Publication, id_: str) -> Page:
    """Nothing of it but that it was withdrawn, and why."""
    path = addresses.notice_called(id_)
    title = publication.words("withdrawn.title")
    return Page(
        path=addresses.embed(path),
        template="embed-notice.html",
        title=publication.words("embed.title", title=title),
        listed=False,
        data={"shown": path, "heading": title, "withdrawal": publication.gone.notices[id_]},
    )
