"""More than two hundred tables as Excel, WPS and careless hands leave them, made by code: name -> file name and bytes.

What must come out of each stands in `damaged_tables.txt`.
"""

# ruff: noqa: E501, FBT003  (parts of files are not broken into lines)
import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter

HEAD = ("company", "n", "score", "share", "day", "at", "note")
ONE = {
    "company": "gas-a", "n": "12", "score": "85.5", "share": "40%",
    "day": "2024-09-03", "at": "2024-09-03 09:30", "note": "好",
}  # fmt: skip
Case = tuple[str, bytes]
CASES: dict[str, Case] = {}


def csv_of(*rows: str) -> str:
    return "\n".join(("company,n,note", *rows)) + "\n"


def csv(name: str, data: bytes | str, file: str = "scores.csv") -> None:
    assert name not in CASES, name
    CASES[name] = (file, data.encode() if isinstance(data, str) else data)


PLAIN = "企业,n,note\ngas-a,12,水压低\ngas-b,13,停水\n"

# Encodings

for encoding in (
    "utf-8",
    "utf-8-sig",
    "gbk",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
):
    csv(f"csv encoding {encoding}", PLAIN.encode(encoding))
csv("csv encoding utf-16-be with its mark", b"\xfe\xff" + PLAIN.encode("utf-16-be"))
csv("csv encoding big5", "company,note\ngas-a,營業廳 許功蓋\n".encode("big5"))
csv("csv encoding latin-1", "company,note\ngas-a,caf\xe9\n".encode("latin-1"))
csv("csv encoding gb18030 of four bytes", "company,note\ngas-a,㐀𠀀\n".encode("gb18030"))
csv("csv mostly utf-8, a line of gbk", PLAIN.encode() + "gas-c,14,换表\ngas-d,1,".encode("gbk") + b"\n")
csv("csv mostly gbk, a line of utf-8", PLAIN.encode("gbk") + "gas-c,14,换水表了\n".encode())
csv("csv two marks", b"\xef\xbb\xbf\xef\xbb\xbf" + PLAIN.encode())
csv("csv half a character at the end", PLAIN.encode()[:-2])
csv("csv lost signs of an earlier conversion", csv_of("gas-a,12,水\ufffd低"))
csv("csv NUL bytes", PLAIN.replace("停水", "停\0水\0"))
csv("csv filled up with NULs", PLAIN.encode() + bytes(600))
csv("csv text behind a mark of DOS", PLAIN + "\x1a")

# Line ends, separators, quotes

for name, end in {"CR": "\r", "CR LF": "\r\n", "CR CR LF": "\r\r\n", "LF CR": "\n\r"}.items():
    csv(f"csv line end {name}", PLAIN.replace("\n", end))
csv("csv mixed line ends", "company,n\r\ngas-a,1\ngas-b,2\rgas-c,3")
csv("csv unusual line separators", "company,note\ngas-a,甲\u2028乙\n")
for name, sign in {
    "semicolon": ";",
    "tab": "\t",
    "bar": "|",
    "Chinese comma": "，",
    "caret": "^",
    "blank": " ",
}.items():
    csv(f"csv separated by {name}", PLAIN.replace(",", sign))
    csv(
        f"csv separated by {name}, a title above", "2024年第三季度评价结果（单位：份，分）\n" + PLAIN.replace(",", sign)
    )
csv("csv sep= of Excel", "sep=;\n" + PLAIN.replace(",", ";"))
csv("csv decimal comma between semicolons", "company;score\ngas-a;85,5\n")
csv("csv quote left open", csv_of('gas-a,12,"好', "gas-b,13,差"))
csv("csv quote left open, closed rows later", csv_of('gas-a,12,"好', "gas-b,13,差", 'gas-c,14,"中"'))
csv("csv text behind a quote", csv_of('gas-a,12,"好"的', "gas-b,13,差"))
csv("csv quote within a text", csv_of('gas-a,12,他说"好"的'))
csv("csv quoted line break, comma and quote", csv_of('gas-a,12,"第一行\n第二行,""引"""', "gas-b,13,差"))
csv("csv Chinese quotes", csv_of("gas-a,12,“好,差”"))
csv("csv apostrophe of Excel", csv_of("gas-a,'12,'0012"))
csv("csv formula text", csv_of("gas-a,=1+11,=A1"))
csv("csv ragged rows", csv_of("gas-a,12", "gas-b", "gas-c,13,好,,,"))
csv("csv row too long", csv_of("gas-a,12,水压低,停水"))
csv("csv a cell of 200000 signs", csv_of("gas-a,12," + "长" * 200_000))
csv("csv one endless line", "x" * 200_000)

