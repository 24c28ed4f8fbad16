"""Text into nouns: what a model refuses becomes problems at the place where it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from publisher.load.settings import dotted
from publisher.model.fields import Record, read_slug
from publisher.named import near
from publisher.problems import Place, Problem, Report, Source, problem

R = TypeVar("R", bound=Record)

_SHAPES = {
    "tuple_type": "not-a-list",
    "list_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
}


def read_as(
    model: type[R], data: Mapping[str, Any], source: Source, report: Report, zone: ZoneInfo | None = None
) -> R | None:
    """The record; none, and one problem per fault, if the model refuses the data. `zone` is the bureau's."""
    if "origin" in data:
        report(problem("unknown-key", source.place("origin"), "origin", near=""))
        return None
    try:
        return model.model_validate({**data, "origin": source}, context={"zone": zone})
    except ValidationError as error:
        for found in _problems(error, source, model):
            report(found)
        return None


def is_id(name: str) -> bool:
    """Whether the name of a file or folder may be an id."""
    try:
        return read_slug(name) == name  # blanks at its ends are no part of an id, and they are of a name
    except PydanticCustomError:
        return False


def _problems(error: ValidationError, source: Source, model: type[Record]) -> Iterator[Problem]:
    """One for each fault; a key that is missing because it was misspelt is told as misspelt only."""
    faults = error.errors(include_url=False)
    found = [(details, _problem(details, source, model)) for details in faults]
    meant = {(*details["loc"][:-1], near) for details, one in found if (near := dict(one.details).get("near"))}
    for details, one in found:
        if details["type"] != "missing" or details["loc"] not in meant:
            yield one


def _problem(error: ErrorDetails, source: Source, model: type[Record]) -> Problem:
    loc = tuple(part for part in error["loc"] if part != "[key]")
    place = source.place(*loc)
    value = error["input"] if isinstance(error["input"], str) else ""
    kind = error["type"]
    if kind == "missing":
        return problem("missing", place if loc in source.fields else _named(place, loc))
    if kind == "extra_forbidden":
        return problem("unknown-key", place, loc[-1], near=_near(str(loc[-1]), _model_at(model, loc[:-1])))
    if kind == "literal_error" and not isinstance(error["input"], str):
        return problem("not-text", place)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return problem("not-allowed", place, value, allowed=tuple(allowed), near=near(value.lower(), allowed))
    if kind in _SHAPES:
        return problem(_SHAPES[kind], place, value)
    details = {key: detail for key, detail in error.get("ctx", {}).items() if key != "code"}
    return problem(kind, place, value, **details)


def _named(place: Place, loc: tuple[str | int, ...]) -> Place:
    """A missing field has no place of its own: name it at the nearest one."""
    return place if place.cell else replace(place, column=dotted(loc))


def _near(key: str, model: type[BaseModel]) -> str:
    """The known key that looks most like this one."""
    names = [name for name in model.model_fields if name != "origin"]
    return near(key, names)


def _model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that reads what stands at `loc` within a record."""
    for name in (part for part in loc if isinstance(part, str)):
        model = next(_models(model.model_fields[name].annotation))
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models named in an annotation such as `tuple[Indicator, ...]` or `Window | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
