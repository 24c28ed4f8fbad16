"""The government's page specification (conventions 1): the tags of every kind of page, the footer, the code to scan."""

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, at_noon

from publisher.build import build, checked, publication_of
from publisher.outputs.feeds import feed
from publisher.pages import live_pages
from publisher.qr import code_of
from publisher.render import in_china

zxing = pytest.importorskip("zxingcpp")
np = pytest.importorskip("numpy")

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
    "indicator.html": ("", True, False, "分项指标", "数据发布"),
    "method.html": ("methods/service.html", True, True, "评价办法", "数据发布"),
    "corrections.html": ("corrections.html", True, True, "更正记录", "数据发布"),
    "data.html": ("data/index.html", True, False, "数据下载", "数据开放"),
    "search.html": ("search.html", True, False, "查找", "数据发布"),
    "article.html": ("about.html", True, False, "关于我们", "概况信息"),
    "sitemap.html": ("sitemap.html", True, False, "网站地图", "数据发布"),
    "verify.html": ("verify.html", True, False, "核对", "数据发布"),
    "404.html": ("404.html", False, False, "", ""),
}
"""What each kind of page must carry (conventions 1.1); what has no address here is looked up."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tests' bureau with every number that a government site has, and a correction."""
    import shutil  # noqa: PLC0415

    root = tmp_path_factory.mktemp("spec") / "folder"
    shutil.copytree(BUREAU, root)
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("bureau:\n", "bureau:\n  run_by: 测试市信息中心\n") + MORE, "utf-8")
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
