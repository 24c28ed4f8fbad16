"""One page of each kind in a real browser: from a folder and from a sub-path, wide and narrow, light and dark."""

import json
import os
import random
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice, pairwise

import pytest
from patience import WAIT

playwright_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; set CHROMIUM to its path"),
]

KINDS = (
    "index.html",
    "404.html",
    "about.html",
    "companies/index.html",
    "companies/mingyan-gas.html",
    "compare.html",
    "compare/2026-q3.html",
    "corrections.html",
    "data/index.html",
    "follow-up.html",
    "indicators/quarterly-service/q12.html",
    "meetings/index.html",
    "meetings/resident-meeting-2026-10.html",
    "methods/quarterly-service.html",
    "methods/weighted-dissatisfaction.html",
    "notices/index.html",
    "notices/2026-q3-results.html",
    "rounds/index.html",
    "rounds/2026-q3/index.html",
    "rounds/2026-q3/mingyan-gas.html",
    "rounds/2026-q3/lianhe-water.html",
    "rounds/2026-q1/lianhe-water.v1.html",
    "rounds/jingmen-satisfaction/jingmen-water.html",
    "rounds/promises-2026-q3/mingyan-gas.html",
    "search.html",
    "sitemap.html",
    "verify.html",
    "embed/2026-q2/mingyan-gas.html",
    "embed/notices/2026-q2-results.html",
)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium():
    with playwright_api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host(sample, tmp_path_factory):
    """The site below /a/b/ of a plain web host on this machine, and nothing else there."""
    top = tmp_path_factory.mktemp("host")
    shutil.copytree(sample, top / "a" / "b")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(top)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/a/b"
    server.shutdown()
    thread.join()
    server.server_close()


class Visit:
    """A tab that notes every error, every failed request and every request to another host."""

    def __init__(self, browser, base, **options):
        self.base, self.faults = base, []
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(WAIT * 1000)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: m.type in {"error", "warning"} and self.faults.append(f"console: {m.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("requestfailed", self.note_failure)
        self.page.on("response", lambda answer: answer.status >= 400 and self.note_answer(answer))
        self.page.on("request", lambda request: self.note(request.url))

    def note_failure(self, request):
        """A picture that is asked for late may still be under way when the next page is opened: that is no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def note_answer(self, answer):
        self.faults.append(f"{answer.status}: {answer.url}")

    def note(self, url):
        if not url.startswith((self.base, "data:")):
            self.faults.append(f"leaves the site: {url}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, name):
        self.page.goto(f"{self.base}/{name}", wait_until="load")

    def wider_than_the_window(self):
        """Empty if the page does not scroll sideways; else the elements that stand out, or whose text does."""
        return self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                const all = [...document.body.querySelectorAll("*")];
                const out = all.filter(one => one.getBoundingClientRect().right > width + 1);
                const long = all.filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth);
                return [...out, ...long.reverse()].slice(0, 5).map(one => one.outerHTML.slice(0, 90));
            }"""
        )


def violations(page, rules):
    """What axe objects to on the page as it stands; axe itself was put there before.

    It does not ask for style sheets once more: from a folder it may not have them, and complains at any later time.
    """
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options).then(results => results.violations)", options)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("where", ["folder", "host"])
def test_every_kind_of_page_opens_without_a_complaint(chromium, sample, host, where, scripts):
    base = sample.as_uri() if where == "folder" else host
    found = {}
    with Visit(chromium, base, java_script_enabled=scripts) as visit:
        for name in KINDS:
            if name == "404.html":
                continue  # its links need the host it was built for: below
            visit.faults.clear()
            visit.open(name)
            assert visit.page.locator("h1").count() == 1
            if visit.faults:
                found[name] = list(visit.faults)
    assert found == {}


