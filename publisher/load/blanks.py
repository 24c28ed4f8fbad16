"""Blanks that a new file comes with, `【待填：……】`: one that was left is told where it stands, and never published.

What stands around it is read all the same, so that its faults are told at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from publisher.load.settings import dotted
from publisher.problems import Place, Problem, Report, Source, problem
from publisher.words import LANGUAGES, words_of

NO_HOST = ".invalid"
"""End of an address that was not filled in: no host has such a name (RFC 2606)."""
_TO_ITS_END = re.compile(r"[^】]*】?")
"""A blank ends with the same sign in every language."""
Loc = tuple[str | int, ...]


@cache
def _marks() -> tuple[str, ...]:
    """How a blank begins, in every language."""
    return tuple(words_of(language)("blank.mark") for language in LANGUAGES)


def is_blank(text: str) -> bool:
    return text.endswith(NO_HOST) or any(mark in text for mark in _marks())


def blank(place: Place, text: str) -> Problem:
    if text.endswith(NO_HOST):
        return problem("address-not-filled", place, text.strip())
    start = min((at for mark in _marks() if (at := text.find(mark)) >= 0), default=0)
    return problem("not-filled", place, _TO_ITS_END.findall(text, start)[0].strip())


def blanks_in(data: Mapping[str, Any], source: Source) -> list[Problem]:
    """All blanks of a document or of settings, those of its text line by line."""
    return [one for loc, text in _texts(data) for one in _told(loc, text, source)]


def without_blanks(data: dict[str, Any], source: Source, report: Report) -> tuple[dict[str, Any], Report]:
    """What was filled in, and a report that does not call missing what was told to be blank."""
    if not _has_blank(data):
        return data, report
    found = [(loc, text) for loc, text in _texts(data) if is_blank(text)]
    for loc, text in found:
        for one in _told(loc, text, source):
            report(one)
    gone = {_key_of(loc) for loc, text in found if loc != ("body",) and "\n" not in text}
    names = {dotted(loc) for loc in gone}

    def told(fault: Problem) -> None:
        if fault.code != "missing" or fault.place.column not in names:
            report(fault)

    return _without(data, gone, ()), told


def _has_blank(value: Any) -> bool:
    """The same in less time: nearly all files have none."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, dict | list):
        return any(map(_has_blank, value.values() if isinstance(value, dict) else value))
    return False


def _texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(one, (*loc, key))


def _told(loc: Loc, text: str, source: Source) -> Iterator[Problem]:
    if not is_blank(text):
        return
    place = source.place(*loc)
    first = place.line + (loc != ("body",) and "\n" in text)  # a long text of settings begins below its key
    for number, line in enumerate(text.split("\n"), first):
        if is_blank(line):
            yield blank(replace(place, line=number), line)


def _key_of(loc: Loc) -> Loc:
    """The key that goes with the blank; of a list the key of the list, so that no other place changes its number."""
    while isinstance(loc[-1], int):
        loc = loc[:-1]
    return loc


def _without(value: Any, gone: set[Loc], loc: Loc) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, gone, (*loc, key)) for key, one in value.items() if (*loc, key) not in gone}
    if isinstance(value, list):
        return [_without(one, gone, (*loc, place)) for place, one in enumerate(value)]
    return value
