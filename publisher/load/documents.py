"""Markdown files with YAML front matter between two lines of `---`."""

import re
from pathlib import Path
from typing import Any

from publisher.load.settings import read_yaml
from publisher.load.text import read_text
from publisher.problems import Place, Report, Source, problem

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_document(path: Path, shown: str, report: Report) -> tuple[dict[str, Any], Source] | None:
    """The front matter with the rest of the file as `body`; none, and a problem, if there is none."""
    text = read_text(path, shown, report)
    return None if text is None else document_in(text, shown, report)


def document_in(text: str, shown: str, report: Report) -> tuple[dict[str, Any], Source] | None:
    """The same of its text."""
    match = _FRONT.match(text)
    if not match:
        report(problem("no-front-matter", Place(shown, line=1), text.split("\n", 1)[0][:40]))
        return None
    read = read_yaml(match[1] or "", shown, report, first_line=2)
    if read is None:
        return None
    data, source = read
    if "body" in data:
        report(problem("unknown-key", source.place("body"), "body", near=""))
        return None
    rest = text[match.end() :]
    line = text.count("\n", 0, match.end() + len(rest) - len(rest.lstrip())) + 1
    places = {**source.fields, ("body",): Place(shown, line=line)}
    return {**data, "body": rest.strip()}, Source(source.where, places)
