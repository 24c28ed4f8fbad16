"""Open data: every table is described, and what is described is there."""

import csv
import hashlib
import io
import json
import re
import typing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from conftest import NOON, ROOT

from publisher import datasets
from publisher.build import publication_of
from publisher.ledger import Outcome, Standing
from publisher.load.folder import load
from publisher.model.editions import Withdrawal
from publisher.model.figures import Certainty, State, Uncompared
from publisher.outputs.data import data_addresses, data_files
from publisher.outputs.downloads import withdrawn_files
from publisher.replies import ReplyState
from publisher.words import LANGUAGES, words_of

BUREAU = ROOT / "tests" / "bureau"
READ = {
    "string": str,
    "number": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%d %H:%M"),  # noqa: DTZ007  (the bureau's own time)
    "boolean": {"yes": True, "no": False}.__getitem__,
}


@pytest.fixture(scope="module")
def publication():
    return publication_of(load(BUREAU).bureau, NOON)


@pytest.fixture(scope="module")
def files(publication):
    return dict(data_files(publication))


@pytest.fixture(scope="module")
def sample_package(sample):
    return json.loads((sample / "data/datapackage.json").read_text("utf-8"))


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_addresses_are_those_of_the_files(publication, files):
    assert sorted(data_addresses(publication)) == sorted(files)


@pytest.mark.parametrize("site_of", ["sample", "english_sample"])
def test_programs_of_the_web_are_told_the_same_of_every_column(request, site_of):
    """As W3C's Metadata for Tabular Data has it; what the package says, and every value as its format has it."""
    data = request.getfixturevalue(site_of) / "data"
    group = json.loads((data / "csv-metadata.json").read_text("utf-8"))
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert group["@context"][0] == "http://www.w3.org/ns/csvw"
    assert [one["url"] for one in group["tables"]] == [one["path"] for one in package["resources"]]
    formats = {"yyyy-MM-dd": r"\d{4}-\d\d-\d\d", "yyyy-MM-dd HH:mm": r"\d{4}-\d\d-\d\d \d\d:\d\d", "yes|no": "yes|no"}
    for table, resource in zip(group["tables"], package["resources"], strict=True):
        schema, found = table["tableSchema"], rows((data / table["url"]).read_bytes())
        assert schema.get("primaryKey") == resource["schema"].get("primaryKey")
        for column, field in zip(schema["columns"], resource["schema"]["fields"], strict=True):
            kind = column["datatype"]
            base = kind if isinstance(kind, str) else kind["base"].lower()
            assert (column["name"], column["titles"], base) == (field["name"], field["name"], field["type"])
            assert column["dc:description"] == field["description"]
            if base != kind:
                values = {row[column["name"]] for row in found} - {""}
                assert all(re.fullmatch(formats[kind["format"]], value) for value in values)


@pytest.mark.parametrize("site_of", ["sample", "english_sample"])
def test_the_package_describes_every_table_by_its_bytes_and_columns(request, site_of):
    site = request.getfixturevalue(site_of)
    package = json.loads((site / "data/datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in package["resources"]} == {
        path.relative_to(site / "data").as_posix() for path in (site / "data").rglob("*.csv")
    }
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    for one in package["resources"]:
        data = (site / "data" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        found = rows(data)
        assert found
        assert list(found[0]) == [field["name"] for field in one["schema"]["fields"]]
        for field in one["schema"]["fields"]:
            assert field["description"]
            for row in found:
                if row[field["name"]]:
                    READ[field["type"]](row[field["name"]])
        key = one["schema"].get("primaryKey", [])
        keys = [tuple(row[name] for name in key) for row in found]
        assert not key or len(set(keys)) == len(keys)
        assert not key or all(all(one) for one in keys)


def test_a_column_means_one_thing_and_says_every_value(files):
    """Words of fixed choices are all told, in both languages."""
    choices = {
        "reply": [one.value for one in ReplyState],
        "standing": [one.value for one in Standing],
        "outcome": [one.value for one in Outcome],
        "state": [one.value for one in State],
        "certainty": typing.get_args(Certainty),
        "compared": [*typing.get_args(Uncompared), "yes", "same", "within-margin"],
        "result_record": {row["record"] for path, data in files.items() for row in results(path, data)},
        "round_record": {row["record"] for row in rows(files["data/rounds.csv"])},
        "statement_record": {row["record"] for row in rows(files["data/statements.csv"])},
        "event": {row["event"] for row in rows(files["data/events.csv"])},
    }
    for language in LANGUAGES:
        words = words_of(language)
        for meaning, values in choices.items():
            text = words(f"columns.{meaning}")
            told = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text))
            missing = {value for value in values if value and value.removesuffix("-now") not in told}
            assert not missing, (language, meaning)


