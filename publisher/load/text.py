"""Text files as staff save them: UTF-8 with or without a mark, or the Chinese encoding of Windows."""

from pathlib import Path

from publisher.problems import Place, Report, problem

MAX_BYTES = 2_000_000
"""Largest text file: about three hundred printed pages."""


def read_text(path: Path, shown: str, report: Report) -> str | None:
    r"""The text with line ends as `\\n`; none, and a problem, if it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        report(problem("unreadable-file", Place(shown)))
        return None
    if len(data) > MAX_BYTES:
        report(problem("text-too-long", Place(shown), len(data), limit=MAX_BYTES))
        return None
    text = decoded(data)
    if text is None:
        report(problem("wrong-encoding", Place(shown)))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if any(ord(sign) < ord(" ") and sign != "\t" for sign in line):
            report(problem("control-character", Place(shown, line=number)))
            return None
    return text


def decoded(data: bytes) -> str | None:
    """By byte-order mark, else strict UTF-8, else strict GB18030; none if it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