# Rows that are no data

csv("csv empty", b"")
csv("csv blank lines only", "\n\n , \n")
csv("csv headings only", "company,n\n")
csv("csv title above", "2024年评价结果,,\n" + csv_of("gas-a,12,好"))
csv("csv two titles and a blank line above", "2024年评价结果\n\n制表：评价办公室\n" + csv_of("gas-a,12,好"))
csv("csv six titles above", "甲\n乙\n丙\n丁\n戊\n己\n" + csv_of("gas-a,12,好"))
csv("csv blank rows within", csv_of("gas-a,12,好", "", ",,", "gas-b,13,差"))
csv("csv note below", csv_of("gas-a,12,好", "注：不含新开户用户。"))
csv("csv total below", csv_of("gas-a,12,好", "合计,12,"))
csv("csv subtotal within", csv_of("gas-a,12,好", "小计,12,", "gas-b,1,差"))
csv("csv headings again for each page", csv_of("gas-a,12,好", "company,n,note", "gas-b,13,差", "企业,n,note"))
csv("csv two heading rows", "企业,票数,\n,n,note\ngas-a,12,好\n")
csv("csv another table below", csv_of("gas-a,12,好", "", "company,score", "gas-b,80"))
csv("csv lines of a console", "Exported 1 row\n-----\n" + csv_of("gas-a,12,好"))

# Headings

csv("csv heading unknown", "company,n,天气\ngas-a,12,晴\n")
csv("csv heading misspelt", "compny,n\ngas-a,12\n")
csv("csv heading twice", "company,n,企业\ngas-a,12,gas-b\n")
csv("csv heading empty", "company,,n\ngas-a,x,12\n")
csv("csv heading empty, nothing below", "company,,n\ngas-a,,12\n")
csv("csv headings in another order", "note,n,company\n好,12,gas-a\n")
csv("csv heading missing", "n,note\n12,好\n")
csv("csv headings wide, upper case and with blanks", "ＣＯＭＰＡＮＹ, N ,Ｎｏｔｅ\ngas-a,12,好\n")
csv("csv headings with line breaks", '"com\npany","n\r\n"\ngas-a,12\n')
csv("csv heading with a unit", "company,n（份）\ngas-a,12\n")
csv("csv heading with a soft hyphen", "com\u00adpany,n\ngas-a,12\n")
csv("csv 401 headings", ",".join(["company", *(f"x{i}" for i in range(400))]) + "\n")
csv("csv a million columns", ",".join(["company"] * 1_000_000) + "\n")
csv("csv 500 separators without headings", "company,n" + "," * 500 + "\ngas-a,12" + "," * 500 + "\n")
csv("csv too many rows", csv_of() + "gas-a,1\n" * 15_001)

# Numbers and texts as typed

