"""Every number on every page of the sample is computed a second time, from the inputs, and compared."""

import csv
from datetime import date
from pathlib import Path

import pytest
from compare import Comparison
from compare_ledger import STANDINGS
from inputs import number, read_folder, typed
from printed import language
from recompute import Fig, Oracle, Tally, half_up
from recompute_cited import cited_texts
from recompute_ledger import Entry, Step, owed_before, reply

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.xdist_group("figures")
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(read_folder(ROOT, AS_OF))


@pytest.fixture(scope="module")
def compared(sample: Path, oracle: Oracle) -> Comparison:
    return comparison_of(sample, oracle, "zh-Hans")


@pytest.fixture(scope="module")
def english(english_sample: Path, oracle: Oracle) -> Comparison:
    return comparison_of(english_sample, oracle, "en")


def comparison_of(site: Path, oracle: Oracle, code: str) -> Comparison:
    words = language(ROOT / "publisher", code)
    comparison = Comparison(oracle, words, AS_OF, [*typed(ROOT), *cited_texts(ROOT, oracle, words)])
    comparison.site(site)
    return comparison


def test_every_printed_number_is_the_recomputed_one(compared: Comparison) -> None:
    assert compared.notes.differences == []


def test_the_english_pages_have_the_same_numbers(english: Comparison, compared: Comparison) -> None:
    assert english.notes.differences == []
    assert english.loose == []
    assert english.seen == compared.seen


def test_thousands_of_numbers_were_compared(compared: Comparison) -> None:
    """A page that lost its tables would otherwise pass."""
    assert compared.notes.count > 20_000


def test_no_digit_on_any_page_is_unexplained(compared: Comparison) -> None:
    """Compared, or typed by someone, or a day of the inputs: nothing else may carry a digit."""
    assert compared.loose == []


def test_every_result_has_its_pages(compared: Comparison) -> None:
    oracle, seen = compared.oracle, compared.seen
    for (round_, company), result in oracle.results.items():
        page = f"rounds/{round_}/{company}.html"
        assert ("scorecard", round_, company) in seen
        assert {("indicator", id_) for id_ in result.inds} <= {one[1:] for one in seen if one[0] == page}
        assert {("lowest",), ("dissatisfied",), ("fell",)} <= {one[1:] for one in seen if one[0] == page}
        for id_ in result.inds:
            assert (f"indicators/{result.scheme['id']}/{id_}.html", company, round_) in seen


def test_every_sector_has_its_ranking(compared: Comparison) -> None:
    for (round_, name), sector in compared.oracle.sectors.items():
        page = f"rounds/{round_}/index.html"
        if sector.composite is not None and any(member.composite for member in sector.members):
            assert (page, "ranking", round_, name) in compared.seen
            assert (page, "sector-indicators", round_, name) in compared.seen
        else:
            assert {(page, "plain", member.company) for member in sector.members} <= compared.seen


def test_the_home_page_shows_the_latest_ranking_of_each_sector(compared: Comparison) -> None:
    latest = {}
    for (round_, name), sector in compared.oracle.sectors.items():
        if any(member.composite for member in sector.members):
            latest[name, sector.scheme["id"]] = round_
    wanted = {("index.html", "ranking", round_, name) for (name, _), round_ in latest.items()}
    assert {one for one in compared.seen if one[:2] == ("index.html", "ranking")} == wanted


def test_the_home_page_lists_all_that_is_overdue_or_unanswered(compared: Comparison) -> None:
    late = {"overdue", "broken", "unanswered"}
    wanted = {(one.standing, id_) for id_, one in compared.entries.items() if one.standing in late}
    assert {one[1:] for one in compared.seen if one[0] == "index.html" and one[1] in late} == wanted


def test_the_ledger_shows_every_item_wherever_it_belongs(compared: Comparison) -> None:
    """On the page of its meeting, of its company, and in the three lists of all."""
    for id_, one in compared.entries.items():
        lists = ("follow-up", "follow-up/companies", "follow-up/topics", f"companies/{one.row['company']}")
        for page in (*lists, f"meetings/{one.row['meeting']}"):
            assert (f"{page}.html", "item", id_) in compared.seen


