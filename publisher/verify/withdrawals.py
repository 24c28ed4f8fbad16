"""Withdrawals that a copy announces: each as the register has its hash, and what it explains to be gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from publisher import addresses, datasets
from publisher.editions.facts import bytes_of, digest
from publisher.model.editions import RECORD
from publisher.verify.chain import Register
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told
from publisher.verify.tables import rows_of

TABLE = addresses.data(datasets.WITHDRAWALS.name)
_OF_ROUNDS = frozenset({"rounds", "compare", "embed"})
_ROUND_AND_NAME = 2
"""Parts of an address below one of these: the round, then a company or `index`."""
_OF_A_RESULT = frozenset({"score", "statement", "response"})


@dataclass(frozen=True)
class Withdrawn:
    """`by` are the addresses that were withdrawn, each with the id of the withdrawal."""

    by: Mapping[str, str]
    faults: tuple[Finding, ...] = ()
    unlisted: bool = False
    """The register has withdrawals of which the copy has no list: a publisher before that list made it."""

    def explains(self, subject: str, kind: str, key: str, fields: Mapping[str, object]) -> bool:
        """Whether a record of a sealed edition is gone because of a withdrawal."""
        first = key.split("/", maxsplit=1)[0]
        if kind in _OF_A_RESULT:
            return self.has_result(subject, first)
        if kind == "notice":
            own = subject != RECORD and f"rounds/{subject}/index.html" in self.by
            return own or f"notices/{key}.html" in self.by
        meeting = key if kind == "meeting" else fields.get("meeting", "")
        return f"meetings/{meeting}.html" in self.by

    def has_result(self, round_: str, company: str) -> bool:
        return any(f"rounds/{round_}/{name}.html" in self.by for name in (company, "index"))

    def has_page(self, path: str) -> bool:
        """Whether a page is gone, in the first language: itself, or with its result, superseded or not."""
        kind, *names = path.removesuffix(".html").split("/")
        shows = kind in _OF_ROUNDS and len(names) == _ROUND_AND_NAME
        return path in self.by or (shows and self.has_result(names[0], names[1].partition(".v")[0]))

    def round_has(self, round_: str) -> bool:
        """Whether a result of a round was withdrawn: then means and places of the others are others too."""
        return bool(round_) and any(address.startswith(f"rounds/{round_}/") for address in self.by)


def withdrawn_in(copy: Copy, register: Register) -> Withdrawn:
    """What the register does not know may yet be sealed: it is told. What it knows must be what it says."""
    known = {one.withdrawal: one.facts for one in register.entries if one.withdrawal}
    by: dict[str, str] = {}
    faults = []
    rows = rows_of(copy, TABLE)
    for row in rows:
        id_ = row.get("withdrawal", "")
        by |= dict.fromkeys(row.get("addresses", "").split(), id_)
        if id_ not in known:
            faults.append(told("withdrawal-unsealed", TABLE, id=id_))
        elif _digest(row) != known[id_]:
            faults.append(finding("withdrawal-altered", TABLE, id=id_))
    there = {row.get("withdrawal") for row in rows}
    if there:
        faults += [finding("withdrawal-missing", TABLE, id=id_) for id_ in known if id_ not in there]
    return Withdrawn(by, tuple(faults), unlisted=bool(known) and not there)


def _digest(row: Mapping[str, str]) -> str:
    """Of the record as the register has it."""
    plain = {name: datasets.unguarded(row.get(name, "")) for name in datasets.WITHDRAWALS.names}
    record: dict[str, object] = {"id": plain["withdrawal"], "addresses": plain["addresses"].split()}
    record |= {name: plain[name] for name in ("reason", "decided_by", "withdrawn_on")}
    if plain["text"]:
        record["body"] = plain["text"]
    return digest(bytes_of({"withdrawal": {plain["withdrawal"]: record}}))
