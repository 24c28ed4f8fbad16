"""Several files for staff at once, outside the site: all or none, and what somebody wrote is never written over.

A trial puts them into a copy of the folder first, so that they can be checked as they will lie there.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.paths import is_clean
from publisher.write.refusals import told_as_problem


def write_several(root: Path, files: Mapping[str, bytes], read: Mapping[str, bytes] | None = None) -> None:
    """By path within `root`. A file that is there already may only grow: what it held stays, byte for byte.

    One of `read` may be changed, if it still holds what the caller read and worked from.
    Raises PublisherError, and nothing is left of it, if one of them cannot be written.
    """
    known = read or {}
    before = {path: _before(root / path, path, data, known.get(path)) for path, data in files.items()}
    made: list[Path] = []
    try:
        for path, data in files.items():
            with told_as_problem(path):
                _put(root / path, data, made)
    except BaseException:
        for path, held in before.items():
            _restore(root / path, held)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _before(path: Path, shown: str, data: bytes, read: bytes | None) -> bytes | None:
    """What the file holds; None if there is none yet."""
    if not is_clean(shown):
        raise ValueError(shown)
    with told_as_problem(shown):
        if not os.path.lexists(path):
            return None
        held = path.read_bytes() if path.is_file() and not path.is_symlink() else None
    if read is not None and held == read:
        return held
    if read is not None:
        raise PublisherError([problem("changed-meanwhile", Place(shown))])
    if held is None or not held or not data.startswith(held) or held == data:
        raise PublisherError([problem("file-exists", Place(shown))])
    return held


def _put(path: Path, data: bytes, made: list[Path]) -> None:
    for folder in reversed([one for one in path.parents if not one.exists()]):
        folder.mkdir()
        made.append(folder)
    staged = path.with_name(f".{path.name}.new")
    try:
        staged.write_bytes(data)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)


def _restore(path: Path, held: bytes | None) -> None:
    with suppress(OSError):
        if held is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != held:
            path.write_bytes(held)


@contextmanager
def trial(root: Path, inputs: Sequence[str], files: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of the folders `inputs` with `files` in it, which goes again."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        with told_as_problem(name):
            for one in (one for one in inputs if (root / one).is_dir()):
                shutil.copytree(root / one, copy / one, symlinks=True, copy_function=shutil.copyfile)
            for folder, _, _ in os.walk(copy):
                os.chmod(folder, stat.S_IRWXU)  # noqa: PTH101  (folders that may only be read are copied as such)
            for path, data in files.items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).unlink(missing_ok=True)
                (copy / path).write_bytes(data)
        yield copy
