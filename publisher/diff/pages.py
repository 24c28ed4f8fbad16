"""Pages: their kinds, their text, their links, as far as two of them are compared."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from publisher.addresses import REGISTER, RESERVED_ARTICLES, unspoken
from publisher.editions.changes import excerpt
from publisher.words import LANGUAGES

KINDS = {
    "index.html": "home",
    "notices": "notices",
    "rounds": "rounds",
    "companies": "companies",
    "indicators": "indicators",
    "meetings": "meetings",
    "follow-up": "follow-up",
    "follow-up.html": "follow-up",
    "methods": "methods",
    "corrections.html": "corrections",
    "data": "data",
    "editions": "editions",
    REGISTER: "editions",
    "assets": "assets",
}
"""The first part of an address -> a kind that readers know; everything else is `other`."""
ORDER = (*dict.fromkeys(KINDS.values()), "article", "other")
WRITTEN = frozenset({"notices", "methods", "article"})
"""Kinds whose words people write: there it is told which words changed. What is said of questions is in the data."""
_LIST = "notices/index.html"
_BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "summary", "title", "div", "section"}
) | {f"h{level}" for level in range(1, 7)}
_SILENT = frozenset({"script", "style"})
_LINK = re.compile(rb"""(?:href|src)="([^"#?]+)["#?]""")
_NUMBERS = re.compile(r"[\d.,±%\s]+")
_PERMANENT = re.compile(rb'id="(q-[^"]+)"')


def kind_of(path: str) -> str:
    """Of pages in any language."""
    path = unspoken(path, LANGUAGES)
    kind = KINDS.get(path.partition("/")[0])
    if (
        kind is None
        and path.endswith(".html")
        and "/" not in path
        and path.removesuffix(".html") not in RESERVED_ARTICLES
    ):
        return "article"
    return kind or "other"


def is_written(path: str) -> bool:
    """Whether people wrote the words of this page; told once, of the page in their own language."""
    return path == unspoken(path, LANGUAGES) and path.endswith(".html") and kind_of(path) in WRITTEN and path != _LIST


def links(path: str, data: bytes) -> Iterator[str]:
    """The addresses within the site that a page leads to."""
    for found in _LINK.findall(data):
        parts = urlsplit(unquote(found.decode("utf-8", "replace").replace("&amp;", "&")))
        if not parts.scheme and not parts.netloc and not parts.path.startswith("/"):
            yield normpath(join(dirname(path), parts.path))


def anchors(data: bytes) -> set[str]:
    """The questions of a page: each has an address of its own."""
    return {one.decode("utf-8", "replace") for one in _PERMANENT.findall(data)}


def text_changes(old: bytes, new: bytes, *, numbers: bool) -> Iterator[tuple[str, str]]:
    """Words of a page that changed, (old, new); of long ones what differs and a little round it.

    Without `numbers` what differs by digits alone is left out: figures are told by their cells.
    """
    yield from changed_texts(texts(old), texts(new), numbers=numbers)


def changed_texts(before: list[str], after: list[str], *, numbers: bool) -> Iterator[tuple[str, str]]:
    """The same of blocks that `texts` gave."""
    for old_text, new_text in _pairs(before, after):
        if numbers or not only_figures(old_text, new_text):
            yield excerpt(old_text, new_text)


def only_figures(old: str, new: str) -> bool:
    """Whether two texts differ by digits alone."""
    return _NUMBERS.sub("", old) == _NUMBERS.sub("", new)


def _pairs(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Blocks that differ: one by one where as many took their place, else run by run."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            alike = b - a == d - c
            yield from zip(before[a:b], after[c:d], strict=True) if alike else [_run(before[a:b], after[c:d])]


def _run(old: list[str], new: list[str]) -> tuple[str, str]:
    return " ".join(old), " ".join(new)


def texts(data: bytes) -> list[str]:
    """The text of every block of a page."""
    reader = _Texts()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    reader.end_block()
    return reader.found


class _Texts(HTMLParser):
    """The text of every block, without blanks that mean nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self.silent <= 0:
            self.parts.append(data)

    def end_block(self) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            self.found.append(text)
