"""Where an item stands at a date, against a clerk who reads day by day; and what the public may see when."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from signed import under

from publisher.checking import checked
from publisher.ledger import OPEN, Life, Outcome, Standing, account, lives
from publisher.model.asked import Event, Holiday, Item, Meeting
from publisher.model.bureau import Bureau
from publisher.model.records import Company
from publisher.model.settings import LedgerRules, Office, Rounding, Site
from publisher.moments import end_of, in_zone
from publisher.problems import Place, Source
from publisher.released import released
from publisher.workdays import UnknownYearError

BUREAU = Path(__file__).parent / "bureau"
FIRST = date(2026, 1, 1)
ORIGIN = Source(Place("x"))
COMPANY = Company(id="water-a", name="甲", sector="供水", origin=ORIGIN)
MEETING = Meeting(id="m1", kind="meeting", title="会", held_on=FIRST, companies=("water-a",), origin=ORIGIN)
CLAIMS = ("done", "checked", "confirmed")
KINDS = ("moved", *CLAIMS, "disagreed", "reopened", "note")
LAST = 60
NO_LIMIT = LedgerRules()

days = st.integers(0, LAST).map(lambda number: FIRST + timedelta(number))
early_days = st.integers(0, 12).map(lambda number: FIRST + timedelta(number))
moments = st.integers(0, 2 * LAST).map(lambda number: FIRST + timedelta(number))
"""On which the ledger is looked at: half of them after all events."""
tried = settings(deadline=None, max_examples=200, derandomize=True, database=None)


def event(day: int | date, kind: str, new_due: int | date | None = None, id_: str = "q1") -> Event:
    return Event(item=id_, date=at_day(day), by="company", kind=kind, new_due=at_day(new_due), origin=ORIGIN)


def at_day(day: int | date | None) -> date | None:
    """Day 0 is the day of the question."""
    return FIRST + timedelta(day) if isinstance(day, int) else day


def item(answered: int | date | None = None, id_: str = "q1", **promise) -> Item:
    texts = {"answer": "答", "answered_by": "经理"} if answered is not None else {}
    texts |= {"promise": "做", "owner": "主任"} if promise else {}
    promise = {name: at_day(value) if name == "due_on" else value for name, value in promise.items()}
    facts = {"meeting": "m1", "company": "water-a", "raised_on": FIRST, "question": "？", "origin": ORIGIN}
    return Item(id=id_, answered_on=at_day(answered), **facts, **texts, **promise)


def bureau_of(items: Sequence[Item], events: Sequence[Event], rules: LedgerRules, holidays=()) -> Bureau:
    office = Office(name="局", address="路", hotline="12345")
    site = Site(
        title="站", bureau=office, base_url="https://example.org", language="zh-Hans", ledger=rules, origin=ORIGIN
    )
    return Bureau(
        site=site,
        companies={"water-a": COMPANY},
        meetings={"m1": MEETING},
        items=tuple(items),
        events=tuple(events),
        holidays=tuple(holidays),
    )


@dataclass(frozen=True)
class Story:
    """An item with what happened to it, the site's rules and the holiday table."""

    item: Item
    events: list[Event]
    rules: LedgerRules = NO_LIMIT
    holidays: tuple[Holiday, ...] = (Holiday(date=FIRST, kind="holiday", origin=ORIGIN),)

    def life(self, as_of: date | int) -> Life:
        (life,) = lives(bureau_of([self.item], self.events, self.rules, self.holidays), at_day(as_of))
        return life


@st.composite
def holiday_tables(draw) -> tuple[Holiday, ...]:
    """Any days of the first months off or worked; the year is known in any case."""
    kinds = draw(st.dictionaries(days, st.sampled_from(["holiday", "workday"]), max_size=25))
    kinds.setdefault(FIRST, "holiday")
    return tuple(Holiday(date=day, kind=kind, origin=ORIGIN) for day, kind in kinds.items())


