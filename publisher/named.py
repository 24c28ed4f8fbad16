"""What a thing of the inputs may be called: its id, or a name that it alone has."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any


@lru_cache(10_000)  # a table says the same few names in thousands of rows
def folded(name: str) -> str:
    """Names and headings are compared without regard to width, case and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()


def near(text: str, known: Iterable[str], least: float = 0.6) -> str:
    """The one of `known` that was probably meant, if one is alike by at least that share; else an empty text."""
    from difflib import get_close_matches  # noqa: PLC0415  (start-up time)

    return next(iter(get_close_matches(text, list(known), 1, least)), "")


def ids_by_name(things: Iterable[Any]) -> dict[str, str]:
    """Every name that means one thing only; an id always means itself."""
    pairs = [(folded(name), thing.id) for thing in things for name in names_of(thing)]
    times = Counter(name for name, _ in dict.fromkeys(pairs))
    ids = {id_ for _, id_ in pairs}
    return {name: id_ for name, id_ in pairs if times[name] == 1 and name not in ids}


def known_by(things: Iterable[Any]) -> dict[str, str]:
    """Whatever a thing may be called by, its id or a name that it alone has -> its id."""
    things = list(things)
    return {**ids_by_name(things), **{folded(one.id): one.id for one in things}}


def id_of(name: str, things: Mapping[str, Any]) -> str:
    """The id of what is called so; empty if nothing is, or two are. `things` go by their ids."""
    return name if name in things else known_by(things.values()).get(folded(name), "")


def names_of(thing: Any) -> set[str]:
    """All names and titles of a noun, in both languages."""
    found = (getattr(thing, name, None) for name in ("name", "name_en", "short_name", "title", "title_en"))
    return {name for name in found if name}
