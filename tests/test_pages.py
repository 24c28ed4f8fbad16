"""Every page of the sample: links that lead somewhere, sound HTML, the tags of official pages, no outside host."""

import csv
import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

BASE = "https://service.example/pingjia"
VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "source", "track"}
PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "strong", "em", "small", "dt"}
BLOCKS = {
    *("p", "div", "section", "ul", "ol", "dl", "table"),
    *("header", "footer", "nav", "main", "article", "h1", "h2", "h3"),
}
PARENTS = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"td", "th"},
    "table": {"caption", "thead", "tbody", "tfoot"},
}
OUTSIDE_ALLOWED = ("https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/", "https://zfwzgl.www.gov.cn/")
MOST_CSS = 8 * 1024


@dataclass
class Element:
    name: str
    attributes: dict
    line: int
    parent: "Element | None" = None
    children: list = field(default_factory=list)
    text: str = ""

    def all(self, *names):
        for child in self.children:
            if not names or child.name in names:
                yield child
            yield from child.all(*names)

    def above(self):
        if self.parent:
            yield self.parent
            yield from self.parent.above()

    def whole_text(self):
        return self.text + "".join(child.whole_text() for child in self.children)


class Document(HTMLParser):
    """A strict reader: every tag is closed in the order in which it was opened."""

    def __init__(self, path):
        super().__init__()
        self.faults = []
        self.root = self.here = Element("", {}, 0)
        self.path = path
        self.feed(path.read_text("utf-8"))
        self.close()
        if self.here is not self.root:
            self.fault(f"<{self.here.name}> of line {self.here.line} is never closed")

    def fault(self, text):
        self.faults.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, name, attributes):
        if len({key for key, _ in attributes}) < len(attributes):
            self.fault(f"<{name}> has an attribute twice")
        element = Element(name, dict(attributes), self.getpos()[0], self.here)
        self.check_place(element)
        self.here.children.append(element)
        if name not in VOID:
            self.here = element

    def check_place(self, element):
        parent = self.here.name
        if element.name in PARENTS and parent not in PARENTS[element.name]:
            self.fault(f"<{element.name}> stands in <{parent}>")
        if parent in CHILDREN and element.name not in CHILDREN[parent]:
            self.fault(f"<{parent}> holds <{element.name}>")
        if element.name in BLOCKS and parent in PHRASING:
            self.fault(f"<{element.name}> stands in <{parent}>")
        if element.name in {"a", "button"} and any(one.name in {"a", "button"} for one in self.here_and_above()):
            self.fault("a link in a link")

    def here_and_above(self):
        yield self.here
        yield from self.here.above()

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        if name not in VOID:
            if not any(one.name == "svg" for one in self.here_and_above()):
                self.fault(f"<{name}/> closes itself")
            self.here = self.here.parent

    def handle_endtag(self, name):
        if name != self.here.name:
            self.fault(f"</{name}> closes <{self.here.name}> of line {self.here.line}")
        if self.here.parent:
            self.here = self.here.parent

    def handle_data(self, data):
        if data.strip() and self.here.name in {"ul", "ol", "dl", "table", "thead", "tbody", "tr", "head", "html"}:
            self.fault(f"text in <{self.here.name}>: {data.strip()[:20]}")
        self.here.text += data

    @property
    def ids(self):
        return [one.attributes["id"] for one in self.root.all() if "id" in one.attributes]

    @property
    def meta(self):
        found = {}
        for one in self.root.all("meta"):
            key = one.attributes.get("name") or one.attributes.get("property")
            if key:
                assert key not in found, f"{key} twice in {self.path}"
                found[key] = one.attributes["content"]
        return found


@pytest.fixture(scope="session")
def documents(sample):
    return {path.relative_to(sample).as_posix(): Document(path) for path in sorted(sample.rglob("*.html"))}


@pytest.fixture(scope="session")
def english_documents(english_sample):
    found = sorted(english_sample.rglob("*.html"))
    return {path.relative_to(english_sample).as_posix(): Document(path) for path in found}


def told(documents, faults_of):
    """All faults of all pages, to be compared with none."""
    return [f"{name}: {fault}" for name, document in documents.items() for fault in faults_of(name, document)]


def test_every_tag_is_closed_and_stands_where_it_may(documents, english_documents):
    assert told(documents, lambda _, document: document.faults) == []
    assert told(english_documents, lambda _, document: document.faults) == []


