"""Companies: what is known of each, over all rounds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from publisher import addresses
from publisher.model.records import Company, Statement
from publisher.model.results import CompanyResult
from publisher.model.scheme import Scheme
from publisher.pages import charts
from publisher.pages.history import Histories, Line, Stage, line_of
from publisher.pages.page import Crumb, Page, Publication


@dataclass(frozen=True)
class Course:
    """All results of one company by one line of schemes, the latest first, with their trend."""

    scheme: Scheme
    """The latest one that the company was scored by."""
    results: tuple[CompanyResult, ...]
    stages: tuple[Stage, ...]
    trend: charts.Trend | None


def companies(publication: Publication) -> Iterator[Page]:
    words = publication.words
    known = publication.bureau.companies.values()
    notices = sorted(publication.bureau.notices, key=lambda one: one.published_at, reverse=True)
    sectors = {company.sector: [one for one in known if one.sector == company.sector] for company in known}
    latest = {company.id: publication.analysis.by_company.get(company.id, ())[-1:] for company in known}
    yield Page(
        path=addresses.COMPANIES,
        template="companies.html",
        title=words("site.companies"),
        data={"sectors": sectors, "latest": latest},
    )
    statements = _by_company(publication.bureau.statements)
    lines = {series: line_of(series, rounds) for series, rounds in publication.results_by_series.items()}
    for company in known:
        lives = publication.lives_of(company)
        gone = [one for one in publication.gone.results if one.company.id == company.id]
        yield Page(
            path=addresses.company_page(company),
            template="company.html",
            title=words.label(company),
            trail=(Crumb(words("site.companies"), addresses.COMPANIES),),
            depends_on_date=True,
            card=publication.card_of(addresses.company_page(company)) if latest[company.id] or gone else "",
            data={
                "company": company,
                "gone": gone,
                "lives": lives,
                "account": publication.account_of(lives, company),
                "statements": sorted(statements[company.id], key=lambda one: one.signed_on, reverse=True),
                "notices": [one for one in notices if company.id in one.companies],
            },
            later=partial(_results, publication, company),
            later_of=partial(_made_of, publication, lines, company),
        )


def _by_company(statements: Iterable[Statement]) -> Mapping[str, Sequence[Statement]]:
    """Looked through once for all: companies times statements are many."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.company].append(one)
    return found


def _results(publication: Publication, company: Company) -> Mapping[str, Any]:
    return {"courses": courses(publication, company)}


def _made_of(publication: Publication, lines: Mapping[str, Line], company: Company) -> tuple[Any, ...]:
    """All that `_results` finds it from: trends are made of the results of all rounds of a line."""
    results = publication.analysis.by_company.get(company.id, ())
    own = [lines[id_] for id_ in dict.fromkeys(publication.series[one.scheme.id] for one in results)]
    rounds = [round_ for line in own for round_, _ in line.rounds] if publication.bureau.corrections else []
    return results, own, [publication.corrections_of(one, company) for one in rounds]


def courses(publication: Publication, company: Company) -> tuple[Course, ...]:
    """One course per line of schemes, that of the latest round first."""
    results = publication.analysis.by_company.get(company.id, ())
    found: dict[str, list[CompanyResult]] = {}
    for one in results[::-1]:
        found.setdefault(publication.series[one.scheme.id], []).append(one)
    return tuple(_course(publication, company, line) for line in found.values())


def _course(publication: Publication, company: Company, results: Sequence[CompanyResult]) -> Course:
    scheme = results[0].scheme
    history = Histories(publication).of(company, scheme)
    return Course(scheme, tuple(results), tuple(one for one in history.stages[::-1] if one.result), history.trend)
