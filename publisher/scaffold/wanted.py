"""The sorts of files that can be begun: where each lies, and what must be known to begin it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One sort of file. `path` has the ids in braces, in the order in which they are asked."""

    path: str
    ids: tuple[str, ...]
    options: frozenset[str] = frozenset()
    """What else may be said."""
    sorts: tuple[str, ...] = ()
    """Values of the option `kind`, the usual one first."""


_NOTICES = ("results", "announcement", "violation", "commendation", "correction")
_MEETINGS = ("meeting", "home-visit", "hotline", "survey")
_ABOUT = frozenset({"round", "company"})

KINDS: Mapping[str, Kind] = {
    "round": Kind("results/{id}/round.yaml", ("id",), frozenset({"scheme"})),
    "notice": Kind("content/notices/{id}.md", ("id",), _ABOUT | {"kind"}, _NOTICES),
    "statement": Kind("content/statements/{round}/{company}.md", ("round", "company")),
    "response": Kind("content/responses/{round}/{company}.md", ("round", "company")),
    "meeting": Kind("content/meetings/{id}.md", ("id",), _ABOUT | {"kind"}, _MEETINGS),
    "correction": Kind("content/corrections/{id}.md", ("id",), _ABOUT),
    "withdrawal": Kind("content/withdrawals/{id}.md", ("id",)),
}
