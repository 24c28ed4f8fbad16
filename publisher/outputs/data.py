"""The figures of the pages as CSV: same figures, same suppression, no cell that a spreadsheet would run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher import addresses, datasets
from publisher.datasets import Table
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
from publisher.outputs.table import Cells, csv_of
from publisher.outputs.workbook import round_workbook
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
    """A table at its address; its rows are made when they are asked for."""

    path: str
    table: Table
    rows: Iterable[Cells]

    @property
    def data(self) -> bytes:
        return csv_of(self.table.names, self.rows)


def data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Every data file that stands, and a workbook for each round."""
    gone = files_gone(publication)
    made = []
    for one in live_data_files(publication):
        if one.path not in gone:
            data = one.data
            made.append(Resource(one.path, one.table, data))
            yield one.path, data
    for result in publication.analysis.rounds:
        path = addresses.round_workbook(result.round)
        if path not in gone:
            yield path, round_workbook(publication, result)
    if made:
        yield addresses.DATA_PACKAGE, package_of(publication, made)
        yield addresses.DATA_COLUMNS, csvw_of(publication, made)
        yield addresses.DATA_GUIDE, guide_of(publication, made)


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
        yield DataFile(addresses.round_data(result.round), datasets.RESULTS, result_rows(words, result))
    for one in publication.superseded:
        old = one.publication.result_of(one.revision.subject)
        if old:
            path = addresses.old(addresses.round_data(old.round), one.revision.old.number)
            yield DataFile(path, datasets.RESULTS, result_rows(words, old))
    for table in filled(publication):
        yield DataFile(addresses.data(table.name), table, _ROWS[table](publication))
