"""Workbooks of a single copy, with SHA256SUMS made anew: other figures, other sheets and what is hidden are told."""

import io
import re
import shutil
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from tampering import copy, cover

from publisher.load.attached.kinds import kind_of
from publisher.load.attached.look import RefusedError
from publisher.load.grid import UnreadableTableError
from publisher.load.workbook_package import opened
from publisher.verify import verify
from publisher.verify.books import books
from publisher.verify.copy import copy_of

ROUND = "data/rounds/2026-q3.xlsx"
CARD = "rounds/2026-q3/mingyan-gas.xlsx"


@pytest.fixture
def site(sample, tmp_path):
    for folder in ("data/rounds", "rounds/2026-q3"):
        shutil.copytree(sample / folder, tmp_path / "copy" / folder, ignore=shutil.ignore_patterns("*.html", "*.svg"))
    return tmp_path / "copy"


def found(site):
    there = copy_of(site)
    return {(one.code, one.path, dict(one.details).get("cell", "")) for one in books(there, there.entries, ())}


def parts(path):
    with ZipFile(path) as package:
        return {one: package.read(one).decode() for one in package.namelist()}


def write(path, parts):
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    path.write_bytes(file.getvalue())


def change(path, part, old, new):
    there = parts(path)
    assert old in there[part]
    write(path, {**there, part: there[part].replace(old, new, 1)})


def test_workbooks_of_the_publisher_are_read(site):
    assert found(site) == set()


@pytest.mark.parametrize(
    ("part", "old", "new", "cell"),
    [
        ("xl/worksheets/sheet1.xml", "<v>76.52</v>", "<v>86.52</v>", "D9"),
        ("xl/worksheets/sheet1.xml", '<c r="C2" s="3"><v>1</v></c>', '<c r="C2" s="3"><v>2</v></c>', "C2"),
        ("xl/worksheets/sheet1.xml", '<c r="C2" s="3"><v>1</v></c>', "", "C2"),
        ("xl/worksheets/sheet2.xml", "<v>91.18</v>", "<v>91.19</v>", "D2"),
        ("xl/sharedStrings.xml", "示例市城东供水有限公司（样例）", "示例市联合村镇供水有限公司（样例）", "B2"),
        ("xl/sharedStrings.xml", "<t>信息容易查到</t>", "<t>一次性告知</t>", "C2"),
    ],
)
def test_a_cell_is_that_of_the_table(site, part, old, new, cell):
    change(site / ROUND, part, old, new)
    assert ("book-cell", ROUND, cell) in found(site)


def test_two_workbooks_in_each_others_place(site):
    shutil.copyfile(site / "rounds/2026-q3/anju-gas.xlsx", site / CARD)
    assert ("book-cell", CARD, "B2") in found(site)


