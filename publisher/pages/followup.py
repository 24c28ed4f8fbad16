"""Meetings with residents, and the answer ledger over all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publisher import addresses
from publisher.ledger import Account, Life, Standing
from publisher.pages.page import Crumb, Page, Publication

ORDER = (
    Standing.BROKEN,
    Standing.OVERDUE,
    Standing.DISPUTED,
    Standing.REOPENED,
    Standing.UNANSWERED,
    Standing.DUE_SOON,
    Standing.PROMISED,
    Standing.DONE,
    Standing.CHECKED,
    Standing.CONFIRMED,
    Standing.ANSWERED,
)
"""What wants attention comes first."""


@dataclass(frozen=True)
class Shelf:
    """All items of one standing, company or topic."""

    id: str
    name: str
    note: str
    lives: tuple[Life, ...]


def meetings(publication: Publication) -> Iterator[Page]:
    words = publication.words
    held = sorted(publication.bureau.meetings.values(), key=lambda one: (one.held_on, one.id), reverse=True)
    by_meeting: dict[str, list[Life]] = {one.id: [] for one in held}
    for life in publication.lives:
        if life.meeting.id in by_meeting:
            by_meeting[life.meeting.id].append(life)
    if held:
        yield Page(
            path=addresses.MEETINGS,
            template="meetings.html",
            title=words("site.meetings"),
            depends_on_date=True,
            data={
                "meetings": held,
                "accounts": {one: publication.account_of(lives) for one, lives in by_meeting.items()},
                "gone": publication.withdrawn_below("meetings/"),
            },
        )
    for meeting in held:
        yield Page(
            path=addresses.meeting_page(meeting),
            template="meeting.html",
            title=words.title(meeting),
            published=meeting.published_at,
            trail=(Crumb(words("site.meetings"), addresses.MEETINGS),),
            depends_on_date=True,
            data={
                "meeting": meeting,
                "companies": [publication.bureau.companies[one] for one in meeting.companies],
                "round_result": publication.result_of(meeting.round),
                "lives": by_meeting[meeting.id],
                "account": publication.account_of(by_meeting[meeting.id]),
                "topics": topics(by_meeting[meeting.id]),
            },
        )


@dataclass(frozen=True)
class Topic:
    """The problems of one kind that an occasion brought up."""

    name: str | None
    raised: int
    on_the_spot: int
    """Said done on the day it was raised."""
    with_deadline: int
    overdue: int
    lives: tuple[Life, ...]


def topics(lives: Sequence[Life]) -> tuple[Topic, ...]:
    """In the order in which they came up; what has no topic last."""
    names = dict.fromkeys(life.item.topic for life in lives if life.item.topic)
    found = [_topic(name, [life for life in lives if life.item.topic == name]) for name in (*names, None)]
    return tuple(topic for topic in found if topic.raised)


def _topic(name: str | None, lives: Sequence[Life]) -> Topic:
    return Topic(
        name=name,
        raised=len(lives),
        on_the_spot=sum(life.done_on == life.item.raised_on for life in lives),
        with_deadline=sum(life.due_on is not None for life in lives),
        overdue=sum(life.standing in {Standing.OVERDUE, Standing.BROKEN} for life in lives),
        lives=tuple(lives),
    )


def follow_up(publication: Publication) -> Iterator[Page]:
    """All items three times: by standing, by company and by topic, so that no script is needed to choose."""
    if not publication.lives:
        return
    words = publication.words
    common = {
        "account": publication.account_of(publication.lives),
        "accounts": accounts(publication),
        "filters": filters(publication),
    }
    trail = (Crumb(words("site.follow-up"), addresses.FOLLOW_UP),)
    for path, title, above, shelves in (
        (addresses.FOLLOW_UP, "site.follow-up", (), by_standing(publication)),
        (addresses.FOLLOW_UP_COMPANIES, "follow-up.by-company", trail, by_company(publication)),
        (addresses.FOLLOW_UP_TOPICS, "follow-up.by-topic", trail, by_topic(publication)),
    ):
        yield Page(
            path=path,
            template="follow-up.html",
            title=words(title),
            trail=above,
            depends_on_date=True,
            data={**common, "shelves": shelves},
        )


def filters(publication: Publication) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """What the script of the page can narrow the list by: (name, (value, label) of each choice)."""
    words = publication.words
    companies = {life.company.id: words.label(life.company) for life in publication.lives}
    topics_ = dict.fromkeys(life.item.topic for life in publication.lives if life.item.topic)
    standings = {life.standing for life in publication.lives}
    return (
        ("company", list(companies.items())),
        ("topic", [(topic, topic) for topic in topics_]),
        ("standing", [(one.value, words(f"standing.{one.value}")) for one in ORDER if one in standings]),
    )


def by_standing(publication: Publication) -> tuple[Shelf, ...]:
    """What wants attention comes first."""
    words = publication.words
    return _filled(
        Shelf(one.value, words(f"standing.{one.value}"), words(f"standing.{one.value}.long"), _where(publication, one))
        for one in ORDER
    )


def _where(publication: Publication, standing: Standing) -> tuple[Life, ...]:
    return tuple(life for life in publication.lives if life.standing is standing)


def by_company(publication: Publication) -> tuple[Shelf, ...]:
    """In the order of the companies' table."""
    companies = publication.bureau.companies.values()
    return _filled(Shelf(one.id, publication.words.label(one), "", publication.lives_of(one)) for one in companies)


def by_topic(publication: Publication) -> tuple[Shelf, ...]:
    """In the order in which topics came up; items without a topic last."""
    topics_ = dict.fromkeys(life.item.topic for life in publication.lives if life.item.topic)
    named = [(f"topic-{number}", topic, topic) for number, topic in enumerate(topics_, 1)]
    return _filled(
        Shelf(id_, name, "", tuple(life for life in publication.lives if life.item.topic == topic))
        for id_, name, topic in (*named, ("no-topic", publication.words("follow-up.no-topic"), None))
    )


def _filled(shelves: Iterable[Shelf]) -> tuple[Shelf, ...]:
    return tuple(shelf for shelf in shelves if shelf.lives)


def accounts(publication: Publication) -> tuple[Account, ...]:
    """One account per company that was asked anything, in the order of the companies' table."""
    found = []
    for company in publication.bureau.companies.values():
        lives = publication.lives_of(company)
        if lives:
            found.append(publication.account_of(lives, company))
    return tuple(found)
