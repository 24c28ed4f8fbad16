"""The same problem raised again: items linked by `repeats` make a thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from publisher.ledger.life import Life

_QUARTERS = 4
_MONTHS = 3


@dataclass(frozen=True)
class Thread:
    """All items of one problem, the first time it was raised first."""

    lives: tuple[Life, ...]

    @property
    def times(self) -> int:
        return len(self.lives)

    @property
    def quarters_running(self) -> int:
        """In how many quarters without a gap, up to the last one, it was raised."""
        quarters = {_quarter(life.item.raised_on) for life in self.lives}
        last = max(quarters)
        return next(n for n in range(1, len(quarters) + 2) if last - n not in quarters)


def _quarter(day: date) -> int:
    return day.year * _QUARTERS + (day.month - 1) // _MONTHS


def threads(lives: Iterable[Life]) -> Mapping[str, Thread]:
    """The thread of each item that repeats another or is repeated, by item; links make no circle."""
    by_id = {life.item.id: life for life in lives}
    members: dict[str, list[Life]] = {}
    for life in by_id.values():
        members.setdefault(_root(life, by_id), []).append(life)
    found = {}
    for group in members.values():
        if len(group) > 1:
            thread = Thread(tuple(sorted(group, key=lambda life: (life.item.raised_on, life.item.id))))
            found.update({life.item.id: thread for life in group})
    return found


def _root(life: Life, by_id: Mapping[str, Life]) -> str:
    """The first item of the thread that is known at the date."""
    earlier = life.item.repeats
    while earlier is not None and earlier in by_id:
        life = by_id[earlier]
        earlier = life.item.repeats
    return life.item.id
