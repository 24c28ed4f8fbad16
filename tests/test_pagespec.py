"""The government's page specification (conventions 1): the tags of every kind of page, the footer, the code to scan."""

import re
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import zxingcpp
from conftest import ROOT, at_noon

from publisher.build import build, publication_of
from publisher.checking import checked
from publisher.filters import in_china
from publisher.pages import live_pages
from publisher.qr import code_of

BUREAU = ROOT / "tests" / "bureau"
CODE = "1200000052"
MORE = f"""site_code: "{CODE}"
icp: 津ICP备17009684号-1
public_security: 津公网安备 12011002018073号
mark_number: 0123456789ABCDEF0123456789ABCDEF
ipv6: yes
"""


class Head(HTMLParser):
    """The tags of a page by name and case as written, its links, and the text of its footer and body."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.metas, self.links, self.scripts, self.inside = [], [], [], []
        self.text = {"main": "", "footer": ""}
        self.hrefs = {"main": [], "footer": []}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "meta" and "name" in given:
            self.metas.append((given["name"], given["content"]))
        if tag == "link":
            self.links.append(given)
        if tag == "script":
            self.scripts.append(given.get("src"))
        if tag in self.text:
            self.inside.append(tag)
        if tag == "a" and self.inside:
            self.hrefs[self.inside[-1]].append(given.get("href", ""))

    def handle_endtag(self, tag):
        if tag in self.text:
            self.inside.remove(tag)

    def handle_data(self, data):
        if self.inside:
            self.text[self.inside[-1]] += data

    def all(self, name):
        return [content for one, content in self.metas if one == name]

    def one(self, name):
        (content,) = self.all(name)
        return content


SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Url")
OTHERS = ("Keywords", "Author", "Description", "Image")
TABLE = {
    # template: (a page of the tests' bureau, column tags, article tags, ColumnName, ColumnType)
    "home.html": ("index.html", True, False, "首页", "首页"),
    "notices.html": ("notices/index.html", True, False, "通报公告", "数据发布"),
    "notice.html": ("notices/2026-q2-results.html", True, True, "通报公告", "数据发布"),
    "companies.html": ("companies/index.html", True, False, "被评价企业", "数据发布"),
    "company.html": ("companies/water-a.html", True, False, "被评价企业", "数据发布"),
    "rounds.html": ("rounds/index.html", True, False, "评价结果", "数据发布"),
    "round.html": ("rounds/2026-q2/index.html", True, True, "评价结果", "数据发布"),
    "scorecard.html": ("rounds/2026-q2/water-a.html", True, True, "评价结果", "数据发布"),
    "meetings.html": ("meetings/index.html", True, False, "居民见面与走访", "回应关切"),
    "meeting.html": ("meetings/water-2026-06.html", True, True, "居民见面与走访", "回应关切"),
    "follow-up.html": ("follow-up.html", True, False, "答复与承诺台账", "回应关切"),
    "indicator.html": ("indicators/service/overall.html", True, False, "分项指标", "数据发布"),
    "compare.html": ("compare.html", True, False, "企业对比", "数据发布"),
    "comparison.html": ("compare/2026-q2.html", True, True, "企业对比", "数据发布"),
    "method.html": ("methods/service.html", True, True, "评价办法", "数据发布"),
    "corrections.html": ("corrections.html", True, True, "更正记录", "数据发布"),
    "data.html": ("data/index.html", True, False, "开放数据", "数据开放"),
    "search.html": ("search.html", True, False, "查找", "数据发布"),
    "article.html": ("about.html", True, False, "关于本站", "概况信息"),
    "sitemap.html": ("sitemap.html", True, False, "网站地图", "概况信息"),
    "verify.html": ("verify.html", True, False, "怎样核对本站的副本", "概况信息"),
    "404.html": ("404.html", False, False, "", ""),
}
"""What each kind of page must carry (conventions 1.1)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tests' bureau with every number that a government site has, and a correction."""
    import shutil  # noqa: PLC0415

    root = tmp_path_factory.mktemp("spec") / "folder"
    shutil.copytree(BUREAU, root)
    settings = root / "content" / "site.yaml"
    text = settings.read_text("utf-8").replace("bureau:\n", "bureau:\n  run_by: 测试市信息中心\n")
    settings.write_text(text + MORE, "utf-8")
    notice = root / "content" / "notices" / "2026-q2-results.md"
    more = "topic: 城乡建设 / 供水\nvalidity: 有效\nsummary: 公布二季度结果。\n"
    notice.write_text(notice.read_text("utf-8").replace("kind: results\n", "kind: results\n" + more), "utf-8")
    meeting = root / "content" / "meetings" / "water-2026-06.md"
    text = meeting.read_text("utf-8").replace("residents: 20", "residents: 20\npublished_at: 2026-06-27 08:05")
    meeting.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def site(folder):
    assert [one.code for one in checked(folder, at_noon).problems] == []
    build(folder, folder / "site", at_noon)
    return folder / "site"


