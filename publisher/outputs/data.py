"""The figures of the pages as CSV: same figures, same suppression, no cell that a spreadsheet would run."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any

from publisher import addresses, datasets
from publisher.datasets import Table
from publisher.model.results import RoundResult
from publisher.outputs.csvw import csvw_of
from publisher.outputs.downloads import files_gone
from publisher.outputs.items import event_rows, item_rows
from publisher.outputs.lists import (
    company_rows,
    correction_rows,
    indicator_rows,
    meeting_rows,
    notice_rows,
    withdrawal_rows,
)
from publisher.outputs.package import Resource, guide_of, package_of
from publisher.outputs.results import result_rows
from publisher.outputs.rounds import round_rows
from publisher.outputs.statements import statement_rows
from publisher.outputs.table import Cells, csv_of, table_of
from publisher.outputs.written import Written
from publisher.pages import Publication
from publisher.pages.data import filled

_ROWS: Mapping[Table, Callable[[Publication], Iterator[Cells]]] = {
    datasets.ROUNDS: round_rows,
    datasets.INDICATORS: indicator_rows,
    datasets.COMPANIES: company_rows,
    datasets.STATEMENTS: statement_rows,
    datasets.ITEMS: item_rows,
    datasets.EVENTS: event_rows,
    datasets.MEETINGS: meeting_rows,
    datasets.NOTICES: notice_rows,
    datasets.CORRECTIONS: correction_rows,
    datasets.WITHDRAWALS: withdrawal_rows,
}


@dataclass(frozen=True)
class DataFile:
    """A table at its address; its rows are made each time they are asked for."""

    path: str
    table: Table
    source: Callable[[], Iterable[Cells]]
    result: RoundResult | None = None
    """What all its rows tell, besides the words of the site; none: it tells of more than a round."""

    @property
    def rows(self) -> Iterable[Cells]:
        return self.source()

    @property
    def data(self) -> bytes:
        return csv_of(self.table.names, self.rows)


class RoundFiles:
    """The tables and workbooks of rounds that stand; each is made of the results of its round alone."""

    def __init__(self, publication: Publication) -> None:
        gone = files_gone(publication)
        self._publication = publication
        self._tables = {one.path: one for one in live_data_files(publication) if one.path not in gone}
        books = {addresses.round_workbook(one.round): one for one in publication.analysis.rounds}
        self._books = {path: result for path, result in books.items() if path not in gone}
        self.results = {path: one.result for path, one in self._tables.items() if one.result} | self._books
        """By address: what a file tells."""
        self._known: dict[str, tuple[int, str]] = {}

    def made_of(self, path: str) -> tuple[Any, ...]:
        """All that a file tells, besides the settings of the site and its words."""
        result = self.results[path]
        if path in self._tables:
            return (result,)
        return result, self._publication.title_of(result.round), self._publication.published_of(result.round)

    def file(self, path: str, written: Written) -> bytes:
        """`written` is that of all files of results."""
        result = self.results[path]
        if path in self._tables:
            lines = written.of(self._publication.words, result, result)
            return table_of(datasets.RESULTS.names, [one.table for one in lines])
        return written.books.of_round(self._publication, result)

    def known(self, path: str, size: int, sum_: str) -> None:
        """What a file is that was made, or stands; nobody need make it to describe it."""
        if path in self._tables:
            self._known[path] = size, sum_

    def tables(self, wanted: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Those that tell of more than a round."""
        return ((path, self._tables[path].data) for path in self.table_paths if wanted is None or path in wanted)

    @property
    def table_paths(self) -> Collection[str]:
        return [path for path, one in self._tables.items() if not one.result]

    def described(self) -> Iterator[tuple[str, bytes]]:
        """What describes all tables."""
        made = [Resource(path, one.table, *self._size_of(one)) for path, one in self._tables.items()]
        if made:
            yield addresses.DATA_PACKAGE, package_of(self._publication, made)
            yield addresses.DATA_COLUMNS, csvw_of(self._publication, made)
            yield addresses.DATA_GUIDE, guide_of(self._publication, made)

    def _size_of(self, one: DataFile) -> tuple[int, str]:
        """With its SHA-256; it is made for that if it is not known."""
        if one.path not in self._known:
            data = one.data
            self._known[one.path] = len(data), sha256(data).hexdigest()
        return self._known[one.path]

    @property
    def described_paths(self) -> Collection[str]:
        return (addresses.DATA_PACKAGE, addresses.DATA_COLUMNS, addresses.DATA_GUIDE) if self._tables else ()


def data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Every data file that stands, and a workbook for each round."""
    files, written = RoundFiles(publication), Written()
    made = chain(((path, files.file(path, written)) for path in files.results), files.tables())
    for path, data in made:
        files.known(path, len(data), sha256(data).hexdigest())
        yield path, data
    yield from files.described()


def data_addresses(publication: Publication) -> Iterator[str]:
    """Of everything that `data_files` makes."""
    tables = [one.path for one in live_data_files(publication)]
    yield from tables
    for result in publication.analysis.rounds:
        yield addresses.round_workbook(result.round)
    if tables:
        yield from (addresses.DATA_PACKAGE, addresses.DATA_COLUMNS, addresses.DATA_GUIDE)


def live_data_files(publication: Publication) -> Iterator[DataFile]:
    """As if nothing had been withdrawn."""
    words = publication.words
    for result in publication.analysis.rounds:
        rows = partial(result_rows, words, result)
        yield DataFile(addresses.round_data(result.round), datasets.RESULTS, rows, result)
    for one in publication.superseded:
        old = one.publication.result_of(one.revision.subject)
        if old:
            path = addresses.old(addresses.round_data(old.round), one.revision.old.number)
            yield DataFile(path, datasets.RESULTS, partial(result_rows, words, old), old)
    for table in filled(publication):
        yield DataFile(addresses.data(table.name), table, partial(_ROWS[table], publication))
