"""Cells of an Excel file whose text nobody sees: white on white, or too small; by their style."""

from zipfile import ZipFile

from publisher.load.attached.faint import is_light, is_tiny
from publisher.load.workbook_package import read_xml

_STYLES = "xl/styles.xml"
_TINY = 2
"""Points."""
_WHITE = "0"
"""Of the colours of a theme: its ground."""


class _Looks:
    """The part xl/styles.xml: fonts and grounds, and which of them each style has."""

    def __init__(self) -> None:
        self.group = ""
        self.fonts: list[str] = []
        self.grounds: list[bool] = []
        self.faint: dict[str, str] = {}
        """Number of a style -> what hides its text, as in `choice.hidden.<kind>`."""
        self.styles = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"fonts", "fills", "cellXfs", "dxfs"}:
            self.group = name
        elif (self.group, name) == ("fonts", "font"):
            self.fonts.append("")
        elif self.group == "fonts" and self.fonts:
            self._font(name, attributes)
        elif (self.group, name) == ("fills", "fill"):
            self.grounds.append(False)
        elif self.group == "fills" and name in {"fgColor", "stop", "color"} and self.grounds:
            self.grounds[-1] = self.grounds[-1] or not _is_white(attributes)
        elif (self.group, name) == ("cellXfs", "xf"):
            self._style(attributes)

    def _font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "color" and _is_white(attributes):
            self.fonts[-1] = "white"
        elif name == "sz" and is_tiny(attributes.get("val", ""), _TINY):
            self.fonts[-1] = "tiny"

    def _style(self, attributes: dict[str, str]) -> None:
        fonts, grounds = dict(enumerate(self.fonts)), dict(enumerate(self.grounds))
        font = fonts.get(_number(attributes.get("fontId", "")), "")
        if font == "tiny" or (font == "white" and not grounds.get(_number(attributes.get("fillId", "")), False)):
            self.faint[str(self.styles)] = font
        self.styles += 1

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        if name == self.group:
            self.group = ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004


def _is_white(colour: dict[str, str]) -> bool:
    return is_light(colour.get("rgb", "")) or (colour.get("theme") == _WHITE and "tint" not in colour)


def faint_styles(package: ZipFile) -> dict[str, str]:
    """Number of a style -> what hides the text of cells that have it."""
    looks = _Looks()
    if _STYLES in package.namelist():
        read_xml(package, _STYLES, looks)
    return looks.faint
