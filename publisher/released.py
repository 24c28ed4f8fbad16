"""The embargo: what is not released at a moment is taken out before anything is computed from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from typing import Any

from publisher.editions.register import until
from publisher.model.asked import Item, Meeting
from publisher.model.attachments import AttachedFile, attachments_of, sealed_attachments
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Sealed
from publisher.model.records import Company, Notice, Round


def released(bureau: Bureau, as_of: datetime) -> Bureau:
    """The bureau as the public may see it at `as_of`, a moment with a time zone."""
    zone = bureau.site.zone
    today = as_of.astimezone(zone).date()
    rounds = {id_: one for id_, one in bureau.rounds.items() if _is_released(bureau, one, as_of)}
    meetings = {id_: _without(one, rounds) for id_, one in bureau.meetings.items() if _is_held(one, as_of, zone)}
    raised = [_until(o, today) for o in bureau.items if o.meeting in meetings and o.raised_on <= today]
    known = {one.id for one in raised}
    items = tuple(o if o.repeats in known else o.model_copy(update={"repeats": None}) for o in raised)
    statements = tuple(o for o in bureau.statements if o.round in rounds and o.arrived_on <= today)
    notices = tuple(o for o in bureau.notices if _notice_is_released(o, rounds, as_of, zone))
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
        schemes=bureau.schemes,
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
        wanted |= {one.sha256 for _, _, one in sealed_attachments(edition.facts)} if edition else set()
    kept = {sha256: one for sha256, one in bureau.attachments.items() if sha256 in wanted}
    return {sha256: replace(one, passages=(), metadata=()) for sha256, one in kept.items()}


def _is_held(meeting: Meeting, as_of: datetime, zone: tzinfo) -> bool:
    """Held, and published if it says when."""
    if meeting.published_at is not None and in_zone(meeting.published_at, zone) > as_of:
        return False
    return meeting.held_on <= as_of.astimezone(zone).date()


def _without(meeting: Meeting, rounds: Mapping[str, Round]) -> Meeting:
    """A meeting may be held before the round it follows up is public: then it does not name it."""
    return meeting if meeting.round in rounds else meeting.model_copy(update={"round": None})


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
    """Released, and signed off before that at every stage of the site's policy."""
    signs = [getattr(round_.signoff, stage) for stage in bureau.site.signoff]
    moments = [sign.at for sign in signs if sign is not None]
    release = release_of(round_, bureau.notices)
    moments += [release] if release else []
    return None not in signs and all(in_zone(moment, bureau.site.zone) <= as_of for moment in moments)


def _companies(bureau: Bureau, named: Collection[str], today: date) -> Mapping[str, Company]:
    """Without the end of a company that is still to come, and without one that is new and nowhere named yet."""
    return {
        id_: _open_ended(one, today)
        for id_, one in bureau.companies.items()
        if one.since is None or one.since <= today or id_ in named
    }


def _open_ended(company: Company, today: date) -> Company:
    ends_later = company.until is not None and company.until > today
    return company.model_copy(update={"until": None}) if ends_later else company


def _notice_is_released(notice: Notice, rounds: Mapping[str, Round], as_of: datetime, zone: tzinfo) -> bool:
    if notice.round is not None and notice.round not in rounds:
        return False
    return in_zone(notice.published_at, zone) <= as_of


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """A moment without a zone is the bureau's own time."""
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, tzinfo=zone)
