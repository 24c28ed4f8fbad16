"""Text of a Word file that nobody sees: made so, white on white, or too small; by itself or by its style.

White text on a dark ground and small print are honest often enough, so they are only told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from zipfile import ZipFile

from publisher.load.workbook_package import read_xml

STYLES = "word/styles.xml"
_FALSE = {"0", "false", "off"}
_LIGHT = 0xF0
"""Of 255: from here on a colour is white to the eye."""
_TINY = 4
"""Half points."""
_MOST_STYLES = 50
"""Based on one another."""


@dataclass(frozen=True)
class Looks:
    """How a run looks; None where its style says it."""

    vanished: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    ground: bool | None = None
    """It has a ground of its own that is not white."""
    style: str = ""

    def on(self, below: "Looks") -> "Looks":
        """What it does not say itself is as `below`."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return Looks(**(vars(below) | said))

    def with_(self, name: str, attributes: dict[str, str]) -> "Looks":
        """After one element of its properties."""
        value = attributes.get("val", "")
        said: dict[str, Any] = {}
        match name:
            case "vanish" | "specVanish":
                said = {"vanished": value not in _FALSE}
            case "color":
                said = {"white": is_light(value) or attributes.get("themeColor", "").startswith("background")}
            case "sz":
                said = {"tiny": is_tiny(value, _TINY)}
            case "shd":
                said = {"ground": attributes.get("fill", "auto") != "auto" and not is_light(attributes["fill"])}
            case "highlight":
                said = {"ground": value not in {"none", "white"}}
            case "rStyle" | "pStyle":
                said = {"style": value}
        return replace(self, **said) if said else self

    def kinds(self) -> Iterator[str]:
        """What hides it, as in `choice.hidden.<kind>`."""
        if self.vanished:
            yield "text"
        if self.white and not self.ground:
            yield "white"
        if self.tiny:
            yield "tiny"


def is_light(colour: str) -> bool:
    """RRGGBB, or AARRGGBB."""
    digits = colour[-6:]
    try:
        return len(digits) == 6 and min(bytes.fromhex(digits)) >= _LIGHT  # noqa: PLR2004
    except ValueError:
        return False


def is_tiny(size: str, most: int) -> bool:
    """Whether a size, as a whole or decimal number, is too small to be read."""
    return bool(re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,9})?", size)) and float(size) <= most


@dataclass
class Styles:
    """The part word/styles.xml: how each style makes a run look, and which style it is based on."""

    own: dict[str, Looks] = field(default_factory=dict)
    based: dict[str, str] = field(default_factory=dict)
    style: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("styleId", "")
            self.own[self.style] = Looks()
        elif self.style and name == "basedOn":
            self.based[self.style] = attributes.get("val", "")
        elif self.style and name not in {"rStyle", "pStyle"}:
            self.own[self.style] = self.own[self.style].with_(name, attributes)

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        if name == "style":
            self.style = ""

    def of(self, style: str) -> Looks:
        """With what the styles below it say."""
        looks = self.own.get(style, Looks())
        for _ in range(_MOST_STYLES):
            style = self.based.get(style, "")
            if not style:
                break
            looks = looks.on(self.own.get(style, Looks()))
        return looks


def styles_of(package: ZipFile) -> Styles:
    styles = Styles()
    if STYLES in package.namelist():
        read_xml(package, STYLES, styles, prefixes=True)
    return styles
