"""What a correction is about: what differs from the edition that was sealed, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.editions.covering import BELOW, covering
from publisher.model.bureau import Bureau
from publisher.model.editions import Change

_MOST = 40
"""Values that are named one by one; of more only what they lie below."""
_OF_A_COMPANY = frozenset({"score", "statement", "response", "company"})
"""Sorts of records whose key begins with a company."""


@dataclass(frozen=True)
class Changed:
    """Paths for `covers`, and the ids of companies; none if nothing sealed is different."""

    covers: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


def changed(bureau: Bureau, subject: str) -> Changed:
    """Of a round or of the record; what a correction that waits for the seal covers already is not named again."""
    if bureau.sealed.last(subject) is None:
        return Changed()
    found = covering(bureau, subject).uncovered
    companies = (one.key.partition("/")[0] for one in found if one.kind in _OF_A_COMPANY)
    return Changed(_paths(found), tuple(dict.fromkeys(id_ for id_ in companies if id_ in bureau.companies)))


def _paths(found: Iterable[Change]) -> tuple[str, ...]:
    paths = tuple(one.path for one in found)
    if len(paths) <= _MOST:
        return paths
    return tuple(dict.fromkeys("/".join(path.split("/")[:2]) + BELOW for path in paths))