def test_ids_are_unique_and_references_lead_to_one(documents):
    def faults(_, document):
        ids = document.ids
        yield from (f"id {one} twice" for one in set(ids) if ids.count(one) > 1)
        for element in document.root.all():
            for key in ("aria-labelledby", "aria-describedby", "for", "headers"):
                for one in element.attributes.get(key, "").split():
                    if one not in ids:
                        yield f"{key}={one}"

    assert told(documents, faults) == []


def links_of(document):
    for element in document.root.all():
        for key in ("href", "src", "action", "data", "poster", "srcset", "xlink:href"):
            if element.attributes.get(key) is not None and not key.startswith("data-"):
                yield element, element.attributes[key]


def test_every_internal_link_and_fragment_resolves(documents, sample):
    def faults(name, document):
        for _, link in links_of(document):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or name == "404.html":
                continue
            target = (sample / name).parent / unquote(parts.path) if parts.path else sample / name
            if not target.is_file():
                yield f"{link} leads to nothing"
                continue
            inside = target.resolve().relative_to(sample.resolve()).as_posix()
            if parts.fragment and unquote(parts.fragment) not in documents[inside].ids:
                yield f"{link} has no such place"

    assert told(documents, faults) == []


def test_no_link_needs_a_server_that_adds_index_html(documents):
    assert told(documents, lambda _, d: [link for _, link in links_of(d) if urlsplit(link).path.endswith("/")
                                         and not urlsplit(link).netloc]) == []  # fmt: skip


def own_addresses(sample):
    """Addresses outside the site that the bureau or its companies gave."""
    root = Path(__file__).parent.parent / "content"
    texts = [path.read_text("utf-8-sig") for path in root.rglob("*") if path.suffix in {".md", ".csv", ".yaml"}]
    return set(re.findall(r"https?://[^\s,)\"'<>，。]+", "\n".join(texts)))


def test_links_are_relative_but_for_the_few_that_cannot_be(documents, sample):
    allowed = own_addresses(sample)

    def is_fine(element, link):
        parts = urlsplit(link)
        if element.attributes.get("rel") == "canonical":
            return link.startswith(BASE + "/")
        if element.attributes.get("rel") == "icon":
            return link.startswith("data:image/svg+xml,")
        if parts.scheme in {"tel", "mailto"}:
            return element.name == "a"
        if parts.scheme or parts.netloc:
            given = link.rstrip("/") in allowed or link in allowed or link.startswith(OUTSIDE_ALLOWED)
            return element.name == "a" and given
        return not link.startswith("/")

    def faults(name, document):
        if name != "404.html":
            yield from (link for element, link in links_of(document) if not is_fine(element, link))

    assert told(documents, faults) == []


def test_the_page_that_hosts_serve_at_any_depth_uses_the_path_of_base_url(documents):
    """No host name: the page has its style on the test host, on the spare one and by either protocol."""
    links = [link for _, link in links_of(documents["404.html"])]
    assert [link for link in links if not link.startswith(("/pingjia/", "#", "tel:", "mailto:", "data:"))] == []


def test_nothing_is_loaded_from_outside_the_site(documents, sample):
    """Not only from no other host: every picture, sheet and script is a file of the site."""
    loads = {"img", "script", "iframe", "object", "embed", "video", "audio", "source", "track", "use", "image"}

    def faults(name, document):
        for element, link in links_of(document):
            sheet = element.name == "link" and element.attributes.get("rel") in {"stylesheet", "preload"}
            there = ((sample / name).parent / link).is_file()
            if (element.name in loads or sheet) and name != "404.html" and not there:
                yield f"<{element.name}> {link}"

    assert told(documents, faults) == []
    css = (sample / "assets" / "style.css").read_text("utf-8")
    assert "@import" not in css
    assert all(not urlsplit(link).netloc for link in re.findall(r"url\([\"']?(.*?)[\"']?\)", css))