@st.composite
def stories(draw, orderly: bool = True) -> Story:
    """`orderly`: as `check` lets pass, nothing happens to a promise before it was given."""
    answered = draw(early_days | days) if draw(st.integers(0, 5)) else None
    given_ = draw(st.sampled_from(["", "due_on", "due_on", "due_in", "due_in"])) if answered else ""
    promise = {given_: draw(days if given_ == "due_on" else st.integers(0, 25))} if given_ else {}
    one = item(answered, **promise)
    happened = []
    for _ in range(draw(st.integers(0, 9) | st.just(9))):
        kind, when = draw(st.sampled_from(("moved", *KINDS))), draw(days)
        early = answered is None or when < answered
        if orderly and ((early and kind not in {"note", "reopened"}) or (kind == "moved" and not promise)):
            continue
        happened.append(event(when, kind, draw(days) if kind == "moved" else None))
    rules = LedgerRules(
        answer_within=draw(st.none() | st.integers(0, 20)),
        due_soon=draw(st.integers(0, 15)),
        broken_after=draw(st.integers(0, 40)),
    )
    return Story(one, happened, rules, draw(holiday_tables()))


@dataclass
class Diary:
    """The second way: one day after the other, a clerk writes down what came in, and crosses out."""

    story: Story
    today: date = FIRST
    answered: bool = False
    waited: int = 0
    working_days: int = 0
    """Gone by since the question."""
    late: bool = False
    due: date | None = None
    claims: dict[str, date] = field(default_factory=dict)
    settled: str | None = None
    disputed: date | None = None
    reopened: bool = False
    overdue: int = 0

    def read(self, as_of: date) -> "Diary":
        while True:
            self.morning()
            for one in self.story.events:
                if one.date == self.today:
                    self.hear(one)
            self.evening()
            if self.today == as_of:
                return self
            self.today += timedelta(1)

    def is_working(self) -> bool:
        for one in self.story.holidays:
            if one.date == self.today:
                return one.kind == "workday"
        return self.today.strftime("%a") not in {"Sat", "Sun"}

    def morning(self) -> None:
        if self.today > FIRST:
            self.working_days += self.is_working()
            self.waited += not self.answered
        limit = self.story.rules.answer_within
        self.late = self.late or (not self.answered and limit is not None and self.is_past(limit))
        if self.story.item.answered_on == self.today:
            self.answered = True
            self.due = self.story.item.due_on or self.limit_end(self.story.item.due_in)

    def is_past(self, limit: int) -> bool:
        """The last day of the limit lies before today."""
        gone = self.working_days - (self.is_working() if self.today > FIRST else 0)
        return self.today > FIRST and gone >= limit

    def limit_end(self, count: int | None) -> date | None:
        """Turns over the leaves of the calendar until so many working days are gone."""
        if count is None:
            return None
        leaf = Diary(self.story, self.today)
        while count:
            leaf.today += timedelta(1)
            count -= leaf.is_working()
        return leaf.today

    def hear(self, one: Event) -> None:
        if one.kind == "moved":
            self.due = one.new_due
        elif one.kind in CLAIMS:
            self.claims.setdefault(one.kind, self.today)
        elif one.kind == "disagreed":
            self.claims, self.disputed = {}, self.today
        elif one.kind == "reopened":
            self.claims, self.disputed, self.reopened = {}, None, True

    def evening(self) -> None:
        """Whether a promise is kept is written down once, on the evening of the day on which it is said done."""
        if not self.claims:
            self.settled = None
        elif self.settled is None and self.due:
            self.settled = "kept" if self.today <= self.due else "kept-late"
        over = (self.today - self.due).days if self.due else 0
        self.overdue = max(over, 0)

    @property
    def standing(self) -> str:
        if not self.answered:
            return "unanswered"
        for claim in reversed(CLAIMS):
            if claim in self.claims:
                return claim
        if self.disputed:
            return "disputed"
        return self.promise or ("reopened" if self.reopened else "answered")

    @property
    def promise(self) -> str:
        """An undone promise against its date."""
        if not self.due:
            return ""
        if self.overdue:
            return "broken" if self.overdue > self.story.rules.broken_after else "overdue"
        soon = self.due <= self.today + timedelta(self.story.rules.due_soon)
        return "due-soon" if soon else "promised"

    @property
    def outcome(self) -> str:
        if not self.due:
            return "none"
        return self.settled or {"promised": "pending", "due-soon": "pending"}.get(self.promise, self.promise)