@pytest.fixture(scope="module")
def pages(folder):
    """Every page by its address."""
    return {page.path: page for page in live_pages(publication_of(checked(folder, at_noon).bureau, at_noon()))}


def test_every_kind_of_page_is_in_the_table(pages):
    kinds = {page.template for page in pages.values()} | {"sitemap.html"}
    assert kinds - set(TABLE) - UNLISTED == set()


UNLISTED = {"withdrawn.html", "embed.html", "embed-notice.html"}
"""Never for finding, and no page of the site to read: what is left of one, and a card in another site's frame."""


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_a_kind_of_page_carries_its_tags_once_each_in_their_exact_case(site, pages, kind):
    path, column, article, name, type_ = TABLE[kind]
    head = Head(site / path)
    assert path == "sitemap.html" or pages[path].template == kind
    wanted = [*SITE, *(COLUMN if column else ()), *(ARTICLE if article else ())]
    known = {one.lower(): one for one in (*SITE, *COLUMN, *ARTICLE, *OTHERS)}
    given = [one for one, _ in head.metas if one.lower() in known and one not in {"keywords", "description"}]
    assert sorted(given) == sorted(wanted)
    assert all(content.strip() for _, content in head.metas)
    assert (head.all("ColumnName"), head.all("ColumnType")) == (([name], [type_]) if column else ([], []))
    assert head.all("robots") == ([] if column else ["noindex"])
    for key in ("keywords", "ColumnKeywords"):
        assert len(head.all(key)) == column
        assert all(re.fullmatch(r"[^,，、\s][^,，、]*(,[^,，、\s][^,，、]*)*", text) for text in head.all(key))
    assert (head.one("SiteName"), head.one("SiteDomain")) == ("测试市公用事业服务评价", "test.example")


def test_a_column_says_what_it_is_for_and_each_says_something_else(site):
    heads = {name: Head(site / path) for path, column, _, name, _ in TABLE.values() if column}
    own = {name: head for name, head in heads.items() if name not in {"关于本站", "网站地图", "怎样核对本站的副本"}}
    assert len({head.one("ColumnDescription") for head in own.values()}) == len(own)
    assert len({head.one("ColumnKeywords") for head in own.values()}) == len(own)


def test_the_date_of_publication_is_that_of_the_inputs_in_the_time_of_china(site, pages):
    """To the minute, and never that of the build."""
    assert Head(site / "rounds/2026-q2/water-a.html").one("PubDate") == "2026-07-20 10:00"
    assert Head(site / "notices/2026-q2-results.html").one("PubDate") == "2026-07-20 10:00"
    assert Head(site / "meetings/water-2026-06.html").one("PubDate") == "2026-06-27 08:05"
    assert Head(site / "methods/service.html").one("PubDate") == "2026-04-20 10:00"
    for path, page in pages.items():
        assert not page.published or page.published.replace(tzinfo=None) < at_noon().replace(tzinfo=None), path


