"""The home page: the latest notice, who stands where, what is overdue, when the next results come."""

from collections.abc import Iterator
from dataclasses import dataclass

from publisher import addresses
from publisher.ledger import Standing
from publisher.model.results import RoundResult, SectorResult
from publisher.pages.page import Page, Publication


@dataclass(frozen=True)
class League:
    """The latest ranking of a sector by one scheme."""

    result: RoundResult
    sector: SectorResult


def home(publication: Publication) -> Iterator[Page]:
    site = publication.bureau.site
    notices = sorted(publication.bureau.notices, key=lambda notice: notice.published_at, reverse=True)
    yield Page(
        path=addresses.HOME,
        template="home.html",
        title=publication.words.title(site),
        description=publication.words.description(site),
        data={
            "notices": notices[:5],
            "leagues": leagues(publication),
            "overdue": [life for life in publication.lives if life.standing in {Standing.OVERDUE, Standing.BROKEN}],
            "unanswered": [life for life in publication.lives if life.standing is Standing.UNANSWERED],
            "account": publication.account_of(publication.lives),
            "rounds": publication.analysis.rounds[::-1][:8],
            "next_release": site.announced(publication.as_of),
        },
        depends_on_date=True,
    )


def leagues(publication: Publication) -> tuple[League, ...]:
    """Per sector and line of schemes the latest round that makes a composite, real rankings first."""
    found: dict[tuple[str, str], League] = {}
    for result in publication.analysis.rounds:
        for sector in result.sectors:
            if result.scheme.weighted:
                found[sector.name, publication.series[result.scheme.id]] = League(result, sector)
    order = [company.sector for company in publication.bureau.companies.values()]
    age = {result.round.id: place for place, result in enumerate(publication.analysis.rounds)}
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (not one.sector.ranked, order.index(one.sector.name), -age[one.result.round.id]),
        )
    )
