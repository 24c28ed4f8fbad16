"""Rules for what was sealed: the chain of the register, its files, and that nothing sealed changed in silence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import ValidationError

from publisher.check.context import Context
from publisher.editions.acts import withdrawal_digest
from publisher.editions.changes import excerpt
from publisher.editions.covering import SHARED, Covering, coverings, in_vain
from publisher.editions.facts import digest, events_by_key, is_own, score_key
from publisher.editions.register import back_dated, broken_links
from publisher.editions.restore import read_back
from publisher.model.bureau import Bureau
from publisher.model.editions import EDITIONS, LIST, RECORD, Change
from publisher.model.fields import Record
from publisher.problems import Place, Problem, problem
from publisher.released import released

NOTHING = "—"
MOST_TOLD = 20
"""Changes of one round that are told one by one; of more there is a count."""


def the_chain_holds(context: Context) -> Iterator[Problem]:
    for one in broken_links(context.bureau.sealed.entries):
        yield problem("register-broken", one.origin.where, one.n)


def the_register_runs_forward(context: Context) -> Iterator[Problem]:
    entries = context.bureau.sealed.entries
    for one in back_dated(entries):
        yield problem("register-back-dated", one.origin.where, one.at.isoformat())
    zone = context.bureau.site.zone
    for one in entries:
        if one.at.astimezone(zone).date() > context.today:
            yield problem("register-in-future", one.origin.where, one.at.isoformat(), today=context.today)


def sealed_rounds_are_there(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    seen = set()
    for one in bureau.sealed.entries:
        if one.round and one.round != RECORD and one.round not in seen and not context.lacks("round"):
            seen.add(one.round)
            if one.round not in bureau.rounds:
                yield problem("sealed-round-gone", one.origin.where, one.round)


def editions_are_as_sealed(context: Context) -> Iterator[Problem]:
    sealed = context.bureau.sealed
    for one in sealed.entries:
        found = sealed.editions.get((one.round or "", one.edition or 0))
        if found is None:
            continue
        public = one.public or one.facts
        if digest(found.data) != one.facts or digest(found.public) != public:
            path = found.path if digest(found.data) != one.facts else found.path.replace(".json", ".public.json")
            yield problem("edition-changed", Place(path), line=one.origin.where.line)
        elif not _reads_back(context, found.round, found.number):
            yield problem("edition-unreadable", Place(found.path))
    if sealed.entries and digest(sealed.addresses_data) != sealed.entries[-1].addresses:
        yield problem("addresses-changed", Place(f"{EDITIONS}/{LIST}"), line=len(sealed.entries))


def _reads_back(context: Context, round_: str, number: int) -> bool:
    try:
        read_back(context.bureau.sealed.editions[round_, number])
    except (ValidationError, KeyError):
        return False
    return True


def nothing_sealed_changes_in_silence(context: Context) -> Iterator[Problem]:
    """Waits until the folder can be read: what could not be read is told already, and is no change."""
    if context.broken or not _files_hold(context):
        return
    bureau = context.bureau
    found = {one.subject: one for one in coverings(bureau)}
    told: set[tuple[str, str | None]] = set()
    for one in found.values():
        # What several rounds share is one cell, and told once.
        changes = [change for change in one.uncovered if (change.path, change.old) not in told]
        told |= {(change.path, change.old) for change in changes if change.path.startswith(SHARED)}
        yield from _uncovered(bureau, one, changes)
    for correction in bureau.corrections:
        places = in_vain(found, correction)
        for number in places:
            path = correction.covers[number]
            yield problem("covers-unchanged", correction.origin.place("covers", number), path, round=correction.round)
        own = found.get(correction.round)
        if own is None and correction.covers and correction.round in bureau.rounds:
            yield problem("covers-unsealed", correction.origin.place("covers"), correction.round)
        if own is not None and correction in own.pending:
            if not correction.covers:
                yield problem("correction-without-covers", correction.origin.where, correction.round)
            if correction.decided_on > context.as_of:
                place = correction.origin.place("decided_on")
                yield problem("correction-to-come", place, correction.decided_on, as_of=context.as_of)


def _files_hold(context: Context) -> bool:
    """Whether the register and its files are as sealed; else every comparison would be with something else."""
    sealed = context.bureau.sealed
    found = [(one, sealed.editions.get((one.round or "", one.edition or 0))) for one in sealed.entries]
    whole = all(edition is None or digest(edition.data) == one.facts for one, edition in found)
    return whole and not broken_links(sealed.entries)


def _uncovered(bureau: Bureau, covering: Covering, found: Sequence[Change]) -> Iterator[Problem]:
    for one in found[:MOST_TOLD]:
        yield _silent(bureau, covering, one)
    if len(found) > MOST_TOLD:
        place = replace(place_of(bureau, covering.subject, found[0]), line=0, column="", cell="")
        beginnings = sorted({"/".join(one.path.split("/")[:2]) + "/*" for one in found})
        details = {"round": covering.subject, "shown": MOST_TOLD, "covers": ", ".join(beginnings)}
        yield problem("sealed-changed-more", place, len(found), **details)


def _silent(bureau: Bureau, covering: Covering, change: Change) -> Problem:
    old, new = (text or NOTHING for text in excerpt(change.old, change.new))
    code = "sealed-changed"
    if not change.loc:
        code = "sealed-row-gone" if change.new is None else "sealed-row-new"
    if change.addition:
        code = "sealed-back-dated"
    details = {"round": covering.subject, "edition": covering.edition, "path": change.path, "old": old}
    return problem(code, place_of(bureau, covering.subject, change), new, **details)


def place_of(bureau: Bureau, subject: str, change: Change) -> Place:
    """Where the value stands now; where there is none any more, the row, else the file it should be in."""
    records = dict(records_of(bureau, subject, change.kind))
    record = records.get(change.key)
    if record is None:
        others: Sequence[Record] = list(records.values())
        return Place(others[0].origin.where.path if others else "content")
    place = record.origin.place(*change.place) if change.place else record.origin.where
    named = place.column or place.cell or not change.loc
    return place if named else replace(place, column=".".join(change.loc))


def records_of(bureau: Bureau, subject: str, kind: str) -> Iterator[tuple[str, Record]]:
    """(key, record) of a kind as the inputs have them now."""
    if kind == "rules":
        yield "site", bureau.site
    elif kind == "score":
        yield from ((score_key(one), one) for one in bureau.scores[subject])
    elif kind in {"statement", "response"}:
        records = bureau.statements if kind == "statement" else bureau.responses
        yield from ((one.company, one) for one in records if one.round == subject)
    elif kind == "event":
        yield from events_by_key(bureau.events, lambda one: one).items()
    elif kind == "holiday":
        yield from ((one.date.isoformat(), one) for one in bureau.holidays)
    elif kind in {"item", "correction"}:
        listed = bureau.items if kind == "item" else bureau.corrections
        yield from ((one.id, one) for one in listed)
    elif kind == "notice":
        yield from ((one.id, one) for one in bureau.notices if subject == RECORD or is_own(one, subject))
    else:
        by_kind = {"round": bureau.rounds, "scheme": bureau.schemes, "company": bureau.companies}
        yield from {**by_kind, "meeting": bureau.meetings}[kind].items()


def no_day_before_a_sealed_correction(context: Context) -> Iterator[Problem]:
    """The files hold the corrected figures: a site of an earlier day would show them, and no correction."""
    bureau = context.bureau
    later = [one for one in bureau.sealed.entries if one.kind == "correction" and one.at > context.moment]
    decided = {one.id: one for one in bureau.corrections if one.decided_on > context.as_of}
    public = {RECORD, *released(bureau, context.moment).rounds} if later and decided else set()
    told = set()
    for entry in later:
        for one in (decided[id_] for id_ in entry.corrections if id_ in decided and entry.round in public):
            if one.id not in told:
                told.add(one.id)
                details = {"as_of": context.as_of, "round": one.round, "line": entry.origin.where.line}
                yield problem("as-of-before-correction", one.origin.place("decided_on"), one.decided_on, **details)


def withdrawals_stay(context: Context) -> Iterator[Problem]:
    """What was withdrawn stays so, for the reason given."""
    known = {one.id: one for one in context.bureau.withdrawals}
    for entry in context.bureau.sealed.entries:
        if entry.withdrawal and not context.lacks("withdrawals"):
            one = known.get(entry.withdrawal)
            if one is None:
                yield problem("withdrawal-gone", entry.origin.where, entry.withdrawal)
            elif withdrawal_digest(one) != entry.facts:
                yield problem("withdrawal-changed", one.origin.where, one.id, line=entry.origin.where.line)


def no_round_is_called_record(context: Context) -> Iterator[Problem]:
    for one in context.bureau.rounds.values():
        if one.id == RECORD:
            yield problem("round-called-record", one.origin.where, one.id)


SEALED_RULES = (
    the_chain_holds,
    the_register_runs_forward,
    sealed_rounds_are_there,
    editions_are_as_sealed,
    nothing_sealed_changes_in_silence,
    no_day_before_a_sealed_correction,
    withdrawals_stay,
    no_round_is_called_record,
)
