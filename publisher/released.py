"""The embargo: what is not released at a moment is taken out before anything is computed from it.

Whether a round or a notice is out, due, or held back, and by what, is judged here and nowhere else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from publisher.editions.register import until
from publisher.model.asked import Item, Meeting
from publisher.model.attachments import AttachedFile, attachments_of
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Sealed
from publisher.model.records import Company, Notice, Round
from publisher.model.scheme import Scheme
from publisher.moments import in_zone, release_of
from publisher.signoff import Standing, standing_of_notice, standing_of_round

AHEAD = datetime(9999, 1, 1, tzinfo=UTC)
"""A moment after every release."""


@dataclass(frozen=True)
class Coming:
    """What it takes for a round or a notice to be out: its release, and signs that count."""

    record: Round | Notice
    standing: Standing
    release: datetime | None
    """None: at once."""
    zone: tzinfo

    def is_due(self, moment: datetime) -> bool:
        """Its release has come."""
        return _has_come(self.release, moment, self.zone)

    def unsigned(self, moment: datetime) -> tuple[str, ...]:
        """Stages that nobody has signed by then."""
        signs = self.standing.signs.items()
        return tuple(stage for stage, sign in signs if sign is None or in_zone(sign.at, self.zone) > moment)

    def open_stages(self, moment: datetime) -> tuple[str, ...]:
        """Stages without a sign that counts by then."""
        unsigned = self.unsigned(moment)
        return tuple(one for one in self.standing.signs if one in unsigned or self.standing.void(one))

    def is_out(self, moment: datetime) -> bool:
        """Released, and signed before that at every stage the policy asks for, for what it is now."""
        return self.is_due(moment) and not self.open_stages(moment)

    @property
    def out_at(self) -> datetime | None:
        """When it comes out with the signs that are there; none: at once, or not before more are signed."""
        if not self.standing.complete:
            return None
        moments = [in_zone(one, self.zone) for one in self.standing.moments]
        return max([*moments, *([self.release] if self.release else [])], default=None)


def coming_round(bureau: Bureau, round_: Round) -> Coming:
    return _coming(bureau, round_, standing_of_round(bureau, round_), release_of(round_, bureau.notices))


def coming_notice(bureau: Bureau, notice: Notice) -> Coming:
    return _coming(bureau, notice, standing_of_notice(bureau, notice), notice.published_at)


def _coming(bureau: Bureau, record: Round | Notice, standing: Standing, release: datetime | None) -> Coming:
    zone = bureau.site.zone
    return Coming(record, standing, in_zone(release, zone) if release else None, zone)


def is_due(bureau: Bureau, record: Round | Notice, moment: datetime) -> bool:
    """Whether its release has come, whatever its signs."""
    release = record.published_at if isinstance(record, Notice) else release_of(record, bureau.notices)
    return _has_come(release, moment, bureau.site.zone)


def held_back(bureau: Bureau, moment: datetime) -> tuple[Coming, ...]:
    """Rounds, then notices, that are not out at a moment; a notice of a round that is not out goes with it."""
    rounds = tuple(one for one in (coming_round(bureau, o) for o in bureau.rounds.values()) if not one.is_out(moment))
    ids = {one.record.id for one in rounds}
    notices = (coming_notice(bureau, one) for one in bureau.notices if one.round not in ids)
    return (*rounds, *(one for one in notices if not one.is_out(moment)))


def released(bureau: Bureau, as_of: datetime, *, ahead: bool = False) -> Bureau:
    """The bureau as the public may see it at `as_of`, a moment with a time zone.

    `ahead`: as if everything had been released and signed. What is dated after the day of `as_of` (a statement that
    comes in later, an answer, an event) is left out all the same: it did not happen yet.
    """
    zone = bureau.site.zone
    today = as_of.astimezone(zone).date()
    moment = AHEAD if ahead else as_of
    rounds = {id_: one for id_, one in bureau.rounds.items() if ahead or coming_round(bureau, one).is_out(as_of)}
    meetings = {
        id_: _known(one, rounds, today)
        for id_, one in bureau.meetings.items()
        if one.held_on <= today and _has_come(one.published_at, moment, zone)
    }
    raised = [_until(o, today) for o in bureau.items if o.meeting in meetings and o.raised_on <= today]
    known = {one.id for one in raised}
    unknown = {o.repeats for o in raised} - {None, *known}
    items = tuple(o.model_copy(update={"repeats": None}) if o.repeats in unknown else o for o in raised)
    statements = tuple(o for o in bureau.statements if o.round in rounds and o.arrived_on <= today)
    notices = tuple(o for o in bureau.notices if _notice_is_released(bureau, o, rounds, moment, ahead=ahead))
    named = {company for id_ in rounds for company in bureau.scored(id_)}
    named |= {company for meeting in meetings.values() for company in meeting.companies}
    named |= {company for notice in notices for company in notice.companies}
    stated = {(one.round, one.company) for one in statements}
    responses = tuple(o for o in bureau.responses if (o.round, o.company) in stated and o.responded_on <= today)
    corrections = tuple(o for o in bureau.corrections if o.round in {*rounds, RECORD} and o.decided_on <= today)
    sealed = replace(bureau.sealed, entries=until(bureau.sealed.entries, as_of, {*rounds, RECORD}))
    owners = (*statements, *responses, *meetings.values(), *notices, *corrections)
    return Bureau(
        site=bureau.site,
        companies=_companies(bureau, named, today),
        schemes=_schemes(bureau, rounds.values()),
        rounds=rounds,
        scores={id_: bureau.scores[id_] for id_ in rounds},
        statements=statements,
        meetings=meetings,
        items=items,
        events=tuple(one for one in bureau.events if one.item in known and one.date <= today),
        holidays=bureau.holidays,
        responses=responses,
        notices=notices,
        corrections=corrections,
        articles=bureau.articles,
        withdrawals=tuple(one for one in bureau.withdrawals if one.withdrawn_on <= today),
        sealed=sealed,
        attachments=_attachments(bureau, owners, sealed),
    )


def _attachments(bureau: Bureau, owners: Iterable[Any], sealed: Sealed) -> Mapping[str, AttachedFile]:
    """The files of what is out, without the texts in them: nothing else is there to be published."""
    wanted = {one.sha256 for one in attachments_of(owners)}
    for entry in sealed.entries:
        edition = sealed.editions.get((entry.round or "", entry.edition or 0))
        wanted |= {one.sha256 for _, _, one in edition.attachments} if edition else set()
    kept = {sha256: one for sha256, one in bureau.attachments.items() if sha256 in wanted}
    return {sha256: replace(one, passages=(), metadata=()) for sha256, one in kept.items()}


def _has_come(time: datetime | None, moment: datetime, zone: tzinfo) -> bool:
    """What says no time of publication is out at once."""
    return time is None or in_zone(time, zone) <= moment


def _known(meeting: Meeting, rounds: Mapping[str, Round], today: date) -> Meeting:
    """A meeting as far as it went; held before the round it follows up is public, it does not name it."""
    later = meeting.ended_on is not None and meeting.ended_on > today
    unknown = meeting.round is not None and meeting.round not in rounds
    changes = ({"ended_on": None} if later else {}) | ({"round": None} if unknown else {})
    return meeting.model_copy(update=changes) if changes else meeting


def _schemes(bureau: Bureau, rounds: Iterable[Round]) -> Mapping[str, Scheme]:
    """Those of public rounds, and those that they continue: a scheme to come has no page, and no name in any text."""
    wanted = {one.scheme for one in rounds}
    line = list(wanted)
    while line:
        before = bureau.schemes[line.pop()].replaces
        if before is not None and before in bureau.schemes and before not in wanted:
            wanted.add(before)
            line.append(before)
    return {id_: one for id_, one in bureau.schemes.items() if id_ in wanted}


def _until(item: Item, today: date) -> Item:
    """A question without the answer and the promise of a later day."""
    if item.answered_on is None or item.answered_on <= today:
        return item
    names = ("answered_by", "answered_on", "answer", "promise", "owner", "due_on", "due_in")
    return item.model_copy(update=dict.fromkeys(names))


def _companies(bureau: Bureau, named: Collection[str], today: date) -> Mapping[str, Company]:
    """Without the end of a company that is still to come, and without one that is new and nowhere named yet."""
    return {
        id_: _as_of(one, today)
        for id_, one in bureau.companies.items()
        if one.since is None or one.since <= today or id_ in named
    }


def _notice_is_released(
    bureau: Bureau, notice: Notice, rounds: Mapping[str, Round], moment: datetime, *, ahead: bool
) -> bool:
    """Published, with its round, and signed where the site asks for it."""
    if notice.round is not None and notice.round not in rounds:
        return False
    return ahead or coming_notice(bureau, notice).is_out(moment)


def _as_of(company: Company, today: date) -> Company:
    """Without the days that are still to come."""
    days = {"since": company.since, "until": company.until}
    changes = {name: None for name, day in days.items() if day is not None and day > today}
    return company.model_copy(update=changes) if changes else company
