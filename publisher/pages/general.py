"""Methods, the bureau's own pages, the site map and the page for what is not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from publisher import addresses
from publisher.model.later import Later
from publisher.model.results import RoundResult
from publisher.model.scheme import Scheme
from publisher.pages.example import example
from publisher.pages.page import Page, Publication


def methods(publication: Publication) -> Iterator[Page]:
    """A method page for each scheme that a published round uses, from the file the calculation reads.

    It came out with the first results by it.
    """
    words = publication.words
    for results in publication.results_by_scheme.values():
        scheme = results[-1].scheme
        yield Page(
            path=addresses.method(scheme),
            template="method.html",
            title=words("method.title", scheme=words.label(scheme)),
            published=min((at for one in results if (at := publication.published_of(one.round))), default=None),
            data=_method(publication, scheme, results),
        )


def _method(publication: Publication, scheme: Scheme, results: Sequence[RoundResult]) -> Later:
    replacing = _replacing(publication, scheme)

    def data() -> dict[str, Any]:
        return {
            "scheme": scheme,
            "rounds": [result.round for result in results][::-1],
            "replaced": next((one for one in results if one.before and one.before.id == scheme.replaces), None),
            "replacing": replacing,
            "example": example(publication.bureau.site.rounding.rule, results),
        }

    return Later((scheme, results, replacing), data)


def _replacing(publication: Publication, scheme: Scheme) -> RoundResult | None:
    """The first published round by the scheme that replaced this one."""
    line = publication.history_of(scheme.id)
    return next((one for one in line if one.scheme.replaces == scheme.id), None)


def articles(publication: Publication) -> Iterator[Page]:
    for article in publication.bureau.articles:
        yield Page(
            path=addresses.article_page(article),
            template="article.html",
            title=publication.words.title(article),
            data={"article": article},
        )


def not_found(publication: Publication) -> Iterator[Page]:
    """Served by hosts at any depth: its links alone are absolute.

    Most hosts serve the one at the top for every address, so it speaks all languages of the site; some serve the
    nearest one, which in the folder of a language speaks that alone.
    """
    yield Page(path=addresses.NOT_FOUND, template="404.html", title=publication.words("site.not-found"), listed=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as the site map names it."""

    path: str
    title: str


def site_map(publication: Publication, pages: Sequence[Page]) -> Page:
    """Every listed page, by folder."""
    found = (Listed(page.path, page.title) for page in pages if page.listed)
    listed = sorted(found, key=lambda page: page.path.rpartition("/")[0])
    shelves = [
        (folder, list(group))
        for folder, group in groupby(listed, key=lambda one: one.path.rpartition("/")[0].split("/")[0])
    ]
    return Page(
        path=addresses.SITEMAP,
        template="sitemap.html",
        title=publication.words("site.map"),
        data={"shelves": shelves},
    )