@settings(tried, max_examples=1200)
@given(stories(), moments)
def test_the_life_is_what_a_clerk_reading_day_by_day_would_say(story: Story, as_of: date) -> None:
    life, diary = story.life(as_of), Diary(story).read(as_of)
    assert life.standing == diary.standing
    assert life.outcome == diary.outcome
    assert life.due_on == diary.due
    assert life.answered_late == diary.late
    assert life.waiting_days == diary.waited
    assert life.overdue_days == (diary.overdue if diary.standing in {"overdue", "broken"} else 0)
    assert life.reopened == diary.reopened
    found = {name: getattr(life, f"{name}_on") for name in CLAIMS}
    assert found == {name: diary.claims.get(name) for name in CLAIMS}
    assert life.disagreed_on == diary.disputed


@tried
@given(stories(orderly=False), moments)
def test_every_item_is_in_exactly_one_state_at_every_date(story: Story, as_of: date) -> None:
    """Whatever was entered: the counts of the account make up all."""
    life = story.life(as_of)
    counts = account([life], Rounding())
    names = ("unanswered", "no_promise", "promised", "overdue", "broken", "disputed", "reopened", "done", "verified")
    states = [getattr(counts, name) for name in names]
    assert (counts.raised, sorted(states)) == (1, [0] * (len(names) - 1) + [1])
    assert counts.past_due == counts.overdue + counts.broken
    assert counts.answered + counts.unanswered == 1
    assert counts.due_soon <= counts.promised
    assert life.open == (life.standing in OPEN)


@tried
@given(stories(orderly=False), moments)
def test_what_happens_later_changes_nothing_today(story: Story, as_of: date) -> None:
    until_now = [one for one in story.events if one.date <= as_of]
    assert story.life(as_of) == replace(story, events=until_now).life(as_of)
    if story.item.answered_on and story.item.answered_on > as_of:
        without = dict.fromkeys(("answered_on", "answer", "answered_by", "promise", "owner", "due_on", "due_in"))
        asked = replace(story, item=story.item.model_copy(update=without)).life(as_of)
        assert replace(story.life(as_of), item=asked.item) == asked


@tried
@given(stories(), moments)
def test_the_outcome_fits_the_standing(story: Story, as_of: date) -> None:
    life = story.life(as_of)
    fulfilled = life.standing in {Standing.DONE, Standing.CHECKED, Standing.CONFIRMED}
    assert (life.outcome is Outcome.NONE) == (life.first_due is None)
    if life.outcome is not Outcome.NONE:
        assert (life.outcome in {Outcome.KEPT, Outcome.KEPT_LATE}) == fulfilled
    if life.standing in {Standing.OVERDUE, Standing.BROKEN}:
        assert life.outcome == life.standing.value
    if life.standing in {Standing.PROMISED, Standing.DUE_SOON}:
        assert life.outcome is Outcome.PENDING
    if life.standing is Standing.UNANSWERED:
        assert (life.answer, life.answer_by, life.promise, life.owner, life.due_on) == (None,) * 5
    assert (life.overdue_days > 0) == (life.standing in {Standing.OVERDUE, Standing.BROKEN})


@tried
@given(stories(orderly=False), moments)
def test_what_nobody_promised_is_never_overdue(story: Story, as_of: date) -> None:
    """The rule that warns of what is overdue looks at promises alone."""
    without = replace(story, item=story.item.model_copy(update={"promise": None}))
    assert without.life(as_of).standing not in {Standing.OVERDUE, Standing.BROKEN}


