"""A bureau's own style, read for what a browser passes over in silence, and for colours that few could read."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from publisher.named import near
from publisher.problems import Place, Problem, warning
from publisher.theme.colours import contrast, is_colour, is_plain

LEAST = 4.5
"""Contrast of text and its ground, to one: WCAG 2.2 AA, and the Chinese rules for the ageing."""
GROUNDS = ("--paper", "--wash")
HEADER = "--deep"
"""The ground of the header, where the text is white."""
WHITE = "#fff"
DEEPEST = 50
"""Rules within rules; with more of them a brace is missing."""
_PART = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|url\([^()"']*\)"""  # may have a semicolon in it
    r"""|[{};]|[^"'/u{};]+|.""",
    re.DOTALL,
)
_ADDRESS = re.compile(r"""url\(\s*["']?([^"'()]*?)["']?\s*\)""")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_USED = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Sheet:
    """One part of the style; `own`, where it is the bureau's."""

    name: str
    """Below `templates/`."""
    text: str
    own: bool


@dataclass(frozen=True)
class Declared:
    """`name: value`, in the rules and conditions that it stands in, outermost first."""

    within: tuple[str, ...]
    name: str
    value: str
    line: int
    sheet: Sheet

    @property
    def place(self) -> Place:
        return Place(f"templates/{self.sheet.name}", line=self.line)


def style_warnings(sheets: Sequence[Sheet], model: Sequence[Sheet], files: Collection[str]) -> Iterator[Problem]:
    """Of the bureau's own among `sheets`, which are in the order of the cascade.

    `model` are all of the publisher's, `files` what is there to be pointed at, by names below `templates/`.
    """
    declared = [one for sheet in sheets for one in declarations(sheet)]
    own = [one for one in declared if one.sheet.own]
    known = {token for sheet in model for token in re.findall(r"--[\w-]+", sheet.text)}
    colours = {one.name for sheet in model for one in declarations(sheet) if is_plain(one.value)}
    yield from (one for sheet in sheets if sheet.own for one in _unreadable(sheet))
    yield from _unknown_tokens(own, known)
    yield from _no_colours(own, colours)
    yield from _missing_files(own, files)
    # What is faint on any ground is told once, as that of the light one.
    yield from ({**dict(_faint(declared, dark=True)), **dict(_faint(declared, dark=False))}).values()


def declarations(sheet: Sheet) -> Iterator[Declared]:
    """What a browser would make of it; what is none is passed over."""
    for within, text, line in _statements(sheet.text):
        name, colon, value = text.partition(":")
        if within and colon:
            yield Declared(within, name.strip(), " ".join(value.split()), line, sheet)


def _statements(text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Every text between `{`, `}` and `;`, with the rules around it and its line; a last one, if a `}` is missing."""
    within: list[str] = []
    begun: list[str] = []
    line, start = 1, 1
    for found in _PART.finditer(text):
        sign = found[0]
        if sign in ("{", "}", ";"):
            said, begun = "".join(begun).strip(), []
            if sign != "{" and said:
                yield tuple(within), said, start
            if sign == "{":
                within.append(said)
                if len(within) > DEEPEST:
                    break
            elif sign == "}" and within:
                within.pop()
            elif sign == "}":
                yield (), sign, line
        elif not sign.startswith("/*") and (begun or sign.strip()):
            start = start if begun else line + sign[: len(sign) - len(sign.lstrip())].count("\n")
            begun.append(sign)
        line += sign.count("\n")
    if within:
        yield (*within, ""), "".join(begun).strip(), line


def _unreadable(sheet: Sheet) -> Iterator[Problem]:
    """Braces that do not match, and statements without a colon."""
    for within, text, line in _statements(sheet.text):
        place = Place(f"templates/{sheet.name}", line=line)
        if text == "}" or within[-1:] == ("",):
            yield warning("style-braces", place, "}" if text == "}" else "{")
        elif text.lower().startswith("@import"):
            yield warning("style-import", place, text)
        elif within and ":" not in text and not text.startswith("@"):
            yield warning("style-no-colon", place, text)


def _unknown_tokens(own: Sequence[Declared], known: Collection[str]) -> Iterator[Problem]:
    """Set and used by nothing, or used and set by nothing."""
    used = {name for one in own for name in _USED.findall(one.value)}
    given = {one.name for one in own if one.name.startswith("--")}
    for one in own:
        strange = [one.name] if one.name in given and one.name not in {*known, *used} else []
        strange += [name for name in _USED.findall(one.value) if name not in {*known, *given}]
        for name in strange:
            yield warning("style-token", one.place, name, near=near(name, sorted(known)))


def _no_colours(own: Sequence[Declared], colours: Collection[str]) -> Iterator[Problem]:
    """A value that is no colour, for what the theme has a colour for."""
    for one in own:
        if one.name.startswith("--") and one.name in colours and not is_colour(one.value):
            yield warning("style-colour", one.place, one.value, token=one.name)


def _missing_files(own: Sequence[Declared], files: Collection[str]) -> Iterator[Problem]:
    """Pictures and faces that are not there, or on another host, from which the pages load nothing."""
    for one in own:
        for address in _ADDRESS.findall(one.value):
            if _HOST.match(address):
                yield warning("style-outside", one.place, address)
            elif not address.startswith(("data:", "#")) and _beside(address) not in files:
                yield warning("style-missing-file", one.place, address)


def _beside(address: str) -> str:
    """Below `templates/`: the style lies in `assets/`."""
    return posixpath.normpath(posixpath.join("assets", re.split(r"[?#]", address)[0]))


def _faint(declared: Sequence[Declared], *, dark: bool) -> Iterator[tuple[tuple[str, str, Place], Problem]]:
    """Pairs of text and ground of which the bureau sets one at least; colours that are computed are not judged."""
    found = {one.name: one for one in declared if _holds(one.within, dark=dark)}
    values = {name: one.value for name, one in found.items()}
    for text, ground in _pairs(values):
        own = [found[name] for name in (text, ground) if name in found and found[name].sheet.own]
        ratio = contrast(values.get(text, text), values[ground])
        if own and ratio is not None and ratio < LEAST:
            shown = f"{floor(ratio * 100) / 100:.2f}"
            code, place = "style-contrast-dark" if dark else "style-contrast", own[0].place
            fault = warning(code, place, own[0].value, text=text, ground=ground, ratio=shown, least=LEAST)
            yield (text, ground, place), fault


def _pairs(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every colour of the theme that is one of letters, on each ground."""
    texts = [name for name in ("--ink", "--soft", "--link", "--good", "--mid", "--bad") if name in values]
    yield from ((text, ground) for ground in GROUNDS if ground in values for text in texts)
    if HEADER in values:
        yield WHITE, HEADER


def _holds(within: Sequence[str], *, dark: bool) -> bool:
    """Whether a rule is for every page on the screen, in light or in dark; narrower ones are not judged."""
    *conditions, rule = within
    if not {":root", "html"} & {one.strip() for one in rule.lower().split(",")}:
        return False
    asked = {re.sub(r"\s", "", one.lower().removeprefix("@media").replace("screen and", "")) for one in conditions}
    return asked <= {"screen", "all", f"(prefers-color-scheme:{'dark' if dark else 'light'})"}
