"""The workbook of questions and of what happened to them, with the rows so far.

What is written here reads back without loss: dates are dates, everything else is text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from publisher.model.asked import Event, Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.outputs.form import Column, Sheet, Sort, workbook_of
from publisher.words import Words

_DATES = frozenset({"raised_on", "answered_on", "due_on", "date", "new_due"})
_NUMBERS = frozenset({"due_in"})
_FREE = frozenset({"topic"})
_WIDE = frozenset({"question", "answer", "promise", "reason"})


def items_form(bureau: Bureau, words: Words) -> bytes:
    """Items and events in one workbook, with the rows that are there already."""
    topics = list(dict.fromkeys(item.topic for item in bureau.items if item.topic))
    chosen = {"meeting": list(bureau.meetings), "company": list(bureau.companies), "topic": topics}
    items = _sheet("items", Item, bureau.items, chosen, {"repeats": "items"}, words)
    kinds: Any = Event.model_fields["kind"].annotation
    parties: Any = Event.model_fields["by"].annotation
    chosen = {
        "by": [words(f"choice.events.by.{one}") for one in parties.__args__],
        "kind": [words(f"choice.events.kind.{one}") for one in kinds.__args__],
    }
    events = _sheet("events", Event, bureau.events, chosen, {"item": "items"}, words)
    return workbook_of([items, events], words("form.guide"), words)


def _sheet(
    table: str,
    model: type[Record],
    rows: Sequence[Record],
    choices: Mapping[str, Sequence[str]],
    refers: Mapping[str, str],
    words: Words,
) -> Sheet:
    """`choices` by field: what may be chosen; `refers` by field: the table whose ids it takes."""
    columns = [
        Column(
            name=name,
            heading=words(f"field.{table}.{name}"),
            note=_note(table, name, words, required=model.model_fields[name].is_required()),
            sort=_sort(name),
            width=48 if name in _WIDE else 16,
            choices=choices.get(name, ()),
            free=name in _FREE,
            refers=words(f"sheet.{refers[name]}") if name in refers else "",
        )
        for name in fields_of(model)
    ]
    return Sheet(words(f"sheet.{table}"), columns, [_row(table, row, words) for row in rows])


def _note(table: str, name: str, words: Words, *, required: bool) -> str:
    key = "form.required" if required else "form.optional"
    return f"{words(key)} {words(f'note.{table}.{name}')}"


def _sort(name: str) -> Sort:
    return "date" if name in _DATES else "whole" if name in _NUMBERS else "text"


def _row(table: str, row: Record, words: Words) -> dict[str, Any]:
    return {name: _shown(table, name, getattr(row, name), words) for name in fields_of(type(row))}


def _shown(table: str, name: str, value: Any, words: Words) -> Any:
    """The word for a value of a fixed choice; reading turns it back."""
    key = f"choice.{table}.{name}.{value}"
    return words(key) if isinstance(value, str) and words.has(key) else value


def fields_of(model: type[Record]) -> list[str]:
    """The columns of a table, in order."""
    return [name for name in model.model_fields if name not in {"origin", "grades"}]
