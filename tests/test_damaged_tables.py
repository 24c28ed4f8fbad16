"""Tables as bad as they come: each is read exactly, or refused with the place; never guessed, never dropped.

`damaged_tables.txt` says of every table of `damaged_tables.py` what comes out: rows as number and fields, then `!`
and code, place and value of every problem (`?` of a warning). It is written by

    python tests/test_damaged_tables.py --bless

and must be read before it is kept.
"""

import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from patience import no_stall

sys.path.insert(0, str(Path(__file__).parent))

from damaged_tables import CASES, packed, parts

from publisher.load.tables import find_table, read_table
from publisher.load.validate import read_as
from publisher.messages import sentence
from publisher.model.fields import Count, Day, Moment, Number, Record, Share, Slug, Text
from publisher.problems import Problem
from publisher.words import words_of

EXPECTED = Path(__file__).with_name("damaged_tables.txt")
BLESS = "if the new lines are right: python tests/test_damaged_tables.py --bless, then read the difference"


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
    with no_stall():
        assert list(outcome(tmp_path, *CASES[name])) == expected()[name], BLESS


# Anything whatever: never a traceback, each problem once, bounded time

SUFFIXES = ("csv", "xlsx", "xls", "ods", "xlsm")
SMALL = [name for name, (_, data) in CASES.items() if len(data) < 20_000]
WORKBOOKS = [name for name in SMALL if CASES[name][1].startswith(b"PK")]


def survives(data: bytes, suffix: str) -> None:
    with no_stall(), tempfile.TemporaryDirectory() as folder:
        list(outcome(Path(folder), f"scores.{suffix}", data))


@given(
    data=st.binary(max_size=600), suffix=st.sampled_from(SUFFIXES), start=st.sampled_from((b"", b"PK\3\4", b"\t\0\4\0"))
)
@settings(deadline=None)
def test_no_bytes_bring_the_door_down(data, suffix, start):
    survives(start + data, suffix)


@given(
    text=st.text(st.sampled_from('企nocmpay,;|\t"\n\r1 \0\ufeff\u2028é') | st.characters(codec="utf-8"), max_size=80),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32-be")),
)
@settings(deadline=None)
def test_no_text_brings_the_door_down(text, encoding):
    survives(("company,n\n" + text).encode(encoding), "csv")


@given(
    name=st.sampled_from(SMALL),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=8),
    cut=st.floats(0, 1),
)
@settings(deadline=None)
def test_no_flipped_or_lost_byte_brings_the_door_down(name, changes, cut):
    file, whole = CASES[name]
    data = bytearray(whole)
    for share, new in changes:
        at = int(share * len(data))
        data[at : at + len(new)] = new
    survives(bytes(data[: int(cut * len(data)) if cut < 0.3 else None]), file.split(".")[1])


@given(name=st.sampled_from(WORKBOOKS), data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_no_change_within_a_workbook_brings_the_door_down(name, data):
    """Members are dropped, and one is cut, doubled in part or strewn with signs that mean something in XML."""
    file, whole = CASES[name]
    try:
        files = parts(whole)
    except (zipfile.BadZipFile, KeyError):
        return
    for gone in data.draw(st.sets(st.sampled_from(sorted(files)), max_size=2)):
        del files[gone]
    assume(files)
    chosen = data.draw(st.sampled_from(sorted(files)))
    text = bytearray(files[chosen])
    for _ in range(data.draw(st.integers(1, 5))):
        at, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
        new = data.draw(
            st.sampled_from((b"", b"<", b">", b'"', b"-1", b"99999999999", b"\xff", b"&#0;", bytes(text[at:end]) * 2))
        )
        text[at : end if data.draw(st.booleans()) else at + 1] = new
    survives(packed({**files, chosen: bytes(text)}), file.split(".")[1])


def bless() -> None:
    blocks = []
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            blocks.append("\n".join([f"[{name}]", *outcome(Path(folder), *case)]))
    EXPECTED.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--bless" in sys.argv:
    bless()