@pytest.mark.parametrize(
    ("zone", "seen"),
    [("Asia/Shanghai", "2026-07-20 10:00"), ("Asia/Urumqi", "2026-07-20 12:00"), ("UTC", "2026-07-20 18:00")],
)
def test_a_bureau_in_another_zone_still_states_the_time_of_china(zone, seen):
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    assert in_china(datetime(2026, 7, 20, 10), ZoneInfo(zone)) == seen  # noqa: DTZ001


def test_a_scorecard_is_titled_as_the_rules_of_tags_say_and_the_source_is_its_issuer(site):
    head = Head(site / "rounds/2026-q2/water-a.html")
    assert head.one("ArticleTitle") == "测试市甲水务有限公司 2026年第二季度服务评价成绩单"
    assert head.one("ContentSource") == "测试市公用事业评价办公室"
    assert head.one("Url") == "https://test.example/pingjia/rounds/2026-q2/water-a.html"


def test_the_code_is_one_in_the_tag_in_the_footer_and_in_the_link_for_faults(site):
    found = sorted(site.rglob("*.html"))
    assert len(found) > 40
    for path in (one for one in found if one.parent.name != "embed" and one.parent.parent.name != "embed"):
        head = Head(path)
        (link,) = (one for one in head.hrefs["footer"] if "zfwzgl.www.gov.cn" in one)
        query = parse_qs(urlsplit(link).query)
        printed = re.findall(r"网站标识码：(\S+)", head.text["footer"])
        assert [head.one("SiteIDCode"), *printed, *query["site_code"]] == [CODE] * 3, path
        (address,) = query["url"]
        name = path.relative_to(site).as_posix()
        assert address == "https://test.example/pingjia/" + ("" if name == "index.html" else name)
        assert re.search(r"&url=https%3A%2F%2Ftest\.example%2F[^/:]*$", link)


def test_the_footer_has_every_item_of_the_settings(site):
    head = Head(site / "about.html")
    text = " ".join(head.text["footer"].split())
    for item in (
        *(
            "主办单位：测试市公用事业评价办公室",
            "承办单位：测试市信息中心",
            "地址：测试市政务服务大厅",
            "服务热线：12345",
        ),
        *("津ICP备17009684号-1", "津公网安备 12011002018073号", "党政机关网站标识", "本网站支持IPv6"),
        *("网站地图", "政府网站找错", "关于本站"),
    ):
        assert item in text
    assert {
        *("https://beian.miit.gov.cn/", "tel:12345"),
        "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=12011002018073",
        "https://bszs.conac.cn/sitename?method=show&id=0123456789ABCDEF0123456789ABCDEF",
    } <= set(head.hrefs["footer"])


def test_a_body_without_numbers_has_neither_tags_nor_lines_nor_links_for_them(sample):
    for name in ("index.html", "404.html", "rounds/2026-q3/mingyan-gas.html"):
        head = Head(sample / name)
        assert head.all("SiteIDCode") == []
        assert not re.search("标识码|备案|公网安备|ICP|党政机关|IPv6|承办单位|找错", head.text["footer"])
        assert [one for one in head.hrefs["footer"] if "gov.cn" in one or "conac" in one] == []


# What an article page carries


def test_an_article_says_when_and_from_where_it_came_out(site):
    for path, _, article, *_ in TABLE.values():
        text = Head(site / path).text["main"]
        assert ("来源：测试市公用事业评价办公室" in text) == article, path
        assert bool(re.search(r"发布时间：2026-\d\d-\d\d \d\d:\d\d", text)) == article, path


