"""Everything that a notice on a round may say in figures: what the pages of the round print, and the scheme's rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from publisher.model.figures import Change, Figure
from publisher.model.records import Forms, Round
from publisher.model.results import CompanyResult, IndicatorResult, RoundResult, SectorResult, Tally
from publisher.model.scheme import Scheme
from publisher.model.settings import Rounding
from publisher.rounding import as_decimal, rounded

Kind = Literal["level", "amount", "place"]
"""A figure on its scale, a difference of two such figures, or a place."""
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and whose it is; without company and sector it holds for the whole round."""

    kind: Kind
    value: Decimal
    """As printed; a change has its sign."""
    exact: Fraction | None = None
    percent: bool = False
    sector: str = ""
    company: str = ""
    indicator: str = ""
    """Id of the indicator; with `~` before it of a dimension or aspect; empty: the composite."""
    main: bool = False
    """What an expression can cite, so that it can be named as the right figure."""
    earlier: bool = False
    """Of an earlier round of the same line of schemes."""


def facts_of(result: RoundResult, rounding: Rounding) -> Iterator[Fact]:
    """What the pages print of a round's sectors and companies."""
    for sector in result.sectors:
        yield from _of_sector(sector)
        for one in sector.companies:
            for fact in _of_company(one, rounding):
                yield replace(fact, sector=sector.name, company=one.company.id)


def mean_of_all(result: RoundResult, rounding: Rounding) -> Iterator[Fact]:
    """The mean of all companies' composites: on no page, but a simple sum of what is."""
    shown = [one.composite for sector in result.sectors for one in sector.companies if one.composite]
    found = [figure.exact for figure in shown if figure.exact is not None]
    if found:
        exact = sum(found, Fraction(0)) / len(found)
        percent = result.scheme.unit == "percent"
        decimals = rounding.rate_decimals if percent else rounding.score_decimals
        yield Fact("level", rounded(exact, decimals, rounding.rule), exact, percent=percent)


def _of_sector(sector: SectorResult) -> Iterator[Fact]:
    average = sector.average
    for fact in (*_level(average.figure, main=True), *_level(average.now), *_amount(average.change)):
        yield replace(fact, sector=sector.name)
    for one in sector.indicators:
        found = [*_level(one.figure, main=True), *_level(one.dissatisfied), *_level(one.now)]
        found += [replace(fact, main=False) for fact in _amount(one.change)]
        found += [replace(fact, earlier=True) for fact in _level(one.previous)]
        yield from (replace(fact, sector=sector.name, indicator=one.indicator.id) for fact in found)


def _of_company(result: CompanyResult, rounding: Rounding) -> Iterator[Fact]:
    yield from _level(result.composite, main=True)
    yield from _amount(result.change)
    if result.place.number is not None:
        yield Fact("place", Decimal(result.place.number), main=True)
    for group in (*result.dimensions, *result.aspects):
        yield from (replace(fact, indicator=f"~{group.group.id}") for fact in _level(group.figure))
    for one in result.indicators:
        yield from (replace(fact, indicator=one.indicator.id) for fact in _of_indicator(one, rounding))


def _of_indicator(one: IndicatorResult, rounding: Rounding) -> Iterator[Fact]:
    yield from _level(one.figure, main=True)
    yield from _level(one.dissatisfied)
    yield from _amount(one.change)
    yield from _shares(one.tallies, rounding)
    for channel in one.channels:
        yield from _level(channel.figure)
        yield from _shares(channel.tallies, rounding)


def _shares(tallies: Iterable[Tally], rounding: Rounding) -> Iterator[Fact]:
    """The share of each kind of answer, and of all that are satisfied."""
    counted = [one for one in tallies if one.share is not None]
    for one in counted:
        if one.share is not None:
            yield Fact("level", one.share, percent=True)
    total = sum(one.count for one in counted)
    good = sum(one.count for one in counted if one.tone == "good")
    if total:
        yield _rate(good, total, rounding)


def _level(figure: Figure | None, *, main: bool = False) -> Iterator[Fact]:
    """Counts carry their own units and are left alone."""
    if figure is not None and figure.printed is not None and figure.unit != "count":
        yield Fact("level", figure.printed, figure.exact, percent=figure.unit == "percent", main=main)


def _amount(change: Change | None) -> Iterator[Fact]:
    if change is not None and change.unit != "count":
        yield Fact("amount", change.amount, percent=change.unit == "percent", main=True)


def rules_of(scheme: Scheme, round_: Round, rounding: Rounding) -> Iterator[Fact]:
    """Weights, points, targets and limits of the scheme; how many forms came back."""
    shares = [*(one.weight for one in scheme.channels), *(one.weight for one in scheme.indicators)]
    shares += [one for each in scheme.indicators for one in (each.target, each.partly_counts)]
    numbers = [one.points for one in scheme.grades] + [one.full_marks for one in scheme.indicators]
    limits = [one for band in scheme.bands for one in (band.at_least, band.at_most)]
    for share in (one for one in shares if one is not None):
        yield Fact("level", rounded(share * HUNDRED, 6, rounding.rule), share * HUNDRED, percent=True)
    for number in (one for one in numbers if one is not None):
        yield Fact("level", as_decimal(number), number)
    for number in (one for one in limits if one is not None):
        yield Fact("level", as_decimal(number), number, percent=scheme.unit == "percent")
    for forms in (round_.forms, *(one.forms for one in round_.channels)):
        if forms is not None:
            yield from _returned(forms, rounding)


def _returned(forms: Forms, rounding: Rounding) -> Iterator[Fact]:
    for part, whole in (
        (forms.returned, forms.issued),
        (forms.valid, forms.issued),
        (forms.valid, forms.returned),
    ):
        if part is not None and whole:
            yield _rate(part, whole, rounding)


def _rate(part: int, whole: int, rounding: Rounding) -> Fact:
    exact = HUNDRED * part / whole
    return Fact("level", rounded(exact, rounding.rate_decimals, rounding.rule), exact, percent=True)
