"""What rules look at: the bureau, and which records could not be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from publisher.model.asked import Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.problems import ANY, Place, Problem, problem

R = TypeVar("R", bound=Record)


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

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """By id; of an id that stands twice the last one."""
        return {item.id: item for item in self.bureau.items}

    def unknown(
        self, kind: str, id_: str, known: Mapping[str, object] | Iterable[str], place: Place
    ) -> Iterator[Problem]:
        """A problem if nothing has this id; `kind` names the sort of record as in `broken`."""
        names = list(known)
        if kind == "company" and not names:
            return  # that there are no companies is told once
        if id_ not in names and not self.broken & {(kind, id_), (kind, ANY)}:
            near = next(iter(get_close_matches(id_, names, 1)), "")
            yield problem(f"unknown-{kind}", place, id_, near=near)

    def lacks(self, kind: str) -> bool:
        """Whether a record of this sort could not be read."""
        return any(broken == kind for broken, _ in self.broken)


def repeated(records: Iterable[R], key: str, code: str) -> Iterator[Problem]:
    """A problem for each record whose `key` an earlier one has."""
    seen: dict[str, R] = {}
    for record in records:
        value = getattr(record, key)
        if value in seen:
            first = seen[value].origin.place(key)
            yield problem(code, record.origin.place(key), value, first=first.line)
        seen.setdefault(value, record)
