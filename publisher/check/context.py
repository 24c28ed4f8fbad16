"""What rules look at: the bureau, and which records could not be read."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from publisher.check.written import Written, written_in
from publisher.cleared import Cleared
from publisher.model.asked import Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.named import near
from publisher.problems import ANY, Place, Problem, problem

R = TypeVar("R", bound=Record)
MOST_SUGGESTIONS = 30
"""Unknown names of a kind for which what was probably meant is looked for."""


@dataclass(frozen=True)
class Context:
    """The folder under check."""

    bureau: Bureau
    broken: frozenset[tuple[str, str]]
    as_of: date
    """The day the site speaks of."""
    today: date
    """The present day: the same, or later."""
    moment: datetime
    """The same as `as_of` to the second, with a time zone: what is signed comes out at a minute."""
    files: frozenset[str] = frozenset()
    """Paths that reading reported; nobody may read such a file, but its name is there."""
    on_site: frozenset[str] = frozenset()
    """Addresses of rounds and notices that the site has now, as far as a site was given to look at."""
    cleared: Cleared = field(default_factory=Cleared)
    """Texts in which nothing was found before."""

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """By id; of an id that stands twice the last one."""
        return {item.id: item for item in self.bureau.items}

    def unknown(
        self, kind: str, id_: str, known: Collection[str], place: Place | Callable[[], Place]
    ) -> Iterator[Problem]:
        """A problem if nothing has this id; `kind` names the sort of record as in `broken`.

        Of the many rows of a table the place is only worked out where it is told.
        """
        if id_ in known or (kind == "company" and not known):
            return  # that there are no companies is told once
        if not self.broken & {(kind, id_), (kind, ANY)}:
            where = place if isinstance(place, Place) else place()
            yield problem(f"unknown-{kind}", where, id_, near=self._near(kind, id_, known))

    def _near(self, kind: str, id_: str, known: Collection[str]) -> str:
        """The known name that looks most like it; for the first few only, since each is held against all names."""
        found = self._suggested[kind]
        if id_ in found and (not found[id_] or found[id_] in known):
            return found[id_]
        if id_ not in found and len(found) >= MOST_SUGGESTIONS:
            return ""
        found[id_] = near(id_, known)
        return found[id_]

    @cached_property
    def _suggested(self) -> dict[str, dict[str, str]]:
        """By kind: unknown name -> what was probably meant; looked for once."""
        return defaultdict(dict)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every text that people write and the site shows."""
        return tuple(written_in(self.bureau))

    @cached_property
    def scored(self) -> Mapping[str, frozenset[str]]:
        """The companies that have scores in a round."""
        return {id_: frozenset(one.company for one in scores) for id_, scores in self.bureau.scores.items()}

    def lacks(self, kind: str) -> bool:
        """Whether a record of this sort could not be read."""
        return any(broken == kind for broken, _ in self.broken)


def repeated(records: Iterable[R], key: str, code: str) -> Iterator[Problem]:
    """A problem for each record whose `key` an earlier one has."""
    seen: dict[str, R] = {}
    for record in records:
        value = getattr(record, key)
        if value in seen:
            yield problem(code, record.origin.place(key), value, first=seen[value].origin.where)
        seen.setdefault(value, record)