def results(path, data):
    return rows(data) if "rounds/" in path and path.endswith(".csv") else []


def test_the_guide_names_every_file_and_column(sample):
    guide = (sample / "data/README.md").read_text("utf-8")
    for path in (sample / "data").rglob("*.csv"):
        assert f"`{path.relative_to(sample / 'data').as_posix()}`" in guide
        for name in path.read_text("utf-8-sig").split("\n", 1)[0].split(","):
            assert f"| `{name}` |" in guide


def test_the_page_leads_to_every_file_and_search_engines_read_it(sample, sample_package):
    page = (sample / "data/index.html").read_text("utf-8")
    links = set(re.findall(r'href="([^"]+)"', page))
    for path in (sample / "data").rglob("*"):
        if path.is_file() and path.name != "index.html":
            assert path.relative_to(sample / "data").as_posix() in {link.removeprefix("../data/") for link in links}
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    dataset = json.loads(block)
    assert dataset["@type"] == "Dataset"
    assert {one["contentUrl"].partition("/data/")[2] for one in dataset["distribution"]} == {
        one["path"] for one in sample_package["resources"]
    }


def test_a_workbook_holds_the_figures_of_its_table(sample):
    """Read by another library: the same places, totals and indicators as the table of the round."""
    seen = 0
    for path in sorted((sample / "data/rounds").glob("*.xlsx")):
        table = rows(path.with_suffix(".csv").read_bytes())
        book = openpyxl.load_workbook(path)
        totals, indicators, _ = book.worksheets
        composite = {row["company_name"]: row for row in table if row["record"] == "composite"}
        for _, company, place, value, _, base, low, high, change, _ in totals.iter_rows(min_row=2, values_only=True):
            row = composite.get(company, {})
            assert _same(row.get("place"), place)
            assert _same(row.get("value") or None, value) or row.get("state") not in {"value", None}
            assert (_same(row.get("base"), base), _same(row.get("low"), low), _same(row.get("high"), high)) == (
                True,
            ) * 3
            assert _same(row.get("change"), change)
            seen += value is not None
        plain = [row for row in table if row["record"] == "indicator"]
        printed = list(indicators.iter_rows(min_row=2, values_only=True))
        assert len(printed) == len(plain)
        for row, cells in zip(plain, printed, strict=True):
            assert (row["company_name"], row["indicator_name"]) == cells[1:3]
            assert _same(row["value"], cells[3]) or (row["state"] != "value" and isinstance(cells[3], str))
            assert _same(row["low"], cells[6])
            assert _same(row["change"], cells[8])
    assert seen > 30


def _same(text, cell):
    return (not text and cell is None) or (bool(text) and isinstance(cell, int | float) and float(text) == cell)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(publication):
    names = {
        id_: one.model_copy(update={"name": f'=HYPERLINK("http://x",{id_})'})
        for id_, one in publication.bureau.companies.items()
    }
    bureau = load(BUREAU).bureau
    hostile = publication_of(replace(bureau, companies=names), NOON)
    for path, data in data_files(hostile):
        if path.endswith(".xlsx"):
            for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
                for row in sheet.iter_rows():
                    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_withdrawn_table_takes_its_workbook_along(publication, suffix):
    round_ = publication.analysis.rounds[-1].round.id
    gone = f"data/rounds/{round_}{suffix}"
    withdrawal = Withdrawal(
        id="w",
        addresses=(gone,),
        reason="r",
        decided_by="d",
        withdrawn_on=date(2026, 11, 1),
        origin=publication.bureau.site.origin,
    )
    bureau = replace(publication.bureau, withdrawals=(withdrawal,))
    left = replace(publication, bureau=bureau)
    found = {**dict(data_files(left)), **dict(withdrawn_files(left))}
    sheet = openpyxl.load_workbook(io.BytesIO(found[f"data/rounds/{round_}.xlsx"])).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(datasets.WITHDRAWN.names)
    assert [cell.value for cell in sheet[2]] == ["w", "2026-11-01", "d", "r"]
    package = json.loads(found["data/datapackage.json"])
    described = {one["path"] for one in package["resources"]}
    assert (f"rounds/{round_}.csv" in described) == (suffix == ".xlsx")
