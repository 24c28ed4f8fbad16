"""Official notices. A results notice carries the computed sections between its opening and its own ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from publisher import addresses
from publisher.ledger import Life
from publisher.model.records import Company, Notice, Statement
from publisher.model.results import RoundResult
from publisher.pages.citing import citations
from publisher.pages.page import Crumb, Page, Publication
from publisher.replies import ReplyState

_HEADING = re.compile(r"^##[ \t]+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A `##` section of a body: the site numbers it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Body:
    """A Markdown body: what stands before the first `##`, and the sections."""

    opening: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Answerer:
    """A company of the round, and its statement if it made one."""

    company: Company
    statement: Statement | None
    reply: ReplyState


def notices(publication: Publication) -> Iterator[Page]:
    words = publication.words
    ordered = sorted(publication.bureau.notices, key=lambda notice: notice.published_at, reverse=True)
    if ordered:
        yield Page(
            path=addresses.NOTICES,
            template="notices.html",
            title=words("site.notices"),
            data={"notices": ordered},
        )
    for notice in ordered:
        result = publication.result_of(notice.round) if notice.kind == "results" else None
        yield Page(
            path=addresses.notice_page(notice),
            template="notice.html",
            title=words.title(notice),
            trail=(Crumb(words("site.notices"), addresses.NOTICES),),
            description=notice.summary or "",
            published=notice.published_at,
            depends_on_date=result is not None,
            corrections=publication.corrections_of(result.round) if result else (),
            data={
                "notice": notice,
                "body": sections_of(notice.body),
                "result": result,
                "answerers": answerers(publication, result) if result else (),
                "carried": carried_over(publication, result) if result else (),
                "companies": [publication.bureau.companies[one] for one in notice.companies],
                "cited": citations(
                    publication, partial(_title, notice), addresses.notice_page(notice), notice.published_at
                ),
            },
        )


def _title(notice: Notice, publication: Publication) -> str:
    return publication.words.title(notice)


def sections_of(body: str) -> Body:
    """Cuts a body at its `##` headings."""
    opening, *rest = _HEADING.split(body)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return Body(opening.strip(), tuple(Section(heading.rstrip(" \t#"), text.strip()) for heading, text in pairs))


def answerers(publication: Publication, result: RoundResult) -> tuple[Answerer, ...]:
    """All companies of a round, in the order of its tables."""
    return tuple(
        Answerer(
            one.company,
            publication.statement_of(result.round, one.company),
            publication.reply_state(result.round, one.company),
        )
        for sector in result.sectors
        for one in sector.companies
    )


def carried_over(publication: Publication, result: RoundResult) -> tuple[Life, ...]:
    """What the companies of a round still owe from before its period."""
    return tuple(
        life
        for sector in result.sectors
        for one in sector.companies
        for life in publication.carried_over(result.round, one.company)
    )
