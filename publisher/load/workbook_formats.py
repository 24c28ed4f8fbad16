"""Number formats of Excel: whether a cell shows what it holds (ECMA-376 part 1, section 18.8.30 and 18.8.31).

Does not draw the cell: it only finds the formats in which a person sees something else than the program reads.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

DATE, ELAPSED, NUMBER = "date", "elapsed", "number"
_ACCOUNTS = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"??_ ;_ @_ '
_BUILT_IN = {
    "0": (1,),
    "0.00": (2,),
    "#,##0": (3, 5, 6, 37, 38),
    "#,##0.00": (4, 7, 8, 39, 40),
    "0%": (9,),
    "0.00%": (10,),
    "0.00E+00": (11, 48),
    "# ?/?": (12, 13),
    "@": (49,),
    _ACCOUNTS.format(""): (41, 42),
    _ACCOUNTS.format(".00"): (43, 44),
    "yyyy/m/d": (14, 15, 22, 30, 31),
    "d-mmm": (16,),
    "mmm-yy": (17,),
    "yyyy/m": (27, 36, 50, 52, 57),
    "m/d": (28, 29, 51, 53, 54, 58),
    "h:mm": (18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56),
    "[h]:mm:ss": (46,),
}
BUILT_IN = {number: code for code, numbers in _BUILT_IN.items() for number in numbers}
"""The formats without a text of their own, as Chinese Excel shows them; for the others "General"."""

_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|_(?:.)|\*(?:.)')
_BRACKET = re.compile(r"\[(?!\$)[^]]*\]|\[\$[^]]*\]")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_SCALED = re.compile(r"[0-9a-z十百千万亿兆%‰]", re.IGNORECASE)
"""In a text beside the number: it changes what the number says, or makes a code of it."""
_RUN = re.compile(r"[.,]*[0#?][0#?.,]*")
_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Marks where a text stood."""
_SCIENTIFIC = re.compile(r"E[+-]", re.IGNORECASE)
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a format that semicolons separate: for positive numbers, negative ones and zero."""

    code: str
    """Placeholders and signs alone, with a mark in the place of each text."""
    beside: str
    """Texts that stand beside the number."""
    coloured: bool


@dataclass(frozen=True, slots=True)
class Format:
    """A number format. `code` is as it stands in the file."""

    code: str
    kind: str
    sections: tuple[Section, ...]
    conditional: bool

    def section(self, value: Decimal) -> Section:
        if value < 0 and len(self.sections) > 1:
            return self.sections[1]
        return self.sections[2] if value == 0 and len(self.sections) > 2 else self.sections[0]  # noqa: PLR2004

    @property
    def hides_text(self) -> bool:
        """The fourth part is for texts; without its sign they are not seen."""
        return len(self.sections) > 3 and "@" not in self.sections[3].code  # noqa: PLR2004

    def is_dated(self, days: Decimal) -> bool:
        """Whether year, month and day are shown; below one day, whether a time of day is."""
        letters = self.sections[0].code.lower()
        if self.kind == ELAPSED:
            return True
        if days < 1:
            return "h" in letters or "s" in letters
        return ("y" in letters or "e" in letters) and "d" in letters

    def text(self, value: Decimal, plain: str) -> tuple[str, str]:
        """What is read of a number that is `plain` without a format, and whether it is shown `rounded` or `otherwise`.

        A percentage stays one: 0.85 shown as 85% is read as 85%. Zeros that a format puts in front are read.
        """
        section = self.section(value)
        if self.conditional or _SCALED.search(section.beside):
            return plain, "otherwise"
        if _GENERAL.search(section.code) or "@" in section.code:
            return plain, ""
        if not re.search(r"[0#?]", section.code):
            # Accounts write a dash for nothing.
            return plain, "" if value == 0 and re.fullmatch("[-−—]+", section.code or section.beside) else "otherwise"
        return _number(section, value, plain, signed=len(self.sections) == 1)


def _number(section: Section, value: Decimal, plain: str, *, signed: bool) -> tuple[str, str]:
    code, percents = section.code, section.code.count("%")
    if "/" in code:
        return plain, "" if value * 100 == int(value * 100) or value * 64 == int(value * 64) else "rounded"
    if not _is_shown(section, value, signed=signed):
        return plain, "otherwise"
    whole, _, decimals = _RUN.findall(code)[0].partition(".")
    if re.fullmatch("0{2,}", code):
        return plain.zfill(len(code)), "" if plain.isdigit() else "otherwise"
    if len(plain.partition(".")[0].lstrip("-")) < whole.count("0"):
        return plain, "otherwise"
    text = f"{plain_text(value * 100)}%" if percents else plain
    places = Decimal(1).scaleb(-len(decimals) - 2 * percents)
    return text, "" if value == value.quantize(places) else "rounded"


def _is_shown(section: Section, value: Decimal, *, signed: bool) -> bool:
    """Whether the digits stand in one piece, not divided by thousands, and a minus sign is seen."""
    code, runs = section.code, _RUN.findall(section.code)
    whole, _, decimals = runs[0].partition(".")
    if len(runs) > 1 or _SCIENTIFIC.search(code) or code.count("%") > 1 or "," in (whole[-1:], decimals[-1:]):
        return False
    return value >= 0 or signed or section.coloured or bool(re.search("[-(−]", code + section.beside))


def plain_text(value: Decimal) -> str:
    """Without exponent and without needless zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


@cache
def format_of(code: str) -> Format | None:
    """None for a format that shows every number as it is."""
    if _GENERAL.fullmatch(code) or code in {"", "@"}:
        return None
    bare = _BRACKET.sub("", _LITERAL.sub("", code))
    dated = re.search(r"[ymdhsaeg]", _SCIENTIFIC.sub("", _GENERAL.sub("", bare)), re.IGNORECASE)
    outside = _LITERAL.sub("", code)
    elapsed = bool(_ELAPSED.search(outside))
    kind = ELAPSED if elapsed else DATE if dated else NUMBER
    conditional = kind == NUMBER and bool(re.search(r"\[[<>=]", outside))
    return Format(code, kind, tuple(map(_section, _split(code))), conditional)


def _split(code: str) -> list[str]:
    """At the semicolons that are no text."""
    return re.findall(r'((?:"[^"]*"|[\\!_*].|[^;])*)(?:;|$)', code)[: code.count(";") + 1]


def _section(code: str) -> Section:
    beside = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(code))
    bare = _LITERAL.sub(lambda found: _HERE if found[1] or found[2] else "", code)
    colours = [one for one in _BRACKET.findall(bare) if not one.startswith(("[$", "[DBNum"))]
    return Section(_BRACKET.sub("", bare).strip(f" {_HERE}"), beside.strip(), bool(colours))
