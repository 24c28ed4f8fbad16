"""Figures, places and names on the pages of a single copy, with SHA256SUMS made anew: each attack is told."""

import csv
import io
import re
import shutil

import pytest
from tampering import copy, cover, edit

from publisher.verify import verify
from publisher.verify.chain import register_of
from publisher.verify.copy import copy_of
from publisher.verify.sealed import editions_of
from publisher.verify.shown import shown
from publisher.verify.tables import percent_of, rows_of
from publisher.verify.withdrawals import Withdrawn

TABLE = "data/rounds/2026-q3.csv"
CARD = "rounds/2026-q3/mingyan-gas"
ROUND = "rounds/2026-q3/index.html"
INDICATOR = "indicators/quarterly-service/q06.html"
NOTICE = "notices/2026-q3-results.html"
COMPARISON = "compare/2026-q3.html"
NOTICE_CARD = "embed/notices/2026-q3-results.html"


PARTS = ("data", "editions", "register.jsonl", "index.html", f"{CARD}.html", ROUND, INDICATOR, NOTICE, COMPARISON)
MORE = (
    *(f"{CARD}.csv", "companies/index.html", "companies/mingyan-gas.html"),
    *("embed/2026-q3/mingyan-gas.html", NOTICE_CARD),
)


def part(sample, folder):
    """The tables, the editions and a page of each kind: to copy the whole of a site each time would take long."""
    for name in (*PARTS, *MORE):
        there = folder / name
        there.parent.mkdir(parents=True, exist_ok=True)
        if (sample / name).is_dir():
            shutil.copytree(sample / name, there, ignore=shutil.ignore_patterns("*.xlsx", "2*.json"))
        else:
            shutil.copyfile(sample / name, there)
    for edition in (sample / "editions").iterdir():
        shutil.copyfile(edition, folder / "editions" / edition.name)
    return folder


@pytest.fixture
def site(sample, tmp_path):
    return part(sample, tmp_path / "copy")


def findings(site):
    there = copy_of(site)
    editions = editions_of(there, register_of(there.read("register.jsonl") or b""))
    return list(shown(there, there.entries, editions, Withdrawn({}), frozenset()))


def found(site):
    return {(one.code, one.path) for one in findings(site)}


def details(site, path):
    return [(one.code, dict(one.details)) for one in findings(site) if one.path == path]


def swap(page, first, second):
    """Two texts in each other's place."""
    text = page.read_text("utf-8")
    assert first in text
    assert second in text
    page.write_bytes(text.replace(first, "\0").replace(second, first).replace("\0", second).encode())


def cut(page, pattern):
    text = page.read_text("utf-8")
    left = re.sub(pattern, "", text, flags=re.DOTALL)
    assert left != text
    page.write_bytes(left.encode())


@pytest.mark.parametrize("path", ["index.html", ROUND, NOTICE, COMPARISON, "companies/index.html"])
def test_a_result_on_a_page_is_that_of_the_table(site, path):
    edit(site / path, "73.76", "93.76", -1)
    assert ("page-cell", path) in found(site)


def test_what_is_said_of_it(site):
    edit(site / "index.html", "73.76", "93.76")
    told = {"of": "2026-q3/lianhe-water", "figure": "93.76", "meant": "73.76", "table": TABLE}
    assert ("page-cell", told) in details(site, "index.html")


@pytest.mark.parametrize("path", ["index.html", ROUND, NOTICE, COMPARISON])
def test_two_companies_cannot_change_their_results(site, path):
    """Both figures are still on the page."""
    swap(site / path, ">89.63<", ">73.76<")
    assert ("page-cell", path) in found(site)


def test_a_company_cannot_have_the_result_of_another_period(site):
    swap(site / "companies" / "mingyan-gas.html", ">76.52<", ">83.22<")
    assert ("page-cell", "companies/mingyan-gas.html") in found(site)


def test_two_companies_cannot_change_their_figures_on_an_indicator(site):
    swap(site / INDICATOR, "80.49%", "81.40%")
    assert ("page-cell", INDICATOR) in found(site)


def test_two_sectors_cannot_change_their_averages(site):
    page = (site / ROUND).read_text("utf-8")
    values = re.findall(r'q06\.html">[^<]*</a></th>\s*<td[^>]*><span><span class="num">([0-9.]+%)', page)
    swap(site / ROUND, f">{values[0]}<", f">{values[1]}<")
    assert ("page-other", ROUND) in found(site)


def test_no_figure_of_a_row_is_made_up(site):
    """Intervals and changes."""
    edit(site / ROUND, "72.80至80.23", "74.80至80.23")
    edit(site / "index.html", "▼ 6.70", "▲ 6.70")
    assert found(site) >= {("page-other", ROUND), ("page-other", "index.html")}


@pytest.mark.parametrize(
    "path", ["index.html", ROUND, INDICATOR, COMPARISON, "embed/2026-q3/mingyan-gas.html", NOTICE_CARD, f"{CARD}.html"]
)
def test_no_other_figure_stands_on_a_page_of_figures(site, path):
    edit(site / path, "</main>", "<p>98.76</p></main>")
    assert ("page-strange", path) in found(site)


