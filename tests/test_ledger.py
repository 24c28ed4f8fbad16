"""Where an item stands at a date, against a second way of telling it; and what the public may see when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.build import checked
from publisher.ledger import Life, Standing, account, lives
from publisher.model.bureau import Bureau
from publisher.model.records import Company, Event, Item, Meeting
from publisher.problems import Place, Source
from publisher.released import end_of, in_zone, released

BUREAU = Path(__file__).parent / "bureau"
FIRST = date(2026, 1, 1)
ORIGIN = Source(Place("x"))
COMPANY = Company(id="water-a", name="甲", sector="供水", origin=ORIGIN)
MEETING = Meeting(id="m1", kind="meeting", title="会", held_on=FIRST, companies=("water-a",), origin=ORIGIN)
KINDS = ("moved", "done", "checked", "confirmed", "reopened", "note")

days = st.integers(0, 30).map(lambda number: FIRST + timedelta(number))


@st.composite
def events(draw) -> Event:
    kind = draw(st.sampled_from(KINDS))
    return Event(
        item="q1",
        date=draw(days),
        by=draw(st.sampled_from(["company", "bureau", "resident"])),
        kind=kind,
        new_due=draw(days) if kind == "moved" else None,
        origin=ORIGIN,
    )


@st.composite
def items(draw) -> Item:
    answered = draw(st.none() | days)
    promised = answered is not None and draw(st.booleans())
    return Item(
        id="q1",
        meeting="m1",
        company="water-a",
        raised_on=FIRST,
        question="？",
        answered_on=answered,
        answer="答" if answered else None,
        answered_by="经理" if answered else None,
        promise="做" if promised else None,
        owner="经理" if promised else None,
        due_on=draw(days) if promised else None,
        origin=ORIGIN,
    )


def life_of(item: Item, happened: Sequence[Event], as_of: date) -> Life:
    (life,) = lives([item], happened, {"m1": MEETING}, {"water-a": COMPANY}, as_of)
    return life


@dataclass
class Diary:
    """The second way: one day after the other, a clerk crosses out and writes anew."""

    due: date | None = None
    answered: bool = False
    promised: bool = False
    reached: str = ""
    reopened: bool = False

    def hear(self, event: Event) -> None:
        order = ["", "done", "checked", "confirmed"]
        if event.kind == "moved":
            self.due = event.new_due
        elif event.kind == "reopened":
            self.reached, self.reopened = "", True
        elif event.kind in order and order.index(event.kind) > order.index(self.reached):
            self.reached = event.kind

    def standing(self, today: date) -> str:
        if not self.answered:
            return "unanswered"
        if self.reached:
            return self.reached
        if self.due is not None and today > self.due:
            return "overdue"
        return "promised" if self.promised or self.reopened else "answered"


def read_day_by_day(item: Item, happened: Sequence[Event], as_of: date) -> Diary:
    diary = Diary(due=item.due_on, promised=item.promise is not None)
    day = FIRST
    while day <= as_of:
        diary.answered = diary.answered or item.answered_on == day
        for event in happened:
            if event.date == day:
                diary.hear(event)
        day += timedelta(1)
    return diary


@given(items(), st.lists(events(), max_size=8), days)
def test_the_standing_is_what_a_clerk_reading_day_by_day_would_say(item, happened, as_of) -> None:
    diary = read_day_by_day(item, happened, as_of)
    assert life_of(item, happened, as_of).standing == diary.standing(as_of)


@given(items(), st.lists(events(), max_size=8), days)
def test_every_item_is_in_exactly_one_state(item, happened, as_of) -> None:
    counts = account([life_of(item, happened, as_of)])
    answered_only = life_of(item, happened, as_of).standing is Standing.ANSWERED
    states = (counts.unanswered, counts.promised, counts.overdue, counts.done, counts.verified, int(answered_only))
    assert (counts.raised, sum(states)) == (1, 1)
    assert counts.answered + counts.unanswered == counts.raised


@given(items(), st.lists(events(), max_size=8), days)
def test_what_happens_later_changes_nothing_today(item, happened, as_of) -> None:
    until_now = [event for event in happened if event.date <= as_of]
    assert life_of(item, happened, as_of) == life_of(item, until_now, as_of)


@given(items(), st.lists(events(), max_size=8), days)
def test_days_over_are_counted_only_while_overdue_and_before_an_answer_there_is_no_promise(
    item, happened, as_of
) -> None:
    life = life_of(item, happened, as_of)
    assert (life.overdue_days > 0) == (life.standing is Standing.OVERDUE)
    assert life.open == (life.standing in {"unanswered", "promised", "overdue"})
    assert life.waiting_days >= 0
    if life.standing is Standing.UNANSWERED:
        assert (life.answer, life.answer_by, life.promise, life.owner, life.due_on) == (None,) * 5


@given(items(), st.lists(events(), max_size=8), days)
def test_a_moved_date_keeps_the_old_one(item, happened, as_of) -> None:
    life = life_of(item, happened, as_of)
    moves = sorted((one for one in happened if one.kind == "moved" and one.date <= as_of), key=lambda one: one.date)
    assert list(life.moves) == moves
    assert life.item.due_on == item.due_on
    if life.answered_on:
        assert life.due_on == (moves[-1].new_due if moves else item.due_on)


def test_an_item_that_is_not_yet_raised_is_not_in_the_ledger() -> None:
    item = Item(id="q1", meeting="m1", company="water-a", raised_on=date(2026, 3, 1), question="？", origin=ORIGIN)
    assert lives([item], [], {"m1": MEETING}, {"water-a": COMPANY}, date(2026, 2, 28)) == ()


def test_an_answer_and_a_promise_are_shown_with_their_posts() -> None:
    texts = {"answer": "答", "answered_by": "经理", "promise": "做", "owner": "主任"}
    item = Item(
        id="q1",
        meeting="m1",
        company="water-a",
        raised_on=FIRST,
        question="？",
        answered_on=FIRST,
        origin=ORIGIN,
        **texts,
    )
    life = life_of(item, [], FIRST)
    assert (life.answer, life.answer_by, life.promise, life.owner) == ("答", "经理", "做", "主任")


@pytest.fixture(scope="module")
def bureau() -> Bureau:
    found = checked(BUREAU)
    assert found.bureau
    return found.bureau


def at(bureau: Bureau, text: str) -> Bureau:
    return released(bureau, in_zone(datetime.fromisoformat(text), bureau.site.zone))


def test_a_round_is_out_at_its_moment_and_not_a_minute_before(bureau: Bureau) -> None:
    assert "2026-q2" not in at(bureau, "2026-07-20 09:59").rounds
    assert "2026-q2" in at(bureau, "2026-07-20 10:00").rounds


def test_nothing_of_an_unreleased_round_is_in_the_released_bureau(bureau: Bureau) -> None:
    early = at(bureau, "2026-06-09 00:00")
    assert list(early.rounds) == list(early.scores) == ["2026-q1"]
    assert "2026-q2" not in repr(early.scores) + repr(early.statements) + repr(early.notices) + repr(early.meetings)
    assert not early.notices
    assert not early.statements


def test_a_meeting_before_the_release_does_not_name_its_round(bureau: Bureau) -> None:
    late = bureau.rounds["quality-2026"].model_copy(update={"release_at": datetime.fromisoformat("2026-07-01 10:00")})
    changed = Bureau(**{**vars(bureau), "rounds": {**bureau.rounds, "quality-2026": late}})
    (meeting,) = at(changed, "2026-06-30 00:00").meetings.values()
    assert meeting.round is None
    (meeting,) = at(changed, "2026-07-02 00:00").meetings.values()
    assert meeting.round == "quality-2026"


def test_a_round_without_every_sign_off_stays_in(bureau: Bureau) -> None:
    unsigned = bureau.rounds["2026-q1"].model_copy(update={"signoff": type(bureau.rounds["2026-q1"].signoff)()})
    changed = Bureau(**{**vars(bureau), "rounds": {**bureau.rounds, "2026-q1": unsigned}})
    assert "2026-q1" not in at(changed, "2030-01-01 00:00").rounds


def test_a_round_without_a_moment_of_release_is_out_with_its_notice(bureau: Bureau) -> None:
    plain = bureau.rounds["2026-q2"].model_copy(update={"release_at": None})
    changed = Bureau(**{**vars(bureau), "rounds": {**bureau.rounds, "2026-q2": plain}})
    assert "2026-q2" not in at(changed, "2026-07-20 09:59").rounds
    assert "2026-q2" in at(changed, "2026-07-20 10:00").rounds
    without = Bureau(**{**vars(changed), "notices": ()})
    assert "2026-q2" in at(without, "2020-01-01 00:00").rounds


def test_statements_notices_meetings_items_events_and_corrections_of_the_future_are_out(bureau: Bureau) -> None:
    assert [one.company for one in at(bureau, "2026-07-27 23:59").statements] == ["water-a"]
    assert len(at(bureau, "2026-07-28 00:00").statements) == 2
    assert [one.id for one in at(bureau, "2026-07-01 10:00").notices] == ["gas-b-warning"]
    before = at(bureau, "2026-06-24 23:59")
    assert (dict(before.meetings), before.items, before.events) == ({}, (), ())
    assert len(at(bureau, "2026-06-25 00:00").items) == 4
    assert [one.kind for one in at(bureau, "2026-07-15 00:00").events] == ["done", "checked"]
    assert at(bureau, "2026-08-09 23:59").corrections == ()
    assert len(at(bureau, "2026-08-10 00:00").corrections) == 1


def test_an_answer_of_tomorrow_is_not_among_the_public_data_today(bureau: Bureau) -> None:
    today = {one.id: one for one in at(bureau, "2026-06-25 23:59").items}
    assert (today["w2"].answer, today["w2"].answered_by, today["w2"].answered_on) == (None, None, None)
    assert today["w1"].promise == "启用新账单"


def test_a_moment_without_a_zone_is_the_bureaus_own_time(bureau: Bureau) -> None:
    zone = bureau.site.zone
    assert in_zone(datetime.fromisoformat("2026-01-01T00:00Z"), zone).hour == 8
    assert in_zone(datetime.fromisoformat("2026-01-01"), zone).utcoffset() == timedelta(hours=8)
    assert end_of(date(2026, 1, 1), zone) < in_zone(datetime.fromisoformat("2026-01-02"), zone)
