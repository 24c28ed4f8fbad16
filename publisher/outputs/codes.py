"""The address of each scorecard as a QR code for paper, beside its page: no page loads it before it is printed."""

from collections.abc import Mapping, Sequence

from publisher import addresses
from publisher.pages import Page, Publication


def codes(publication: Publication, pages: Sequence[Page]) -> Mapping[str, str]:
    """By the address of the code: the whole address that it tells."""
    site = publication.bureau.site
    shown = (page.path for page in pages if page.template == "scorecard.html" and page.published and not page.old)
    return {addresses.code(path): addresses.canonical(site, path) for path in shown}
