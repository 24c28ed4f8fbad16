"""The tables of a Word file, as rows of text, and what stands beside them: from the Markdown that was made of it."""

import re
from dataclasses import dataclass, field

from publisher.incoming.losses import text_of

_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|-]+")
"""The line below the headings."""


@dataclass
class Tables:
    """What a Word file holds, table by table."""

    tables: list[list[list[str]]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Paragraphs that are no part of a table."""


def tables_of(markdown: str) -> Tables:
    found = Tables()
    for block in markdown.strip().split("\n\n"):
        lines = block.split("\n")
        if len(lines) > 1 and block.startswith("|") and _RULE.fullmatch(lines[1]):
            found.tables.append([_cells(line) for line in (lines[0], *lines[2:])])
        elif text := text_of(block).strip():
            found.beside.append(text)
    return found


def _cells(line: str) -> list[str]:
    return [text_of(one.strip()).strip() for one in _BORDER.split(line)[1:-1]]
