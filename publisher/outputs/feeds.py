"""The Atom feeds (RFC 4287), the site map for search engines, and robots.txt.

Every moment in them is one of the inputs. What is not released is in none: they are made from what the pages show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from publisher import addresses
from publisher.model.records import Company, Correction
from publisher.moments import in_zone
from publisher.pages import Page, Publication
from publisher.pages.languages import alternates

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ENTRIES = 50
_NEWS = frozenset({"notice.html", "round.html", "meeting.html"})
"""Kinds of pages that are news for everybody; scorecards come out by the hundred with their round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. Its address is also its id, and neither ever changes."""

    path: str
    title: str
    published: datetime
    updated: datetime
    """When it was last corrected, else when it came out."""
    summary: str = ""
    author: str = ""
    """Who speaks, where it is not the bureau."""


@dataclass(frozen=True)
class _Feed:
    path: str
    page: str
    """What it tells the news of."""
    title: str
    entries: tuple[Entry, ...]


def feeds(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """(address, feed): of everything, of each company, and of what was corrected or withdrawn."""
    for one in _feeds(publication, [page for page in pages if page.listed and page.published]):
        yield one.path, _atom(publication, one)


def feed_addresses(publication: Publication) -> Iterator[str]:
    yield addresses.FEED
    yield from (addresses.company_feed(company) for company in publication.bureau.companies.values())
    if has_corrections(publication):
        yield addresses.CORRECTIONS_FEED


def has_corrections(publication: Publication) -> bool:
    """There is a page of corrections, be it empty."""
    return bool(publication.bureau.corrections or publication.bureau.sealed.entries)


def _feeds(publication: Publication, pages: Sequence[Page]) -> Iterator[_Feed]:
    words, bureau = publication.words, publication.bureau
    site = words.title(bureau.site)
    corrections = [_correction(publication, one) for one in bureau.corrections]
    statements, own = _statements(publication), _pages_of(pages)
    news = [_of_page(publication, page) for page in pages if page.template in _NEWS]
    said = [entry for entries in statements.values() for entry in entries]
    yield _Feed(addresses.FEED, addresses.HOME, site, (*news, *said, *corrections))
    for company in bureau.companies.values():
        corrected = [_correction(publication, one) for one in _corrections_of(publication, company)]
        title = words("feed.company", company=words.label(company), site=site)
        told = (_of_page(publication, page) for page in own.get(company.id, ()))
        entries = (*told, *statements[company.id], *corrected)
        yield _Feed(addresses.company_feed(company), addresses.company_page(company), title, entries)
    if has_corrections(publication):
        title = words("feed.corrections", site=site)
        entries = (*corrections, *_withdrawals(publication))
        yield _Feed(addresses.CORRECTIONS_FEED, addresses.CORRECTIONS, title, entries)


def _pages_of(pages: Sequence[Page]) -> dict[str, list[Page]]:
    """By company: its scorecards, notices that name it, meetings it was at."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        for id_ in dict.fromkeys(one.id for one in _companies_of(page)):
            found.setdefault(id_, []).append(page)
    return found


def _companies_of(page: Page) -> Sequence[Company]:
    if page.template == "scorecard.html":
        return [page.data["result"].company]
    return page.data.get("companies", ()) if page.template in _NEWS else ()


def _of_page(publication: Publication, page: Page) -> Entry:
    published = in_zone(page.published or publication.news_of(None, publication.as_of), publication.bureau.site.zone)
    return Entry(page.path, page.title, published, changed_at(publication, page, published), page.description)


def changed_at(publication: Publication, page: Page, published: datetime) -> datetime:
    """When it was last corrected, else when it came out."""
    rounds = publication.bureau.rounds
    corrected = [publication.news_of(rounds.get(one.round), one.decided_on) for one in page.corrections]
    return max([in_zone(published, publication.bureau.site.zone), *corrected])


