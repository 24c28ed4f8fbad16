"""What the operating system refuses, as problems that a person can mend."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from publisher.problems import Place, Problem, PublisherError, problem

_NAMES = {
    "cannot-write-full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "cannot-write-denied": ("EACCES", "EPERM", "EROFS"),
    "cannot-write-locked": ("EBUSY", "ETXTBSY"),
    "cannot-write-name": ("ENAMETOOLONG", "EILSEQ", "EINVAL"),
    "cannot-write-folder": ("EISDIR", "ENOTEMPTY"),
    "cannot-write-file": ("ENOTDIR", "EEXIST"),
    "cannot-write-link": ("ELOOP",),
    "cannot-write-nowhere": ("ENOENT",),
}
# By name, because no system knows them all.
_KINDS = {getattr(errno, name, None): code for code, names in _NAMES.items() for name in names}
_HELD_BY_ANOTHER_PROGRAM = {32, 33}
"""Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; Python reports both as EACCES."""


def refusal(error: OSError, shown: str) -> Problem:
    """The system's own sentence may be in any language: only its number is kept, and only if nothing fits."""
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER_PROGRAM:
        return problem("cannot-write-locked", Place(shown))
    code = _KINDS.get(error.errno) if error.errno else None
    if code is None:
        return problem("cannot-write-other", Place(shown), number=error.errno or 0)
    return problem(code, Place(shown))


@contextmanager
def told_as_problem(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublisherError([refusal(error, shown)]) from error
