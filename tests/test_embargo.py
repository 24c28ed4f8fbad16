"""Before its moment nothing is known of a fact: not on a page, not in a data file, not in a count."""

# ruff: noqa: DTZ001  (a moment of the inputs is the bureau's own time)

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import NOON, ROOT, at_noon
from signed import under

from publisher.build import build as build_site
from publisher.checking import checked
from publisher.load.folder import load
from publisher.moments import end_of, in_zone, release_of
from publisher.released import released

BUREAU = ROOT / "tests" / "bureau"
ZONE = ZoneInfo("Asia/Shanghai")
MARK = "九霄云外"
"""In no text of the bureau."""


@pytest.fixture(scope="module")
def bureau():
    return load(BUREAU).bureau


@pytest.fixture(scope="module")
def signed(bureau):
    """The same, where a round comes out when it is drafted and issued."""
    return under(bureau)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def with_round(bureau, id_, **changes):
    return replace(bureau, rounds={**bureau.rounds, id_: bureau.rounds[id_].model_copy(update=changes)})


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def found_in(site, *marks):
    """The files that hold one of the texts, or have it in their name."""
    return [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and any(mark.encode() in path.read_bytes() or mark in path.as_posix() for mark in marks)
    ]


def test_a_round_waits_for_its_last_signature(signed):
    signoff = signed.rounds["2026-q2"].signoff
    late = signoff.issue.model_copy(update={"at": datetime(2026, 11, 21, 12, 1)})
    held = with_round(signed, "2026-q2", signoff=signoff.model_copy(update={"issue": late}))
    public = released(held, NOON)
    assert list(public.rounds) == list(public.scores) == ["2026-q1", "quality-2026"]
    assert {one.round for one in public.statements} == {"quality-2026"}
    assert not public.responses
    assert [one.id for one in public.notices] == ["gas-b-warning"]
    assert public.meetings["water-2026-10"].round is None
    assert "2026-q2" in released(held, NOON + timedelta(minutes=1)).rounds


def test_a_round_without_a_signature_that_the_policy_asks_for_is_held_back(signed):
    signoff = signed.rounds["2026-q2"].signoff.model_copy(update={"draft": None})
    assert "2026-q2" not in released(with_round(signed, "2026-q2", signoff=signoff), NOON).rounds


def test_a_stage_that_the_policy_does_not_ask_for_holds_nothing_back(signed):
    signoff = signed.rounds["2026-q2"].signoff
    late = signoff.issue.model_copy(update={"at": datetime(2027, 1, 1)})
    held = with_round(signed, "2026-q2", signoff=signoff.model_copy(update={"review1": late}))
    assert "2026-q2" in released(held, NOON).rounds


def test_a_round_comes_out_at_the_minute(bureau):
    assert "2026-q2" not in released(bureau, at("2026-07-20T09:59")).rounds
    assert "2026-q2" in released(bureau, at("2026-07-20T10:00")).rounds


def test_the_release_time_wins_over_the_notice(bureau):
    (notice,) = [one for one in bureau.notices if one.kind == "results"]
    later = notice.model_copy(update={"published_at": datetime(2026, 7, 22, 9)})
    told = replace(bureau, notices=(later,))
    round_ = bureau.rounds["2026-q2"]
    assert release_of(round_, told.notices) == datetime(2026, 7, 20, 10)
    between = released(told, at("2026-07-21T00:00"))
    assert "2026-q2" in between.rounds
    assert not between.notices
    silent = with_round(told, "2026-q2", release_at=None)
    assert release_of(silent.rounds["2026-q2"], told.notices) == datetime(2026, 7, 22, 9)
    assert "2026-q2" not in released(silent, at("2026-07-21T00:00")).rounds
    assert release_of(silent.rounds["2026-q2"], ()) is None


