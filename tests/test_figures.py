"""Every number on every page of the sample is computed a second time, from the inputs, and compared."""

import csv
from datetime import date
from pathlib import Path

import pytest
from compare import Comparison
from inputs import number, read_folder, typed
from printed import language
from recompute import Fig, Oracle, Tally, half_up

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
    comparison = Comparison(oracle, language(ROOT / "publisher", code), AS_OF, typed(ROOT))
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
    assert compared.notes.count > 15_000


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
    wanted = {(one.standing, id_) for id_, one in compared.entries.items() if one.standing in {"overdue", "unanswered"}}
    assert {one[1:] for one in compared.seen if one[0] == "index.html" and len(one) == 3} == wanted


def test_the_ledger_shows_every_item_twice(compared: Comparison) -> None:
    """On the page of its meeting and in the list of all."""
    for id_, one in compared.entries.items():
        assert ("follow-up.html", "item", id_) in compared.seen
        assert (f"meetings/{one.row['meeting']}.html", "item", id_) in compared.seen


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
        with (sample / "data" / f"{round_['id']}.csv").open(encoding="utf-8-sig", newline="") as file:
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


def test_the_ledger_as_data_has_the_same_standings(sample: Path, compared: Comparison) -> None:
    with (sample / "data/items.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = {row["item"]: row for row in csv.DictReader(file)}
    assert printed.keys() == compared.entries.keys()
    for id_, one in compared.entries.items():
        row = printed[id_]
        facts = tuple(text(when) for when in one.facts.values())
        names = ("company_says_done_on", "bureau_checked_on", "residents_confirmed_on")
        assert (row["standing"], tuple(row[name] for name in names)) == (one.standing, facts)
        assert (row["due_on"], row["as_of"]) == (text(one.due), AS_OF.isoformat())
