"""Texts within bytes of which nobody says what they are: maker's notes, colour profiles, private segments."""

import re

_PLAIN = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){6,}")
_WIDE_BIG = re.compile(rb"(?:\0[\x20-\x7e]){6,}")


def strings_of(data: bytes) -> str:
    """Runs of six or more signs in UTF-8, and of plain ones in UTF-16, one a line."""
    found = [run.decode("utf-8", "replace") for run in _PLAIN.findall(data)]
    found += [run.decode("utf-16-le") for run in _WIDE.findall(data)]
    found += [run.decode("utf-16-be") for run in _WIDE_BIG.findall(data)]
    return "\n".join(found)
