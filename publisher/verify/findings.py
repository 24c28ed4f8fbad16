"""What the look at a copy finds: one fact, one place. The words stand in `locales/*/verify.po`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Finding:
    """`verify.found.<code>` says what; `details` fill the sentence."""

    code: str
    path: str = ""
    """Within the copy; empty: the copy as a whole."""
    line: int = 0
    details: tuple[tuple[str, Any], ...] = ()
    told: bool = False
    """Said for the reader to know; the proof does not fail by it."""


def finding(code: str, path: str = "", line: int = 0, **details: Any) -> Finding:
    return Finding(code, path, line, tuple(details.items()))


def told(code: str, path: str = "", line: int = 0, **details: Any) -> Finding:
    return Finding(code, path, line, tuple(details.items()), told=True)


def few(found: Sequence[Finding], more: str, path: str, most: int = 20) -> Iterator[Finding]:
    """The first ones; `more` is the code that says how many others there are."""
    yield from found[:most]
    if len(found) > most:
        yield finding(more, path, count=len(found) - most)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What breaks the proof first; each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.told, one.path, one.line)))


@dataclass(frozen=True)
class Last:
    """The last line of the register: with the hash of SHA256SUMS the figure to note down."""

    n: int
    at: datetime
    hash: str


@dataclass(frozen=True)
class Verdict:
    findings: tuple[Finding, ...]
    folder: str
    """Where SHA256SUMS was found."""
    sums: str
    """SHA-256 of SHA256SUMS; empty if there is none."""
    files: int
    """Listed and found as listed."""
    last: Last | None
    unread: int = 0
    """Of these, files whose content nothing else in the copy tells: pictures, printed notices, scripts."""
    compared: bool = False
    signed_by: str = ""
    """The number of the key whose signature was found good."""
    comment: str = ""
    """What the signature says of itself."""

    @property
    def proved(self) -> bool:
        return bool(self.sums) and all(one.told for one in self.findings)
