"""The part of what is not released that one company may see, taken out before anything is computed.

What is released stays whole, as the public sees it. Of the rest the company's own rows, statements, questions and
notices stay. Numbers about a whole round (forms, populations) and free texts about it are left out: they speak of
all companies. So is any text that names another company.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from publisher.model.asked import Item, Meeting
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Company, Notice, Round
from publisher.model.signoff import SignOff
from publisher.named import folded, names_of

R = TypeVar("R", bound=Record)
TEXTS = ("title", "title_en", "area", "form")
"""Of a round: kept, unless they name another company."""
IDS = frozenset({"company", "companies", "indicator", "meeting", "repeats", "round"})
"""Fields that name other things; whose they are is asked of them by their own rules."""
DROPPED = ("forms", "population", "channels", "sampling", "partial", "source", "note")
"""Of a round: about all its companies."""


def held_back(bureau: Bureau, public: Bureau, company: str) -> frozenset[str]:
    """Rounds that are not released, hold the company and others: of these only its own part may be shown to it."""
    return frozenset(
        id_
        for id_, scores in bureau.scores.items()
        if id_ not in public.rounds and company in (named := {one.company for one in scores}) and len(named) > 1
    )


def part_of(bureau: Bureau, public: Bureau, company: str) -> Bureau:
    """`bureau` is what was read, `public` what of it is released; the result is to be released ahead."""
    part = Part(bureau, public, company)
    rounds = part.rounds
    meetings = part.meetings
    return replace(
        bureau,
        companies={id_: one for id_, one in bureau.companies.items() if id_ in {*public.companies, company}},
        rounds=rounds,
        scores={id_: part.scores(id_) for id_ in rounds},
        statements=tuple(o for o in bureau.statements if part.is_own(o.round, o.company)),
        responses=tuple(
            part.without_files(o, is_public=o.round in public.rounds)
            for o in bureau.responses
            if part.is_own(o.round, o.company) and part.may_say(o, o.round)
        ),
        meetings=meetings,
        items=tuple(o for o in bureau.items if o.meeting in public.meetings or part.has_item(o, meetings)),
        notices=tuple(part.notice(o) for o in bureau.notices if part.has_notice(o)),
        corrections=public.corrections,
        withdrawals=public.withdrawals,
    )


@dataclass(frozen=True)
class Part:
    """What one company may see of a bureau's folder."""

    bureau: Bureau
    public: Bureau
    company: str

    @cached_property
    def others(self) -> frozenset[str]:
        """Every name of every other company, as texts are compared."""
        companies = (one for id_, one in self.bureau.companies.items() if id_ != self.company)
        return frozenset(name for one in companies for name in _names(one)) - _names(self.own)

    @property
    def own(self) -> Company:
        return self.bureau.companies[self.company]

    def names_another(self, thing: Any) -> bool:
        """A text names another company; its own names, which may hold shorter ones of others, do not count."""
        said = folded("\n".join(_texts(thing)))
        for name in sorted(_names(self.own), key=len, reverse=True):
            said = said.replace(name, "\0")
        return any(name in said for name in self.others)

    @cached_property
    def rounds(self) -> dict[str, Round]:
        """Released ones as they are; of the others those that hold the company."""
        held = held_back(self.bureau, self.public, self.company)
        own = {id_ for id_, scores in self.bureau.scores.items() if self.company in {one.company for one in scores}}
        return {
            id_: self._round(one) if id_ in held else one
            for id_, one in self.bureau.rounds.items()
            if id_ in self.public.rounds or id_ in own
        }

    def _round(self, round_: Round) -> Round:
        texts = {name: None for name in TEXTS if self.names_another(getattr(round_, name))}
        gone = {name: Round.model_fields[name].get_default() for name in DROPPED}
        reached = tuple(
            one.model_copy(update={"companies": (self.company,), "note": None})
            for one in round_.milestones
            if self.company in one.companies
        )
        own = tuple(one for one in round_.companies if one.company == self.company)
        return round_.model_copy(
            update={**texts, **gone, "milestones": reached, "companies": own, "signoff": SignOff()}
        )

    def scores(self, id_: str) -> tuple[Any, ...]:
        whole = id_ in self.public.rounds
        return tuple(one for one in self.bureau.scores[id_] if whole or one.company == self.company)

    def is_own(self, round_: str, company: str) -> bool:
        """Of a released round, or its own."""
        return round_ in self.public.rounds or (company == self.company and round_ in self.rounds)

    def without_files(self, owner: R, *, is_public: bool) -> R:
        """Nobody can tell of a picture whom it shows: only its own statement keeps its attachments."""
        return owner if is_public else owner.model_copy(update={"attachments": ()})

    def may_say(self, thing: Record, round_: str | None) -> bool:
        return round_ in self.public.rounds or not self.names_another(thing)

    @cached_property
    def meetings(self) -> dict[str, Meeting]:
        return {
            id_: one if id_ in self.public.meetings else self.without_files(self._meeting(one), is_public=False)
            for id_, one in self.bureau.meetings.items()
            if id_ in self.public.meetings or self.company in one.companies
        }

    def _meeting(self, meeting: Meeting) -> Meeting:
        """Who answered, how many came and what the record says may be about others who were there."""
        if meeting.companies == (self.company,) and not self.names_another(meeting):
            return meeting
        title = meeting.id if self.names_another((meeting.title, meeting.title_en)) else meeting.title
        english = None if title == meeting.id else meeting.title_en
        gone = {"companies": (self.company,), "answered_by": (), "residents": None, "body": "", "place": None}
        return meeting.model_copy(update={**gone, "title": title, "title_en": english})

    def has_item(self, item: Item, meetings: Collection[str]) -> bool:
        return item.company == self.company and item.meeting in meetings and not self.names_another(item)

    @cached_property
    def public_notices(self) -> frozenset[str]:
        return frozenset(one.id for one in self.public.notices)

    def notice(self, notice: Notice) -> Notice:
        return self.without_files(notice, is_public=notice.id in self.public_notices)

    def has_notice(self, notice: Notice) -> bool:
        """Of those not released, what is about this company alone; never the circular on a round of several."""
        if notice.id in self.public_notices:
            return True
        alone = notice.companies == (self.company,) and notice.round in {None, *self.rounds}
        return alone and notice.kind != "results" and not self.names_another(notice)


def _names(company: Company) -> frozenset[str]:
    return frozenset(folded(name) for name in {company.id, *names_of(company)})


def _texts(thing: Any) -> Iterator[str]:
    """Every text within a record, its own id included, but not the ids of other things."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _texts(part)
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            if name not in IDS:
                yield from _texts(getattr(thing, name))
