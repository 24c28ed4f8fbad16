"""Two languages side by side: the first stays as it is, the second says the same, and each page leads to the other."""

import re
import shutil
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath, relpath
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT, at_noon
from patience import no_stall
from test_browser import CHROMIUM, LEVELS, Visit, axe_api, chromium, violations  # noqa: F401
from test_sealed import sealed_at

from publisher import addresses
from publisher.build import build, publication_of
from publisher.checking import checked
from publisher.deploying import deploy_check
from publisher.foreign import marked
from publisher.permanent import addresses_of
from publisher.previewing import preview
from publisher.problems import PublisherError
from publisher.verify import verify

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("languages")]

COURTESY = re.compile(r'<p class="note">The official text .*?</p>')
"""Stands on the pages of notices in the second language, which bear no red head."""
HEAD = re.compile(r'<p class="(?:mark|docnum)">.*?</p>')
BASE = "https://test.example/pingjia/"
CHINESE = re.compile("[\u3400-\u9fff]")
IN_BOTH = re.compile(r".*hreflang=.*\n")
VOID = {"br", "col", "img", "input", "link", "meta"}
KINDS = (
    *("index.html", "about.html", "companies/water-a.html", "compare.html", "compare/2026-q2.html", "corrections.html"),
    *(
        "data/index.html",
        "follow-up.html",
        "indicators/service/inspection.html",
        "meetings/water-2026-06.html",
        "search.html",
    ),
    *(
        "methods/service.html",
        "notices/2026-q2-results.html",
        "notices/gas-b-warning.html",
        "rounds/2026-q2/index.html",
    ),
    *("rounds/2026-q2/water-a.html", "sitemap.html", "verify.html", "embed/2026-q2/water-a.html"),
    "embed/notices/2026-q2-results.html",
)


def folder(top, languages="", language="zh-Hans"):
    """The tests' own bureau, built in these languages."""
    root = top / "bureau"
    shutil.copytree(ROOT / "tests" / "bureau", root)
    settings = root / "content" / "site.yaml"
    more = f"languages: [{languages}]\n" if languages else ""
    settings.write_text(f"{settings.read_text('utf-8')}language: {language}\n{more}", encoding="utf-8")
    return root


def built(top, languages="", language="zh-Hans"):
    root = folder(top, languages, language)
    build(root, root / "site", at_noon)
    return root / "site"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return built(tmp_path_factory.mktemp("both"), "zh-Hans, en")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    return built(tmp_path_factory.mktemp("chinese"))


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    return built(tmp_path_factory.mktemp("english"), language="en")


def parsed(data):
    return ET.fromstring(data)  # noqa: S314  (our own)


def names(site, suffix=""):
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in found if name.endswith(suffix)}


def pages(site):
    return sorted(name for name in names(site, ".html") if name.rpartition("/")[2] != "404.html")


