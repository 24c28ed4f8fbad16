"""Meetings with residents, and the answer ledger over all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from publisher import addresses
from publisher.ledger import Account, Life, Standing, account
from publisher.pages.page import Crumb, Page, Publication

ORDER = (
    Standing.OVERDUE,
    Standing.UNANSWERED,
    Standing.PROMISED,
    Standing.DONE,
    Standing.CHECKED,
    Standing.CONFIRMED,
    Standing.ANSWERED,
)
"""What wants attention comes first."""


@dataclass(frozen=True)
class Shelf:
    """All items of one standing."""

    standing: Standing
    lives: tuple[Life, ...]


def meetings(publication: Publication) -> Iterator[Page]:
    words = publication.words
    held = sorted(publication.bureau.meetings.values(), key=lambda one: (one.held_on, one.id), reverse=True)
    by_meeting = {one.id: [life for life in publication.lives if life.meeting.id == one.id] for one in held}
    if held:
        yield Page(
            path=addresses.MEETINGS,
            template="meetings.html",
            title=words("site.meetings"),
            depends_on_date=True,
            data={"meetings": held, "accounts": {one: account(lives) for one, lives in by_meeting.items()}},
        )
    for meeting in held:
        yield Page(
            path=addresses.meeting_page(meeting),
            template="meeting.html",
            title=words.title(meeting),
            trail=(Crumb(words("site.meetings"), addresses.MEETINGS),),
            depends_on_date=True,
            data={
                "meeting": meeting,
                "companies": [publication.bureau.companies[one] for one in meeting.companies],
                "round_result": publication.result_of(meeting.round),
                "lives": by_meeting[meeting.id],
                "account": account(by_meeting[meeting.id]),
            },
        )


def follow_up(publication: Publication) -> Iterator[Page]:
    if not publication.lives:
        return
    shelves = [Shelf(one, tuple(life for life in publication.lives if life.standing is one)) for one in ORDER]
    yield Page(
        path=addresses.FOLLOW_UP,
        template="follow-up.html",
        title=publication.words("site.follow-up"),
        depends_on_date=True,
        data={
            "shelves": [shelf for shelf in shelves if shelf.lives],
            "account": account(publication.lives),
            "accounts": accounts(publication),
        },
    )


def accounts(publication: Publication) -> tuple[Account, ...]:
    """One account per company that was asked anything, in the order of the companies' table."""
    found = []
    for company in publication.bureau.companies.values():
        lives = publication.lives_of(company)
        if lives:
            found.append(account(lives, company))
    return tuple(found)
