"""Problems as a clerk reads them: by file, then where, what was seen, what is wrong and what to do."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from publisher.problems import Place, Problem
from publisher.words import Words


def lines_of(problems: Sequence[Problem], words: Words) -> Iterator[str]:
    """The problems in order, under the name of their file; the code at the end is for asking help."""
    for path, group in groupby(problems, key=lambda problem: problem.place.path):
        yield path
        for problem in group:
            yield f"  {sentence(problem, words)}"
        yield ""


def sentence(problem: Problem, words: Words) -> str:
    """One problem in one line, without the name of its file."""
    where = _where(problem.place, words)
    details: dict[str, Any] = {"value": _shortened(problem.value), **dict(problem.details)}
    near = words("message.near", near=details["near"]) if details.get("near") else ""
    what = words(f"problem.{problem.code}", **details)
    cure = words(f"cure.{problem.code}", **details)
    mark = words("message.warning") if problem.warning else ""
    return f"{mark}{where}{what}{near} {cure} [{problem.code}]"


def _where(place: Place, words: Words) -> str:
    parts = []
    if place.sheet:
        parts.append(words("message.sheet", sheet=place.sheet))
    if place.cell:
        parts.append(words("message.cell", cell=place.cell))
    elif place.line:
        parts.append(words("message.line", line=place.line))
    if place.column:
        parts.append(words("message.column", column=place.column))
    return words("message.where", where=words("message.and").join(parts)) if parts else ""


def _shortened(value: str) -> str:
    """What was seen, short enough for a line."""
    most = 60
    plain = " ".join(value.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
