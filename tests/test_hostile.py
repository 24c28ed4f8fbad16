"""Nothing a company writes runs, loads, follows, breaks out or is taken for the bureau's own."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from attacks import CALL, MARKED, PLAIN
from conftest import at_noon
from hostile import BODY, attacked, bureau_with, facts, facts_of, site_with
from test_browser import CHROMIUM

from publisher.build import publication_of
from publisher.markup import html_of
from publisher.outputs.data import data_files
from publisher.outputs.forms import items_form
from publisher.words import words_of

pytestmark = pytest.mark.unmeasured

PROSE = {
    *(("tag", tag) for tag in ("p", "br", "hr", "strong", "em", "blockquote", "ul", "ol", "li", "a", "code")),
    *(("tag", f"h{level}") for level in range(2, 7)),
    *(("tag", tag) for tag in ("table", "thead", "tbody", "tr", "th", "td")),
    *(("attribute", "a", name) for name in ("href", "title", "rel")),
    ("attribute", "ol", "start"),
    *(("address", "a", scheme) for scheme in ("http", "https", "mailto", "tel", "relative")),
}
"""All that a text may add to a page."""
MADE = {
    *(("tag", "html"), ("tag", "head"), ("attribute", "html", "data-modes")),
    *(("tag", "button"), ("attribute", "button", "type")),
}
"""What the browser adds, and our own scripts: the view that is on, and buttons."""
STARTS_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return site_with(lambda _, text: text or "甲")


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return site_with(attacked, request.param)


@pytest.fixture(scope="module")
def known(clean: dict[str, bytes]) -> set[tuple[str, ...]]:
    """What the theme itself is made of."""
    return set().union(*(facts(data) for path, data in clean.items() if path.endswith(".html")))


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(set(PLAIN) | set(MARKED)) == len(PLAIN) + len(MARKED) > 120


def test_hostile_texts_add_nothing_to_a_page_but_prose(site: dict[str, bytes], known: set[tuple[str, ...]]) -> None:
    pages = {path: data for path, data in site.items() if path.endswith(".html")}
    assert len(pages) > 30
    assert sum(CALL.encode() in data.replace(b"&#39;", b"'") for data in pages.values()) > 25, "the attack is there"
    for path, data in pages.items():
        assert facts(data) - known - PROSE == set(), path


@pytest.mark.parametrize("attack", [*PLAIN, *MARKED])
def test_markdown_lets_nothing_through(attack: str) -> None:
    for text in (
        attack,
        f"甲{attack}乙",
        f"**{attack}**",
        f"- {attack}",
        f"> {attack}",
        f"[{attack}](https://a.example)",
    ):
        assert facts(html_of(text).encode()) <= PROSE, text


@pytest.mark.parametrize(
    "target", ["https:evil.example", "HTTP:/evil.example", "https&colon;evil.example", "//evil", "x\\y"]
)
def test_an_address_that_browsers_read_in_more_than_one_way_is_no_link(target: str) -> None:
    """`https:evil.example` is a file beside the page, or another site's name, by where the page lies."""
    assert "href" not in html_of(f"[甲]({target})")
    assert "href" in html_of("[甲](https://ok.example/https:x)")


def test_a_company_cites_no_figure(site: dict[str, bytes]) -> None:
    """Expressions are worked out in what the bureau writes alone."""
    page = site["rounds/2026-q2/water-b.html"].decode()
    assert "{{ score(&#34;water-a&#34;) }}" in page or '{{ score("water-a") }}' in page


def test_a_link_of_a_company_lends_no_weight_and_tells_nothing() -> None:
    """No rank in search engines, no hold on the window that opened it, no word of where the reader comes from."""
    assert 'rel="nofollow noopener noreferrer"' in html_of("[甲](https://a.example/)")


def test_no_page_shows_a_template_of_a_company_worked_out(site: dict[str, bytes]) -> None:
    for path, data in site.items():
        if path.endswith(".html"):
            text = data.decode()
            assert "{{ 7*7 }}" in text or "7*7" not in text, path
            assert "可见" not in text or "{# 看不见 #}可见" in text, path


