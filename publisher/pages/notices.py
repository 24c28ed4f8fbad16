"""Official notices. A results notice carries the computed sections between its opening and its own ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from publisher import addresses
from publisher.ledger import Life
from publisher.model.records import Company, Correction, Notice, Statement
from publisher.model.results import RoundResult
from publisher.pages.citing import citations
from publisher.pages.moved import citing, moves_of
from publisher.pages.page import Crumb, Page, Publication, Superseded
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
            data={"notices": ordered, "gone": publication.withdrawn_below("notices/")},
        )
    for notice in ordered:
        yield notice_page(publication, notice)


def notice_page(publication: Publication, notice: Notice) -> Page:
    words = publication.words
    result = publication.result_of(notice.round) if notice.kind == "results" else None
    corrections = corrections_on(publication, notice)
    return Page(
        path=addresses.notice_page(notice),
        template="notice.html",
        title=words.title(notice),
        trail=(Crumb(words("site.notices"), addresses.NOTICES),),
        description=notice.summary or "",
        published=notice.published_at,
        planned=publication.is_planned(addresses.notice_page(notice)),
        depends_on_date=result is not None,
        card=publication.card_of(addresses.notice_page(notice)),
        corrections=corrections,
        editions=tuple(one.revision.old.number for one in _superseded(publication, notice)),
        data={
            "notice": notice,
            "body": sections_of(notice.body),
            "result": result,
            "answerers": answerers(publication, result) if result else (),
            "carried": carried_over(publication, result) if result else (),
            "companies": [publication.bureau.companies[one] for one in notice.companies],
            "moved": moves_of(publication, *corrections),
            "data_path": addresses.round_data(result.round) if result else "",
            "cited": citations(
                publication, partial(_title, notice), addresses.notice_page(notice), notice.published_at
            ),
        },
    )


def corrections_on(publication: Publication, notice: Notice) -> tuple[Correction, ...]:
    """Of the round that it announces, and of figures that it cites."""
    round_ = publication.bureau.rounds.get(notice.round or "") if notice.kind == "results" else None
    found = {one.id for one in publication.corrections_of(round_)} if round_ else set()
    found |= {by.id for one in citing(publication, notice) for by in one.revision.corrections}
    return tuple(one for one in publication.bureau.corrections if one.id in found)


def _superseded(publication: Publication, notice: Notice) -> tuple[Superseded, ...]:
    """Editions of its round that had the notice."""
    return tuple(one for one in publication.superseded if _sealed_with(one, notice))


def _sealed_with(edition: Superseded, notice: Notice) -> bool:
    sealed = edition.revision.old.facts.get("notice", {})
    return notice.kind == "results" and notice.round == edition.revision.subject and notice.id in sealed


def superseded_notice(edition: Superseded) -> list[Page]:
    """The notice that announced a round, as it was printed before a correction; none if it came out later."""
    known = edition.publication.bureau.notices
    return [notice_page(edition.publication, one) for one in known if _sealed_with(edition, one)]


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
