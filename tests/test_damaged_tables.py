"""Tables as bad as they come: each is read exactly, or refused with the place; never guessed, never dropped.

`damaged_tables.txt` says of every table of `damaged_tables.py` what comes out: rows as number and fields, then `!`
and code, place and value of every problem (`?` of a warning). It is written by

    python tests/test_damaged_tables.py --bless

and must be read before it is kept.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from damaged_tables import CASES  # noqa: E402

from publisher.load.tables import find_table, read_table  # noqa: E402
from publisher.load.validate import read_as  # noqa: E402
from publisher.messages import sentence  # noqa: E402
from publisher.model.fields import Count, Day, Moment, Number, Record, Share, Slug, Text  # noqa: E402
from publisher.problems import Problem  # noqa: E402
from publisher.words import words_of  # noqa: E402

EXPECTED = Path(__file__).with_name("damaged_tables.txt")
BLESS = "if the new lines are right: python tests/test_damaged_tables.py --bless, then read the difference"
SECONDS = 5


class Line(Record):
    """A row with a field of every sort."""

    company: Slug = "-"
    n: Count | None = None
    score: Number | None = None
    share: Share | None = None
    day: Day | None = None
    at: Moment | None = None
    note: Text | None = None


FIELDS = [name for name in Line.model_fields if name != "origin"]
HEADINGS = {**{name: name for name in FIELDS}, "企业": "company"}


def outcome(folder: Path, file: str, data: bytes) -> Iterator[str]:
    (folder / file).write_bytes(data)
    problems: list[Problem] = []
    for path in find_table(folder, "scores"):
        for row in read_table(path, file, HEADINGS, problems.append, required=["company"]):
            line = read_as(Line, dict(row.cells), row.source, problems.append)
            fields = [f"{name}={getattr(line, name)!s}" for name in FIELDS if line and name in row.cells]
            yield f"{row.source.where.line}: {short(' '.join(fields))}" if line else f"{row.source.where.line}: -"
    assert len(set(problems)) == len(problems)
    for one in problems:
        assert sentence(one, words_of("zh-Hans"))
        assert sentence(one, words_of("en"))
        place = one.place.cell or (one.place.line and f"{one.place.line} {one.place.column}".strip()) or "-"
        yield short(f"{'?' if one.warning else '!'} {one.code} {place} {one.value!r}")


def short(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return plain if len(plain) < 110 else f"{plain[:100]}… ({len(plain)})"


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in EXPECTED.read_text(encoding="utf-8").split("\n\n"):
        name, *lines = block.strip("\n").split("\n")
        found[name.strip("[]")] = lines
    return found


def test_there_are_more_than_two_hundred_and_each_has_its_outcome():
    assert len(CASES) > 200
    assert sorted(expected()) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_table_is_read_exactly_or_told(name, tmp_path):
    start = time.process_time()
    assert list(outcome(tmp_path, *CASES[name])) == expected()[name], BLESS
    assert time.process_time() - start < SECONDS


def bless() -> None:
    blocks = []
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            blocks.append("\n".join([f"[{name}]", *outcome(Path(folder), *case)]))
    EXPECTED.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--bless" in sys.argv:
    bless()