def test_the_number_and_names_of_files_do_not_depend_on_texts(site: dict[str, bytes], clean: dict[str, bytes]) -> None:
    assert sorted(site) == sorted(clean)
    assert all(re.fullmatch(r"[a-zA-Z0-9/_.-]+", path) and ".." not in path for path in site)


def test_feed_and_site_map_are_well_formed_and_say_what_was_written(site: dict[str, bytes]) -> None:
    feed = ET.fromstring(site["feed.xml"])  # noqa: S314  (our own)
    titles = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("<script>" in title for title in titles)
    assert {child.tag.partition("}")[2] for child in feed.iter()} <= {
        *("feed", "entry", "id", "title", "published", "updated", "author", "name", "link", "summary"),
    }
    ET.fromstring(site["sitemap.xml"])  # noqa: S314


@pytest.mark.parametrize("attack", [text for text in PLAIN if STARTS_FORMULA.match(text)])
def test_no_cell_of_a_download_starts_a_formula(attack: str) -> None:
    publication = publication_of(bureau_with(lambda *_: attack), at_noon())
    rows = [
        row
        for path, data in data_files(publication)
        if path.endswith(".csv")
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))
    ]
    cells = {cell for row in rows for cell in row}
    assert f"'{attack}" in cells
    assert {c for c in cells if STARTS_FORMULA.match(c) and not re.fullmatch(r"-?[0-9.]+", c)} == set()


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    for attack in ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "https://evil.example/", "mailto:a@b.example"):
        data = items_form(bureau_with(lambda *_, attack=attack: attack), words_of("zh-Hans"))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_every_page_keeps_to_itself_where_a_reader_comes_from(site: dict[str, bytes]) -> None:
    for path, data in site.items():
        if path.endswith(".html") and not path.startswith("embed/"):
            assert b'<meta name="referrer" content="no-referrer">' in data, path


SCAN = """() => {
  const found = [];
  const walk = root => root.querySelectorAll('*').forEach(e => {
    found.push([e.localName, [...e.attributes].map(a => [a.name, a.value])]);
    if (e.localName === 'template') walk(e.content);
  });
  walk(document);
  return found;
}"""


@pytest.mark.parametrize("site", ["zh-Hans"], indirect=True)  # what companies write is the same in both languages
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; set CHROMIUM to its path")
def test_a_browser_without_any_policy_runs_and_fetches_nothing(
    site: dict[str, bytes], known: set[tuple[str, ...]], tmp_path: Path
) -> None:
    """The policy in the pages is the second wall: here it is taken away, and the first one has to hold."""
    playwright_api = pytest.importorskip("playwright.sync_api")
    policy = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
    for path, data in site.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(policy.sub(b"", data))
    abroad: list[str] = []
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: request.url.startswith("file:") or abroad.append(request.url))
        page.on("dialog", lambda dialog: abroad.append(dialog.message) or dialog.dismiss())
        for path in sorted(path for path in site if path.endswith(".html")):
            page.goto((tmp_path / path).as_uri())
            assert page.title() != "pwned", path
            seen = {fact for tag, attributes in page.evaluate(SCAN) for fact in facts_of(tag, attributes)}
            assert seen - known - PROSE - MADE == set(), path
        browser.close()
    assert abroad == []


def test_the_body_of_the_attack_reaches_the_pages(site: dict[str, bytes]) -> None:
    """Else every test above would pass on an empty site."""
    assert len(BODY) > 10_000
    shown = site["rounds/2026-q2/water-b.html"].decode()
    assert shown.count("&lt;script&gt;") > 20
    assert "&lt;A公司&gt;" in shown


BY_COMPANIES = {
    *("body", "text", "action", "owner", "signatory", "question", "raised_by", "topic"),
    *("answer", "answered_by", "promise", "reason", "evidence"),
}


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; set CHROMIUM to its path")
@pytest.mark.parametrize("word", ["x" * 300, "甲" * 300, "<script>" * 30])
def test_no_text_of_a_company_pushes_a_page_out_of_the_window(word: str, tmp_path: Path) -> None:
    playwright_api = pytest.importorskip("playwright.sync_api")
    for path, data in site_with(lambda field, text: word if field in BY_COMPANIES else text or "甲").items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 800})
        for path in sorted(tmp_path.rglob("*.html")):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
        browser.close()
