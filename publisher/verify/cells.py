"""The tables of a page, read as what they say: a cell speaks of what its page, its row and its column lead to.

A row that leads to a scorecard speaks of that company in that round, a column under a round of that round. Nothing is
trusted: what leads nowhere says nothing here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple

from publisher.addresses import unspoken
from publisher.words import LANGUAGES

_CELL = re.compile(r"<(t[hd])\b([^<>]*)>")
_LINK = re.compile(r'<a href="([^"#<>]*)[^<>]*>')
_TAG = re.compile(r"<[^<>]*>")
_SUBJECT = re.compile(
    r"(?:rounds|embed(?!/notices/)|compare)/([^/.]+)(?:/([^/.]+))?(\.v[0-9]+)?\.html|companies/([^/.]+)\.html|indicators/[^/]+/([^/.]+)\.html"
)
_NUMBER = re.compile(r"(?<![0-9.])[0-9][0-9,]{0,20}\.[0-9]+(?![0-9.])")
_CHANGE = re.compile(r"([▲▼])\s*([0-9][0-9,]*(?:\.[0-9]+)?)")
_WHOLE = re.compile(r">\s*([0-9]{1,6}|[0-9]{1,3}(?:,[0-9]{3})+)\s*<")
_LINKED = re.compile(r"<a [^<>]*>[^<]*</a>")
_EDGE = "\0"
"""Stands for a tag."""
_FIRST = re.compile(rf"{_EDGE}\s*([0-9][0-9,]{{0,20}}(?:\.[0-9]+)?)(?![0-9.])")
_ALONE = re.compile(rf"{_EDGE}\s*([0-9][0-9,]{{0,20}}(?:\.[0-9]+)?)%?\s*{_EDGE}")
_INDEX = "index"
LINKS = 50_000


class Subject(NamedTuple):
    """What is spoken of; empty: of none in particular."""

    round: str = ""
    """As its table is called: of a superseded edition `2026-q1.v1`."""
    company: str = ""
    indicator: str = ""

    def within(self, other: "Subject") -> "Subject":
        """Where it says nothing itself, what stands round it does."""
        return Subject(self.round or other.round, self.company or other.company, self.indicator or other.indicator)


@dataclass(frozen=True)
class Said:
    """Cells of one row that speak of one subject."""

    subject: Subject
    html: str
    names: frozenset[str]
    """What the links to the company are called, in the row or above the column."""
    place: str | None
    """What stands in the cell of places, which is none of `html`; None if there is no such cell."""

    @cached_property
    def figures(self) -> list[str]:
        return figures_in(f"{self._text} {self.place or ''}")

    @cached_property
    def first(self) -> str:
        """The first number with which a text begins, whole or not; links are names. Empty if there is none."""
        return first_of(self.html)

    @property
    def changes(self) -> list[str]:
        """With their sign."""
        return [f"{'-' if sign == '▼' else ''}{_plain(number)}" for sign, number in _CHANGE.findall(self._text)]

    @property
    def whole(self) -> list[str]:
        """Whole numbers that stand by themselves."""
        return [_plain(one) for one in _WHOLE.findall(self.html)]

    @cached_property
    def _text(self) -> str:
        return seen(self.html)


def figures_in(text: str) -> list[str]:
    """Numbers with decimals, without what some languages put between thousands."""
    found = _NUMBER.findall(text)
    return [_plain(one) for one in found] if "," in text else found


def first_of(html: str, *, alone: bool = False) -> str:
    """`alone`: nothing but a sign of percent stands beside it, as it does beside a year."""
    found = (_ALONE if alone else _FIRST).search(unescape(_TAG.sub(_EDGE, _LINKED.sub("", html))))
    return _plain(found[1]) if found else ""


def seen(html: str) -> str:
    text = _TAG.sub(" ", html)
    return unescape(text) if "&" in text else text


def _plain(number: str) -> str:
    return number.replace(",", "")


@lru_cache(LINKS)
def subject_of(path: str) -> Subject:
    """What a page of this address, in any language, speaks of."""
    match = _SUBJECT.fullmatch(unspoken(path, LANGUAGES))
    if match is None:
        return Subject()
    round_, name, edition, company, indicator = match.groups()
    if path.startswith("embed/") and name is None:
        return Subject(company=round_)
    own = "" if name in {None, _INDEX} else name
    other = "" if company == _INDEX else company
    known = f"{round_}{edition or ''}" if round_ and round_ != _INDEX else ""
    return Subject(known, own or other or "", indicator or "")


@lru_cache(LINKS)
def _target(folder: str, link: str) -> Subject:
    return subject_of(normpath(join(folder, link)))


def said_on(path: str, text: str, page: Subject, called: Mapping[str, str]) -> Iterator[Said]:
    """Only of rows and columns that lead somewhere.

    `page` is what the whole page speaks of, `called` has companies by their names: a caption may be one.
    """
    folder = dirname(path)
    for table in parts_of(text, "table"):
        if "<a " not in table:
            continue
        caption = next(parts_of(table, "caption"), "")
        company = called.get(" ".join(seen(f"<{caption}").split()), "")
        around = Subject(company=company).within(page)
        columns: Sequence[_Part] = ()
        for row in parts_of(table, "tr"):
            cells = _cells(row)
            parts = [_part(folder, html) for _, _, html in cells]
            if all(kind == "th" for kind, _, _ in cells):
                columns = parts
            else:
                yield from _row(around, cells, parts, columns)


def parts_of(html: str, tag: str) -> Iterator[str]:
    """What stands within each element of a name, from its name on; one that is not closed is none.

    No pattern: what somebody else made may hold a hundred thousand that begin and never end.
    """
    for piece in html.split(f"<{tag}")[1:]:
        within, end, _ = piece.partition(f"</{tag}>")
        if end and within[:1] in {">", " "}:
            yield within


def _cells(row: str) -> list[tuple[str, str, str]]:
    """Name of the tag, what it looks like, and what stands in it."""
    _, *pieces = _CELL.split(row)
    return [
        (kind, look, html.partition(f"</{kind}>")[0])
        for kind, look, html in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]


class _Part(NamedTuple):
    """Of a cell: what it leads to, and what the links to the company are called."""

    subject: Subject
    names: frozenset[str]


_NOTHING = _Part(Subject(), frozenset())


def _part(folder: str, html: str) -> _Part:
    if "<a " not in html:
        return _NOTHING
    _, *pieces = _LINK.split(html)
    links = zip(pieces[::2], pieces[1::2], strict=True)
    found = [(_target(folder, link), " ".join(seen(text.partition("</a>")[0]).split())) for link, text in links]
    if not found:
        return _NOTHING
    return _Part(_common([one for one, _ in found]), frozenset(text for one, text in found if one.company))


def _common(found: Sequence[Subject]) -> Subject:
    """Of each kind the one that all lead to; none if they lead to several."""
    if len(found) == 1:
        return found[0]
    kinds = zip(*found, strict=True)
    return Subject(*(next(iter(one)) if len(one := set(kind) - {""}) == 1 else "" for kind in kinds))


def _row(
    page: Subject, cells: Sequence[tuple[str, str, str]], parts: Sequence[_Part], columns: Sequence[_Part]
) -> Iterator[Said]:
    leading = [one for one in parts if one is not _NOTHING]
    row = _common([one.subject for one in leading]) if leading else Subject()
    names = frozenset().union(*(one.names for one in leading))
    around = row.within(page)
    at = next((number for number, (kind, look, _) in enumerate(cells) if kind == "td" and _is_place(look)), None)
    place = None if at is None else seen(cells[at][2])
    grouped: dict[_Part, str] = {}
    for number, (kind, _, html) in enumerate(cells):
        above = columns[number] if number < len(columns) else _NOTHING
        if kind == "td" and number != at and (leading or above is not _NOTHING):
            subject = above.subject.within(row).within(page) if above is not _NOTHING else around
            part = _Part(subject, above.names or names)
            grouped[part] = f"{grouped.get(part, '')}<td>{html}</td>"
    for (subject, called), found in grouped.items():
        yield Said(subject, found, called, place)


def _is_place(look: str) -> bool:
    return 'class="place"' in look
