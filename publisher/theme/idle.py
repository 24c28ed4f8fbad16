"""What lies in a bureau's own `templates/` and changes nothing: told as a warning, for it goes unnoticed otherwise."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, TemplateError

from publisher.named import near
from publisher.problems import Place, Problem, warning
from publisher.theme.shelf import Shelf
from publisher.theme.style import Sheet, style_warnings

PACKAGED = "theme/"
FACES = re.compile(r"print/fonts/[^/]+\.[ot]tf")
LEFT_BY_PEOPLE = re.compile(r"(readme|licen[cs]e|thumbs\.db|desktop\.ini)", re.IGNORECASE)
"""Notes to oneself and to others, and what systems lay into every folder."""


def theme_warnings(theme: list[Path], served: Callable[[str], bool], parts: Sequence[str]) -> Iterator[Problem]:
    """`served` says whether a file of `assets/` goes out; `parts` are those of the style sheet, in their order."""
    if len(theme) == 1:
        return
    # Only to take templates apart: none is made into a page here.
    shelf = Shelf(Environment(loader=FileSystemLoader(theme), autoescape=True), theme)
    yield from _idle_files(shelf, served, parts)
    sheets = [_sheet(shelf, f"assets/{part}.css") for part in parts]
    if any(one.own for one in sheets):
        yield from style_warnings(sheets, _models(shelf), {*shelf.beside, *shelf.packaged})


def _idle_files(shelf: Shelf, served: Callable[[str], bool], parts: Sequence[str]) -> Iterator[Problem]:
    named = _named(shelf)
    styles = {f"assets/{part}.css" for part in parts}
    for name in shelf.beside:
        taken = name in styles or name in named or name in shelf.packaged or FACES.fullmatch(name)
        if taken or LEFT_BY_PEOPLE.match(PurePosixPath(name).name):
            continue
        place = Place(f"templates/{name}")
        if name.startswith("assets/"):
            if not served(name.removeprefix("assets/")):
                yield warning("theme-not-served", place, near=near(name, sorted(styles), 0.8))
        elif name.endswith(".html"):
            yield warning("template-unused", place, near=near(name, sorted(shelf.packaged)))
        else:
            yield warning("theme-unused", place, near=near(name, sorted({*shelf.packaged, *styles})))


def _named(shelf: Shelf) -> set[str]:
    """What the bureau's own templates extend, include or import, and what the layouts for printing name."""
    found: set[str] = set()
    for name in shelf.own():
        if shelf.is_copied(name):
            continue  # names what the publisher has
        try:
            found |= {one.removeprefix(PACKAGED) for one, _ in shelf.named_by(name)}
        except (TemplateError, OSError, UnicodeDecodeError, RecursionError):
            continue  # told as a fault
    layouts = [_text(shelf, name) for name in shelf.beside if name.endswith(".typ")]
    return found | {name for name in shelf.beside if any(PurePosixPath(name).name in text for text in layouts)}


def _sheet(shelf: Shelf, name: str) -> Sheet:
    return Sheet(name, _text(shelf, name), name in shelf.beside and not shelf.is_copied(name))


def _models(shelf: Shelf) -> list[Sheet]:
    """Every style sheet of the publisher's theme."""
    names = sorted(name for name in shelf.packaged if name.endswith(".css"))
    return [Sheet(name, shelf.source(name, packaged=True), own=False) for name in names]


def _text(shelf: Shelf, name: str) -> str:
    """Nothing, where it cannot be read: that is told as a fault."""
    try:
        return shelf.source(name)
    except (OSError, UnicodeDecodeError):
        return ""