def policy(document):
    (found,) = (
        one.attributes["content"]
        for one in document.root.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    return found


def test_a_strict_content_policy_refuses_nothing(documents):
    def faults(_, document):
        for element in document.root.all():
            if "style" in element.attributes or element.name == "style":
                yield f"inline style in line {element.line}"
            if element.name == "script" and not element.attributes.get("src"):
                # Data, never run; what checks pages asks for its hash all the same.
                is_data = element.attributes.get("type") == "application/ld+json"
                digest = b64encode(sha256(element.text.encode()).digest()).decode()
                if not is_data or f"script-src 'self' 'sha256-{digest}';" not in policy(document):
                    yield f"inline script in line {element.line}"
            yield from (f"{key} in line {element.line}" for key in element.attributes if key.startswith("on"))

    assert told(documents, faults) == []


def test_language_title_and_one_heading(documents, english_documents):
    for pages, language in ((documents, "zh-Hans"), (english_documents, "en")):
        titles = {}
        for name, document in pages.items():
            assert [one.attributes.get("lang") for one in document.root.all("html")] == [language], name
            assert len(list(document.root.all("h1"))) == 1, name
            assert len(list(document.root.all("main"))) == 1, name
            (title,) = (one for one in document.root.all("title") if one.parent.name == "head")
            titles.setdefault(title.text.strip(), []).append(name)
        assert {title: names for title, names in titles.items() if not title or len(names) > 1} == {}


def test_headings_leave_no_level_out(documents):
    def faults(_, document):
        levels = [int(one.name[1]) for one in document.root.all("h1", "h2", "h3", "h4", "h5", "h6")]
        yield from (f"h{later} after h{one}" for one, later in pairwise(levels) if later > one + 1)

    assert told(documents, faults) == []


def test_tables_have_captions_and_scoped_headers(documents):
    def faults(_, document):
        for table in document.root.all("table"):
            where = f"table of line {table.line}"
            of_author = any("prose" in one.attributes.get("class", "") for one in table.above())
            captions = list(table.all("caption"))
            if not of_author and (len(captions) != 1 or not captions[0].whole_text().strip()):
                yield f"{where} has no caption"
            headers = list(table.all("th"))
            if not headers:
                yield f"{where} has no header"
            if not of_author:
                yield from (f"{where}: th without scope" for th in headers if "scope" not in th.attributes)
            widths = {
                sum(int(cell.attributes.get("colspan", 1)) for cell in row.children)
                for row in table.all("tr")
                if not any("rowspan" in cell.attributes for cell in table.all("td", "th"))
            }
            if len(widths) > 1:
                yield f"{where} has rows of {sorted(widths)} cells"

    assert told(documents, faults) == []


def test_pictures_have_a_text_and_charts_a_name(documents):
    def faults(_, document):
        for element in document.root.all("img"):
            if "alt" not in element.attributes:
                yield f"img of line {element.line}"
        for element in document.root.all("svg"):
            hidden = element.attributes.get("aria-hidden") == "true"
            named = "aria-labelledby" in element.attributes or "aria-label" in element.attributes
            if not hidden and not (named and element.attributes.get("role") == "img"):
                yield f"svg of line {element.line}"

    assert told(documents, faults) == []


def test_no_page_shows_a_blank_or_a_python_value(documents, english_documents):
    for pages in (documents, english_documents):

        def faults(_, document):
            (body,) = document.root.all("body")
            text = " ".join([body.text, *(one.text for one in body.all())])
            values = r"\bNone\b|\bnan\b|Undefined|Fraction\(|Decimal\(|<bound|\{[a-z_.]+\}|&(?:amp|lt|gt);"
            yield from re.findall(values, text)
            yield from re.findall(r"\b[a-z]+(?:\.[a-z_-]+){2,}\b", re.sub(r"\S*example\S*", "", text))

        assert told(pages, faults) == []


SITE_TAGS = {"SiteName", "SiteDomain"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE_TAGS = {"ArticleTitle", "PubDate", "ContentSource"}
KINDS = {
    # page: has article tags, ColumnType
    "index.html": (False, "首页"),
    "notices/index.html": (False, "数据发布"),
    "notices/2026-q3-results.html": (True, "数据发布"),
    "companies/index.html": (False, "数据发布"),
    "rounds/2026-q3/index.html": (True, "数据发布"),
    "rounds/2026-q3/mingyan-gas.html": (True, "数据发布"),
    "meetings/index.html": (False, "回应关切"),
    "meetings/resident-meeting-2026-10.html": (True, "回应关切"),
    "follow-up.html": (False, "回应关切"),
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_page_carries_the_tags_of_its_kind(documents, name):
    """Names and case as in the government's page specification; conventions 1.1."""
    article, column_type = KINDS[name]
    meta = documents[name].meta
    assert meta.keys() >= SITE_TAGS | COLUMN_TAGS
    assert meta["SiteDomain"] == "service.example"
    assert meta["ColumnType"] == column_type
    assert all(value.strip() for value in meta.values())
    if article:
        assert meta.keys() >= ARTICLE_TAGS
        datetime.strptime(meta["PubDate"], "%Y-%m-%d %H:%M").astimezone()
    else:
        assert not meta.keys() & ARTICLE_TAGS


def is_unlisted(name):
    """Superseded editions, and what hosts serve for a page that is not there: not for search engines."""
    return name == "404.html" or is_card(name) or bool(re.search(r"\.v\d+\.html$", name))


def is_card(name):
    """Shown in a frame of another site: what is to be found is the scorecard or the notice."""
    return name.startswith("embed/")


def test_every_page_carries_site_and_column_tags(documents):
    def faults(name, document):
        wanted = SITE_TAGS if is_unlisted(name) else SITE_TAGS | COLUMN_TAGS | {"description", "keywords", "og:title"}
        yield from sorted(wanted - document.meta.keys())
        for key in ("keywords", "ColumnKeywords"):
            if re.search(r",\s|，|\s,", document.meta.get(key, "")):
                yield f"{key}: ASCII commas without spaces"

    assert told(documents, faults) == []


def test_a_body_without_a_site_code_leaves_the_tag_out(documents):
    assert not [name for name, document in documents.items() if "SiteIDCode" in document.meta]


def test_the_site_code_is_one_in_tag_footer_and_link(copy_of, build, tmp_path):
    folder = copy_of(Path(__file__).parent.parent)
    settings = folder / "content" / "site.yaml"
    more = 'site_code: "1200000052"\nicp: 津ICP备17009684号-1\npublic_security: 津公网安备 12011002018073号\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    build(folder, tmp_path / "site")
    for page in ("index.html", "rounds/2026-q3/mingyan-gas.html"):
        document = Document(tmp_path / "site" / page)
        assert document.meta["SiteIDCode"] == "1200000052"
        (foot,) = (one for one in document.root.all("footer") if one.parent.name == "body")
        assert "网站标识码：1200000052" in foot.whole_text()
        links = [one.attributes["href"] for one in foot.all("a")]
        (faults,) = (link for link in links if link.startswith("https://zfwzgl.www.gov.cn/"))
        assert "site_code=1200000052&url=https://service.example/pingjia/" in unquote(faults)
        assert "https://beian.miit.gov.cn/" in links
        main = next(document.root.all("main")).whole_text()
        assert not re.search("政府网站标识码|公网安备|ICP备|网站地图|主办单位：", main)


def test_footer_marks_never_stand_in_an_article(documents):
    """Readers by machine cut a page at these words."""

    def faults(name, document):
        if name != "404.html":
            yield from re.findall(
                "政府网站标识码|公网安备|ICP备|主办单位：", next(document.root.all("main")).whole_text()
            )

    assert told(documents, faults) == []


def test_404_is_not_for_finding_and_has_ways_out(documents):
    page = documents["404.html"]
    assert page.meta["robots"] == "noindex"
    links = [link for element, link in links_of(page) if element.name == "a"]
    assert any(link.endswith("/index.html") for link in links)
    assert any(link.endswith("/sitemap.html") for link in links)


def test_the_canonical_address_is_that_of_the_page(documents):
    for name, document in documents.items():
        found = [link for element, link in links_of(document) if element.attributes.get("rel") == "canonical"]
        if is_card(name):
            folder = "notices" if name.startswith("embed/notices/") else "rounds/[^/]+"
            assert re.fullmatch(rf"{BASE}/{folder}/{re.escape(name.rpartition('/')[2])}", "".join(found)), name
            continue
        expected = [] if is_unlisted(name) else [f"{BASE}/{'' if name == 'index.html' else name}"]
        assert found == expected, name
        if not is_unlisted(name):
            assert document.meta["og:url"] == expected[0]


def test_a_scorecard_answers_in_the_order_of_its_readers(documents):
    order = ["result", "worst", "indicators", "trend", "reply", "questions", "method", "data"]
    scorecards = [d for name, d in documents.items() if re.fullmatch(r"rounds/[^/]+/(?!index)[^/]+\.html", name)]
    assert len(scorecards) > 50
    for document in scorecards:
        sections = next(document.root.all("main")).all("section")
        ids = [one.attributes["id"] for one in sections if "id" in one.attributes]
        assert [one for one in ids if one in order] == [one for one in order if one in ids], document.path
        assert {"result", "worst", "indicators", "reply", "questions", "method", "data"} <= set(ids), document.path


def test_the_reply_is_as_prominent_as_the_result(documents):
    document = documents["rounds/2026-q3/mingyan-gas.html"]
    heads = {one.attributes.get("id"): one.name for one in document.root.all("h2", "h3")}
    assert heads["reply-h"] == heads["result-h"] == "h2"


def test_a_question_has_the_five_fields_that_inspectors_read(documents):
    document = documents["meetings/resident-meeting-2026-10.html"]
    text = next(document.root.all("main")).whole_text()
    for label in ("留言内容", "留言时间", "回复单位", "回复时间", "回复内容"):
        assert label in text


def test_no_column_is_empty(documents):
    """Five blank columns fail a whole government site: a column without an item does not exist."""
    for name, document in documents.items():
        if name.endswith("/index.html"):
            main = next(document.root.all("main"))
            assert list(main.all("a")), name


def test_the_style_sheet_is_small(sample):
    assert len((sample / "assets" / "style.css").read_bytes()) <= MOST_CSS


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_is_valid_atom(sample, documents):
    feed = ET.parse(sample / "feed.xml").getroot()  # noqa: S314  (our own file)
    assert feed.tag == f"{ATOM}feed"
    assert {f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated", f"{ATOM}author"} <= {child.tag for child in feed}
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    moments = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert all(moment.tzinfo for moment in moments)
    assert moments == sorted(moments, reverse=True)
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == moments[0]
    for entry in entries:
        assert entry.findtext(f"{ATOM}title").strip()
        (link,) = (one.get("href") for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate")
        page, _, fragment = link.removeprefix(f"{BASE}/").partition("#")
        assert link.startswith(f"{BASE}/")
        assert page in documents, link
        assert not fragment or unquote(fragment) in documents[page].ids, link


def test_the_site_map_lists_exactly_the_pages_for_finding(sample, documents):
    xml = ET.parse(sample / "sitemap.xml").getroot()  # noqa: S314  (our own file)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [url.findtext(f"{space}loc") for url in xml]
    assert len(set(found)) == len(found)
    canonical = {
        link
        for document in documents.values()
        for element, link in links_of(document)
        if element.attributes.get("rel") == "canonical"
    }
    listed = {link for link in canonical if not link.endswith("/sitemap.html")}
    assert set(found) - {f"{BASE}/sitemap.html"} == listed
    assert "Sitemap: https://service.example/pingjia/sitemap.xml" in (sample / "robots.txt").read_text("utf-8")


def test_the_site_map_for_people_leads_to_every_page(documents):
    listed = {link for _, link in links_of(documents["sitemap.html"])}
    assert {name for name in documents if not is_unlisted(name)} <= listed


def test_every_page_is_reached_from_the_home_page(documents, sample):
    seen, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in documents:
            continue
        seen.add(name)
        if name in {"sitemap.html", "404.html"}:
            continue  # the one leads everywhere by itself, the other is served at any depth
        for element, link in links_of(documents[name]):
            parts = urlsplit(link)
            if element.name == "a" and parts.path and not parts.scheme:
                target = ((sample / name).parent / unquote(parts.path)).resolve()
                waiting.append(target.relative_to(sample.resolve()).as_posix())
    assert set(documents) - seen == set()


def tables_of(site):
    for path in sorted((site / "data").rglob("*.csv")):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), f"{path.name}: Excel needs the mark to read Chinese"
        name = path.relative_to(site / "data").as_posix()
        yield name, list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))


def test_data_files_run_nothing_in_a_spreadsheet(sample):
    for name, rows in tables_of(sample):
        assert rows, name
        for row in rows:
            assert None not in row, f"{name}: a row is longer than its head"
            for cell in row.values():
                formula = re.match(r"[=+@\t\r-]", cell) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
                assert not formula, f"{name}: {cell}"


def test_data_files_keep_the_kinds_of_nothing_apart(sample):
    states = {"value", "not-surveyed", "suppressed", "nothing-due", "withheld"}
    for name, rows in tables_of(sample):
        if name.startswith("rounds/"):
            assert {row["state"] for row in rows} <= states, name
            figures = [row for row in rows if row["record"] not in {"answer", "point"}]
            assert all(bool(row["value"]) == (row["state"] == "value") for row in figures), name


def test_data_files_say_what_the_scorecards_say(sample, documents):
    """Every printed composite stands in the file of its round, digit for digit."""
    for name, rows in tables_of(sample):
        for row in rows:
            if row.get("record") == "composite" and row["state"] == "value":
                table, dot, edition = name.removesuffix(".csv").partition(".")
                page = documents[f"{table}/{row['company']}{dot}{edition}.html"]
                numbers = [one for one in page.root.all() if "num" in one.attributes.get("class", "")]
                shown = {one.text.strip().rstrip("%") for one in numbers}
                assert row["value"] in shown, (name, row["company"])


def test_file_names_are_plain_and_short(sample):
    for path in sample.rglob("*"):
        name = path.relative_to(sample).as_posix()
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name)
        assert len(name) <= 150
