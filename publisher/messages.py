"""Problems as a clerk reads them: by file, then where, what was seen, what is wrong and what to do."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from publisher.problems import Place, Problem
from publisher.words import Words


def lines_of(problems: Sequence[Problem], words: Words) -> Iterator[str]:
    """The problems in order, under the name of their file; the code at the end is for asking help."""
    for path, group in groupby(problems, key=lambda problem: problem.place.path):
        yield _shown(path, 300)
        for problem in group:
            yield f"  {sentence(problem, words)}"
        yield ""


def sentence(problem: Problem, words: Words) -> str:
    """One problem in one line, without the name of its file."""
    where = _where(problem.place, words)
    details = {"value": _shown(problem.value), **{name: _detail(one, words) for name, one in problem.details}}
    # A code that ends in -near has a sentence of its own for what was probably meant.
    hinted = details.get("near") and not problem.code.endswith("-near")
    near = words("message.near", near=details["near"]) if hinted else ""
    what = words(f"problem.{problem.code}", **details)
    cure = words(f"cure.{problem.code}", **details)
    mark = words("message.warning") if problem.warning else ""
    return f"{mark}{where}{what}{near} {cure} [{problem.code}]"


def _where(place: Place, words: Words) -> str:
    parts = []
    if place.sheet:
        parts.append(words("message.sheet", sheet=_shown(place.sheet)))
    if place.cell:
        parts.append(words("message.cell", cell=place.cell))
    elif place.line:
        parts.append(words("message.line", line=place.line))
    if place.column:
        parts.append(words("message.column", column=_shown(place.column)))
    return words("message.where", where=words("message.and").join(parts)) if parts else ""


def _detail(detail: Any, words: Words) -> Any:
    """A detail that is the key of a column's heading is shown as that heading; text is kept short."""
    if isinstance(detail, str):
        return words(detail) if detail.startswith("field.") and words.has(detail) else _shown(detail, 200)
    return detail


def _shown(value: str, most: int = 60) -> str:
    """What was seen, in one line, short, and with nothing that a terminal would obey or cannot print."""
    plain = " ".join("".join(sign if sign.isprintable() else " " if sign.isspace() else "�" for sign in value).split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
