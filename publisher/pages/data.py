"""Open data: every table, its files and its columns, for people and for the search engines of data."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from publisher import addresses, datasets
from publisher.datasets import Table
from publisher.pages.page import Page, Publication


@dataclass(frozen=True)
class File:
    label: str
    path: str
    workbook: str | None = None
    """The same for Excel."""
    text: str | None = None
    """The same as JSON."""


def data(publication: Publication) -> Iterator[Page]:
    results = list(_results(publication))
    shelves = [(datasets.RESULTS, results)] if results else []
    shelves += [(one, [_file(publication, one)]) for one in filled(publication)]
    if shelves:
        yield Page(
            path=addresses.DATA,
            template="data.html",
            title=publication.words("site.data"),
            data={"shelves": shelves, "dataset": _dataset(publication, shelves)},
        )


def filled(publication: Publication) -> tuple[Table, ...]:
    """The tables besides the results that have rows."""
    bureau, rounds, lives = publication.bureau, publication.analysis.rounds, publication.lives
    rows: tuple[tuple[Table, Collection[object]], ...] = (
        (datasets.ROUNDS, rounds),
        (datasets.INDICATORS, rounds),
        (datasets.COMPANIES, bureau.companies),
        (datasets.STATEMENTS, rounds),
        (datasets.ITEMS, lives),
        (datasets.EVENTS, lives),
        (datasets.MEETINGS, bureau.meetings),
        (datasets.NOTICES, bureau.notices),
        (datasets.CORRECTIONS, bureau.corrections),
        (datasets.WITHDRAWALS, bureau.withdrawals),
    )
    return tuple(table for table, some in rows if some)


def _file(publication: Publication, table: Table) -> File:
    return File(publication.words(f"table.{table.name}"), addresses.data(table.name))


def _results(publication: Publication) -> Iterator[File]:
    """From the latest round to the earliest, superseded editions behind the one that stands."""
    for result in publication.analysis.rounds[::-1]:
        title = publication.title_of(result.round)
        path = addresses.round_data(result.round)
        yield File(title, path, addresses.round_workbook(result.round), addresses.round_json(result.round))
        for one in publication.superseded_of(result.round):
            number = one.revision.old.number
            yield File(publication.words("data.old", name=title, n=number), addresses.old(path, number))


def _dataset(publication: Publication, shelves: list[tuple[Table, list[File]]]) -> dict[str, Any]:
    """As https://schema.org/Dataset describes it."""
    site = publication.bureau.site
    words = publication.words
    rounds = [one.round.period for one in publication.analysis.rounds]
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": words.title(site),
        # A search engine wants fifty signs at least.
        "description": " ".join(text for text in (words.description(site), words("data.package")) if text),
        "url": addresses.canonical(site, addresses.DATA),
        "inLanguage": site.language,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": words.label(site.bureau)},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.label,
                "encodingFormat": "text/csv",
                "contentUrl": addresses.canonical(site, file.path),
            }
            for _, files in shelves
            for file in files
        ],
    }
    if rounds:
        start, end = min(one.start for one in rounds), max(one.end for one in rounds)
        found["temporalCoverage"] = f"{start.isoformat()}/{end.isoformat()}"
    if site.licence:
        found["license"] = {"@type": "CreativeWork", "text": site.licence}
    return found
