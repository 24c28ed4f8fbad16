"""The results of a round as a workbook for people: what a page shows, in columns, with numbers that can be summed."""

from collections.abc import Iterator, Mapping
from typing import Any

from publisher import addresses
from publisher.format import Formats
from publisher.model.figures import Change, Figure
from publisher.model.results import CompanyResult, RoundResult
from publisher.outputs.book import open_book
from publisher.outputs.packed import packed
from publisher.outputs.sheets import Row
from publisher.pages import Publication


def round_workbook(publication: Publication, result: RoundResult) -> bytes:
    title, page = publication.title_of(result.round), addresses.round_page(result.round)
    return results_workbook(publication, result, title, page)


def results_workbook(publication: Publication, result: RoundResult, title: str, page: str) -> bytes:
    """Places and totals, every indicator, and what the figures are, of a round or of the part that a page shows."""
    writer = _Writer(publication)
    sheets = {
        "workbook.companies": _companies(writer, result),
        "workbook.indicators": _indicators(writer, result),
        "workbook.about": _about(publication, result, title, page),
    }
    return packed(title, [(writer.words(key), list(rows)) for key, rows in sheets.items()])


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


def _heads(writer: _Writer, *keys: str) -> Row:
    return [writer.words(key) for key in keys]


_FIGURE = ("col.base", "workbook.low", "workbook.high", "col.change", "workbook.remark")


def _companies(writer: _Writer, result: RoundResult) -> Iterator[Row]:
    total = f"col.composite.{result.scheme.direction}"
    yield _heads(writer, "workbook.sector", "col.company", "col.place", total, "col.band", *_FIGURE)
    for sector in result.sectors:
        for one in sector.companies:
            yield [*_names(writer, one), *_total(writer, one)]


def _names(writer: _Writer, one: CompanyResult) -> Row:
    return [writer.words.sector(one.company), writer.words.label(one.company)]


def _total(writer: _Writer, one: CompanyResult) -> Row:
    place = one.place.number if one.place.number is not None else ""
    band = writer.words.label(one.band) if one.band else ""
    return [place, writer.figure(one.composite), band, *_rest(writer, one.composite, one.change)]


def _rest(writer: _Writer, figure: Figure | None, change: Change | None) -> Row:
    base = figure.base if figure and figure.base is not None else ""
    return [base, *writer.ends(figure), writer.change(change), writer.remark(figure, change)]


def _indicators(writer: _Writer, result: RoundResult) -> Iterator[Row]:
    yield _heads(writer, "workbook.sector", "col.company", "col.indicator", "col.figure", "workbook.unit", *_FIGURE)
    for sector in result.sectors:
        for company in sector.companies:
            for one in company.indicators:
                name = writer.words.label(one.indicator)
                unit = writer.words.unit(one.indicator) or writer.words(f"workbook.unit.{one.figure.unit}")
                rest = _rest(writer, one.figure, one.change)
                yield [*_names(writer, company), name, writer.figure(one.figure), unit, *rest]


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
