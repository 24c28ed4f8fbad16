"""What a reporter needs: files of exactly what a page shows, citations, a card for other sites, whom to ask."""

import csv
import io
import json
import re
import sys
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from conftest import ROOT, at_noon
from hostile import bureau_with

from publisher import addresses
from publisher.build import build, publication_of
from publisher.checking import checked
from publisher.outputs.downloads import download_addresses, download_files
from publisher.pages import live_pages
from publisher.permanent import addresses_of
from publisher.render import Renderer, theme_folders

BUREAU = ROOT / "tests" / "bureau"
BASE = "https://service.example/pingjia/"
CARD = "rounds/2026-q3/mingyan-gas"
FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def files_of(folder):
    publication = publication_of(checked(folder, at_noon).bureau, at_noon())
    return publication, dict(download_files(publication))


@pytest.fixture(scope="module")
def small():
    return files_of(BUREAU)


def scorecards(sample):
    return sorted(path for path in sample.glob("rounds/*/*.html") if not path.name.startswith("index."))


def test_every_scorecard_has_its_three_files_and_links_them(sample):
    found = scorecards(sample)
    assert len(found) > 80
    for path in found:
        html = path.read_text("utf-8")
        for suffix in ("csv", "xlsx", "json"):
            assert path.with_suffix(f".{suffix}").is_file()
            assert f'{path.stem}.{suffix}">' in html, path


def test_the_table_is_the_part_of_the_round_that_the_page_shows(sample):
    """Its own rows and those of its sector as a whole, cell for cell; superseded editions from the superseded round."""
    for path in scorecards(sample):
        stem, _, edition = path.stem.partition(".")
        whole = sample / "data/rounds" / f"{path.parent.name}{'.' if edition else ''}{edition}.csv"
        own = rows(path.with_suffix(".csv").read_bytes())
        sector = {row["sector"] for row in own}
        assert len(sector) == 1
        of_round = [row for row in rows(whole.read_bytes()) if row["sector"] in sector]
        assert own == [row for row in of_round if row["company"] in {stem, ""}], path


def test_json_says_the_same_as_the_table(sample):
    for path in scorecards(sample):
        table = rows(path.with_suffix(".csv").read_bytes())
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert told["address"] == BASE + path.relative_to(sample).as_posix()
        assert len(told["rows"]) == len(table)
        for row, cells in zip(told["rows"], table, strict=True):
            assert row.keys() == {name for name, cell in cells.items() if cell}
            for name, value in row.items():
                same = (
                    Decimal(str(value)) == Decimal(cells[name])
                    if isinstance(value, float)
                    else str(value) == cells[name]
                )
                assert same, (path, name)


def test_the_workbook_says_the_same_as_the_table(sample):
    for path in scorecards(sample)[::9]:
        table = rows(path.with_suffix(".csv").read_bytes())
        book = openpyxl.load_workbook(path.with_suffix(".xlsx"))
        totals, indicators, about = book.worksheets
        (total,) = list(totals.iter_rows(min_row=2, values_only=True))
        composite = [row for row in table if row["record"] == "composite"]
        shown = [row["value"] for row in composite if row["value"]]
        assert [str(Decimal(str(total[3])).quantize(Decimal(one))) for one in shown] == shown
        of_table = [row for row in table if row["record"] == "indicator"]
        for row, cells in zip(of_table, indicators.iter_rows(min_row=2, values_only=True), strict=True):
            assert cells[2] == row["indicator_name"]
            assert not row["value"] or Decimal(str(cells[3])) == Decimal(row["value"])
            assert row["value"] or isinstance(cells[3], str)
        texts = [cell for row in about.iter_rows(values_only=True) for cell in row]
        assert BASE + path.relative_to(sample).as_posix() in texts


def test_the_figure_on_the_page_is_the_figure_in_its_files(sample):
    seen = 0
    for path in scorecards(sample):
        big = re.search(r'<p class="num">([\d.]+)', path.read_text("utf-8"))
        (value,) = [
            row["value"] for row in rows(path.with_suffix(".csv").read_bytes()) if row["record"] == "composite"
        ] or [""]
        assert (big[1] if big else "") == value, path
        seen += bool(big)
    assert seen > 50


