"""The Atom feed, the site map for search engines, and robots.txt."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree as ET

from publisher import addresses
from publisher.model.records import Round
from publisher.moments import in_zone
from publisher.pages import Page, Publication

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ENTRIES = 50
_NEWS = frozenset({"notice.html", "round.html", "meeting.html"})
"""Kinds of pages that are news; scorecards come out by the hundred with their round."""


def feed(publication: Publication, pages: Sequence[Page]) -> bytes:
    """What was published, newest first: notices, results, statements and corrections, by their own dates."""
    site = publication.bureau.site
    entries = sorted(_entries(publication, pages), reverse=True)[:MOST_ENTRIES]
    root = ET.Element("feed", xmlns=_ATOM, attrib={"xml:lang": site.language})
    _add(root, "id", f"{site.base_url}/")
    _add(root, "title", publication.words.title(site))
    _add(root, "updated", entries[0][0] if entries else "1970-01-01T00:00:00Z")
    author = ET.SubElement(root, "author")
    _add(author, "name", publication.words.label(site.bureau))
    ET.SubElement(root, "link", rel="self", href=f"{site.base_url}/{addresses.FEED}")
    ET.SubElement(root, "link", rel="alternate", href=f"{site.base_url}/")
    for moment, address, title in entries:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", f"{site.base_url}/{address}")
        _add(entry, "title", title)
        _add(entry, "updated", moment)
        ET.SubElement(entry, "link", rel="alternate", href=f"{site.base_url}/{address}")
    return _bytes(root)


def _entries(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, str, str]]:
    """(moment, address, title)."""
    zone = publication.bureau.site.zone
    words = publication.words
    for page in pages:
        if page.published is not None and page.listed and page.template in _NEWS:
            yield _moment(in_zone(page.published, zone)), page.path, page.title
    for one in publication.bureau.statements:
        company = publication.bureau.companies[one.company]
        round_ = publication.bureau.rounds[one.round]
        title = words("feed.statement", company=words.label(company), name=publication.title_of(round_))
        moment = _not_before_release(publication, round_, one.arrived_on)
        yield _moment(moment), f"{addresses.scorecard(round_, company)}#reply", title
    for correction in publication.bureau.corrections:
        title = words("feed.correction", name=publication.subject(correction.round))
        of = publication.bureau.rounds.get(correction.round)
        moment = _not_before_release(publication, of, correction.decided_on)
        yield _moment(moment), f"{addresses.CORRECTIONS}#{correction.id}", title


def _not_before_release(publication: Publication, round_: Round | None, day: date) -> datetime:
    """What belongs to a round is news from its release on, even if it was written before."""
    zone = publication.bureau.site.zone
    moment = datetime.combine(day, time.min, tzinfo=zone)
    release = publication.published_of(round_) if round_ else None
    return max(moment, in_zone(release, zone)) if release else moment


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def site_map(publication: Publication, pages: Sequence[Page]) -> bytes:
    """The addresses of all pages that are for finding."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for page in sorted((page for page in pages if page.listed), key=lambda page: page.path):
        url = ET.SubElement(root, "url")
        _add(url, "loc", addresses.canonical(publication.bureau.site, page.path))
        if page.published is not None:
            _add(url, "lastmod", page.published.date().isoformat())
    return _bytes(root)


def robots(publication: Publication) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {publication.bureau.site.base_url}/{addresses.SITE_MAP}\n".encode()


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
