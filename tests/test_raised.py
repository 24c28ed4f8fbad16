"""Items of a round, found by their days, are those that a look at every item finds."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from publisher.ledger import Raised

FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)


def day(number):
    return FIRST + timedelta(days=number)


def plain(lives, starts, round_, company):
    """What a page of a round says it tells, read word by word."""
    start = round_.period.start
    end = min((one for one in starts if one > start), default=LAST + timedelta(days=1))
    found = [one for one in lives if one.company == company]
    return [one for one in found if start <= one.item.raised_on < end or one.meeting.round == round_.id]


@pytest.mark.parametrize("seed", range(40))
def test_items_of_a_round_are_found_by_their_days(seed):
    chance = random.Random(seed)  # noqa: S311  (nothing secret)
    starts = [day(chance.randrange(0, 360, 30)) for _ in range(chance.randrange(1, 6))]
    rounds = [SimpleNamespace(id=f"r{n}", period=SimpleNamespace(start=start)) for n, start in enumerate(starts)]
    lives = [
        SimpleNamespace(
            company=chance.choice("ab"),
            item=SimpleNamespace(raised_on=day(chance.randrange(365))),
            meeting=SimpleNamespace(round=chance.choice([None, "r0", "r1", "r2"])),
        )
        for _ in range(chance.randrange(30))
    ]
    by_company = {name: [one for one in lives if one.company == name] for name in {one.company for one in lives}}
    raised = Raised(by_company, starts, LAST)
    for round_ in rounds:
        for company in "abc":
            assert raised.within(round_, company) == plain(lives, starts, round_, company)


def test_they_come_in_the_order_of_the_table():
    round_ = SimpleNamespace(id="r", period=SimpleNamespace(start=day(0)))
    lives = [
        SimpleNamespace(item=SimpleNamespace(raised_on=day(one)), meeting=SimpleNamespace(round=None)) for one in (9, 3)
    ]
    assert Raised({"a": lives}, [day(0)], LAST).within(round_, "a") == lives
