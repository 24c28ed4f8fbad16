"""Companies side by side: the figures of the scorecards, told apart by their intervals, never across sectors."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from conftest import NOON, ROOT
from test_browser import Visit, chromium, host, pytestmark  # noqa: F401

from publisher.build import publication_of
from publisher.load.folder import load
from publisher.model.editions import Withdrawal
from publisher.model.figures import Figure, Interval, State
from publisher.outputs.comparison import comparison_files
from publisher.pages.comparison import MOST_BESIDE, MOST_ON_A_PAGE, comparison, likeness, neighbours
from publisher.permanent import addresses_of

BUREAU = ROOT / "tests" / "bureau"


@pytest.fixture(scope="module")
def publication():
    return publication_of(load(BUREAU).bureau, NOON)


class Tables(HTMLParser):
    """The cells of each table of a page, by row; a cell's text on one line."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.cell = [], None
        self.feed(text)

    def handle_starttag(self, name, _):
        if name == "table":
            self.tables.append([])
        elif name == "tr":
            self.tables[-1].append([])
        elif name in {"th", "td"}:
            self.cell = []
        elif name == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, name):
        if name in {"th", "td"}:
            self.tables[-1][-1].append(" ".join("".join(self.cell).split()))
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


@cache
def tables(path):
    return Tables(path.read_text("utf-8")).tables


def loaded(files):
    """Round -> the sectors that its script is called with."""
    found = {}
    for path, data in files:
        name, text = re.fullmatch(r'publisherCompare\("([\w-]+)",(.*)\);\n', data.decode(), re.DOTALL).groups()
        assert path == f"compare/{name}.js"
        found[name] = json.loads(text)
    return found


def test_every_figure_stands_on_the_scorecard_too(sample):
    """Digit for digit, its state where there is none; so what is suppressed there is suppressed here."""
    seen = set()
    for path in sorted((sample / "compare").glob("*.js")):
        for sector in loaded([(f"compare/{path.name}", path.read_bytes())])[path.stem]:
            for place, (_, _, _, address) in enumerate(sector["companies"]):
                cells = [cell for table in tables(sample / address) for row in table for cell in row]
                cells += [" ".join(re.sub(r"<[^>]*>", " ", (sample / address).read_text("utf-8")).split())]
                for name, link, _, figures in sector["rows"]:
                    cell = figures[place]
                    assert any(cell[0] in one for one in cells), (address, name, cell)
                    own = [
                        row for table in tables(sample / address) for row in table if row and row[0].startswith(name)
                    ]
                    assert not link or any(row[1].startswith(cell[0]) for row in own), (address, name, cell)
                    seen.add(len(cell) > 1)
    assert seen == {True, False}


def test_the_page_of_a_round_and_the_script_say_the_same(sample):
    """Every row of every table of neighbours, with its intervals and bases."""
    pages = sorted((sample / "compare").glob("*.html"))
    assert [path.stem for path in pages] == sorted(path.stem for path in (sample / "compare").glob("*.js"))
    for path in pages:
        data = loaded([(f"compare/{path.stem}.js", path.with_suffix(".js").read_bytes())])[path.stem]
        for head, *rows in tables(path):
            (sector,) = (one for one in data if head[1] in {company[2] for company in one["companies"]})
            names = [company[2] for company in sector["companies"]]
            places = [names.index(name) for name in head[1:-1]]
            assert [a + 1 for a, _ in pairwise(places)] == places[1:], "neighbours in the order of the round"
            for (name, _, way, figures), row in zip(sector["rows"], rows, strict=True):
                assert row[0] == f"{name} {way}".strip()
                assert (row[-1] == "只列数目，不分高低") == (not way), (path.name, name)
                for cell, place in zip(row[1:-1], places, strict=True):
                    said = "".join(figures[place][:4])
                    assert re.sub(r"\s|95%区间", "", cell) == re.sub(r"\s", "", said), (path.name, name)


def figure(printed, low=None, high=None, **more):
    interval = Interval(Decimal(low), Decimal(high)) if low else None
    return Figure(State.VALUE, "points", Fraction(printed), Decimal(printed), 100, interval=interval, **more)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (figure("80.00", "78.00", "82.00"), figure("84.00", "82.01", "86.00"), "apart"),
        (figure("80.00", "78.00", "82.00"), figure("84.00", "82.00", "86.00"), "alike"),
        (figure("80.00", "78.00", "82.00"), figure("80.00", "70.00", "90.00"), "same"),
        (figure("80.00", "78.00", "82.00"), figure("84.00"), "unknown"),
        (figure("80.00", certainty="all-cases"), figure("80.10", certainty="all-cases"), "apart"),
        (figure("80.00", certainty="all-cases"), figure("80.10", "79.00", "81.00"), "alike"),
        (figure("80.00", "78.00", "82.00"), Figure(State.SUPPRESSED, "points"), "none"),
        (Figure(State.NOT_SURVEYED, "points"), Figure(State.NOT_SURVEYED, "points"), "none"),
    ],
)
def test_two_figures_differ_only_where_their_intervals_do_not_touch(one, other, expected):
    assert likeness(one, other) == expected
    assert likeness(other, one) == expected


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 8, 11, 12])
def test_every_two_neighbours_stand_together_once(count):
    groups = [list(one) for one in neighbours(count)]
    together = [pair for group in groups for pair in pairwise(group)]
    assert together == [(n, n + 1) for n in range(count - 1)]
    assert all(2 <= len(group) <= MOST_BESIDE for group in groups)


