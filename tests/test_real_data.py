"""The site of real data (179 companies, nine months) is right, page by page; see `real_data`."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import real_data
import yaml
from compare import Comparison
from compare_data import Data, table
from inputs import Folder, typed
from printed import language, tree
from recompute import Oracle

from publisher.build import build

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("real-data")]
AS_OF = date(2015, 3, 1)
NOTES = {"5": "very-satisfied", "4": "satisfied", "3": "fair", "2": "dissatisfied", "1": "very-dissatisfied"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real tables where they are, made-up ones elsewhere."""
    return real_data.real_folder() or real_data.synthetic(tmp_path_factory.mktemp("made-up"))


@pytest.fixture(scope="module")
def bureau(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("real") / "bureau"
    real_data.convert(source, out)
    return out


@pytest.fixture(scope="module")
def site(bureau: Path) -> Path:
    build(bureau, bureau / "site", lambda _: datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC), jobs=2)
    return bureau / "site"


@pytest.fixture(scope="module")
def oracle(source: Path) -> Oracle:
    """From the raw tables, not from the converted ones."""
    listed = _table(source, "companies.csv")
    companies = {row["id"]: {"id": row["id"], "name": row["name"], "sector": row["kind"]} for row in listed}
    months = [row for row in _table(source, "periods.csv") if row["label"] == "month"]
    scores: dict[str, list[dict[str, str]]] = {row["period"]: [] for row in months}
    notes: dict[tuple[str, str], dict[str, str]] = {}
    for row in _table(source, "grades.csv.gz"):
        notes.setdefault((row["period"], row["company"]), {})[NOTES.get(row["grade"], "not_applicable")] = row["count"]
    for (period, company), counts in notes.items():
        scores.get(period, []).append({"company": company, "indicator": "satisfaction", **counts})
    for row in _table(source, "results.csv.gz"):
        if row["indicator"] in {"answered", "resolved"}:
            part = {"numerator": row["numerator"] or "0", "denominator": row["denominator"] or "0"}
            scores.get(row["period"], []).append({"company": row["company"], "indicator": row["indicator"], **part})
        elif row["indicator"] == "complaints":
            line = {"company": row["company"], "indicator": "complaints", "value": row["score"]}
            scores.get(row["period"], []).append(line)
    scheme = yaml.load(real_data.SCHEME.format(grades=real_data._grades()), Loader=yaml.BaseLoader)  # noqa: S506
    rounds = [
        {"id": row["period"], "scheme": "notes", "period": row, "rows": scores[row["period"]]}
        for row in sorted(months, key=lambda row: row["end"])
    ]
    settings = yaml.load(real_data.SITE, Loader=yaml.BaseLoader)  # noqa: S506
    return Oracle(Folder(settings, companies, {"notes": scheme | {"id": "notes"}}, rounds))


@pytest.fixture(scope="module")
def compared(site: Path, bureau: Path, oracle: Oracle) -> Comparison:
    comparison = Comparison(oracle, language(real_data.ROOT / "publisher", "en"), AS_OF, typed(bureau))
    comparison.site(site)
    return comparison


def _table(source: Path, name: str) -> list[dict[str, str]]:
    return list(real_data.rows(source / name))


def test_every_printed_number_is_the_recomputed_one(compared: Comparison) -> None:
    assert compared.notes.differences[:20] == []


def test_no_digit_on_any_page_is_unexplained(compared: Comparison) -> None:
    assert compared.loose[:20] == []


def test_each_company_has_a_scorecard_for_each_month_it_was_in(site: Path, source: Path, compared: Comparison) -> None:
    months = {row["period"] for row in _table(source, "periods.csv") if row["label"] == "month"}
    wanted = {(row["period"], row["company"]) for row in _table(source, "grades.csv.gz") if row["period"] in months}
    found = {(path.parent.name, path.stem) for path in site.glob("rounds/*/*.html") if path.stem != "index"}
    assert found == wanted
    assert {one[1:] for one in compared.seen if one[0] == "scorecard"} == wanted


def test_every_company_has_its_page_with_its_own_name(site: Path, oracle: Oracle) -> None:
    """Accents and all; those that never took part as well."""
    for id_, company in oracle.folder.companies.items():
        heading = tree(site / "companies" / f"{id_}.html").first("h1")
        assert heading.text() == " ".join(company["name"].split())


def test_the_rankings_hold_every_company_once_and_the_unranked_last(compared: Comparison, oracle: Oracle) -> None:
    for (round_, name), sector in oracle.sectors.items():
        assert (f"rounds/{round_}/index.html", "ranking", round_, name) in compared.seen
        places = [one.place for one in sector.members]
        ranked = [place for place in places if place is not None]
        assert places == ranked + [None] * (len(places) - len(ranked))


def test_bases_below_the_thresholds_occur(oracle: Oracle) -> None:
    """Otherwise the tests on them would test nothing."""
    states = [one.inds["satisfaction"].fig for one in oracle.results.values()]
    assert any(one.state == "suppressed" for one in states)
    assert any(one.small for one in states)
    assert any(one.exact is not None and not one.small for one in states)


def test_a_suppressed_figure_is_nowhere_in_the_data(site: Path, oracle: Oracle) -> None:
    """No value, no base, no answer of it: what is there is that it is not shown."""
    for round_ in oracle.folder.rounds:
        with (site / "data/rounds" / f"{round_['id']}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        for line in lines:
            if not line["company"]:
                continue
            one = oracle.results[round_["id"], line["company"]].inds[line["indicator"] or "satisfaction"]
            if one.fig.state == "suppressed":
                assert line["record"] != "answer"
                assert {name for name in line if line[name]} <= SAID_OF_THE_SUPPRESSED, line


SAID_OF_THE_SUPPRESSED = {"record", "round", "sector", "company", "company_name", "indicator", "indicator_name"}
SAID_OF_THE_SUPPRESSED |= {"state", "unit", "compared"}


def test_a_suppressed_figure_is_nowhere_on_its_scorecard(site: Path, oracle: Oracle) -> None:
    """Neither score nor shares nor base: a page of it says why, and prints no number for it."""
    for (round_, company), result in oracle.results.items():
        if result.inds["satisfaction"].fig.state == "suppressed":
            page = tree(site / "rounds" / round_ / f"{company}.html")
            assert not any(char.isdigit() for char in page.by_id("result").first("div", "big").text())
            assert not any("Very satisfied" in table.text() for table in page.all("table"))


def test_every_row_of_the_data_is_the_recomputed_one(site: Path, compared: Comparison) -> None:
    """From the raw tables: volunteers rated, so no figure of theirs has an interval; registers have no error."""
    assert Data(compared.oracle, compared.language).differences(site)[:10] == []
    found = {row["certainty"] for path in site.glob("data/rounds/*.csv") for row in table(path) if row["low"]}
    assert found == set()


def test_made_up_data_has_the_shape_of_the_real(tmp_path: Path) -> None:
    """So that the tests mean the same where the real data is not at hand."""
    made_up = real_data.synthetic(tmp_path / "made-up")
    names = ("companies.csv", "periods.csv", "grades.csv.gz", "results.csv.gz")
    columns = {name: list(next(real_data.rows(made_up / name))) for name in names}
    real = real_data.real_folder()
    assert columns["grades.csv.gz"] == ["period", "company", "indicator", "grade", "count", "pct"]
    assert real is None or columns == {name: list(next(real_data.rows(real / name))) for name in names}