def test_every_step_of_every_life_is_shown(compared: Comparison) -> None:
    for id_, one in compared.entries.items():
        for step in one.steps:
            assert (f"meetings/{one.row['meeting']}.html", "step", id_, step.kind) in compared.seen


def test_what_is_open_is_carried_over_into_later_rounds(compared: Comparison) -> None:
    """Into the scorecards of every later round of the company, and into the notices of those rounds."""
    notices = {one["round"]: id_ for id_, one in compared.folder.notices.items() if one["kind"] == "results"}
    carried = 0
    for round_, company in compared.oracle.results:
        period = compared.oracle.results[round_, company].round
        for one in owed_before(compared.entries.values(), compared.folder, period, company):
            assert (f"rounds/{round_}/{company}.html", "carried", one.row["id"]) in compared.seen
            assert (f"notices/{notices[round_]}.html", "carried", one.row["id"]) in compared.seen
            carried += 1
    assert carried > 5


def test_every_reply_is_told_on_scorecard_and_notice(compared: Comparison) -> None:
    notices = {one["round"]: id_ for id_, one in compared.folder.notices.items() if one["kind"] == "results"}
    for round_, company in compared.oracle.results:
        result = compared.oracle.results[round_, company]
        if result.composite:
            assert (f"rounds/{round_}/{company}.html", "reply", company) in compared.seen
        if round_ in notices:
            assert (f"notices/{notices[round_]}.html", "reply", company) in compared.seen


def test_the_sample_has_every_kind_of_end(compared: Comparison) -> None:
    """Otherwise the comparison would say nothing of it. Reopened without a date is only in the tests of the ledger."""
    entries = compared.entries.values()
    assert {one.standing for one in entries} == set(STANDINGS) - {"reopened"}
    outcomes = {"none", "pending", "kept", "kept-late", "overdue", "broken"}
    assert {one.outcome for one in entries} == outcomes
    assert any(len(one.moves) > 1 for one in entries)
    assert any(one.quarters == 3 for one in entries if one.thread)
    assert any(one.late_answer and one.answered for one in entries)
    assert any("due_in" in one.row for one in entries)
    assert compared.copies
    named = {one[1] for one in compared.seen if len(one) > 2}
    assert {"milestone", "before and after", "topic", "carried"} <= named


def test_the_documented_survey_is_shown_as_published(sample: Path, compared: Comparison) -> None:
    """Jingmen: 649/916, 14,949/15,844 and 61/76, by 30, 40 and 30 per cent, give 83.07."""
    page = (sample / "rounds/jingmen-satisfaction/jingmen-water.html").read_text("utf-8")
    for figure in ("70.85%", "94.35%", "80.26%", "83.07"):
        assert figure in page
    result = compared.oracle.results["jingmen-satisfaction", "jingmen-water"]
    assert [str(one.fig.printed) for one in result.inds["satisfied"].channels.values()] == ["94.35", "70.85", "80.26"]


def test_the_composite_is_rounded_once(oracle: Oracle) -> None:
    """Somewhere in the sample the sum of rounded parts is another number; the site has the exact one."""
    differ = 0
    for result in oracle.results.values():
        if result.composite and result.composite.printed is not None:
            parts = [(one.spec.get("weight", "0"), one.fig.printed) for one in result.inds.values()]
            in_steps = sum(number(weight) * number(str(value or 0)) for weight, value in parts)
            differ += half_up(in_steps) != result.composite.printed
    assert differ


def test_the_data_files_have_the_same_figures(sample: Path, oracle: Oracle) -> None:
    for round_ in oracle.folder.rounds:
        with (sample / "data/rounds" / f"{round_['id']}.csv").open(encoding="utf-8-sig", newline="") as file:
            printed = [tuple(row[name] for name in DATA) for row in csv.DictReader(file)]
        assert sorted(printed) == sorted(data_rows(oracle, round_["id"]))


