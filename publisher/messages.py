"""Problems as a clerk reads them: by file, then where, what was seen, what is wrong and what to do."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from publisher.problems import Labelled, Place, Problem
from publisher.words import Words

MOST_OF_A_CODE = 20
"""Sentences about one sort of fault of a file on a terminal; of more there is a count. Nobody reads a thousand."""
_KEY = re.compile(r".*\.|\[\d+\]")
"""What stands round the last key of a path: `measures[2].due_on`."""
_MOST = 5
"""Cells or lines that are named one by one."""


@dataclass(frozen=True)
class Told:
    """One fault in words; the same fault on several lines of a file is one."""

    code: str
    where: str
    """Sheet, cell or line, column; empty for the file as a whole."""
    what: str
    """What was seen and what is wrong with it, with what was probably meant."""
    cure: str
    warning: bool


@dataclass(frozen=True)
class File:
    """What is told of one file. `more`: by code, how many faults are only counted, and where the first of them are."""

    path: str
    told: tuple[Told, ...]
    more: tuple[tuple[str, int, str], ...]


def by_file(problems: Iterable[Problem], words: Words, most: int = MOST_OF_A_CODE) -> Iterator[File]:
    """In the order of the problems; of each code of a file the first `most`."""
    for path, group in groupby(problems, key=lambda problem: problem.place.path):
        count: Counter[str] = Counter()
        kept = []
        rest: dict[str, list[Place]] = {}
        for alike in _alike(group):
            count[alike[0].code] += 1
            if count[alike[0].code] <= most:
                kept.append(told(alike[0], words, [one.place for one in alike]))
            else:
                rest.setdefault(alike[0].code, []).append(alike[0].place)
        more = tuple((code, len(places), _first(places, words)) for code, places in rest.items())
        yield File(shown(path, 300), tuple(kept), more)


def lines_of(problems: Sequence[Problem], words: Words) -> Iterator[str]:
    """The problems in order, under the name of their file; the code at the end is for asking help."""
    for file in by_file(problems, words):
        yield file.path
        yield from (f"  {_line(one, words)}" for one in file.told)
        yield from (f"  {words('message.more', n=number, where=where)} [{code}]" for code, number, where in file.more)
        yield ""


def _alike(problems: Iterable[Problem]) -> Iterable[list[Problem]]:
    """The same fault on several lines of a file is told once, with all its lines."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        anywhere = one.code, one.value, one.details, one.warning, one.place.sheet, one.place.column
        found.setdefault(anywhere, []).append(one)
    return found.values()


def sentence(problem: Problem, words: Words) -> str:
    """One problem in one line, without the name of its file."""
    return _line(told(problem, words), words)


def _line(one: Told, words: Words) -> str:
    mark = words("message.warning") if one.warning else ""
    where = words("message.where", where=one.where) if one.where else ""
    return f"{mark}{where}{one.what} {one.cure} [{one.code}]"


def told(problem: Problem, words: Words, places: Sequence[Place] = ()) -> Told:
    where = _where(places or [problem.place], words)
    details: dict[str, Any] = {"value": shown(problem.value)}
    for name, one in problem.details:
        details[name] = _seen_from(problem.place, one, words) if isinstance(one, Place) else _detail(one, words)
    # A code that ends in -near has a sentence of its own for what was probably meant.
    hinted = details.get("near") and not problem.code.endswith("-near")
    near = words("message.near", near=details["near"]) if hinted else ""
    what = words(f"problem.{problem.code}", **details)
    return Told(problem.code, where, f"{what}{near}", words(f"cure.{problem.code}", **details), problem.warning)


def _seen_from(here: Place, there: Place, words: Words) -> str:
    """A line or row, with its sheet and file where these are others."""
    sheet = "" if (here.path, here.sheet) == (there.path, there.sheet) else there.sheet
    where = _where([Place(there.path, sheet, there.line)], words)
    return where if here.path == there.path else words("message.of-file", where=where, file=shown(there.path, 300))


def _where(places: Sequence[Place], words: Words) -> str:
    place = places[0]
    parts = []
    if place.sheet:
        parts.append(words("message.sheet", sheet=shown(place.sheet)))
    if place.cell:
        parts.append(words("message.cell", cell=_listed([one.cell for one in places], "message.more-cells", words)))
    elif place.page:
        parts.append(words("message.page", page=place.page))
    elif place.paragraph:
        parts.append(words("message.paragraph", paragraph=place.paragraph))
    elif place.line:
        parts.append(words("message.line", line=_listed([one.line for one in places], "message.more-lines", words)))
    if not place.column:
        return words("message.and").join(parts)
    said = str(_detail(place.column, words))
    column = words("message.column", column=shown(said))
    if said == place.column and not place.cell and words.has(key := f"fact.{_KEY.sub('', place.column)}"):
        column = words("message.labelled-key", column=column, label=words(key))
    if place.cell:
        return words("message.in-column", where=words("message.and").join(parts), column=column)
    return words("message.and").join([*parts, column])


def _listed(marks: Sequence[object], more: str, words: Words) -> str:
    """Lines or cells; of many the first few and how many there are."""
    shown = words("message.list").join(str(mark) for mark in marks[:_MOST])
    return shown if len(marks) <= _MOST else words(more, shown=shown, count=len(marks))


def _first(places: Sequence[Place], words: Words) -> str:
    """The first few, for those who go through the file from there."""
    cells = dict.fromkeys(place.cell for place in places if place.cell)
    rows = dict.fromkeys(place.line for place in places if place.line)
    marks = words("message.list").join(str(one) for one in [*(cells or rows)][:_MOST])
    if not marks:
        return ""
    return words("message.more.where", where=marks if cells else words("message.line", line=marks))


def _detail(detail: Any, words: Words) -> Any:
    """A detail that is the key of a column's heading is shown as that heading; text is kept short."""
    if isinstance(detail, Labelled):
        return words("message.labelled", label=words(detail.label), value=shown(detail.value))
    if isinstance(detail, tuple):
        return words("message.list").join(str(_detail(one, words)) for one in detail)
    if isinstance(detail, str):
        return words(detail) if detail.startswith(("field.", "choice.")) and words.has(detail) else shown(detail, 200)
    if isinstance(detail, date):
        return words.day(detail)
    return detail


def shown(value: str, most: int = 60) -> str:
    """What was seen, in one line, short, and with nothing that a terminal would obey or cannot print."""
    plain = " ".join("".join(sign if sign.isprintable() else " " if sign.isspace() else "�" for sign in value).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
