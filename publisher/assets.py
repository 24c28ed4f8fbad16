"""What the theme serves beside pages: the style sheet, scripts, pictures. Reads the theme, writes nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

from publisher import addresses
from publisher.problems import Place, PublisherError, problem

_ASSET = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_.-]*\.[a-z0-9]+")
STYLE_PARTS = ("tokens", "layout", "parts", "print")
"""The style sheet is split by reason to change, and served as one file."""
OWN_STYLE = "own"
"""What a bureau changes in the style: the last part, so that it wins."""
PREVIEW_STYLE = "preview.css"
"""The watermark: no part of a public site."""


def assets(theme: list[Path], *, preview: bool = False) -> Iterator[tuple[str, bytes]]:
    """The style sheet, and every other file of the theme's `assets/`; the bureau's own win.

    Files that editors and systems leave about, and links, are no part of a theme.
    """
    found: dict[str, Path] = {}
    for folder in reversed(theme):
        for path in sorted((folder / "assets").rglob("*")):
            name = path.relative_to(folder / "assets").as_posix()
            served = name != PREVIEW_STYLE or preview
            if served and path.is_file() and not path.is_symlink() and is_asset(name):
                found[f"assets/{name}"] = path
    for address, path in sorted(found.items()):
        data = _bytes_of(path, theme)
        yield address, uncommented(data) if address == addresses.SCRIPT else data
    yield addresses.STYLE, _style(theme).encode()


def _bytes_of(path: Path, theme: list[Path]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        if len(theme) == 1 or not path.is_relative_to(theme[0]):
            raise
        place = Place(f"templates/{path.relative_to(theme[0]).as_posix()}")
        raise PublisherError([problem("unreadable-file", place)]) from error


def _style(theme: list[Path]) -> str:
    sheets = []
    for part in (*STYLE_PARTS, OWN_STYLE):
        found = next(filter(Path.is_file, (folder / "assets" / f"{part}.css" for folder in theme)), None)
        if found is None:
            continue  # only the bureau's own part may be missing: a test holds the theme to the others
        try:
            sheets.append(_bytes_of(found, theme).decode().replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            place = Place(f"templates/assets/{part}.css")
            raise PublisherError([problem("wrong-encoding", place)]) from error
    return squeezed("\n".join(sheets))


def is_asset(name: str) -> bool:
    """Plain lower-case names; the parts of the style sheet are served as one file."""
    parts = {f"{part}.css" for part in (*STYLE_PARTS, OWN_STYLE)}
    return bool(_ASSET.fullmatch(name)) and name not in parts and name != "style.css"


def uncommented(script: bytes) -> bytes:
    """The script that every page loads, without lines that are comments and without indentation."""
    plain = re.sub(rb"^\s*/\*.*?\*/[ \t]*$", b"", script, flags=re.DOTALL | re.MULTILINE)
    return re.sub(rb"^\s+", b"", plain, flags=re.MULTILINE)


def squeezed(css: str) -> str:
    """Without comments and without white space that means nothing: at line ends and round punctuation.

    A text in quotes is left as it is.
    """
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = re.split(r"""("[^"]*"|'[^']*')""", plain)
    parts[::2] = [re.sub(r"\s*([{};,>])\s*|(:)\s+|\s+", lambda m: m[1] or m[2] or " ", part) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip() + "\n"
