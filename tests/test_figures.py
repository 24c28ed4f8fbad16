"""Every number on every page of the sample is computed a second time, from the inputs, and compared."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from compare import Comparison
from compare_bureau import Bureau, Chance, firm, quarter, write
from compare_data import Data, table, text
from compare_ledger import STANDINGS
from inputs import number, read_folder, typed
from printed import Language, language
from recompute import Oracle, Result, half_up
from recompute_cited import cited_texts
from recompute_ledger import Entry, Step, owed_before, reply
from recompute_method import line_of

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("figures")]
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
    comparison = Comparison(
        oracle, words, AS_OF, [*typed(ROOT), *cited_texts(ROOT, oracle, words), *attached(ROOT, words)]
    )
    comparison.site(site)
    return comparison


def attached(root: Path, words: Language) -> list[str]:
    """What stands beside every attachment: its kind, its size in thousands of bytes, rounded up, and its hash."""
    found = []
    for path in (root / "content" / "attachments").iterdir():
        data = path.read_bytes()
        size = words.say("attachments.size.kb", number=str(-(-len(data) // 1000)))
        found.append(words.say("attachments.about", kind=words.words[f"attachments.kind.{path.suffix[1:]}"], size=size))
        found.append(words.say("attachments.digest", sha256=sha256(data).hexdigest()))
    return found


def test_every_printed_number_is_the_recomputed_one(compared: Comparison) -> None:
    assert compared.notes.differences == []


def test_the_english_pages_have_the_same_numbers(english: Comparison, compared: Comparison) -> None:
    assert english.notes.differences == []
    assert english.loose == []
    assert english.seen == compared.seen


def test_thousands_of_numbers_were_compared(compared: Comparison) -> None:
    """A page that lost its tables would otherwise pass."""
    assert compared.notes.count > 30_000


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
            latest[name, line_of(compared.folder.schemes, sector.scheme["id"])] = round_
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


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_row_of_the_data_is_the_recomputed_one(code, sample: Path, english_sample: Path, oracle: Oracle) -> None:
    """Figures, intervals, what is known of them, places, changes and why there are none, forms, means of sectors."""
    site, words = (sample, "zh-Hans") if code == "zh" else (english_sample, "en")
    assert Data(oracle, language(ROOT / "publisher", words)).differences(site)[:10] == []


def test_every_results_notice_tells_its_sectors_in_sentences(compared: Comparison) -> None:
    for id_, notice in compared.folder.notices.items():
        sectors = [
            key for key in compared.oracle.sectors if key[0] == notice.get("round") and notice["kind"] == "results"
        ]
        for round_, name in sectors:
            if any(one.composite for one in compared.oracle.sectors[round_, name].members):
                assert (f"notices/{id_}.html", "told", name) in compared.seen


def test_every_method_with_a_composite_has_its_example(compared: Comparison) -> None:
    wanted = {one.scheme["id"] for one in compared.oracle.results.values() if compared_value(one)}
    assert {one[0] for one in compared.seen if "example" in one} == {f"methods/{id_}.html" for id_ in wanted}


def compared_value(one: Result) -> bool:
    return one.composite is not None and one.composite.exact is not None


# -- bureaus made by chance: every rule in odd company


@pytest.fixture(scope="module", params=range(1, 5))
def odd(request, build, tmp_path_factory) -> tuple[Comparison, Path]:
    """One of them, in Chinese or English."""
    code = ("zh-Hans", "en")[request.param % 2]
    folder = write(Chance(request.param).bureau(code), tmp_path_factory.mktemp("odd") / "folder")
    build(folder, folder / "site")
    oracle = Oracle(read_folder(folder, AS_OF))
    comparison = Comparison(oracle, language(ROOT / "publisher", code), AS_OF, typed(folder))
    comparison.site(folder / "site")
    return comparison, folder / "site"


def test_every_number_of_an_odd_bureau_is_the_recomputed_one(odd: tuple[Comparison, Path]) -> None:
    comparison, _ = odd
    assert comparison.notes.differences[:10] == []
    assert comparison.loose[:10] == []
    assert comparison.notes.count > 4_000


def test_every_row_of_the_data_of_an_odd_bureau_is_the_recomputed_one(odd: tuple[Comparison, Path]) -> None:
    comparison, site = odd
    assert Data(comparison.oracle, comparison.language).differences(site)[:10] == []


def test_odd_bureaus_have_every_rule_in_them(tmp_path: Path) -> None:
    """Otherwise the comparison would say nothing of it."""
    oracles = [Oracle(read_folder(write(Chance(n).bureau(), tmp_path / str(n)), AS_OF)) for n in range(1, 5)]
    results = [one for oracle in oracles for one in oracle.results.values()]
    totals = [one.composite for one in results]
    inds = [one for result in results for one in result.inds.values()]
    figures = [*totals, *(one.fig for one in inds), *(fig for one in results for _, fig in one.groups.values())]
    assert {one.state for one in figures} == {"value", "suppressed", "withheld", "not-surveyed", "nothing-due"}
    kinds = {"sampled", "partly", "self-selected", "all-cases", "not-known"}
    assert {one.certainty for one in figures if one.exact is not None} == kinds
    assert {one.uncompared for one in [*results, *inds]} == {"", "first", "entered", "method", "no-figure"}
    assert {one.within for one in results if one.amount} == {True, False}
    assert {one.verdict for one in results if one.amount and not one.within} == {"better", "worse"}
    assert {len(one.alike) for one in results} >= {0, 1}
    assert {part for oracle in oracles for one in oracle.before.values() for part in one.breaks} >= ODD_BREAKS
    assert any(oracle.hidden for oracle in oracles)
    assert {one.withheld for oracle in oracles for one in oracle.forms.values()} == {True, False}
    assert {one.forms.withheld for one in results if one.forms} == {True, False}
    assert any(one.reweighted for one in totals)
    assert any(one.interval and one.interval[0] == 0 < one.interval[1] for one in figures)
    assert any(sector.uncompared == "method" for oracle in oracles for sector in oracle.sectors.values())


ODD_BREAKS = {"version", "form", "questions", "weights", "rules"}


def test_who_asked_all_its_users_has_no_error_but_others_may_not_be_told_apart_from_it(build, tmp_path: Path) -> None:
    """The interval of a whole population is the figure itself; that of a sample beside it overlaps it or does not."""
    asked = {"id": "asked", "name": "问题", "measure": "yes_no", "weight": "100%"}
    scheme = {"name": "办法", "version": "1.0", "direction": "satisfaction", "indicators": [asked]}
    counts = (("a", 30, 10), ("b", 78, 22), ("c", 990, 10))
    rows = [{"company": id_, "indicator": "asked", "n": y + n, "yes": y, "no": n} for id_, y, n in counts]
    round_ = {"scheme": "s", "period": quarter(1), "companies": [{"company": "a", "population": "40"}]}
    bureau = Bureau([firm(id_, "水") for id_, _, _ in counts], {"s": scheme}, {"r": (round_, rows)})
    folder = write(bureau, tmp_path / "folder")
    build(folder, folder / "site")
    oracle = Oracle(read_folder(folder, AS_OF))
    assert oracle.results["r", "a"].alike == [[2, 2]]
    assert Data(oracle, language(ROOT / "publisher", "zh-Hans")).differences(folder / "site") == []


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
