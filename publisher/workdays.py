"""Working days by the bureau's own holiday table. A year that the table does not know is never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from publisher.model.asked import Holiday

_SATURDAY = 5
_DAY = timedelta(days=1)
_LIMITS = 4_000
"""That are remembered."""


class UnknownYearError(LookupError):
    """The holiday table has no row of this year."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """Mondays to Fridays, less the days off, plus the weekend days worked in their place."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]
    """Years of which the table has at least one row."""

    @classmethod
    def of(cls, holidays: Iterable[Holiday]) -> Self:
        rows = list(holidays)
        return cls(
            off=frozenset(row.date for row in rows if row.kind == "holiday"),
            worked=frozenset(row.date for row in rows if row.kind == "workday"),
            years=frozenset(row.date.year for row in rows),
        )

    def is_working_day(self, day: date) -> bool:
        """Raises UnknownYearError if the table does not know the year."""
        if day.year not in self.years:
            raise UnknownYearError(day.year)
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def after(self, day: date, working_days: int) -> date:
        """The last day of a limit of so many working days; the day itself is not counted.

        A limit of 0 ends on the day itself. Raises UnknownYearError.
        """
        return _after(self, day, working_days)


@lru_cache(_LIMITS)
def _after(calendar: Calendar, day: date, working_days: int) -> date:
    """A meeting's questions have all the same day; each is asked for by the rules, and by the ledger again."""
    while working_days:
        day += _DAY
        if calendar.is_working_day(day):
            working_days -= 1
    return day
