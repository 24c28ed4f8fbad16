"""Texts in which a rule found nothing, so that the next build does not look through them again.

Only of rules that depend on the text and on nothing else but the program: the same text has nothing in it next time
too. A text with a finding is looked through every time, so that it is told every time. What was kept is trusted as the
bureau's own folder is, and `check` asks none of it. A preview keeps its own, in memory.
"""

from collections.abc import Callable, Collection
from hashlib import blake2b, sha256
from typing import TypeVar

R = TypeVar("R")
_FORM = b"cleared 1"
"""Of the file; another one is not read."""
_SIZE = 16
"""Bytes of a sign: enough that no two of a billion texts have the same one by chance."""


class Cleared:
    """Those of the last build, and those of this one; a text that is gone is forgotten."""

    def __init__(self, before: Collection[bytes] = frozenset()) -> None:
        self._before = before
        self._now: set[bytes] = set()

    def of(self, rule: str, text: str, look: Callable[[str], list[R]]) -> list[R]:
        """What a rule finds in a text; `look` must depend on nothing but that."""
        sign = blake2b(f"{rule}\n{text}".encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
        found = [] if sign in self._before or sign in self._now else look(text)
        if not found:
            self._now.add(sign)
        return found

    @property
    def now(self) -> frozenset[bytes]:
        """The signs of what this build cleared."""
        return frozenset(self._now)

    def also(self, signs: Collection[bytes]) -> None:
        """What a fork of this build cleared."""
        self._now.update(signs)

    def turn(self, *, complete: bool = True) -> None:
        """Another look at the folder follows; not `complete`: what was found in order before is kept as well."""
        self._before = self.now if complete else self.now.union(self._before)
        self._now = set()

    def told(self, program: str) -> bytes:
        """As `cleared_by` reads it."""
        body = b"".join(sorted(self._now))
        return _head(program, body) + body


def cleared_by(program: str, data: bytes | None) -> Cleared:
    """What `told` wrote; none of another program or form, and none of a file that is damaged."""
    length = len(_head(program, b""))
    head, body = (data or b"")[:length], (data or b"")[length:]
    if head != _head(program, body):
        return Cleared()
    return Cleared(frozenset(body[start : start + _SIZE] for start in range(0, len(body), _SIZE)))


def _head(program: str, body: bytes) -> bytes:
    """Whose it is, and that it is whole."""
    return sha256(_FORM + program.encode() + body).digest()
