"""The results of a round as rows: every figure that a page shows, its base and interval, and every count behind it."""

from collections.abc import Iterator
from typing import Any

from publisher.model.figures import Change, Figure, State, Uncompared
from publisher.model.results import (
    ChannelResult,
    CompanyResult,
    IndicatorResult,
    PointResult,
    RoundResult,
    SectorIndicator,
    SectorResult,
    Tally,
)
from publisher.model.scheme import Group, Indicator
from publisher.outputs.lines import Parted
from publisher.outputs.table import Cells
from publisher.words import Words


def result_rows(words: Words, result: RoundResult) -> Iterator[Cells]:
    for sector in result.sectors:
        for one in sector.companies:
            yield from ({**names, **row} for names, row in rows_of_company(words, sector, one))
        yield from ({**names, **row} for names, row in rows_of_sector(words, result, sector))


def rows_of_company(words: Words, sector: SectorResult, one: CompanyResult) -> Iterator[Parted]:
    named = {
        "round": one.round.id,
        "sector": sector.name,
        "company": one.company.id,
        "company_name": words.label(one.company),
    }
    return _company(words, named, one)


def rows_of_sector(words: Words, result: RoundResult, sector: SectorResult) -> Iterator[Parted]:
    """After those of its companies; none where nothing may speak of others."""
    named = {"round": result.round.id, "sector": sector.name}
    return iter(()) if result.apart else _sector(words, named, sector)


def _company(words: Words, named: Cells, result: CompanyResult) -> Iterator[Parted]:
    if result.composite:
        place = {"place": result.place.number, "alike": _alike(result)}
        change = _change(result.change, result.uncompared, result.previous)
        yield named, {"record": "composite"} | _figure(result.composite) | place | change
    for record, groups in (("dimension", result.dimensions), ("aspect", result.aspects)):
        for group in groups:
            if group.figure:
                yield {**named, "record": record, **_indicator_names(words, group.group)}, _figure(group.figure)
    for one in result.indicators:
        names = {**named, **_indicator_names(words, one.indicator)}
        for row in _indicator(one):
            yield names, row


def _indicator_names(words: Words, one: Indicator | Group) -> dict[str, str]:
    return {"indicator": one.id, "indicator_name": words.label(one)}


def _alike(result: CompanyResult) -> str:
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in result.place.alike)


def _indicator(one: IndicatorResult) -> Iterator[dict[str, Any]]:
    unit = {"unit": one.indicator.unit} if one.indicator.unit else {}
    change = _change(one.change, one.uncompared, one.previous)
    yield {"record": "indicator"} | _figure(one.figure) | unit | change
    for tally in one.tallies:
        yield _tally(tally)
    for channel in one.channels:
        yield from _channel(channel)
    for point in one.points:
        yield from _point(point)


def _channel(one: ChannelResult) -> Iterator[dict[str, Any]]:
    name = {"channel": one.channel.id}
    yield {"record": "channel"} | name | _figure(one.figure)
    for tally in one.tallies:
        yield _tally(tally) | name


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "record": "answer",
        "answer": tally.grade.id if tally.grade else tally.kind,
        "state": "value",
        "value": tally.share,
        "unit": "percent" if tally.share is not None else None,
        "count": tally.count,
    }


def _point(one: PointResult) -> Iterator[dict[str, Any]]:
    """How often a point of a checklist was met; `channel` is the point."""
    for answer, count in (("met", one.met), ("partly", one.partly), ("not_met", one.not_met)):
        yield {"record": "point", "channel": one.point.id, "answer": answer, "state": "value", "count": count}


def _sector(words: Words, named: Cells, sector: SectorResult) -> Iterator[Parted]:
    average = sector.average
    change = _change(average.change, average.uncompared, average.previous)
    if has_composite(sector):
        yield named, {"record": "sector-average"} | _figure(average.figure)
    if average.now:
        yield named, {"record": "sector-average-now"} | _figure(average.now) | change
    for one in sector.indicators:
        names = {**named, **_indicator_names(words, one.indicator)}
        for row in _sector_indicator(one):
            yield names, row


def has_composite(sector: SectorResult) -> bool:
    """Of a scorecard the sector has one company: only where it has a composite the average of them is a row."""
    return any(one.composite for one in sector.companies)


def _sector_indicator(one: SectorIndicator) -> Iterator[dict[str, Any]]:
    yield {"record": "sector-indicator"} | _figure(one.figure)
    if one.dissatisfied.state is not State.NOT_SURVEYED:
        yield {"record": "sector-dissatisfied"} | _figure(one.dissatisfied)
    if one.now:
        yield {"record": "sector-indicator-now"} | _figure(one.now) | _change(one.change, one.uncompared, one.previous)


def _figure(figure: Figure) -> dict[str, Any]:
    shown = figure.printed is not None
    return {
        "state": figure.state.value,
        "value": figure.printed,
        "unit": figure.unit,
        "base": figure.base,
        "low": figure.interval.low if figure.interval else None,
        "high": figure.interval.high if figure.interval else None,
        "certainty": figure.certainty if shown else None,
        "note": _note(figure) if figure.small or figure.reweighted else "",
    }


def _note(figure: Figure) -> str:
    notes = (("small-base", figure.small), ("reweighted", figure.reweighted))
    return " ".join(note for note, is_so in notes if is_so)


def _change(change: Change | None, why: Uncompared, previous: Figure | None) -> dict[str, Any]:
    if change is None:
        return {"compared": why}
    return {
        "change": change.amount,
        "compared": change.verdict if change.verdict == "same" else "within-margin" if change.within else "yes",
        "previous": previous.printed if previous else None,
    }