def test_a_row_more_or_less(site):
    sheet = "xl/worksheets/sheet1.xml"
    last = re.findall(r"<row .*?</row>", parts(site / ROUND)[sheet])[-1]
    change(site / ROUND, sheet, last, "")
    assert found(site) == {("book-rows", ROUND, "")}
    change(site / CARD, sheet, "</sheetData>", '<row r="3" spans="1:1"></row></sheetData>')
    assert ("book-rows", CARD, "") in found(site)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", '<sheet name="各项指标"', '<sheet state="hidden" name="各项指标"'),
        ("xl/workbook.xml", "<calcPr", '<definedNames><definedName name="x">1</definedName></definedNames><calcPr'),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" hidden="1"'),
        ("xl/worksheets/sheet1.xml", '<col min="1"', '<col hidden="1" min="1"'),
        ("xl/worksheets/sheet1.xml", "<v>76.52</v>", "<f>1+1</f><v>76.52</v>"),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><hyperlinks><hyperlink ref="A1"/></hyperlinks>'),
        ("xl/styles.xml", 'formatCode="0.00"', 'formatCode="&quot;99.99&quot;"'),
        ("xl/styles.xml", 'formatCode="0.00"', "formatCode='0.00'"),
        ("xl/styles.xml", '<xf numFmtId="1" ', '<xf numFmtId="14" '),
        ("xl/styles.xml", '<color theme="1"/>', '<color rgb="FFFFFFFF"/>'),
        ("xl/styles.xml", "<b/>", "<b/><!-- x -->"),
        ("xl/sharedStrings.xml", "<si><t>", "<?x y?><si><t>"),
        ("xl/sharedStrings.xml", "<si><t>", "<si><t>x</t></si ><si><t>"),
        ("xl/sharedStrings.xml", "<si><t>", "<si><r><t>x</t></r><t>"),
        ("xl/workbook.xml", 'sheetId="2" r:id="rId2"', 'sheetId="2" r:id="rId3"'),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/sheet1.xml"),
        ("docProps/core.xml", "<cp:", "<!DOCTYPE x><cp:"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" hidden="true"'),
        ("xl/worksheets/sheet1.xml", '<row r="2"', "<row r='2'"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" ht="0"'),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row\nr="2"'),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row  r="2"'),
        ("xl/worksheets/sheet1.xml", '<row r="3"', '<row r="2"'),
        ("xl/worksheets/sheet1.xml", '<c r="D2"', '<c r="D3"'),
        ("xl/worksheets/sheet1.xml", '<c r="D2"', '<c r="C2"'),
        ("xl/worksheets/sheet1.xml", "<v>76.52</v>", "<v>7_6.52</v>"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" spans="1:1"></row><row r="2"'),
        ("xl/worksheets/sheet1.xml", 'width="24.7109375"', 'width="0"'),
        ("xl/worksheets/sheet1.xml", 'topLeftCell="C2"', 'topLeftCell="C99"'),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<!-- x --><sheetData>"),
        ("xl/worksheets/sheet1.xml", '<?xml version="1.0" encoding="UTF-8"', '<?xml version="1.0" encoding="UTF-7"'),
    ],
)
def test_what_would_not_be_seen_or_seen_otherwise(site, part, old, new):
    change(site / ROUND, part, old, new)
    assert ("book-part", ROUND, "") in found(site)


def test_rows_in_a_comment_are_no_rows(site):
    """Beside them the same rows stand with other figures, in a form that only an XML reader takes."""
    sheet = "xl/worksheets/sheet1.xml"
    rows = parts(site / ROUND)[sheet].partition("<sheetData>")[2].partition("</sheetData>")[0]
    forged = rows.replace("<row ", "<row\n").replace("<c ", "<c\n").replace("<v>76.52</v>", "<v>86.52</v>")
    change(site / ROUND, sheet, rows, f"<!-- {rows} -->{forged}")
    assert found(site) == {("book-part", ROUND, "")}


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_BZIP2])
def test_a_workbook_packed_in_another_way_is_not_read(site, method):
    """With one byte another: what unpacks it would raise an error of its own."""
    with ZipFile(site / ROUND, "w") as package:
        package.writestr("xl/workbook.xml", "x" * 1000, method)
    data = bytearray((site / ROUND).read_bytes())
    data[60] ^= 255
    (site / ROUND).write_bytes(data)
    assert found(site) == {("book-unread", ROUND, "")}
    with pytest.raises(UnreadableTableError, match="table-damaged"):
        opened(bytes(data))
    with pytest.raises(RefusedError, match="attachment-damaged"):
        kind_of(bytes(data))


def test_a_sheet_or_a_comment_more(site):
    """As a spreadsheet program saves it."""
    for path, edit in ((ROUND, lambda book: book.create_sheet("more")), (CARD, remark)):
        book = openpyxl.load_workbook(site / path)
        edit(book)
        book.save(site / path)
    assert found(site) == {("book-part", ROUND, ""), ("book-part", CARD, "")}


def remark(book):
    book.worksheets[0]["D2"].comment = Comment("86.52", "x")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_workbook(site, data):
    (site / ROUND).write_bytes(data)
    assert ("book-unread", ROUND, "") in found(site)


def test_a_part_that_is_there_twice_or_too_large(site):
    there = parts(site / CARD)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(site / CARD, "a") as package:
        package.writestr("xl/workbook.xml", there["xl/workbook.xml"])
    write(site / ROUND, {**parts(site / ROUND), "docProps/app.xml": " " * 31 * 1024**2})
    assert found(site) == {("book-unread", CARD, ""), ("book-unread", ROUND, "")}


def test_a_whole_copy_with_sums_made_anew_is_not_proved(sample, tmp_path):
    site = copy(sample, tmp_path / "copy")
    change(site / ROUND, "xl/worksheets/sheet1.xml", "<v>76.52</v>", "<v>86.52</v>")
    cover(site)
    assert [(one.code, one.path) for one in verify(site).findings] == [("book-cell", ROUND)]
