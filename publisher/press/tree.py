"""Sanitised HTML to a tree of typed data: what the pages print, ready for a layout that is no HTML."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from publisher.press.faces import is_blank

Tree = dict[str, Any]
"""`tag`, `kinds` (its classes), `to` (where a link leads), `start` (of a list), and `nodes`: texts and trees."""

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    {"p", "ul", "ol", "li", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody"}
    | {"tr", "th", "td", "blockquote", "hr", "section", "article", "header", "root"}
)
DEEPEST = 20
"""Blocks within blocks; what lies deeper keeps its words and loses its form."""
LONGEST_LINK = 2000
_EMPTY = frozenset({"br", "hr", "img", "meta", "link"})
_UNSEEN = frozenset({"sr", "screen"})
"""Classes of what is read out or shown on a screen alone: on paper the sign beside it stands for it."""
_SPACE = re.compile(r"[ \t\r\n\f]+")


def tree_of(html: str, base: str) -> Tree:
    """The whole text, in order; links become full addresses as seen from the page `base`."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    return _tidy(_stepwise(reader.root))


class _Reader(HTMLParser):
    """The HTML comes from the theme and from the sanitiser: every tag that needs closing is closed."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.root: Tree = {"tag": "root", "kinds": [], "nodes": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        node: Tree = {"tag": tag, "kinds": given.get("class", "").split(), "nodes": []}
        if tag == "a" and 0 < len(given.get("href", "")) <= LONGEST_LINK:
            node["to"] = urljoin(self.base, given["href"])
        if given.get("start", "").isdecimal():
            node["start"] = int(given["start"])
        self.open[-1]["nodes"].append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1]["nodes"].append(_SPACE.sub(" ", data))


def _stepwise(root: Tree) -> Tree:
    """Headings go down one level at a time, as tagged PDF wants them: the title is 1, the first below it 2."""
    level = 1
    for node in _trees(root):
        if node["tag"] in HEADINGS and not _is_unseen(node):
            level = min(int(node["tag"][1]), level + 1)
            node["tag"] = f"h{level}"
    return root


def _trees(node: Tree) -> Iterator[Tree]:
    yield node
    for child in node["nodes"]:
        if isinstance(child, dict):
            yield from _trees(child)


def _tidy(node: Tree, depth: int = 0) -> Tree:
    """Without what paper does not show, and without the white space between and at the ends of blocks."""
    kept = [child for child in node["nodes"] if isinstance(child, str) or not _is_unseen(child)]
    if depth == DEEPEST:
        return {"tag": "p", "kinds": [], "nodes": [text_of(node)]}
    nodes = [child if isinstance(child, str) else _tidy(child, depth + 1) for child in kept]
    if node["tag"] in BLOCKS:
        nodes = list(_trimmed(nodes))
    return {**node, "nodes": nodes}


def _is_unseen(node: Tree) -> bool:
    return bool(_UNSEEN & {*node["kinds"]}) or (node["tag"] in HEADINGS and is_blank(text_of(node)))


def _trimmed(nodes: list[Any]) -> Iterator[Any]:
    for place, child in enumerate(nodes):
        if isinstance(child, dict):
            yield child
            continue
        before = nodes[place - 1] if place else None
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        text = child.lstrip(" ") if _is_edge(before) else child
        text = text.rstrip(" ") if _is_edge(after) else text
        if text:
            yield text


def _is_edge(beside: Any) -> bool:
    return beside is None or (isinstance(beside, dict) and (beside["tag"] in BLOCKS or beside["tag"] == "br"))


def text_of(node: Tree | str) -> str:
    """All its letters, without any layout."""
    return node if isinstance(node, str) else "".join(text_of(child) for child in node["nodes"])
