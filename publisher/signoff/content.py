"""What is signed, as a short hash that a person can copy and compare: `3f9a-11c0-27be-90d4-7c1e`.

A round is signed with everything that the bureau itself is responsible for: the rules of print, the round with
its release time, its scheme, its companies, its scores and the notice of its results. What arrives later, and may,
is not in it: statements, responses, corrections. The sign-off itself is not in it either.

The last digits stand for one part each, so that it can mostly be told what changed: a part that changed keeps its
digit once in sixteen times. The digits before them are of the whole.
"""

from collections.abc import Mapping
from typing import Any

from publisher.editions.facts import bytes_of, digest, facts_of, typed
from publisher.model.bureau import Bureau
from publisher.model.fields import CONTENT_DIGITS
from publisher.model.records import Notice

_GROUP = 4
MOST_SLIPS = 4
"""Digits of twenty. That so few differ by chance happens once in some 10^15 times."""
_ROUND_PARTS = {
    "round": ("rules", "round"),
    "scheme": ("scheme", "company"),
    "score": ("score",),
    "notice": ("notice",),
}
"""Part -> the kinds of facts in it, in the order of their digits."""
_DATES = ("issued_on", "published_at")


def content_of_round(bureau: Bureau, id_: str) -> str:
    """The hash of a round; the bureau may be one whose rounds are not released yet."""
    facts = facts_of(bureau, id_)
    parts = {part: {kind: facts.get(kind, {}) for kind in kinds} for part, kinds in _ROUND_PARTS.items()}
    return _content(f"round/{id_}", parts)


def content_of_notice(notice: Notice) -> str:
    """The hash of a notice that announces no results."""
    fields = dict(typed(notice))
    body = fields.pop("body", "")
    dates = {name: fields.pop(name) for name in _DATES if name in fields}
    return _content(f"notice/{notice.id}", {"head": fields, "dates": dates, "body": body})


def _content(subject: str, parts: Mapping[str, Any]) -> str:
    digits = "".join(digest(bytes_of({subject: {name: part}}))[0] for name, part in parts.items())
    return digest(bytes_of({subject: parts}))[: CONTENT_DIGITS - len(digits)] + digits


def changed_parts(signed: str, now: str, *, of_round: bool) -> tuple[str, ...]:
    """The names of the parts whose digit differs; none if it cannot be told."""
    names = tuple(_ROUND_PARTS) if of_round else ("head", "dates", "body")
    return tuple(name for name, old, new in zip(names[::-1], signed[::-1], now[::-1], strict=False) if old != new)[::-1]


def is_slip(signed: str, now: str) -> bool:
    """Whether a few digits were mistyped: of another content nearly all digits are others."""
    return sum(old != new for old, new in zip(signed, now, strict=True)) <= MOST_SLIPS


def shown(content: str) -> str:
    """In groups of four, as it is printed and copied."""
    return "-".join(content[start : start + _GROUP] for start in range(0, len(content), _GROUP))