@tried
@given(stories(), moments)
def test_the_steps_are_the_whole_story_in_order(story: Story, as_of: date) -> None:
    """Each event once, in order of date; those of one day in the order of the table; nothing of tomorrow."""
    life = story.life(as_of)
    told = [step.day for step in life.steps]
    assert told == sorted(told)
    assert told[-1] <= as_of
    assert life.steps[0].kind == "asked"
    happened = sorted((one for one in story.events if one.date <= as_of), key=lambda one: one.date)
    shown = [(step.day, step.kind, step.new_due) for step in life.steps if step.kind in KINDS]
    assert shown == [(one.date, one.kind, one.new_due) for one in happened]
    others = [step.kind for step in life.steps if step.kind not in KINDS]
    wanted = ["asked", *["answer-due"] * life.answered_late, *["answered"] * bool(life.answered_on)]
    wanted += ["promised"] * bool(life.first_due) + ["due-passed"] * bool(life.overdue_days)
    assert sorted(others) == sorted(wanted)


@tried
@given(stories(), moments)
def test_a_moved_date_keeps_every_old_one(story: Story, as_of: date) -> None:
    """Each move starts from the date that the one before it set; the first from what was promised."""
    life = story.life(as_of)
    moves = [step for step in life.steps if step.kind == "moved"]
    assert [step.day for step in moves] == [move.date for move in life.moves]
    if life.first_due:
        dates = [life.first_due, *(step.new_due for step in moves)]
        assert [step.old_due for step in moves] == dates[:-1]
        assert life.due_on == dates[-1]
        assert life.moved_late == any(step.day > step.old_due for step in moves)


@tried
@given(stories(), moments)
def test_a_day_later_only_the_clock_has_moved(story: Story, as_of: date) -> None:
    """On a day on which nothing happens nobody becomes better off."""
    assume(all(one.date != as_of for one in story.events) and story.item.answered_on != as_of and as_of > FIRST)
    before, after = story.life(as_of - timedelta(1)), story.life(as_of)
    assert after.overdue_days in {0, 1, before.overdue_days + 1}
    order = ["promised", "due-soon", "overdue", "broken"]
    if before.standing in order:
        assert order.index(after.standing) >= order.index(before.standing)
    else:
        assert after.standing == before.standing
    assert set(before.steps) <= set(after.steps)


def test_a_promise_is_overdue_from_the_day_after() -> None:
    story = Story(item(0, due_on=30), [], LedgerRules(due_soon=7, broken_after=30))
    found = [(day, story.life(day).standing.value, story.life(day).overdue_days) for day in (22, 23, 30, 31, 60, 61)]
    assert found == [
        (22, "promised", 0),
        (23, "due-soon", 0),
        (30, "due-soon", 0),
        (31, "overdue", 1),
        (60, "overdue", 30),
        (61, "broken", 31),
    ]


@pytest.mark.parametrize(("done", "outcome"), [(30, Outcome.KEPT), (31, Outcome.KEPT_LATE)])
def test_done_on_the_due_date_is_kept(done: int, outcome: Outcome) -> None:
    assert Story(item(0, due_on=30), [event(done, "done")]).life(40).outcome is outcome


def test_a_date_moved_after_the_fact_keeps_nothing() -> None:
    """Ten days late, and then the date is moved beyond: it was kept late all the same."""
    late = [event(20, "done"), event(25, "moved", 40)]
    assert Story(item(0, due_on=10), late).life(50).outcome is Outcome.KEPT_LATE
    asked_before = [event(8, "moved", 40), event(20, "done")]
    assert Story(item(0, due_on=10), asked_before).life(50).outcome is Outcome.KEPT


