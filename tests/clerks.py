"""What a clerk does to the files of a folder: completes blanks, types into the workbook, runs commands."""

import re
from datetime import datetime

from click.testing import CliRunner

from publisher.cli import commands
from publisher.words import words_of

BLANK = re.compile(r"【(待填|fill in)[^】\n]*】")
TYPED = {
    "n": 100,
    "yes": 80,
    "no": 15,
    "not_applicable": 5,
    "numerator": 90,
    "denominator": 100,
    "value": 7,
    "met": 1,
    "partly": 0,
    "not_met": 0,
    "issued": 300,
    "returned": 250,
    "valid": 200,
    "population": 5000,
    "start": datetime(2026, 9, 1, 9, 30),  # noqa: DTZ001  (as Excel has it)
    "end": datetime(2026, 9, 20),  # noqa: DTZ001  (as Excel has it)
}
"""What is typed into the columns of a round's workbook."""


def told_in(monkeypatch, folder, *words, language="zh-Hans"):
    """A command run in the folder, in Chinese if nothing else is said."""
    monkeypatch.chdir(folder)
    return CliRunner().invoke(commands(words_of(language)), [str(word) for word in words])


def complete(path, **more):
    """What a clerk does: a date where one is asked for, words elsewhere."""
    dates = {"release_at": "2026-11-10 10:00", "published_at": "2026-11-10 10:00", "statements_due": "2026-12-01"}
    dates |= {"issued_on": "2026-11-09", "signed_on": "2026-11-12", "responded_on": "2026-11-16"}
    dates |= {
        "held_on": "2026-11-01",
        "decided_on": "2026-11-20",
        "withdrawn_on": "2026-11-20",
        "decision": "partly",
        "kind": "error",
    }
    dates |= more
    text = path.read_text("utf-8")
    for key, value in dates.items():
        text = re.sub(rf"(?m)^(\s*{key}: ){BLANK.pattern}", rf"\g<1>{value}", text)
    path.write_text(BLANK.sub("人手不够", text), "utf-8")


def fill(book, words, **more):
    """Types into every empty cell of the workbook; returns how many."""
    typing = TYPED | more
    fields = {
        words(f"field.{table}.{name}"): name
        for table in ("scores", "samples", "channels")
        for name in TYPED
        if words.has(f"field.{table}.{name}")
    }
    typed = 0
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1] if cell.value != words("form.told")]
        grades = headings[3:-1] if words("field.scores.n") in headings and len(headings) > 6 else []
        for row in sheet.iter_rows(min_row=3):
            for cell, heading in zip(row, headings, strict=False):
                value = 95 // len(grades) if heading in grades else typing.get(fields.get(heading))
                if row[0].value and cell.value is None and value is not None:
                    cell.value, typed = value, typed + 1
    return typed
