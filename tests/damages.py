"""Damage that a text file cannot hold: workbooks, encodings, folders in the place of files."""

import csv
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from damages_begin import BEGIN_DAMAGES
from damages_signoff import SIGN_OFF_DAMAGES

Sheet = list[list[str]]
_REPLY = "content/statements/2026-q2/gas-b.md"


def _rows(path: Path) -> Sheet:
    return list(csv.reader(StringIO(path.read_text(encoding="utf-8"))))


def _scores_as_workbook(root: Path, edit: Callable[..., None]) -> None:
    """The scores of 2026-q2 as an Excel file instead; `edit` gets openpyxl's workbook and sheet."""
    import openpyxl  # noqa: PLC0415

    path = root / "results" / "2026-q2" / "scores.csv"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "scores"
    for row in _rows(path):
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    edit(book, sheet)
    path.unlink()
    book.save(path.with_suffix(".xlsx"))


def _merged(_, sheet) -> None:
    sheet.merge_cells("A2:A9")


def _hidden_row(_, sheet) -> None:
    sheet.row_dimensions[5].hidden = True


def _hidden_column(_, sheet) -> None:
    sheet.column_dimensions["K"].hidden = True


def _formula(_, sheet) -> None:
    sheet["D2"] = "=E2+F2+G2"


def _several_sheets(book, sheet) -> None:
    sheet.title = "正式"
    book.create_sheet("草稿").append(["企业", "指标"])


def _hidden_sheet(book, sheet) -> None:
    sheet.title = "正式"
    spare = book.create_sheet("旧数")
    spare.append(["企业", "指标"])
    spare.sheet_state = "hidden"


def _wrong_cell(_, sheet) -> None:
    sheet["E2"] = "七十四"


def _form(root: Path, *gone: str, edit: Callable[..., None] = lambda _: None) -> None:
    """The form with items and events as `content/items.xlsx`; `gone` are tables that are moved away."""
    import openpyxl  # noqa: PLC0415

    from publisher.load.folder import load  # noqa: PLC0415
    from publisher.outputs.forms import items_form  # noqa: PLC0415
    from publisher.words import words_of  # noqa: PLC0415

    path = root / "content" / "items.xlsx"
    path.write_bytes(items_form(load(root).bureau, words_of("zh-Hans")))
    for name in gone:
        (root / "content" / name).unlink()
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def _spare_sheet(book) -> None:
    book.create_sheet("草稿").append(["编号", "问题"])


def _hidden_events(book) -> None:
    book["办理情况"].sheet_state = "hidden"


def _renamed_sheets(book) -> None:
    book["事项"].title = "事项（终稿）"
    book["办理情况"].title = "办理"


def _in_form(*gone: str, edit: Callable[..., None] = lambda _: None) -> Callable[[Path], None]:
    return lambda root: _form(root, *gone, edit=edit)


def _in_workbook(edit: Callable[..., None]) -> Callable[[Path], None]:
    return lambda root: _scores_as_workbook(root, edit)


def _bytes(path: str, data: bytes) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)

    return write


def _damaged_utf8(root: Path) -> None:
    """One byte of a Chinese sign lost, as by a cut download."""
    path = root / "content" / "pages" / "about.md"
    path.write_bytes(path.read_bytes().replace("公布".encode(), "公布".encode()[:-1]))


def _damaged_table(root: Path) -> None:
    path = root / "content" / "events.csv"
    path.write_bytes(path.read_bytes().replace("开通".encode(), "开通".encode()[:-1]))


def _csv_named_workbook(root: Path) -> None:
    path = root / "results" / "2026-q2" / "scores.csv"
    path.rename(path.with_suffix(".xlsx"))


def _folder_for_table(root: Path) -> None:
    path = root / "results" / "2026-q2" / "scores.csv"
    path.unlink()
    path.mkdir()


def _dangling_link(root: Path) -> None:
    (root / "content" / "pages" / "contact.md").symlink_to("nowhere.md")


def _folders_and_files_swapped(root: Path) -> None:
    (root / "content" / "attachments").write_text("x", encoding="utf-8")
    (root / "content" / "notices" / "x.md").mkdir()
    (root / "content" / "items.xls").mkdir()


