"""A bureau may print whole numbers only: on the pages of a single copy they are compared like those with decimals."""

import shutil
from pathlib import Path

import pytest
from tampering import edit
from test_verify_shown import details, found, swap

from publisher.verify import verify

ROUND = "rounds/2026-q2/index.html"
CARD = "rounds/2026-q2/water-a.html"
EMBED = "embed/2026-q2/water-a.html"
INDICATOR = "indicators/service/leaks.html"
NOTICE = "notices/2026-q2-results.html"
TABLE = "data/rounds/2026-q2.csv"


@pytest.fixture(scope="module")
def whole(build, copy_of):
    folder = copy_of(Path(__file__).parent / "bureau")
    edit(folder / "content" / "site.yaml", "score_decimals: 2, rate_decimals: 2", "score_decimals: 0, rate_decimals: 0")
    build(folder, folder / "site")
    return folder / "site"


@pytest.fixture
def site(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "copy")


def test_a_site_without_decimals_is_proven(whole):
    assert {one.code for one in verify(whole).findings} == {"no-register"}


@pytest.mark.parametrize("path", ["index.html", ROUND, CARD, EMBED, NOTICE, "compare/2026-q2.html"])
def test_a_whole_result_is_that_of_the_table(site, path):
    edit(site / path, ">83<", ">93<", -1)
    assert ("page-cell", path) in found(site)


def test_what_is_said_of_it(site):
    edit(site / "index.html", ">83<", ">93<")
    told = {"of": "2026-q2/water-a", "figure": "93", "meant": "83", "table": TABLE}
    assert ("page-cell", told) in details(site, "index.html")


@pytest.mark.parametrize("other", ["1", "100", "81"])
def test_it_is_not_one_of_its_other_numbers(site, other):
    """Its place, how many were asked, its result of another period: whole numbers that do belong to it."""
    edit(site / ROUND, ">83<", f">{other}<")
    assert found(site) == {("page-cell", ROUND)}


def test_whole_percents_and_counts_as_well(site):
    edit(site / "indicators/service/no-runaround.html", ">84%<", ">94%<")
    edit(site / INDICATOR, ">8处<", ">9处<")
    edit(site / "index.html", ">18%<", ">8%<")
    pages = ("indicators/service/no-runaround.html", INDICATOR, "index.html")
    assert found(site) == {("page-cell", path) for path in pages}


def test_two_sectors_cannot_change_their_whole_averages(site):
    swap(site / ROUND, '<span class="num">8处<', '<span class="num">13处<')
    assert found(site) == {("page-other", ROUND)}


def test_a_change_is_that_of_the_table(site):
    edit(site / ROUND, "▲ 2<", "▲ 9<")
    assert found(site) == {("page-other", ROUND)}


def test_a_row_without_its_result_is_told(site):
    edit(site / INDICATOR, '<span class="num">8处<', '<span class="num">好<', -1)
    assert found(site) == {("page-row", INDICATOR)}


def test_a_place_is_still_a_place(site):
    edit(site / ROUND, 'class="place"><span class="num">1<', 'class="place"><span class="num">83<')
    assert ("page-place", ROUND) in found(site)
