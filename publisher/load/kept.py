"""What was read of a file, kept while its bytes and all that they are read with stay the same.

Only what was read without a fault: everything else is read anew, so that its faults are told anew. A file that nobody
edits is parsed and validated once in the life of a preview, and gives the same nouns, not equal ones: what is computed
from them is found again by looking whether they are the same.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from publisher.load.content import content_of
from publisher.load.grid import UnreadableTableError
from publisher.problems import Problem, Report
from publisher.recall import Recall

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """Without `recall`, of a folder that is read once, nothing is kept."""

    recall: Recall | None

    def of(self, path: Path, read: Callable[[bytes, Report], T], *given: Any) -> T | None:
        """What `read` finds in the bytes of a file; `given` is all else that it depends on, and names it.

        None: the file has to be read in the plain way, which tells why.
        """
        try:
            data = content_of(path) if self.recall and path.is_file() else None
        except UnreadableTableError:
            return None
        return None if data is None else self.of_bytes(path, data, read, *given)

    def of_bytes(self, path: Path, data: bytes, read: Callable[[bytes, Report], T], *given: Any) -> T | None:
        """The same of bytes that were read already."""
        if self.recall is None:
            return None
        digest = hashlib.sha256(data).digest()
        sort = next((one for one in given if isinstance(one, type)), None)
        return self.recall.of((path, sort), lambda *_: _quietly(read, data), digest, *given)


def _quietly(read: Callable[[bytes, Report], T], data: bytes) -> T | None:
    """None where there is something to tell."""
    told: list[Problem] = []
    found = read(data, told.append)
    return None if told else found
