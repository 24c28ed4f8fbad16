"""Letters and minutes: the Markdown of a Word file under the front matter that a statement or a meeting needs.

What the file itself says, such as the day it was signed, is taken over; what it does not say stays empty, and `check`
asks for it.
"""

import re
from collections.abc import Iterator, Mapping

_DAY = re.compile(r"((?:19|20)[0-9]{2})\s*[年./-]\s*(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12][0-9]|0?[1-9])\s*日?")
_NUMBER = re.compile(r"\S{1,20}\s*〔(?:19|20)[0-9]{2}〕\s*[0-9]+\s*号")
"""What stands above the title of an official notice."""
_FIRST = 5
"""Paragraphs at the beginning among which number and title of a notice stand."""
_LAST = 6
"""Paragraphs at the end among which the day of signing stands."""
_TITLE = re.compile(r"^#{2,6} +(.+)$", re.MULTILINE)
_NEEDS_QUOTES = re.compile(r"""[:#\[\]{},&*!|>'"%@`\\]|^[-?\s]|\s$""")
"""Signs that mean something in YAML. All values are read as text, so numbers and days need no quotes."""


def signed_on(markdown: str) -> str:
    """The last day named in the last paragraphs, as 2026-11-03; empty if there is none."""
    paragraphs = [one for one in markdown.split("\n\n") if one.strip()][-_LAST:]
    days = _DAY.findall("\n".join(paragraphs))
    return "{}-{:0>2}-{:0>2}".format(*days[-1]) if days else ""


def first_day(markdown: str) -> str:
    """The first day named: minutes begin with it."""
    day = _DAY.search(markdown)
    return "{}-{:0>2}-{:0>2}".format(*day.groups()) if day else ""


def title_of(markdown: str) -> str:
    """The first heading, else the first line."""
    heading = _TITLE.search(markdown)
    text = heading[1] if heading else markdown.strip().split("\n", 1)[0]
    return re.sub(r"\\(.)", r"\1", text).replace("**", "").strip()[:300]


def about_notice(markdown: str) -> tuple[dict[str, str], str]:
    """What a notice says of itself, and its text without the paragraphs that say its title and its number."""
    blocks = markdown.strip().split("\n\n")
    plain = [_unmarked(one) for one in blocks]
    number = next((one for one in plain[:_FIRST] if _NUMBER.fullmatch(one)), "")
    heading = _TITLE.search("\n".join(blocks[:_FIRST]))
    title = _unmarked(heading[1]) if heading else next((one for one in plain if one != number), "")
    rest = [one for one, text in zip(blocks, plain, strict=True) if text not in {title, number}]
    found = {"title": title[:300], "issued_on": signed_on(markdown)}
    if number:
        found["document_number"] = re.sub(r"\s", "", number)
    return found, "\n\n".join(rest) + "\n"


def _unmarked(block: str) -> str:
    """As one reads it."""
    return re.sub(r"\\(.)", r"\1", block.lstrip("# ")).replace("**", "").strip()


def document_of(fields: Mapping[str, object], body: str) -> str:
    """Front matter and body. Lists are lists of texts, or of mappings with texts."""
    return "\n".join(["---", *_front(fields), "---", "", body])


def _front(fields: Mapping[str, object]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping | str):
            yield f"{name}: {_written(value)}".rstrip()
        elif isinstance(value, list):
            yield f"{name}:"
            yield from (f"  - {_written(one)}" for one in value)


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_written(one) or chr(34) * 2}" for name, one in value.items()) + "}"
    text = str(value)
    if _NEEDS_QUOTES.search(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return text
