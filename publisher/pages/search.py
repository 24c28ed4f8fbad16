"""The search page, and how many files its index has: other pages lead to them, so that a copy of the site is whole."""

from collections.abc import Iterable, Iterator

from publisher import addresses
from publisher.initials import initial
from publisher.model.records import Company
from publisher.pages.page import Page, Publication

ENTRIES_A_FILE = 64
"""Things that can be found, for each file of texts and of pairs: some 20 to 50 kB each."""


def search(publication: Publication) -> Iterator[Page]:
    """Where companies, questions and notices are found; without a script it lists the companies by letter."""
    known = publication.bureau.companies.values()
    if known:
        yield Page(
            path=addresses.SEARCH,
            template="search.html",
            title=publication.words("site.search"),
            data={"sectors": [(group, _by_letter(publication, group)) for group in _by_sector(known)]},
        )


def _by_sector(companies: Iterable[Company]) -> list[list[Company]]:
    found: dict[str, list[Company]] = {}
    for one in companies:
        found.setdefault(one.sector, []).append(one)
    return list(found.values())


def _by_letter(publication: Publication, companies: Iterable[Company]) -> list[tuple[str, list[Company]]]:
    found: dict[str, list[Company]] = {}
    for one in companies:
        chinese = publication.words.language != "en"
        # Companies of a city often start with its name; the short one tells them apart.
        name = (one.initials or one.short_name or one.name) if chinese else publication.words.label(one)
        found.setdefault(initial(name), []).append(one)
    return sorted(found.items())


def index_size(publication: Publication) -> int:
    """How many files of texts the index has, and how many of pairs. What was withdrawn is counted too."""
    bureau = publication.bureau
    schemes = [results[-1].scheme for results in publication.results_by_scheme.values()]
    lists = (bureau.companies, publication.analysis.rounds, bureau.notices, publication.lives)
    count = sum(map(len, (*lists, bureau.statements, bureau.articles, *(one.indicators for one in schemes))))
    return count // ENTRIES_A_FILE + 1


def index_files(publication: Publication) -> list[str]:
    """The addresses of the index."""
    if not publication.bureau.companies:
        return []
    numbers = range(index_size(publication))
    names = ["about", *(f"t{n}" for n in numbers), *(f"p{n}" for n in numbers)]
    return [addresses.search_file(name) for name in names]
