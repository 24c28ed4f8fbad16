"""Every text of a record with the path of its fields, so that a new field is covered without being named."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

Loc = tuple[str | int, ...]


def texts_of(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text within a value, keys of mappings included, with the path of its fields."""
    if isinstance(value, str):
        yield loc, value
    elif hasattr(value, "as_posix"):  # a path: its name is what goes out
        yield loc, value.name
    elif isinstance(value, BaseModel) or is_dataclass(value):
        for name in _fields_of(value):
            yield from texts_of(getattr(value, name), (*loc, name))
    elif isinstance(value, Mapping | tuple | list | set | frozenset):
        for key, one in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from texts_of(key, loc)
            yield from texts_of(one, (*loc, key))


def _fields_of(noun: Any) -> list[str]:
    names = type(noun).model_fields if isinstance(noun, BaseModel) else [field.name for field in fields(noun)]
    return [name for name in names if name != "origin"]