def test_two_moves_are_a_chain() -> None:
    story = Story(item(0, due_on=10), [event(5, "moved", 20), event(25, "moved", 40)])
    moves = [(step.old_due, step.new_due) for step in story.life(30).steps if step.kind == "moved"]
    assert moves == [(at_day(10), at_day(20)), (at_day(20), at_day(40))]
    assert (story.life(30).first_due, story.life(30).due_on) == (at_day(10), at_day(40))
    assert (story.life(24).moved_late, story.life(30).moved_late) == (False, True)


def test_a_date_that_passed_is_told_on_the_day_after() -> None:
    rules = LedgerRules(answer_within=2)
    late = [(step.kind, step.day) for step in Story(item(9, due_on=12), [], rules).life(13).steps if not step.by]
    assert late == [("answer-due", date(2026, 1, 6)), ("due-passed", at_day(13))]
    assert [step.kind for step in Story(item(9, due_on=12), [], rules).life(12).steps if not step.by] == ["answer-due"]
    assert Story(item(), [], rules).life(4).steps[-1].kind == "asked"


def test_the_word_of_residents_outweighs_the_bureaus_and_that_the_companys() -> None:
    story = Story(item(0, due_on=30), [event(5, "confirmed"), event(6, "checked"), event(7, "done")])
    assert [story.life(day).standing.value for day in (4, 5, 6, 7)] == ["promised", *["confirmed"] * 3]
    again = Story(item(0, due_on=30), [event(5, "done"), event(6, "disagreed"), event(7, "done"), event(8, "checked")])
    assert [again.life(day).standing.value for day in (5, 6, 7, 8)] == ["done", "disputed", "done", "checked"]
    assert (again.life(8).done_on, again.life(8).disagreed_on) == (at_day(7), at_day(6))


def test_reopened_without_a_due_date_is_its_own_state() -> None:
    story = Story(item(0), [event(1, "done"), event(3, "reopened")])
    assert [story.life(day).standing.value for day in (0, 1, 3)] == ["answered", "done", "reopened"]
    assert story.life(3).open
    dated = Story(item(0, due_on=2), [event(1, "done"), event(3, "reopened")])
    assert (dated.life(3).standing, dated.life(3).outcome) == (Standing.OVERDUE, Outcome.OVERDUE)


def test_a_reopening_settles_the_dispute_before_it() -> None:
    story = Story(item(0, due_on=30), [event(1, "done"), event(2, "disagreed"), event(3, "reopened")])
    assert [story.life(day).disagreed_on for day in (1, 2, 3)] == [None, at_day(2), None]
    assert [story.life(day).done_on for day in (1, 2, 3)] == [at_day(1), None, None]
    assert story.life(3).standing is Standing.PROMISED


def test_events_of_one_day_count_in_the_order_of_the_table() -> None:
    first = Story(item(0), [event(1, "done"), event(1, "reopened")])
    second = Story(item(0), [event(1, "reopened"), event(1, "done")])
    assert (first.life(1).standing, second.life(1).standing) == (Standing.REOPENED, Standing.DONE)


def test_an_answer_on_the_last_day_is_in_time() -> None:
    """Asked on Thursday 1 January, a day off; two working days after it end on Monday the 5th."""
    rules = LedgerRules(answer_within=2)
    assert Story(item(4), [], rules).life(30).answer_due == date(2026, 1, 5)
    assert not Story(item(4), [], rules).life(30).answered_late
    assert Story(item(5), [], rules).life(30).answered_late
    assert not Story(item(), [], rules).life(4).answered_late
    assert Story(item(), [], rules).life(5).answered_late
    assert Story(item(), [], LedgerRules()).life(60).answer_due is None


def test_a_year_that_the_table_does_not_know_is_not_guessed() -> None:
    with pytest.raises(UnknownYearError):
        Story(item(), [], LedgerRules(answer_within=2), ()).life(30)
    assert Story(item(0, due_on=3), [], LedgerRules(), ()).life(2).standing is Standing.DUE_SOON


