"""Working days by a holiday table, against counting on one's fingers and against the year counted by hand."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.model.asked import Holiday
from publisher.problems import Place, Source
from publisher.workdays import Calendar, UnknownYearError

TABLE = Path(__file__).parents[1] / "content" / "holidays.csv"
ORIGIN = Source(Place("x"))
FIRST = date(2026, 1, 1)
BY_HAND = {
    2025: (19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23),
    2026: (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23),
}
"""Working days of each month, counted on the calendar that the State Council's notices give; 248 a year."""

tried = settings(deadline=None, max_examples=200, derandomize=True, database=None)
some_days = st.integers(0, 364).map(lambda number: FIRST + timedelta(number))


def calendar_of(kinds: dict[date, str]) -> Calendar:
    return Calendar.of(Holiday(date=day, kind=kind, origin=ORIGIN) for day, kind in kinds.items())


@pytest.fixture(scope="module")
def real() -> Calendar:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return calendar_of({date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)})


@st.composite
def tables(draw) -> dict[date, str]:
    kinds = draw(st.dictionaries(some_days, st.sampled_from(["holiday", "workday"]), max_size=60))
    return {FIRST: "holiday", date(2027, 1, 1): "holiday"} | kinds


def on_fingers(kinds: dict[date, str], day: date) -> bool:
    if day in kinds:
        return kinds[day] == "workday"
    return day.strftime("%A") not in {"Saturday", "Sunday"}


@tried
@given(tables(), some_days, st.integers(0, 120))
def test_a_limit_ends_where_counting_day_by_day_ends(kinds, start, limit) -> None:
    fingers, day = [], start
    while len(fingers) < limit:
        day += timedelta(1)
        fingers += [day] * on_fingers(kinds, day)
    end = calendar_of(kinds).after(start, limit)
    assert end == (fingers[-1] if fingers else start)


@tried
@given(tables(), some_days, st.integers(1, 60))
def test_a_limit_ends_on_a_working_day_and_a_longer_one_later(kinds, start, limit) -> None:
    calendar = calendar_of(kinds)
    assert calendar.is_working_day(calendar.after(start, limit))
    assert calendar.after(calendar.after(start, limit), 1) == calendar.after(start, limit + 1)
    assert calendar.after(start, limit) < calendar.after(start, limit + 1)


def test_a_limit_of_nothing_ends_on_the_day_itself_even_off_and_in_any_year(real: Calendar) -> None:
    assert real.after(date(2026, 10, 1), 0) == date(2026, 10, 1)
    assert calendar_of({}).after(date(2099, 1, 1), 0) == date(2099, 1, 1)


@pytest.mark.parametrize(("start", "limit"), [(date(2026, 12, 31), 1), (date(2026, 12, 1), 40), (date(2024, 5, 1), 1)])
def test_a_year_that_the_table_does_not_know_is_never_guessed(real: Calendar, start: date, limit: int) -> None:
    with pytest.raises(UnknownYearError) as caught:
        real.after(start, limit)
    assert caught.value.year == (2027 if start.year == 2026 else 2024)
    with pytest.raises(UnknownYearError):
        calendar_of({}).is_working_day(FIRST)


def test_the_last_working_day_of_the_last_known_year_is_counted(real: Calendar) -> None:
    assert real.after(date(2026, 12, 30), 1) == date(2026, 12, 31)


@pytest.mark.parametrize("year", BY_HAND)
def test_the_table_of_the_sample_makes_the_months_counted_by_hand(real: Calendar, year: int) -> None:
    months = [0] * 12
    for number in range(365):
        day = date(year, 1, 1) + timedelta(number)
        months[day.month - 1] += real.is_working_day(day)
    assert tuple(months) == BY_HAND[year]
    assert sum(months) == 248


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        # 29 and 30 September, then 8 and 9 October, and Saturday 10 October, worked for the holiday.
        (date(2026, 9, 28), 5, date(2026, 10, 10)),
        # Asked on a Saturday worked: not counted itself.
        (date(2026, 10, 10), 1, date(2026, 10, 12)),
        # Friday 13 February: Saturday 14 is worked, 15 to 23 are off.
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        # Saturday 28 February is worked, Sunday 1 March is not.
        (date(2026, 2, 27), 2, date(2026, 3, 2)),
        # Sunday 4 January is worked.
        (date(2026, 1, 1), 1, date(2026, 1, 4)),
        # Across the turn of the year: 31 December, then 1 to 3 January off, Sunday 4 worked.
        (date(2025, 12, 30), 2, date(2026, 1, 4)),
        # An ordinary fortnight.
        (date(2026, 11, 6), 10, date(2026, 11, 20)),
        (date(2026, 4, 21), 20, date(2026, 5, 21)),
    ],
)
def test_limits_counted_by_hand(real: Calendar, start: date, limit: int, end: date) -> None:
    assert real.after(start, limit) == end


def test_the_table_names_no_day_twice_and_only_weekends_are_worked_instead(real: Calendar) -> None:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        days = [row["date"] for row in csv.DictReader(file)]
    assert len(days) == len(set(days))
    assert days == sorted(days)
    assert all(day.isoweekday() > 5 for day in real.worked)
    assert not real.worked & real.off
