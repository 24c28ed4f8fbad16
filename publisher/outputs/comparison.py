"""What the page for choosing companies loads: the figures of a round in words, as a script, also from a folder."""

from collections.abc import Collection, Iterator
from typing import Any

from publisher import addresses
from publisher.format import Formats
from publisher.model.figures import Figure, State
from publisher.model.results import RoundResult
from publisher.outputs.script import script
from publisher.pages import Publication
from publisher.pages.comparison import ComparedRow, ComparedSector, compared_rounds, compared_sectors
from publisher.sentences import Sentences


def comparison_files(publication: Publication, wanted: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """(address, file) of those that are wanted, or all; each tells one round in the words of the site, and no more."""
    for path, result in comparisons(publication).items():
        if wanted is None or path in wanted:
            sectors = compared_sectors(publication, result)
            found = [_sector(publication, one) for one in sectors if len(one.companies) > 1]
            yield path, script("publisherCompare", result.round.id, found)


def comparisons(publication: Publication) -> dict[str, RoundResult]:
    """By address: the round that a file tells."""
    return {addresses.comparison_data(one.round): one for one in compared_rounds(publication)}


def _sector(publication: Publication, sector: ComparedSector) -> dict[str, Any]:
    """Names, rows and cells; the place of each company stands behind its name."""
    words = publication.words
    companies = [
        [
            one.company.id,
            words.label(one.company),
            words.short(one.company),
            addresses.scorecard(one.round, one.company),
        ]
        for one in sector.companies
    ]
    return {
        "name": words.sector(sector.companies[0].company),
        "companies": companies,
        "rows": [_row(publication, row) for row in sector.rows],
    }


def _row(publication: Publication, row: ComparedRow) -> list[Any]:
    return [row.name, row.path, row.way, [_cell(publication, one, row) for one in row.figures]]


def _cell(publication: Publication, figure: Figure, row: ComparedRow) -> list[str]:
    """As printed, its marks, its interval and base in words; then the ends of what it may be, if these are known."""
    words = publication.words
    formats = Formats(words)
    if figure.state is not State.VALUE:
        return [f"{words(f'symbol.{figure.state.value}')} {formats.figure(figure)}"]
    flags = [words("figure.small.short")] if figure.small else []
    flags += [words("figure.reweighted.short")] if figure.reweighted else []
    interval = Sentences(words).interval(figure)
    base = "" if figure.base is None else words("compare.base", name=row.base, number=words.number(figure.base))
    ends = [f"{figure.span.low}", f"{figure.span.high}"] if figure.span else []
    return [formats.figure(figure, row.unit), " ".join(flags), interval, base, *ends]
