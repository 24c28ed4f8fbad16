"""What differs between two editions: one change for each field, or for a record that came or went."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publisher.model.editions import RECORD, Change, Facts, Fields

ADDITIVE = frozenset({"statement", "response", "meeting", "item", "event", "holiday"})
"""Here a new record, or a value where there was none, came later; it is no correction."""
LATER = frozenset({"notice", "correction"})
"""These may come after their round was sealed; once there they are as strict as the round."""
NAMES = ("id", "channel", "company", "milestone", "indicator", "title")
"""By the first of these the parts of a list are told from each other, if all have it and it is never the same."""
Loc = tuple[str, ...]
At = tuple[str | int, ...]
Leaf = tuple[At, str]


def changes(old: Facts, new: Facts, subject: str) -> list[Change]:
    """Every difference, in order of kind and key. `subject` is the round, or `record`."""
    found: list[Change] = []
    for kind in sorted({*old, *new}):
        before, after = old.get(kind, {}), new.get(kind, {})
        for key in sorted({*before, *after}):
            found += _record(kind, key, before.get(key), after.get(key), subject)
    return found


def _record(kind: str, key: str, old: Fields | None, new: Fields | None, subject: str) -> Iterator[Change]:
    additive = kind in ADDITIVE or (kind == "notice" and subject == RECORD)
    if old is None or new is None:
        # Editions of the record had no rules at first: that one has them is no change of any.
        came = old is None and (additive or kind in LATER or (kind == "rules" and subject == RECORD))
        yield Change(kind, key, (), (), summary(key, old), summary(key, new), came)
        return
    if old == new:
        return  # of most nothing changed
    before, after = dict(leaves(old)), dict(leaves(new))
    for loc in [*after, *(loc for loc in before if loc not in after)]:
        (_, was), (at, now) = before.get(loc, ((), None)), after.get(loc, (loc, None))
        if was != now:
            yield Change(kind, key, loc, at, was, now, additive and was is None)
    for loc, at, was, now in _reordered(old, new):
        yield Change(kind, key, loc, at, was, now)


def summary(key: str, fields: Fields | None) -> str | None:
    """A record in one line, without what its key says; none if there is none."""
    if fields is None:
        return None
    told = key.split("/")
    return "; ".join(f"{'/'.join(loc)}={text}" for loc, (_, text) in leaves(fields) if text not in told)


def leaves(value: Any, loc: Loc = (), at: At = ()) -> Iterator[tuple[Loc, Leaf]]:
    """(names, (where it stands, text)) of every scalar; parts of lists by name, else counted from 1."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from leaves(part, (*loc, name), (*at, name))
    elif isinstance(value, list):
        names = names_of(value) or [str(number) for number in range(1, len(value) + 1)]
        for number, (name, part) in enumerate(zip(names, value, strict=True)):
            yield from leaves(part, (*loc, name), (*at, number))
    else:
        yield loc, (at, value)


def names_of(parts: Sequence[Any]) -> list[str] | None:
    """The names by which the parts of a list are told from each other; none if they are counted."""
    if not parts or not all(isinstance(part, Mapping) for part in parts):
        return None
    for name in NAMES:
        found = [part.get(name) for part in parts]
        if all(isinstance(one, str) for one in found) and len(set(found)) == len(found):
            return [str(one) for one in found]
    return None


def _reordered(old: Any, new: Any, loc: Loc = (), at: At = ()) -> Iterator[tuple[Loc, At, str, str]]:
    """Lists whose named parts are the same in another order."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in new:
            if name in old:
                yield from _reordered(old[name], new[name], (*loc, name), (*at, name))
    elif isinstance(old, list) and isinstance(new, list):
        before, after = names_of(old) or [], names_of(new) or []
        was, now = [one for one in before if one in after], [one for one in after if one in before]
        if was != now:
            yield loc, at, " ".join(was), " ".join(now)


SHOWN = 40
"""Characters of a long text that are shown round what changed in it."""


def excerpt(old: str | None, new: str | None) -> tuple[str, str]:
    """Both values; of long texts what differs and a little round it."""
    before, after = old or "", new or ""
    if max(len(before), len(after)) <= SHOWN:
        return before, after
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, len(before) - end), _cut(after, start, len(after) - end)


def _alike(first: str, second: str) -> int:
    """How many signs both begin with."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(first), len(second)))


def _cut(text: str, start: int, end: int) -> str:
    left, right = max(0, start - 8), min(len(text), end + 8, start + SHOWN)
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"
