"""Workbooks for staff to fill in: headings in their language, lists to choose from, notes, the rows so far.

What is written here reads back without loss: dates are dates, everything else is text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from publisher.model.asked import Event, Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.outputs.book import open_book
from publisher.words import Words

_DATES = frozenset({"raised_on", "answered_on", "due_on", "date", "new_due"})
_NUMBERS = frozenset({"due_in"})
_FREE = frozenset({"topic"})
"""The list only helps: something else may be typed."""
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
    refers: Mapping[str, str] = field(default_factory=dict)
    """By field: the table whose ids it takes, those that are being added included."""


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
        {"repeats": "items"},
    )
    kinds: Any = Event.model_fields["kind"].annotation
    parties: Any = Event.model_fields["by"].annotation
    events = Sheet(
        "events",
        Event,
        bureau.events,
        {
            "by": [words(f"choice.events.by.{one}") for one in parties.__args__],
            "kind": [words(f"choice.events.kind.{one}") for one in kinds.__args__],
        },
        {"item": "items"},
    )
    return workbook_of([items, events], words)


def workbook_of(sheets: Sequence[Sheet], words: Words) -> bytes:
    """The workbook; lists stand on a hidden sheet, the guide comes last."""
    with open_book() as (file, book):
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
        self.number = book.add_format({"num_format": "0", "valign": "top", "align": "left"})
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
            page.set_column(column, column, 48 if name in _WIDE else 16, self._format(name))
            if rule := self._rule(sheet, name):
                page.data_validation(1, column, _ROWS_TO_FILL, column, {**rule, "ignore_blank": True})
        for number, row in enumerate(sheet.rows, 1):
            self._row(page, number, row, sheet)

    def _note(self, table: str, name: str, *, required: bool) -> str:
        key = "form.required" if required else "form.optional"
        return f"{self.words(key)} {self.words(f'note.{table}.{name}')}"

    def _format(self, name: str) -> Any:
        return self.date if name in _DATES else self.number if name in _NUMBERS else self.text

    def _rule(self, sheet: Sheet, name: str) -> dict[str, Any]:
        """A list to choose from, or a check of what is typed; Excel says what is wrong at once."""
        if name in sheet.refers:
            ids = f"='{self.words(f'sheet.{sheet.refers[name]}')}'!$A$2:$A${_ROWS_TO_FILL + 1}"
            return {"validate": "list", "source": ids, "error_message": self.words("form.choose")}
        if choices := sheet.choices.get(name):
            stop = "information" if name in _FREE else "stop"
            message = self.words("form.choose")
            return {"validate": "list", "source": self._list(choices), "error_message": message, "error_type": stop}
        if name in _DATES:
            message = self.words("form.date")
            return {"validate": "date", "criteria": ">", "value": date(2000, 1, 1), "error_message": message}
        if name in _NUMBERS:
            message = self.words("form.number")
            return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": message}
        return {}

    def _list(self, choices: Sequence[str]) -> str:
        """The choices in a column of the hidden sheet; the formula that names it."""
        column = self.list_columns
        self.list_columns += 1
        for row, choice in enumerate(choices):
            self.lists.write_string(row, column, choice)
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  (start-up time)

        return f"='{self.words('sheet.lists')}'!{xl_range_abs(0, column, len(choices) - 1, column)}"

    def _row(self, page: Any, number: int, row: Record, sheet: Sheet) -> None:
        for column, name in enumerate(fields_of(sheet.model)):
            value = getattr(row, name)
            if isinstance(value, date):
                page.write_datetime(number, column, value, self.date)
            elif isinstance(value, int):
                page.write_number(number, column, value, self.number)
            elif value is not None:
                page.write_string(number, column, self._shown(sheet.table, name, str(value)), self.text)

    def _shown(self, table: str, name: str, value: str) -> str:
        """The word for a value of a fixed choice; reading turns it back."""
        key = f"choice.{table}.{name}.{value}"
        return self.words(key) if self.words.has(key) else value

    def guide(self) -> None:
        page = self.book.add_worksheet(self.words("sheet.guide"))
        page.set_column(0, 0, 90, self.text)
        for row, line in enumerate(self.words("form.guide").split("\n")):
            page.write_string(row, 0, line, self.text)
        page.protect()


def fields_of(model: type[Record]) -> list[str]:
    """The columns of a table, in order."""
    return [name for name in model.model_fields if name not in {"origin", "grades"}]
