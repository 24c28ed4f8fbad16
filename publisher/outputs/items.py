"""Questions and promises as data: what became of each, and its life as dated lines."""

from collections.abc import Iterator
from datetime import date

from publisher.ledger import Life
from publisher.outputs.table import Cells
from publisher.pages import Publication


def item_rows(publication: Publication) -> Iterator[Cells]:
    for life in publication.lives:
        yield _item(publication, life)


def event_rows(publication: Publication) -> Iterator[Cells]:
    """`by` is empty for what was computed."""
    for life in publication.lives:
        yield from _events(life, publication.as_of)


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
