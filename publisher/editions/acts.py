"""What sealing adds: the lines for the register and the files that they name. Nothing is written here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from publisher.addresses import REGISTER, edition
from publisher.editions.covering import covering
from publisher.editions.facts import bytes_of, digest, facts_of, typed
from publisher.editions.register import START, edition_name, hash_of_line, line_of, public_name
from publisher.editions.restore import read_back
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, SALT, Edition, Facts, Withdrawal

Withhold = Callable[[Facts], Facts]
"""An edition without the numbers that are too small to publish."""


@dataclass(frozen=True)
class Act:
    """One line to come, and the files that go with it."""

    fields: dict[str, Any]
    files: tuple[tuple[str, bytes], ...] = ()
    """(name within the folder of editions, bytes)."""


@dataclass(frozen=True)
class Acts:
    """All that one seal adds."""

    lines: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    addresses: bytes
    sealed: tuple[tuple[str, int], ...]
    """(round or record, edition) of each new edition."""
    corrections: frozenset[str]
    """Those that the new editions take in."""


def acts(bureau: Bureau, subject: str, at: datetime, addresses: Iterable[str], withhold: Withhold, salt: str) -> Acts:
    """What is new in a round, in the rest of the record and in withdrawals; empty if nothing is.

    `bureau` is released and checked; `addresses` are all that the site has now.
    """
    found = [_withdrawn(one) for one in _new_withdrawals(bureau)]
    for one in dict.fromkeys((subject, RECORD)):
        found += _sealed(bureau, one, withhold, salt)
    known = {*bureau.sealed.addresses, *addresses, REGISTER}
    known |= {edition(act.fields["round"], act.fields["edition"]) for act in found if act.files}
    listed = "".join(f"{one}\n" for one in sorted(known)).encode()
    lines: list[str] = []
    previous = hash_of_line(bureau.sealed.entries[-1].text) if bureau.sealed.entries else START
    for number, act in enumerate(found, 1 + len(bureau.sealed.entries)):
        head = {"n": number, "at": at.isoformat(timespec="seconds")}
        lines.append(line_of({**head, **act.fields, "addresses": digest(listed), "previous": previous}))
        previous = hash_of_line(lines[-1])
    return Acts(
        lines=tuple(lines),
        files=tuple(file for act in found for file in act.files),
        addresses=listed,
        sealed=tuple((act.fields["round"], act.fields["edition"]) for act in found if "edition" in act.fields),
        corrections=frozenset(id_ for act in found for id_ in act.fields.get("corrections", ())),
    )


def _new_withdrawals(bureau: Bureau) -> list[Withdrawal]:
    registered = {one.withdrawal for one in bureau.sealed.entries}
    return [one for one in bureau.withdrawals if one.id not in registered]


def withdrawal_data(withdrawal: Withdrawal) -> bytes:
    """What stands in the place of a withdrawn edition: the record whose hash the register has."""
    return bytes_of({"withdrawal": {withdrawal.id: typed(withdrawal)}})


def withdrawal_digest(withdrawal: Withdrawal) -> str:
    return digest(withdrawal_data(withdrawal))


def _withdrawn(withdrawal: Withdrawal) -> Act:
    return Act({"kind": "withdrawal", "withdrawal": withdrawal.id, "facts": withdrawal_digest(withdrawal)})


def _sealed(bureau: Bureau, subject: str, withhold: Withhold, salt: str) -> list[Act]:
    """No act if the latest edition says all there is."""
    facts = facts_of(bureau, subject)
    found = covering(bureau, subject)
    if not facts or (found.edition and not (found.changes or found.additions)):
        return []
    public = withhold(facts)
    number = found.edition + 1
    read_back(Edition(subject, number, edition_name(subject, number), b"", b"", facts))  # else it could never be shown
    whole = facts if public == facts else {**facts, **salted(salt)}
    files = [(edition_name(subject, number), bytes_of(whole))]
    if public != facts:
        files.append((public_name(subject, number), bytes_of(public)))
    fields: dict[str, Any] = {
        "kind": "correction" if found.edition and found.changes else "seal",
        "round": subject,
        "edition": number,
        "facts": digest(files[0][1]),
        "public": digest(files[1][1]) if public != facts else None,
        "corrections": [one.id for one in found.pending],
    }
    return [Act(fields, tuple(files))]


def salted(salt: str) -> Facts:
    """Chance that nobody can guess: without it small numbers could be found by trying out their hash."""
    return {SALT: {"seal": {"salt": salt}}}
