"""Markdown to safe HTML: no raw HTML, a short list of tags, nothing that runs, tracks or styles."""

import re
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from publisher.paragraphs import written

_TAGS = {
    *("p", "br", "hr", "strong", "em", "blockquote", "ul", "ol", "li", "a", "code"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_WRAPPED = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")
_LOWEST_HEADING = 6
TOP = 2
"""The level of a heading that nobody names."""
_HEADING = re.compile(r"<h[1-6]")
MOST_TEXTS = 4_000
"""Some 2 kB each."""


class _Headings(Treeprocessor):
    """The author's top heading becomes a heading of the given level, so that the outline of the page holds."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                level = int(element.tag[1]) - 1 + self.level
                element.tag = f"h{min(max(level, 2), _LOWEST_HEADING)}"


class _Plain(Extension):
    """Angle brackets are text (`<A公司>` stays readable) and an indented paragraph is a paragraph.

    Links are written where they stand: a line such as `[注]: ……` is text and never taken out of sight as the
    definition of a link.
    """

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        for pattern in ("reference", "short_reference", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(pattern)
        md.parser.blockprocessors.deregister("reference")
        md.parser.blockprocessors.deregister("code")
        md.treeprocessors.register(_Headings(self.level), "headings", 0)


@cache
def _renderer(level: int) -> Markdown:
    return Markdown(extensions=[_Plain(level), "tables", "sane_lists"], output_format="html")


_OTHERS = re.compile(
    r"\s*(?://|https?:(?!//)).*|.*\\.*|\s*(?!(?:https?|mailto|tel):)[^/?#]*:.*", re.DOTALL | re.IGNORECASE
)
"""Browsers read a backslash as a slash, and two slashes as the start of another site's name; where `https:` without
slashes leads depends on the address of the page; and whatever else ends in a colon is no scheme to one reader, and
may be one to the next."""


def _kept(_tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and _OTHERS.fullmatch(value) else value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
        attribute_filter=_kept,
    )


def html_of(text: str, level: int = TOP) -> Markup:
    """Markdown as HTML; `level` is the heading level an author's `#` gets (1: `##` stays h2)."""
    return Markup(both(text, level)[1])  # noqa: S704  (cleaned)


def both(text: str, level: int = TOP) -> tuple[str, str]:
    """The HTML of Markdown as written, not yet safe, for comparing; and what of it is published.

    The rules, the page and the search index ask for the same text, at other levels: where it has no heading, it is
    parsed once for all.
    """
    found = _both(text, TOP)
    return found if level == TOP or not _HEADING.search(found[0]) else _both(text, level)


@lru_cache(MOST_TEXTS)
def _both(text: str, level: int) -> tuple[str, str]:
    raw = raw_html(text, level)
    clean = cleaned(raw)
    return raw, raw if clean == raw else clean  # one text in memory, where nothing was taken away


def raw_html(text: str, level: int = TOP) -> str:
    """As written. Lines of Chinese wrapped in the source are joined without a space."""
    plain = written(text)
    return _WRAPPED.sub("", _renderer(level).reset().convert(text) if plain is None else plain)


def cleaned(html: str) -> str:
    """Only what is allowed. A link that a browser may take for another site's is no link."""
    return _cleaner().clean(html)
