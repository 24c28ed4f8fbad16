"""Cards that other sites show in a frame: one of each scorecard, and one of each company that is always the latest."""

from collections.abc import Iterator, Sequence

from publisher import addresses
from publisher.model.records import Company
from publisher.model.results import CompanyResult
from publisher.pages.page import Page, Publication
from publisher.pages.results import scorecard_title
from publisher.withdrawn import GoneResult


def embeds(publication: Publication) -> Iterator[Page]:
    """A card says what has changed since: a newer round, a correction, a withdrawal."""
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
    company: Company = result.company
    line = [one.round.id for one in publication.history_of(result.scheme.id)]
    later = line[line.index(result.round.id) + 1 :]
    there = [found for id_ in later if (found := publication.company_results.get((id_, company.id)))]
    return there[-1] if there else None


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
            "scorecard": addresses.scorecard(gone.round, gone.company),
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
            "scorecard": _scorecard(result),
            "newer": newer,
            "passed": passed_over(publication, result) if latest else (),
            "withdrawal": None,
        },
    )
