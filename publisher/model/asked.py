"""What residents raised and what became of it: meetings, items, events, and the days that limits are counted by."""

from typing import Literal

from publisher.model.attachments import Attachment
from publisher.model.fields import Count, Day, Moment, Record, Slug, Text


class Meeting(Record):
    """`content/meetings/<id>.md`: an occasion on which residents raised questions."""

    id: Slug
    kind: Literal["meeting", "home-visit", "hotline", "survey"]
    title: Text
    title_en: Text | None = None
    published_at: Moment | None = None
    """When the record of it was published; before that it is not in the site."""
    held_on: Day
    ended_on: Day | None = None
    place: Text | None = None
    companies: tuple[Slug, ...]
    round: Slug | None = None
    """The round whose findings it followed up."""
    answered_by: tuple[Text, ...] = ()
    """Posts of those who answered for the companies."""
    residents: Count | None = None
    """How many resident representatives took part."""
    attachments: tuple[Attachment, ...] = ()
    body: str = ""


class Item(Record):
    """A row of `content/items.csv`: one question or problem raised."""

    id: Slug
    meeting: Slug
    company: Slug
    raised_on: Day
    raised_by: Text | None = None
    topic: Text | None = None
    indicator: Slug | None = None
    question: Text
    answered_by: Text | None = None
    answered_on: Day | None = None
    answer: Text | None = None
    promise: Text | None = None
    owner: Text | None = None
    due_on: Day | None = None
    due_in: Count | None = None
    """Working days from the answer, instead of a date."""
    repeats: Slug | None = None
    """The earlier item that raised the same problem."""


class Holiday(Record):
    """A row of `content/holidays.csv`: a day off, or a weekend day that is worked to make up for one."""

    date: Day
    kind: Literal["holiday", "workday"]
    name: Text | None = None


class Event(Record):
    """A row of `content/events.csv`: what happened to an item afterwards."""

    item: Slug
    date: Day
    by: Literal["company", "bureau", "resident"]
    kind: Literal["moved", "done", "checked", "confirmed", "disagreed", "reopened", "note"]
    new_due: Day | None = None
    reason: Text | None = None
    evidence: Text | None = None