def _deep(root: Path) -> None:
    path = root / "content" / "site.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "licence: " + "[" * 5000 + "]" * 5000 + "\n", encoding="utf-8")


def _too_long(root: Path) -> None:
    path = root / "content" / "pages" / "about.md"
    path.write_text(path.read_text(encoding="utf-8") + "长" * 700_000, encoding="utf-8")


def _grown(path: str, old: str, new: str) -> Callable[[Path], None]:
    """One text in the place of another, too long for a file of changes."""

    def damage(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    return damage


def _shown_otherwise(_, sheet) -> None:
    sheet["E2"].number_format = '0,"千"'
    sheet["E3"].number_format = ";;;"


def _shown_rounded(_, sheet) -> None:
    sheet["E2"], sheet["E3"] = 74.4, 60.6
    sheet["E2"].number_format = sheet["E3"].number_format = "0"


def _long_number(_, sheet) -> None:
    sheet["E2"] = 123456789012345678


def _rewritten(path: str, change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[Path], None]:
    """A table with its text changed or written in another encoding."""

    def rewrite(root: Path) -> None:
        text = change((root / path).read_text(encoding="utf-8"))
        (root / path).write_bytes(text.encode(encoding))

    return rewrite


def _title_and_tabs(text: str) -> str:
    return "2026年居民反映事项办理情况（评价办公室）\n" + text.replace(",", "\t")


def _chinese_commas(text: str) -> str:
    return text.replace(",", "，")


def _two_heading_rows(text: str) -> str:
    return "事项,发生日期,,,,,\n" + text


def _headings_again(text: str) -> str:
    first, second, *rest = text.split("\n")
    return "\n".join([first, second, first, *rest])


def _much_alike(root: Path) -> None:
    """Fifteen hundred questions and answers of one company, of few signs: each is like every other."""
    chance = Random(1)  # noqa: S311  (no secret)
    signs = ["".join(chance.choices("水压低停账单缴费", k=40)) for _ in range(3_000)]
    head = "id,meeting,company,raised_on,question,answered_by,answered_on,answer\n"
    when = "water-2026-06,water-a,2026-06-25"
    rows = (f"w{n},{when},{signs[n]},甲水务副总经理,2026-06-25,{signs[-n]}\n" for n in range(1, 1_501))
    (root / "content" / "items.csv").write_text(head + "".join(rows), encoding="utf-8")
    (root / "content" / "events.csv").unlink()


def _lost(text: str) -> str:
    return text.replace("印制推迟。", "印制�迟。", 1).replace("w1", "1.23457E+11", 1)


def _two_encodings(root: Path) -> None:
    path = root / "content" / "events.csv"
    first, second, *rest = path.read_text(encoding="utf-8").split("\n")
    path.write_bytes(
        b"\n".join([first.encode("gbk"), second.encode(), *(line.encode("gbk") for line in rest)]),
    )


def _other_format(root: Path) -> None:
    (root / "content" / "events.csv").rename(root / "content" / "events.numbers")


def _linked(path: str) -> Callable[[Path], None]:
    """The file or folder lies beside the bureau, and a link stands in its place."""

    def link(root: Path) -> None:
        (root / path).rename(root.parent / "elsewhere")
        (root / path).symlink_to(root.parent / "elsewhere")

    return link


def _names(root: Path) -> None:
    pages = root / "content" / "pages"
    for name in (
        "CON.md",
        "contact .md",
        "contact.md.",
        "contact.MD",
        "a\u202eb.md",
        "a\tb.md",
        "\u00e9.md",
        "-a.md",
        "e\u0301.md",
    ):
        (pages / name).write_text("x", encoding="utf-8")
    (root / "content" / "Items.csv").write_text("x", encoding="utf-8")
    (root / "results" / "2026-q2" / "Round.YAML").write_text("x", encoding="utf-8")


def _sealed(edit: Callable[[Path], None]) -> Callable[[Path], None]:
    """Both quarters sealed in August, and what was done to the folder afterwards."""

    def run(root: Path) -> None:
        from conftest import at_noon  # noqa: PLC0415

        from publisher.sealing import seal  # noqa: PLC0415

        zone = ZoneInfo("Asia/Shanghai")
        for round_, day in (("2026-q1", 14), ("2026-q2", 15)):
            moment = datetime(2026, 8, day, 12, tzinfo=zone)
            seal(root, round_, lambda _, moment=moment: moment, today=at_noon, salt="0" * 64)
        edit(root)

    return run


def _replaced(path: str, *pairs: tuple[str, str]) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (root / path).write_text(text, encoding="utf-8", newline="\n")

    return edit


def _removed(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def _without_line(path: str, number: int) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        lines = (root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        del lines[number - 1]
        (root / path).write_text("".join(lines), encoding="utf-8", newline="\n")

    return edit


def _every_count(root: Path) -> None:
    path = root / "results" / "2026-q2" / "scores.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    for old, new in (
        (",100,", ",101,"),
        (",120,", ",121,"),
        (",24,", ",25,"),
        (",2,1,0,", ",3,1,0,"),
        (",1,0,2,", ",2,0,2,"),
    ):
        rows = [row.replace(old, new) for row in rows]
    rows = [re.sub(r"(\d+),处$", r"1\1,处", row) for row in rows]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8", newline="\n")


_CORRECTION = """---
round: 2026-q2
kind: error
reason: 录入有误。
decided_by: 评价办公室负责人
decided_on: 2026-11-22
{covers}---

核对后更正。
"""


def _correction(covers: str) -> Callable[[Path], None]:
    data = _CORRECTION.format(covers=covers).encode()
    return _bytes("content/corrections/fix.md", data)


def _withdrawal_gone(root: Path) -> None:
    from conftest import at_noon  # noqa: PLC0415

    from publisher.sealing import seal  # noqa: PLC0415

    path = root / "content" / "withdrawals" / "old.md"
    path.parent.mkdir()
    head = "addresses: [about.html]\nreason: 资料有误。\ndecided_by: 评价办公室\nwithdrawn_on: 2026-08-16\n"
    path.write_text(f"---\n{head}---\n\n说明。\n", encoding="utf-8")
    seal(root, "record", lambda _: datetime(2026, 8, 16, 12, tzinfo=ZoneInfo("Asia/Shanghai")), today=at_noon, salt="")
    path.unlink()


_SCORES = "results/2026-q2/scores.csv"
_REGISTER = "content/register.jsonl"
DAMAGES: dict[str, Callable[[Path], None]] = (
    SIGN_OFF_DAMAGES
    | BEGIN_DAMAGES
    | {
        "workbook-merged": _in_workbook(_merged),
        "workbook-hidden-row": _in_workbook(_hidden_row),
        "workbook-hidden-column": _in_workbook(_hidden_column),
        "workbook-formula": _in_workbook(_formula),
        "workbook-several-sheets": _in_workbook(_several_sheets),
        "workbook-hidden-sheet": _in_workbook(_hidden_sheet),
        "workbook-shown-otherwise": _in_workbook(_shown_otherwise),
        "workbook-shown-rounded": _in_workbook(_shown_rounded),
        "workbook-long-number": _in_workbook(_long_number),
        "table-title-row-tabs": _rewritten("content/events.csv", _title_and_tabs),
        "table-joined-columns": _rewritten("content/events.csv", _chinese_commas),
        "table-two-heading-rows": _rewritten("content/events.csv", _two_heading_rows),
        "table-headings-again": _rewritten("content/events.csv", _headings_again),
        "table-lost": _rewritten("content/events.csv", _lost),
        "table-without-mark": _rewritten("content/events.csv", str, "utf-16-le"),
        "table-two-encodings": _two_encodings,
        "table-other-format": _other_format,
        "table-cell-too-long": _bytes("content/events.csv", b"x" * 200_000),
        "link-outside": _linked("content/companies.csv"),
        "link-outside-folder": _linked("results"),
        "file-names": _names,
        "workbook-wrong-cell": _in_workbook(_wrong_cell),
        "items-workbook-beside-items": _in_form("events.csv"),
        "items-workbook-beside-events": _in_form("items.csv"),
        "items-workbook-spare-sheet": _in_form("items.csv", "events.csv", edit=_spare_sheet),
        "items-workbook-hidden-events": _in_form("items.csv", "events.csv", edit=_hidden_events),
        "items-workbook-renamed-sheets": _in_form("items.csv", "events.csv", edit=_renamed_sheets),
        "workbook-is-csv": _csv_named_workbook,
        "text-damaged-utf8": _damaged_utf8,
        "text-utf16": _bytes("content/pages/contact.md", "---\ntitle: 联系\n---\n".encode("utf-16")),
        "text-nul": _bytes("content/pages/contact.md", b"---\ntitle: a\0b\n---\nx\n"),
        "table-not-text": _bytes("content/events.csv", b"\x89PNG\r\n\x1a\n\0\0"),
        "table-undecodable": _damaged_table,
        "table-empty": _bytes("content/events.csv", b""),
        "folder-for-table": _folder_for_table,
        "folders-and-files-swapped": _folders_and_files_swapped,
        "dangling-link": _dangling_link,
        "yaml-too-deep": _deep,
        "text-too-long": _too_long,
        "text-exceeds": _grown(_REPLY, "已停止搭售报警器。", "已停止搭售。" * 17_000),
        "citations-exceed": _grown(
            "content/pages/about.md", "本站公布服务评价结果。", '本站公布{{ base("water-a") }}。' * 301
        ),
        "ledger-not-compared": _much_alike,
        "settings-exceed": _grown(_REPLY, "总经理", "总经理" * 34_000),
        "table-cell-exceeds": _grown("content/items.csv", "早上水发黄", "早上水发黄" * 2_001),
        "table-field-exceeds": _grown("content/items.csv", "早上水发黄", "早上水发黄" * 30_000),
        "sealed-cells": _sealed(_replaced(_SCORES, ("water-a,overall,,100,74,17,9", "water-a,overall,,100,73,18,9"))),
        "sealed-rows": _sealed(_without_line(_SCORES, 9)),
        "sealed-thousands": _sealed(_every_count),
        "sealed-name": _sealed(_replaced("content/companies.csv", ("测试市乙燃气有限公司", "测试市乙燃气公司"))),
        "sealed-covers-nothing": _sealed(_correction("covers: [score/water-a/overall/n]\n")),
        "sealed-without-covers": _sealed(_correction("")),
        "sealed-edition-changed": _sealed(_replaced("content/editions/2026-q2.1.json", ('"42.5"', '"43.5"'))),
        "sealed-edition-missing": _sealed(_removed("content/editions/record.1.json")),
        "sealed-edition-spare": _sealed(_bytes("content/editions/2026-q2.2.json", b"{}")),
        "sealed-edition-unreadable": _sealed(_bytes("content/editions/2026-q2.1.json", b"[]")),
        "sealed-addresses": _sealed(_replaced("content/editions/addresses.txt", ("about.html\n", ""))),
        "sealed-line-edited": _sealed(_replaced(_REGISTER, ('"n": 1, "at": "2026-08-14', '"n": 1, "at": "2026-08-13'))),
        "sealed-line-removed": _sealed(_without_line(_REGISTER, 2)),
        "sealed-line-back-dated": _sealed(
            _replaced(_REGISTER, ('"n": 3, "at": "2026-08-15', '"n": 3, "at": "2026-08-01'))
        ),
        "sealed-line-in-future": _sealed(
            _replaced(_REGISTER, ('"n": 3, "at": "2026-08-15', '"n": 3, "at": "2027-08-15'))
        ),
        "sealed-line-unreadable": _bytes(_REGISTER, b'{"n": 1}\n'),
        "sealed-line-cut": _bytes(_REGISTER, b'{"n": 1'),
        "sealed-withdrawal-gone": _sealed(_withdrawal_gone),
        "sealed-round-gone": _sealed(lambda root: shutil.rmtree(root / "results" / "2026-q1")),
    }
)
