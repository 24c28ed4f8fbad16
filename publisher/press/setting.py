"""Typed data and a layout of the theme to a PDF or an image: the compiler is the only thing of the extra seen here.

Data go in as one JSON text, which the layout reads as values; a value is printed and never run.
"""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.press.faces import font_files
from publisher.problems import Place, PublisherError, problem

if TYPE_CHECKING:
    from typst import Compiler, Fonts, PDFStandard

STANDARDS: list["PDFStandard"] = ["a-2a", "ua-1"]
"""PDF/A-2a to keep, PDF/UA-1 to be read out; typst refuses what breaks either."""

MOST_KEPT = 256
"""Files of some hundred thousand bytes."""


class Press:
    """One compiler over one theme."""

    def __init__(self, theme: list[Path]) -> None:
        self.theme = theme
        self.fonts = font_files(tuple(theme))

    def pdf(self, layout: str, data: Any, made: datetime) -> bytes:
        """Same data, same bytes: `made` is the moment that the file carries."""
        return self._set(layout, data, int(made.timestamp()))

    def png(self, layout: str, data: Any) -> bytes:
        return self._set(layout, data, None)

    def _set(self, layout: str, data: Any, stamp: int | None) -> bytes:
        from typst import TypstError  # noqa: PLC0415  (the extra)

        path = next(path for path in (folder / "print" / layout for folder in self.theme) if path.is_file())
        inputs = json.dumps(data, ensure_ascii=False, sort_keys=True)
        try:
            return _made(path, self._state(path.parent), self.fonts, inputs, stamp)
        except TypstError as error:
            if len(self.theme) > 1 and path.is_relative_to(self.theme[0]):
                place = Place(f"templates/print/{layout}")
                raise PublisherError([problem("broken-template", place, error.message)]) from error
            raise

    def _state(self, folder: Path) -> bytes:
        """Another one after any edit of a layout."""
        layouts = sorted(folder.glob("*.typ"))
        try:
            return b"".join(sha256(path.read_bytes()).digest() for path in layouts)
        except OSError as error:
            if len(self.theme) > 1 and folder.is_relative_to(self.theme[0]):
                place = Place(f"templates/print/{Path(error.filename).name}")
                raise PublisherError([problem("unreadable-file", place)]) from error
            raise


@lru_cache(MOST_KEPT)
def _made(path: Path, _state: bytes, fonts: tuple[Path, ...], inputs: str, stamp: int | None) -> bytes:
    """A PDF of that moment, or an image. Kept by the process: a preview made anew on every save sets what changed."""
    with _compiler(str(path.parent), fonts) as press:
        given = {"data": inputs, "faces": json.dumps(_faces(fonts).families())}
        if stamp is None:
            made = press.compile(path, sys_inputs=given, format="png", ppi=72)
        else:
            made = press.compile(path, sys_inputs=given, format="pdf", pdf_standards=STANDARDS, timestamp=stamp)
    if not isinstance(made, bytes):
        raise TypeError(path.name)  # several images: the layout has more than one page
    return made


@contextmanager
def _compiler(root: str, fonts: tuple[Path, ...]) -> Iterator["Compiler"]:
    """One that no other thread uses meanwhile; afterwards it is there for the next file."""
    from typst import Compiler  # noqa: PLC0415  (the extra)

    idle = _idle(root, fonts)
    try:
        one = idle.pop()
    except IndexError:
        one = Compiler(root=root, font_paths=_faces(fonts), ignore_system_fonts=True)
    try:
        yield one
    finally:
        idle.append(one)


@cache
def _idle(_root: str, _fonts: tuple[Path, ...]) -> "deque[Compiler]":
    return deque()


@cache
def _faces(fonts: tuple[Path, ...]) -> "Fonts":
    """All faces that a compiler has: no letter of the machine is ever used."""
    from typst import Fonts  # noqa: PLC0415  (the extra)

    folders = sorted({str(font.parent) for font in fonts})
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders])
