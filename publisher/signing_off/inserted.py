"""The lines of a sign among those of a file that people type: every byte that was there stays as it is.

Only a sign-off in block form is understood here, one key to a line. Whether the file then says what was meant is for
whoever reads it back to find out.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence

from publisher.load.encoding import decodes

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
"""With its end. In all encodings that are read a byte of a line end is nothing else."""
_UNIT = 2


def inserted(data: bytes, lines: Sequence[str], key: int, stage: int) -> bytes | None:
    """The file with these lines in it; none if a remark would be lost.

    `key` and `stage` are the lines, counted from 1, on which `signoff` and this stage stand; 0 where they do not.
    """
    there = _LINE.findall(data)
    first, last = _taken(there, key, stage)
    if any(b"#" in line for line in there[first:last]):
        return None
    ends = _ends(there)
    if first and not there[first - 1].endswith((b"\n", b"\r")):
        there[first - 1] += ends
    indent = _indent_below(there, key) if key else 0
    made = [_as_it_is(line, indent, data) + ends for line in lines]
    return b"".join([*there[:first], *made, *there[last:]])


def _taken(there: Sequence[bytes], key: int, stage: int) -> tuple[int, int]:
    """From which line to which, counted from 0, the new ones stand in the place of others."""
    if stage:
        return stage - 1, _end_of(there, stage - 1)
    at = _end_of(there, key - 1) if key else _end_of_settings(there)
    return at, at


def _end_of(there: Sequence[bytes], start: int) -> int:
    """Behind the last line that belongs to the key on line `start`; remarks and blank lines below it do not."""
    end = start + 1
    for number, line in enumerate(there[start + 1 :], start + 1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            if _indent(line) <= _indent(there[start]):
                break
            end = number + 1
    return end


def _end_of_settings(there: Sequence[bytes]) -> int:
    """The end of the file, or the second `---` of a document."""
    rules = [number for number, line in enumerate(there) if line.removeprefix(BOM_UTF8).rstrip() == b"---"]
    return rules[1] if rules[:1] == [0] and len(rules) > 1 else len(there)


def _indent_below(there: Sequence[bytes], key: int) -> int:
    """How far the stages are set in that the key has, else as far as we do."""
    below = there[key : _end_of(there, key - 1)]
    own = _indent(there[key - 1])
    return next(
        (_indent(line) for line in below if _indent(line) > own and not line.lstrip().startswith(b"#")), own + _UNIT
    )


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


def _as_it_is(line: str, indent: int, data: bytes) -> bytes:
    """Set in like the stages of the file, and in its encoding."""
    moved = " " * max(indent - _UNIT, 0) + line if indent else line
    return moved.encode("utf-8" if decodes(data, "utf-8") else "gb18030")


def _ends(there: Sequence[bytes]) -> bytes:
    r"""As the first line ends; `\n` where none does."""
    first = there[0] if there else b""
    return first[len(first.rstrip(b"\r\n")) :] or b"\n"
