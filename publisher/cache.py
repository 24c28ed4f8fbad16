"""What only saves time, beside the inputs: whole or not there; that it cannot be written is no fault."""

from contextlib import suppress
from pathlib import Path

_KEPT_OUT = ("*\n", ".gitignore")
"""Whatever the bureau keeps its folder with, this is no part of it."""


def read_cache(path: Path) -> bytes | None:
    """None if there is none, or none that can be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def write_cache(path: Path, data: bytes) -> None:
    staged = path.with_name(f"{path.name}.new")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        if path.parent.is_symlink():
            return
        text, name = _KEPT_OUT
        (path.parent / name).write_text(text, encoding="utf-8", newline="\n")
        staged.unlink(missing_ok=True)
        with staged.open("xb") as file:
            file.write(data)
        staged.replace(path)
