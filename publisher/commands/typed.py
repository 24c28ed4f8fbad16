"""What a clerk types for a round or a notice: its id, or the path that the file manager gives, in any case or width."""

import re
import unicodedata

import click

_TEXT = ".md"


def id_typed(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Of a path the folder of the round, or the name of the notice."""
    if not value:
        return value
    *above, last = re.split(r"[\\/]", unicodedata.normalize("NFKC", value).strip(" \"'").rstrip("\\/"))
    if "." in last and not last.endswith(_TEXT) and above:
        last = above[-1]
    return last.removesuffix(_TEXT).casefold()
