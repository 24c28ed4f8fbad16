"""An older copy against a newer one: what was sealed then is still as it was, and nothing came in before its time."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher import addresses, datasets
from publisher.addresses import EDITIONS, REGISTER
from publisher.editions.register import first_difference
from publisher.verify.chain import Register
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding, told
from publisher.verify.late import dated_before_the_copy
from publisher.verify.reworded import reworded
from publisher.verify.sealed import Editions
from publisher.verify.tables import as_of, rows_of
from publisher.verify.unsaid import Side, unsaid
from publisher.verify.withdrawals import Withdrawn
from publisher.words import LANGUAGES

_INDEX = "search/"
_THEME = "assets/"
_CODE = ".svg"
_ROUND_PAGE = re.compile(r"rounds/([a-z0-9_-]+)/[a-z0-9_-]+(\.v[0-9]+)?\.html")
_ROUND_TABLE = re.compile(r"(?:data/)?rounds/([^/.]+)[/.]")
_SUPERSEDED = re.compile(r".*\.v[0-9]+\.csv")
_WORDS = frozenset({"round", "company_name", "indicator_name", "note", "compared"})
"""Columns that say a figure in words, or name what it is compared with."""
_FROM_OTHERS = frozenset({"change", "previous"})
"""These change when the round before is corrected."""


@dataclass(frozen=True)
class Looked:
    """One copy, and what was found in it."""

    copy: Copy
    listed: Mapping[str, str]
    register: Register
    editions: Editions
    withdrawn: Withdrawn


def compared(older: Looked, newer: Looked) -> Iterator[Finding]:
    if not older.listed.keys() & newer.listed.keys():
        yield finding("older-other-site")
        return
    yield from _register(older, newer)
    yield from _announced(older, newer)
    yield from _addresses(older, newer)
    yield from _sealed_files(older, newer)
    yield from _back_dated(older, newer)
    yield from dated_before_the_copy(older.copy, newer.copy, older.editions, newer.editions)
    for path in sorted(older.listed.keys() & newer.listed.keys()):
        round_ = addresses.round_of_data(path)
        if round_ and older.listed[path] != newer.listed[path]:
            yield from _cells(older, newer, path, round_)
    both = older.listed.keys() & newer.listed.keys()
    differing = (path for path in both if older.listed[path] != newer.listed[path])
    before, now = Side(older.copy, older.editions), Side(newer.copy, newer.editions)
    yield from unsaid(before, now, differing, newer.withdrawn)
    yield from reworded(older.copy, newer.copy, sorted(_changed_pages(older, newer)))


def _announced(older: Looked, newer: Looked) -> Iterator[Finding]:
    """What the register says since the older copy: corrections and withdrawals, each with its line."""
    for line in newer.register.lines[len(older.register.lines) :]:
        one = line.entry
        if one and one.kind == "correction":
            yield told("older-correction", REGISTER, line.number, round=one.round, ids=", ".join(one.corrections))
        elif one and one.withdrawal:
            paths = [path for path, id_ in newer.withdrawn.by.items() if id_ == one.withdrawal]
            yield told("older-withdrawal", REGISTER, line.number, id=one.withdrawal, paths=", ".join(paths) or "—")


def _changed_pages(older: Looked, newer: Looked) -> Iterator[str]:
    """Pages of sealed rounds that no correction since speaks of, and pages of superseded editions."""
    later = newer.register.lines[len(older.register.lines) :]
    corrected = {one.entry.round for one in later if one.entry and one.entry.kind == "correction"}
    sealed = {one.round for one in older.register.entries}
    for path in older.listed.keys() & newer.listed.keys():
        match = _ROUND_PAGE.fullmatch(addresses.unspoken(path, LANGUAGES))
        of_sealed = match and match[1] in sealed and (match[2] or match[1] not in corrected)
        gone = match and newer.withdrawn.round_has(match[1])
        if of_sealed and not gone and older.listed[path] != newer.listed[path]:
            yield path


def _register(older: Looked, newer: Looked) -> Iterator[Finding]:
    """The newer one goes on from the older one, line for line."""
    before, now = older.register, newer.register
    if first_difference(before.data, now.data) is None:
        return
    if first_difference(now.data, before.data) is None:
        yield finding("older-swapped", REGISTER, older=len(before.lines), newer=len(now.lines))
        return
    differ = [old for old, new in zip(before.lines, now.lines, strict=False) if old.hash != new.hash]
    line = differ[0] if differ else before.lines[-1]
    found = next((one.hash for one in now.lines if one.number == line.number), "")
    yield finding("older-register", REGISTER, line.number, expected=line.hash, found=found)


def _addresses(older: Looked, newer: Looked) -> Iterator[Finding]:
    """The theme's own files may come and go, those of the index behind the search page, and codes for paper."""
    for path in older.listed.keys() - newer.listed.keys():
        kept = not addresses.unspoken(path, LANGUAGES).startswith((_THEME, _INDEX))
        if kept and not path.endswith(_CODE):
            yield finding("older-address", path)