COUNTS = (
    "1,234", "1，234", "1 234", "1\u00a0234", "１２", "12份", "12.0", "12.5", "-3", "−3", "+3", "1e3", "1.2E+05", "007",
    "三", "十二", "12%", "0", "-0", "12345678901234567890", "1.23457E+17", "NaN", "Infinity", "无", "—", "/", "TRUE",
    " 12 ", "\u300012\u3000", "12\u00a0", "1\u200b2", "¥12", "12元", "３．５", "0x10", "1_000", "①", "12,", "٣",
)  # fmt: skip
SCORES = (
    "85.5",
    "85分",
    "85%",
    "３.5",
    "85，5",
    "1e309",
    "3.0000000000000004",
    "-2.5",
    "1/2",
    ".5",
    "5.",
    "nan",
    "85．5",
)
SHARES = ("40%", "0.4", "2/5", "40", "40 %", "４０％", "1/0", "140%", "-1%", "½", "4成", "1/3", "40%%")
DAYS = (
    "2024-09-03", "2024/9/3", "2024年9月3日", "2024.9.3", "2024/9/31", "2024-02-30", "9/3/24", "3-Sep-24", "20240903",
    "45538", "2024-9", "2024年9月", "24/9/3", "２０２４-09-03", "2024-09-03 00:00:00", "2024-09-03 09:30", "2024 -9-3",
    "二〇二四年九月三日", "2024/13/1", "0000-01-01", "2024–09–03",
)  # fmt: skip
MOMENTS = (
    "2024-09-03 09:30", "2024/9/3 9:30:15", "2024-09-03 09:30:15.250", "2024-09-03T09:30", "2024-09-03 25:00",
    "2024-09-03 9:30 PM", "2024-09-03 下午3:00", "2024-09-03 09：30", "2024-09-03", "2024-09-03 09:30+08:00",
)  # fmt: skip
COMPANIES = (
    "GAS-A", "ｇａｓ-ａ", "gas a", "gas_a", "gas‐a", "gas-a\u200b", "gas-\u200da", "\u00a0gas-a ", "gas\u00ada", "燃气一公司",
    "gas-а", "gas-a😀", "con", "com1", "index", "../gas-a", "/etc/passwd", "\\\\host\\share", "C:gas", "a" * 61, "gas-a\u202e",
    "-gas", "gas--a", "gas.a", "é", "1e5", "00123",
)  # fmt: skip
NOTES = (
    "👍🏽 好",
    "a\u00adb",
    "甲\u200f乙",
    "甲\u2060乙",
    "甲\ufeff乙",
    "甲\u3000乙",
    "甲\u00a0乙",
    "<b>x</b>",
    "1.23457E+11",
    "\ue000",
)
for column, values in {
    "n": COUNTS, "score": SCORES, "share": SHARES, "day": DAYS, "at": MOMENTS, "company": COMPANIES, "note": NOTES,
}.items():  # fmt: skip
    for number, value in enumerate(values):
        cell = f'"{value}"' if "," in value else value
        first, second = ("company", column) if column != "company" else ("note", column)
        row = f"{'gas-a' if first == 'company' else '好'},{cell}"
        csv(f"csv {column} {number:02d} {ascii(value)[1:-1][:20]}", f"{first},{second}\n{row}\n")

# Excel

Change = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]


