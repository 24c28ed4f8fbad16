"""Which pages exist: one generator per kind, in a table. Pure: nothing is rendered or written here."""

from publisher.pages.companies import companies
from publisher.pages.comparison import comparison
from publisher.pages.data import data
from publisher.pages.editions import corrections, superseded, tombstones
from publisher.pages.embeds import embeds
from publisher.pages.followup import follow_up, meetings
from publisher.pages.general import articles, methods, not_found, site_map
from publisher.pages.home import home
from publisher.pages.indicators import indicators
from publisher.pages.notices import notices
from publisher.pages.page import Page, Publication
from publisher.pages.results import all_scorecards, rounds
from publisher.pages.search import search
from publisher.pages.verification import verification

KINDS = (
    home,
    notices,
    rounds,
    all_scorecards,
    embeds,
    companies,
    indicators,
    comparison,
    meetings,
    follow_up,
    methods,
    search,
    data,
    corrections,
    superseded,
    verification,
    articles,
    not_found,
)
"""A new kind of page is one generator and its name here."""
OF_THE_SITE = (embeds, search, data, verification, not_found)
"""No part of a preview: they lead to the public address, or to files that only the site has."""

__all__ = ["KINDS", "Page", "Publication", "live_pages", "site_pages"]


def live_pages(publication: Publication) -> list[Page]:
    """All pages but the site map, also those that were withdrawn."""
    kinds = [kind for kind in KINDS if not (publication.preview and kind in OF_THE_SITE)]
    return [page for kind in kinds for page in kind(publication)]


def site_pages(publication: Publication) -> list[Page]:
    """All pages of the site, the site map last; what was withdrawn has left a page that says so."""
    pages = [page for page in live_pages(publication) if page.path not in publication.withdrawn]
    pages += tombstones(publication)
    return [*pages, site_map(publication, pages)]
