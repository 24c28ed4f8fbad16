"""The address of each scorecard as a QR code for paper, beside its page: no page loads it before it is printed."""

from collections.abc import Iterator, Sequence

from publisher import addresses
from publisher.pages import Page, Publication
from publisher.qr import drawn


def code_files(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        if page.template == "scorecard.html" and page.published and not page.old:
            yield addresses.code(page.path), drawn(addresses.canonical(publication.bureau.site, page.path))