def _statements(publication: Publication) -> dict[str, list[Entry]]:
    """What each company said, where its page was not withdrawn."""
    words, bureau = publication.words, publication.bureau
    found: dict[str, list[Entry]] = {company: [] for company in bureau.companies}
    for one in bureau.statements:
        round_, company = bureau.rounds[one.round], bureau.companies[one.company]
        path = addresses.scorecard(round_, company)
        if path not in publication.withdrawn:
            title = words("feed.statement", company=words.label(company), name=publication.title_of(round_))
            moment = publication.news_of(round_, one.arrived_on)
            found[company.id].append(Entry(f"{path}#reply", title, moment, moment, author=words.label(company)))
    return found


def _corrections_of(publication: Publication, company: Company) -> Iterator[Correction]:
    """Of rounds in which the company has a result, as far as they touch its own."""
    results = publication.analysis.by_company.get(company.id, ())
    found = {one.id: one for result in results for one in publication.corrections_of(result.round, company)}
    yield from found.values()


def _correction(publication: Publication, one: Correction) -> Entry:
    title = publication.words("feed.correction", name=publication.subject(one.round))
    moment = publication.news_of(publication.bureau.rounds.get(one.round), one.decided_on)
    return Entry(f"{addresses.CORRECTIONS}#{one.id}", title, moment, moment, one.reason)


def _withdrawals(publication: Publication) -> Iterator[Entry]:
    for one in publication.bureau.withdrawals:
        moment = publication.news_of(None, one.withdrawn_on)
        for address in one.addresses:
            title = publication.words("feed.withdrawal", address=address)
            yield Entry(address, title, moment, moment, one.reason)


def _atom(publication: Publication, feed: _Feed) -> bytes:
    """The newest first."""
    site = publication.bureau.site
    ordered = sorted(feed.entries, key=lambda one: (one.updated, one.path), reverse=True)[:MOST_ENTRIES]
    root = ET.Element("feed", xmlns=_ATOM, attrib={"xml:lang": site.language})
    _add(root, "id", addresses.canonical(site, addresses.HOME if feed.path == addresses.FEED else feed.path))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(ordered[0].updated) if ordered else "1970-01-01T00:00:00Z")
    _author(root, publication.words.label(site.bureau))
    _link(root, "self", addresses.canonical(site, feed.path))
    _link(root, "alternate", addresses.canonical(site, feed.page))
    for one in ordered:
        _entry(root, addresses.canonical(site, one.path), one)
    return _bytes(root)


def _entry(root: ET.Element, address: str, one: Entry) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", address)
    _add(entry, "title", one.title)
    _add(entry, "published", _moment(one.published))
    _add(entry, "updated", _moment(one.updated))
    if one.author:
        _author(entry, one.author)
    _link(entry, "alternate", address)
    if one.summary:
        _add(entry, "summary", one.summary)


def _author(parent: ET.Element, name: str) -> None:
    _add(ET.SubElement(parent, "author"), "name", name)


def _link(parent: ET.Element, rel: str, address: str) -> None:
    ET.SubElement(parent, "link", rel=rel, href=address)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def site_map(publication: Publication, pages: Sequence[Page]) -> bytes:
    """The addresses of all pages that are for finding, each with the same page in the other languages."""
    speaking = alternates(publication)
    root = ET.Element("urlset", xmlns=_SITEMAP)
    if speaking:
        root.set("xmlns:xhtml", _XHTML)
    for page in sorted((page for page in pages if page.listed), key=lambda page: page.path):
        for site in [one.site for one in speaking] or [publication.bureau.site]:
            url = ET.SubElement(root, "url")
            _add(url, "loc", addresses.canonical(site, page.path))
            if page.published is not None:
                _add(url, "lastmod", page.published.date().isoformat())
            for one in speaking:
                link = {"rel": "alternate", "hreflang": one.language, "href": addresses.canonical(one.site, page.path)}
                ET.SubElement(url, "xhtml:link", link)
    return _bytes(root)


def robots(publication: Publication) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {publication.bureau.site.base_url}/{addresses.SITE_MAP}\n".encode()


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
