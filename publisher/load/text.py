"""Text files as staff save them: UTF-8 with or without a mark, or the Chinese encoding of Windows."""

from pathlib import Path

from publisher.load.encoding import UNSEEN, decodes, is_mostly_utf8
from publisher.problems import Place, Report, problem

MAX_BYTES = 2_000_000
"""Largest text file: about three hundred printed pages."""


def read_text(path: Path, shown: str, report: Report) -> str | None:
    r"""The text with line ends as `\\n`; none, and a problem, if it cannot be read."""
    data = bytes_of(path)
    if data is None:
        report(problem("unreadable-file", Place(shown)))
        return None
    return text_in(data, shown, report)


def text_in(data: bytes, shown: str, report: Report) -> str | None:
    """The same of the bytes of a file."""
    if len(data) > MAX_BYTES:
        report(problem("text-too-long", Place(shown), len(data), limit=MAX_BYTES))
        return None
    text = decoded(data)
    if text is None:
        report(problem("wrong-encoding", Place(shown, line=_first_undecoded(data))))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _all_visible(text, shown, report) else None


def bytes_of(path: Path) -> bytes | None:
    """None where there is no plain file that may be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _all_visible(text: str, shown: str, report: Report) -> bool:
    found = [(number, UNSEEN.search(line)) for number, line in enumerate(text.split("\n"), 1)]
    unseen = [(number, match) for number, match in found if match]
    for number, match in unseen:
        value = f"U+{ord(match[0]):04X}"
        report(problem("control-character", Place(shown, line=number), value, position=match.start() + 1))
    return not unseen


def decoded(data: bytes) -> str | None:
    """By byte-order mark, else strict UTF-8, else strict GB18030; none if it is neither, or broken UTF-8."""
    if decodes(data, "utf-8-sig"):
        return data.decode("utf-8-sig").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")  # a second mark means nothing either
    return data.decode("gb18030") if not is_mostly_utf8(data) and decodes(data, "gb18030") else None


def _first_undecoded(data: bytes) -> int:
    """The first line that is not UTF-8."""
    lines = enumerate(data.split(b"\n"), 1)
    return next((number for number, line in lines if not decodes(line, "utf-8")), 0)
