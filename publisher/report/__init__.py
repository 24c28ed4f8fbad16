"""The report of `publisher check`: one page of HTML to send to whoever made the files. It loads and runs nothing.

What could be personal is masked in it already, as on the terminal; paths are those within the bureau's folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher.messages import File, Told, by_file
from publisher.problems import Problem
from publisher.words import Words

MOST = 200
"""Faults of one sort that are told of a file; of more there is a count."""
MARK = b"<!doctype html>\n<!-- publisher check -->\n"
"""How every report begins: only what begins like this is written over."""


@dataclass(frozen=True)
class Part:
    """One file with what is wrong with it; warnings stand apart."""

    id: str
    path: str
    errors: tuple[Told, ...]
    warnings: tuple[Told, ...]
    more: tuple[tuple[str, int, str], ...]
    count: int
    """Errors, those that are only counted included."""
    doubts: int


def report_of(problems: Sequence[Problem], bureau: str, moment: str, words: Words) -> bytes:
    """The whole report, in UTF-8; `moment` is when it was checked."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  (start-up time)

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = parts_of(problems, words)
    text = environment.get_template("report.html").render(
        t=words,
        bureau=bureau,
        moment=moment,
        parts=parts,
        errors=sum(one.count for one in parts),
        warnings=sum(one.doubts for one in parts),
    )
    return MARK + text.encode()


def parts_of(problems: Sequence[Problem], words: Words) -> list[Part]:
    """Files with errors come first, else in their order."""
    counts: dict[str, list[int]] = {}
    for one in problems:
        counts.setdefault(one.place.path, [0, 0])[one.warning] += 1
    files = zip(by_file(problems, words, MOST), counts.values(), strict=True)
    parts = [_part(number, file, count) for number, (file, count) in enumerate(files, 1)]
    return sorted(parts, key=lambda part: not part.errors)


def _part(number: int, file: File, count: Sequence[int]) -> Part:
    return Part(
        id=f"f{number}",
        path=file.path,
        errors=tuple(one for one in file.told if not one.warning),
        warnings=tuple(one for one in file.told if one.warning),
        more=file.more,
        count=count[0],
        doubts=count[1],
    )
