"""The workbook of a round: a sheet of scores for each measure, and what the samples and channels were.

The latter belong to `round.yaml` as well: what stands in one place only is taken from there; what stands in both must
agree.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic_core import PydanticCustomError

from publisher.load.grid import Wanted
from publisher.load.headings import labels_of, sheet_names
from publisher.load.tables import Row
from publisher.load.validate import is_id
from publisher.model.fields import read_count, read_day_or_moment
from publisher.model.scheme import Measure
from publisher.named import folded, near
from publisher.problems import Place, Report, Source, problem
from publisher.words import LANGUAGES, words_of

SAMPLES = ("covers", "population", "issued", "returned", "valid")
CHANNELS = ("channel", "start", "end", "population", "issued", "returned", "valid", "note")
_PARTS = (("samples", SAMPLES, "companies", "company"), ("channels", CHANNELS, "channels", "channel"))
"""Sheet, its columns, the list of `round.yaml` that it adds to, and what names a record of the list."""
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
    return [Wanted(frozenset(names), known, optional=number > 0, ours=True) for number, names in enumerate(found)]


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
    both = _Both(data, dict(source.fields), report)
    whole = {folded(words_of(language)("form.whole")) for language in LANGUAGES}
    for table, names, part, kind in _PARTS:
        wanted = Wanted(frozenset(sheet_names(table)), _known((*_SCORES, *_BESIDE)) | {"scores"}, optional=True)
        for row in rows(labels_of(table, names), names[:1], wanted):
            filled = [one for one in names[1:] if one in row.cells]
            is_whole = part == "companies" and folded(row.cells.get(names[0], "")) in whole
            loc = () if is_whole or not filled else both.listed(part, kind, row, names[0], ids[kind])
            if loc is not None:
                for one in filled:
                    both.put((*loc, *_WITHIN.get(one, ()), one), row)
    return data, Source(source.where, both.places)


@dataclass(frozen=True)
class _Both:
    """A file of settings that sheets add to, and where each of its values stands."""

    data: dict[str, Any]
    places: dict[Loc, Place]
    report: Report

    def listed(self, part: str, kind: str, row: Row, key: str, ids: Mapping[str, str]) -> Loc | None:
        """Where the list has the company or channel of a row, at its end if it was not there; none of no such name."""
        name, place = row.cells.get(key, ""), row.source.place(key)
        id_ = ids.get(folded(name), name)
        if not is_id(id_):
            meant = ids.get(near(folded(name), ids), "")
            self.report(problem(f"unknown-{kind}", place, name, near=meant) if name else problem("missing", place))
            return None
        found = self.data.setdefault(part, [])
        if not isinstance(found, list):
            return None  # told as no list
        for number, one in enumerate(found):
            if isinstance(one, dict) and one.get(kind) == id_:
                return (part, number)
        found.append({kind: id_})
        loc = (part, len(found) - 1)
        self.places.update({loc: place, (*loc, kind): place})
        return loc

    def put(self, loc: Loc, row: Row) -> None:
        """The cell in its place, unless something else is said there."""
        *way, name = loc
        place = row.source.place(str(name))
        target: Any = self.data
        for number, part in enumerate(way):
            target = target[int(part)] if isinstance(target, list) else _opened(target, part)
            if not isinstance(target, dict | list):
                return  # told as no mapping or no list
            self.places.setdefault(loc[: number + 1], place)
        text, before = row.cells[str(name)], target.get(name)
        if before is None:
            target[name] = text
            self.places[loc] = place
        elif _value(before) != _value(text):
            other = self.places[loc]
            self.report(problem("sample-said-twice", place, text, other=before, path=other.path, line=other.line))
        if "forms" in way:
            self.places.setdefault((*way, "valid"), row.source.place("valid"))


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