DATA = ("record", "company", "indicator", "channel", "answer", "state", "value", "base", "count", "place")


def data_rows(oracle: Oracle, round_: str) -> list[tuple[str, ...]]:
    rows = []
    for (id_, company), result in oracle.results.items():
        if id_ != round_:
            continue
        if result.composite:
            rows.append(("composite", company, "", "", "", *state(result.composite), "", text(result.place)))
        for indicator, one in result.inds.items():
            rows.append(("indicator", company, indicator, "", "", *state(one.fig), "", ""))
            rows += [answer(company, indicator, "", tally) for tally in one.tallies]
            for channel, part in one.channels.items():
                rows.append(("channel", company, indicator, channel, "", *state(part.fig), "", ""))
                rows += [answer(company, indicator, channel, tally) for tally in part.tallies]
    return rows


def state(fig: Fig) -> tuple[str, str, str]:
    return fig.state, text(fig.printed), text(fig.base)


def answer(company: str, indicator: str, channel: str, tally: Tally) -> tuple[str, ...]:
    return ("answer", company, indicator, channel, tally.name, "value", text(tally.share), "", str(tally.count), "")


def text(value: object) -> str:
    return "" if value is None else str(value)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def item_row(one: Entry) -> dict[str, str]:
    """What the data must say of an item; what is not in it yet is left empty."""
    known = one.answered is not None
    written = {name: one.row.get(name) for name in ("meeting", "company", "raised_by", "topic", "question", "repeats")}
    given = {name: one.row.get(name) if known else None for name in ("answered_by", "answer", "promise", "owner")}
    found = {
        "item": one.row["id"],
        **written,
        **given,
        "raised_on": one.row["raised_on"],
        "answer_due_on": one.answer_due,
        "answered_on": one.answered,
        "answered_late": "yes" if one.late_answer else "no",
        "days_to_answer": one.waiting if known else None,
        "first_due_on": one.first_due,
        "due_on": one.due,
        "times_moved": len(one.moves) if one.due else None,
        "standing": one.standing,
        "outcome": one.outcome,
        "days_overdue": one.overdue or None,
        "company_says_done_on": one.facts["done"],
        "bureau_checked_on": one.facts["checked"],
        "residents_confirmed_on": one.facts["confirmed"],
        "residents_disagreed_on": one.objected,
        "as_of": AS_OF,
    }
    return {name: text(value) for name, value in found.items()}


def step_row(one: Entry, step: Step) -> dict[str, str]:
    found = {"item": one.row["id"], "company": one.row["company"], "date": step.when, "event": step.kind}
    found |= {"by": step.by, "text": step.text, "evidence": step.evidence, "as_of": AS_OF}
    return {name: text(value) for name, value in (found | {"old_due_on": step.old, "new_due_on": step.new}).items()}


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_ledger_as_data_has_the_same_standings(code, sample: Path, english_sample: Path, compared) -> None:
    site = sample if code == "zh" else english_sample
    printed = table(site / "data/items.csv")
    wanted = [item_row(one) for one in compared.entries.values()]
    assert [{name: row[name] for name in one} for row, one in zip(printed, wanted, strict=True)] == wanted
    assert set(printed[0]) - set(wanted[0]) == {"company_name"}


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_step_is_in_the_data(code, sample: Path, english_sample: Path, compared) -> None:
    site = sample if code == "zh" else english_sample
    wanted = [step_row(one, step) for one in compared.entries.values() for step in one.steps]
    assert table(site / "data/events.csv") == wanted


def test_the_replies_as_data_are_the_recomputed_ones(sample: Path, compared: Comparison) -> None:
    rows = [row for row in table(sample / "data/statements.csv") if row["record"] == "statement"]
    assert {(row["round"], row["company"]): row["reply"] for row in rows} == {
        (round_, company): reply(compared.folder, result.round, company, AS_OF)
        for (round_, company), result in compared.oracle.results.items()
    }
    assert {row["reply"] for row in rows} >= {
        "replied",
        "replied-late",
        "no-reply",
        "declined",
        "not-invited",
        "invited",
    }
