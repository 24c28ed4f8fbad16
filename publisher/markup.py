"""Markdown to safe HTML: no raw HTML, a short list of tags, nothing that runs, tracks or styles."""

import re
from functools import cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "strong", "em", "blockquote", "ul", "ol", "li", "a", "code"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_WRAPPED = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")
_LOWEST_HEADING = 6


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
    """Angle brackets are text (`<A公司>` stays readable) and an indented paragraph is a paragraph."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (the library's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("code")
        md.treeprocessors.register(_Headings(self.level), "headings", 0)


@cache
def _renderer(level: int) -> Markdown:
    return Markdown(extensions=[_Plain(level), "tables", "sane_lists"], output_format="html")


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )


def html_of(text: str, level: int = 2) -> Markup:
    """Markdown as HTML; `level` is the heading level an author's `#` gets (1: `##` stays h2).

    Lines of Chinese wrapped in the source are joined without a space, as they are written.
    """
    html = _renderer(level).reset().convert(text)
    return Markup(_cleaner().clean(_WRAPPED.sub("", html)))  # noqa: S704  (sanitised on this line)
