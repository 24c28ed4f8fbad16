"""No personal data goes out: every text of every record is looked through, and the build stops at what is found.

Records are walked by their fields, so that a new field is covered without being named here. What the bureau itself
gives as its own numbers and address is no finding; what else may be published needs a row in `content/allowed.csv`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from typing import Any

from publisher.check.context import Context
from publisher.check.written import Loc, field_of, texts_of
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Allowed
from publisher.privacy import Finding, all_masked, comparable, find, masked
from publisher.problems import Place, Problem, Source, problem

POSTS = frozenset({"raised_by", "answered_by", "decided_by", "owner", "post", "signatory"})
"""Fields that name a post, a role or an area, never a person."""
LEFT_OUT = frozenset({"allowed", "attachments", "sealed"})
"""Exceptions are never published; files have places of their own for their texts; what is sealed was looked through
before, and hashes look like numbers."""
WORKED_OUT = frozenset({"sha256"})
"""Fields that nobody wrote."""
_PHONES = frozenset({"mobile", "landline"})
_AROUND = 10
"""Signs before a value that are shown with it."""
_Origin = Place | str | tuple[Source, Loc]
"""Where a text stands, the name of a file that it is, or the record that knows it and the path of the text within."""
_SHORT = 80
"""Longer texts are hardly ever repeated."""


def records_of(bureau: Bureau) -> Iterator[tuple[str, Any]]:
    """(field of the bureau, thing in it) of all that people wrote; mappings and tuples are taken apart."""
    for field in fields(bureau):
        if field.name not in LEFT_OUT:
            yield from ((field.name, one) for one in _flat(getattr(bureau, field.name)))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for one in value:
            yield from _flat(one)
    else:
        yield value


@dataclass(frozen=True)
class _Own:
    """What the bureau and the companies give out as theirs."""

    bureau: Bureau

    @cached_property
    def numbers(self) -> frozenset[str]:
        office, press = self.bureau.site.bureau, self.bureau.site.press
        given = [
            office.phone,
            office.hotline,
            press and press.phone,
            *(one.hotline for one in self.bureau.companies.values()),
        ]
        parts = [part for text in given if text for part in re.split(r"[、，,；;/]|\s{2,}", text)]
        return frozenset(comparable(part) for part in parts if part.strip())

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        office, press = self.bureau.site.bureau, self.bureau.site.press
        return tuple(text for text in (office.address, office.email, press and press.email) if text)

    def without(self, text: str) -> str:
        """The text with the office's own address and mailbox blanked, place for place."""
        for own in self.addresses:
            text = text.replace(own, "#" * len(own))
        return text

    def has(self, number: str) -> bool:
        """With or without the area code."""
        digits = comparable(number)
        return any(digits == own or (own[:1] == "0" and own.endswith(digits)) for own in self.numbers)


@dataclass(frozen=True)
class _Seen:
    """One finding in its text, with all that was found there."""

    place: Place
    text: str
    one: Finding
    all: list[Finding]

    @property
    def in_name(self) -> bool:
        """It stands in the name of a file, or of a folder on the way to it."""
        return self.place.path == all_masked(self.text, self.all)

    @property
    def value(self) -> str:
        return self.text[self.one.start : self.one.end]

    @property
    def excerpt(self) -> str:
        """The masked value with a few signs before it, in which everything found is masked as well."""
        before = all_masked(self.text[: self.one.start], [f for f in self.all if f.end <= self.one.start])
        return (before[-_AROUND:] + masked(self.value)).rpartition("\n")[2].lstrip()


def nothing_personal_is_published(context: Context) -> Iterator[Problem]:
    """What is found and not allowed; and every exception that nothing needs."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(context.bureau.allowed):
        rows[comparable(row.value), _file(row)].append(number)
    used: set[int] = set()
    for seen in _findings(context):
        value = comparable(seen.value)
        allowing = [*rows.get((value, ""), ()), *rows.get((value, seen.place.path), ())]
        used.update(allowing)
        if not allowing:
            yield _told(seen)
    if not context.broken:  # what could not be read may be what the exception is for
        for number, row in enumerate(context.bureau.allowed):
            if number not in used:
                yield problem("allowed-unused", row.origin.place("value"), masked(row.value))


def _told(seen: _Seen) -> Problem:
    kind = f"choice.personal.{seen.one.kind}"
    if seen.in_name:
        return problem("personal-file-name", seen.place, masked(seen.value), kind=kind)
    form = f"choice.masked.{seen.one.kind}"
    return problem("personal-data", seen.place, masked(seen.value), kind=kind, form=form, seen=seen.excerpt)


def _file(row: Allowed) -> str:
    """The one file in which the value may stand; empty if it may in all."""
    return (row.file or "").replace("\\", "/").removeprefix("./")


def _findings(context: Context) -> Iterator[_Seen]:
    """All findings but the bureau's own numbers."""
    own = _Own(context.bureau)
    known: dict[tuple[str, bool], list[Finding]] = {}
    for origin, text, post in _texts(context):
        found = known.get((text, post))
        if found is None:
            rule = "personal data, a post" if post else "personal data"
            found = context.cleared.of(rule, own.without(text), partial(find, post=post))
            if len(text) <= _SHORT:
                known[text, post] = found
        if not found:
            continue
        place = _place(origin)
        for one in found:
            if not (one.kind in _PHONES and own.has(text[one.start : one.end])):
                yield _Seen(replace(place, line=_line_of(place, text, one)), text, one, found)


def _line_of(place: Place, text: str, one: Finding) -> int:
    """Lines of a body are counted; a text within a setting or a cell has the place of its key or row."""
    counted = place.line and not (place.column or place.cell)
    return place.line + text.count("\n", 0, one.start) if counted else place.line


def _place(origin: _Origin) -> Place:
    """Worked out where something is found: most texts have nothing."""
    if isinstance(origin, Place):
        return origin
    if isinstance(origin, str):
        return Place(all_masked(origin, find(origin)))
    record, loc = origin
    return record.place(*loc)


def _texts(context: Context) -> Iterator[tuple[_Origin, str, bool]]:
    """(where, text, whether it should name a post only) of every text, and of the names of the files."""
    paths = set(context.files)
    last, named = "", frozenset[str]()
    for kind, thing in records_of(context.bureau):
        origin = thing.origin if isinstance(thing, Record) else None
        path = origin.where.path if origin else ""
        if path != last:  # most follow one from the same table
            last, named = path, frozenset(path.rpartition(".")[0].split("/"))
            paths.add(path)
        for loc, text in texts_of(thing):
            if text in named:
                continue  # told by the name of the file
            name = field_of(loc)
            if name in WORKED_OUT:
                continue
            yield (origin, loc) if origin else Place(f"content/{kind}"), text, name in POSTS
    for file in context.bureau.attachments.values():
        paths.add(file.path)
        yield from ((one.place, one.text, one.post) for one in file.passages)
    for path in sorted(paths - {""}):
        yield path, path, False


PRIVACY_RULES = (nothing_personal_is_published,)
