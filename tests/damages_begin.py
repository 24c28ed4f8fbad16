"""Damage to what staff fill in: the workbook of a round, and files that were begun."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from publisher.load.folder import load
from publisher.outputs.round_form import round_form
from publisher.words import words_of


def filled_form(root: Path, round_: str, edit: Callable[[Any], object], *, empty: bool = False) -> None:
    """The workbook of a round in place of its table, with its scores or without, after `edit`."""
    folder = root / "results" / round_
    before = load(root).bureau
    (folder / "scores.csv").unlink()
    bureau = load(root).bureau if empty else before
    book = openpyxl.load_workbook(io.BytesIO(round_form(bureau, bureau.rounds[round_], words_of("zh-Hans"))))
    edit(book)
    book.save(folder / "scores.xlsx")


def _in_form(edit: Callable[[Any], object], *, empty: bool = False) -> Callable[[Path], None]:
    return lambda root: filled_form(root, "quality-2026", edit, empty=empty)


def _typed_over_example(book: Any) -> None:
    for cell in ("A2", "B2"):
        book.worksheets[0][cell] = book.worksheets[0][cell.replace("2", "3")].value


def _other_sample(book: Any) -> None:
    for sheet, cell in (("渠道情况", "F4"), ("渠道情况", "B3"), ("样本", "B3")):
        book[sheet][cell] = 277


def _strange_samples(book: Any) -> None:
    """A name that nothing has, numbers without a name, the same company twice, valid forms left out."""
    sheet = book["样本"]
    for row in (("测试市某水务", None, 5), (None, 900), ("甲水务", 900), ("water-a", 901, 50)):
        sheet.append(row)


def _spare(book: Any) -> None:
    book.create_sheet("我的计算").append(["企业", "合计"])


def _renamed(book: Any) -> None:
    book.worksheets[0].title = "比率（终稿）"


def _hidden(book: Any) -> None:
    book.worksheets[0].sheet_state = "hidden"


BEGIN_DAMAGES: Mapping[str, Callable[[Path], None]] = {
    "form-not-filled": _in_form(lambda _: None, empty=True),
    "form-example-typed-over": _in_form(_typed_over_example),
    "form-sample-said-twice": _in_form(_other_sample),
    "form-strange-samples": _in_form(_strange_samples),
    "form-spare-sheet": _in_form(_spare),
    "form-renamed-sheet": lambda root: filled_form(root, "2026-q1", _renamed),
    "form-hidden-sheet": _in_form(_hidden),
}
