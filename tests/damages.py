"""Damage that a text file cannot hold: workbooks, encodings, folders in the place of files."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

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


DAMAGES: dict[str, Callable[[Path], None]] = {
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
    "settings-exceed": _grown(_REPLY, "总经理", "总经理" * 34_000),
    "table-cell-exceeds": _grown("content/items.csv", "早上水发黄", "早上水发黄" * 2_001),
    "table-field-exceeds": _grown("content/items.csv", "早上水发黄", "早上水发黄" * 30_000),
}
