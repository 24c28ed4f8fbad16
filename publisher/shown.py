"""What a reader gets to see of a Markdown text, and what of it gets lost on the way."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from publisher.markup import both

MOST_LOSSES = 20
"""More are not looked for: each costs a look through the whole text."""
_NUMBERED = re.compile(r"[\s>]*([0-9]{1,9})\.\s(.*)")


@dataclass
class Link:
    """A link or a picture as it was written."""

    target: str
    title: str = ""
    text: str = ""


@dataclass
class Shown:
    """What a reader gets to see: the text with the numbers of lists and the targets of links, in order."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def shown(text: str) -> tuple[Shown, Shown]:
    """As written and as published: before and after what is not allowed was taken away."""
    raw, clean = both(text)
    published = _read(clean)
    return (published if clean == raw else _read(raw)), published


def _read(html: str) -> Shown:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Takes in the links, pictures, list numbers and text of finished HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Shown()
        self.numbers: list[int | None] = []
        self.open: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.open.append(Link(given.get("href", ""), given.get("title", "")))
            self.found.links.append(self.open[-1])
        elif tag == "img":
            self.found.pictures.append(Link(given.get("src", ""), given.get("title", ""), given.get("alt", "")))
        elif tag in {"ol", "ul"}:
            self.numbers.append(int(given.get("start", "1")) if tag == "ol" else None)
        elif tag == "li" and self.numbers:
            self._count()
        elif tag == "br":
            self.found.parts.append("\n")

    def _count(self) -> None:
        number = self.numbers[-1]
        if number is not None:
            self.found.parts.append(f"{number}. ")
            self.numbers[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self.numbers:
            self.numbers.pop()
        elif tag == "a" and self.open:
            link = self.open.pop()
            repeated = link.target.removeprefix("mailto:") == link.text
            self.found.parts += [link.title] if repeated else [link.target, link.title]

    def handle_data(self, data: str) -> None:
        self.found.parts.append(data)
        for link in self.open:
            link.text += data


@dataclass(frozen=True)
class Loss:
    """A line whose letters and digits are not all there on the page."""

    line: int
    """Counted from 0."""
    before: str
    after: str
    """As far as it is there; with its other number, if only that changed."""
    renumbered: bool = False


def losses(text: str, published: Shown) -> Iterator[Loss]:
    """The lines that are not in what is published, letter by letter and in order; the first twenty.

    Marks, blanks and punctuation do not count.
    """
    whole, position, found = _letters(published.text), 0, 0
    for number, line in enumerate(text.split("\n")):
        places = [_place(whole, one, position) for one in (unescape(line), line)]
        end = max(places)
        if end >= 0:
            position = end
            continue
        other = _renumbered(line, whole, position)
        yield Loss(number, line.strip(), other or _beginning(line, whole, position), bool(other))
        found += 1
        if found == MOST_LOSSES:
            return


def _place(whole: str, line: str, position: int) -> int:
    """Where the line ends in what is published; -1 if it is not there."""
    letters = _letters(line)
    place = whole.find(letters, position)
    return place + len(letters) if place >= 0 else -1


def _beginning(line: str, whole: str, position: int) -> str:
    """The longest beginning of the line that is in what is published."""
    length = bisect(range(1, len(line) + 1), 0, key=lambda end: _place(whole, line[:end], position) < 0)
    return line[:length].strip()


def _renumbered(line: str, whole: str, position: int) -> str:
    """The line with the number that the list gives it; empty if it is not that."""
    match = _NUMBERED.fullmatch(line)
    place = whole.find(_letters(match[2]), position) if match else -1
    if match is None or place < 1:
        return ""
    digits = re.search(r"[0-9]{1,9}$", whole[max(place - 9, 0) : place])
    return f"{digits[0]}. {match[2].strip()}" if digits else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
