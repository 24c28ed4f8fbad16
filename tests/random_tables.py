"""Tables written from facts that are known, and then damaged by chance: what must be read, and what must be told.

`HARMLESS` are ways in which honest programs and people write the same table; `HARMFUL` ones change or hide a fact.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isfinite
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

HEAD = ["company", "n", "score", "share", "day", "note"]
NOTES = ("水压低，已修", "停水 3 小时", "换表\n后正常", '他说"好"', "a,b;c", "㐀𠀀", "", "0012", "café")
Grid = list[list[str]]
Fact = dict[str, str]


@dataclass
class Case:
    """One table on its way to a file."""

    chance: Random
    facts: list[Fact]
    """Each row as it must be read, in plain forms."""
    grid: Grid
    """As text, the headings first."""
    harm: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    file: str = "scores.csv"
    data: bytes = b""

    def row(self) -> list[str]:
        return self.chance.choice(self.grid[1 : len(self.facts) + 1])

    def at(self, name: str) -> int:
        """Where the column stands; where it stood at first, if it has no such heading any more."""
        heads = [one.strip().lower() for one in self.grid[0]]
        return heads.index(name) if name in heads else HEAD.index(name)


def facts_of(chance: Random) -> list[Fact]:
    found = []
    for number in range(chance.randint(1, 7)):
        day = date(2024, 1, 1) + timedelta(chance.randint(0, 900))
        found.append(
            {
                "company": f"{chance.choice(('gas', 'water', 'heat'))}-{number}",
                "n": str(chance.choice((0, 7, 12, 100, 1234, 99999))),
                "score": chance.choice(("85.5", "0", "100", "3.25", "0.1", "99.99")),
                "share": chance.choice(("0.4", "0", "1", "0.125", "0.05")),
                "day": day.isoformat(),
                "note": chance.choice(NOTES),
            }
        )
    return found


# Of any table, as text ----------------------------------------------------------------------------------------------


def _put(name: str, *values: str) -> Callable[[Case], None]:
    def change(case: Case) -> None:
        case.row()[case.at(name)] = case.chance.choice(values)

    return change


def _insert(*cells: str, at: int | None = None) -> Callable[[Case], None]:
    def change(case: Case) -> None:
        case.grid.insert(len(case.grid) if at is None else at, [*cells, *[""] * (len(case.grid[0]) - len(cells))])

    return change


def reordered(case: Case) -> None:
    order = list(range(len(case.grid[0])))
    case.chance.shuffle(order)
    case.grid[:] = [[row[place] for place in order] for row in case.grid]


def in_chinese(case: Case) -> None:
    case.grid[0][case.at("company")] = case.chance.choice(("企业", " 企 业", "企業"[:1] + "业"))


def loud(case: Case) -> None:
    case.grid[0] = [f" {one.upper()} " if one.isascii() else one for one in case.grid[0]]


def blank_rows(case: Case) -> None:
    case.grid.insert(case.chance.randint(1, len(case.grid)), [""] * len(case.grid[0]))


def blank_columns(case: Case) -> None:
    case.grid[:] = [[*row, "", ""] for row in case.grid]


def padded(case: Case) -> None:
    for row in case.grid[1:]:
        row[:] = [f"  {one}\u3000" if one else one for one in row]


def other_days(case: Case) -> None:
    where = case.at("day")
    for row in case.grid[1:]:
        if row[where].count("-") == 2:
            year, month, day = row[where].strip().split("-")
            row[where] = case.chance.choice((f"{year}/{int(month)}/{int(day)}", f"{year}年{int(month)}月{int(day)}日"))


def other_shares(case: Case) -> None:
    forms = {"0.4": ("40%", "2/5", "40.0 %"), "0.125": ("12.5%", "1/8"), "1": ("100%", "1.0")}
    for row in case.grid[1:]:
        row[:] = [
            case.chance.choice(forms[one]) if place == case.at("share") and one in forms else one
            for place, one in enumerate(row)
        ]


def doubled_column(case: Case) -> None:
    place = case.chance.randrange(len(case.grid[0]))
    case.grid[:] = [[*row, row[place] if number == 0 else "7"] for number, row in enumerate(case.grid)]


def stray_cell(case: Case) -> None:
    case.grid[:] = [[*row, ""] for row in case.grid]
    case.row()[-1] = "备注见附件"


HARMLESS = {
    one.__name__: one
    for one in (reordered, in_chinese, loud, blank_rows, blank_columns, padded, other_days, other_shares)
}
HARMFUL: dict[str, Callable[[Case], None]] = {
    "unknown heading": lambda case: case.grid[0].__setitem__(
        case.at("n"), case.chance.choice(("份数", "nn", "n（份）", "?"))
    ),
    "heading left out": lambda case: case.grid[0].__setitem__(case.at("score"), ""),
    "doubled column": doubled_column,
    "stray cell": stray_cell,
    "title above": _insert("2024年第三季度评价结果", at=0),
    "two rows of headings": _insert("企业", "票数", at=0),
    "headings again": lambda case: case.grid.append(list(case.grid[0])),
    "note below": _insert("注：不含新开户用户。"),
    "total below": _insert("合计", "1234"),
    "thousands": _put("n", "1,234", "12，345", "1 234"),
    "wide digits": _put("n", "１２", "1２"),
    "wide score": _put("score", "８５．５", "85．5"),
    "not finite": _put("score", "1e309", "NaN", "Infinity", "-inf", "1E5", "#DIV/0!", "#N/A"),
    "lost digits": _put("note", "1.23457E+17", "1E+05"),
    "percent of a count": _put("n", "12%", "12份", "12.5", "-3", "一百"),
    "score with a unit": _put("score", "85分", "85%", "1/2", "85,5"),
    "share beyond one": _put("share", "140%", "-0.1", "1/0", "四成", "40%%"),
    "no such day": _put("day", "2024/9/31", "2023-02-29", "2024-13-01", "0000-01-01"),
    "serial day": _put("day", "45538", "45538.5", "9/3/24", "3-Sep-24", "24/9/3", "20240903"),
    "unseen sign in an id": _put("company", "gas\u200b-1", "gas-1\u202e", "gas\u00ad-1"),
    "no id": _put("company", "GAS-1", "gas 1", "燃气", "../x", "con", "gas_", "ｇａｓ"),
    "id left out": _put("company", ""),
    "lost sign": _put("note", "水\ufffd低", "a\ufffd"),
    "unseen sign": _put("note", "水\u200b压", "\ue000"),
}


# CSV ---------------------------------------------------------------------------------------------------------------


def as_csv(case: Case, way: str) -> None:
    """`way` is one of CSV_WAYS."""
    end = {"CR only": "\r", "CR LF": "\r\n"}.get(way, "\n")
    sign = {"semicolons": ";", "tabs": "\t", "bars": "|"}.get(way, ",")
    out = io.StringIO(newline="")
    every = csv.QUOTE_ALL if way in {"all quoted", "CR only"} else csv.QUOTE_MINIMAL
    writer = csv.writer(out, lineterminator=end, delimiter=sign, quoting=every)
    writer.writerows(case.grid)
    text = out.getvalue()
    if way == "open quote":
        text = text.rstrip("\r\n") + '\ngas-9,1,1,0.5,2024-01-01,"好\n'
    encoding = {
        "GBK": "gb18030",
        "UTF-16": "utf-16",
        "UTF-16 without a mark": "utf-16-le",
        "UTF-8 with a mark": "utf-8-sig",
    }
    data = text.encode(encoding.get(way, "utf-8"), "surrogatepass")
    match way:
        case "three marks":
            data = b"\xef\xbb\xbf" * 3 + data
        case "half a sign":
            data = data.rstrip(b"\r\n") + "好".encode()[:2]
        case "two encodings":
            data = (
                data
                + "gas-8,1,1,0.5,2024-01-01,水压低\n".encode("gb18030")
                + "gas-9,1,1,0.5,2024-01-01,好的呢\n".encode() * 3
            )
        case "NUL":
            data = data.replace(b"\n", b"\0\n", 1)
        case "named .xlsx":
            case.file = "scores.xlsx"
        case "web page named .xls":
            case.file, data = "scores.xls", b"<html><table><tr><td>" + data + b"</td></tr></table></html>"
    case.data = data


CSV_WAYS = {
    **dict.fromkeys(("plain", "CR only", "CR LF", "semicolons", "tabs", "bars", "all quoted"), False),
    **dict.fromkeys(("GBK", "UTF-16", "UTF-8 with a mark", "three marks"), False),
    **dict.fromkeys(("UTF-16 without a mark", "open quote", "half a sign", "two encodings", "NUL"), True),
    **dict.fromkeys(("named .xlsx", "web page named .xls"), True),
}
"""Way -> whether it must be told."""


# Excel -------------------------------------------------------------------------------------------------------------

KINDS = {"n": int, "score": float, "share": float}


def as_xlsx(case: Case, way: str) -> None:
    book = openpyxl.Workbook()
    if way == "dates since 1904":
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "scores"
    for number, row in enumerate(case.grid, 1):
        for column, text in enumerate(row, 1):
            if text:
                _typed(sheet.cell(number, column), case.grid[0][column - 1].strip().lower(), text, number, way)
    WORKBOOK.get(way, lambda *_: None)(case, sheet, book)
    out = io.BytesIO()
    book.save(out)
    case.file, case.data = "scores.xlsm" if way == "named .xlsm" else "scores.xlsx", out.getvalue()
    if way in PACKAGE:
        case.data = PACKAGE[way](case, case.data)


def _typed(cell, name: str, text: str, number: int, way: str) -> None:
    """As Excel itself would hold it, unless numbers are to be texts."""
    cell.value = text
    cell.data_type = "s"
    if number == 1 or way == "numbers as texts":
        return
    plain = text.strip()
    try:
        if name in KINDS:
            value = KINDS[name](plain)
            if isfinite(value) and str(value) in {plain, f"{plain}.0"}:
                cell.value = value
        elif name == "day" and "-" in plain:
            cell.value = date.fromisoformat(plain)
            cell.number_format = "yyyy/m/d"
    except ValueError:
        return


def _hidden_row(case: Case, sheet, _book) -> None:
    sheet.row_dimensions[case.chance.randint(2, len(case.facts) + 1)].hidden = True


def _hidden_column(_case: Case, sheet, _book) -> None:
    sheet.column_dimensions["B"].hidden = True


def _merged(case: Case, sheet, _book) -> None:
    sheet.merge_cells(start_row=2, end_row=3, start_column=1, end_column=1)


def _formula(case: Case, sheet, _book) -> None:
    sheet.cell(2, case.at("n") + 1).value = "=6*2"


def _error(case: Case, sheet, _book) -> None:
    cell = sheet.cell(2, case.at("score") + 1)
    cell.value, cell.data_type = case.chance.choice(("#DIV/0!", "#N/A", "#REF!")), "e"


def _rounded(case: Case, sheet, _book) -> None:
    cell = sheet.cell(2, case.at("score") + 1)
    cell.value, cell.number_format = 85.349, case.chance.choice(("0", "0.0", '0"分"', "0,"))


def _rich(case: Case, sheet, _book) -> None:
    cell = sheet.cell(2, case.at("note") + 1)
    text = cell.value or "好"
    if cell.value:
        cell.value = CellRichText(TextBlock(InlineFont(b=True), text[:1]), text[1:])


def _more_sheets(case: Case, _sheet, book) -> None:
    book.create_sheet("说明").cell(1, 1).value = "填表说明"


WORKBOOK: dict[str, Callable] = {
    "hidden row": _hidden_row,
    "hidden column": _hidden_column,
    "merged cells": _merged,
    "formula never calculated": _formula,
    "error": _error,
    "shown rounded": _rounded,
    "rich text": _rich,
    "a second sheet": _more_sheets,
}


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _of_part(part: str, old: bytes, new: bytes) -> Callable[[Case, bytes], bytes]:
    return lambda _, data: repacked(data, lambda name, text: text.replace(old, new) if name == part else text)


def _cut(case: Case, data: bytes) -> bytes:
    return data[: len(data) * case.chance.randint(1, 9) // 10]


PACKAGE = {
    "cut": _cut,
    "wrong shared texts": _of_part(SHEET, b't="inlineStr"><is><t>company</t></is>', b't="s"><v>9999</v>'),
    "read aloud": _of_part(SHEET, b"</t></is>", b'</t><rPh sb="0" eb="1"><t>yomi</t></rPh></is>'),
    "locked": lambda _, __: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le"),
}
XLSX_WAYS = {
    **dict.fromkeys(
        ("plain", "numbers as texts", "dates since 1904", "rich text", "a second sheet", "read aloud"), False
    ),
    **dict.fromkeys(("named .xlsm",), False),
    **dict.fromkeys(("hidden row", "hidden column", "merged cells", "formula never calculated", "error"), True),
    **dict.fromkeys(("shown rounded", "cut", "wrong shared texts", "locked"), True),
}


# ODS ---------------------------------------------------------------------------------------------------------------

ODS = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="scores">{}'
    "</table:table></office:document-content>"
)
BLANK = '<table:table-cell table:number-columns-repeated="1000"/>'


def as_ods(case: Case, way: str) -> None:
    rows = ["".join(_ods_cell(text) for text in row) for row in case.grid]
    if way == "blanks repeated":
        rows = [row + BLANK for row in rows]
    out = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    if way == "blanks repeated":
        out += f'<table:table-row table:number-rows-repeated="1048000">{BLANK}</table:table-row>'
    if way == "filtered row":
        out = out[::-1].replace("<table:table-row>"[::-1], '<table:table-row table:visibility="filter">'[::-1], 1)[::-1]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("META-INF/manifest.xml", "<m/>")
        package.writestr("content.xml", ODS.format(out))
    case.file, case.data = "scores.ods", made.getvalue()
    if way == "cut":
        case.data = _cut(case, case.data)


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(one)}</text:p>" for one in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


ODS_WAYS = {"plain": False, "blanks repeated": False, "filtered row": True, "cut": True}


# Excel of 1995 and 1997: a stream of records -----------------------------------------------------------------------


def record(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def as_xls(case: Case, way: str) -> None:
    new = way != "Excel 95" or any(not _is_gbk(text) for row in case.grid for text in row)
    version = 0x600 if new else 0x500
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0), b"\1\0A" if new else b"\1A")
    style = record(0xE0, struct.pack("<HHH", 0, 0, 0), bytes(14 if new else 10))
    head = record(0x809, struct.pack("<HHHH", version, 5, 0, 0), bytes(8 if new else 0))
    head += record(0x42, struct.pack("<H", 1200 if new else 936)) + font * 5 + style * 16
    name = b"\x06\0scores" if new else b"\x06scores"
    body = record(0x809, struct.pack("<HHHH", version, 0x10, 0, 0), bytes(8 if new else 0))
    for row, cells in enumerate(case.grid):
        if way == "hidden row" and row == 1:
            body += record(0x208, struct.pack("<HHHHHHHH", row, 0, 9, 255, 0, 0, 0x20, 0))
        for column, text in enumerate(cells):
            if text:
                body += _label(row, column, text, new=new)
    if way == "error":
        body += record(0x205, struct.pack("<HHHBB", 1, case.at("score"), 0, 7, 1))
    body += record(0x0A)
    bound = record(0x85, struct.pack("<IH", 0, 0), name)
    start = len(head) + len(bound) + 4
    stream = head + record(0x85, struct.pack("<IH", start, 0), name) + record(0x0A) + body
    case.file, case.data = "scores.xls", compound(stream, "Workbook" if new else "Book")
    if way == "cut":
        case.data = case.data[: 512 * case.chance.randint(1, 5)]


def _is_gbk(text: str) -> bool:
    return text.encode("gbk", "replace").decode("gbk") == text


def _label(row: int, column: int, text: str, *, new: bool) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if new:
        wide = text.encode("utf-16-le", "surrogatepass")
        return record(0x204, place, struct.pack("<HB", len(wide) // 2, 1), wide)
    narrow = text.encode("gbk")
    return record(0x204, place, struct.pack("<H", len(narrow)), narrow)


def compound(stream: bytes, name: str) -> bytes:
    """A compound file of one stream: header, table of sectors, directory, stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    chain = [table, end, *range(3, 2 + sectors), end]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    entries = b""
    for title, kind, child, first, size in (("Root Entry", 5, 1, end, 0), (name, 2, free, 2, len(stream))):
        wide = (title + "\0").encode("utf-16-le")
        entries += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, free, free, child) + bytes(36)
        entries += struct.pack("<III", first, size, 0)
    return head + fat + entries.ljust(512, b"\0") + stream