def test_a_figure_that_is_not_published_is_in_no_file(sample):
    hidden = 0
    for path in scorecards(sample):
        for row in json.loads(path.with_suffix(".json").read_text("utf-8"))["rows"]:
            if row["state"] != "value":
                hidden += row["state"] == "suppressed"
                assert not {"value", "low", "high", "change"} & row.keys(), path
    assert hidden > 3


@pytest.mark.parametrize("attack", ["=1+1", "@SUM(1)", "＝1"])
def test_no_cell_of_a_download_starts_a_formula(attack):
    publication = publication_of(bureau_with(lambda *_: attack), at_noon())
    seen = 0
    for path, data in download_files(publication):
        if path.endswith(".csv"):
            cells = {cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row}
            seen += f"'{attack}" in cells
            assert {c for c in cells if FORMULA.match(c) and not re.fullmatch(r"-?[0-9.]+", c)} == set()
        if path.endswith(".xlsx"):
            for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
                assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert seen > 5


def test_they_are_made_alike_every_time_and_are_addresses_for_ever(small, sample):
    publication, found = small
    assert files_of(BUREAU)[1] == found
    assert set(found) == set(download_addresses(publication)) <= addresses_of(publication)
    sums = (sample / "SHA256SUMS").read_text("utf-8")
    for path in (f"{CARD}.csv", f"{CARD}.xlsx", f"{CARD}.json", "data/rounds/2026-q3.json", "embed/mingyan-gas.html"):
        assert f"  {path}\n" in sums


def test_the_guide_of_the_data_tells_of_them(sample):
    assert ".csv、.xlsx、.json" in (sample / "data/README.md").read_text("utf-8")


def test_a_notice_of_results_offers_the_files_of_its_round(sample):
    html = (sample / "notices/2026-q3-results.html").read_text("utf-8")
    for suffix in ("csv", "xlsx", "json"):
        assert f'href="../data/rounds/2026-q3.{suffix}"' in html
        assert (sample / f"data/rounds/2026-q3.{suffix}").is_file()
    told = json.loads((sample / "data/rounds/2026-q3.json").read_text("utf-8"))
    assert len(told["rows"]) == len(rows((sample / "data/rounds/2026-q3.csv").read_bytes()))


def cited(path):
    html = path.read_text("utf-8")
    return {language: unescape(text) for language, text in re.findall(r'<p lang="([\w-]+)">(.*?)</p>', html)}


def test_a_page_is_cited_in_both_languages_whichever_it_speaks(sample, english_sample):
    chinese = (
        "示例市公用事业服务评价办公室：《示例市明焰燃气有限公司（样例） 2026年第三季度服务评价成绩单》，"
        f"{BASE}{CARD}.html，2026年10月22日发布。"
    )
    english = (
        "Sample City Office for Public-Utility Service Evaluation: “Mingyan Gas (sample): service scorecard, Q3 2026”, "
        f"{BASE}{CARD}.html, published 22 October 2026."
    )
    for site in (sample, english_sample):
        assert cited(site / f"{CARD}.html") == {"zh-Hans": chinese, "en": english}
        notice = cited(site / "notices/2026-q3-results.html")
        assert notice["zh-Hans"].startswith("示例市公用事业服务评价办公室：《关于")
        assert f"{BASE}notices/2026-q3-results.html" in notice["en"]


def test_every_page_is_cited_alike_in_the_sites_of_both_languages(sample, english_sample):
    pages = [path for folder in ("rounds", "notices") for path in sorted((sample / folder).rglob("*.html"))]
    found = [(cited(path), cited(english_sample / path.relative_to(sample))) for path in pages]
    assert [one for one, other in found if one != other] == []
    assert sum(len(one) == 2 for one, _ in found) > 80


def test_a_scorecard_tells_its_own_address_that_of_the_latest_and_the_code_of_its_card(sample):
    html = (sample / f"{CARD}.html").read_text("utf-8")
    assert f"<dd>{BASE}{CARD}.html</dd>" in html
    assert f">{BASE}companies/mingyan-gas.html</a>" in html
    (code,) = re.findall(r"<pre>(.*?)</pre>", html)
    assert unescape(code).startswith(f'<iframe src="{BASE}embed/2026-q3/mingyan-gas.html" width="360" ')
    (latest,) = re.findall(r"<pre>(.*?)</pre>", (sample / "companies/mingyan-gas.html").read_text("utf-8"))
    assert unescape(latest).startswith(f'<iframe src="{BASE}embed/mingyan-gas.html"')


