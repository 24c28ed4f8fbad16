"""Excel and ODS files -> numbered rows of text. Does not know what the headings mean.

The files are read by hand, because what reads their values elsewhere keeps silent about errors, hidden rows,
merged cells and number formats, and would make room for every cell up to the farthest one.
"""

from publisher.load.grid import Grid, Opened, UnreadableTableError, Wanted
from publisher.load.workbook_layout import Layout, far_cell, faults
from publisher.load.workbook_ods import ods_layouts
from publisher.load.workbook_package import opened
from publisher.load.workbook_xls import xls_layouts
from publisher.load.workbook_xlsx import xlsx_layouts
from publisher.problems import Place, Report, problem, warning
from publisher.words import LANGUAGES, words_of

_UNREAD = frozenset(words_of(language)("form.told") for language in LANGUAGES)
"""The column of our forms that says what is wrong in a row, with formulas that hold nothing."""


def read_workbook(data: bytes, kind: str, place: Place, report: Report, wanted: Wanted, opened: Opened) -> Grid | None:
    """The rows, not wholly empty, of the sheet that counts; None where that one is in doubt, and reported."""
    layouts = opened.get(place.path) or layouts_of(data, kind)
    if wanted.beside:
        opened[place.path] = layouts
    far = [far_cell(place.path, layout) for layout in layouts if not layout.sane]
    for fault in far:
        report(fault)
    layout = _chosen(layouts, wanted, place, report)
    if not layout or far:
        return None
    for fault in faults(place.path, layout):
        report(fault)
    return Grid(Place(place.path, layout.name), layout.rows(), workbook=True)


def filled_sheets(data: bytes, kind: str, shown: str, opened: Opened) -> tuple[str, ...]:
    """Their names, hidden ones included; the workbook is kept for those who read its sheets."""
    if shown not in opened:
        opened[shown] = layouts_of(data, kind)
    return tuple(layout.name for layout in opened[shown] if layout.bottom)


def layouts_of(data: bytes, kind: str) -> list[Layout]:
    """Every sheet as it was found."""
    found = _layouts(data, kind)
    for layout in found:
        layout.leave_out(_UNREAD)
    return found


def _layouts(data: bytes, kind: str) -> list[Layout]:
    if kind == ".xls":
        return xls_layouts(data)
    with opened(data) as package:
        return xlsx_layouts(package) if kind == ".xlsx" else ods_layouts(package)


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
        if not other.visible or wanted.is_known(other.name):
            continue
        if wanted.ours:
            report(problem("form-sheet-unknown", Place(place.path, other.name), other.name))
        else:
            report(warning("table-sheet-unread", Place(place.path, other.name), other.name, read=chosen.name))