class Texts(HTMLParser):
    """Every text of a page, with the language it is said to be in."""

    def __init__(self, source):
        super().__init__()
        self.open, self.found = [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = {tag for tag, _ in self.open}
        if data.strip() and not tags & {"script", "style", "title", "option"}:
            language = next(language for _, language in reversed(self.open) if language)
            self.found.append((language, " ".join(data.split())))


def test_the_first_language_is_what_it_is_alone_but_for_the_links_to_the_other(both, chinese):
    assert {name for name in names(both) if not name.startswith("en/")} == names(chinese)
    for name in names(chinese) - {"SHA256SUMS", "sitemap.xml", "404.html"}:
        now, alone = (both / name).read_bytes(), (chinese / name).read_bytes()
        if name.endswith(".html"):
            # The English way to cite a page cites the English page.
            now = IN_BOTH.sub("", now.decode()).replace(f"{BASE}en/", BASE).encode()
        assert now == alone, name


def test_the_second_has_the_same_pages_and_nothing_that_is_there_once(both):
    first = {name for name in names(both) if not name.startswith("en/")}
    second = {name.removeprefix("en/") for name in names(both) if name.startswith("en/")}
    assert {name for name in first if name.endswith(".html")} <= second
    assert second <= first
    assert {name.rpartition(".")[2] for name in second} == {"html", "js", "svg", "xml"}
    assert not {name for name in second if name.startswith(("assets/", "data/")) and not name.endswith(".html")}


def test_the_second_says_what_a_site_in_that_language_alone_says(both, english):
    """So no figure, date or state differs; where things lie is all that does."""

    def said(source):
        main = re.search(r"<main.*</main>", source, re.DOTALL)[0]
        main = COURTESY.sub("", HEAD.sub("", re.sub(r'<p class="note" data-foreign>.*?</p>', "", main)))
        text = " ".join(text for _, text in Texts(f'<html lang="en">{main}').found).replace(f"{BASE}en/", BASE)
        return re.sub(r"\s+", "", text)

    for name in pages(english):
        if name != "sitemap.html":  # its shelves are by folder
            assert said((both / "en" / name).read_text("utf-8")) == said((english / name).read_text("utf-8")), name


def test_every_page_names_itself_the_other_and_the_first(both):
    for name in pages(both):
        plain = name.removeprefix("en/")
        source = (both / name).read_text("utf-8")
        alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', source))
        first = BASE + ("" if plain == "index.html" else plain)
        second = f"{BASE}en/" + ("" if plain == "index.html" else plain)
        assert alternates == {"zh-Hans": first, "en": second, "x-default": first}, name
        own = "en" if name.startswith("en/") else "zh-Hans"
        assert source.startswith(f'<!DOCTYPE html>\n<html lang="{own}">')
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', source)
        if not plain.startswith("embed/") and canonical:
            assert canonical[1] == alternates[own]


def test_a_visible_link_leads_to_the_same_page_in_the_other_language(both):
    for name in pages(both):
        if "embed/" in name:
            continue  # what another site shows in a frame
        own = name.startswith("en/")
        source = (both / name).read_text("utf-8")
        link = re.search(r'<li><a lang="([^"]+)" hreflang="([^"]+)" href="([^"]+)">([^<]+)</a></li>', source)
        assert link.group(1, 2, 4) == (("zh-Hans", "zh-Hans", "中文") if own else ("en", "en", "English"))
        target = normpath(join(dirname(name), link[3]))
        assert target == (name.removeprefix("en/") if own else f"en/{name}")


def test_who_finds_no_page_is_told_in_every_language(both, chinese):
    """Hosts serve the page at the top for every address, or the nearest one."""
    top, nearest = (both / "404.html").read_text("utf-8"), (both / "en" / "404.html").read_text("utf-8")
    assert '<a lang="en" hreflang="en" href="/pingjia/en/index.html">' in top
    assert '<a lang="zh-Hans" hreflang="zh-Hans" href="/pingjia/index.html">' in nearest
    own, _, other = top.partition('<section lang="en">')
    links = re.compile(r'<li><a href="/pingjia/([^"]*)">')
    ways = links.findall(own.partition("<main")[2])
    assert "search.html" in ways
    assert links.findall(other.partition("</section>")[0]) == [f"en/{way}" for way in ways]
    assert links.findall(nearest.partition("<main")[2].partition("</main>")[0]) == [f"en/{way}" for way in ways]
    assert "There is no page at this address." in other
    assert not CHINESE.search(other.partition("</section>")[0])
    assert "noindex" in nearest
    assert "<section" not in (chinese / "404.html").read_text("utf-8")
    assert all((both / target).is_file() for target in re.findall(r'"/pingjia/([^"#]+)"', top + nearest))
    assert [one for one in deploy_check(both).findings if not one.told] == []


def test_a_notice_in_another_language_says_that_it_is_not_the_official_text(both):
    for path in sorted((both / "en" / "notices").glob("*.html")):
        single = path.name != "index.html"
        assert [len(COURTESY.findall(path.read_text("utf-8"))), len(HEAD.findall(path.read_text("utf-8")))] == [
            single,
            0,
        ]
        own = (both / "notices" / path.name).read_text("utf-8")
        assert 'class="mark"' in own or not single
        tags = re.findall(r'<meta name="(?:ContentSource|keywords)" content="(.*?)">', path.read_text("utf-8"))
        assert len(tags) == 1 + single
        assert not CHINESE.search("".join(tags))


def test_links_lead_somewhere_and_stay_in_their_language(both):
    there = names(both)
    for name in pages(both):
        source = (both / name).read_text("utf-8")
        for tag in re.findall(r"<[^>]*(?:href|src|data-file)=[^>]*>", source):
            link = unescape(re.search(r'(?:href|src|data-file)="([^"#]*)', tag)[1])
            if not link or re.match(r"[a-z]+:", link):
                continue
            target = normpath(join(dirname(name), link))
            assert target in there, (name, link)
            switch = "hreflang=" in tag or target == "404.html"
            assert switch or not target.endswith(".html") or target.startswith("en/") == name.startswith("en/")


def test_what_was_written_in_the_first_language_says_so_in_the_second(both):
    for name in pages(both / "en"):
        source = (both / "en" / name).read_text("utf-8")
        source = re.sub(r'<p lang="en">.*?</p>', "", source)  # an English citation of a Chinese title
        texts = Texts(source).found
        assert {language for language, text in texts if CHINESE.search(text)} <= {"zh-Hans"}, name
        told = (text for language, text in texts if language == "zh-Hans" and "https://" not in text)
        prose = any(len(text) >= 20 for text in told)
        assert not prose or "data-foreign" in source, name
    assert "data-foreign" not in (both / "en" / "rounds" / "index.html").read_text("utf-8")
    assert "data-foreign" not in (both / "rounds" / "2026-q2" / "water-a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>早上水发黄。</p>", '<p lang="zh-Hans">早上水发黄。</p>'),
        ("<p>Address: 大厅</p>", '<p>Address: <span lang="zh-Hans">大厅</span></p>'),
        (
            "<dd>管网GIS系统第2期，<br>已建成</dd>",
            '<dd><span lang="zh-Hans">管网GIS系统第2期，</span><br><span lang="zh-Hans">已建成</span></dd>',
        ),
        (
            "<p>甲水务 and 乙水务</p>",
            '<p><span lang="zh-Hans">甲水务</span> and <span lang="zh-Hans">乙水务</span></p>',
        ),
        ("<p>the interval reaches from “Pass” to “Good”, the company’s words</p>", None),
        ('<p lang="zh-Hans">引用格式</p>', '<p lang="zh-Hans">引用格式</p>'),
        ("<svg><title>折线图</title></svg><select><option>账单</option></select>", None),
        ("<script>var a = '中文';</script>", None),
    ],
)
def test_runs_of_chinese_are_marked_and_nothing_else(text, told):
    assert marked(f"<html><body>{text}</body></html>", "zh-Hans") == f"<html><body>{told or text}</body></html>"


