"""A single new file for staff, outside the site: written whole, never over another."""

from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.refusals import told_as_problem


def write_new(path: Path, data: bytes) -> None:
    """Raises PublisherError if the file is there already or cannot be written."""
    shown = path.as_posix()
    if path.exists():
        raise PublisherError([problem("file-exists", Place(shown))])
    staged = path.with_name(f".{path.name}.new")
    with told_as_problem(shown):
        try:
            staged.write_bytes(data)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