def test_a_statement_comes_out_when_it_was_received_and_its_response_not_before(bureau):
    def public(day):
        one = released(bureau, at(f"{day}T23:59"))
        return {s.company for s in one.statements if s.round == "2026-q2"}, {r.company for r in one.responses}

    assert public("2026-08-06") == ({"gas-a", "water-b"}, set())  # gas-b signed on the 4th
    assert public("2026-08-07") == ({"gas-a", "gas-b", "water-b"}, set())
    assert public("2026-08-12") == ({"gas-a", "gas-b", "water-b"}, {"water-b"})
    late = tuple(
        one.model_copy(update={"received_on": date(2026, 12, 1)}) if one.company == "water-b" else one
        for one in bureau.statements
    )
    public_now = released(replace(bureau, statements=late), NOON)
    assert "water-b" not in {one.company for one in public_now.statements}
    assert not public_now.responses


def test_a_repetition_of_a_withheld_question_is_a_question_of_its_own(bureau):
    meetings = dict(bureau.meetings)
    meetings["water-2026-06"] = meetings["water-2026-06"].model_copy(update={"published_at": datetime(2026, 12, 1, 9)})
    public = released(replace(bureau, meetings=meetings), NOON)
    assert {one.id for one in public.items} == {"w5", "w6", "w7", "w8"}
    assert {one.repeats for one in public.items} == {None}
    assert {one.item for one in public.events} == {"w5", "w8"}
    assert [one.repeats for one in released(bureau, NOON).items if one.repeats] == ["w1", "w4"]


def test_an_answer_of_a_later_day_is_gone_with_its_promise(bureau):
    (item,) = [one for one in released(bureau, at("2026-11-03T23:59")).items if one.id == "w6"]
    assert (item.answer, item.answered_on, item.answered_by) == (None, None, None)
    assert (item.promise, item.owner, item.due_on, item.due_in) == (None, None, None, None)
    assert item.question == "晚上六楼又没水。"


def test_a_correction_and_an_event_wait_for_their_day(bureau):
    eve = released(bureau, at("2026-08-09T23:59"))
    assert not eve.corrections
    assert max(one.date for one in eve.events) == date(2026, 7, 20)
    assert released(bureau, at("2026-08-10T00:00")).corrections


