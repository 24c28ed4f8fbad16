"""Workbooks for staff to fill in: headings in their language, lists to choose from, notes, the rows so far.

What is written here reads back without loss: dates are dates, everything else is text.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Event, Item
from publisher.words import Words

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (a fixed mark, so that equal contents give equal bytes)
_DATES = frozenset({"raised_on", "answered_on", "due_on", "date", "new_due"})
_NUMBERS = frozenset({"due_in"})
_WIDE = frozenset({"question", "answer", "promise", "reason"})
_ROWS_TO_FILL = 2000
"""Rows below the headings that have the lists and checks."""


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook."""

    table: str
    """Its name in the catalogue."""
    model: type[Record]
    rows: Sequence[Record]
    choices: Mapping[str, Sequence[str]]
    """By field: what may be chosen."""


def items_form(bureau: Bureau, words: Words) -> bytes:
    """Items and events in one workbook, with the rows that are there already."""
    items = Sheet(
        "items",
        Item,
        bureau.items,
        {
            "meeting": list(bureau.meetings),
            "company": list(bureau.companies),
            "topic": list(dict.fromkeys(item.topic for item in bureau.items if item.topic)),
        },
    )
    kinds: Any = Event.model_fields["kind"].annotation
    parties: Any = Event.model_fields["by"].annotation
    events = Sheet(
        "events",
        Event,
        bureau.events,
        {
            "item": [item.id for item in bureau.items],
            "by": list(parties.__args__),
            "kind": list(kinds.__args__),
        },
    )
    return workbook_of([items, events], words)


def workbook_of(sheets: Sequence[Sheet], words: Words) -> bytes:
    """The workbook; lists stand on a hidden sheet, the guide comes last."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (start-up time)

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _CREATED})
        writer = _Writer(book, words)
        for sheet in sheets:
            writer.table(sheet)
        writer.guide()
        writer.lists.hide()
    return file.getvalue()


class _Writer:
    """Writes into one open workbook."""

    def __init__(self, book: Any, words: Words) -> None:
        self.book = book
        self.words = words
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.list_columns = 0
        self.lists: Any = None

    def table(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(self.words(f"sheet.{sheet.table}"))
        if self.lists is None:
            self.lists = self.book.add_worksheet(self.words("sheet.lists"))
        page.freeze_panes(1, 1)
        for column, name in enumerate(fields_of(sheet.model)):
            required = sheet.model.model_fields[name].is_required()
            heading = self.words(f"field.{sheet.table}.{name}")
            page.write_string(0, column, heading, self.head)
            page.write_comment(0, column, self._note(sheet.table, name, required=required))
            page.set_column(column, column, 48 if name in _WIDE else 16, self.date if name in _DATES else self.text)
            self._check(page, column, name, sheet.choices.get(name, ()))
        for number, row in enumerate(sheet.rows, 1):
            self._row(page, number, row, fields_of(sheet.model))

    def _note(self, table: str, name: str, *, required: bool) -> str:
        key = "form.required" if required else "form.optional"
        return f"{self.words(key)} {self.words(f'note.{table}.{name}')}"

    def _check(self, page: Any, column: int, name: str, choices: Iterable[str]) -> None:
        """A list to choose from, or a check of what is typed; Excel says what is wrong at once."""
        listed = list(choices)
        if listed:
            source = self._list(listed)
            rule: dict[str, Any] = {"validate": "list", "source": source, "error_message": self.words("form.choose")}
        elif name in _DATES:
            rule = {
                "validate": "date",
                "criteria": ">",
                "value": date(2000, 1, 1),
                "error_message": self.words("form.date"),
            }
        elif name in _NUMBERS:
            rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": self.words("form.number")}
        else:
            return
        page.data_validation(1, column, _ROWS_TO_FILL, column, {**rule, "ignore_blank": True})

    def _list(self, choices: Sequence[str]) -> str:
        """The choices in a column of the hidden sheet; the formula that names it."""
        column = self.list_columns
        self.list_columns += 1
        for row, choice in enumerate(choices):
            self.lists.write_string(row, column, choice)
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  (start-up time)

        return f"='{self.words('sheet.lists')}'!{xl_range_abs(0, column, len(choices) - 1, column)}"

    def _row(self, page: Any, number: int, row: Record, names: Sequence[str]) -> None:
        for column, name in enumerate(names):
            value = getattr(row, name)
            if isinstance(value, date):
                page.write_datetime(number, column, value, self.date)
            elif value is not None:
                page.write_string(number, column, str(value), self.text)

    def guide(self) -> None:
        page = self.book.add_worksheet(self.words("sheet.guide"))
        page.set_column(0, 0, 90, self.text)
        for row, line in enumerate(self.words("form.guide").split("\n")):
            page.write_string(row, 0, line, self.text)
        page.protect()


def fields_of(model: type[Record]) -> list[str]:
    """The columns of a table, in order."""
    return [name for name in model.model_fields if name not in {"origin", "grades"}]
