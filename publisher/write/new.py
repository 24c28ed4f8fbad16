"""A single new file for staff, outside the site: written whole, never over another."""

from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.refusals import told_as_problem


def write_new(path: Path, data: bytes, shown: str = "", *, folders: bool = False) -> None:
    """Raises PublisherError if the file is there already or cannot be written.

    `shown` is its name in messages; with `folders` those that it lies in are made.
    """
    shown = shown or path.as_posix()
    if path.exists():
        raise PublisherError([problem("file-exists", Place(shown))])
    staged = path.with_name(f".{path.name}.new")
    with told_as_problem(shown):
        if folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            staged.write_bytes(data)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