def test_404_is_dressed_at_any_depth_of_its_own_host(chromium, sample, tmp_path):
    """base_url ends in /pingjia; whatever the host is called, the page finds its style there."""
    shutil.copytree(sample, tmp_path / "pingjia")
    page = (tmp_path / "pingjia" / "404.html").read_bytes()

    class Host(Quiet):
        def send_error(self, code, *_, **__):
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/pingjia"
    try:
        with Visit(chromium, base) as visit:
            visit.open("rounds/no/such/page.html")
            assert [fault for fault in visit.faults if "no/such/page" not in fault and "404 (" not in fault] == []
            assert visit.page.evaluate("document.styleSheets.length && document.styleSheets[0].cssRules.length") > 0
    finally:
        server.shutdown()
        server.server_close()


def test_text_at_twice_the_size_stays_on_the_page(chromium, sample):
    found = {}
    with Visit(chromium, sample.as_uri(), viewport={"width": 640, "height": 700}, bypass_csp=True) as visit:
        for name in KINDS:
            visit.open(name)
            visit.page.add_style_tag(content="html { font-size: 200% !important }")
            if wide := visit.wider_than_the_window():
                found[name] = wide
    assert found == {}


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(chromium, sample):
    with Visit(chromium, sample.as_uri(), viewport={"width": 1280, "height": 800}) as visit:
        visit.open("rounds/2026-q3/mingyan-gas.html")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        visible = "(b => b.top >= 0 && b.height > 0)(document.activeElement.getBoundingClientRect())"
        assert visit.page.evaluate(visible)
        for _ in range(12):
            visit.page.keyboard.press("Tab")
            style = "(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))"
            assert visit.page.evaluate(style) != "nonenone"


def test_targets_are_large_enough_for_a_finger(chromium, sample):
    """The main navigation: at least 44 CSS pixels high on a phone."""
    with Visit(chromium, sample.as_uri(), viewport={"width": 360, "height": 700}, has_touch=True) as visit:
        visit.open("rounds/2026-q3/mingyan-gas.html")
        links = visit.page.locator("header nav a")
        heights = links.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert heights
        assert min(heights) >= 44


def test_every_page_prints(chromium, sample):
    """On paper: no navigation, and the text of the page whole."""
    with Visit(chromium, sample.as_uri()) as visit:
        for name in ("notices/2026-q3-results.html", "rounds/2026-q3/mingyan-gas.html"):
            visit.open(name)
            visit.page.emulate_media(media="print")
            assert not visit.page.locator("header nav").first.is_visible()
            assert visit.page.locator("h1").first.is_visible()
            assert visit.page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("page", "notes"),
    [("rounds/2026-q1/xishan-water", 3), ("notices/2026-q2-results", 2), ("notices/false-records-violation", 1)],
)
def test_the_card_that_says_most_fits_into_the_frame_that_is_quoted(chromium, sample, host, page, notes):
    """On the page of another host: superseded, and corrected as well."""
    quoted = re.search(r"&lt;iframe .*?&gt;", (sample / f"{page}.html").read_text("utf-8"))[0]
    address, width, height = (
        re.search(rf"{name}=(?:&#34;|\")([^\"&]+)", quoted)[1] for name in ("src", "width", "height")
    )
    card = f"{host}/embed/{address.partition('/embed/')[2]}"
    frame = f'<iframe src="{card}" width="{width}" height="{height}"></iframe>'
    with Visit(chromium, host) as visit:
        visit.page.set_content(f"<!doctype html><title>news</title>{frame}")
        card = visit.page.frame_locator("iframe")
        card.locator("main > p:last-child").wait_for()
        assert card.locator(".note").count() == notes
        size = card.locator("html").evaluate("page => [page.scrollWidth, page.scrollHeight]")
        assert (size[0], size[1] <= int(height)) == (int(width), True), size


def indexed(site):
    """(title, path, text, other words) of all that can be found."""
    found = []
    for path in sorted((site / "search").glob("t*.js"), key=lambda path: int(path.stem[1:])):
        data = re.fullmatch(r"publisherSearch\(\"t\d+\",(.*)\);\n", path.read_text("utf-8"), re.DOTALL)[1]
        found += [one[1:] for one in json.loads(data)]
    return found


