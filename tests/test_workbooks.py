"""Excel and ODS files: cells become text exactly, and what one does not see in Excel is told."""

# ruff: noqa: DTZ001, S311  (cells have no time zone; chance is seeded)
import datetime as dt
import io
import random
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import office, style, table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from publisher.load import limits
from publisher.load.tables import Row, read_table
from publisher.load.workbook_cells import of_iso, of_number
from publisher.load.workbook_formats import format_of
from publisher.load.workbook_layout import Layout, runs
from publisher.problems import Problem
from publisher.words import words_of

HEADINGS = {name: name for name in ("企业", "指标", "得分", "日期", "说明")}
XLS = Path(__file__).parent / "data" / "xls"


def read(path: Path) -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    return read_table(path, "results/scores", HEADINGS, problems.append), problems


def cells(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in rows]


def seen(problems: list[Problem]) -> list[tuple[str, str, int, str, str]]:
    """Code, sheet, row, cell and value; each problem is told once."""
    assert len(set(problems)) == len(problems)
    return [(p.code, p.place.sheet, p.place.line, p.place.cell, p.value) for p in problems]


def said(problem: Problem) -> str:
    values = {"value": problem.value, **dict(problem.details)}
    for language in ("en", "zh-Hans"):
        words = words_of(language)
        assert words(f"cure.{problem.code}", **values)
        sentence = words(f"problem.{problem.code}", **values)
    return sentence


