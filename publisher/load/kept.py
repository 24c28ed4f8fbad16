"""What was read of a file, kept while its bytes and all that they are read with stay the same.

Only what was read without a fault: everything else is read anew, so that its faults are told anew. A file that nobody
edits is parsed and validated once in the life of a preview, and gives the same nouns, not equal ones: what is computed
from them is found again by looking whether they are the same.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from publisher.load.content import content_of
from publisher.load.grid import UnreadableTableError
from publisher.load.known import KnownRecords
from publisher.problems import Problem, Report
from publisher.recall import Recall

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """Of a folder that is read once nothing is kept in memory; `known` is what an earlier build read of it."""

    root: Path
    recall: Recall | None
    known: KnownRecords | None = None

    def of(self, path: Path, read: Callable[[bytes, Report], T], *given: Any) -> T | None:
        """What `read` finds in the bytes of a file; `given` is all else that it depends on, and names it.

        None: the file has to be read in the plain way, which tells why.
        """
        sort = next((one for one in given if isinstance(one, type)), None)
        known = self.known if self.known and sort and self.known.keeps(path, sort) else None
        if self.recall is None and known is None:
            return None
        try:
            data = content_of(path)
        except (OSError, UnreadableTableError):
            return None
        quietly = partial(_quietly, read)
        if self.recall is not None:
            return self.recall.of((path, sort), lambda *_: quietly(data), hashlib.sha256(data).digest(), *given)
        found: T | None = known.of(path, self.root, data, given, quietly) if known else None
        return found


def _quietly(read: Callable[[bytes, Report], T], data: bytes) -> T | None:
    """None where there is something to tell."""
    told: list[Problem] = []
    found = read(data, told.append)
    return None if told else found