def _sealed_files(older: Looked, newer: Looked) -> Iterator[Finding]:
    """Editions, and the tables of superseded ones; withdrawn ones are told with their line of the register."""
    withdrawn = {one.path for one in newer.editions.faults if one.code == "edition-withdrawn"}
    for path, meant in older.listed.items():
        sealed = path.startswith(EDITIONS) or _SUPERSEDED.fullmatch(path)
        if not sealed or path not in newer.listed or newer.listed[path] == meant or path in withdrawn:
            continue
        if _is_withdrawn_table(newer, path) or newer.withdrawn.round_has(_round_of(path)):
            yield told("older-withdrawn", path)
        else:
            yield finding("older-sealed", path, expected=meant, found=newer.listed[path])


def _round_of(path: str) -> str:
    """The round of a superseded table."""
    match = _ROUND_TABLE.match(path)
    return match[1] if match else ""


def _is_withdrawn_table(newer: Looked, path: str) -> bool:
    """What stands in the place of a withdrawn table names a withdrawal that the register knows."""
    known = {one.withdrawal for one in newer.register.entries if one.withdrawal}
    return any("withdrawn_on" in row and row.get("id") in known for row in rows_of(newer.copy, path))


def _back_dated(older: Looked, newer: Looked) -> Iterator[Finding]:
    """Lines that the older copy did not have, and that are dated before it was made."""
    day = as_of(older.copy)
    for line in newer.register.lines[len(older.register.lines) :]:
        if day and line.entry and line.entry.at.date() < day:
            yield finding("older-back-dated", REGISTER, line.number, at=line.entry.at, day=day)


def _cells(older: Looked, newer: Looked, path: str, round_: str) -> Iterator[Finding]:
    """Figures of a round that changed: for a sealed one a later correction in the register must say so."""
    later = newer.register.lines[len(older.register.lines) :]
    acts = [one.entry for one in later if one.entry and one.entry.kind != "seal"]
    if any(one.round == round_ for one in acts) or _is_withdrawn_table(newer, path):
        yield told("older-corrected", path)
        return
    if newer.withdrawn.round_has(round_):
        yield told("older-withdrawn", path)
        return
    found = list(_differences(older, newer, path, bool(acts)))
    if not any(one.round == round_ for one in older.register.entries):
        if found:
            yield told("older-unsealed", path, count=len(found))
        return
    cells = [finding("older-cell", path, row=row, column=name, old=was, new=now) for row, name, was, now in found]
    yield from few(cells, "older-cells", path)


def _differences(older: Looked, newer: Looked, path: str, others: bool) -> Iterator[tuple[str, str, str, str]]:
    """(row, column, old, new). A row that came or went differs in its key."""
    before, now = _by_key(rows_of(older.copy, path)), _by_key(rows_of(newer.copy, path))
    for key in [*before, *(key for key in now if key not in before)]:
        old, new = before.get(key), now.get(key)
        row = "/".join(part for part in key if part)
        if old is None or new is None:
            yield row, "record", (old or {}).get("record", ""), (new or {}).get("record", "")
            continue
        for name in old:
            skipped = name in _WORDS or (others and name in _FROM_OTHERS)
            if name in new and not skipped and old[name] != new[name]:
                yield row, name, old[name], new[name]


def _by_key(rows: Sequence[dict[str, str]]) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows alike in their key are told apart by their order."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        key = tuple(row.get(name) or "" for name in datasets.RESULT_ROW)
        seen[key] += 1
        found[*key, str(seen[key]) if seen[key] > 1 else ""] = row
    return found