def split_pairs(texts):
    """Three signs whose pairs stand in a text apart from one another, so that the pairs alone would find it."""
    for text in texts:
        pairs = [a + b for a, b in pairwise(text.lower()) if not (a + b).isascii()]
        for one in pairs:
            found = [one + other[1] for other in pairs if other[0] == one[1] and one + other[1] not in text.lower()]
            if found and found[0].strip() == found[0] and "\n" not in found[0]:
                yield found[0]
                break


def typed(visit, text):
    """What the page lists for it: (addresses, what it says)."""
    page = visit.page
    page.evaluate("document.querySelector('output').textContent = ''")
    page.fill("#search input", text)
    page.wait_for_selector("output:not(:empty)")
    links = page.locator("#search li a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return links, page.locator("output").inner_text()


@pytest.mark.parametrize("where", ["folder", "host"])
def test_search_finds_what_a_look_through_all_texts_finds(chromium, sample, host, where):
    every = indexed(sample)
    seed = random.Random(7)  # noqa: S311
    texts = [f"{title}\n{text}\n{also}" for title, _, text, also in every]
    asked = []
    for size in (1, 2, 2, 2, 3, 4, 6, 9) * 3:
        text = seed.choice(texts)
        start = seed.randrange(max(len(text) - size, 1))
        asked.append(text[start : start + size])
    asked += list(islice(split_pairs(texts), 5))
    found = {}
    with Visit(chromium, sample.as_uri() if where == "folder" else host) as visit:
        visit.open("search.html")
        for words in (one for one in asked if one.strip() and "\n" not in one):
            links, _ = typed(visit, words)
            wanted = words.lower().split()
            right = [one[1] for one, text in zip(every, texts, strict=True) if all(w in text.lower() for w in wanted)]
            if len(right) > 60 and set(links) <= set(right) and len(links) == 60:
                continue
            if sorted(links) != sorted(right):
                found[words] = (links, right)
        assert visit.faults == []
    assert found == {}


def test_search_says_what_it_found_and_keeps_it_in_the_address(chromium, sample):
    with Visit(chromium, sample.as_uri()) as visit:
        visit.open("search.html")
        links, said = typed(visit, "ＱＹｓｗ")
        assert links == ["companies/qingyuan-water.html"]
        assert said == "找到 1 条。"
        assert typed(visit, "没有这样的词")[1].startswith("没有找到。")
        assert typed(visit, "水")[1].startswith("先列出 60 条")
        links, _ = typed(visit, "停水 水质")
        assert typed(visit, "\u200b停水\ufeff 水\u00ad质")[0] == links
        visit.page.fill("#search input", "停水 水质")
        address = visit.page.url
        assert links
        visit.open("index.html")
        visit.page.goto(address)
        visit.page.wait_for_selector("output:not(:empty)")
        again = visit.page.locator("#search li a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert again == links
        assert visit.page.locator("#search mark").count() > 0
        with visit.page.expect_navigation():
            visit.page.click("#search li a >> nth=0")
        assert visit.page.locator("h1").count() == 1
        assert visit.faults == []


def test_what_is_typed_runs_nothing(chromium, sample):
    with Visit(chromium, sample.as_uri()) as visit:
        visit.open("search.html#q=<img src=x onerror=alert(1)>%")
        visit.page.wait_for_selector("output:not(:empty)")
        for words in ("__proto__", "constructor", "<b>", "\ud83d", "%E6", "𠮷"):
            typed(visit, words)
        assert visit.page.locator("#search img, #search b").count() == 0
        assert visit.faults == []


def test_without_a_script_the_page_lists_every_company(chromium, sample):
    with Visit(chromium, sample.as_uri(), java_script_enabled=False) as visit:
        visit.open("search.html")
        assert not visit.page.locator("#search").is_visible()
        listed = set(visit.page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))"))
        assert listed == {f"companies/{path.name}" for path in (sample / "companies").glob("*.html")} - {
            "companies/index.html"
        }
