"""The workbook of a round: a sheet of scores for each measure, and what the samples and channels were.

The latter belong to `round.yaml` as well: what stands in one place only is taken from there; what stands in both must
agree.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args

from pydantic_core import PydanticCustomError

from publisher.load.grid import Wanted
from publisher.load.headings import labels_of, sheet_names
from publisher.load.tables import Row
from publisher.model.fields import read_count, read_day_or_moment
from publisher.model.scheme import Measure
from publisher.named import folded
from publisher.problems import Place, Report, Source, problem
from publisher.words import LANGUAGES, words_of

SAMPLES = ("covers", "population", "issued", "returned", "valid")
CHANNELS = ("channel", "start", "end", "population", "issued", "returned", "valid", "note")
_SCORES = tuple(f"scores.{measure}" for measure in get_args(Measure))
_BESIDE = ("samples", "channels", "guide", "lists")
_WITHIN = {
    "issued": ("forms",),
    "returned": ("forms",),
    "valid": ("forms",),
    "start": ("fieldwork",),
    "end": ("fieldwork",),
}
"""In what part of a record of `round.yaml` a column stands."""

Loc = tuple[str | int, ...]
Rows = Callable[[Mapping[str, str], Collection[str], Wanted], Iterable[Row]]
"""Reads one sheet of the workbook: headings, required columns, and which sheet it is."""


def score_sheets(present: Collection[str]) -> list[Wanted]:
    """Which sheets of a workbook hold scores: one a measure in our own form, else the one that there is."""
    found = [names for names in map(sheet_names, _SCORES) if _has(present, names)]
    if not found:
        return [Wanted(frozenset({"scores"}), _known(_BESIDE))]
    known = _known((*_SCORES, *_BESIDE))
    return [Wanted(frozenset(names), known, optional=number > 0) for number, names in enumerate(found)]


def has_samples(present: Collection[str]) -> bool:
    return any(_has(present, sheet_names(table)) for table in ("samples", "channels"))


def _known(tables: Iterable[str]) -> frozenset[str]:
    return frozenset(name for table in tables for name in sheet_names(table))


def _has(present: Collection[str], names: Collection[str]) -> bool:
    return bool({folded(one) for one in present} & {folded(one) for one in names})


def with_samples(
    read: tuple[dict[str, Any], Source],
    rows: Rows,
    ids: Mapping[str, Mapping[str, str]],
    report: Report,
) -> tuple[dict[str, Any], Source]:
    """`round.yaml` with what the sheets say; `ids` are those of companies and channels, by name."""
    data, source = read
    places = dict(source.fields)
    whole = {folded(words_of(language)("form.whole")) for language in LANGUAGES}
    for table, names, part in (("samples", SAMPLES, "companies"), ("channels", CHANNELS, "channels")):
        wanted = Wanted(frozenset(sheet_names(table)), _known((*_SCORES, *_BESIDE)) | {"scores"}, optional=True)
        for row in rows(labels_of(table, names), names[:1], wanted):
            key = names[0]
            name = row.cells.get(key, "")
            filled = [one for one in names[1:] if one in row.cells]
            if not name or not filled:
                continue
            loc = () if folded(name) in whole and part == "companies" else _listed(data, part, name, ids, places, row)
            for one in filled:
                _put(data, (*loc, *_WITHIN.get(one, ()), one), row, places, report)
    return data, Source(source.where, places)


def _listed(
    data: dict[str, Any], part: str, name: str, ids: Mapping[str, Mapping[str, str]], places: dict[Loc, Place], row: Row
) -> Loc:
    """Where the list has the company or channel; at its end if it was not there."""
    key = {"companies": "company", "channels": "channel"}[part]
    id_ = ids[key].get(folded(name), name)
    listed = data.setdefault(part, [])
    if not isinstance(listed, list):
        return (part, 0)
    for number, one in enumerate(listed):
        if isinstance(one, dict) and one.get(key) == id_:
            return (part, number)
    listed.append({key: id_})
    loc = (part, len(listed) - 1)
    first = next(iter(row.source.fields))
    places |= {loc: row.source.fields[first], (*loc, key): row.source.fields[first]}
    return loc


def _put(data: dict[str, Any], loc: Loc, row: Row, places: dict[Loc, Place], report: Report) -> None:
    """The cell in its place, unless `round.yaml` says something else there."""
    *way, name = loc
    target: Any = data
    for number, part in enumerate(way):
        target = target[int(part)] if isinstance(target, list) else _opened(target, part)
        if not isinstance(target, dict | list):
            return  # told as no mapping or no list
        places.setdefault(loc[: number + 1], row.source.place(str(name)))
    text = row.cells[str(name)]
    place = row.source.place(str(name))
    before = target.get(name)
    if before is not None and _value(before) != _value(text):
        report(problem("sample-said-twice", place, text, other=str(before), line=places[loc].line))
    elif before is None:
        target[name] = text
        places[loc] = place
    if "forms" in way and (*way, "valid") not in places:
        places[(*way, "valid")] = row.source.place("valid")


def _opened(target: Any, part: str | int) -> Any:
    return target.setdefault(part, {}) if isinstance(target, dict) else None


def _value(text: object) -> object:
    """What is meant, however it was written."""
    for read in (read_count, read_day_or_moment):
        try:
            return read(text)
        except PydanticCustomError:
            continue
    return text
