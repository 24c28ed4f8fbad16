"""Letters and minutes: the Markdown of a Word file under the front matter that a statement or a meeting needs.

What the file itself says, such as the day it was signed, is taken over; what it does not say stays empty, and `check`
asks for it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from publisher.incoming.numbering import chinese

_NOUGHTS = "零○Oo"
_DAY = re.compile(r"((?:19|20)[0-9]{2})\s*[年./-]\s*(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12][0-9]|0?[1-9])\s*日?")
_IN_CHINESE = re.compile(
    r"([一二][〇零○Oo一二三四五六七八九]{3})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_NUMBERS = {chinese(number): number for number in range(1, 32)}
_YEAR = {ord(chinese(number)): str(number) for number in range(10)} | dict.fromkeys(map(ord, _NOUGHTS), "0")
_BEFORE = re.compile(r"[以之]?前$")
_NUMBER = re.compile(r"\S{1,20}\s*〔(?:19|20)[0-9]{2}〕\s*[0-9]+\s*号")
"""What stands above the title of an official notice."""
_FIRST = 5
"""Paragraphs at the beginning among which number and title of a notice stand."""
_LAST = 6
"""Paragraphs at the end among which the day of signing stands."""
_LONGEST = 300
"""Signs of a title."""
_HEADING = re.compile(r"#{2,6} ")
_NO_TITLE = re.compile(r"^(?:\||>|[-*+] |[0-9]+[.)] )|\]\(")
"""How tables, lists and quotes begin; and a link or a picture, whose address would be lost in a title."""
_BREAK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")
_NEEDS_QUOTES = re.compile(r"""[:#\[\]{},&*!|>'"%@`\\]|^[-?\s]|\s$""")
"""Signs that mean something in YAML. All values are read as text, so numbers and days need no quotes."""


def signed_on(markdown: str) -> str:
    """The last day named in the last paragraphs, as 2026-11-03; empty if there is none."""
    paragraphs = [one for one in markdown.split("\n\n") if one.strip()][-_LAST:]
    return next(reversed(_days("\n".join(paragraphs))), "")


def first_day(markdown: str) -> str:
    """The first day named: minutes begin with it."""
    return next(iter(_days(markdown)), "")


def _days(text: str) -> list[str]:
    """Signs that Markdown marks as text are read as they stand there."""
    return ["{}-{:0>2}-{:0>2}".format(*found) for found in _DAY.findall(_in_digits(text.replace("\\", "")))]


def before_day(text: str) -> str | None:
    """What stands before the day that a line ends with; None if it ends with none."""
    plain = _in_digits(unicodedata.normalize("NFKC", text)).strip()
    last = next(reversed(list(_DAY.finditer(plain))), None)
    return plain[: last.start()].strip() if last and last.end() == len(plain) else None


def _in_digits(text: str) -> str:
    """With the days in it that are written in Chinese signs, 二〇二六年八月三日, as 2026-8-3."""
    return _IN_CHINESE.sub(_day_in_digits, text)


def _day_in_digits(found: re.Match[str]) -> str:
    """What is no such day stays."""
    year = found[1].translate(_YEAR)
    month, day = _NUMBERS.get(found[2], 0), _NUMBERS.get(found[3], 0)
    return f"{year}-{month}-{day}" if month and day else found[0]


def whole_day(text: str) -> str:
    """A text that is nothing but a day, or "by" one, as 2026-11-03; empty if it is anything else."""
    plain = _in_digits(unicodedata.normalize("NFKC", text)).strip()
    found = _DAY.fullmatch(_BEFORE.sub("", plain))
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else ""


def title_of(markdown: str) -> str:
    """The first heading of the first paragraphs, else the first paragraph; empty if that can be no title."""
    return _title_in(markdown.strip().split("\n\n"))[1]


def about_notice(markdown: str) -> tuple[dict[str, str], str]:
    """What a notice says of itself, and its text without the two paragraphs that say its title and its number."""
    blocks = markdown.strip().split("\n\n")
    plain = [_unmarked(one) for one in blocks[:_FIRST]]
    number = next((at for at, text in enumerate(plain) if _NUMBER.fullmatch(text)), -1)
    at, title = _title_in(blocks, number)
    found = {"title": title, "issued_on": signed_on(markdown)}
    if number >= 0:
        found["document_number"] = re.sub(r"\s", "", plain[number])
    return found, "\n\n".join(one for n, one in enumerate(blocks) if n not in {at, number}) + "\n"


def _title_in(blocks: Sequence[str], number: int = -1) -> tuple[int, str]:
    """Where the title stands, and the title. -1 if what should be it is a table, a list or too long: nothing is cut."""
    headings = (at for at, one in enumerate(blocks[:_FIRST]) if _HEADING.match(one))
    at = next(headings, next((at for at in range(len(blocks)) if at != number), -1))
    title = "" if at < 0 or _NO_TITLE.search(blocks[at]) else _unmarked(blocks[at])
    return (at, title) if 0 < len(title) <= _LONGEST else (-1, "")


def _unmarked(block: str) -> str:
    """As one reads it, in one line."""
    text = re.sub(r"\\(.)", r"\1", block.lstrip("# ")).replace("**", "").strip()
    return " ".join(_BREAK_IN_CHINESE.sub("", text).split("\n")) if "\n" in text else text


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
