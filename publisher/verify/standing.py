"""Sealed records that stand, beside the rows of the tables that say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publisher import addresses
from publisher.datasets import Table, guarded
from publisher.editions.changes import excerpt
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn

Row = Mapping[str, str]
Fields = Mapping[str, Any]
_SHARED = frozenset({"company", "scheme"})
"""Sealed with every round that has them, with one after the other: a correction of any round may be about them."""


@dataclass(frozen=True)
class Against:
    """Where a table says else than an edition."""

    path: str
    kept: Kept
    explained: bool

    def finding(self, fact: str, old: str, new: str) -> Finding:
        details: dict[str, Any] = {"fact": fact, "row": self.kept.line, "edition": self.kept.path}
        details["old"], details["new"] = excerpt(old, new or "—")
        if self.explained:
            return told("otherwise-corrected", self.path, **details)
        return finding("otherwise", self.path, **details)


@dataclass(frozen=True)
class Standing:
    copy: Copy
    editions: Editions
    withdrawn: Withdrawn
    explained: frozenset[str]

    def rows(self, table: Table) -> list[dict[str, str]]:
        return rows_of(self.copy, addresses.data(table.name))

    def stands(self, table: Table) -> bool:
        """Not withdrawn as a whole, and of a publisher that made it."""
        path = addresses.data(table.name)
        return self.copy.is_file(path) and path not in self.withdrawn.by

    def against(self, path: str, kept: Kept, kind: str) -> Against:
        explained = bool(self.explained) if kind in _SHARED else kept.subject in self.explained
        return Against(path, kept, explained)

    def sealed(self, kind: str) -> dict[str, tuple[Kept, Fields]]:
        """Each record as the latest of the editions in force has it that know it."""
        found: dict[str, tuple[Kept, Fields]] = {}
        for kept in sorted(self.editions.last.values(), key=lambda one: one.line):
            for key, fields in kept.facts.get(kind, {}).items():
                if not self.withdrawn.explains(kept.subject, kind, key, fields):
                    found[key] = (kept, fields)
        return found


def text_of(value: Any) -> str:
    """As a table has it."""
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, str) else ""


def parts_of(fields: Fields, name: str) -> list[Fields]:
    """Parts of a record; what an edition has in another form says nothing."""
    found = fields.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def labels_of(fields: Fields, name: str = "name") -> frozenset[str]:
    """What it may be called in a table: in the one language or in the other."""
    return frozenset(guarded(fields[one]) for one in (name, f"{name}_en") if isinstance(fields.get(one), str))
