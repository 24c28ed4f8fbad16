"""Which headings a table may have: the field names and their labels in every language of the catalogue."""

from collections.abc import Iterable, Mapping

from publisher.load.grid import Wanted
from publisher.model.fields import Record
from publisher.named import folded
from publisher.words import LANGUAGES, words_of


def headings_of(table: str, model: type[Record], extra: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Folded heading -> field; `extra` are (heading, field) pairs that come from a scheme."""
    found = labels_of(table, (name for name in model.model_fields if name not in {"origin", "grades"}))
    for heading, name in extra:
        found.setdefault(folded(heading), name)
    return found


def labels_of(table: str, names: Iterable[str]) -> dict[str, str]:
    """Folded heading -> field: the name of a field, and its label in every language."""
    found: dict[str, str] = {}
    for name in names:
        found[folded(name)] = name
        for language in LANGUAGES:
            found[folded(words_of(language)(f"field.{table}.{name}"))] = name
    return found


def others_of(table: str, headings: Mapping[str, str]) -> dict[str, str]:
    """Folded heading -> field, of the words that other offices have for the same, with what they count in brackets.

    What only counts the rows stands for no field.
    """
    found: dict[str, str] = {}
    for words in map(words_of, LANGUAGES):
        units = words("heading.units").split()
        found |= {folded(one): "" for one in words("heading.counting").split()}
        for field in dict.fromkeys(headings.values()):
            if words.has(key := f"heading.{table}.{field}"):
                found |= {folded(one): field for one in words(key).split()}
        found |= {f"{name}({unit})": field for name, field in {**found, **headings}.items() if field for unit in units}
    return found


def required_of(model: type[Record]) -> tuple[str, ...]:
    """Columns that every table of this kind must have."""
    return tuple(n for n, field in model.model_fields.items() if field.is_required() and n != "origin")


def sheet_names(table: str) -> set[str]:
    """The names that the sheet of a table may have: its own, and its label in every language."""
    return {table, *(words_of(language)(f"sheet.{table}") for language in LANGUAGES)}


def sheet_of(stem: str, table: str) -> Wanted:
    """Items and events may share a workbook, with a guide beside them; other tables have one of their own."""
    if stem != "items":
        return Wanted.only(stem)
    others = {"items", "events", "guide", "lists"} - {table}
    beside = frozenset(label for other in others for label in sheet_names(other))
    return Wanted(frozenset(sheet_names(table)), beside, optional=table == "events")
