"""The indicators of a scheme as rows: how each is measured, its weight, its target, its question."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from publisher.model.scheme import Scheme
from publisher.outputs.table import Cells
from publisher.rounding import as_decimal
from publisher.words import Words


def scheme_rows(words: Words, scheme: Scheme) -> Iterator[Cells]:
    same = ("measure", "basis", "dimension", "aspect", "limit_working_days", "unit", "question")
    for one in scheme.indicators:
        yield {
            "scheme": scheme.id,
            "version": scheme.version,
            "indicator": one.id,
            "indicator_name": words.label(one),
            "better": scheme.better_of(one),
            "weight": _decimal(one.weight),
            "full_marks": _decimal(one.full_marks),
            "target": _decimal(one.target),
        } | fields(one, same)


def fields(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Those that the table calls as the inputs do."""
    return {name: getattr(thing, name) for name in names}


def _decimal(value: Fraction | None) -> Any:
    return None if value is None else as_decimal(value)
