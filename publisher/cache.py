"""What only saves time, beside the inputs or the program: whole or not there; that it cannot be written is no fault."""

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


def forget_cache(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def write_cache(path: Path, data: bytes) -> None:
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        if path.parent.is_symlink():
            return
        text, name = _KEPT_OUT
        (path.parent / name).write_text(text, encoding="utf-8", newline="\n")
        _put(path, path.with_name(f"{path.name}.new"), data)


def write_compiled(path: Path, data: bytes) -> None:
    """Beside the program, where Python keeps what it compiled; its names alone are looked over by `program`."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, path.with_name(f"new-{path.name}"), data)


def _put(path: Path, staged: Path, data: bytes) -> None:
    staged.unlink(missing_ok=True)
    with staged.open("xb") as file:
        file.write(data)
    staged.replace(path)
