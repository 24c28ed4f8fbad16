"""A single new file for staff, outside the site: written whole, and never over what somebody else wrote."""

from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.refusals import told_as_problem


def write_new(path: Path, data: bytes, shown: str = "", *, own: bytes = b"", folders: bool = False) -> None:
    """Raises PublisherError if the file is there already or cannot be written; one that begins with `own` is ours.

    `shown` is its name in messages; with `folders` those that it lies in are made.
    """
    shown = shown or path.as_posix()
    with told_as_problem(shown):
        if path.exists() and not (own and path.is_file() and path.read_bytes().startswith(own)):
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