def test_a_moment_without_a_zone_is_the_bureaus_and_the_day_is_too(bureau):
    """23:30 in London is the next morning in the bureau's city."""
    london = datetime(2026, 6, 24, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    assert "water-2026-06" in released(bureau, london).meetings
    assert "water-2026-06" not in released(bureau, end_of(date(2026, 6, 24), ZONE)).meetings
    assert in_zone(datetime(2026, 7, 20, 10), ZONE) == at("2026-07-20T10:00")
    assert in_zone(datetime(2026, 7, 20, 2, tzinfo=ZoneInfo("UTC")), ZONE) == at("2026-07-20T10:00")


def test_what_companies_will_become_is_not_shown(copy_of, tmp_path):
    """The end that is still to come, and a new company that nothing names yet."""
    root = copy_of(BUREAU)
    table = root / "content" / "companies.csv"
    change(table, "起始日期\n", "起始日期,终止日期\n")
    change(
        table,
        "城西,,,2026-01-01\n",
        f"城西,,,2026-01-01,2027-03-09\nheat-z,{MARK}供热公司,,{MARK},供热,,城东,,,2027-01-01,\n",
    )
    build_site(root, tmp_path / "site", at_noon)
    assert found_in(tmp_path / "site", MARK, "heat-z", "2027-03-09", "2027年3月9日") == []
    assert found_in(tmp_path / "site", "2026-01-01", "2026年1月1日")


def test_a_new_company_that_is_named_is_there(bureau):
    """An evaluation may come out a little before the day a company begins."""
    new = {**bureau.companies, "gas-b": bureau.companies["gas-b"].model_copy(update={"since": date(2027, 1, 1)})}
    assert "gas-b" in released(replace(bureau, companies=new), NOON).companies
    assert "gas-b" not in released(replace(bureau, companies=new), at("2026-04-01T12:00")).companies


def test_a_scheme_to_come_is_not_there_and_one_that_is_continued_is(bureau):
    """By name it could be cited, and a citation of the scheme before it would be of two."""
    service = bureau.schemes["service"]
    line = {"coming": "service", "service": "trial", "trial": "first", "first": None}
    schemes = {id_: service.model_copy(update={"id": id_, "replaces": before}) for id_, before in line.items()}
    held = replace(bureau, schemes={**bureau.schemes, **schemes})
    assert set(released(held, NOON).schemes) == {"first", "trial", "service", "quality"}
    assert set(released(held, at("2026-01-01T12:00")).schemes) == set()
    unused = with_round(held, "2026-q2", scheme="coming", release_at=datetime(2026, 12, 1))
    assert "coming" not in released(unused, NOON).schemes
    assert "coming" in released(unused, NOON, ahead=True).schemes


def test_a_meeting_that_goes_on_says_nothing_of_its_last_day(bureau):
    meeting = released(bureau, at("2026-11-01T12:00")).meetings["water-2026-10"]
    assert (meeting.held_on, meeting.ended_on) == (date(2026, 10, 15), None)
    assert released(bureau, NOON).meetings["water-2026-10"].ended_on == date(2026, 11, 18)


def test_ahead_of_release_everything_is_there_but_what_did_not_happen_yet(bureau):
    eve = at("2026-04-19T12:00")
    ahead = released(bureau, eve, ahead=True)
    assert list(ahead.rounds) == list(bureau.rounds)
    assert {one.id for one in ahead.notices} == {one.id for one in bureau.notices}
    assert [*ahead.meetings, *ahead.items, *ahead.statements, *ahead.events, *ahead.corrections] == []
    unsigned = with_round(
        bureau, "2026-q2", signoff=bureau.rounds["2026-q2"].signoff.model_copy(update={"draft": None})
    )
    assert "2026-q2" in released(unsigned, eve, ahead=True).rounds


@pytest.fixture(scope="module")
def marked(copy_of):
    """A bureau in which the mark stands in whatever happened after June."""
    root = copy_of(BUREAU)
    for path, old in {
        "content/items.csv": "账单还是老样子",
        "content/events.csv": "印制推迟",
        "content/notices/2026-q2-results.md": "请各企业对照问题整改",
        "content/notices/gas-b-warning.md": "经查，该企业",
        "content/corrections/2026-q1-water-b.md": "现场检查的得分录入有误",
        "content/responses/2026-q2/water-b.md": "收到说明以后",
        "content/statements/2026-q2/water-b.md": "我公司接受评价结果",
        "content/meetings/water-2026-10.md": "走访两个街道",
        "results/2026-q2/round.yaml": "乙燃气的热线仍在安装",
    }.items():
        change(root / path, old, MARK + old)
    change(root / "content" / "items.csv", "已清洗管道。", f"{MARK}已清洗管道。")
    return root


def test_a_site_of_the_past_knows_nothing_of_later(marked, tmp_path):
    site = tmp_path / "site"
    build_site(marked, site, lambda _: at("2026-06-25T23:59"), today=at_noon)
    assert found_in(site, MARK, "2026-q2", "water-2026-10") == []
    assert found_in(site, "早上水发黄")


def test_the_marks_are_all_in_the_site_of_today(marked, tmp_path):
    """Else the test before would look for what is never shown."""
    site = tmp_path / "site"
    build_site(marked, site, at_noon)
    found = set(found_in(site, MARK))
    assert {"meetings/water-2026-06.html", "meetings/water-2026-10.html", "data/items.csv", "data/events.csv"} <= found
    assert {"notices/2026-q2-results.html", "notices/gas-b-warning.html", "rounds/2026-q2/water-b.html"} <= found
    assert {"corrections.html", "rounds/2026-q2/index.html"} <= found


def test_an_event_after_the_present_day_is_a_fault_and_one_before_it_only_waits(copy_of):
    root = copy_of(BUREAU)

    def errors(now, today):
        return [(one.code, one.value) for one in checked(root, lambda _: at(now), lambda _: at(today)).errors]

    assert errors("2026-06-30T12:00", "2026-11-21T12:00") == []
    assert errors("2026-06-30T12:00", "2026-11-17T12:00") == [("in-the-future", "2026-11-18")] * 2
    assert errors("2026-11-21T12:00", "2026-06-30T12:00") == []  # a site of tomorrow: tomorrow is the present