def book(
    change: Change, rows: tuple[tuple[object, ...], ...] = (("company", "n", "note"), ("gas-a", 12, "好"))
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("成绩")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
        change(workbook, sheet)
    return out.getvalue()


def xlsx(name: str, change: Change = lambda _, __: None, file: str = "scores.xlsx", **options) -> None:
    csv(f"xlsx {name}", book(change, **options), file)


def shown(name: str, value: float, code: str | int, column: int = 1) -> None:
    """A number with a format of its own."""

    def change(workbook, sheet):
        sheet.write_number(1, column, value, workbook.add_format({"num_format": code}))

    rows = ((*("company", "n", "note")[:column], HEAD[column] if column != 1 else "n"), ("gas-a",))
    if column > 1:
        rows = (("company", HEAD[column]), ("gas-a",))

        def change(workbook, sheet):
            sheet.write_number(1, 1, value, workbook.add_format({"num_format": code}))

    xlsx(f"format {name}", change, rows=rows)


FORMATS = {
    "0.5 shown as 1": (0.5, "0", 2), "85.333 shown as 85.3": (85.333, "0.0", 2), "12345 shown as 12千": (12345, '0,"千"'),
    "12345 shown as 1.2万": (12345, '0!.0,"万"'), "unit": (12, '0"份"'), "unit of Latin letters": (12, '0"kg"'),
    "00123 by format": (123, "00000"), "zeros for thousands": (5, "0,000"), "code of letters": (7, '"Q"00'),
    "number in two pieces": (123, "0-00"), "accounts, 1234": (1234, 43), "accounts, 0 shown as -": (0, 43),
    "thousands": (1234567, "#,##0"), "zero shown as nothing": (0, "0;-0;;@"), "nothing shown at all": (12, ";;;"),
    "negative without a sign": (-5, "0;0"), "negative in red": (-5, "0;[Red]0"), "negative in brackets": (-5, "0_);(0)"),
    "condition": (12, "[>=10]0;[<10]0.0"), "percent": (0.4, "0%", 3), "percent rounded": (0.4567, "0%", 3),
    "percent for a score": (0.85, "0%", 2), "percent sign as text": (40, '0"%"', 3), "scientific": (123456, "0.00E+00"),
    "fraction": (0.5, "# ?/?", 3), "fraction of a third": (1 / 3, "# ?/?", 3), "currency": (12.5, '"¥"#,##0.00', 2),
    "Chinese numerals": (12, "[DBNum1][$-804]General"), "text format": (12, "@"), "General with a unit": (12, 'General"份"'),
    "date": (45538, 14, 4), "date of Chinese Excel": (45538, 31, 4), "date without year": (45538, 58, 4),
    "date without day": (45538, 57, 4), "date in General": (45538, "General", 4), "day without month name": (45538, "d-mmm", 4),
    "weekday only": (45538, "aaaa", 4), "date with a time": (45538.395833333, "yyyy/m/d h:mm", 5),
    "date with a fraction of a second": (45538.3958334, "yyyy/m/d h:mm:ss.000", 5), "time only": (45538.5, "h:mm", 5),
    "29 February 1900": (60, 14, 4), "day 0": (0, 14, 4), "negative date": (-1, 14, 4), "year 10000": (2958466, 14, 4),
    "count as a date": (12, 14), "hours beyond a day": (1.5, "[h]:mm"), "id of digits as 1E+05": (100000, "0.00E+00"),
    "16 digits": (1234567890123456.0, "0"), "18 digits": (123456789012345678.0, "General"), "15 digits": (123456789012345.0, "General"),
    "dirty float": (3.0000000000000004, "General", 2), "0.1 + 0.2": (0.1 + 0.2, "General", 2), "-0": (-0.0, 0, 1), "-1": (-1, 0, 1),
}  # fmt: skip
for _name, _values in FORMATS.items():
    shown(_name, *_values)


def _write(sheet_change: Callable) -> Change:
    return lambda _, sheet: sheet_change(sheet)


TWO = (("company", "n", "note"), ("gas-a", 12, "好"), ("gas-b", 13, "差"))
xlsx("plain")
xlsx("plain .XLSX", file="scores.XLSX")
xlsx("macro file", file="scores.xlsm")
xlsx("named .csv", file="scores.csv")
xlsx("named .xls", file="scores.xls")
xlsx("named .numbers", file="scores.numbers")
csv("xlsx that is CSV", PLAIN, "scores.xlsx")
csv("xls that is a web page", "<html><table><tr><td>company</td></tr></table></html>", "scores.xls")
csv("xls that is XML of Excel 2003", '<?xml version="1.0"?><Workbook/>', "scores.xls")
csv("xlsx empty file", b"", "scores.xlsx")
xlsx("empty sheet", rows=())
xlsx("title above", rows=(("2024年评价结果",), *TWO))
xlsx("merged title above", _write(lambda s: s.merge_range("A1:C1", "2024年评价结果")), rows=((), *TWO))
xlsx("merged cells in headings", _write(lambda s: s.merge_range("B1:C1", "n")), rows=(("company",), ("gas-a", 12)))
xlsx("merged cells in data", _write(lambda s: s.merge_range("A2:A3", "gas-a")), rows=(TWO[0], (None, 12), (None, 13)))
xlsx("merged empty cells beside the table", _write(lambda s: s.merge_range("H9:J9", "")))
xlsx("hidden row", _write(lambda s: s.set_row(2, None, None, {"hidden": True})), rows=TWO)
xlsx("row of no height", _write(lambda s: s.set_row(2, 0)), rows=TWO)
xlsx("hidden column", _write(lambda s: s.set_column("B:B", None, None, {"hidden": True})), rows=TWO)
xlsx("column of no width", _write(lambda s: s.set_column("B:B", 0)), rows=TWO)


def _filtered(_, sheet):
    sheet.autofilter("A1:C3")
    sheet.filter_column("B", "x == 12")
    sheet.set_row(2, options={"hidden": True})


def _sheets(*names: str, hide: str = "") -> Change:
    def change(workbook, sheet):
        for name in names:
            other = workbook.add_worksheet(name)
            other.write_row(0, 0, ("company", "n"))
            if hide:
                getattr(other, hide)()

    return change


xlsx("filtered rows", _filtered, rows=TWO)
xlsx("second sheet", _sheets("草稿"))
xlsx("second sheet, one named as wanted", _sheets("Scores "))
xlsx("hidden sheet", _sheets("旧数", hide="hide"))
xlsx("very hidden sheet", _sheets("旧数", hide="very_hidden"))
xlsx("formula with a value", _write(lambda s: s.write_formula("B2", "=6*2", None, 12)))
xlsx("formula never calculated", _write(lambda s: s.write_formula("B2", "=6*2", None, 0)))
xlsx("formula without a value", _write(lambda s: s.write_formula("B2", "=6*2", None, "")))
xlsx("formula with a text", _write(lambda s: s.write_formula("C2", '="好"&"的"', None, "好的")))
xlsx("formula of another workbook", _write(lambda s: s.write_formula("B2", "='[1]x'!A1", None, 12)))
xlsx(
    "array formula",
    _write(lambda s: s.write_array_formula("B2:B3", "{=A1*2}", None, 12)),
    rows=(TWO[0], TWO[1], ("gas-b",)),
)
for error in ("#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
    xlsx(f"error {error}", _write(lambda s, e=error: s.write_formula("B2", "=x", None, e)))
for name, value in {
    "text number": "12",
    "text with thousands": "1,234",
    "wide digits": "１２",
    "percent sign": "12%",
}.items():
    xlsx(name, rows=(TWO[0], ("gas-a", value, "好")))
xlsx("checkboxes", rows=(TWO[0], ("gas-a", True, False)))
xlsx("inserted checkbox", _write(lambda s: s.insert_checkbox(1, 2, True)))
xlsx("comments", _write(lambda s: s.write_comment("B2", "请核对 99")))
xlsx("protected sheet", _write(lambda s: s.protect("x")))
xlsx("rich text", lambda w, s: s.write_rich_string("C2", "水压", w.add_format({"bold": True}), "低"))
xlsx("drawing only", _write(lambda s: s.insert_textbox("A1", "company")), rows=())
xlsx("far cell XFD1048576", _write(lambda s: s.write("XFD1048576", "x")))
xlsx("far cell that is blank", lambda w, s: s.write_blank("XFD1048576", None, w.add_format({"bold": True})))
xlsx("text hidden by its format", lambda w, s: s.write_string("C2", "好", w.add_format({"num_format": ";;;"})))
xlsx(
    "blank rows and a table that starts at C4",
    rows=((), (), (), (None, None, "company", "n"), (), (None, None, "gas-a", 12)),
)
xlsx("all in one column", rows=(("company,n,note",), ("gas-a,12,好",)))
xlsx("note below", rows=(*TWO, ("注：不含新开户用户。",)))
xlsx("total below", _write(lambda s: s.write_formula("B4", "=SUM(B2:B3)", None, 25)), rows=(*TWO, ("合计",)))
xlsx("headings again", rows=(*TWO, TWO[0], ("gas-c", 1, "中")))
xlsx("two heading rows", rows=(("company", "票数"), (None, "n", "note"), TWO[1]))
xlsx("blanks and breaks in headings", rows=((" com pany\n", "\u3000n", "no\nte"), TWO[1]))
xlsx("unseen sign in an id", rows=(TWO[0], ("gas\u200b-a", 12, "好")))
xlsx(
    "1904 dates",
    lambda w, s: s.write_number("B2", 44076, w.add_format({"num_format": 14})),
    rows=(("company", "day"), ("gas-a",)),
)

# Excel, part by part

SHEET, TEXTS, BOOK, RELATIONS = (
    f"xl/{name}" for name in ("worksheets/sheet1.xml", "sharedStrings.xml", "workbook.xml", "_rels/workbook.xml.rels")
)
CELL = '<c r="B2"><v>12</v></c>'
BASE = book(lambda _, __: None)


def parts(data: bytes = BASE) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def edited(name: str, part: str, old: str, new: str, base: bytes = BASE) -> None:
    files = parts(base)
    assert old.encode() in files[part], (name, files[part])
    csv(f"xml {name}", packed({**files, part: files[part].replace(old.encode(), new.encode())}), "scores.xlsx")


for raw in ("NaN", "INF", "1e309", "1.7976931348623157E+308", "1E-400", " 12 ", "12,5", "３", "1_2", "0012", "", "1E1"):
    edited(f"value {raw!r}", SHEET, CELL, f'<c r="B2"><v>{raw}</v></c>')
for kind, raw in (
    ("d", "2024-09-03"),
    ("b", "1"),
    ("b", "2"),
    ("zz", "1"),
    ("s", "99"),
    ("s", "-1"),
    ("s", "x"),
    ("e", "#N/A"),
):
    edited(f"type {kind} {raw}", SHEET, CELL, f'<c r="B2" t="{kind}"><v>{raw}</v></c>')
CELLS = {
    "inline text": '<c r="B2" t="inlineStr"><is><t>12</t></is></c>',
    "inline rich text read aloud": '<c r="B2" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>9</t></rPh></is></c>',
    "cell twice": f"{CELL}{CELL.replace('12', '13')}",
    "two values": '<c r="B2"><v>12</v><v>13</v></c>',
    "two kinds of value": '<c r="B2" t="inlineStr"><v>12</v><is><t>13</t></is></c>',
    "cell without address": "<c><v>12</v></c>",
    "cell of another row": '<c r="B7"><v>12</v></c>',
    "address in lower case": '<c r="b2"><v>12</v></c>',
    "address with wide digits": '<c r="B２"><v>12</v></c>',
    "style that is not there": '<c r="B2" s="99"><v>12</v></c>',
    "style before the first": '<c r="B2" s="-1"><v>12</v></c>',
}
for _name, _new in CELLS.items():
    edited(_name, SHEET, CELL, _new)
edited("row of no height", SHEET, '<row r="2"', '<row ht="0" customHeight="1" r="2"')
edited("row twice", SHEET, "</sheetData>", '<row r="2"><c r="B2"><v>13</v></c></row></sheetData>')
edited("row 0", SHEET, "</sheetData>", '<row r="0"><c r="B0"><v>13</v></c></row></sheetData>')
edited("rows in disorder", SHEET, '<row r="1"', '<row r="9"><c r="B9"><v>13</v></c></row><row r="1"')
edited("read aloud", TEXTS, "<t>好</t>", '<t>好</t><rPh sb="0" eb="1"><t>ハオ</t></rPh><phoneticPr fontId="1"/>')
edited("escaped signs", TEXTS, "<t>好</t>", "<t>第一行_x000D_\n_x5165_ _x005F_x5165_</t>")
edited("escaped NUL", TEXTS, "<t>好</t>", "<t>好_x0000_的</t>")
edited("half a character escaped", TEXTS, "<t>好</t>", "<t>好_xD800_的</t>")
edited("blanks kept", TEXTS, "<t>好</t>", '<t xml:space="preserve">  好  </t>')
edited("absolute part path", RELATIONS, 'Target="worksheets', 'Target="/xl/worksheets')
edited("part path with dots", RELATIONS, 'Target="worksheets', 'Target="../xl/worksheets')
edited("part path out of the file", RELATIONS, 'Target="worksheets', 'Target="../../../etc/worksheets')
edited(
    "external part", RELATIONS, 'Target="worksheets/sheet1.xml"', 'Target="https://invalid/x.xml" TargetMode="External"'
)
edited("document type", SHEET, "?>", '?><!DOCTYPE a [<!ENTITY b "bb">]>')
edited("outside entity", SHEET, "?>", '?><!DOCTYPE a SYSTEM "file:///etc/passwd">')
edited("cut within a tag", SHEET, "</sheetData>", "</sheetDa")
edited("nested without end", SHEET, "<sheetData>", "<sheetData>" + "<x>" * 100_000)
edited("wrong number of columns", SHEET, "<sheetData>", '<cols><col min="x" max="2" hidden="1"/></cols><sheetData>')
edited(
    "hidden columns to the end", SHEET, "<sheetData>", '<cols><col min="2" max="16384" hidden="1"/></cols><sheetData>'
)
edited(
    "merged to the end", SHEET, "</worksheet>", '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>'
)
edited("merged nowhere", SHEET, "</worksheet>", '<mergeCells><mergeCell ref="x"/></mergeCells></worksheet>')
edited("lying count", TEXTS, 'uniqueCount="5"', 'uniqueCount="99999999999999"')
edited("two million empty cells", SHEET, "</sheetData>", '<row r="3">' + "<c/>" * 2_100_000 + "</row></sheetData>")
STRICT = {b"schemas.openxmlformats.org/spreadsheetml/2006/main": b"purl.oclc.org/ooxml/spreadsheetml/main"}
STRICT[b"schemas.openxmlformats.org/officeDocument/2006"] = b"purl.oclc.org/ooxml/officeDocument"


def _strict(data: bytes) -> bytes:
    for old, new in STRICT.items():
        data = data.replace(old, new)
    return data


csv("xml strict", packed({name: _strict(data) for name, data in parts().items()}), "scores.xlsx")
csv(
    "xml in UTF-16",
    packed({**parts(), SHEET: parts()[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
    "scores.xlsx",
)
PREFIXED = parts()[SHEET].decode()
for _tag in ("worksheet", "sheetData", "row", "c", "v"):
    PREFIXED = (
        PREFIXED.replace(f"<{_tag}>", f"<x:{_tag}>")
        .replace(f"<{_tag} ", f"<x:{_tag} ")
        .replace(f"</{_tag}>", f"</x:{_tag}>")
    )
csv("xml with prefixes", packed({**parts(), SHEET: PREFIXED.replace("xmlns=", "xmlns:x=").encode()}), "scores.xlsx")
for _part in (SHEET, TEXTS, BOOK, RELATIONS, "xl/styles.xml"):
    csv(f"zip without {_part}", packed({name: data for name, data in parts().items() if name != _part}), "scores.xlsx")
for _share in (0, 1, 2, 3):
    csv(f"zip truncated to {_share} quarters", BASE[: max(30, len(BASE) * _share // 4)], "scores.xlsx")
csv("zip with bytes before", b"junk\0" + BASE, "scores.xlsx")
csv("zip with bytes behind", BASE + b"junk", "scores.xlsx")
csv(
    "zip with a wrong checksum",
    BASE.replace(parts_crc := struct.pack("<L", zipfile.ZipFile(io.BytesIO(BASE)).getinfo(SHEET).CRC), b"\1\2\3\4"),
    "scores.xlsx",
)
csv("zip bomb of 199 MB", packed({"xl/workbook.xml": bytes(199 * 1024**2)}), "scores.xlsx")
csv("zip of 201 MB that says so", BASE[:0] + packed({**parts(), "a": bytes(201 * 1024**2)}), "scores.xlsx")
csv("zip bomb", packed({**parts(), "xl/media/a.bin": bytes(50_000_000)}), "scores.xlsx")
csv("zip of names with backslashes", packed({f"./{name}": data for name, data in parts().items()}), "scores.xlsx")
csv("zip of a Word document", packed({"word/document.xml": b"<a/>"}), "scores.xlsx")
csv("zip of a binary workbook", packed({"xl/workbook.bin": b"\0"}), "scores.xlsx")
csv("binary workbook", packed({"xl/workbook.bin": b"\0"}), "scores.xlsb")
csv("numbers", packed({"Index/Document.iwa": b"\0"}), "scores.numbers")
csv("numbers named .xlsx", packed({"Index/Document.iwa": b"\0"}), "scores.xlsx")
csv(
    "encrypted workbook",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le"),
    "scores.xlsx",
)
csv("compound file of nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "scores.xls")


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts().items():
            package.writestr(name, data)
        info = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
        package.writestr(info, parts()[SHEET].replace(b"12", b"13"))
    return out.getvalue().replace(b"sheet9.xml", b"sheet1.xml")


csv("zip of one name twice", _twice(), "scores.xlsx")

# ODS

TABLE = '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="s">{}</table:table></office:document-content>'


def ods_cell(text: str = "", kind: str = "string", **attributes: str) -> str:
    more = "".join(f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())
    value = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{value}{more}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def ods_row(*contents: str, **attributes: str) -> str:
    more = "".join(f' table:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-row{more}>{''.join(one if one.startswith('<') else ods_cell(one) for one in contents)}</table:table-row>"


def ods(name: str, *rows: str, manifest: str = "<m/>") -> None:
    body = TABLE.format("".join(rows))
    csv(f"ods {name}", packed({"META-INF/manifest.xml": manifest.encode(), "content.xml": body.encode()}), "scores.ods")


def ods_number(value: str, text: str, kind: str = "float") -> str:
    return ods_cell(text, kind, office__value=value)


TOP = ods_row("company", "n", "note")
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'
ods("plain", TOP, ods_row("gas-a", ods_number("12", "12"), "好"))
ods(
    "repeated empty cells",
    TOP,
    ods_row("gas-a", ods_number("12", "12"), EMPTY),
    ods_row(EMPTY, number_rows_repeated="1048576"),
)
ods("repeated cell to the end", TOP, ods_row("gas-a", ods_cell("x", table__number_columns_repeated="16384")))
ods("repeated rows", TOP, ods_row("gas-a", ods_number("12", "12"), number_rows_repeated="3"))
ods("repeated without sense", TOP, ods_row("gas-a", number_rows_repeated="x"))
for _value, _text in {
    "0.5": "1", "12345": "1.2万", "123": "00123", "1234": "1,234", "12": "12份", "0": "", "1234.5": "1.234,5", "12000": "12",
}.items():  # fmt: skip
    ods(f"number {_value} shown as {_text}", TOP, ods_row("gas-a", ods_number(_value, _text or " ")))
ods("number without a shown text", TOP, ods_row("gas-a", ods_number("12", "")))
ods("percentage", ods_row("company", "share"), ods_row("gas-a", ods_number("0.4", "40%", "percentage")))
ods("percentage rounded", ods_row("company", "share"), ods_row("gas-a", ods_number("0.4567", "46%", "percentage")))
ods("currency", ods_row("company", "score"), ods_row("gas-a", ods_number("12.5", "CNY 12.50", "currency")))
for _day, _text in {
    "2024-09-03": "9月3日",
    "2024-09-30": "30.09.24",
    "2024-09-30T09:30:00": "2024/9/30 9:30",
    "x": "x",
}.items():
    ods(
        f"date {_day} shown as {_text}",
        ods_row("company", "at" if "T" in _day else "day"),
        ods_row("gas-a", ods_cell(_text, "date", office__date_value=_day)),
    )
ods("boolean", TOP, ods_row("gas-a", ods_number("12", "12"), ods_cell("WAHR", "boolean", office__boolean_value="true")))
ods(
    "several paragraphs and blanks",
    TOP,
    ods_row(
        "gas-a", ods_number("12", "12"), ods_cell("好<text:s text:c='2'/>的</text:p><text:p>差<text:line-break/>中")
    ),
)
ods(
    "comment",
    TOP,
    ods_row(
        "gas-a",
        ods_number("12", "12"),
        ods_cell("好").replace("<text:p>", "<office:annotation><text:p>请核对</text:p></office:annotation><text:p>", 1),
    ),
)
ods(
    "read aloud",
    TOP,
    ods_row(
        "gas-a",
        ods_number("12", "12"),
        ods_cell("<text:ruby><text:ruby-base>好</text:ruby-base><text:ruby-text>ハオ</text:ruby-text></text:ruby>"),
    ),
)
ods("error", TOP, ods_row("gas-a", ods_cell("#DIV/0!", "float", table__formula="of:=1/0", office__value="0")))
ods("formula never calculated", TOP, ods_row("gas-a", ods_cell("", "", table__formula="of:=1+1")))
ods("hidden row", TOP, ods_row("gas-a", visibility="filter"))
ods(
    "merged",
    TOP,
    ods_row(
        ods_cell("gas-a", table__number_rows_spanned="2", table__number_columns_spanned="1"), ods_number("12", "12")
    ),
)
ods("encrypted", TOP, manifest="<m><encryption-data/></m>")
ods("without content")

# XLS: the records of Excel 2 and 4 need no container


def xls(name: str, *records: tuple[int, bytes], file: str = "scores.xls") -> None:
    whole = ((0x0009, struct.pack("<HH", 2, 0x10)), *records, (0x000A, b""))
    csv(f"xls {name}", b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in whole), file)


def label(row: int, column: int, text: bytes) -> tuple[int, bytes]:
    return 0x0004, struct.pack("<HH3sB", row, column, bytes(3), len(text)) + text


def number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x0003, struct.pack("<HH3sd", row, column, bytes(3), value)


XLS_TOP = (label(0, 0, b"company"), label(0, 1, b"n"), label(0, 2, b"note"))
XLS_ROW = (label(1, 0, b"gas-a"), number(1, 1, 12.0), label(1, 2, "好的".encode("gbk")))
for _page, _code in {"936": 936, "10008 of a Mac": 10008, "54936": 54936, "not known": 9999}.items():
    xls(f"code page {_page}", (0x0042, struct.pack("<H", _code)), *XLS_TOP, *XLS_ROW)
xls("without a code page", *XLS_TOP, *XLS_ROW)
xls("NaN", *XLS_TOP, label(1, 0, b"gas-a"), number(1, 1, float("nan")))
xls("cell twice", *XLS_TOP, *XLS_ROW, number(1, 1, 13.0))
xls("cut", *XLS_TOP, (0x0004, b"\0"))
xls("too large", *XLS_TOP, *((0x00FF, bytes(8000)),) * 1100)
xls("named .csv", *XLS_TOP, file="scores.csv")
