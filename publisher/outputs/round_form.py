"""The workbook of a round: a sheet for each measure of its scheme, the samples, and the channels where there are some.

What is known is filled in: the scores there are, or else a row for everything that is to be surveyed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, get_args

from publisher.model.bureau import Bureau
from publisher.model.records import Company, Forms, Round, Score
from publisher.model.scheme import Grade, Indicator, Measure, Scheme, series_of
from publisher.named import folded, ids_by_name
from publisher.outputs.form import LAST_ROW, Column, Sheet, Sort, workbook_of
from publisher.outputs.round_guide import guide_of, numerator_of
from publisher.rounding import as_decimal
from publisher.words import Words

_COUNTS: Mapping[str, tuple[str, ...]] = {
    "grades": ("n", "not_applicable"),
    "yes_no": ("n", "yes", "no", "not_applicable"),
    "share": ("numerator", "denominator"),
    "points": ("score", "n"),
    "checklist": ("met", "partly", "not_met"),
    "count": ("value", "unit"),
}
"""Columns of a measure; those of the grades stand behind `n`."""
_MORE = ("n", "score")
"""Columns that a row of any measure may have, shown where one has them."""
_WRONG: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"n": '{n}<>"",COUNT({yes},{no})=2,{n}<>SUM({yes},{no},{not_applicable})'},
    "share": {"numerator": "COUNT({numerator},{denominator})=2,{numerator}>{denominator}"},
    "samples": {
        "returned": "COUNT({issued},{returned})=2,{returned}>{issued}",
        "valid": 'COUNT({valid})=1,{valid}>MIN(IF({returned}="",{valid},{returned}),IF({issued}="",{valid},{issued}))',
    },
}
"""What cannot be, by the column that is marked: conditions that all hold."""
_MOST: Mapping[str, Sequence[tuple[str, str]]] = {
    "share": (("numerator", "denominator"),),
    "samples": (("returned", "issued"), ("valid", "returned"), ("valid", "issued")),
}
"""What is never greater than what: Excel refuses it. Sums are only marked, as numbers are typed one by one."""
_FORMS = ("issued", "returned", "valid")
_ANSWERS = 95
"""In the example, without those that do not apply."""
_EXAMPLE: Mapping[str, object] = {
    "n": 100,
    "yes": 85,
    "no": 10,
    "not_applicable": 5,
    "numerator": 95,
    "denominator": 100,
    "score": 85,
    "met": 1,
    "partly": 0,
    "not_met": 0,
    "value": 12,
    "population": 5000,
    "issued": 120,
    "returned": 110,
    "valid": 100,
    "start": date(2027, 3, 1),
    "end": date(2027, 3, 15),
}


@dataclass(frozen=True)
class _Form:
    """What the sheets of one round are made from."""

    bureau: Bureau
    round: Round
    words: Words

    @cached_property
    def scheme(self) -> Scheme:
        return self.bureau.schemes[self.round.scheme]

    @cached_property
    def scores(self) -> Sequence[Score]:
        return self.bureau.scores.get(self.round.id, ())

    @cached_property
    def companies(self) -> list[Company]:
        """Those with scores; else those of the rounds before by this line of schemes; else all of that time."""
        known = self.bureau.companies.values()
        line = series_of(self.bureau.schemes)
        rounds = [one.id for one in self.bureau.rounds.values() if line[one.scheme] == line[self.scheme.id]]
        rated = {score.company for id_ in rounds for score in self.bureau.scores.get(id_, ())}
        own = {score.company for score in self.scores}
        there = [one for one in known if _is_there(one, self.round)]
        return [one for one in known if one.id in own] or [one for one in there if one.id in rated] or there

    def names(self, things: Iterable[Any]) -> dict[str, str]:
        """By id: its name where only it is called so, for whoever fills in the sheet; else the id."""
        things = list(things)
        ids = ids_by_name(things)
        return {
            one.id: label if ids.get(folded(label := self.words.label(one))) == one.id else one.id for one in things
        }

    @cached_property
    def named(self) -> Mapping[str, Mapping[str, str]]:
        return {
            "company": self.names(self.bureau.companies.values()),
            "indicator": self.names(self.scheme.indicators),
            "channel": self.names(self.scheme.channels),
        }

    @cached_property
    def points(self) -> Mapping[tuple[str, str | None], str]:
        """By indicator and id: two indicators may each have a point of the same id."""
        every = self.scheme.indicators
        return {(one.id, id_): name for one in every for id_, name in self.names(one.points).items()}


def round_form(bureau: Bureau, round_: Round, words: Words) -> bytes:
    form = _Form(bureau, round_, words)
    guide = words("form.round.guide", round=round_.id, mark=words("form.example.mark"))
    return workbook_of(_sheets(form), "\n".join([guide, "", *guide_of(form.scheme, words)]), words)


def too_long(bureau: Bureau, round_: Round, words: Words) -> list[tuple[str, int]]:
    """(sheet, rows) of the sheets of this workbook that would be refused when they are read."""
    sheets = _sheets(_Form(bureau, round_, words))
    return [(one.label, len(one.rows)) for one in sheets if 1 + one.has_example + len(one.rows) > LAST_ROW]


def _sheets(form: _Form) -> list[Sheet]:
    sheets = [_scores(form, measure) for measure in get_args(Measure) if _of(form, measure)]
    sheets.append(_samples(form))
    if form.scheme.channels:
        sheets.append(_channels(form))
    return sheets


def _of(form: _Form, measure: str) -> list[Indicator]:
    return [one for one in form.scheme.indicators if one.measure == measure]


def _is_there(company: Company, round_: Round) -> bool:
    begun = not company.since or company.since <= round_.period.end
    return begun and (not company.until or company.until >= round_.period.start)


def _scores(form: _Form, measure: str) -> Sheet:
    indicators = _of(form, measure)
    ids = {one.id for one in indicators}
    scores = [one for one in form.scores if one.indicator in ids]
    grades = form.scheme.grades if measure == "grades" else ()
    names = _columns_of(form, measure, indicators, scores)
    rows = [_row(form, one, names) for one in scores] if form.scores else list(_to_fill(form, indicators))
    columns = [_column(form, "scores", name, indicators) for name in names]
    place = names.index("n") + 1 if grades else 0
    columns[place:place] = [_grade(form, one, grades) for one in grades]
    wrong = dict(_WRONG.get(measure, {}))
    if grades:
        counts = ",".join(f"{{{_key(one)}}}" for one in grades)
        wrong["n"] = f'{{n}}<>"",COUNT({counts})={len(grades)},{{n}}<>SUM({counts},{{not_applicable}})'
    told = {name: form.words(f"form.wrong.{measure}.{name}") for name in wrong}
    return Sheet(form.words(f"sheet.scores.{measure}"), columns, rows, _all(wrong), told, _MOST.get(measure, ()))


def _all(wrong: Mapping[str, str]) -> dict[str, str]:
    return {name: f"AND({conditions})" for name, conditions in wrong.items()}


def _key(grade: Grade) -> str:
    return f"grade_{grade.id}"


def _columns_of(form: _Form, measure: str, indicators: list[Indicator], scores: list[Score]) -> list[str]:
    """What the measure needs, and whatever a row has beyond it."""
    keys = ["company", "indicator"]
    if form.scheme.channels:
        keys.append("channel")
    if any(one.points for one in indicators):
        keys.append("point")
    wanted = [*keys, *_COUNTS[measure]]
    more = [name for name in _MORE if name not in wanted and any(getattr(one, name) is not None for one in scores)]
    return [*wanted, *more]


def _to_fill(form: _Form, indicators: list[Indicator]) -> Iterator[dict[str, Any]]:
    """A row for each company, indicator, channel and point."""
    named = form.named
    for company in form.companies:
        for indicator in indicators:
            weighted = form.scheme.channels and indicator.weight is not None
            for channel in form.scheme.channels if weighted else (None,):
                for point in indicator.points or (None,):
                    yield {
                        "company": named["company"][company.id],
                        "indicator": named["indicator"][indicator.id],
                        "channel": named["channel"][channel.id] if channel else None,
                        "point": form.points[indicator.id, point.id] if point else None,
                        "unit": form.words.unit(indicator) or None,
                    }


def _row(form: _Form, score: Score, names: list[str]) -> dict[str, Any]:
    cells = {name: _shown(getattr(score, name), form.named.get(name, {})) for name in names}
    if score.point:
        cells["point"] = form.points.get((score.indicator, score.point), score.point)
    return cells | {f"grade_{id_}": count for id_, count in score.grades.items()}


def _shown(value: Any, named: Mapping[str, str]) -> Any:
    """Names for ids; exact decimals as they are typed."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else as_decimal(value)
    return named.get(value, value) if isinstance(value, str) else value


