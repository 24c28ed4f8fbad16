"""Names for ids: who fills in a table may write a company's name, or a word of the bureau's language for a choice."""

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from publisher.load.grid import folded
from publisher.model.fields import Record
from publisher.problems import Problem, Source, problem
from publisher.words import LANGUAGES, words_of

_NAMED = ("company", "meeting", "indicator", "channel")
Aliases = Mapping[str, Mapping[str, str]]
"""By field: what may be written (folded like a heading) -> what is meant."""


def ids_by_name(things: Iterable[Any]) -> dict[str, str]:
    """Every name that means one thing only; an id always means itself."""
    pairs = [(folded(name), thing.id) for thing in things for name in _names(thing)]
    times = Counter(name for name, _ in dict.fromkeys(pairs))
    ids = {id_ for _, id_ in pairs}
    return {name: id_ for name, id_ in pairs if times[name] == 1 and name not in ids}


def _names(thing: Any) -> set[str]:
    found = (getattr(thing, name, None) for name in ("name", "name_en", "short_name", "title", "title_en"))
    return {name for name in found if name}


def as_unknown(fault: Problem, source: Source, aliases: Aliases) -> Problem:
    """A name that nothing has, or two have, is an unknown company and not a badly formed id."""
    for field in _NAMED:
        if field in aliases and fault.code == "not-an-id" and fault.place == source.place(field):
            near = next(iter(get_close_matches(folded(fault.value), aliases[field], 1)), "")
            return problem(f"unknown-{field}", fault.place, fault.value, near=aliases[field].get(near, ""))
    return fault


def choices_by_word(table: str, model: type[Record], field: str) -> dict[str, str]:
    """The words of every language for the values that a field may have."""
    values = get_args(model.model_fields[field].annotation)
    return {
        folded(words_of(language)(f"choice.{table}.{field}.{value}")): value
        for language in LANGUAGES
        for value in values
    }
