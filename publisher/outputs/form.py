"""A workbook for staff to fill in: headings in their language, lists to choose from, checks as they type, notes.

Texts are written as texts: nothing that staff or companies typed becomes a formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from publisher.outputs.book import open_book
from publisher.words import Words

LAST_ROW = 15_000
"""Down to here stand the lists and checks; a table with more rows is refused when it is read."""

_DIGITS = 15
"""As many as a cell keeps of a number."""

Sort = Literal["text", "date", "moment", "whole", "number"]


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    name: str
    heading: str
    note: str
    sort: Sort = "text"
    width: int = 16
    choices: Sequence[str] = ()
    free: bool = False
    """The list only helps: something else may be typed."""
    refers: str = ""
    """The sheet whose first column it takes its ids from, those that are being added included."""
    example: str = ""
    asked: str = ""
    """Excel shows it beside the cell that is being filled in."""


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. `wrong` are formulas by the column that they mark, with other columns in braces.

    `told` says in words what is wrong there; of `most` pairs of columns the first is never greater than the second.
    """

    label: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    wrong: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    most: Sequence[tuple[str, str]] = ()

    @property
    def has_example(self) -> bool:
        return any(one.example for one in self.columns)


def workbook_of(sheets: Sequence[Sheet], guide: str, words: Words) -> bytes:
    """The workbook; lists stand on a hidden sheet, the guide comes last."""
    with open_book() as (file, book):
        writer = _Writer(book, words)
        for sheet in sheets:
            writer.table(sheet)
        writer.guide(guide)
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
        left = {"valign": "top", "align": "left"}
        self.formats: Mapping[Sort, Any] = {
            "text": self.text,
            "date": book.add_format({"num_format": "yyyy-mm-dd", **left}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", **left}),
            "whole": book.add_format({"num_format": "0", **left}),
            "number": book.add_format(left),
        }
        self.example = book.add_format({"num_format": "@", "font_color": "#7F7F7F", "italic": True, "valign": "top"})
        self.told = book.add_format({"font_color": "#9C0006", "text_wrap": True, "valign": "top"})
        self.wrong = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.list_columns = 0
        self.lists: Any = None

    def table(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.label)
        if self.lists is None:
            self.lists = self.book.add_worksheet(self.words("sheet.lists"))
        page.freeze_panes(1, 1)
        first, last = (2 if sheet.has_example else 1), LAST_ROW - 1
        for number, column in enumerate(sheet.columns):
            page.write_string(0, number, column.heading, self.head)
            page.write_comment(0, number, column.note)
            page.set_column(number, number, column.width, self.formats[column.sort])
            if column.example:
                page.write_string(1, number, self.words("form.example.mark") + column.example, self.example)
            if rule := self._most(sheet, column, first) or self._rule(column):
                asked = {"input_message": column.asked} if column.asked else {}
                page.data_validation(first, number, last, number, {**rule, **asked, "ignore_blank": True})
            for row, values in enumerate(sheet.rows, first):
                self._cell(page, row, number, values.get(column.name), column.sort)
        self._mark(page, sheet, first, last)
        self._tell(page, sheet, first)

    def _cell(self, page: Any, row: int, column: int, value: Any, sort: Sort) -> None:
        """A number of more digits than a cell keeps, and a moment that would pass for a day, stand as text."""
        if isinstance(value, datetime) and value.time() != datetime.min.time():
            page.write_datetime(row, column, value, self.formats["moment"])
        elif isinstance(value, datetime):
            page.write_string(row, column, f"{value:%Y-%m-%d %H:%M}", self.text)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self.formats["date"])
        elif isinstance(value, int) or (isinstance(value, Decimal) and len(value.as_tuple().digits) <= _DIGITS):
            page.write_number(row, column, value, self.formats[sort])
        elif value not in (None, ""):
            page.write_string(row, column, str(value), self.text)

    def _rule(self, column: Column) -> dict[str, Any]:
        """A list to choose from, or a check of what is typed; Excel says what is wrong at once."""
        if column.refers:
            ids = f"'{column.refers}'!$A$2:$A${LAST_ROW}"
            # As many as there are by now; where one is left out the last is not offered, so another may be typed.
            offered = f"=OFFSET('{column.refers}'!$A$2,0,0,MAX(1,COUNTA({ids})),1)"
            asked = {"error_message": self.words("form.choose"), "error_type": "warning"}
            return {"validate": "list", "source": offered, **asked}
        if column.choices:
            stop = "information" if column.free else "stop"
            message = self.words("form.choose")
            return {
                "validate": "list",
                "source": self._list(column.choices),
                "error_message": message,
                "error_type": stop,
            }
        if column.sort in {"date", "moment"}:
            message = self.words(f"form.{column.sort}")
            return {"validate": "date", "criteria": ">", "value": date(2000, 1, 1), "error_message": message}
        if column.sort in {"whole", "number"}:
            kind = {"whole": "integer", "number": "decimal"}[column.sort]
            key = {"whole": "form.number", "number": "form.decimal"}[column.sort]
            return {"validate": kind, "criteria": ">=", "value": 0, "error_message": self.words(key)}
        return {}

    def _list(self, choices: Sequence[str]) -> str:
        """The choices in a column of the hidden sheet; the formula that names it."""
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  (start-up time)

        column = self.list_columns
        self.list_columns += 1
        for row, choice in enumerate(choices):
            self.lists.write_string(row, column, choice)
        return f"='{self.words('sheet.lists')}'!{xl_range_abs(0, column, len(choices) - 1, column)}"

    def _mark(self, page: Any, sheet: Sheet, first: int, last: int) -> None:
        """Red is what does not add up: marked, not refused, since numbers are typed one after the other."""
        names = [one.name for one in sheet.columns]
        cells = _cells(sheet, first)
        for name, formula in sheet.wrong.items():
            place = names.index(name)
            rule = {"type": "formula", "criteria": f"={formula.format(**cells)}", "format": self.wrong}
            page.conditional_format(first, place, last, place, rule)

    def _tell(self, page: Any, sheet: Sheet, first: int) -> None:
        """Beside each row, in a column that is not read, what is red in it in words; a copied row has them too."""
        if not sheet.told:
            return
        place = len(sheet.columns)
        page.write_string(0, place, self.words("form.told"), self.head)
        page.write_comment(0, place, self.words("form.told.note"))
        page.set_column(place, place, 48, self.text)
        for row in range(first, first + len(sheet.rows)):
            cells = _cells(sheet, row)
            said = [f'IF({sheet.wrong[name].format(**cells)},"{text}","")' for name, text in sheet.told.items()]
            page.write_formula(row, place, f"={'&'.join(said)}", self.told, "")

    def _most(self, sheet: Sheet, column: Column, first: int) -> dict[str, Any]:
        """A whole number that is not greater than another column allows, as soon as that one is filled in."""
        cells = _cells(sheet, first)
        pairs = [pair for pair in sheet.most if column.name in pair]
        if not pairs:
            return {}
        own = cells[column.name]
        conditions = [
            f"IF(COUNT({cells[less]},{cells[more]})=2,{cells[less]}<={cells[more]},TRUE)" for less, more in pairs
        ]
        rule = f"=AND(ISNUMBER({own}),IF(ISNUMBER({own}),AND({own}>=0,{own}=INT({own})),FALSE),{','.join(conditions)})"
        headings = {one.name: one.heading for one in sheet.columns}
        pair = self.words("message.list").join(
            self.words("form.most.pair", less=headings[less], more=headings[more]) for less, more in pairs
        )
        return {"validate": "custom", "value": rule, "error_message": self.words("form.most", pairs=pair)}

    def guide(self, text: str) -> None:
        page = self.book.add_worksheet(self.words("sheet.guide"))
        page.set_column(0, 0, 90, self.text)
        for row, line in enumerate(text.split("\n")):
            page.write_string(row, 0, line, self.text)
        page.protect()


def _cells(sheet: Sheet, row: int) -> dict[str, str]:
    """By column: its cell in a row, counted from 0, as a formula that may be copied down names it."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415  (start-up time)

    return {one.name: xl_rowcol_to_cell(row, place, col_abs=True) for place, one in enumerate(sheet.columns)}
