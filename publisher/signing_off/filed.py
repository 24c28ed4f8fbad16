"""A sign put into the bureau's file, if the folder then says exactly what it said before, and that sign.

It is tried out in a copy of the folder first. What cannot be put there so is left to be done by hand.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.load.folder import load
from publisher.load.text import bytes_of
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.signing_off.inserted import inserted
from publisher.signing_off.lines import Signing, lines_to_paste
from publisher.signoff import Standing, standing_of_notice, standing_of_round
from publisher.write import trial, write_several

_INPUTS = ("content", "results")


@dataclass(frozen=True)
class Left:
    """What the policy still asks for."""

    missing: tuple[str, ...]
    void: tuple[str, ...]
    """Stages whose sign does not count."""


def written(root: Path, signing: Signing) -> Left | None:
    """What is left to be signed once the sign is in the file; none if only a person can put it there.

    Raises PublisherError if the stage has a sign that counts for this content, or if the file was changed meanwhile.
    """
    path = signing.record.origin.where.path
    data = bytes_of(root / path)
    if _signed_already(signing):
        raise PublisherError([_told("signoff-there", signing)])
    if data is None:
        raise PublisherError([problem("unreadable-file", Place(path))])
    made = inserted(data, lines_to_paste(signing).lines, *_lines_of(signing))
    after = made and _tried(root, signing, path, made)
    if not made or not after:
        return None
    write_several(root, {path: made}, {path: data})
    return _left(*after)


def by_hand(signing: Signing) -> Problem:
    """That the lines are to be put into the file by a person."""
    return _told("signoff-by-hand", signing)


def _told(code: str, signing: Signing) -> Problem:
    place = signing.record.origin.place("signoff", signing.stage)
    return problem(code, place, stage=f"choice.signoff.{signing.stage}")


def _signed_already(signing: Signing) -> bool:
    """For this content. One that does not count, because of who or when, is to be made anew."""
    there = signing.record.signoff.made.get(signing.stage)
    same = there is not None and there.content == signing.sign.content
    return same and not _standing(signing.bureau, signing.record).void(signing.stage)


def _lines_of(signing: Signing) -> tuple[int, int]:
    fields = signing.record.origin.fields
    keys: tuple[tuple[str, ...], ...] = (("signoff",), ("signoff", signing.stage))
    key, stage = (fields[one].line if one in fields else 0 for one in keys)
    return key, stage


def _tried(root: Path, signing: Signing, path: str, made: bytes) -> tuple[Bureau, Round | Notice] | None:
    """The folder with the sign in it, as it would be read, and the record; none if it does not say what was meant."""
    with trial(root, _INPUTS, {path: made}) as copy:
        bureau = load(copy).bureau
    every: list[Round | Notice] = [*bureau.rounds.values(), *bureau.notices]
    found = next((one for one in every if one.origin.where.path == path), None)
    old = signing.record
    meant = old.model_copy(update={"signoff": old.signoff.model_copy(update={signing.stage: signing.sign})})
    return (bureau, found) if found is not None and _said(found) == _said(meant) else None


def _said(record: Round | Notice) -> dict[str, Any]:
    """All of it but where in the file it stands."""
    return record.model_dump(exclude={"origin"})


def _left(bureau: Bureau, record: Round | Notice) -> Left:
    standing = _standing(bureau, record)
    return Left(standing.missing, tuple(dict.fromkeys(one.stage for one in standing.unfit)))


def _standing(bureau: Bureau, record: Round | Notice) -> Standing:
    return standing_of_round(bureau, record) if isinstance(record, Round) else standing_of_notice(bureau, record)
