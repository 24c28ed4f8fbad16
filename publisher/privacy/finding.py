"""What was found, and how it may be shown: messages go into mails and reports, so never in full."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "identity", "bank-card", "customer-number", "mobile", "landline", "email", "messenger", "plate", "address", "name"
]
"""In order of weight: where two kinds claim the same signs, the earlier one is told."""
KINDS: tuple[Kind, ...] = (
    *("identity", "bank-card", "customer-number", "mobile", "landline"),
    *("email", "messenger", "plate", "address", "name"),
)
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data between two places of a text."""

    kind: Kind
    start: int
    end: int


def masked(value: str) -> str:
    """Only the first and the last sign stay; of two signs only the first."""
    plain = " ".join(value.split())
    return f"{plain[0]}{'*' * (len(plain) - 2)}{plain[-1]}" if len(plain) >= _SHORT else f"{plain[0]}*"


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """In order of place; of those that overlap the weightiest."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (KINDS.index(f.kind), f.start, -f.end)):
        # Those kept are in order and do not overlap: only the neighbours can be in the way.
        place = bisect(kept, one.start, key=lambda f: f.start)
        before, behind = kept[max(0, place - 1) : place], kept[place : place + 1]
        if all(other.end <= one.start for other in before) and all(one.end <= other.start for other in behind):
            kept.insert(place, one)
    return kept


def all_masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with every finding masked."""
    return "".join(_parts(text, findings))


def _parts(text: str, findings: Iterable[Finding]) -> Iterator[str]:
    done = 0
    for one in findings:
        yield text[done : one.start]
        yield masked(text[one.start : one.end])
        done = one.end
    yield text[done:]