XLS_WAYS = {"Excel 97": False, "Excel 95": False, "hidden row": True, "error": True, "cut": True}

FORMATS = {
    "csv": (as_csv, CSV_WAYS),
    "xlsx": (as_xlsx, XLSX_WAYS),
    "ods": (as_ods, ODS_WAYS),
    "xls": (as_xls, XLS_WAYS),
}


def cases(form: str, many: int, seed: int) -> list[Case]:
    """`many` tables of a format: one third with harm, one third written in another way only, each way at least once."""
    write, ways = FORMATS[form]
    found = []
    for number in range(many):
        chance = Random(f"{form} {number} {seed}")  # noqa: S311  (no secret)
        facts = facts_of(chance)
        case = Case(chance, facts, [HEAD, *([one[name] for name in HEAD] for one in facts)])
        case.grid = [list(row) for row in case.grid]
        way = list(ways)[number] if number < len(ways) else chance.choice(list(ways))
        if not ways[way] and chance.random() < 0.5:
            case.harm.append(chance.choice(list(HARMFUL)))
            HARMFUL[case.harm[0]](case)
        else:
            case.done = chance.sample(list(HARMLESS), chance.randint(0, 3)) if not ways[way] else []
            for one in sorted(case.done, key=list(HARMLESS).index, reverse=True):
                HARMLESS[one](case)
        case.done.append(way)
        case.harm += [way] if ways[way] else []
        write(case, way)
        found.append(case)
    return found
