"""Additions that say they are older than the seal without having been there: what came later has a later date."""

from collections.abc import Mapping
from datetime import date

from publisher.model.editions import Change, Facts, Fields

_DAYS: Mapping[str, tuple[str, ...]] = {
    "event": ("date",),
    "holiday": ("date",),
    "item": ("raised_on",),
    "meeting": ("published_at", "held_on"),
    "notice": ("published_at",),
    "response": ("responded_on",),
    "statement": ("received_on", "signed_on"),
}
"""The fields that say when a record came in; the first that is there counts."""
_UNDATED = frozenset({"topic", "indicator", "repeats", "attachments"})
"""By these the bureau files what it has, whenever it likes; an attachment has a hash of its own."""


def is_back_dated(change: Change, old: Facts, new: Facts, sealed_on: date) -> bool:
    """Whether an addition is dated before the day of the seal that did not have it."""
    day = dated_on(change, old, new)
    return bool(day) and day < sealed_on.isoformat()


def dated_on(change: Change, old: Facts, new: Facts) -> str:
    """The day, as text, on which an addition says that it came in; empty where that does not count.

    What belongs to a meeting, or to a question, that was not there either came in with it.
    """
    fields = new.get(change.kind, {}).get(change.key, {})
    if not change.addition or change.kind not in _DAYS or _came_with_another(change.kind, fields, old):
        return ""
    if change.kind == "holiday" and "rules" not in old:
        return ""  # an edition from before holidays were sealed, with the rules
    if change.loc and change.loc[0] in _UNDATED:
        return ""
    # What is added to a question came in with its answer.
    names = ("answered_on",) if change.kind == "item" and change.loc else _DAYS[change.kind]
    return next((str(fields[name])[:10] for name in names if fields.get(name)), "")


def _came_with_another(kind: str, fields: Fields, old: Facts) -> bool:
    above = {"item": "meeting", "event": "item"}.get(kind)
    return above is not None and str(fields.get(above)) not in old.get(above, {})
