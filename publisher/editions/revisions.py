"""What was corrected in sealed rounds: which edition gave way to which, by which corrections, and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.editions.changes import changes
from publisher.editions.covering import covered, covering
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Change, Edition
from publisher.model.records import Correction


@dataclass(frozen=True)
class Revision:
    """One edition of a round that corrections took out of force."""

    old: Edition
    new: Edition | None
    """None: the inputs, until they are sealed."""
    corrections: tuple[Correction, ...]
    changes: tuple[Change, ...]
    """Without additions."""

    @property
    def subject(self) -> str:
        return self.old.round

    def changes_of(self, correction: Correction) -> tuple[Change, ...]:
        return covered(correction, self.changes)


def revisions(bureau: Bureau) -> tuple[Revision, ...]:
    """Of a released bureau, whose register ends at the moment it speaks of; the earliest first."""
    return tuple(
        one
        for subject in bureau.sealed.rounds
        if subject == RECORD or subject in bureau.rounds
        for one in _of(bureau, subject)
    )


def _of(bureau: Bureau, subject: str) -> Iterator[Revision]:
    sealed = bureau.sealed
    known = {one.id: one for one in bureau.corrections}
    for entry in sealed.of(subject):
        number = entry.edition or 0
        old, new = sealed.editions.get((subject, number - 1)), sealed.editions.get((subject, number))
        if entry.kind == "correction" and old and new:
            by = tuple(known[id_] for id_ in entry.corrections if id_ in known)
            found = changes(old.facts, new.facts, subject)
            yield Revision(old, new, by, tuple(one for one in found if not one.addition))
    last = sealed.last(subject)
    now = covering(bureau, subject)
    by = tuple(one for one in now.pending if now.changes_of(one))
    if last and now.changes and by:
        yield Revision(last, None, by, now.changes)
