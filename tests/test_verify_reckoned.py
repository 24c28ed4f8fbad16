"""Whoever edits a place, a change or an earlier figure in a table is told, seal or no seal."""

import shutil

import pytest
from tampering import copy, cover
from test_sealed import BUREAU
from test_verify_late import table, write
from test_verify_life import published

from publisher.verify import verify

ROUND = "rounds/2026-q2"


@pytest.fixture(scope="module")
def unsealed(tmp_path_factory):
    root = shutil.copytree(BUREAU, tmp_path_factory.mktemp("reckoned") / "bureau")
    return published(root, tmp_path_factory.mktemp("reckoned") / "site", "2026-11-20 12:00")


@pytest.fixture
def site(unsealed, tmp_path):
    return copy(unsealed, tmp_path / "copy")


def reckoned(site):
    found = (one for one in verify(site).findings if one.code.startswith("reckoned"))
    return [(one.code, one.path, *(value for _, value in one.details)) for one in found]


def edited(site, name, wanted, **cells):
    """The first row of a table that is wanted gets other cells; its key is returned."""
    rows = table(site, name)
    at = next(n for n, row in enumerate(rows) if wanted(row))
    key = "/".join(filter(None, (rows[at][one] for one in ("record", "sector", "company", "indicator"))))
    write(site, name, [*rows[:at], rows[at] | cells, *rows[at + 1 :]])
    return key, rows[at]


def test_the_tables_of_a_publisher_follow_from_each_other(site):
    assert any(row["place"] for row in table(site, ROUND))
    assert any(row["previous"] for row in table(site, ROUND))
    assert reckoned(site) == []


def test_another_place(site):
    key, row = edited(site, ROUND, lambda row: row["place"] == "2", place="1")
    assert reckoned(site) == [("reckoned", f"data/{ROUND}.csv", key, "place", row["place"], "1")]


def test_another_change(site):
    key, row = edited(site, ROUND, lambda row: row["record"] == "indicator" and row["change"], change="12.34")
    assert reckoned(site) == [("reckoned", f"data/{ROUND}.csv", key, "change", row["change"], "12.34")]


def test_another_earlier_figure_with_the_change_that_fits_it(site):
    key, row = edited(
        site, ROUND, lambda row: row["record"] == "composite" and row["change"], previous="0", change="", compared="yes"
    )
    assert reckoned(site) == [("reckoned", f"data/{ROUND}.csv", key, "previous", row["previous"], "0")]


def test_an_earlier_round_that_was_edited_no_longer_fits_the_one_after_it(site):
    key, row = edited(site, "rounds/2026-q1", lambda row: row["record"] == "composite" and row["value"], value="1.23")
    assert ("reckoned", f"data/{ROUND}.csv", key, "previous", "1.23", row["value"]) in reckoned(site)


def test_many_are_told_as_a_count(site):
    write(site, ROUND, [row | {"change": "77.7"} if row["change"] else row for row in table(site, ROUND)])
    found = [code for code, *_ in reckoned(site)]
    assert found.count("reckoned") == 20
    assert found[-1] == "reckoned-more"


@pytest.mark.parametrize("style", ["dense", "competition"])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_either_way_of_ranking_that_a_bureau_may_choose(site, style, better):
    rows = [row for row in table(site, ROUND) if row["record"] == "composite"]
    made = [
        row | {"sector": "-", "company": f"c{n}", "value": value, "place": place, "change": "", "previous": ""}
        for n, (row, value, place) in enumerate(
            zip(
                (rows * 4)[:4],
                ("80", "70.5", "70.50", "60") if better == "higher" else ("60", "70.5", "70.50", "80"),
                ("1", "2", "2", "3" if style == "dense" else "4"),
                strict=True,
            )
        )
    ]
    write(site, ROUND, made)
    assert reckoned(site) == []
    write(site, ROUND, [*made[:3], made[3] | {"place": "5"}])
    assert [row[3:] for row in reckoned(site)] in (
        [("place", "3", "5")],
        [("place", "4", "5")],
    )


@pytest.mark.parametrize(
    "data", [b"", b"round\n2026-q2\n", b"record,round,value\ncomposite,2026-q2,1\n", b"\xff\x00,\n"]
)
def test_a_table_in_another_form_is_left_to_those_who_look_at_forms(site, data):
    (site / f"data/{ROUND}.csv").write_bytes(data)
    cover(site)
    assert reckoned(site) == []
