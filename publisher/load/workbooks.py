"""Excel and ODS files -> numbered rows of text. Does not know what the headings mean.

First the file is looked through by hand, because what reads the values keeps silent about errors, hidden
rows and merged cells, and would make room for every cell up to the farthest one.
"""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from publisher.load.grid import Grid, NumberedRow, UnreadableTableError, Wanted, clean
from publisher.load.workbook_layout import Layout, far_cell, faults
from publisher.load.workbook_ods import ods_layouts
from publisher.load.workbook_package import opened
from publisher.load.workbook_xls import xls_layouts, xls_values
from publisher.load.workbook_xlsx import xlsx_layouts
from publisher.problems import Place, Report, problem, warning

_DIGITS = 15
"""Significant digits of a number in Excel; what a file holds beyond them nobody has typed."""


def read_workbook(data: bytes, path: Path, place: Place, report: Report, wanted: Wanted) -> Grid | None:
    """The rows, not wholly empty, of the sheet that counts; None where that one is in doubt, and reported."""
    layouts = _layouts(data, path.suffix.lower())
    far = [far_cell(place.path, layout) for layout in layouts if not layout.sane]
    for fault in far:
        report(fault)
    layout = _chosen(layouts, wanted, place, report)
    if not layout or far:
        return None
    for fault in faults(place.path, layout):
        report(fault)
    rows = [
        NumberedRow(number, cells, number in layout.spoiled)
        for number, values in enumerate(_values(data, layout.name, path.suffix.lower()), 1)
        if any(cells := [as_text(value) for value in values]) or number in layout.spoiled
    ]
    return Grid(Place(place.path, layout.name), rows, workbook=True)


def _layouts(data: bytes, suffix: str) -> list[Layout]:
    if suffix == ".xls":
        return xls_layouts(data)
    with opened(data) as package:
        return xlsx_layouts(package) if suffix == ".xlsx" else ods_layouts(package)


def _chosen(layouts: list[Layout], wanted: Wanted, place: Place, report: Report) -> Layout | None:
    """The sheet with the wanted name; else the only one that holds something.

    Where none has the name, what a hidden sheet holds is a fault: nobody would see it was left out. Beside
    the wanted sheet a visible one that nobody reads is told, so that nothing is left out in silence.
    """
    filled = [layout for layout in layouts if layout.bottom]
    for layout in filled:
        if layout.visible and wanted.is_wanted(layout.name):
            if not wanted.optional:  # else it is told with the first table of the workbook
                _tell_unread(filled, layout, wanted, place, report)
            return layout
    filled = [one for one in filled if wanted.is_wanted(one.name) or not (wanted.optional or wanted.is_known(one.name))]
    if not filled and not wanted.optional:
        raise UnreadableTableError("table-empty")
    for layout in filled:
        if not layout.visible:
            report(problem("table-hidden-sheet", Place(place.path, layout.name), layout.name))
    seen = [layout for layout in filled if layout.visible]
    if len(seen) > 1:
        names = ", ".join(layout.name for layout in seen)
        report(problem("table-several-sheets", place, names, stem=min(wanted.names, key=len)))
    return seen[0] if len(seen) == 1 else None


def _tell_unread(layouts: list[Layout], chosen: Layout, wanted: Wanted, place: Place, report: Report) -> None:
    for other in layouts:
        if other.visible and not wanted.is_known(other.name):
            report(warning("table-sheet-unread", Place(place.path, other.name), other.name, read=chosen.name))


def _values(data: bytes, sheet: str, suffix: str) -> list[list[object]]:
    """From cell A1 on."""
    if suffix == ".xls":
        return xls_values(data, sheet)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (start-up time)

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError:
        raise UnreadableTableError("table-damaged") from None
    return [list(row) for row in rows]


def as_text(value: object) -> str:
    """A cell as text: 12, 0.1, 2024-09-30, 2024-09-30 09:30, 09:30, yes, no; a text is left as it is."""
    match value:
        case bool():
            text = "yes" if value else "no"
        case int() | float():
            text = _number(value)
        case dt.datetime():
            text = _moment(value)
        case dt.time():
            text = _moment(dt.datetime.combine(dt.date.min, value)).partition(" ")[2] or "00:00"
        case dt.timedelta():
            text = _duration(value)
        case _:
            text = clean(str(value))
    return text


def _number(value: float) -> str:
    """Without exponent and without needless zeros."""
    text = format(Decimal(format(value, f".{_DIGITS}g")), "f") if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: dt.datetime) -> str:
    """To the second: a time of day is a fraction of a day in the file, never quite exact."""
    if value.year < dt.MAXYEAR:
        value += dt.timedelta(milliseconds=500)
    value = value.replace(microsecond=0, tzinfo=None)
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _duration(value: dt.timedelta) -> str:
    """Hours and minutes as Excel's [h]:mm, with seconds where there are some."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours:02d}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
