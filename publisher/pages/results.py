"""Rounds, scorecards, companies and indicators: the pages of figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher import addresses
from publisher.model.records import Company, Round
from publisher.model.results import NOT_SURVEYED, CompanyResult, Figure, IndicatorResult, RoundResult, SectorResult
from publisher.model.scheme import Indicator, Scheme
from publisher.pages import charts
from publisher.pages.page import Crumb, Page, Publication
from publisher.replies import ReplyState


def rounds(publication: Publication) -> Iterator[Page]:
    words = publication.words
    crumb = Crumb(words("site.rounds"), addresses.ROUNDS)
    yield Page(
        path=addresses.ROUNDS,
        template="rounds.html",
        title=words("site.rounds"),
        data={"results": publication.analysis.rounds[::-1]},
    )
    for result in publication.analysis.rounds:
        yield Page(
            path=addresses.round_page(result.round),
            template="round.html",
            title=words("round.title", name=publication.title_of(result.round), scheme=words.label(result.scheme)),
            trail=(crumb,),
            published=publication.published_of(result.round),
            depends_on_date=True,
            data={
                "result": result,
                "notice": publication.notice_of(result.round),
                "replies": replies(publication, result),
                "data_path": addresses.round_data(result.round),
            },
        )


def replies(publication: Publication, result: RoundResult) -> Mapping[str, ReplyState]:
    """How each company of a round used its right of reply."""
    found = [one.company for sector in result.sectors for one in sector.companies]
    return {company.id: publication.reply_state(result.round, company) for company in found}


def scorecards(publication: Publication) -> Iterator[Page]:
    for result in publication.analysis.rounds:
        for sector in result.sectors:
            for company in sector.companies:
                yield _scorecard(publication, result, sector, company)


def _scorecard(publication: Publication, round_: RoundResult, sector: SectorResult, result: CompanyResult) -> Page:
    words = publication.words
    name = words.label(result.company)
    history = tuple(
        one
        for one in publication.analysis.by_company[result.company.id]
        if one.scheme.id == result.scheme.id and one.round.period.end <= result.round.period.end
    )
    return Page(
        path=addresses.scorecard(result.round, result.company),
        template="scorecard.html",
        title=words("scorecard.title", company=name, name=publication.title_of(result.round)),
        trail=(
            Crumb(words("site.rounds"), addresses.ROUNDS),
            Crumb(publication.title_of(result.round), addresses.round_page(result.round)),
        ),
        published=publication.published_of(result.round),
        depends_on_date=True,
        data={
            "result": result,
            "round_result": round_,
            "sector": sector,
            "statement": publication.statement_of(result.round, result.company),
            "reply": publication.reply_state(result.round, result.company),
            "response": publication.response_of(result.round, result.company),
            "carried": publication.carried_over(result.round, result.company),
            "lives": publication.raised_in(result.round, result.company),
            "trend": composite_trend(publication, history),
            "history": history,
            "notice": publication.notice_of(result.round),
            "data_path": addresses.round_data(result.round),
        },
    )


def composite_trend(publication: Publication, history: tuple[CompanyResult, ...]) -> charts.Trend | None:
    """The composite over the rounds of one scheme, from the first to the last of `history`.

    A round without the company has its place on the axis and no point.
    """
    if not history or history[0].composite is None:
        return None
    by_round = {one.round.id: one for one in history}
    ids = [one.round.id for one in publication.analysis.rounds if one.scheme.id == history[0].scheme.id]
    span = ids[ids.index(history[0].round.id) : ids.index(history[-1].round.id) + 1]
    return charts.trend([_mark(publication, publication.bureau.rounds[id_], by_round.get(id_)) for id_ in span])


def _mark(publication: Publication, round_: Round, result: CompanyResult | None) -> tuple[str, str, Figure]:
    if result is None or result.composite is None:
        return publication.title_of(round_), addresses.round_page(round_), NOT_SURVEYED
    return publication.title_of(round_), addresses.scorecard(round_, result.company), result.composite


@dataclass(frozen=True)
class Course:
    """All results of one company by one scheme, the latest first, with their trend."""

    scheme: Scheme
    results: tuple[CompanyResult, ...]
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
    for company in known:
        lives = publication.lives_of(company)
        yield Page(
            path=addresses.company_page(company),
            template="company.html",
            title=words.label(company),
            trail=(Crumb(words("site.companies"), addresses.COMPANIES),),
            depends_on_date=True,
            data={
                "company": company,
                "courses": courses(publication, company),
                "lives": lives,
                "account": publication.account_of(lives, company),
                "statements": sorted(
                    (one for one in publication.bureau.statements if one.company == company.id),
                    key=lambda one: one.signed_on,
                    reverse=True,
                ),
                "notices": [one for one in notices if company.id in one.companies],
            },
        )


def courses(publication: Publication, company: Company) -> tuple[Course, ...]:
    """One course per scheme, the scheme of the latest round first."""
    results = publication.analysis.by_company.get(company.id, ())
    schemes = {one.scheme.id: one.scheme for one in results[::-1]}
    found = []
    for scheme in schemes.values():
        history = tuple(one for one in results if one.scheme.id == scheme.id)
        found.append(Course(scheme, history[::-1], composite_trend(publication, history)))
    return tuple(found)


@dataclass(frozen=True)
class IndicatorRow:
    """One company on one indicator, a figure per round (none: the company was not in the round)."""

    company: Company
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True)
class IndicatorSector:
    name: str
    rows: tuple[IndicatorRow, ...]


def indicators(publication: Publication) -> Iterator[Page]:
    words = publication.words
    for results in publication.results_by_scheme.values():
        scheme = results[-1].scheme
        trail = (Crumb(words.label(scheme), addresses.method(scheme)),)
        cells = _indicator_cells(results)
        for indicator in scheme.indicators:
            yield Page(
                path=addresses.indicator_page(scheme, indicator),
                template="indicator.html",
                title=words.label(indicator),
                trail=trail,
                data={
                    "scheme": scheme,
                    "indicator": indicator,
                    "better": scheme.better_of(indicator),
                    "rounds": [result.round for result in results],
                    "sectors": _indicator_sectors(publication, results, indicator, cells),
                },
            )


Cells = dict[tuple[str, str, str], IndicatorResult]


def _indicator_cells(results: Sequence[RoundResult]) -> Cells:
    """Every figure of a scheme by round, company and indicator."""
    return {
        (result.round.id, company.company.id, one.indicator.id): one
        for result in results
        for sector in result.sectors
        for company in sector.companies
        for one in company.indicators
    }


def _indicator_sectors(
    publication: Publication, results: Sequence[RoundResult], indicator: Indicator, cells: Cells
) -> tuple[IndicatorSector, ...]:
    rounds_: list[Round] = [result.round for result in results]
    taking_part = {company for _, company, _ in cells}
    sectors: dict[str, list[IndicatorRow]] = {}
    for company in publication.bureau.companies.values():
        if company.id in taking_part:
            found = [cells.get((round_.id, company.id, indicator.id)) for round_ in rounds_]
            row = IndicatorRow(company, tuple(one.figure if one else None for one in found))
            sectors.setdefault(company.sector, []).append(row)
    return tuple(IndicatorSector(name, tuple(rows)) for name, rows in sectors.items())
