"""Markdown files with YAML front matter between two lines of `---`."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from publisher.load.settings import read_yaml
from publisher.load.text import read_text
from publisher.problems import Place, Report, Source, problem

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_document(path: Path, shown: str, report: Report) -> tuple[dict[str, Any], Source] | None:
    """The front matter with the rest of the file as `body`; none, and a problem, if there is none."""
    text = read_text(path, shown, report)
    if text is None:
        return None
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
    body = text[match.end() :]
    start = len(text) - len(body.lstrip())
    places = {**source.fields, ("body",): Place(shown, line=text.count("\n", 0, start) + 1)}
    return {**data, "body": body.strip()}, replace(source, fields=places)
