"""Senior view, large type, high contrast: what they change, that they are remembered, and what all of it weighs."""

import gzip
import re
import time

import pytest
from conftest import ROOT
from test_browser import ENGLISH, KINDS, LEVELS, Visit, axe_api, chromium, pytestmark, violations  # noqa: F401

SCORECARD = "rounds/2026-q3/mingyan-gas.html"
PAGES = tuple(name for name in KINDS if name != "404.html" and not name.startswith("embed/"))
"""What other sites show of a scorecard has no switches: they are of the page around it."""
FOR_AXE = {
    *("index.html", "companies/mingyan-gas.html", "compare.html", "data/index.html", "follow-up.html", "search.html"),
    *("indicators/quarterly-service/q12.html", "meetings/resident-meeting-2026-10.html", "verify.html"),
    *("methods/quarterly-service.html", "notices/2026-q3-results.html", SCORECARD),
}
"""One of each shape: without the switches axe looks at all of them."""
FOR_CONTRAST = ("index.html", "search.html", SCORECARD)
MODES = ("senior", "large", "contrast")
MOST_OF_A_SCORECARD = 14_600
"""Bytes, compressed, with style sheet and script: what a host may send before it waits for an answer (ten packets)."""
MANY_QUESTIONS = 20
"""A scorecard with more may weigh more: each question stands there with its answer."""

REFUSED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError') }})"
)
STATE = """() => ({
    modes: document.documentElement.getAttribute("data-modes"),
    pressed: [...document.querySelectorAll("[aria-pressed=true]")].map(one => one.dataset.mode),
    sheets: [...document.styleSheets].filter(one => !one.disabled && one.href.endsWith("modes.css")).length,
})"""
TEXT_SIZES = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = {};
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement;
        if (!walk.currentNode.textContent.trim() || !one.checkVisibility()) continue;
        const drawn = one.closest("svg.trend");
        const scale = drawn ? drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width : 1;
        const size = parseFloat(getComputedStyle(one).fontSize) * scale;
        if (size < 17.99) found[one.outerHTML.slice(0, 70)] = size;
    }
    return found;
}"""
SMALL_TARGETS = """([within, least]) => [...document.querySelectorAll(within)].filter(one => one.checkVisibility())
    .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([, box]) => box.height && (box.height < least - .01 || box.width < least - .01)).map(([text]) => text)"""


LOADED = """wanted => new Promise(done => (function look() {
    const link = document.querySelector('link[href$="modes.css"]');
    if ((link.sheet !== null) === wanted) done(); else requestAnimationFrame(look);
})())"""


def pressed(visit, *modes):
    """The page as it looks with exactly these switches on."""
    visit.page.evaluate("modes => localStorage.setItem('publisher-modes', modes)", " ".join(modes))
    visit.page.evaluate("window.dispatchEvent(new StorageEvent('storage', {key: 'publisher-modes'}))")
    visit.page.evaluate(LOADED, bool(modes))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_kind_of_page_is_sound_in_every_view(chromium, sample, english_sample, language):  # noqa: F811
    """axe, reflow at 320 pixels, and the sizes that the rules for the ageing ask for."""
    site, names = (sample, PAGES) if language == "zh-Hans" else (english_sample, ENGLISH)
    found = {}
    with Visit(chromium, site.as_uri(), viewport={"width": 320, "height": 700}, bypass_csp=True) as visit:
        for name in names:
            visit.open(name)
            visit.page.evaluate(axe_api.Axe().axe_script)
            pressed(visit, "senior")
            found[f"{name} senior"] = [
                *(violations(visit.page, LEVELS) if name in FOR_AXE and (name == SCORECARD or site is sample) else ()),
                *visit.wider_than_the_window(),
                *visit.page.evaluate(TEXT_SIZES).items(),
                *visit.page.evaluate(SMALL_TARGETS, ["header .links a, .modes button, .parts a, main select", 60]),
                *visit.page.evaluate(SMALL_TARGETS, [".list a, .crumbs a, .foot .links a", 44]),
            ]
            pressed(visit, *MODES)
            found[f"{name} all"] = [
                *(violations(visit.page, ["color-contrast"]) if name in FOR_CONTRAST else ()),
                *visit.wider_than_the_window(),
            ]
    assert {name: faults for name, faults in found.items() if faults} == {}


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


def late(route):
    """A sheet over a slow line, long after the page itself could be drawn."""
    time.sleep(0.5)
    route.continue_()


def test_the_first_thing_drawn_is_already_in_the_view_chosen(chromium, sample):  # noqa: F811
    """Nothing moves after it: neither the switches nor the size of the letters come late, however slow the line."""
    watch = """new PerformanceObserver(list => { window.moved = (window.moved || 0) + list.getEntries()
        .reduce((sum, one) => sum + one.value, 0); }).observe({type: "layout-shift", buffered: true})"""
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}) as visit:
        visit.page.add_init_script(watch)
        for modes in ((), ("senior",), ("large", "contrast")):
            visit.open("index.html")
            pressed(visit, *modes)
            visit.page.route("**/modes.css", late)
            visit.open(SCORECARD)
            visit.page.unroute("**/modes.css")
            visit.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert visit.page.evaluate("window.moved || 0") == 0, modes
            assert visit.page.locator("h1").is_visible(), modes


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


def test_a_scorecard_weighs_little(sample):
    def weight(path):
        return len(gzip.compress((sample / path).read_bytes(), 9, mtime=0))

    shared = weight("assets/style.css") + weight("assets/page.js")
    found = {}
    for path in sorted((sample / "rounds").rglob("*.html")):
        questions = path.read_text("utf-8").count('<article class="item')
        if path.name != "index.html" and questions <= MANY_QUESTIONS:
            found[path.relative_to(sample).as_posix()] = weight(path.relative_to(sample)) + shared
    assert len(found) > 50
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
