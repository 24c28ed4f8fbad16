"""Text files: strictly UTF-8 or the Chinese encoding, nothing unseen, no cell that a spreadsheet would run."""

import csv
import re
from io import StringIO

from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.rows import say_rows
from publisher.load.encoding import UNSEEN
from publisher.load.limits import MAX_ATTACHED_TEXT, MEGABYTE
from publisher.load.text import decoded
from publisher.problems import Place

_MARKUP = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed)[\s>/]")
_RUN = re.compile(r"\s*(?:[=@＝＠]|[-+－＋](?!\s*[0-9.,]+\s*%?\s*$))")
"""What spreadsheets take for a formula (OWASP, CSV injection); a number with a sign is none."""
_PARTS = re.compile(r"[;\t|]")
"""Where spreadsheets part cells too, if they are told to."""
_ONLY_A_SIGN = re.compile(r"\s*[-+－—]+\s*")


def read_plain(data: bytes, kind: str, look: Look) -> None:
    if len(data) > MAX_ATTACHED_TEXT:
        raise RefusedError("attachment-too-much-text", len(data), limit=MAX_ATTACHED_TEXT // MEGABYTE)
    text = decoded(data)
    if text is None:
        raise RefusedError("attachment-encoding")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = UNSEEN.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        look.fault(
            "control-character",
            f"U+{ord(unseen[0]):04X}",
            Place(look.path, line=line),
            position=unseen.start() - text.rfind("\n", 0, unseen.start()),
        )
    if _MARKUP.search(text):
        raise RefusedError("attachment-not-allowed", seen="choice.content.html")
    if kind == "csv":
        _read_cells(text, look)
    else:
        look.say(text, Place(look.path, line=1))


def _is_run(cell: str) -> bool:
    return bool(_RUN.match(cell)) and not _ONLY_A_SIGN.fullmatch(cell)


def _read_cells(text: str, look: Look) -> None:
    try:
        rows = list(csv.reader(StringIO(text), strict=True))
    except csv.Error:
        raise RefusedError("attachment-damaged") from None
    for number, cells in enumerate(rows, 1):
        for cell in cells:
            if any(_is_run(part) for part in (cell, *_PARTS.split(cell))):
                look.fault("attachment-formula", cell, Place(look.path, line=number))
    say_rows(look, enumerate(rows, 1))
