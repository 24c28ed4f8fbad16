"""Pages that no longer say what they said, though the seals and tables of both copies still do: nobody announced it.

What came in later, and what the theme says, is for people to judge; what was sealed is for the page to say on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publisher.diff.pages import texts
from publisher.editions.changes import excerpt, leaves
from publisher.model.editions import RECORD, Facts
from publisher.verify.copy import MOST_OF_A_PAGE, Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.sealed import Editions
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn

_PAGE = re.compile(r"rounds/([^/]+)/([^/.]+)(?:\.v([0-9]{1,6}))?\.html|(notices|meetings)/([^/.]+)\.html")
_WORDS = {
    "notice": ("title", "body"),
    "statement": ("body", "replies", "measures"),
    "response": ("body", "points"),
    "company": ("name",),
    "meeting": ("title", "body"),
    "item": ("question", "answer", "promise"),
    "event": ("reason",),
}
"""What a page prints of a sealed record, as people wrote it."""
_FIGURES = frozenset({"composite", "indicator"})
_MARKUP = re.compile(r"[\s*_`#>|~\\-]+|\[|\]\([^)]*\)|\{\{.*?\}\}|<[^>]*>|^[0-9]+\.", re.MULTILINE)
_BLANKS = re.compile(r"[\s*_`#>|~\\-]+")
SHORT = 4
"""Signs; a shorter text stands on a page for many reasons."""
MOST_TEXTS, FEW = 2_000, 3


@dataclass(frozen=True)
class Side:
    """One of the two copies."""

    copy: Copy
    editions: Editions


def unsaid(older: Side, newer: Side, pages: Iterator[str], withdrawn: Withdrawn) -> Iterator[Finding]:
    """`pages` are those that are in both copies and differ."""
    for path in sorted(pages):
        match = _PAGE.fullmatch(path)
        if match and not withdrawn.has_page(path):
            lost = [*_lost_words(older, newer, path, match), *_lost_figures(older.copy, newer.copy, path)]
            found = [finding("older-unsaid", path, text=excerpt(one, "")[0]) for one in lost]
            yield from few(found, "older-unsaid-more", path, FEW)


def _lost_words(older: Side, newer: Side, path: str, match: re.Match[str]) -> list[str]:
    before, now = (_text(side.copy, path) for side in (older, newer))
    kept = set(_sealed(newer.editions, match))
    known = (one for one in dict.fromkeys(_sealed(older.editions, match)) if one in kept)
    return [one for _, one in zip(range(MOST_TEXTS), known, strict=False) if one in before and one not in now]


def _lost_figures(older: Copy, newer: Copy, path: str) -> list[str]:
    """Values of the table beside a scorecard that the page printed, and that its table still has."""
    table = f"{path.removesuffix('.html')}.csv"
    if not older.is_file(table):
        return []
    before, now = (_text(copy, path) for copy in (older, newer))
    values = [
        {row.get("value", "") for row in rows_of(copy, table) if row.get("record") in _FIGURES}
        for copy in (older, newer)
    ]
    return [one for one in sorted(values[0] & values[1]) if "." in one and one in before and one not in now]


def _text(copy: Copy, path: str) -> str:
    data = copy.read(path) or b""
    return "" if len(data) > MOST_OF_A_PAGE else "\n".join(_BLANKS.sub("", one) for one in texts(data))


def _sealed(editions: Editions, match: re.Match[str]) -> Iterator[str]:
    """Passages of the records that a page is made of; one of a superseded edition is made of that."""
    round_, company, number, kind, id_ = match.groups()
    if round_:
        kept = editions.numbered(round_, int(number)) if number else editions.last.get(round_)
        chosen = {name: {company} for name in ("statement", "response", "company")}
        yield from _passages(kept.facts, chosen) if kept else ()
        return
    singular = kind.removesuffix("s")
    for kept in editions.last.values():
        yield from _passages(kept.facts, {singular: {id_}})
    record = editions.last.get(RECORD)
    if singular == "meeting" and record:
        items = {key for key, one in record.facts.get("item", {}).items() if one.get("meeting") == id_}
        events = {key for key in record.facts.get("event", {}) if key.partition("/")[0] in items}
        yield from _passages(record.facts, {"item": items, "event": events})


def _passages(facts: Facts, chosen: Mapping[str, set[str]]) -> Iterator[str]:
    for kind, keys in chosen.items():
        for key in sorted(keys & facts.get(kind, {}).keys()):
            record: Mapping[str, Any] = facts[kind][key]
            words = {name: record[name] for name in _WORDS[kind] if name in record}
            for _, (_, text) in leaves(words):
                yield from (one for line in text.split("\n") if len(one := _MARKUP.sub("", line)) >= SHORT)
