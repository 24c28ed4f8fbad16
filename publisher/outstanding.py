"""What is still lacking before a quarter is done, at a moment. Pure; reckoned as in `check` and on the pages.

Works on a folder with faults too, as far as it could be read: that is when a clerk asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from publisher.attendance import absent, latest
from publisher.ledger import Life, Standing, lives
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.released import Coming, coming_notice, coming_round
from publisher.replies import ReplyState, reply_state

_OF_LEDGER = {
    Standing.UNANSWERED: "unanswered",
    Standing.BROKEN: "broken",
    Standing.OVERDUE: "overdue",
    Standing.DUE_SOON: "due-soon",
    Standing.DISPUTED: "disputed",
    Standing.REOPENED: "reopened",
}


@dataclass(frozen=True)
class Lack:
    """One thing that somebody has yet to do."""

    kind: str
    """Its words are `status.<kind>`."""
    subject: Round | Notice | Life | None = None
    companies: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    day: date | None = None
    """By when, or since when."""
    days: int = 0
    """Waited, or over."""
    late: bool = False


def lacks(bureau: Bureau, as_of: datetime, *, whole: bool = True) -> tuple[Lack, ...]:
    """In the order in which a quarter goes; within a kind the most pressing first.

    `whole`: all of the folder could be read, so that what is not there is not there.
    """
    sound = _sound(bureau)
    today = as_of.astimezone(sound.site.zone).date()
    return (
        *(_begun(bureau) if whole else ()),
        *_scores(sound),
        *_signs(sound, as_of),
        *_notices(sound),
        *_statements(sound, today),
        *_unsealed(sound, as_of),
        *_ledger(sound, today),
        *_next_release(sound, today),
    )


def _sound(bureau: Bureau) -> Bureau:
    """Without what refers to something that could not be read: `check` tells of it."""
    rounds = {id_: one for id_, one in bureau.rounds.items() if one.scheme in bureau.schemes}
    items = tuple(o for o in bureau.items if o.meeting in bureau.meetings and o.company in bureau.companies)
    notices = tuple(one for one in bureau.notices if one.round is None or one.round in rounds)
    return replace(bureau, rounds=rounds, items=items, notices=notices)


def _begun(bureau: Bureau) -> Iterator[Lack]:
    """A new folder has no companies and no round yet."""
    if not bureau.companies:
        yield Lack("no-companies")
    if not bureau.rounds:
        yield Lack("no-rounds")


def _scores(bureau: Bureau) -> Iterator[Lack]:
    """Rounds without any, and companies that the latest round forgot."""
    forgotten = {now.id: absent(bureau, before, now) for before, now in latest(bureau) if not now.partial}
    for round_ in bureau.rounds.values():
        if not bureau.scores.get(round_.id):
            yield Lack("no-scores", round_)
        elif forgotten.get(round_.id):
            yield Lack("no-score", round_, tuple(forgotten[round_.id]))


def _signs(bureau: Bureau, as_of: datetime) -> Iterator[Lack]:
    """What waits for signatures, and what is complete and waits for its time."""
    rounds = [coming_round(bureau, one) for one in bureau.rounds.values() if bureau.scores.get(one.id)]
    for one in (*rounds, *(coming_notice(bureau, one) for one in bureau.notices)):
        if stages := one.open_stages(as_of):
            yield Lack("signs", one.record, stages=stages, day=_day(one))
        elif not one.is_out(as_of):
            yield Lack("waits", one.record, day=_day(one))


def _day(one: Coming) -> date | None:
    return one.release.date() if one.release else None


def _notices(bureau: Bureau) -> Iterator[Lack]:
    """The latest rounds, if no notice announces them; what was sealed without one stays so."""
    announced = {one.round for one in bureau.notices if one.kind == "results"}
    for _, round_ in latest(bureau):
        if round_.id not in announced and bureau.sealed.last(round_.id) is None:
            yield Lack("no-notice", round_)


def _statements(bureau: Bureau, today: date) -> Iterator[Lack]:
    """Companies whose reply may still come; of the latest rounds not sealed also those whose time is over."""
    last = {now.id for _, now in latest(bureau) if bureau.sealed.last(now.id) is None}
    stated = {(one.round, one.company): one for one in bureau.statements if one.arrived_on <= today}
    for round_ in bureau.rounds.values():
        companies = bureau.scored(round_.id)
        states = {one: reply_state(round_, stated.get((round_.id, one)), today) for one in companies}
        for state, kind in ((ReplyState.INVITED, "reply-open"), (ReplyState.NO_REPLY, "reply-none")):
            found = tuple(one for one, at in states.items() if at is state)
            if found and (state is ReplyState.INVITED or round_.id in last):
                yield Lack(kind, round_, found, day=round_.statements_due)


def _unsealed(bureau: Bureau, as_of: datetime) -> Iterator[Lack]:
    for round_ in bureau.rounds.values():
        has_scores = bool(bureau.scores.get(round_.id))
        if has_scores and bureau.sealed.last(round_.id) is None and coming_round(bureau, round_).is_out(as_of):
            yield Lack("unsealed", round_)


def _ledger(bureau: Bureau, today: date) -> Iterator[Lack]:
    """Questions and promises that wait for somebody, by how they stand; the longest wait first."""
    found = lives(bureau, today)
    for standing, kind in _OF_LEDGER.items():
        yield from sorted((_life(one, kind) for one in found if one.standing is standing), key=_urgency)


def _life(life: Life, kind: str) -> Lack:
    if kind == "unanswered":
        return Lack(
            kind, life, (life.company.id,), day=life.answer_due, days=life.waiting_days, late=life.answered_late
        )
    return Lack(kind, life, (life.company.id,), day=life.due_on, days=life.overdue_days)


def _urgency(lack: Lack) -> tuple[int, date]:
    return -lack.days, lack.day or date.max


def _next_release(bureau: Bureau, today: date) -> Iterator[Lack]:
    """The day that the home page announces: to come, over, or not told."""
    day = bureau.site.next_release
    if day is None:
        yield Lack("no-next-release")
    else:
        yield Lack("next-release" if day >= today else "next-release-over", day=day)


def grouped(found: Sequence[Lack]) -> dict[str, list[Lack]]:
    """By kind, in their order."""
    kinds = dict.fromkeys(one.kind for one in found)
    return {kind: [one for one in found if one.kind == kind] for kind in kinds}
