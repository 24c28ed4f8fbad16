"""Senior view, large type, high contrast: what they change, that they are remembered, and what all of it weighs."""

import gzip
import re
import time

import pytest
from conftest import NOON, ROOT, at_noon
from test_browser import Visit, chromium, pytestmark  # noqa: F401

from publisher.build import publication_of
from publisher.checking import checked
from publisher.pages.results import all_scorecards
from publisher.render import Renderer, theme_folders

SCORECARD = "rounds/2026-q3/mingyan-gas.html"
MODES = ("senior", "large", "contrast")
MOST_OF_A_SCORECARD = 14_600
"""Bytes, compressed, with style sheet and script: what a host may send before it waits for an answer (ten packets)."""
HEAVIEST = 8

REFUSED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError') }})"
)
STATE = """() => ({
    modes: document.documentElement.getAttribute("data-modes"),
    pressed: [...document.querySelectorAll("[aria-pressed=true]")].map(one => one.dataset.mode),
    sheets: [...document.styleSheets].filter(one => !one.disabled && one.href.endsWith("modes.css")).length,
})"""
LOADED = """wanted => new Promise(done => (function look() {
    const link = document.querySelector('link[href$="modes.css"]');
    if ((link.sheet !== null) === wanted) done(); else requestAnimationFrame(look);
})())"""


def pressed(visit, *modes):
    """The page as it looks with exactly these switches on."""
    visit.page.evaluate("modes => localStorage.setItem('publisher-modes', modes)", " ".join(modes))
    visit.page.evaluate("window.dispatchEvent(new StorageEvent('storage', {key: 'publisher-modes'}))")
    visit.page.evaluate(LOADED, bool(modes))


@pytest.mark.parametrize("where", ["folder", "refused"])
def test_a_switch_holds_at_once_and_is_remembered_where_the_device_allows_it(chromium, sample, where):  # noqa: F811
    with Visit(chromium, sample.as_uri()) as visit:
        if where == "refused":
            visit.page.add_init_script(REFUSED)
        visit.open(SCORECARD)
        assert visit.page.evaluate(STATE) == {"modes": "", "pressed": [], "sheets": 0}
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == "长辈版"
        visit.page.keyboard.press("Enter")
        visit.page.click("[data-mode=contrast]")
        both = {"modes": "senior contrast", "pressed": ["senior", "contrast"], "sheets": 1}
        visit.page.evaluate(LOADED, bool(both))
        assert visit.page.evaluate(STATE) == both
        visit.open("index.html")
        assert visit.page.evaluate(STATE) == (both if where == "folder" else {"modes": "", "pressed": [], "sheets": 0})
        assert visit.faults == []


def test_what_is_stored_is_only_taken_as_names_of_switches(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri()) as visit:
        visit.open("index.html")
        visit.page.evaluate("localStorage.setItem('publisher-modes', 'contrast senior\" onload=x constructor')")
        visit.open("index.html")
        assert visit.page.evaluate(STATE) == {"modes": "contrast", "pressed": ["contrast"], "sheets": 1}


WATCH = """new PerformanceObserver(list => { window.moved = (window.moved || 0) + list.getEntries()
    .reduce((sum, one) => sum + one.value, 0); }).observe({type: "layout-shift", buffered: true})"""
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def late(route):
    """A sheet over a slow line, long after the page itself could be drawn."""
    time.sleep(0.5)
    route.continue_()


def test_the_first_thing_drawn_is_already_in_the_view_chosen(chromium, sample):  # noqa: F811
    """Nothing moves after it: neither the switches nor the size of the letters come late, however slow the line."""
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}) as visit:
        visit.page.add_init_script(WATCH)
        for modes in ((), ("senior",), ("large", "contrast")):
            visit.open("index.html")
            pressed(visit, *modes)
            visit.page.route("**/modes.css", late)
            visit.open(SCORECARD)
            visit.page.unroute("**/modes.css")
            visit.page.evaluate(DRAWN)
            assert visit.page.evaluate("window.moved || 0") == 0, modes
            assert visit.page.locator("h1").is_visible(), modes


@pytest.mark.parametrize(
    ("name", "ready"),
    [
        ("compare.html", "#compare table tbody tr"),
        ("search.html", "#search input"),
        ("follow-up.html", "#filter select"),
    ],
)
def test_a_form_that_a_script_fills_moves_nothing_however_late_it_comes(chromium, sample, name, ready):  # noqa: F811
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}) as visit:
        visit.page.add_init_script(WATCH)
        visit.page.route(re.compile(rf"/assets/{name.removesuffix('.html')}\.js$|/compare/[^/]+\.js$"), late)
        visit.open(name)
        visit.page.wait_for_selector(ready)
        visit.page.evaluate(DRAWN)
        assert visit.page.evaluate("window.moved || 0") == 0
        assert visit.faults == []


def answering(answer):
    return lambda one: one.fulfill(**answer)


@pytest.mark.parametrize("name", ["compare", "search", "follow-up"])
def test_without_its_script_there_is_no_form_and_no_room_for_one(chromium, sample, name):  # noqa: F811
    """Not there, or of a kind that the browser does not understand."""
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}) as visit:
        for answer in ({"status": 404}, {"body": "let x = ;", "content_type": "text/javascript"}):
            visit.page.route(f"**/assets/{name}.js", answering(answer))
            visit.page.goto(f"{sample.as_uri()}/{name}.html")
            form = visit.page.locator("main form")
            assert form.count() == 1
            assert form.bounding_box() is None
            visit.page.unroute(f"**/assets/{name}.js")


