"""The Atom feeds: valid by RFC 4287 and by a reader of its own, dated by the inputs, linked from their pages."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest
from conftest import NOON, ROOT, at_noon

from publisher.build import build, publication_of
from publisher.checking import checked
from publisher.outputs.feeds import feed_addresses, feeds
from publisher.pages import site_pages
from publisher.permanent import addresses_of

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://service.example/pingjia/"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ONCE_IN_FEED = {"id", "title", "updated"}
ONCE_IN_ENTRY = {"id", "title", "updated", "published"}
AT_MOST_ONCE = {"summary", "author"}


@pytest.fixture(scope="module")
def found(sample):
    """Every feed of the sample by its address."""
    names = ["feed.xml", "corrections.xml", *(f"companies/{p.name}" for p in (sample / "companies").glob("*.xml"))]
    return {name: (sample / name).read_bytes() for name in names}


def test_there_is_one_for_everything_one_for_corrections_and_one_for_each_company(found, sample):
    companies = {f"companies/{path.stem}.xml" for path in (sample / "companies").glob("*.html")} - {
        "companies/index.xml"
    }
    assert found.keys() == {"feed.xml", "corrections.xml"} | companies
    assert len(companies) > 10


def texts(element, name):
    return [one.text for one in element.findall(f"{ATOM}{name}")]


def test_each_has_what_the_standard_asks_for(found):
    """RFC 4287, 4.1.1 and 4.1.2: what stands once, at most once, and that somebody is the author."""
    for name, data in found.items():
        root = ET.fromstring(data)  # noqa: S314  (our own)
        assert root.tag == f"{ATOM}feed"
        assert all(len(texts(root, one)) == 1 for one in ONCE_IN_FEED), name
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        assert links.keys() == {"self", "alternate"}
        assert links["self"] == BASE + name
        for entry in root.findall(f"{ATOM}entry"):
            assert all(len(texts(entry, one)) == 1 for one in ONCE_IN_ENTRY), name
            assert all(len(texts(entry, one)) <= 1 for one in AT_MOST_ONCE), name
            assert [one.get("rel") for one in entry.findall(f"{ATOM}link")] == ["alternate"]
            published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
            assert MOMENT.fullmatch(published)
            assert MOMENT.fullmatch(updated)
            assert published <= updated
        ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids), name
    assert len({ET.fromstring(data).findtext(f"{ATOM}id") for data in found.values()}) == len(found)  # noqa: S314


def test_a_reader_of_its_own_finds_no_fault_and_the_same_entries(found, sample):
    for name, data in found.items():
        read = feedparser.parse(data)
        assert (read.bozo, read.version) == (False, "atom10"), name
        assert len(read.entries) == data.count(b"<entry>") > 0
        for entry in read.entries:
            assert entry.link.startswith(BASE)
            page, _, anchor = entry.link.removeprefix(BASE).partition("#")
            html = (sample / page).read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in html, entry.link
            assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) <= NOON
        assert [one.updated for one in read.entries] == sorted((one.updated for one in read.entries), reverse=True)
        assert read.feed.updated == read.entries[0].updated


def test_the_feed_of_a_company_tells_of_it_alone(found, sample):
    """Its scorecards, its statements, notices that name it, its meetings, what was corrected on its pages."""
    for name, data in found.items():
        if not name.startswith("companies/"):
            continue
        id_ = name.removeprefix("companies/").removesuffix(".xml")
        links = [one.link.removeprefix(BASE) for one in feedparser.parse(data).entries]
        others = [one for one in links if one.startswith("rounds/") and f"/{id_}.html" not in one]
        assert others == [], name
        cards = {path.parent.name for path in sample.glob(f"rounds/*/{id_}.html")}
        assert {one.split("/")[1] for one in links if one.startswith("rounds/") and "#" not in one} == cards


def test_what_a_company_said_is_signed_by_the_company(found):
    said = [one for one in feedparser.parse(found["companies/anju-gas.xml"]).entries if one.link.endswith("#reply")]
    assert said
    assert {one.author for one in said} == {"示例市安居燃气有限公司（样例）"}


def test_a_correction_is_told_to_those_it_concerns(found):
    for name in ("corrections.xml", "companies/lianhe-water.xml"):
        entries = feedparser.parse(found[name]).entries
        assert [one.summary[:4] for one in entries if one.link.endswith("#2026-q1-lianhe-water")] == ["电话回访"], name
    assert "#2026-q1-lianhe-water" not in found["companies/mingyan-gas.xml"].decode()


def test_pages_name_their_feeds(sample):
    def alternates(path):
        html = (sample / path).read_text("utf-8")
        return re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)

    assert alternates("index.html") == ["feed.xml"]
    assert alternates("companies/mingyan-gas.html") == ["../feed.xml", "../companies/mingyan-gas.xml"]
    assert alternates("rounds/2026-q3/mingyan-gas.html") == ["../../feed.xml", "../../companies/mingyan-gas.xml"]
    assert alternates("corrections.html") == ["feed.xml", "corrections.xml"]
    assert 'href="../companies/mingyan-gas.xml">' in (sample / "companies/mingyan-gas.html").read_text("utf-8")


# Small: the tests' own bureau, without a site


def made(folder, moment=NOON):
    publication = publication_of(checked(folder, lambda _: moment).bureau, moment)
    return publication, dict(feeds(publication, site_pages(publication)))


BUREAU = ROOT / "tests" / "bureau"


def test_they_depend_on_the_inputs_and_not_on_the_day_they_are_made():
    _, today = made(BUREAU)
    _, later = made(BUREAU, NOON.replace(year=2027))
    assert today == later


def test_nothing_is_in_them_before_its_time():
    """A day before the second round came out none of it is there; the first is."""
    publication, found = made(BUREAU, at_noon().replace(month=7, day=19))
    assert "2026-q2" not in publication.bureau.rounds
    text = b"\n".join(found.values()).decode()
    assert "2026-q1" in text
    assert "2026-q2" not in text
    assert not re.search(r"<updated>2026-(?:07-(?:2\d|19T0[5-9])|08|09|1)", text)


def test_titles_with_signs_of_markup_are_read_as_written(copy_of):
    folder = copy_of(BUREAU)
    path = folder / "content" / "notices" / "gas-b-warning.md"
    title = '<b>甲 & "乙"</b> ]]> &lt;'
    path.write_text(re.sub(r"title: .*", lambda _: f"title: '{title}'", path.read_text("utf-8")), "utf-8")
    _, found = made(folder)
    root = ET.fromstring(found["companies/gas-b.xml"])  # noqa: S314
    assert title in [one.findtext(f"{ATOM}title") for one in root.findall(f"{ATOM}entry")]


def test_withdrawn_pages_leave_every_feed_but_that_of_corrections(copy_of):
    folder = copy_of(BUREAU)
    path = folder / "content" / "withdrawals" / "one.md"
    path.parent.mkdir(exist_ok=True)
    gone = "rounds/2026-q2/water-b.html"
    path.write_text(
        f"---\naddresses: [{gone}]\nreason: 样例撤回\ndecided_by: 负责人\nwithdrawn_on: 2026-09-01\n---\n", "utf-8"
    )
    _, before = made(BUREAU)
    _, after = made(folder)
    assert gone in before["companies/water-b.xml"].decode()
    assert f"{gone}#reply" in before["feed.xml"].decode()
    assert [name for name, data in after.items() if gone in data.decode()] == ["corrections.xml"]


def test_they_are_addresses_for_ever():
    publication, found = made(BUREAU)
    assert set(found) == set(feed_addresses(publication))
    assert set(found) <= addresses_of(publication)


def test_the_site_map_says_when_a_page_came_out(tmp_path):
    build(BUREAU, tmp_path / "site", at_noon)
    text = (tmp_path / "site" / "sitemap.xml").read_text("utf-8")
    lastmod = dict(re.findall(r"<loc>https://test\.example/pingjia/(\S*?)</loc>\s*<lastmod>([\d-]+)<", text))
    assert lastmod["rounds/2026-q2/index.html"] == "2026-07-20"
    assert lastmod["rounds/2026-q1/index.html"] == "2026-04-20"
    robots = (tmp_path / "site" / "robots.txt").read_text("utf-8")
    assert robots.endswith("Sitemap: https://test.example/pingjia/sitemap.xml\n")
