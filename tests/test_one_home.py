"""An address and the name of a column are written once; everything else asks for them."""

import ast
import re

import pytest
from test_layers import MODULES, docstrings_of

from publisher import addresses, datasets
from publisher.diff.tables import TABLES
from publisher.verify import late

OWNERS = {
    "addresses.py",
    "model/editions.py",  # the names within content/, some of which are alike
    "load/walk.py",  # the names that may stand in content/
    "pages/verification.py",  # commands for readers, as they are typed
}
NAMES = ("SHA256SUMS", "register.jsonl", "addresses.txt", "sitemap.xml", "robots.txt", "feed.xml")


@pytest.mark.parametrize("name", sorted(set(MODULES) - OWNERS))
def test_no_other_module_types_an_address_of_the_record(name):
    explained = set(docstrings_of(MODULES[name]))
    strings = [n for n in ast.walk(MODULES[name]) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    found = [n.value for n in strings if n not in explained and any(one in n.value for one in NAMES)]
    tables = [n.value for n in strings if n not in explained and re.search(r"data/.*\.csv", n.value)]
    assert found + tables + [n.value for n in strings if n.value == addresses.EDITIONS] == []


def test_columns_that_are_looked_for_are_there():
    for table in TABLES:
        assert {*table.key, *table.silent} <= set(table.dataset.names), table.dataset.name
    assert set(datasets.RESULT_ROW) <= set(datasets.RESULTS.names)
    assert set(late._ITEM) <= set(datasets.ITEMS.names)


def test_columns_that_a_copy_is_asked_for_are_columns_of_some_table():
    """`row.get("...")` and `row["..."]` of the modules that read published tables."""
    known = {name for table in vars(datasets).values() if isinstance(table, datasets.Table) for name in table.names}
    readers = [name for name in MODULES if name.startswith(("verify/", "diff/"))] + ["check/restated.py"]
    for name in readers:
        text = ast.unparse(MODULES[name])
        asked = re.findall(r"\brow(?:\.get\(|\[)'(\w+)'", text)
        assert set(asked) <= known, name
    assert "raised_on" in known


def test_the_table_of_a_round_is_known_by_its_address():
    assert addresses.round_of_data("data/rounds/2026-q2.csv") == "2026-q2"
    for other in ("data/rounds/2026-q2.v1.csv", "data/rounds.csv", "data/rounds/a/b.csv", "x/data/rounds/a.csv"):
        assert addresses.round_of_data(other) is None


def test_the_table_of_a_superseded_edition_is_called_by_its_number_as_well():
    assert addresses.name_of_data("data/rounds/2026-q2.csv") == "2026-q2"
    assert addresses.name_of_data("data/rounds/2026-q2.v12.csv") == "2026-q2.v12"
    for other in ("data/rounds/2026-q2.vx.csv", "data/rounds/2026-q2.v1.v2.csv", "rounds/2026-q2/a.csv"):
        assert addresses.name_of_data(other) is None


def test_every_cell_that_is_made_has_a_column(root):
    """A name that no table has would be left out without a word."""
    from conftest import at_noon  # noqa: PLC0415

    from publisher.build import publication_of  # noqa: PLC0415
    from publisher.checking import checked  # noqa: PLC0415
    from publisher.outputs.data import live_data_files  # noqa: PLC0415

    found = checked(root / "tests" / "bureau", at_noon)
    files = list(live_data_files(publication_of(found.bureau, found.as_of)))
    assert len(files) > 8
    for one in files:
        assert {name for row in one.rows for name in row} <= set(one.table.names), one.path