def test_nor_in_what_a_page_says_of_itself_to_programs(site):
    edit(site / f"{CARD}.html", '<meta property="og:title" content="', '<meta property="og:title" content="98.76 ')
    assert ("page-strange", f"{CARD}.html") in found(site)


@pytest.mark.parametrize("path", [f"{CARD}.html", "embed/2026-q3/mingyan-gas.html", NOTICE_CARD])
def test_the_result_above_is_that_of_the_table(site, path):
    """The other figure is one of the same company."""
    edit(site / path, "76.52", "83.22")
    assert ("page-cell", path) in found(site)


@pytest.mark.parametrize("path", ["index.html", ROUND, NOTICE, NOTICE_CARD])
def test_places_are_those_of_the_table(site, path):
    swap(site / path, 'class="place"><span class="num">1<', 'class="place"><span class="num">2<')
    assert ("page-place", path) in found(site)


@pytest.mark.parametrize("path", [f"{CARD}.html", "embed/2026-q3/mingyan-gas.html"])
def test_the_place_in_words_is_that_of_the_table(site, path):
    edit(site / path, "第3名（共4家", "第1名（共4家")
    assert ("page-place", path) in found(site)


def test_a_place_is_not_taken_away(site):
    edit(site / ROUND, 'class="place"><span class="num">1</span>', 'class="place">—')
    assert ("page-place", ROUND) in found(site)


def test_companies_keep_their_names(site):
    swap(site / "index.html", ">城东供水<", ">联合村镇供水<")
    edit(site / ROUND, "示例市明焰燃气有限公司（样例）</a>", "明亮燃气有限公司</a>")
    edit(site / f"{CARD}.html", "</small>示例市明焰燃气有限公司（样例）</h1>", "</small>明亮燃气有限公司</h1>")
    edit(site / COMPARISON, ">城东供水</a>", ">联合供水</a>")
    pages = ("index.html", ROUND, f"{CARD}.html", COMPARISON)
    assert found(site) >= {("page-name", path) for path in pages}


@pytest.mark.parametrize("path", ["index.html", ROUND, NOTICE, INDICATOR, f"{CARD}.html", "companies/mingyan-gas.html"])
def test_rows_are_not_left_out(site, path):
    cut(site / path, r"<tbody>\s*<tr>.*?</tr>")
    assert ("page-row", path) in found(site)


def test_a_league_is_not_left_out_of_the_home_page(site):
    cut(site / "index.html", r"<section>\s*<h3>供气 <small>.*?</section>")
    assert ("page-row", "index.html") in found(site)


def test_a_page_in_another_form_prints_the_figures_all_the_same(site):
    """The theme of a bureau may print no table; what it prints has to be there."""
    page = site / ROUND
    page.write_bytes(re.sub(r"</?(?:table|tr|t[hd])\b[^>]*>", " ", page.read_text("utf-8")).encode())
    assert found(site) == set()
    edit(page, "76.52", "77.05")
    assert ("page-row", ROUND) in found(site)


def test_many_places_are_told_as_a_count(site):
    page = site / INDICATOR
    page.write_bytes(re.sub(r"([0-9])([0-9]\.[0-9]{2}%)", r"1\2", page.read_text("utf-8")).encode())
    codes = [code for code, _ in details(site, INDICATOR)]
    assert codes.count("page-rows") == 1
    assert len(codes) == 6


@pytest.mark.parametrize("weight", ["9e999999", "NaN", "-1", "٣", "1" * 30, ""])
def test_a_weight_that_is_no_plain_decimal_is_no_figure_of_a_page(site, weight):
    assert [percent_of(one) for one in (weight, "0.2", "0.125", "1")] == ["", "20", "12.5", "100"]
    table = site / "data/indicators.csv"
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    rows[1][rows[0].index("weight")] = weight
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    assert found(site) == set()


def test_only_the_tables_of_open_data_are_held(site):
    there = copy_of(site)
    for path in (TABLE, f"{CARD}.csv"):
        assert rows_of(there, path)
    assert list(there.tables) == [TABLE]


def test_the_english_pages_are_read_alike(english_sample, tmp_path):
    site = part(english_sample, tmp_path / "copy")
    assert found(site) == set()
    edit(site / ROUND, ">76.52<", ">86.52<")
    edit(site / f"{CARD}.html", "3 of 4 ranked", "1 of 4 ranked")
    edit(site / "index.html", "Mingyan Gas (sample)</a>", "Bright Gas</a>")
    assert found(site) >= {("page-cell", ROUND), ("page-place", f"{CARD}.html"), ("page-name", "index.html")}


def test_a_whole_copy_with_sums_made_anew_is_not_proved(sample, tmp_path):
    """By the command itself; and only of pages that are listed."""
    site = copy(sample, tmp_path / "copy")
    edit(site / "index.html", "73.76", "93.76")
    cover(site)
    shutil.copyfile(site / "index.html", site / "rounds/2026-q3/index.v9.html")
    codes = {(one.code, one.path) for one in verify(site).findings}
    pages = {("page-cell", "index.html"), ("page-other", "index.html"), ("page-strange", "index.html")}
    assert codes == {*pages, ("unlisted", "rounds/2026-q3/index.v9.html")}
