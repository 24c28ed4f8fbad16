"""Typed data and a layout of the theme to a PDF or an image: the compiler is the only thing of the extra seen here.

Data go in as one JSON text, which the layout reads as values; a value is printed and never run.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.press.faces import font_files
from publisher.problems import Place, PublisherError, problem

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a to keep, PDF/UA-1 to be read out; typst refuses what breaks either."""


class Press:
    """One compiler over one theme."""

    def __init__(self, theme: list[Path]) -> None:
        self.theme = theme
        self.fonts = font_files(tuple(theme))

    def pdf(self, layout: str, data: Any, made: datetime) -> bytes:
        """Same data, same bytes: `made` is the moment that the file carries."""
        stamp = int(made.timestamp())
        return self._set(layout, data, format="pdf", pdf_standards=list(STANDARDS), timestamp=stamp)

    def png(self, layout: str, data: Any) -> bytes:
        return self._set(layout, data, format="png", ppi=72)

    def _set(self, layout: str, data: Any, **options: Any) -> bytes:
        from typst import TypstError  # noqa: PLC0415  (the extra)

        path = next(path for path in (folder / "print" / layout for folder in self.theme) if path.is_file())
        inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
        try:
            made = _compiler(str(path.parent), self.fonts).compile(path, sys_inputs=inputs, **options)
        except TypstError as error:
            if len(self.theme) > 1 and path.is_relative_to(self.theme[0]):
                place = Place(f"templates/print/{layout}")
                raise PublisherError([problem("broken-template", place, error.message)]) from error
            raise
        if not isinstance(made, bytes):
            raise TypeError(layout)  # several images: the layout has more than one page
        return made


@cache
def _compiler(root: str, fonts: tuple[Path, ...]) -> "Compiler":
    """Kept by the process: fonts are read once. Letters of the machine are never used."""
    import typst  # noqa: PLC0415  (the extra)

    faces = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(font.parent) for font in fonts}),
    )
    return typst.Compiler(root=root, font_paths=faces, ignore_system_fonts=True)
