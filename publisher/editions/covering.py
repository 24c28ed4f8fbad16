"""Which changes of sealed rounds the pending corrections cover, and what they cover in vain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from publisher.editions.changes import changes
from publisher.editions.dated import is_back_dated
from publisher.editions.facts import facts_of
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Change, Facts, Sealed
from publisher.model.records import Correction

SHARED = ("company/", "scheme/", "rules/")
"""Paths of these kinds belong to every round that has them: one correction covers all sealed rounds."""
BELOW = "/*"
"""At the end of a path: everything below it."""


@dataclass(frozen=True)
class Covering:
    """One sealed round (or the record) against the inputs."""

    subject: str
    edition: int
    """The latest that was sealed."""
    changes: tuple[Change, ...]
    """Without additions, but with those that are dated before the seal."""
    additions: tuple[Change, ...]
    pending: tuple[Correction, ...]
    """Those that speak of it and that no edition of it has taken in."""

    @property
    def uncovered(self) -> list[Change]:
        paths = [path for one in self.pending for path in one.covers]
        return [change for change in self.changes if not any(covers(path, change.path) for path in paths)]

    def changes_of(self, correction: Correction) -> tuple[Change, ...]:
        return covered(correction, self.changes)


def covered(correction: Correction, found: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(one for one in found if any(covers(path, one.path) for path in correction.covers))


def covers(path: str, changed: str) -> bool:
    """`a/b` covers itself, `a/b/*` what lies below it."""
    if path.endswith(BELOW):
        return changed.startswith(path.removesuffix("*"))
    return path == changed


def coverings(bureau: Bureau) -> tuple[Covering, ...]:
    """Every sealed round that is still there, in the order in which they were first sealed."""
    sealed = bureau.sealed
    return tuple(
        covering(bureau, subject)
        for subject in sealed.rounds
        if (subject == RECORD or subject in bureau.rounds) and sealed.last(subject)
    )


def covering(bureau: Bureau, subject: str) -> Covering:
    sealed = bureau.sealed
    last = sealed.last(subject)
    old: Facts = last.facts if last else {}
    new = facts_of(bureau, subject)
    found = changes(old, new, subject)
    days = [one.at.astimezone(bureau.site.zone).date() for one in sealed.of(subject)[-1:]]
    late = {one.path for one in found for day in days if is_back_dated(one, old, new, day)}
    return Covering(
        subject=subject,
        edition=last.number if last else 0,
        changes=tuple(one for one in found if not one.addition or one.path in late),
        additions=tuple(one for one in found if one.addition and one.path not in late),
        pending=pending(sealed, bureau.corrections, subject, found),
    )


def pending(
    sealed: Sealed, corrections: Iterable[Correction], subject: str, found: Sequence[Change]
) -> tuple[Correction, ...]:
    """Corrections of the round, and those of other rounds that cover what the round shares with them."""
    taken = sealed.taken(subject)
    return tuple(
        one
        for one in corrections
        if one.id not in taken and (one.round == subject or any(covers_shared(one, change) for change in found))
    )


def covers_shared(correction: Correction, change: Change) -> bool:
    return any(path.startswith(SHARED) and covers(path, change.path) for path in correction.covers)


def in_vain(found: Mapping[str, Covering], correction: Correction) -> list[int]:
    """Places within `covers` of paths that no change has, while the correction waits for its round to be sealed."""
    own = found.get(correction.round)
    if own is None or correction not in own.pending:
        return []
    return [n for n, path in enumerate(correction.covers) if not any(covers(path, one.path) for one in own.changes)]
