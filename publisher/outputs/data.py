"""The figures of the pages as CSV: same figures, same suppression, no cell that a spreadsheet would run."""

import json
from collections.abc import Iterator
from datetime import date

from publisher import addresses
from publisher.ledger import Life
from publisher.model.editions import Withdrawal
from publisher.outputs.results import RESULT_COLUMNS, result_rows
from publisher.outputs.rounds import ROUND_COLUMNS, round_rows
from publisher.outputs.statements import STATEMENT_COLUMNS, statement_rows
from publisher.outputs.table import Cells, csv_of
from publisher.pages import Publication

ITEM_COLUMNS = (
    *("item", "meeting", "company", "company_name", "raised_on", "raised_by", "topic", "question", "repeats"),
    *("answer_due_on", "answered_by", "answered_on", "answered_late", "days_to_answer", "answer"),
    *("promise", "owner", "first_due_on", "due_on", "times_moved", "standing", "outcome", "days_overdue"),
    *("company_says_done_on", "bureau_checked_on", "residents_confirmed_on", "residents_disagreed_on", "as_of"),
)
WITHDRAWN_COLUMNS = ("id", "withdrawn_on", "decided_by", "reason")
EVENT_COLUMNS = ("item", "company", "date", "event", "by", "text", "old_due_on", "new_due_on", "evidence", "as_of")
"""The life of every item as a dated line; `by` is empty for what was computed."""


def data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Every data file; at a withdrawn address what was withdrawn, when, by whom and why."""
    gone = publication.withdrawn
    for path, data in live_data_files(publication):
        if path not in gone:
            yield path, data
    for path, one in gone.items():
        if path.endswith(".csv"):
            yield path, csv_of(WITHDRAWN_COLUMNS, [{name: getattr(one, name) for name in WITHDRAWN_COLUMNS}])
        elif path.startswith(addresses.ATTACHMENTS):
            yield path, withdrawn_data(one)


def withdrawn_data(withdrawal: Withdrawal) -> bytes:
    """What stands in the place of a withdrawn edition or attachment."""
    fields = {name: str(getattr(withdrawal, name)) for name in WITHDRAWN_COLUMNS}
    return (json.dumps({"withdrawn": fields}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def data_addresses(publication: Publication) -> Iterator[str]:
    """The addresses of `live_data_files`, without making them."""
    for result in publication.analysis.rounds:
        yield addresses.round_data(result.round)
    for one in publication.superseded:
        round_ = publication.bureau.rounds[one.revision.subject]
        yield addresses.old(addresses.round_data(round_), one.revision.old.number)
    if publication.analysis.rounds:
        yield from (addresses.rounds_data(), addresses.statements_data())
    if publication.lives:
        yield from (addresses.items_data(), addresses.events_data())


def live_data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    for result in publication.analysis.rounds:
        yield addresses.round_data(result.round), csv_of(RESULT_COLUMNS, result_rows(publication.words, result))
    for one in publication.superseded:
        old = one.publication.result_of(one.revision.subject)
        if old:
            rows = result_rows(publication.words, old)
            yield addresses.old(addresses.round_data(old.round), one.revision.old.number), csv_of(RESULT_COLUMNS, rows)
    if publication.analysis.rounds:
        yield addresses.rounds_data(), csv_of(ROUND_COLUMNS, round_rows(publication))
        yield addresses.statements_data(), csv_of(STATEMENT_COLUMNS, statement_rows(publication))
    if publication.lives:
        items = (_item(publication, life) for life in publication.lives)
        yield addresses.items_data(), csv_of(ITEM_COLUMNS, items)
        events = (row for life in publication.lives for row in _events(life, publication.as_of))
        yield addresses.events_data(), csv_of(EVENT_COLUMNS, events)


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