def test_a_comparison_whose_figures_do_not_come_says_so_and_keeps_no_room(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}) as visit:
        visit.page.route("**/compare/*.js", lambda one: one.abort())
        visit.page.goto(f"{sample.as_uri()}/compare.html")
        visit.page.wait_for_selector("#compare.failed output:not(:empty)")
        assert visit.page.locator("#compare").bounding_box()["height"] < 650


def test_a_view_that_cannot_be_had_leaves_the_page_as_it_is(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri()) as visit:
        visit.open("index.html")
        pressed(visit, "senior")
        visit.page.route("**/modes.css", lambda route: route.abort())
        visit.open(SCORECARD)
        assert visit.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"
        assert visit.page.locator("h1").is_visible()


def test_without_a_script_there_are_no_switches(chromium, sample):  # noqa: F811
    with Visit(chromium, sample.as_uri(), java_script_enabled=False) as visit:
        visit.open(SCORECARD)
        assert visit.page.locator(".modes button").count() == 3
        assert visit.page.locator(".modes button:visible").count() == 0


def test_paper_knows_no_switches(chromium, sample):  # noqa: F811
    measure = """() => [...document.querySelectorAll("main *")].map(one => {
        const style = getComputedStyle(one);
        return [style.fontSize, style.color, style.backgroundColor, style.display, style.lineHeight].join();
    })"""
    with Visit(chromium, sample.as_uri()) as visit:
        visit.open(SCORECARD)
        visit.page.emulate_media(media="print")
        plain = visit.page.evaluate(measure)
        pressed(visit, *MODES)
        assert visit.page.evaluate(measure) == plain
        assert visit.page.locator(".modes button:visible").count() == 0


def test_a_scorecard_is_three_requests_and_ten_packets(chromium, sample):  # noqa: F811
    asked = []
    with Visit(chromium, sample.as_uri()) as visit:
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.open(SCORECARD)
        visit.page.wait_for_load_state("networkidle")
        visit.page.mouse.wheel(0, 100_000)
        on_screen, asked = asked, []
        visit.page.pdf()
    assert [url.removeprefix(f"{sample.as_uri()}/") for url in asked] == [SCORECARD.replace(".html", ".svg")]
    assert [url.removeprefix(f"{sample.as_uri()}/") for url in on_screen] == [
        SCORECARD,
        "assets/style.css",
        "assets/page.js",
    ]


def weight(data):
    return len(gzip.compress(data, 9, mtime=0))


@pytest.fixture(scope="module")
def weights(sample):
    """Of every scorecard, with what it loads; the heaviest first."""
    shared = sum(weight((sample / "assets" / name).read_bytes()) for name in ("style.css", "page.js"))
    found = {}
    for path in sorted((sample / "rounds").rglob("*.html")):
        data = path.read_bytes()
        if path.name != "index.html":
            found[path.relative_to(sample).as_posix()] = weight(data) + shared
    return dict(sorted(found.items(), key=lambda one: one[1], reverse=True))


def test_a_scorecard_weighs_little(weights):
    assert len(weights) > 50
    assert {path: size for path, size in weights.items() if size > MOST_OF_A_SCORECARD} == {}


def test_a_scorecard_weighs_little_in_two_languages_too(sample, weights, copy_of):
    """What more it says then, it says on every page: the heaviest pages are the same ones."""
    folder = copy_of(ROOT)
    with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [zh-Hans, en]\n")
    publication = publication_of(checked(folder, at_noon).bureau, NOON)
    heavy = [*weights][:HEAVIEST]
    shared = weights[heavy[0]] - weight((sample / heavy[0]).read_bytes())
    found = {}
    for one in (publication, *publication.others):
        renderer = Renderer(one, theme_folders(ROOT))
        for page in all_scorecards(one):
            if page.path in heavy:
                found[one.words.language, page.path] = weight(renderer.page(page)) + shared
    assert len(found) == 2 * HEAVIEST
    assert all(found["zh-Hans", path] > weights[path] for path in heavy)
    assert {path: size for path, size in found.items() if size > MOST_OF_A_SCORECARD} == {}


def test_nothing_moves_by_itself():
    """Reduced motion needs no rule of its own: there is none to reduce."""
    for path in (ROOT / "templates" / "assets").glob("*.css"):
        assert not re.search(r"animation|transition|scroll-behavior|@keyframes", path.read_text("utf-8")), path.name


def test_systems_that_ask_for_contrast_or_bring_their_own_colours_get_it(chromium, sample):  # noqa: F811
    """Also without the switches: grey becomes ink; the key of a chart keeps its colour."""
    grey = "getComputedStyle(document.querySelector('.meta')).color === getComputedStyle(document.body).color"
    key = "getComputedStyle(document.querySelector('.key')).backgroundColor"
    with Visit(chromium, sample.as_uri(), contrast="more", java_script_enabled=False) as visit:
        visit.open(SCORECARD)
        assert visit.page.evaluate(grey)
        own = visit.page.evaluate(key)
        visit.page.emulate_media(contrast="no-preference")
        assert not visit.page.evaluate(grey)
        visit.page.emulate_media(forced_colors="active")
        assert visit.page.evaluate(key) == own