def test_nothing_is_compared_across_sectors(publication):
    for page in comparison(publication):
        for sector in page.data.get("sectors", ()):
            companies = [one for group in sector.groups for one in group.companies]
            assert len({one.company.sector for one in [*sector.companies, *companies]}) == 1


def test_a_sector_of_many_is_chosen_from_and_not_printed_whole(publication):
    (result,) = (one for one in publication.analysis.rounds if one.round.id == "2026-q2")
    many = replace(result.sectors[0], companies=result.sectors[0].companies * MOST_ON_A_PAGE)
    crowded = replace(result, sectors=(many, *result.sectors[1:]))
    analysis = replace(publication.analysis, rounds=(crowded,))
    _, page = comparison(replace(publication, analysis=analysis))
    assert [len(one.groups) for one in page.data["sectors"]] == [0, 1]
    (data,) = loaded(comparison_files(replace(publication, analysis=analysis))).values()
    assert len(data[0]["companies"]) == 2 * MOST_ON_A_PAGE


def test_one_page_for_each_round_and_its_address_is_kept(publication):
    rounds = {one.round.id for one in publication.analysis.rounds if any(len(s.companies) > 1 for s in one.sectors)}
    paths = {page.path for page in comparison(publication)}
    assert paths == {"compare.html", *(f"compare/{id_}.html" for id_ in rounds)}
    assert paths <= addresses_of(publication)


def test_what_was_withdrawn_is_not_compared(publication):
    gone = ("rounds/2026-q2/water-a.html", "rounds/2026-q1/index.html")
    day, origin = NOON.date(), publication.bureau.site.origin
    withdrawal = Withdrawal(id="w", addresses=gone, reason="x", decided_by="y", withdrawn_on=day, origin=origin)
    bureau = replace(load(BUREAU).bureau, withdrawals=(withdrawal,))
    data = loaded(comparison_files(publication_of(bureau, NOON)))
    assert "2026-q1" not in data
    assert [[company[0] for company in one["companies"]] for one in data["2026-q2"]] == [["gas-a", "gas-b"]]


READ = """() => [...document.querySelectorAll("#compare table tr")].map(row =>
    [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, "")))"""


@pytest.mark.parametrize("where", ["folder", "host"])
def test_what_readers_choose_reads_as_the_page_of_the_round(chromium, sample, host, where):  # noqa: F811
    """Any round and neighbours; the address keeps the choice; one sector at a time."""
    path = sample / "compare" / "2026-q3.html"
    with Visit(chromium, sample.as_uri() if where == "folder" else host) as visit:
        visit.open("compare.html")
        for sector in loaded([("compare/2026-q3.js", path.with_suffix(".js").read_bytes())])["2026-q3"]:
            ids = [company[0] for company in sector["companies"]]
            names = [company[2] for company in sector["companies"]]
            printed = next(one for one in tables(path) if one[0][1] == names[0])
            places = [names.index(name) for name in printed[0][1:-1]]
            visit.page.evaluate("hash => { location.hash = hash }", "/".join(["2026-q3", *(ids[n] for n in places)]))
            visit.page.wait_for_selector(f"#compare thead a:text-is('{names[0]}')")
            assert visit.page.evaluate(READ) == [["".join(cell.split()) for cell in row] for row in printed]
        visit.page.select_option("select[name=sector]", label="供水")
        visit.page.select_option("select[name=company] >> nth=2", value="")
        chosen = visit.page.evaluate(READ)
        assert len(chosen[0]) == 4
        listed = visit.page.locator("select[name=company] >> nth=0").locator("option").all_inner_texts()
        assert all("燃气" not in name and "热力" not in name for name in listed)
        address = visit.page.url
        visit.open("index.html")
        visit.page.goto(address)
        visit.page.wait_for_selector("#compare table:visible")
        assert visit.page.evaluate(READ) == chosen
        assert visit.faults == []


def test_an_address_that_names_nothing_shows_the_latest_round(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri()) as visit:
        for made_up in ("#no-such-round/x", "#2026-q3/__proto__/<b>", "#%"):
            visit.open(f"compare.html{made_up}")
            visit.page.wait_for_selector("#compare table:visible")
            assert len(visit.page.evaluate(READ)[0]) == 4
        assert visit.faults == []


def test_without_a_script_there_is_a_table_for_each_round(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri(), java_script_enabled=False) as visit:
        visit.open("compare.html")
        assert not visit.page.locator("#compare").is_visible()
        links = visit.page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert sorted(links) == sorted(f"compare/{path.name}" for path in (sample / "compare").glob("*.html"))
