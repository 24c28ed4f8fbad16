"""What one page shows, as files beside it: a table, a workbook, and JSON for programs, from the same rows.

A scorecard's files are the part of its round that it shows. What is not published on the page is in none of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from publisher import addresses, datasets
from publisher.editions.acts import withdrawal_data
from publisher.model.editions import Withdrawal
from publisher.model.records import Company
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.outputs.plainly import text_of
from publisher.outputs.table import csv_of, table_of
from publisher.outputs.workbook import withdrawn_workbook
from publisher.outputs.written import Written, filled
from publisher.pages import Publication
from publisher.pages.results import scorecard_title


@dataclass(frozen=True)
class Download:
    """The files of one page: results, their title and the page's address."""

    page: str
    title: str
    whole: RoundResult
    publication: Publication
    """Of the page: that of its own time where it is a superseded one."""
    part: tuple[SectorResult, CompanyResult] | None = None
    """Whose scorecard it is; none: it is the round's."""

    @property
    def company(self) -> Company | None:
        return self.part[1].company if self.part else None

    @property
    def result(self) -> RoundResult:
        """As far as the page shows it."""
        if self.part is None:
            return self.whole
        sector, one = self.part
        return replace(self.whole, sectors=(replace(sector, companies=(one,)),))

    @property
    def paths(self) -> tuple[str, ...]:
        """The addresses of the files."""
        return addresses.downloads(self.page) if self.part else (addresses.round_json(self.whole.round),)


def downloads(publication: Publication) -> Iterator[Download]:
    """Of every round, with its scorecards, and of superseded scorecards; also withdrawn ones."""
    for result in publication.analysis.rounds:
        yield from _scorecards(publication, result)
        yield Download(addresses.round_page(result.round), publication.title_of(result.round), result, publication)
    yield from _superseded(publication)


def download_addresses(publication: Publication) -> Iterator[str]:
    """Of the files of all downloads."""
    for one in downloads(publication):
        yield from one.paths


def download_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """(address, file) of every scorecard's CSV, XLSX and JSON, and of every round's JSON; without withdrawn ones."""
    written = Written()
    for one in standing_downloads(publication):
        yield from files_of(one, written)


def standing_downloads(publication: Publication) -> Iterator[Download]:
    """Those that were not withdrawn."""
    gone = files_gone(publication)
    return (one for one in downloads(publication) if one.paths[0] not in gone)


def files_of(one: Download, written: Written) -> Iterator[tuple[str, bytes]]:
    """Of a round the JSON alone: its table and its workbook are among the data. `written` is that of all downloads."""
    result = one.result
    rows = list(written.of(one.publication.words, one.whole, result))
    if one.part:
        table, workbook, _ = one.paths
        yield table, table_of(datasets.RESULTS.names, [some.table for some in rows])
        yield workbook, written.books.of(one.publication, result, one.title, one.page)
    yield one.paths[-1], _json(one, [some.json for some in rows])


def made_of(one: Download, frame: RoundResult) -> tuple[Any, ...]:
    """All that the files tell, besides the settings of the site and its words; `frame` is the round without sectors."""
    round_ = one.whole.round
    corrections = one.publication.corrections_of(round_, one.company)
    told = (one.page, one.title, one.publication.published_of(round_), [by.id for by in corrections])
    return (*told, one.whole) if one.part is None else (*told, frame, *one.part)


def files_gone(publication: Publication) -> Mapping[str, Withdrawal]:
    """Withdrawn files by address.

    With a page go those beside it, with a table its workbook and JSON: they hold the same figures. What the extra for
    printing makes is made of the page that stands there now.
    """
    gone = publication.withdrawn
    beside: dict[str, Withdrawal] = {}
    for address, by in gone.items():
        if addresses.SCORECARD_OR_RESULTS.fullmatch(address):
            beside |= dict.fromkeys(addresses.downloads(re.sub(r"\.(?:html|csv)$", ".html", address)), by)
    files = (path for path in gone if not path.endswith(".html") and not addresses.is_printed(path))
    return {**beside, **{path: gone[path] for path in files}}


def withdrawn_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """What stands at the address of a withdrawn file: when, by whom and why."""
    for path, one in files_gone(publication).items():
        if path.endswith(".csv"):
            yield path, csv_of(datasets.WITHDRAWN.names, [fields_of(one)])
        elif path.endswith(".xlsx"):
            yield path, withdrawn_workbook(fields_of(one))
        elif not path.startswith(addresses.EDITIONS):
            yield path, withdrawal_data(one)


def fields_of(withdrawal: Withdrawal) -> dict[str, str]:
    return {name: str(getattr(withdrawal, name)) for name in datasets.WITHDRAWN.names}


def _superseded(publication: Publication) -> Iterator[Download]:
    for one in publication.superseded:
        old = one.publication.result_of(one.revision.subject)
        if old:
            number = one.revision.old.number
            for download in _scorecards(one.publication, old):
                title = publication.words("old.title", title=download.title, n=number)
                yield replace(download, page=addresses.old(download.page, number), title=title)


def _scorecards(publication: Publication, result: RoundResult) -> Iterator[Download]:
    for sector in result.sectors:
        for one in sector.companies:
            yield Download(_page(one), scorecard_title(publication, one), result, publication, (sector, one))


def _page(one: CompanyResult) -> str:
    return addresses.scorecard(one.round, one.company)


def _json(one: Download, lines: Iterable[str]) -> bytes:
    """Who published what, when and where; and the rows of the table, without the cells that are empty."""
    publication, round_ = one.publication, one.whole.round
    site, published = publication.bureau.site, publication.published_of(round_)
    told = {
        "title": one.title,
        "address": addresses.canonical(site, one.page),
        "publisher": publication.words.label(site.bureau),
        "published": published.strftime("%Y-%m-%d %H:%M") if published else None,
        "licence": site.licence,
        "sample": site.sample or None,
        "method": addresses.canonical(site, addresses.method(one.whole.scheme)),
        "columns": addresses.canonical(site, addresses.DATA_GUIDE),
        "corrections": [by.id for by in publication.corrections_of(round_, one.company)] or None,
    }
    return text_of(filled(told), lines)
