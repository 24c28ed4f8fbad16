"""A single new file for staff, outside the site: written whole, and never over what somebody else wrote."""

from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.refusals import told_as_problem


def write_new(path: Path, data: bytes, own: bytes = b"") -> None:
    """Raises PublisherError if the file is there already or cannot be written; one that begins with `own` is ours."""
    shown = path.as_posix()
    with told_as_problem(shown):
        if path.exists() and not (own and path.is_file() and path.read_bytes().startswith(own)):
            raise PublisherError([problem("file-exists", Place(shown))])
    staged = path.with_name(f".{path.name}.new")
    with told_as_problem(shown):
        try:
            staged.write_bytes(data)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
