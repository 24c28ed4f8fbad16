"""Texts in the bureau's own language on the pages of another: each is marked, so that it is read out as what it is.

The words of the site are in the catalogue, in every language. What companies, residents and the bureau wrote is
printed as it was written: no program translates what somebody answers for.
"""

import re
from collections.abc import Callable

_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff\u2018-\u201d\u2026\u2014"
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}]|[^\s<{_HAN}]{{1,24}}(?=[{_HAN}])|[\s\d.]{{1,8}}(?=[{_HAN}]))*")
"""A run of Chinese, with what stands in the midst of it: digits, a foreign name."""
_ENGLISH = re.compile(r"(?<![A-Za-z'’&#-])[A-Za-z][A-Za-z'’-]*[,;:]?(?: [A-Za-z(][A-Za-z'’-]*[,;:)]?){3,}[.!?]?")
"""Four words in a row; less is a name or a technical term, which every language has."""
RUNS = {"zh-Hans": _CHINESE, "en": _ENGLISH}
_OWN = {"zh-Hans": re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]"), "en": re.compile("[A-Za-z]")}
"""Without one of these a run is mere punctuation, of any language."""
_NODE = re.compile(r"(<(/?)([a-zA-Z][\w-]*)[^>]*>)([^<]*)(?=(</\3>)?)")
_ELSEWHERE = frozenset({"desc", "option", "output", "script", "style", "text", "textarea", "title", "tspan"})
"""Elements that can hold no other element, or whose text is not the page's."""
_NOTE = re.compile(r'<p class="note" data-foreign>.*?</p>\n')
_LONG = 12
"""Signs from which a run is more than a name."""


def marked(html: str, language: str) -> str:
    """A page whose texts in `language` say so. The note on such texts stays only where more than names is one."""
    head, start, body = html.partition("<body")
    main, end, foot = body.partition("<footer")
    found: list[str] = []
    main = _NODE.sub(_marking(language, found), main)
    if not any(len(one) >= _LONG for one in found):
        main = _NOTE.sub("", main)
    return f"{head}{start}{main}{end}{_NODE.sub(_marking(language, found), foot)}"


def _marking(language: str, found: list[str]) -> Callable[[re.Match[str]], str]:
    run, own = RUNS[language], _OWN[language]

    def span(part: re.Match[str]) -> str:
        return f'<span lang="{language}">{part[0]}</span>' if own.search(part[0]) else part[0]

    def mark(node: re.Match[str]) -> str:
        tag, closing, name, text, alone = node.groups()
        if not text.strip() or (not closing and (name in _ELSEWHERE or " lang=" in tag)):
            return node[0]
        parts = [part for part in run.findall(text) if own.search(part)]
        found.extend(parts)
        if not closing and alone and _is_whole(parts, text.strip()):
            return f'{tag[:-1]} lang="{language}">{text}'
        return tag + run.sub(span, text) if parts else node[0]

    return mark


def _is_whole(parts: list[str], text: str) -> bool:
    """The runs are the text but for a few words in their midst."""
    ends = parts and text.startswith(parts[0]) and text.endswith(parts[-1])
    return bool(ends) and 4 * sum(map(len, parts)) >= 3 * len(text)
