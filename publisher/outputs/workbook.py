"""The results of a round as a workbook for people: what a page shows, in columns, with numbers that can be summed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publisher import addresses
from publisher.format import Formats
from publisher.model.figures import Change, Figure
from publisher.model.records import Round
from publisher.model.results import CompanyResult, IndicatorResult, RoundResult
from publisher.outputs.book import open_book
from publisher.outputs.packed import Filled, filled, packed
from publisher.outputs.sheets import Row
from publisher.pages import Publication


class Books:
    """Workbooks of results. The rows of a company are made ready once for its own and for that of its round.

    They are kept of the round that was asked for last: all others would fill the memory.
    """

    def __init__(self) -> None:
        self._of: tuple[Publication, Round] | None = None
        self._known: dict[str, _Rows] = {}

    def of_round(self, publication: Publication, result: RoundResult) -> bytes:
        title, page = publication.title_of(result.round), addresses.round_page(result.round)
        return self.of(publication, result, title, page)

    def of(self, publication: Publication, result: RoundResult, title: str, page: str) -> bytes:
        """Places and totals, every indicator, and what the figures are, of a round or of the part that a page shows."""
        if self._of is None or self._of[0] is not publication or self._of[1] is not result.round:
            self._of, self._known = (publication, result.round), {}
            self._writer = _Writer(publication)
            self._heads = _heads(self._writer, result)
        rows = [self._rows(one) for sector in result.sectors for one in sector.companies]
        sheets = {
            "workbook.companies": [self._heads[0], *(one.total for one in rows)],
            "workbook.indicators": [self._heads[1], *(row for one in rows for row in one.indicators)],
            "workbook.about": [*map(filled, _about(publication, result, title, page))],
        }
        return packed(title, [(publication.words(key), some) for key, some in sheets.items()])

    def _rows(self, one: CompanyResult) -> "_Rows":
        known = self._known.get(one.company.id)
        if known is None or known.of is not one:
            known = self._known[one.company.id] = _rows(self._writer, one)
        return known


@dataclass(frozen=True, slots=True)
class _Rows:
    """Of a company in the two sheets."""

    of: CompanyResult
    total: Filled
    indicators: Sequence[Filled]


def withdrawn_workbook(fields: Mapping[str, str]) -> bytes:
    """What stands in the place of a workbook that was withdrawn."""
    with open_book("") as (file, book):
        page = book.add_worksheet()
        for column, (name, value) in enumerate(fields.items()):
            page.write_string(0, column, name)
            page.write_string(1, column, value)
    return file.getvalue()


class _Writer:
    """What stands in a cell."""

    def __init__(self, publication: Publication) -> None:
        self.words = publication.words
        self.formats = Formats(publication.words)

    def figure(self, figure: Figure | None) -> Any:
        """The printed number, or the words for why there is none."""
        if figure is None:
            return ""
        return figure.printed if figure.printed is not None else self.formats.figure(figure)

    def ends(self, figure: Figure | None) -> tuple[Any, Any]:
        found = figure.interval if figure else None
        return (found.low, found.high) if found else ("", "")

    def change(self, change: Change | None) -> Any:
        return change.amount if change else ""

    def remark(self, figure: Figure | None, change: Change | None) -> str:
        found = []
        if figure and figure.small:
            found.append(self.words("figure.small.short"))
        if figure and figure.reweighted:
            found.append(self.words("figure.reweighted.short"))
        if change and change.within:
            found.append(self.words("change.within.short"))
        return self.words("list.semicolon").join(found)


_FIGURE = ("col.base", "workbook.low", "workbook.high", "col.change", "workbook.remark")


def _heads(writer: _Writer, result: RoundResult) -> tuple[Filled, Filled]:
    total = f"col.composite.{result.scheme.direction}"
    companies = ("workbook.sector", "col.company", "col.place", total, "col.band", *_FIGURE)
    indicators = ("workbook.sector", "col.company", "col.indicator", "col.figure", "workbook.unit", *_FIGURE)
    first, second = (filled([writer.words(key) for key in keys]) for keys in (companies, indicators))
    return first, second


def _rows(writer: _Writer, one: CompanyResult) -> _Rows:
    names = [writer.words.sector(one.company), writer.words.label(one.company)]
    indicators = [filled([*names, *_indicator(writer, each)]) for each in one.indicators]
    return _Rows(one, filled([*names, *_total(writer, one)]), indicators)


def _total(writer: _Writer, one: CompanyResult) -> Row:
    place = one.place.number if one.place.number is not None else ""
    band = writer.words.label(one.band) if one.band else ""
    return [place, writer.figure(one.composite), band, *_rest(writer, one.composite, one.change)]


def _rest(writer: _Writer, figure: Figure | None, change: Change | None) -> Row:
    base = figure.base if figure and figure.base is not None else ""
    return [base, *writer.ends(figure), writer.change(change), writer.remark(figure, change)]


def _indicator(writer: _Writer, one: IndicatorResult) -> Row:
    unit = writer.words.unit(one.indicator) or writer.words(f"workbook.unit.{one.figure.unit}")
    name = writer.words.label(one.indicator)
    return [name, writer.figure(one.figure), unit, *_rest(writer, one.figure, one.change)]


def _about(publication: Publication, result: RoundResult, title: str, page: str) -> Iterator[Row]:
    words = publication.words
    site = publication.bureau.site
    published = publication.published_of(result.round)
    yield [words("workbook.about"), title]
    yield [words("workbook.publisher"), words.label(site.bureau)]
    if published:
        yield [words("workbook.published"), published.strftime("%Y-%m-%d %H:%M")]
    yield [words("workbook.address"), addresses.canonical(site, page)]
    yield [words("workbook.method"), addresses.canonical(site, addresses.method(result.scheme))]
    yield [words("workbook.interval"), words("workbook.interval.text")]
    if site.licence:
        yield [words("workbook.licence"), site.licence]
    if site.sample:
        yield [words("sample.mark"), words("sample.text")]