def workbook(path: Path, *sheets: tuple[str, list[list[object]]], **options) -> Path:
    """An .xlsx file; the formula of a cell is written as a pair of formula and result."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    write(book, sheet, r, c, value)
            for key, change in options.items():
                if key == "change":
                    change(book, sheet)
    return path


def write(book, sheet, r: int, c: int, value: object) -> None:
    formats = {dt.date: "yyyy-mm-dd", dt.datetime: "yyyy-mm-dd hh:mm", dt.time: "hh:mm", dt.timedelta: "[h]:mm"}
    if type(value) in formats:
        sheet.write_datetime(r, c, value, book.add_format({"num_format": formats[type(value)]}))
    elif isinstance(value, tuple):
        sheet.write_formula(r, c, value[0], None, value[1])
    elif isinstance(value, str):
        sheet.write_string(r, c, value)
    elif value is not None:
        sheet.write(r, c, value)


def spreadsheet(path: Path, *tables: table.Table, styles: tuple[style.Style, ...] = ()) -> Path:
    document = OpenDocumentSpreadsheet()
    for one in styles:
        document.automaticstyles.addElement(one)
    for one in tables:
        document.spreadsheet.addElement(one)
    document.save(str(path))
    return path


def ods_cell(text: str = "", **attributes) -> table.TableCell:
    cell = table.TableCell(**({"valuetype": "string"} if text and not attributes else {}), **attributes)
    if text:
        cell.addElement(P(text=text))
    return cell


def ods_row(*contents: object, **attributes) -> table.TableRow:
    row = table.TableRow(**attributes)
    for one in contents:
        row.addElement(ods_cell(one) if isinstance(one, str) else one)
    return row


def ods_table(name: str, *rows: table.TableRow, **attributes) -> table.Table:
    sheet = table.Table(name=name, **attributes)
    for row in rows:
        sheet.addElement(row)
    return sheet


def changed(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """A copy of a workbook with one text of one part of it replaced."""
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w") as copy:
        for name in book.namelist():
            data = book.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            copy.writestr(name, data)
    return target


# What is read


def test_cells_become_text_exactly(tmp_path):
    values = [12.0, 0.1, 0.1 + 0.2, 1e14, 1e-7, -0.5, 1 / 3, 123456789012345, True, False, "00123", " 12.0 ", "=1"]
    path = workbook(tmp_path / "scores.xlsx", ("成绩", [["企业"], *[[value] for value in values]]))
    rows, problems = read(path)
    assert problems == []
    assert [row.cells["企业"] for row in rows] == [
        "12", "0.1", "0.3", "100000000000000", "0.0000001", "-0.5", "0.333333333333333",
        "123456789012345", "yes", "no", "00123", "12.0", "=1",
    ]  # fmt: skip


def test_dates_and_times_are_written_one_way(tmp_path):
    values = [
        dt.date(2024, 9, 30), dt.datetime(2024, 9, 30, 9, 30), dt.datetime(2024, 9, 30),
        dt.datetime(2024, 9, 30, 9, 30, 5), dt.time(9, 30), dt.timedelta(hours=26, minutes=30),
    ]  # fmt: skip
    rows, _ = read(workbook(tmp_path / "scores.xlsx", ("成绩", [["企业"], *[[value] for value in values]])))
    assert [row.cells["企业"] for row in rows] == [
        "2024-09-30", "2024-09-30 09:30", "2024-09-30", "2024-09-30 09:30:05", "09:30", "26:30",
    ]  # fmt: skip


def test_times_that_are_a_hair_off_are_rounded_to_the_second():
    moment, clock, span = (format_of(code) for code in ("yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm"))
    assert of_number("45565.39583333", moment).text == "2024-09-30 09:30"
    assert of_number("0", clock).text == "00:00"
    assert of_number(str(Decimal(-90) / 86400), span).text == "-00:01:30"
    assert of_number("2958465.9999999", moment).text == "9999-12-31 23:59:59"
    assert of_iso("9999-12-31T23:59:59.999").text == "9999-12-31 23:59:59"


@pytest.mark.parametrize("code", [14, 31, 57, 58])
def test_date_formats_of_chinese_excel_are_dates_if_they_show_all_of_it(tmp_path, code):
    def change(book, sheet):
        sheet.write_number(1, 0, 45565, book.add_format({"num_format": code}))

    rows, problems = read(workbook(tmp_path / "scores.xlsx", ("成绩", [["日期"]]), change=change))
    assert cells(rows) == ([] if code > 31 else [("2024-09-30",)])
    assert seen(problems) == ([("table-shown-otherwise", "成绩", 2, "A2", "2024-09-30")] if code > 31 else [])


@given(number=st.decimals(-(10**9), 10**9, places=4))
@settings(deadline=None)
def test_a_typed_number_comes_back_as_typed(number):
    assert Decimal(of_number(repr(float(number))).text) == number


def test_every_cell_knows_its_address_and_the_row_excel_shows(tmp_path):
    def change(_, sheet):
        for r, row in ((2, ("企业", "得分")), (5, ("甲", "7"))):
            sheet.write_row(r, 1, row)

    [row], problems = read(workbook(tmp_path / "scores.xlsx", ("成绩", []), change=change))
    assert problems == []
    assert (row.source.where.sheet, row.source.where.line, row.source.where.cell) == ("成绩", 6, "")
    place = row.source.place("得分")
    assert (place.sheet, place.line, place.column, place.cell) == ("成绩", 6, "得分", "C6")


def test_the_sheet_named_like_the_file_counts_and_those_in_sight_beside_it_are_told(tmp_path):
    sheets = [("说明", [["随便"]]), ("Scores", [["企业"], ["甲"]]), ("列表", [["x"]])]

    def change(_, sheet):
        if sheet.name == "列表":
            sheet.hide()

    rows, problems = read(workbook(tmp_path / "scores.xlsx", *sheets, change=change))
    assert cells(rows) == [("甲",)]
    assert [(one.code, one.value, one.warning) for one in problems] == [("table-sheet-unread", "说明", True)]


def test_empty_sheets_do_not_count(tmp_path):
    rows, problems = read(workbook(tmp_path / "scores.xlsx", ("a", []), ("b", [["企业"], ["甲"]]), ("c", [])))
    assert (cells(rows), problems) == ([("甲",)], [])


def test_formulas_with_a_stored_result_are_read(tmp_path):
    path = workbook(tmp_path / "scores.xlsx", ("成绩", [["企业", "得分"], ["甲", ("=40+2", 42)]]))
    assert (cells(read(path)[0]), read(path)[1]) == ([("甲", "42")], [])


def test_ods_is_read_like_excel_and_its_endless_empty_rows_do_no_harm(tmp_path):
    tail = [table.TableCell(numbercolumnsrepeated=16380)]
    sheet = ods_table(
        "成绩",
        ods_row("企业", "得分", "日期", "说明", *tail),
        ods_row(
            "00123",
            ods_cell("12,0", valuetype="float", value="12"),
            ods_cell("30.9.24", valuetype="date", datevalue="2024-09-30"),
            ods_cell("WAHR", valuetype="boolean", booleanvalue="true"),
        ),
        table.TableRow(numberrowsrepeated=3),
        ods_row("b"),
        ods_row(table.TableCell(numbercolumnsrepeated=16384), numberrowsrepeated=1048000),
    )
    rows, problems = read(spreadsheet(tmp_path / "scores.ods", sheet))
    assert problems == []
    assert cells(rows) == [("00123", "12", "2024-09-30", "yes"), ("b",)]
    assert [row.source.where.line for row in rows] == [2, 6]


def test_xls_is_read_like_xlsx():
    rows, problems = read(XLS / "clean.xls")
    assert problems == []
    assert cells(rows) == [
        ("00123", "yes", "12", "2024-09-30", "第一行\n第二行"),
        ("abc", "no", "0.1", "2024-09-30 09:30"),
        ("时间", "09:30", "36:00"),
    ]
    assert rows[1].source.place("得分").cell == "C4"


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffd"), min_size=1, max_size=8
).filter(lambda text: "E+" not in text)  # which Excel makes of a long number


@given(table=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_any_table_reads_back_as_written(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("t") / "scores.xlsx"
    rows, problems = read(workbook(path, ("成绩", [["企业", "指标", "说明"], *table])))
    assert (cells(rows), problems) == (table, [])


# What is told


def test_merged_cells_are_told_with_their_address(tmp_path):
    def change(_, sheet):
        sheet.merge_range("A2:A3", "甲")
        sheet.merge_range("A9:C9", "")

    path = workbook(tmp_path / "scores.xlsx", ("成绩", [["企业", "得分"], [None, 1], [None, 2]]), change=change)
    _, problems = read(path)
    assert seen(problems) == [("table-merged", "成绩", 2, "A2", "A2:A3")]
    assert said(problems[0]) == "单元格 A2:A3 是合并的。"


def test_hidden_rows_and_columns_that_hold_something_are_told(tmp_path):
    def change(_, sheet):
        for row in (2, 3, 8):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})

    rows = [["企业", "指标", "得分"], ["甲", "a", 1], ["乙", "a", 2], ["丙", "a", 3]]
    read_rows, problems = read(workbook(tmp_path / "scores.xlsx", ("成绩", rows), change=change))
    assert seen(problems) == [
        ("table-hidden-rows", "成绩", 3, "", "3-4"),
        ("table-hidden-columns", "成绩", 0, "B1", "B-C"),
    ]
    assert [said(problem) for problem in problems] == [
        "第 3-4 行是隐藏的，里面有内容。",
        "B-C 列是隐藏的，里面有内容。",
    ]
    assert len(read_rows) == 3


def test_hidden_rows_and_columns_that_hold_nothing_are_harmless(tmp_path):
    def change(_, sheet):
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})

    path = workbook(tmp_path / "scores.xlsx", ("成绩", [["企业", None, "得分"], [], ["甲", None, 1]]), change=change)
    assert (cells(read(path)[0]), read(path)[1]) == ([("甲", "1")], [])


def test_error_cells_are_told_and_their_rows_left_out(tmp_path):
    rows = [["企业", "得分"], ["甲", ("=1/0", "#DIV/0!")], ["乙", 2], ["丙", ("=1/0", "#DIV/0!")], [("=x", "#NAME?")]]
    read_rows, problems = read(workbook(tmp_path / "scores.xlsx", ("成绩", rows)))
    assert seen(problems) == [
        ("table-error-cell", "成绩", 2, "B2", "#DIV/0!"),
        ("table-error-cell", "成绩", 5, "A5", "#NAME?"),
    ]
    assert said(problems[0]) == "B2, B4 显示的是错误 #DIV/0!，不是数据。"
    assert cells(read_rows) == [("乙", "2")]


def test_formulas_never_calculated_are_told(tmp_path):
    path = tmp_path / "scores.xlsx"
    book = openpyxl.Workbook()
    for row in (["企业", "得分"], *[["甲", f"={n}+1"] for n in range(11)]):
        book.active.append(row)
    book.save(path)
    rows, problems = read(path)
    assert seen(problems) == [("table-formula-without-value", "Sheet", 2, "B2", "")]
    assert said(problems[0]) == ("B2, B3, B4, B5, B6, B7, B8, B9, B10, B11 … 里是公式，但文件里没有保存计算结果。")
    assert rows == []


def test_a_zero_of_a_program_that_calculates_nothing_is_no_result(tmp_path):
    path = workbook(tmp_path / "scores.xlsx", ("成绩", [["得分"], [("=1+1", 0)]]))
    assert seen(read(path)[1]) == [("table-formula-without-value", "成绩", 2, "A2", "")]
    saved = changed(path, tmp_path / "saved.xlsx", "xl/workbook.xml", 'fullCalcOnLoad="1"', "")
    assert (cells(read(saved)[0]), read(saved)[1]) == ([("0",)], [])


def test_several_sheets_are_told_and_what_hidden_ones_hold(tmp_path):
    def change(_, sheet):
        if sheet.name == "备用":
            sheet.very_hidden()

    path = workbook(
        tmp_path / "scores.xlsx", *[(n, [["企业"], ["甲"]]) for n in ("一月", "二月", "备用")], change=change
    )
    for one, stem in ((path, "scores"), (XLS / "sheets.xls", "sheets")):
        rows, problems = read(one)
        assert rows == []
        assert seen(problems) == [
            ("table-hidden-sheet", "备用", 0, "", "备用"),
            ("table-several-sheets", "", 0, "", "一月, 二月"),
        ]
        assert said(problems[0]) == "隐藏的工作表“备用”里有内容。"
        assert said(problems[1]) == "有几张工作表都填了内容：一月, 二月，不知道该读哪一张。"
        assert dict(problems[1].details)["stem"] == stem


@pytest.mark.parametrize(("row", "column", "last"), [(15_000, 0, "A15001"), (1, 400, "OK2"), (14_999, 399, "OJ15000")])
def test_a_cell_far_away_is_told_before_room_is_made_for_it(tmp_path, monkeypatch, row, column, last):
    monkeypatch.setattr(Layout, "rows", None)

    def change(_, sheet):
        sheet.write(row, column, " ")

    _, problems = read(workbook(tmp_path / "scores.xlsx", ("成绩", [["企业"]]), change=change))
    assert seen(problems) == [("table-far-cell", "成绩", 0, last, last)]
    assert said(problems[0]) == (f"有内容的单元格一直到 {last}，超出了允许的范围（最多 15000 行、400 列）。")


def test_an_ods_cell_repeated_without_end_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(Layout, "rows", None)
    sheet = ods_table(
        "成绩", ods_row(ods_cell("x", valuetype="string", numbercolumnsrepeated=16384), numberrowsrepeated=1048576)
    )
    assert seen(read(spreadsheet(tmp_path / "scores.ods", sheet))[1]) == [
        ("table-far-cell", "成绩", 0, "XFD1048576", "XFD1048576")
    ]


def test_what_ods_hides_merges_and_miscalculates_is_told(tmp_path):
    hidden = style.Style(name="ta2", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    sheet = table.Table(name="成绩")
    sheet.addElement(table.TableColumn())
    sheet.addElement(table.TableColumn(visibility="collapse", numbercolumnsrepeated=2))
    note = ods_cell("3", valuetype="float", value="3")
    note.addElement(office.Annotation())
    note.childNodes[-1].addElement(P(text="#DIV/0!"))
    for row in (
        ods_row("企业", "指标", "得分"),
        ods_row(ods_cell("甲", valuetype="string", numberrowsspanned=2, numbercolumnsspanned=1), "a", note),
        ods_row(
            table.CoveredTableCell(), "b", ods_cell("#DIV/0!", formula="of:=1/0", valuetype="string", stringvalue="")
        ),
        ods_row("乙", "c", ods_cell(formula="of:=1+1"), visibility="filter"),
    ):
        sheet.addElement(row)
    other = ods_table("备用", ods_row("x"), stylename=hidden)
    rows, problems = read(spreadsheet(tmp_path / "scores.ods", sheet, other, styles=(hidden,)))
    assert seen(problems) == [
        ("table-hidden-sheet", "备用", 0, "", "备用"),
        ("table-merged", "成绩", 2, "A2", "A2:A3"),
        ("table-hidden-rows", "成绩", 4, "", "4"),
        ("table-hidden-columns", "成绩", 0, "B1", "B-C"),
        ("table-error-cell", "成绩", 3, "C3", "#DIV/0!"),
        ("table-formula-without-value", "成绩", 4, "C4", ""),
    ]
    assert cells(rows) == [("甲", "a", "3")]


def test_what_xls_hides_merges_and_miscalculates_is_told():
    rows, problems = read(XLS / "faults.xls")
    assert seen(problems) == [
        ("table-merged", "成绩", 2, "A2", "A2:A3"),
        ("table-hidden-rows", "成绩", 3, "", "3"),
        ("table-hidden-columns", "成绩", 0, "B1", "B"),
        ("table-error-cell", "成绩", 3, "C3", "#DIV/0!"),
    ]
    assert cells(rows) == [("甲", "a", "1")]


def test_faults_of_headings_name_the_cell(tmp_path):
    path = workbook(
        tmp_path / "scores.xlsx", ("成绩", [["企业", "天气", None], ["甲", "晴", "x"], ["水\u200b", "", ""]])
    )
    assert seen(read(path)[1]) == [
        ("table-unseen-character", "成绩", 3, "A3", "U+200B"),
        ("table-unknown-heading", "成绩", 1, "B1", "天气"),
        ("table-cell-without-heading", "成绩", 2, "C2", "x"),
    ]


# Files that are not what they say


def clean(tmp_path: Path) -> Path:
    return workbook(tmp_path / "clean.xlsx", ("成绩", [["企业"], ["甲"]]))


def renamed(source: Path, suffix: str, data: bytes | None = None) -> list[tuple[str, str]]:
    path = source.parent / f"renamed{suffix}"
    path.write_bytes(source.read_bytes() if data is None else data)
    rows, problems = read(path)
    assert rows == []
    assert [said(problem) for problem in problems]
    return [(problem.code, problem.value) for problem in problems]


@pytest.mark.parametrize("suffix", [".csv", ".xls", ".ods"])
def test_a_renamed_workbook_is_told_with_its_real_kind(tmp_path, suffix):
    assert renamed(clean(tmp_path), suffix) == [("table-wrong-suffix", ".xlsx")]


def test_files_renamed_to_xlsx_are_told(tmp_path):
    source = clean(tmp_path)
    assert renamed(source, ".xlsx", "企业,得分\n".encode()) == [("table-wrong-suffix", ".csv")]
    assert renamed(source, ".xlsx", (XLS / "clean.xls").read_bytes()) == [("table-wrong-suffix", ".xls")]
    assert renamed(source, ".xls", b"<html><body><table>") == [("table-markup", "")]
    assert renamed(source, ".xls", b'<?xml version="1.0"?><Workbook>') == [("table-markup", "")]
    assert renamed(source, ".xlsx", b"") == [("table-empty", "")]
    _, problems = read(source.parent / "renamed.xlsx")
    assert said(problems[0]) == "表格是空的，连标题行也没有。"


def test_the_wrong_suffix_is_told_in_plain_words(tmp_path):
    path = tmp_path / "scores.xlsx"
    path.write_text("企业,得分\n", "utf-8")
    assert said(read(path)[1][0]) == "文件名以 .xlsx 结尾，里面却是 .csv 格式的内容。"


def test_a_truncated_workbook_is_told(tmp_path):
    source = clean(tmp_path)
    data = source.read_bytes()
    for length in (30, len(data) // 2, len(data) - 1):
        assert renamed(source, ".xlsx", data[:length]) == [("table-damaged", "")]
    path = tmp_path / "renamed.xlsx"
    assert said(read(path)[1][0]) == "文件已损坏或不完整，读不出来。"


def test_an_encrypted_workbook_is_told(tmp_path):
    source = clean(tmp_path)
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le")
    assert renamed(source, ".xlsx", compound) == [("table-encrypted", "")]
    # The record WRITEACCESS (0x5C) becomes FILEPASS (0x2F), which stands there in a file with a password.
    locked = (XLS / "clean.xls").read_bytes().replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00")
    assert renamed(source, ".xls", locked) == [("table-encrypted", "")]
    ods = spreadsheet(tmp_path / "a.ods", ods_table("成绩", ods_row("企业")))
    closed = changed(
        ods,
        tmp_path / "b.ods",
        "META-INF/manifest.xml",
        "</manifest:manifest>",
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    )
    assert seen(read(closed)[1]) == [("table-encrypted", "", 0, "", "")]
    assert said(read(closed)[1][0]) == "文件设了打开密码，读不出来。"


def test_other_files_in_a_container_are_no_tables(tmp_path):
    source = clean(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert renamed(source, ".xlsx", packed.getvalue()) == [("table-not-a-table", "")]
    assert renamed(source, ".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == [("table-not-a-table", "")]


def test_a_workbook_that_unpacks_without_end_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("publisher.load.workbook_package.MAX_UNPACKED", 50_000)
    source = clean(tmp_path)
    assert read(source)[1] == []
    bomb = io.BytesIO(source.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(100_000))
    assert renamed(source, ".xlsx", bomb.getvalue()) == [("table-too-large", "")]
    # The directory of the archive says 10 bytes; 100,000 come out.
    lie = bomb.getvalue().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert renamed(source, ".xlsx", lie) == [("table-too-large", "")]


def test_the_size_that_is_too_large_is_said_in_megabytes():
    words = words_of("zh-Hans")
    limit = limits.MAX_UNPACKED // limits.MEGABYTE
    assert words("problem.table-too-large", value="", limit=limit) == "文件太大：本身或解压以后超过 200 MB。"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(tmp_path, part):
    bomb = '?>\n<!DOCTYPE a [<!ENTITY b "bb">]>'
    path = changed(clean(tmp_path), tmp_path / "a.xlsx", part, "?>\n", bomb)
    assert seen(read(path)[1]) == [("table-damaged", "", 0, "", "")]


def test_a_count_that_is_a_lie_does_no_harm(tmp_path):
    path = changed(
        clean(tmp_path), tmp_path / "a.xlsx", "xl/sharedStrings.xml", 'uniqueCount="2"', f'uniqueCount="{10**14}"'
    )
    assert (cells(read(path)[0]), read(path)[1]) == ([("甲",)], [])


def test_no_damage_whatever_brings_reading_down(tmp_path):
    chance = random.Random(1)
    ods = spreadsheet(tmp_path / "a.ods", ods_table("成绩", ods_row("企业"), ods_row("甲")))
    for source in (clean(tmp_path), XLS / "clean.xls", XLS / "faults.xls", ods):
        for number in range(150):
            data = bytearray(source.read_bytes())
            for _ in range(chance.choice([1, 3, 30])):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path = tmp_path / f"scores{source.suffix}"
            path.write_bytes(data[: chance.randrange(len(data))] if number % 5 == 0 else data)
            read(path)


def test_no_damage_within_the_xml_brings_reading_down(tmp_path):
    chance = random.Random(2)
    source = workbook(tmp_path / "clean.xlsx", ("成绩", [["企业", "得分"], ["甲", ("=1+1", 2)], ["乙", 0.5]]))
    with zipfile.ZipFile(source) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for _ in range(300):
        name = chance.choice([name for name in parts if name.startswith("xl/")])
        data = bytearray(parts[name])
        data[chance.randrange(len(data))] = chance.choice(b'09"<>/ aA-')
        with zipfile.ZipFile(tmp_path / "scores.xlsx", "w") as book:
            for other, whole in parts.items():
                book.writestr(other, bytes(data) if other == name else whole)
        read(tmp_path / "scores.xlsx")


def test_a_container_whose_folders_lie_within_themselves_is_told(tmp_path):
    """Found by fuzzing: the entry below the root of the directory is its own left neighbour (MS-CFB, 2.6.1)."""
    data = bytearray((XLS / "clean.xls").read_bytes())
    directory = 512 * (1 + int.from_bytes(data[48:52], "little"))
    child = int.from_bytes(data[directory + 76 : directory + 80], "little")
    entry = directory + 128 * child
    data[entry + 68 : entry + 72] = child.to_bytes(4, "little")
    path = tmp_path / "scores.xls"
    path.write_bytes(data)
    assert seen(read(path)[1]) == [("table-damaged", "", 0, "", "")]


CELLS = (
    st.none() | TEXT | st.integers(-(10**9), 10**9) | st.booleans() | st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))
)


@given(table=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_another_reader_finds_the_same_cells(tmp_path_factory, table):
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    path = workbook(tmp_path_factory.mktemp("t") / "scores.xlsx", ("成绩", [list(HEADINGS), *table]))
    values = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    expected = {number: cells for number, row in enumerate(values, 2) if any(cells := list(map(plain, row)))}
    rows, _ = read(path)
    assert {row.source.where.line: [row.cells.get(name, "") for name in HEADINGS] for row in rows} == expected


def plain(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) else str(value).strip()


def test_runs_of_numbers_are_drawn_together():
    assert runs([7, 2, 3, 4, 3]) == [(2, 4), (7, 7)]
    assert runs([]) == []


def test_addresses_in_ods_count_repeated_rows_and_cells_and_a_comment_is_no_error(tmp_path):
    commented = ods_cell("3", formula="of:=1+2", valuetype="float", value="3")
    commented.insertBefore(office.Annotation(), commented.firstChild)
    commented.firstChild.addElement(P(text="Err:502"))
    only_comment = table.TableCell()
    only_comment.addElement(office.Annotation())
    only_comment.firstChild.addElement(P(text="x"))
    wrong = ods_cell("#REF!", formula="of:=1", valuetype="float", value="0")
    sheet = ods_table(
        "成绩",
        ods_row("企业", "指标", "得分", table.TableCell(numbercolumnsrepeated=600), only_comment),
        ods_row("甲", "a", commented),
        table.TableRow(numberrowsrepeated=3),
        ods_row(table.TableCell(numbercolumnsrepeated=2), wrong),
    )
    rows, problems = read(spreadsheet(tmp_path / "scores.ods", sheet))
    assert seen(problems) == [("table-error-cell", "成绩", 6, "C6", "#REF!")]
    assert cells(rows) == [("甲", "a", "3")]