@pytest.mark.parametrize("text", ["，" * 200_000, "水 a" * 60_000, "“a" * 100_000, "水12.34 " * 40_000, "a" * 200_000])
def test_long_texts_are_marked_at_once(text):
    for language in ("zh-Hans", "en"):
        with no_stall():
            marked(f"<html><body><p>{text}</p></body></html>", language)


def test_english_on_chinese_pages_is_marked_from_four_words_on():
    page = "<html><body><p>Repairs take two days.</p><p>XLSX</p><p>由 Hydro Works 说明</p></body></html>"
    told = page.replace("<p>Repairs", '<p lang="en">Repairs')
    assert marked(page, "en") == told


def test_feeds_are_in_their_language_and_lead_to_its_pages(both):
    atom = "{http://www.w3.org/2005/Atom}"
    for name in sorted(names(both / "en", ".xml")):
        root = parsed((both / "en" / name).read_bytes())
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        links = [one.get("href") for one in root.iter(f"{atom}link")]
        assert all(link.startswith(f"{BASE}en/") for link in links)
        for link in links:
            path = link.removeprefix(BASE).partition("#")[0]
            assert (both / (f"{path}index.html" if path.endswith("/") else path)).is_file()
        assert root.find(f"{atom}id").text != parsed((both / name).read_bytes()).find(f"{atom}id").text


def test_the_site_map_has_every_page_in_both_languages_with_its_alternates(both):
    root = parsed((both / "sitemap.xml").read_bytes())
    space, html = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
    told = {}
    for url in root:
        links = {one.get("hreflang"): one.get("href") for one in url.iter(f"{html}link")}
        told[url.find(f"{space}loc").text] = links
        assert set(links) == {"zh-Hans", "en"}
    assert all(told[other] == links for links in told.values() for other in links.values())
    assert {*told} == {address for links in told.values() for address in links.values()}
    assert f"{BASE}en/" in told


def test_the_embargo_holds_for_both(tmp_path):
    root = folder(tmp_path, "zh-Hans, en")
    early = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = checked(root, lambda _: early, at_noon)
    now = addresses_of(publication_of(found.bureau, early))
    later = addresses_of(publication_of(found.bureau, at_noon()))
    assert "en/rounds/2026-q2/index.html" in later - now
    for some in (now, later):
        own = {one for one in some if not one.startswith("en/") and addresses.has_words(one)}
        assert {one.removeprefix("en/") for one in some if one.startswith("en/")} == own


def withdraw(root, address):
    (root / "content" / "withdrawals").mkdir(exist_ok=True)
    text = f"---\naddresses: [{address}]\nreason: 公告有误。\ndecided_by: 负责人\nwithdrawn_on: 2026-11-01\n---\n"
    (root / "content" / "withdrawals" / "one.md").write_text(text, encoding="utf-8")


