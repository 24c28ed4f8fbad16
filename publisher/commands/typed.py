"""What a clerk types: a round by its id or by the path that the file manager gives, and words.

Words may come from a console whose signs Python was not told of.
"""

import os
import re
import unicodedata
from contextlib import suppress

import click

_BYTE = re.compile(r"[\ud800-\udfff]")
"""What stands for a byte that Python could not decode."""
_ENCODINGS = ("utf-8", "gb18030")


def id_typed(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Of a path the folder of the round."""
    if not value:
        return value
    *above, last = re.split(r"[\\/]", unicodedata.normalize("NFKC", value).strip(" \"'").rstrip("\\/"))
    return (above[-1] if "." in last and above else last).casefold()


def words_typed(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """As they were typed, also where the system names no encoding and bytes stand for signs."""
    if not value or not _BYTE.search(value):
        return value
    for encoding in _ENCODINGS:
        with suppress(UnicodeError):
            return os.fsencode(value).decode(encoding)
    return value.encode(errors="replace").decode()