def test_a_notice_opens_with_the_block_of_open_government(site):
    html = (site / "notices/2026-q2-results.html").read_text("utf-8")
    block = html.partition('<dl class="facts screen">')[2].partition("</dl>")[0]
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", block))
    assert {"发文机关", "成文日期", "发布时间", "文种", "名称"} <= told.keys()
    assert (told["主题分类"], told["有效性"], told["内容概述"]) == ("城乡建设 / 供水", "有效", "公布二季度结果。")
    assert Head(site / "notices/2026-q2-results.html").one("description") == "公布二季度结果。"
    plain = (site / "notices/gas-b-warning.html").read_text("utf-8")
    assert not re.search("主题分类|有效性|内容概述", plain)


def test_a_page_says_where_it_stands(site):
    html = (site / "rounds/2026-q2/water-a.html").read_text("utf-8")
    way = re.sub(
        r"<[^>]+>|\s", "", html.partition('<nav class="wrap crumbs"')[2].partition("</nav>")[0].partition(">")[2]
    )
    assert way == "当前位置：首页评价结果2026年第二季度测试市甲水务有限公司2026年第二季度服务评价成绩单"


def modules_of(svg):
    """The picture as a browser would draw it: one stroke after the other, one module wide."""
    (side,) = {int(one) for one in re.findall(r'viewBox="0 0 (\d+) \1"', svg)}
    (ground, path) = re.findall(r' d="([^"]+)"', svg)
    assert ground == f"M0 0h{side}v{side}H0z"
    picture = np.full((side, side), 255, np.uint8)
    for x, start, steps in re.findall(r"M(\d+)\.5 (\d+)([^M]*)", path):
        y = int(start)
        for passed, drawn in re.findall(r"m0 (\d+)|v(\d+)", steps):
            if drawn:
                picture[y : y + int(drawn), int(x)] = 0
            y += int(passed or drawn)
    return picture


def read(svg):
    """By a reader of its own, which knows nothing of how the code was made."""
    (found,) = zxingcpp.read_barcodes(np.kron(modules_of(svg), np.ones((6, 6), np.uint8)))
    return found.text


@pytest.mark.parametrize("kind", ["notice.html", "round.html", "meeting.html", "method.html", "corrections.html"])
def test_the_code_on_a_page_is_read_as_its_address(site, kind):
    path = TABLE[kind][0]
    html = (site / path).read_text("utf-8")
    (svg,) = re.findall(r'<svg [^>]*role="img" aria-label="二维码.*?</svg>', html, re.DOTALL)
    assert read(svg) == f"https://test.example/pingjia/{path}"


def test_a_scorecard_has_its_code_for_paper_in_a_file_that_no_screen_asks_for(site):
    cards = [path for path in site.glob("rounds/*/*.html") if path.name != "index.html" and ".v" not in path.name]
    assert len(cards) > 5
    for path in cards:
        name = path.relative_to(site).with_suffix(".svg").as_posix()
        assert f'<img hidden loading="lazy" src="../../{name}" alt="">' in path.read_text("utf-8")
        drawn = path.with_suffix(".svg").read_text("utf-8")
        assert read(drawn) == f"https://test.example/pingjia/{path.relative_to(site).as_posix()}"
        ET.fromstring(drawn)  # noqa: S314  (our own)


@pytest.mark.parametrize("length", [20, 78, 79, 134, 400])
def test_addresses_of_any_length_are_read(length):
    address = ("https://a.example/" + "x-9_" * 120)[:length]
    code = code_of(address)
    svg = (
        f'<svg viewBox="0 0 {code.size} {code.size}"><path d="M0 0h{code.size}v{code.size}H0z"/><path d="{code.path}"/>'
    )
    assert read(svg) == address


def test_the_buttons_are_made_by_the_script_alone(site):
    """Nothing on the page speaks of printing where nothing can be pressed."""
    for path, _, article, *_ in TABLE.values():
        head = Head(site / path)
        html = (site / path).read_text("utf-8")
        assert "page.js" in "".join(one or "" for one in head.scripts), path
        assert ("data-print=" in html) == article, path
        assert html.count("<button") == html.count(" data-mode="), "the switches, hidden without a script"
        assert "打印本页" not in head.text["main"]