def _column(form: _Form, table: str, name: str, indicators: list[Indicator]) -> Column:
    named = form.named.get(name, {})
    own = {one.id for one in indicators} if name == "indicator" else set(named)
    chosen = [label for id_, label in named.items() if id_ in own]
    if name == "point":
        chosen = list(dict.fromkeys(form.points[one.id, point.id] for one in indicators for point in one.points))
    asked = numerator_of(form.scheme, indicators, form.words) if name == "numerator" else ""
    return Column(
        name=name,
        heading=form.words(f"field.{table}.{name}"),
        note=asked or form.words(f"note.{table}.{name}"),
        sort=_sort(name),
        width=32 if chosen else 12,
        choices=chosen,
        example=_example(form, name, chosen),
        asked=asked,
    )


def _sort(name: str) -> Sort:
    if name in {"start", "end"}:
        return "moment"
    if name in {"score", "value"}:
        return "number"
    return "whole" if name in _EXAMPLE else "text"


def _example(form: _Form, name: str, chosen: list[str]) -> str:
    if name in {"company", "covers"}:
        return form.words("form.example.company")
    if name in {"unit", "note"}:
        return form.words(f"form.example.{name}")
    return chosen[0] if chosen else str(_EXAMPLE.get(name, ""))


def _grade(form: _Form, grade: Grade, grades: Iterable[Grade]) -> Column:
    """In the example nearly all answers are of the first grade."""
    numbers = [one.id for one in grades]
    example = _ANSWERS + 1 - len(numbers) if numbers[0] == grade.id else 1
    label = form.words.label(grade)
    return Column(_key(grade), label, form.words("note.scores.grade"), "whole", 12, example=str(example))


