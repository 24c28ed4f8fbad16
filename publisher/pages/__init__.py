"""Which pages exist: one generator per kind, in a table. Pure: nothing is rendered or written here."""

from publisher.pages.companies import companies
from publisher.pages.followup import follow_up, meetings
from publisher.pages.general import articles, corrections, methods, not_found, site_map
from publisher.pages.home import home
from publisher.pages.indicators import indicators
from publisher.pages.notices import notices
from publisher.pages.page import Page, Publication
from publisher.pages.results import rounds, scorecards

KINDS = (
    home,
    notices,
    rounds,
    scorecards,
    companies,
    indicators,
    meetings,
    follow_up,
    methods,
    corrections,
    articles,
    not_found,
)
"""A new kind of page is one generator and its name here."""

__all__ = ["KINDS", "Page", "Publication", "site_pages"]


def site_pages(publication: Publication) -> list[Page]:
    """All pages of the site, the site map last."""
    pages = [page for kind in KINDS for page in kind(publication)]
    return [*pages, site_map(publication, pages)]
