"""The embargo: what is not released at a moment is taken out before anything is computed from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from publisher.editions.register import until
from publisher.model.asked import Item, Meeting
from publisher.model.attachments import AttachedFile, attachments_of
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Sealed
from publisher.model.records import Company, Notice, Round
from publisher.model.scheme import Scheme
from publisher.signoff import standing_of_notice, standing_of_round

AHEAD = datetime(9999, 1, 1, tzinfo=UTC)
"""A moment after every release."""


def released(bureau: Bureau, as_of: datetime, *, ahead: bool = False) -> Bureau:
    """The bureau as the public may see it at `as_of`, a moment with a time zone.

    `ahead`: as if everything had been released and signed. What is dated after the day of `as_of` (a statement that
    comes in later, an answer, an event) is left out all the same: it did not happen yet.
    """
    zone = bureau.site.zone
    today = as_of.astimezone(zone).date()
    moment = AHEAD if ahead else as_of
    rounds = {id_: one for id_, one in bureau.rounds.items() if ahead or _is_released(bureau, one, as_of)}
    meetings = {
        id_: _known(one, rounds, today)
        for id_, one in bureau.meetings.items()
        if one.held_on <= today and _is_out(one.published_at, moment, zone)
    }
    raised = [_until(o, today) for o in bureau.items if o.meeting in meetings and o.raised_on <= today]
    known = {one.id for one in raised}
    items = tuple(o if o.repeats in known else o.model_copy(update={"repeats": None}) for o in raised)
    statements = tuple(o for o in bureau.statements if o.round in rounds and o.arrived_on <= today)
    notices = tuple(o for o in bureau.notices if _notice_is_released(bureau, o, rounds, moment, ahead=ahead))
    named = {score.company for id_ in rounds for score in bureau.scores[id_]}
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


def _is_out(published_at: datetime | None, moment: datetime, zone: tzinfo) -> bool:
    """What says no time of publication is out at once."""
    return published_at is None or in_zone(published_at, zone) <= moment


def _known(meeting: Meeting, rounds: Mapping[str, Round], today: date) -> Meeting:
    """A meeting as far as it went; held before the round it follows up is public, it does not name it."""
    later = meeting.ended_on is not None and meeting.ended_on > today
    changes = ({"ended_on": None} if later else {}) | ({} if meeting.round in rounds else {"round": None})
    return meeting.model_copy(update=changes)


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


def release_of(round_: Round, notices: Iterable[Notice]) -> datetime | None:
    """When the results of a round come out: at its release time, else with its notice; none: at once."""
    announced = (one.published_at for one in notices if one.kind == "results" and one.round == round_.id)
    return round_.release_at or next(announced, None)


def _is_released(bureau: Bureau, round_: Round, as_of: datetime) -> bool:
    """Released, and signed off before that at every stage of the site's policy, for what it is now."""
    standing = standing_of_round(bureau, round_)
    release = release_of(round_, bureau.notices)
    moments = [*standing.moments, *([release] if release else [])]
    return standing.complete and all(in_zone(moment, bureau.site.zone) <= as_of for moment in moments)


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
    standing = standing_of_notice(bureau, notice)
    moments = [*standing.moments, notice.published_at]
    return ahead or (standing.complete and all(in_zone(one, bureau.site.zone) <= moment for one in moments))


def _as_of(company: Company, today: date) -> Company:
    """Without the days that are still to come."""
    days = {"since": company.since, "until": company.until}
    return company.model_copy(update={name: None for name, day in days.items() if day is not None and day > today})


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """A moment without a zone is the bureau's own time."""
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, tzinfo=zone)
