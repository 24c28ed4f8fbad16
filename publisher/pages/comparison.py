"""Companies of one sector side by side: a page per round without a script, and one page where readers choose.

The figures are those of the scorecards. Two of them differ for certain only where their 95 % intervals do not touch;
nothing is compared across sectors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any

from publisher import addresses
from publisher.model.figures import Figure, State
from publisher.model.later import Later
from publisher.model.results import CompanyResult, IndicatorResult, RoundResult
from publisher.pages.page import Crumb, Page, Publication
from publisher.words import Words

MOST_BESIDE = 3
"""Companies in one table: more do not fit on a telephone."""
MOST_ON_A_PAGE = 12
"""Companies of a sector up to which neighbours stand on the page of the round; of more, readers choose."""


@dataclass(frozen=True)
class ComparedRow:
    """One indicator, or the result as a whole, of several companies in the order of the table."""

    name: str
    path: str
    """Where the indicator is told over time; empty for the result as a whole."""
    way: str
    """Which way is good, in words; empty where no way is."""
    unit: str
    base: str
    """What the bases of the figures count, in words."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Compared:
    """Companies of one sector, side by side."""

    companies: tuple[CompanyResult, ...]
    names: tuple[str, ...]
    """What the columns are headed by."""
    rows: tuple[tuple[ComparedRow, str], ...]
    """Each with the words for what sets the figures apart."""


@dataclass(frozen=True)
class ComparedSector:
    """All companies of a sector that may be compared, and which of them stand side by side on the page of the round."""

    companies: tuple[CompanyResult, ...]
    rows: tuple[ComparedRow, ...]
    groups: tuple[Compared, ...]


def comparison(publication: Publication) -> Iterator[Page]:
    results = compared_rounds(publication)
    if not results:
        return
    words = publication.words
    if not publication.preview:  # what it loads is only on the site
        yield Page(
            path=addresses.COMPARE,
            template="compare.html",
            title=words("compare.title"),
            data={"results": results[::-1]},
        )
    for result in results:
        yield Page(
            path=addresses.comparison(result.round),
            template="comparison.html",
            title=words("compare.round", name=publication.title_of(result.round), scheme=words.label(result.scheme)),
            trail=(
                Crumb(words("site.rounds"), addresses.ROUNDS),
                Crumb(publication.title_of(result.round), addresses.round_page(result.round)),
            ),
            published=publication.published_of(result.round),
            corrections=publication.corrections_of(result.round),
            data=Later((result,), partial(_data, publication, result)),
        )


def _data(publication: Publication, result: RoundResult) -> dict[str, Any]:
    return {"result": result, "sectors": compared_sectors(publication, result), "most": MOST_ON_A_PAGE}


def comparison_scripts(publication: Publication) -> list[str]:
    """The addresses of what the page for choosing loads."""
    return [addresses.comparison_data(one.round) for one in compared_rounds(publication)]


def compared_rounds(publication: Publication) -> list[RoundResult]:
    """Rounds in which a sector has two companies or more."""
    rounds = publication.analysis.rounds
    return [one for one in rounds if not one.apart and any(len(sector.companies) > 1 for sector in one.sectors)]


def compared_sectors(publication: Publication, result: RoundResult) -> tuple[ComparedSector, ...]:
    return tuple(_sector(publication.words, result, one.companies) for one in result.sectors)


def _sector(words: Words, result: RoundResult, companies: Sequence[CompanyResult]) -> ComparedSector:
    rows = tuple(compared_rows(words, result, companies))
    few = companies if len(companies) <= MOST_ON_A_PAGE else ()
    return ComparedSector(
        tuple(companies), rows, tuple(beside(words, companies, rows, group) for group in neighbours(len(few)))
    )


def neighbours(count: int) -> Iterator[range]:
    """Runs of up to three places in which every two neighbours stand together once: 0-2, 2-4, 4-5."""
    step = MOST_BESIDE - 1
    return (range(start, min(start + MOST_BESIDE, count)) for start in range(0, count - 1, step))


def beside(
    words: Words, companies: Sequence[CompanyResult], rows: Sequence[ComparedRow], places: Sequence[int]
) -> Compared:
    chosen = tuple(companies[n] for n in places)
    names = tuple(words.short(one.company) for one in chosen)
    found = []
    for row in rows:
        figures = tuple(row.figures[n] for n in places)
        part = replace(row, figures=figures)
        found.append((part, difference(words, names, figures) if row.way else words("compare.all.listed")))
    return Compared(chosen, names, tuple(found))


def compared_rows(words: Words, result: RoundResult, companies: Sequence[CompanyResult]) -> Iterator[ComparedRow]:
    """The total, and every indicator that all of them have."""
    scheme = result.scheme
    base = words("col.base" if scheme.weighted else "col.cases")
    totals = tuple(one.composite for one in companies if one.composite is not None)
    if len(totals) == len(companies):
        name, way = words(f"composite.{scheme.direction}"), words(f"direction.{scheme.direction}")
        yield ComparedRow(name, "", way, "", base, totals)
    by_indicator = [{one.indicator.id: one for one in company.indicators} for company in companies]
    for indicator in scheme.indicators:
        found = [of_company[indicator.id] for of_company in by_indicator if indicator.id in of_company]
        if len(found) == len(companies):
            way = _way(words, found[0])
            path = addresses.indicator_page(scheme, indicator)
            figures = tuple(one.figure for one in found)
            yield ComparedRow(words.label(indicator), path, way, words.unit(indicator), base, figures)


def _way(words: Words, one: IndicatorResult) -> str:
    """A mere count without a stated direction has none."""
    counted = one.indicator.measure == "count" and not one.indicator.better
    return "" if counted else words(f"better.{one.better}")


def difference(words: Words, names: Sequence[str], figures: Sequence[Figure]) -> str:
    """In words: which two cannot be told apart, and where nothing is known of the error of sampling."""
    pairs = [(a, b, likeness(figures[a], figures[b])) for a, b in combinations(range(len(figures)), 2)]
    kinds = {kind for _, _, kind in pairs}
    if len(kinds) == 1:
        return words(f"compare.all.{kinds.pop()}")
    told = [
        words(f"compare.pair.{kind}", one=names[a], other=names[b])
        for a, b, kind in pairs
        if kind not in {"apart", "none"}
    ]
    return words("compare.and").join(told) if told else words("compare.all.apart")


def likeness(one: Figure, other: Figure) -> str:
    """none: a figure is missing. same: printed alike. alike: the intervals touch. apart: they do not.

    unknown: an error of sampling is there and not known, or there are only volunteers.
    """
    if one.state is not State.VALUE or other.state is not State.VALUE:
        return "none"
    if one.printed == other.printed:
        return "same"
    if one.span is None or other.span is None:
        return "unknown"
    return "alike" if one.span.blurs(other.span) else "apart"
