"""A worked example: how the composite of one company came about, for a reader with a pocket calculator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from publisher.measures import on_scale
from publisher.model.figures import Figure, Margin
from publisher.model.results import CompanyResult, IndicatorResult, RoundResult, Tally
from publisher.model.scheme import Channel, Indicator
from publisher.rounding import Rule, rounded

SHOWN_DECIMALS = 4
"""Of numbers on the way; the exact ones are used."""


@dataclass(frozen=True)
class Term:
    """One part of the sum: an indicator, or an indicator by one channel."""

    indicator: Indicator
    channel: Channel | None
    figure: Figure
    tallies: tuple[Tally, ...]
    weight: Fraction
    score: Decimal
    """On the scale from 0 to 100."""
    product: Decimal
    margin: Margin | None
    """Times the weight; none without an error of sampling."""


@dataclass(frozen=True)
class Example:
    """All parts of one composite."""

    round_result: RoundResult
    result: CompanyResult
    terms: tuple[Term, ...]
    total: Decimal
    """The sum before it is rounded."""
    sources: tuple[tuple[Channel | None, Margin], ...]
    """The margins of the terms of one source, added up."""


def example(rule: Rule, results: Sequence[RoundResult]) -> Example | None:
    """Of the latest round that has one; one with an interval rather than a later one without."""
    found = [(one, one.worked) for one in results[::-1] if one.worked]
    best = next((pair for pair in found if _composite(pair[1]).interval), found[0] if found else None)
    return _example(rule, *best) if best else None


def _composite(result: CompanyResult) -> Figure:
    if result.composite is None:
        raise ValueError(result.company.id)
    return result.composite


def _example(rule: Rule, round_result: RoundResult, worked: CompanyResult) -> Example:
    composite = _composite(worked)
    channels = {channel.id: channel for channel in worked.scheme.channels}
    every = (one for sector in round_result.sectors for one in sector.companies)
    return Example(
        round_result=round_result,
        result=next(one for one in every if one.company.id == worked.company.id),
        terms=tuple(term for one in worked.indicators if one.indicator.weight for term in _terms(one, rule)),
        total=rounded(composite.exact or Fraction(0), SHOWN_DECIMALS, rule),
        sources=tuple((channels.get(id_), _shortened(one, rule)) for id_, one in composite.margins.items()),
    )


def _terms(one: IndicatorResult, rule: Rule) -> Iterator[Term]:
    weight = one.indicator.weight or Fraction(0)
    if not one.channels:
        yield _term(one.indicator, None, one.figure, one.tallies, weight, rule)
    for part in one.channels:
        yield _term(one.indicator, part.channel, part.figure, part.tallies, weight * part.channel.weight, rule)


def _term(
    indicator: Indicator,
    channel: Channel | None,
    figure: Figure,
    tallies: tuple[Tally, ...],
    weight: Fraction,
    rule: Rule,
) -> Term:
    score = on_scale(indicator, figure.exact or Fraction(0))
    return Term(
        indicator=indicator,
        channel=channel,
        figure=figure,
        tallies=tallies,
        weight=weight,
        score=rounded(score, SHOWN_DECIMALS, rule),
        product=rounded(score * weight, SHOWN_DECIMALS, rule),
        margin=_weighed(figure.margins, weight, rule),
    )


def _weighed(margins: Mapping[str, Margin], weight: Fraction, rule: Rule) -> Margin | None:
    found = next(iter(margins.values()), None)
    if found is None:
        return None
    return Margin(
        rounded(Fraction(found.below) * weight, SHOWN_DECIMALS, rule),
        rounded(Fraction(found.above) * weight, SHOWN_DECIMALS, rule),
    )


def _shortened(margin: Margin, rule: Rule) -> Margin:
    return Margin(
        rounded(Fraction(margin.below), SHOWN_DECIMALS, rule), rounded(Fraction(margin.above), SHOWN_DECIMALS, rule)
    )
