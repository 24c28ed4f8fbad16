"""Names for ids: who fills in a table may write a company's name, or a word of the bureau's language for a choice."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import get_args

from publisher.model.fields import Record
from publisher.named import folded
from publisher.problems import Problem, Source, problem
from publisher.words import LANGUAGES, words_of

_NAMED = ("company", "meeting", "indicator", "channel")
Aliases = Mapping[str, Mapping[str, str]]
"""By field: what may be written (folded like a heading) -> what is meant."""


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


def aliases_of(model: type[Record], table: str, *fields: str) -> Aliases:
    """The words for the choices of some fields of a table."""
    return {field: choices_by_word(table, model, field) for field in fields}
