"""Cells of an Excel file whose text nobody sees: white on white, or too small; by a style or by a condition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from publisher.load.attached.faint import is_light, is_tiny
from publisher.load.workbook_package import read_xml

_STYLES = "xl/styles.xml"
_TINY = 2
"""Points."""
_WHITE = "0"
"""Of the colours of a theme: its ground."""


@dataclass
class Faint:
    """What hides text, as in `choice.hidden.<kind>`."""

    styles: Mapping[str, str] = field(default_factory=dict)
    """By number of a style of cells."""
    changes: Mapping[str, str] = field(default_factory=dict)
    """By number of what a condition or a table changes of the style below."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """By name of a style of tables."""


class _Looks:
    """The part xl/styles.xml: fonts and grounds, and which of them each style has."""

    def __init__(self) -> None:
        self.group = ""
        self.fonts: list[str] = []
        self.grounds: list[bool] = []
        self.styles: list[str] = []
        self.changes: list[_Change] = []
        self.tables: dict[str, list[int]] = {}
        """The numbers of the changes that a style of tables makes."""
        self.table = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"fonts", "fills", "cellXfs", "dxfs", "tableStyles"}:
            self.group = name
        match self.group:
            case "fonts":
                self._font(name, attributes)
            case "fills":
                self._ground(name, attributes)
            case "cellXfs" if name == "xf":
                self._style(attributes)
            case "dxfs":
                self._change(name, attributes)
            case "tableStyles":
                self._table(name, attributes)

    def _font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font":
            self.fonts.append("")
        elif self.fonts:
            self.fonts[-1] = _hides(name, attributes) or self.fonts[-1]

    def _ground(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fill":
            self.grounds.append(False)
        elif name in {"fgColor", "stop", "color"} and self.grounds:
            self.grounds[-1] = self.grounds[-1] or not _is_white(attributes)

    def _style(self, attributes: dict[str, str]) -> None:
        font_at, fill_at = (_number(attributes.get(name, "")) for name in ("fontId", "fillId"))
        font = self.fonts[font_at] if 0 <= font_at < len(self.fonts) else ""
        on_ground = self.grounds[fill_at] if 0 <= fill_at < len(self.grounds) else False
        self.styles.append("" if font == "white" and on_ground else font)

    def _change(self, name: str, attributes: dict[str, str]) -> None:
        if name == "dxf":
            self.changes.append(_Change())
        elif self.changes:
            self.changes[-1].add(name, attributes)

    def _table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tableStyle":
            self.table = attributes.get("name", "")
        elif name == "tableStyleElement":
            self.tables.setdefault(self.table, []).append(_number(attributes.get("dxfId", "")))

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        if name == self.group:
            self.group = ""

    def faint(self) -> Faint:
        changes = {number: kind for number, one in enumerate(self.changes) if (kind := one.kind)}
        tables = {name: [changes[one] for one in numbers if one in changes] for name, numbers in self.tables.items()}
        return Faint(
            styles={str(number): kind for number, kind in enumerate(self.styles) if kind},
            changes={str(number): kind for number, kind in changes.items()},
            tables={name: kinds[0] for name, kinds in tables.items() if kinds},
        )


@dataclass
class _Change:
    """What a condition or a table changes; it has a ground if the change brings one."""

    font: str = ""
    ground: bool = False
    inside: str = ""

    def add(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"font", "fill", "border"}:
            self.inside = name
        elif self.inside == "font":
            self.font = _hides(name, attributes) or self.font
        elif self.inside == "fill" and name in {"bgColor", "fgColor", "stop", "color"}:
            self.ground = self.ground or not _is_white(attributes)

    @property
    def kind(self) -> str:
        return "" if self.font == "white" and self.ground else self.font


def _hides(name: str, attributes: dict[str, str]) -> str:
    """What a property of a font does to its text."""
    if name == "color" and _is_white(attributes):
        return "white"
    return "tiny" if name == "sz" and is_tiny(attributes.get("val", ""), _TINY) else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004


def _is_white(colour: dict[str, str]) -> bool:
    return is_light(colour.get("rgb", "")) or (colour.get("theme") == _WHITE and "tint" not in colour)


def faint_styles(package: ZipFile) -> Faint:
    looks = _Looks()
    if _STYLES in package.namelist():
        read_xml(package, _STYLES, looks)
    return looks.faint()
