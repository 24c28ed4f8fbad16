"""Items by the day on which they were raised: each scorecard asks for those of a few months."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from publisher.ledger.life import Life
from publisher.model.records import Round


class Raised:
    """All up to `last`; of rounds that follow one another, `starts` says when each begins."""

    def __init__(self, lives: Mapping[str, Sequence[Life]], starts: Iterable[date], last: date) -> None:
        self._starts = sorted(starts)
        self._after = last + timedelta(days=1)
        self._of = {company: _Own(found) for company, found in lives.items()}

    def within(self, round_: Round, company: str) -> list[Life]:
        """From the start of the round to the start of the next one, or at a meeting about it; in the order given."""
        start = round_.period.start
        end = next(iter(self._starts[bisect_right(self._starts, start) :]), self._after)
        return self._of[company].within(start, end, round_.id) if company in self._of else []


class _Own:
    """Of one company."""

    def __init__(self, lives: Sequence[Life]) -> None:
        self._lives = lives
        self._places = sorted(range(len(lives)), key=lambda place: lives[place].item.raised_on)
        self._days = [lives[place].item.raised_on for place in self._places]
        self._at: dict[str | None, list[int]] = {}
        """By the round of the meeting."""
        for place, one in enumerate(lives):
            self._at.setdefault(one.meeting.round, []).append(place)

    def within(self, start: date, end: date, round_: str) -> list[Life]:
        between = self._places[bisect_left(self._days, start) : bisect_left(self._days, end)]
        return [self._lives[place] for place in sorted({*between, *self._at.get(round_, ())})]