def test_an_item_that_is_not_yet_raised_is_not_in_the_ledger() -> None:
    assert lives(bureau_of([item()], [], LedgerRules()), FIRST - timedelta(1)) == ()


def test_an_answer_and_a_promise_are_shown_with_their_posts() -> None:
    life = Story(item(0, due_on=3), []).life(0)
    assert (life.answer, life.answer_by, life.promise, life.owner) == ("答", "经理", "做", "主任")


@tried
@given(st.lists(stories(), max_size=7), moments)
def test_an_account_is_the_sum_of_its_lives(told: list[Story], as_of: date) -> None:
    found = [story.life(as_of) for story in told]
    counts = account(found, Rounding())
    fates = [life.outcome for life in found]
    settled = [fate for fate in fates if fate not in {Outcome.NONE, Outcome.PENDING}]
    assert (counts.kept, counts.kept_late) == (fates.count(Outcome.KEPT), fates.count(Outcome.KEPT_LATE))
    assert counts.keep_rate.base == len(settled)
    assert counts.keep_rate.exact == (Fraction(100 * counts.kept, len(settled)) if settled else None)
    assert counts.answer_rate.exact == (Fraction(100 * counts.answered, len(found)) if found else None)
    answers = sorted(life.waiting_days for life in found if life.answered_on)
    assert counts.answered_late == sum(life.answered_late for life in found if life.answered_on)
    assert counts.median_days.base == len(answers) == counts.answered
    if answers:
        half = counts.median_days.exact
        assert 2 * half == answers[(len(answers) - 1) // 2] + answers[len(answers) // 2]
        assert Fraction(counts.median_days.printed) == half
    for name in ("unanswered", "overdue", "broken", "disputed", "reopened", "done", "checked", "confirmed"):
        assert getattr(counts, name) == [life.standing.value for life in found].count(name)


def test_nothing_due_is_neither_no_percent_nor_all() -> None:
    counts = account([Story(item(), []).life(3)], Rounding())
    assert (counts.keep_rate.state.value, counts.keep_rate.printed) == ("nothing-due", None)
    assert (counts.answer_rate.state.value, str(counts.answer_rate.printed)) == ("value", "0.00")
    assert counts.median_days.printed is None


@pytest.fixture(scope="module")
def bureau() -> Bureau:
    found = checked(BUREAU, lambda one: datetime.combine(date(2026, 11, 21), time(12), tzinfo=one.site.zone))
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
    changed = replace(bureau, rounds={**bureau.rounds, "quality-2026": late})
    (meeting,) = at(changed, "2026-06-30 00:00").meetings.values()
    assert meeting.round is None
    (meeting,) = at(changed, "2026-07-02 00:00").meetings.values()
    assert meeting.round == "quality-2026"


def test_a_round_without_every_sign_off_stays_in(bureau: Bureau) -> None:
    signed = under(bureau)
    unsigned = signed.rounds["2026-q1"].model_copy(update={"signoff": type(signed.rounds["2026-q1"].signoff)()})
    changed = replace(signed, rounds={**signed.rounds, "2026-q1": unsigned})
    assert "2026-q1" in at(signed, "2030-01-01 00:00").rounds
    assert "2026-q1" not in at(changed, "2030-01-01 00:00").rounds


def test_a_round_without_a_moment_of_release_is_out_with_its_notice(bureau: Bureau) -> None:
    plain = bureau.rounds["2026-q2"].model_copy(update={"release_at": None})
    changed = replace(bureau, rounds={**bureau.rounds, "2026-q2": plain})
    assert "2026-q2" not in at(changed, "2026-07-20 09:59").rounds
    assert "2026-q2" in at(changed, "2026-07-20 10:00").rounds
    without = under(replace(changed, notices=()))
    assert "2026-q2" not in at(without, "2026-07-18 15:59").rounds  # signed off at 16:00
    assert "2026-q2" in at(without, "2026-07-18 16:00").rounds


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
