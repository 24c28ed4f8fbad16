"""One build at a time. The system lets go of the lock when its holder dies, so it is never stale."""

# Descriptors instead of Path, as in the other modules of this folder.
# ruff: noqa: PTH102, PTH106, PTH108, PTH116, PTH120

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from publisher.problems import Place, PublisherError, problem
from publisher.write.refusals import told_as_problem

_TRIES = 100

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        # Not flock(): that lock passes to forked workers and would outlive a killed build in them.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_taken(file: int) -> bool:
    try:
        _take(file)
    except OSError as error:
        # Some network drives know no locks (ENOLCK, ENOTSUP): building without one beats never building.
        return error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
    return False


def _still_named(file: int, name: str) -> bool:
    """False when the build before us removed the file between our opening and our locking it."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(name))
    except FileNotFoundError:
        return False


def _opened(name: str) -> int | None:
    """None when the build before us is just tidying up."""
    with suppress(FileExistsError):
        os.mkdir(os.path.dirname(name), 0o755)
    try:
        return os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except FileNotFoundError:
        return None


def _held(name: str, shown: str) -> int:
    for _ in range(_TRIES):
        file = _opened(name)
        if file is None:
            continue
        if _is_taken(file):
            os.close(file)
            break
        if _still_named(file, name):
            return file
        os.close(file)
    raise PublisherError([problem("site-busy", Place(shown))])


def _let_go(file: int, name: str) -> None:
    """Removes the lock before letting go where the system allows, so that nobody locks a nameless file."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.unlink(name)
    os.close(file)
    if sys.platform == "win32":
        with suppress(OSError):
            os.unlink(name)
    with suppress(OSError):
        os.rmdir(os.path.dirname(name))


@contextmanager
def locked(work: str, shown: str) -> Iterator[None]:
    """Makes the work folder, holds the lock in it, and leaves neither behind."""
    name = f"{work}/lock"
    with told_as_problem(shown):
        file = _held(name, shown)
    try:
        yield
    finally:
        _let_go(file, name)
