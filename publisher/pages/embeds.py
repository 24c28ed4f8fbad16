"""Cards that other sites show in a frame: one of each scorecard, and one of each company that is always the latest."""

from collections.abc import Iterator, Sequence

from publisher import addresses
from publisher.model.records import Company
from publisher.model.results import CompanyResult
from publisher.pages.page import Page, Publication
from publisher.pages.results import scorecard_title


def embeds(publication: Publication) -> Iterator[Page]:
    """A card says what has changed since: a newer round, a correction, a withdrawal."""
    for company in publication.bureau.companies.values():
        results = publication.analysis.by_company.get(company.id, ())
        for one in results:
            yield _card(publication, one, addresses.embed(_scorecard(one)), _newer(publication, one))
        if results:
            yield _card(
                publication, latest_standing(publication, results), addresses.embed(addresses.company_page(company))
            )


def _scorecard(one: CompanyResult) -> str:
    return addresses.scorecard(one.round, one.company)


def latest_standing(publication: Publication, results: Sequence[CompanyResult]) -> CompanyResult:
    """Of those not withdrawn the latest with a total, else the latest; of nothing but withdrawn ones the last."""
    standing = [one for one in results if _scorecard(one) not in publication.withdrawn]
    whole = [one for one in standing if one.composite]
    return (whole or standing or results)[-1]


def _newer(publication: Publication, result: CompanyResult) -> CompanyResult | None:
    """The company's latest result by the same line of schemes, if it is not this one."""
    company: Company = result.company
    line = [one.round.id for one in publication.history_of(result.scheme.id)]
    later = line[line.index(result.round.id) + 1 :]
    there = [found for id_ in later if (found := publication.company_results.get((id_, company.id)))]
    return next((one for one in reversed(there) if _scorecard(one) not in publication.withdrawn), None)


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
            "result": result,
            "scorecard": _scorecard(result),
            "newer": newer,
            "withdrawal": publication.withdrawn.get(_scorecard(result)),
        },
    )
