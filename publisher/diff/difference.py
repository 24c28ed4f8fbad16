"""What differs between the site as it is and the site as a build would make it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from publisher import addresses
from publisher.addresses import round_of_data
from publisher.diff.pages import anchors, is_written, kind_of, links, text_changes
from publisher.diff.tables import Cell, cells, same_package, table_of

MOST_TEXTS = 200
"""Pages whose words are compared; of more only that they changed is told."""
Read = Callable[[str], bytes | None]


@dataclass(frozen=True)
class PageChange:
    """A page that is another one now."""

    path: str
    texts: tuple[tuple[str, str], ...] = ()
    """(old, new) of words that people wrote."""


@dataclass(frozen=True)
class Difference:
    """Sorted by address."""

    first: bool
    """There was no site before."""
    added: tuple[str, ...]
    changed: tuple[PageChange, ...]
    dated: tuple[str, ...]
    """Pages and data files in which only the date moved."""
    dead: tuple[str, ...]
    """Addresses that no page or tombstone would serve any more."""
    anchors: tuple[str, ...]
    """Addresses of single questions that would lead nowhere on their page."""
    broken: tuple[tuple[str, str], ...]
    """(page, address) of links of the new site that lead to nothing."""
    rounds: tuple[str, ...]
    """Ids of rounds that become public."""
    cells: tuple[Cell, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.dated or self.dead)


@dataclass
class _Found:
    added: list[str] = field(default_factory=list)
    changed: list[PageChange] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    packages: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    """Descriptions of the data that differ: what they describe is compared first."""
    links: dict[str, str] = field(default_factory=dict)
    """Address -> the first page that leads to it."""


def difference(
    old: Collection[str],
    read: Read,
    files: Iterable[tuple[str, bytes]],
    days: tuple[str, str],
    is_there: Callable[[str], bool],
) -> Difference:
    """`old` are the addresses of the site as it is, which `read` reads; `files` is the site to come.

    `days` is the line of both sites that tells their date, so that a page that only moved on by a day is no news.
    `is_there` tells of files in the folder that are not the publisher's and would stay.
    """
    found = _Found()
    new: set[str] = set()
    for path, data in files:
        new.add(path)
        _compare(found, path, read(path) if path in old else None, data, days)
        if path.endswith(".html"):
            for target in links(path, data):
                found.links.setdefault(target, path)
    _compare_packages(found)
    broken = [(page, target) for target, page in found.links.items() if not _serves(target, new, is_there)]
    return Difference(
        first=not old,
        added=tuple(sorted(found.added)),
        changed=tuple(sorted(found.changed, key=lambda one: one.path)),
        dated=tuple(sorted(found.dated)),
        dead=tuple(sorted(set(old) - new)),
        anchors=tuple(sorted(found.anchors)),
        broken=tuple(sorted(broken)),
        rounds=tuple(id_ for path in sorted(found.added) if (id_ := round_of_data(path))),
        cells=tuple(found.cells),
    )


def _serves(target: str, new: Collection[str], is_there: Callable[[str], bool]) -> bool:
    return target in new or (target == "." and "index.html" in new) or is_there(target)


def _compare(found: _Found, path: str, old: bytes | None, new: bytes, days: tuple[str, str]) -> None:
    if old is None:
        found.added.append(path)
    elif old != new:
        if path == addresses.DATA_PACKAGE:
            found.packages.append((path, old, new))
            return
        found.anchors += [f"{path}#{one}" for one in sorted(anchors(old) - anchors(new))]
        before, after = old.replace(days[0].encode(), b"\0"), new.replace(days[1].encode(), b"\0")
        table = table_of(path)
        moved = list(cells(path, table, old, new)) if table else []
        if before == after or (table and not moved):
            found.dated.append(path)
            return
        found.cells += moved if table and table.told else []
        told = is_written(path) and len(found.changed) < MOST_TEXTS
        numbers = kind_of(path) != "methods"
        found.changed.append(PageChange(path, tuple(text_changes(before, after, numbers=numbers)) if told else ()))


def _compare_packages(found: _Found) -> None:
    """A description in which only hashes of tables moved, that only moved on by a day, is no news either."""
    moved = {one.path for one in found.changed} | {*found.added}
    for path, old, new in found.packages:
        if same_package(old, new, moved):
            found.dated.append(path)
        else:
            found.changed.append(PageChange(path))
