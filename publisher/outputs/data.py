"""The figures of the pages as CSV: same figures, same suppression, no cell that a spreadsheet would run."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from publisher import addresses
from publisher.ledger import Life
from publisher.model.results import ChannelResult, CompanyResult, Figure, IndicatorResult, RoundResult, Tally
from publisher.outputs.statements import STATEMENT_COLUMNS, statement_rows
from publisher.outputs.table import Cells, csv_of
from publisher.pages import Publication
from publisher.words import Words

RESULT_COLUMNS = (
    *("record", "round", "sector", "company", "company_name", "indicator", "indicator_name"),
    *("channel", "answer", "state", "value", "unit", "base", "count", "place"),
)
"""`record` is composite, indicator, channel or answer; `state` is empty nowhere: value, not-surveyed, ..."""

ITEM_COLUMNS = (
    *("item", "meeting", "company", "company_name", "raised_on", "raised_by", "topic", "question", "repeats"),
    *("answer_due_on", "answered_by", "answered_on", "answered_late", "days_to_answer", "answer"),
    *("promise", "owner", "first_due_on", "due_on", "times_moved", "standing", "outcome", "days_overdue"),
    *("company_says_done_on", "bureau_checked_on", "residents_confirmed_on", "residents_disagreed_on", "as_of"),
)
EVENT_COLUMNS = ("item", "company", "date", "event", "by", "text", "old_due_on", "new_due_on", "evidence", "as_of")
"""The life of every item as a dated line; `by` is empty for what was computed."""


def data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    for result in publication.analysis.rounds:
        yield addresses.round_data(result.round), csv_of(RESULT_COLUMNS, _results(publication.words, result))
    if publication.analysis.rounds:
        yield addresses.statements_data(), csv_of(STATEMENT_COLUMNS, statement_rows(publication))
    if publication.lives:
        items = (_item(publication, life) for life in publication.lives)
        yield addresses.items_data(), csv_of(ITEM_COLUMNS, items)
        events = (row for life in publication.lives for row in _events(life, publication.as_of))
        yield addresses.events_data(), csv_of(EVENT_COLUMNS, events)


def _results(words: Words, result: RoundResult) -> Iterator[Cells]:
    for sector in result.sectors:
        for one in sector.companies:
            common = {
                "round": result.round.id,
                "sector": sector.name,
                "company": one.company.id,
                "company_name": words.label(one.company),
            }
            for row in _company(words, one):
                yield common | row


def _company(words: Words, result: CompanyResult) -> Iterator[dict[str, Any]]:
    if result.composite:
        yield {"record": "composite", "place": result.place.number} | _figure(result.composite)
    for one in result.indicators:
        names = {"indicator": one.indicator.id, "indicator_name": words.label(one.indicator)}
        for row in _indicator(one):
            yield names | row


def _indicator(one: IndicatorResult) -> Iterator[dict[str, Any]]:
    unit = {"unit": one.indicator.unit} if one.indicator.unit else {}
    yield {"record": "indicator"} | _figure(one.figure) | unit
    for tally in one.tallies:
        yield _tally(tally)
    for channel in one.channels:
        yield from _channel(channel)


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


def _figure(figure: Figure) -> dict[str, Any]:
    return {"state": figure.state.value, "value": figure.printed, "unit": figure.unit, "base": figure.base}


def _item(publication: Publication, life: Life) -> Cells:
    item = life.item
    return {
        "item": item.id,
        "meeting": item.meeting,
        "company": item.company,
        "company_name": publication.words.label(life.company),
        "raised_on": item.raised_on,
        "raised_by": item.raised_by,
        "topic": item.topic,
        "question": item.question,
        "repeats": item.repeats,
        "answer_due_on": life.answer_due,
        "answered_by": life.answer_by,
        "answered_on": life.answered_on,
        "answered_late": _flag(life.answered_late) if life.answer_due else None,
        "days_to_answer": life.waiting_days if life.answered_on else None,
        "answer": life.answer,
        "promise": life.promise,
        "owner": life.owner,
        "first_due_on": life.first_due,
        "due_on": life.due_on,
        "times_moved": len(life.moves) if life.promise else None,
        "standing": life.standing.value,
        "outcome": life.outcome.value,
        "days_overdue": life.overdue_days or None,
        "company_says_done_on": life.done_on,
        "bureau_checked_on": life.checked_on,
        "residents_confirmed_on": life.confirmed_on,
        "residents_disagreed_on": life.disagreed_on,
        "as_of": publication.as_of,
    }


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _events(life: Life, as_of: date) -> Iterator[Cells]:
    for step in life.steps:
        yield {
            "item": life.item.id,
            "company": life.item.company,
            "date": step.day,
            "event": step.kind,
            "by": step.by,
            "text": step.text,
            "old_due_on": step.old_due,
            "new_due_on": step.new_due,
            "evidence": step.evidence,
            "as_of": as_of,
        }