# The card


def card(site, name):
    return (site / "embed" / f"{name}.html").read_text("utf-8")


def test_a_card_is_small_runs_nothing_and_opens_the_whole_window(sample):
    found = sorted((sample / "embed").rglob("*.html"))
    assert len(found) > 80
    policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
    for path in found:
        html = path.read_text("utf-8")
        assert len(html.encode()) < (6200 if path.parent.name == "notices" else 4000)
        assert f'content="{policy}"' in html
        assert '<meta name="robots" content="noindex">' in html
        assert not re.search(r"<(?:script|img|iframe|form|object)|\sstyle=|\son\w+=|javascript:", html)
        assert all('target="_top"' in link for link in re.findall(r"<a [^>]*>", html))
        (address,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert (sample / address.removeprefix(BASE)).is_file()
    assert (sample / "assets/embed.css").stat().st_size < 1500


def test_a_card_shows_the_figure_of_its_scorecard(sample):
    big = re.search(r'<p class="num">([\d.]+)', (sample / f"{CARD}.html").read_text("utf-8"))[1]
    for name in ("2026-q3/mingyan-gas", "mingyan-gas"):
        assert f'<strong class="big">{big}<' in card(sample, name)
        assert f'<link rel="canonical" href="{BASE}{CARD}.html">' in card(sample, name)


def test_every_number_of_every_card_stands_on_its_scorecard(sample):
    """Score, place, interval and days alike; what is not published there has no number here."""
    said = 0
    for path in sorted((sample / "embed").rglob("*.html")):
        html = path.read_text("utf-8")
        (address,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        page = numbers((sample / address.removeprefix(BASE)).read_text("utf-8"))
        told = re.sub(r'<p class="note">.*?</p>', "", html, flags=re.DOTALL)  # of corrections and newer rounds
        found = numbers(told)
        assert found <= page, path
        said += len(found)
    assert said > 400


def numbers(html):
    body = re.sub(r"<[^>]*>", " ", html.partition("<main")[2].partition("</main>")[0])
    return set(re.findall(r"\d+(?:\.\d+)?", body))


def test_a_card_says_that_there_is_a_newer_round_and_the_latest_card_never_does(sample):
    old = card(sample, "2026-q2/mingyan-gas")
    assert "已有更新一期的结果：" in old
    assert '<a href="../../rounds/2026-q3/mingyan-gas.html" target="_top">2026年第三季度</a>' in old
    assert "已有更新一期" not in card(sample, "2026-q3/mingyan-gas")
    assert "已有更新一期" not in card(sample, "mingyan-gas")


def test_a_notice_quotes_the_code_of_its_card_and_leads_to_it(sample):
    for path in (sample / "notices").glob("*-*.html"):
        html = path.read_text("utf-8")
        (code,) = re.findall(r"<pre>(.*?)</pre>", html)
        assert unescape(code).startswith(f'<iframe src="{BASE}embed/notices/{path.name}" width="360" ')
        assert f'href="../embed/notices/{path.name}"' in html


def test_the_card_of_results_says_the_figures_of_all_and_that_there_is_a_newer_round(sample):
    html = card(sample, "notices/2026-q2-results")
    table = rows((sample / "data/rounds/2026-q2.csv").read_bytes())
    totals = {row["company"]: row["value"] for row in table if row["record"] == "composite" and row["company"]}
    found = re.findall(r'rounds/2026-q2/([^."]+)\.html" .*?<td><span class="num">([\d.]+)<', html)
    assert dict(found) == totals
    assert "已有更新一期的结果：" in html
    assert '<a href="../../notices/2026-q3-results.html" target="_top">2026年第三季度</a>' in html
    assert "已有更新一期" not in card(sample, "notices/2026-q3-results")


def test_the_card_of_another_notice_says_whom_it_concerns(sample):
    assert '<a href="../../companies/anju-gas.html" target="_top">' in card(sample, "notices/anju-gas-commendation")


def test_a_card_of_many_companies_says_what_their_sectors_came_to(monkeypatch):
    monkeypatch.setattr(sys.modules["publisher.pages.embeds"], "MOST", 1)
    publication = publication_of(checked(BUREAU, at_noon).bureau, at_noon())
    (page,) = [one for one in live_pages(publication) if one.path == "embed/notices/2026-q2-results.html"]
    html = Renderer(publication, theme_folders(ROOT)).page(page).decode()
    assert "<table" not in html
    assert "行业参评企业" in html


def test_json_names_the_corrections_of_its_company_alone(sample):
    own = json.loads((sample / "rounds/2026-q1/lianhe-water.json").read_text("utf-8"))
    other = json.loads((sample / "rounds/2026-q1/mingyan-gas.json").read_text("utf-8"))
    assert own["corrections"] == ["2026-q1-lianhe-water"]
    assert "corrections" not in other


def test_a_card_says_that_its_result_was_corrected(sample):
    assert "2026-q1-lianhe-water" in card(sample, "2026-q1/lianhe-water")
    assert "2026-q1-lianhe-water" not in card(sample, "2026-q1/mingyan-gas")


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The tests' bureau with a scorecard withdrawn, and with a press office."""
    import shutil  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("kit") / "folder"
    shutil.copytree(BUREAU, folder)
    path = folder / "content" / "withdrawals" / "one.md"
    path.parent.mkdir(exist_ok=True)
    head = "reason: 样例撤回\ndecided_by: 负责人\nwithdrawn_on: 2026-09-01\n"
    path.write_text(f"---\naddresses: [rounds/2026-q2/water-b.html]\n{head}---\n", "utf-8")
    settings = folder / "content" / "site.yaml"
    press = "press: {office: 测试市宣传科, phone: 0000-1234567, email: press@test.example}\n"
    settings.write_text(settings.read_text("utf-8") + press, "utf-8")
    assert [one for one in checked(folder, at_noon).problems if not one.warning] == []
    build(folder, folder / "site", at_noon)
    return folder / "site"


def test_what_was_withdrawn_is_in_no_file_and_on_no_card(changed, small):
    before = json.loads(small[1]["rounds/2026-q2/water-b.json"])
    (figure,) = [f"{row['value']:.2f}" for row in before["rows"] if row["record"] == "composite"]
    for name in ("rounds/2026-q2/water-b.csv", "rounds/2026-q2/water-b.json", "embed/2026-q2/water-b.html"):
        text = (changed / name).read_text("utf-8")
        assert "样例撤回" in text, name
        assert figure not in text
    book = openpyxl.load_workbook(changed / "rounds/2026-q2/water-b.xlsx")
    (cells,) = [row for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == ("one", "2026-09-01", "负责人", "样例撤回")
    assert "样例撤回" in card(changed, "water-b"), "the latest card says why it goes back to the one before"
    assert "rounds/quality-2026/water-b.html" in card(changed, "water-b")


def test_reporters_are_told_whom_to_ask(changed, sample):
    for path in ("rounds/2026-q2/water-a.html", "notices/gas-b-warning.html", "companies/water-a.html"):
        html = (changed / path).read_text("utf-8")
        assert "测试市宣传科" in html
        assert 'href="tel:0000-1234567"' in html
        assert 'href="mailto:press@test.example"' in html
    assert "采访联系" not in (sample / f"{CARD}.html").read_text("utf-8")


def test_an_edition_out_of_force_offers_its_files_and_nothing_to_cite(sample):
    html = (sample / "rounds/2026-q1/lianhe-water.v1.html").read_text("utf-8")
    assert 'lianhe-water.v1.csv">' in html
    assert "<iframe" not in unescape(html)
    assert '<p lang="en">' not in html


def test_addresses_of_files_stand_beside_the_page():
    assert addresses.downloads("rounds/a/b.html") == ("rounds/a/b.csv", "rounds/a/b.xlsx", "rounds/a/b.json")
    assert addresses.embed("rounds/a/b.html") == "embed/a/b.html"
    assert addresses.embed("companies/b.html") == "embed/b.html"
