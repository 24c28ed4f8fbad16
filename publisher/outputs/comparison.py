"""What the page for choosing companies loads: the figures of a round in words, as a script, also from a folder."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from publisher import addresses
from publisher.format import Formats
from publisher.model.figures import Figure, State
from publisher.model.results import RoundResult, SectorResult
from publisher.outputs.script import script
from publisher.pages import Publication
from publisher.pages.comparison import ComparedRow, compared_rounds, compared_rows
from publisher.sentences import Sentences
from publisher.words import Words


def comparison_files(publication: Publication, wanted: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """(address, file) of those that are wanted, or all; each tells one round in the words of the site, and no more."""
    words = publication.words
    spoken = _Spoken(words, Formats(words), Sentences(words))
    for path, result in comparisons(publication).items():
        if wanted is None or path in wanted:
            found = [_sector(spoken, result, one) for one in result.sectors if len(one.companies) > 1]
            yield path, script("publisherCompare", result.round.id, found)


def comparisons(publication: Publication) -> dict[str, RoundResult]:
    """By address: the round that a file tells."""
    return {addresses.comparison_data(one.round): one for one in compared_rounds(publication)}


class _Spoken(NamedTuple):
    """In which words."""

    words: Words
    formats: Formats
    sentences: Sentences


def _sector(spoken: _Spoken, result: RoundResult, sector: SectorResult) -> dict[str, Any]:
    """Names, rows and cells; the place of each company stands behind its name."""
    words = spoken.words
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
        "rows": [_row(spoken, row) for row in compared_rows(words, result, sector.companies)],
    }


def _row(spoken: _Spoken, row: ComparedRow) -> list[Any]:
    return [row.name, row.path, row.way, [_cell(spoken, one, row) for one in row.figures]]


def _cell(spoken: _Spoken, figure: Figure, row: ComparedRow) -> list[str]:
    """As printed, its marks, its interval and base in words; then the ends of what it may be, if these are known."""
    words, formats, sentences = spoken
    if figure.state is not State.VALUE:
        return [f"{words(f'symbol.{figure.state.value}')} {formats.figure(figure)}"]
    flags = [words("figure.small.short")] if figure.small else []
    flags += [words("figure.reweighted.short")] if figure.reweighted else []
    interval = sentences.interval(figure)
    base = "" if figure.base is None else words("compare.base", name=row.base, number=words.number(figure.base))
    span = figure.span
    ends = [str(span.low), str(span.high)] if span else []
    return [formats.figure(figure, row.unit), " ".join(flags), interval, base, *ends]