def _samples(form: _Form) -> Sheet:
    """The whole round first, then each company; none of it must be filled in."""
    names = ("covers", "population", *_FORMS)
    whole = {"covers": form.words("form.whole"), "population": form.round.population, **_forms(form.round.forms)}
    said = {one.company: one for one in form.round.companies}
    ids = dict.fromkeys([*(one.id for one in form.companies), *said])
    rows = [_work(form, id_, said.get(id_)) for id_ in ids]
    columns = [_column(form, "samples", name, []) for name in names]
    return _of_samples(form, "samples", columns, [whole, *rows])


def _of_samples(form: _Form, table: str, columns: list[Column], rows: list[dict[str, Any]]) -> Sheet:
    wrong = _WRONG["samples"]
    told = {name: form.words(f"form.wrong.samples.{name}") for name in wrong}
    return Sheet(form.words(f"sheet.{table}"), columns, rows, _all(wrong), told, _MOST["samples"])


def _work(form: _Form, company: str, work: Any) -> dict[str, Any]:
    cells = {"covers": form.named["company"].get(company, company)}
    return {**cells, "population": work.population, **_forms(work.forms)} if work else cells


def _forms(forms: Forms | None) -> dict[str, Any]:
    return {name: getattr(forms, name) for name in _FORMS} if forms else {}


def _channels(form: _Form) -> Sheet:
    names = ("channel", "start", "end", "population", *_FORMS, "note")
    said = {one.channel: one for one in form.round.channels}
    rows = []
    for id_, name in form.named["channel"].items():
        work = said.get(id_)
        window = work.fieldwork if work else None
        more = {"population": work.population, "note": work.note, **_forms(work.forms)} if work else {}
        dates = {"start": window.start, "end": window.end} if window else {}
        rows.append({"channel": name, **dates, **more})
    columns = [_column(form, "channels", name, []) for name in names]
    return _of_samples(form, "channels", columns, rows)
