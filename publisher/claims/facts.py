"""Everything that a notice on a round may say in figures: what the pages of the round print, and the scheme's rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from publisher.model.figures import Change, Figure
from publisher.model.records import Forms, Round
from publisher.model.results import CompanyResult, IndicatorResult, RoundResult, SectorResult, Tally
from publisher.model.scheme import Scheme
from publisher.model.settings import Rounding
from publisher.rounding import as_decimal, rounded

Kind = Literal["level", "amount", "place"]
"""A figure on its scale, a difference of two such figures, or a place."""
HUNDRED = Fraction(100)


class Whose(NamedTuple):
    """The names that a fact carries."""

    sector: str = ""
    company: str = ""
    indicator: str = ""


EVERYBODY = Whose()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and whose it is; without company and sector it holds for the whole round."""

    kind: Kind
    value: Decimal
    """As printed; a change has its sign."""
    sector: str = ""
    company: str = ""
    indicator: str = ""
    """Id of the indicator; with `~` before it of a dimension or aspect; empty: the composite."""
    exact: Fraction | None = None
    percent: bool = False
    main: bool = False
    """What an expression can cite, so that it can be named as the right figure."""
    earlier: bool = False
    """Of an earlier round of the same line of schemes."""


def facts_of(result: RoundResult, rounding: Rounding) -> Iterator[Fact]:
    """What the pages print of a round's sectors and companies."""
    for sector in result.sectors:
        yield from _of_sector(sector)
        for one in sector.companies:
            yield from _of_company(one, Whose(sector.name, one.company.id), rounding)


def mean_of_all(result: RoundResult, rounding: Rounding) -> Iterator[Fact]:
    """The mean of all companies' composites: on no page, but a simple sum of what is."""
    shown = [one.composite for sector in result.sectors for one in sector.companies if one.composite]
    found = [figure.exact for figure in shown if figure.exact is not None]
    if found:
        exact = sum(found, Fraction(0)) / len(found)
        percent = result.scheme.unit == "percent"
        decimals = rounding.rate_decimals if percent else rounding.score_decimals
        yield Fact("level", rounded(exact, decimals, rounding.rule), exact=exact, percent=percent)


def _of_sector(sector: SectorResult) -> Iterator[Fact]:
    average, whose = sector.average, Whose(sector.name)
    yield from _level(average.figure, whose, main=True)
    yield from _level(average.now, whose)
    yield from _amount(average.change, whose, main=True)
    for one in sector.indicators:
        whose = Whose(sector.name, indicator=one.indicator.id)
        yield from _level(one.figure, whose, main=True)
        yield from _level(one.dissatisfied, whose)
        yield from _level(one.now, whose)
        yield from _amount(one.change, whose)
        yield from _level(one.previous, whose, earlier=True)


def _of_company(result: CompanyResult, whose: Whose, rounding: Rounding) -> Iterator[Fact]:
    yield from _level(result.composite, whose, main=True)
    yield from _amount(result.change, whose, main=True)
    if result.place.number is not None:
        yield Fact("place", Decimal(result.place.number), *whose, main=True)
    for group in (*result.dimensions, *result.aspects):
        yield from _level(group.figure, whose._replace(indicator=f"~{group.group.id}"))
    for one in result.indicators:
        yield from _of_indicator(one, whose._replace(indicator=one.indicator.id), rounding)


def _of_indicator(one: IndicatorResult, whose: Whose, rounding: Rounding) -> Iterator[Fact]:
    yield from _level(one.figure, whose, main=True)
    yield from _level(one.dissatisfied, whose)
    yield from _amount(one.change, whose, main=True)
    yield from _shares(one.tallies, whose, rounding)
    for channel in one.channels:
        yield from _level(channel.figure, whose)
        yield from _shares(channel.tallies, whose, rounding)


def _shares(tallies: Iterable[Tally], whose: Whose, rounding: Rounding) -> Iterator[Fact]:
    """The share of each kind of answer, and of all that are satisfied."""
    counted = [one for one in tallies if one.share is not None]
    for one in counted:
        if one.share is not None:
            yield Fact("level", one.share, *whose, percent=True)
    total = sum(one.count for one in counted)
    good = sum(one.count for one in counted if one.tone == "good")
    if total:
        yield _rate(good, total, rounding, whose)


def _level(figure: Figure | None, whose: Whose, *, main: bool = False, earlier: bool = False) -> Iterator[Fact]:
    """Counts carry their own units and are left alone."""
    if figure is not None and figure.printed is not None and figure.unit != "count":
        percent = figure.unit == "percent"
        yield Fact("level", figure.printed, *whose, figure.exact, percent=percent, main=main, earlier=earlier)


def _amount(change: Change | None, whose: Whose, *, main: bool = False) -> Iterator[Fact]:
    if change is not None and change.unit != "count":
        yield Fact("amount", change.amount, *whose, percent=change.unit == "percent", main=main)


def rules_of(scheme: Scheme, round_: Round, rounding: Rounding) -> Iterator[Fact]:
    """Weights, points, targets and limits of the scheme; how many forms came back."""
    shares = [*(one.weight for one in scheme.channels), *(one.weight for one in scheme.indicators)]
    shares += [one for each in scheme.indicators for one in (each.target, each.partly_counts)]
    numbers = [one.points for one in scheme.grades] + [one.full_marks for one in scheme.indicators]
    limits = [one for band in scheme.bands for one in (band.at_least, band.at_most)]
    for share in (one for one in shares if one is not None):
        yield Fact("level", rounded(share * HUNDRED, 6, rounding.rule), exact=share * HUNDRED, percent=True)
    for number in (one for one in numbers if one is not None):
        yield Fact("level", as_decimal(number), exact=number)
    for number in (one for one in limits if one is not None):
        yield Fact("level", as_decimal(number), exact=number, percent=scheme.unit == "percent")
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


def _rate(part: int, whole: int, rounding: Rounding, whose: Whose = EVERYBODY) -> Fact:
    exact = HUNDRED * part / whole
    return Fact("level", rounded(exact, rounding.rate_decimals, rounding.rule), *whose, exact=exact, percent=True)