def test_a_withdrawal_takes_the_page_in_both_languages(tmp_path):
    root = folder(tmp_path, "zh-Hans, en")
    withdraw(root, "notices/gas-b-warning.html")
    site = root / "site"
    build(root, site, at_noon)
    for path in (site / "notices" / "gas-b-warning.html", site / "en" / "notices" / "gas-b-warning.html"):
        source = path.read_text("utf-8")
        assert "公告有误。" in source
        assert "报警器" not in source
    withdraw(root, "en/notices/gas-b-warning.html")
    with pytest.raises(PublisherError) as refused:
        build(root, site, at_noon)
    assert [one.code for one in refused.value.problems] == ["withdrawal-language"]


def test_what_was_sealed_in_two_languages_stays_in_two(tmp_path):
    root = folder(tmp_path, "zh-Hans, en")
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    listed = (root / "content" / "editions" / "addresses.txt").read_text("utf-8").split()
    assert "en/rounds/2026-q1/water-a.html" in listed
    assert "en/feed.xml" in listed
    build(root, root / "site", at_noon)
    verdict = verify(root / "site")
    assert [one for one in verdict.findings if not one.told] == []
    late = root / "site" / "en" / "rounds" / "2026-q1" / "water-a.html"
    late.write_text(late.read_text("utf-8").replace("20 April 2026", "19 April 2026"), encoding="utf-8")
    assert {one.code for one in verify(root / "site").findings if not one.told} == {"altered", "printed"}
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("languages: [zh-Hans, en]\n", ""), encoding="utf-8")
    with pytest.raises(PublisherError) as refused:
        build(root, root / "site", at_noon)
    assert {one.code for one in refused.value.problems} == {"address-lost"}
    assert all(one.value.startswith("en/") for one in refused.value.problems)


def as_wget_rewrites(site, name):
    """`wget -k`: every link within the site as short as can be, full ones to its own host too."""

    def short(found):
        link = found[2].removeprefix(BASE) if found[2].startswith(BASE) else join(dirname(name), found[2])
        target = normpath(f"{link}index.html" if not link or link.endswith("/") else link)
        return f'{found[1]}"{relpath(target, dirname(name) or ".")}'

    page = (site / name).read_text("utf-8")
    own = rf'((?:href|src)=)"({re.escape(BASE)}[^"#]*|(?![a-z]+:|[#/])[^"#]+)'
    tags = re.sub(r"<[^>]*>", lambda tag: re.sub(own, short, tag[0]), page)
    (site / name).write_text(tags, encoding="utf-8")


def test_a_copy_with_rewritten_links_is_proved_in_both_languages(both, tmp_path):
    site = shutil.copytree(both, tmp_path / "site")
    for name in pages(site):
        as_wget_rewrites(site, name)
    found = [one for one in verify(site).findings if not one.told]
    assert [one.code for one in found] == ["links-rewritten-only"]
    assert dict(found[0].details)["count"] > len(pages(site)) // 2


def test_what_stands_for_a_sign_is_not_cut_in_two():
    html = "<body><p>Water &amp; all the other services &quot;of the city here&quot;</p><footer>"
    assert re.sub('</?span[^>]*>| lang="en"', "", marked(html, "en")) == html
    assert "&<" not in marked(html, "en")


def test_a_preview_has_both_and_marks_both(tmp_path):
    root = folder(tmp_path, "zh-Hans, en")
    made = preview(root, tmp_path / "preview", at_noon, token="t" * 32)
    page = (made.folder / "en" / "rounds" / "2026-q2" / "water-a.html").read_text("utf-8")
    assert "data-preview=" in page
    assert "hreflang=" in page
    assert '<link rel="alternate" hreflang' not in page


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; set CHROMIUM to its path")
def test_every_kind_of_page_in_the_second_language_is_sound(chromium, both):  # noqa: F811
    found = {}
    with Visit(chromium, both.as_uri(), bypass_csp=True, viewport={"width": 320, "height": 800}) as visit:
        for name in KINDS:
            visit.open(f"en/{name}")
            found[name] = [*visit.faults, *visit.wider_than_the_window()]
            visit.page.evaluate(axe_api.Axe().axe_script)
            found[name] += violations(visit.page, LEVELS)
            visit.faults.clear()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; set CHROMIUM to its path")
def test_a_search_finds_pages_of_its_own_language(chromium, both):  # noqa: F811
    with Visit(chromium, both.as_uri()) as visit:
        visit.open("en/search.html")
        visit.page.fill("input", "Water A")
        visit.page.wait_for_selector("#search ol a")
        links = visit.page.eval_on_selector_all("#search ol a", "all => all.map(one => one.href)")
        assert links
        assert all(link.startswith(f"{both.as_uri()}/en/") for link in links)
        assert visit.faults == []
