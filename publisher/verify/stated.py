"""Rows of the tables that say what was sealed: names, notices, meetings, corrections, weights, rounds, statements.

Of questions, events and dates, and of figures, the same is seen elsewhere. What came in after the latest seal is in no
edition: nothing here tells whether it was changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from publisher import addresses, datasets
from publisher.datasets import Table, guarded
from publisher.editions.changes import excerpt, summary
from publisher.model.scheme import Scheme
from publisher.outputs.lists import scheme_rows
from publisher.outputs.table import cell_of
from publisher.problems import Place, Source
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told
from publisher.verify.recomputed import tables_of
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn
from publisher.words import words_of

Row = Mapping[str, str]
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class _Kind:
    """How one kind of record stands in a table: a row each, by its id."""

    table: Table
    id: str
    same: tuple[str, ...] = ()
    """Columns that are called as the field is."""
    titled: str = ""
    """The column of its name or title, in the language of the copy, and the field without `_en`."""
    field: str = ""


_KINDS: Mapping[str, _Kind] = {
    "notice": _Kind(
        datasets.NOTICES,
        "notice",
        ("kind", "round", "companies", "document_number", "index_number", "issuer", "issued_on"),
        "title",
        "title",
    ),
    "meeting": _Kind(
        datasets.MEETINGS, "meeting", ("kind", "ended_on", "place", "companies", "round", "residents"), "title", "title"
    ),
    "correction": _Kind(
        datasets.CORRECTIONS, "correction", ("kind", "round", "companies", "decided_on", "decided_by", "reason")
    ),
    "item": _Kind(datasets.ITEMS, "item", ("raised_by", "topic")),
    "company": _Kind(datasets.COMPANIES, "company", ("short_name", "sector"), "company_name", "name"),
}
_LATER = frozenset({"meeting", "item"})
"""Here a value may come where none was sealed; by the column of their id."""
_MUST = frozenset({"correction", "company"})
"""That a row of the other kinds is gone is told where its dates are seen."""
_ROUND = ("scheme", "form", "population", "partial")
_FORMS = ("issued", "returned", "valid")


_LISTS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("reply", "replies", {"indicator": "indicator", "text": "text"}),
    ("measure", "measures", {"text": "action", "owner": "owner", "due_on": "due_on"}),
    ("point", "points", {"text": "about", "indicator": "indicator", "decision": "decision", "reason": "reason"}),
)
"""Rows of the table of statements, the list in the record that they are made from, and the field of each column."""


@dataclass(frozen=True)
class _Against:
    """Where a table says else than an edition."""

    path: str
    kept: Kept
    explained: bool

    def finding(self, fact: str, old: str, new: str) -> Finding:
        details: dict[str, Any] = {"fact": fact, "row": self.kept.line, "edition": self.kept.path}
        details["old"], details["new"] = excerpt(old, new or "—")
        if self.explained:
            return told("otherwise-corrected", self.path, **details)
        return finding("otherwise", self.path, **details)


def stated(copy: Copy, editions: Editions, withdrawn: Withdrawn, explained: frozenset[str]) -> Iterator[Finding]:
    """A correction that no edition has taken in yet may explain what it is about: then it is only told."""
    looked = _Looked(copy, editions, withdrawn, explained)
    for kind, one in _KINDS.items():
        yield from _records(looked, kind, one)
    for look in (_names, _weights, _rounds, _said):
        yield from look(looked)


@dataclass(frozen=True)
class _Looked:
    copy: Copy
    editions: Editions
    withdrawn: Withdrawn
    explained: frozenset[str]

    def rows(self, table: Table) -> list[dict[str, str]]:
        return rows_of(self.copy, addresses.data(table.name))

    def stands(self, table: Table) -> bool:
        """Not withdrawn as a whole, and of a publisher that made it."""
        path = addresses.data(table.name)
        return self.copy.is_file(path) and path not in self.withdrawn.by

    def against(self, table: Table, kept: Kept) -> _Against:
        return _Against(addresses.data(table.name), kept, kept.subject in self.explained)

    def sealed(self, kind: str) -> dict[str, tuple[Kept, Fields]]:
        """Each record as the latest of the editions in force has it that know it."""
        found: dict[str, tuple[Kept, Fields]] = {}
        for kept in sorted(self.editions.last.values(), key=lambda one: one.line):
            for key, fields in kept.facts.get(kind, {}).items():
                if not self.withdrawn.explains(kept.subject, kind, key, fields):
                    found[key] = (kept, fields)
        return found


def _records(looked: _Looked, kind: str, one: _Kind) -> Iterator[Finding]:
    if not looked.stands(one.table):
        return
    rows = {row.get(one.id, ""): row for row in looked.rows(one.table)}
    for key, (kept, fields) in looked.sealed(kind).items():
        against = looked.against(one.table, kept)
        if key in rows:
            yield from _cells(f"{kind}/{key}", one, fields, rows[key], against)
        elif kind in _MUST:
            yield against.finding(f"{kind}/{key}", summary(key, fields) or "", "")


def _cells(fact: str, one: _Kind, fields: Fields, row: Row, against: _Against) -> Iterator[Finding]:
    """A column that an earlier publisher did not have says nothing."""
    for name in one.same:
        meant = _text(fields.get(name))
        seen = row.get(name)
        if seen is not None and seen != guarded(meant) and (meant or one.id not in _LATER):
            yield against.finding(f"{fact}/{name}", meant, seen)
    seen = row.get(one.titled) if one.titled else None
    if seen is not None and seen not in _labels(fields, one.field):
        yield against.finding(f"{fact}/{one.field}", _text(fields.get(one.field)), seen)


def _text(value: Any) -> str:
    """As a table has it."""
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, str) else ""


def _list(fields: Fields, name: str) -> list[Fields]:
    """Parts of a record; what an edition has in another form says nothing."""
    found = fields.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _labels(fields: Fields, name: str = "name") -> frozenset[str]:
    """What it may be called in a table: in the one language or in the other."""
    return frozenset(guarded(fields[one]) for one in (name, f"{name}_en") if isinstance(fields.get(one), str))


def _names(looked: _Looked) -> Iterator[Finding]:
    """Companies and indicators, in the tables of results as their own edition has them, else as the latest has."""
    companies = looked.sealed("company")
    latest = {key: _labels(fields) for key, (_, fields) in companies.items()}
    for path, kept in tables_of(looked.copy, looked.editions, looked.withdrawn):
        now = kept is looked.editions.last[kept.subject]
        against = _Against(path, kept, now and kept.subject in looked.explained)
        sealed = {key: _labels(fields) for key, fields in kept.facts.get("company", {}).items()}
        # The same name changes in every round, and is sealed with one after the other.
        known = {key: names | latest.get(key, names) if now else names for key, names in sealed.items()}
        rows = rows_of(looked.copy, path)
        yield from _called(rows, "company", known, against)
        yield from _called(rows, "indicator", _parts(kept), against)
    for table in (datasets.STATEMENTS, datasets.ITEMS):
        rows = looked.rows(table)
        for id_ in sorted({row.get("company", "") for row in rows} & latest.keys()):
            own = [row for row in rows if row.get("company") == id_]
            yield from _called(own, "company", latest, looked.against(table, companies[id_][0]))


def _called(
    rows: Sequence[Row], kind: str, known: Mapping[str, frozenset[str]], against: _Against
) -> Iterator[Finding]:
    """Of each the first that is called otherwise; what no edition has is called nothing."""
    for id_, seen in sorted({(row.get(kind, ""), row.get(f"{kind}_name", "")) for row in rows}):
        if id_ and known and seen not in known.get(id_, ()):
            yield against.finding(f"{kind}/{id_}/name", ", ".join(sorted(known.get(id_, ()))), seen)


def _parts(kept: Kept) -> dict[str, frozenset[str]]:
    """Indicators, dimensions and aspects of the scheme: what a row of results may be about."""
    found: dict[str, frozenset[str]] = {}
    for scheme in kept.facts.get("scheme", {}).values():
        for one in (part for name in ("indicators", "dimensions", "aspects") for part in _list(scheme, name)):
            id_ = _text(one.get("id"))
            found[id_] = found.get(id_, frozenset()) | _labels(one)
    return found


def _weights(looked: _Looked) -> Iterator[Finding]:
    """Weights, targets and questions of the schemes."""
    table = datasets.INDICATORS
    rows = {(row.get("scheme", ""), row.get("indicator", "")): row for row in looked.rows(table)}
    for id_, (kept, fields) in looked.sealed("scheme").items() if looked.stands(table) else ():
        if f"rounds/{kept.subject}/index.html" in looked.withdrawn.by:
            continue
        try:
            scheme = Scheme.model_validate({**fields, "origin": Source(Place(kept.path))})
        except ValidationError:
            continue  # that nothing follows from it is told with the results
        against = looked.against(table, kept)
        known = _parts(kept)
        for meant in scheme_rows(words_of("en"), scheme):
            one = meant["indicator"]
            row = rows.pop((id_, one), {})
            for name, value in meant.items():
                seen = row.get(name, "")
                right = known.get(one, frozenset()) if name == "indicator_name" else {cell_of(value)}
                if seen not in right and (name in row or not row):
                    yield against.finding(f"scheme/{id_}/{one}/{name}", ", ".join(sorted(right)), seen)
        yield from (against.finding(f"scheme/{id_}/{one}", "—", one) for scheme_, one in rows if scheme_ == id_)


def _rounds(looked: _Looked) -> Iterator[Finding]:
    """Periods, users and forms; forms that are withheld stand in no edition."""
    table = datasets.ROUNDS
    rows = {(row.get("round", ""), row.get("channel", "") or row.get("company", "")): row for row in looked.rows(table)}
    for id_, (kept, fields) in looked.sealed("round").items() if looked.stands(table) else ():
        if looked.withdrawn.round_has(id_):
            continue
        against = looked.against(table, kept)
        parts: dict[str, Fields] = {"": {**fields, **_period(fields)}}
        for name, part in (("channels", "channel"), ("companies", "company")):
            parts |= {_text(one.get(part)): one for one in _list(fields, name)}
        for part, own in parts.items():
            row = rows.get((id_, part), {})
            for name, meant in _of_round(own, whole=not part).items():
                if row.get(name, "") != guarded(meant):
                    fact = "/".join(one for one in ("round", id_, part, name) if one)
                    yield against.finding(fact, meant, row.get(name, ""))


def _period(fields: Fields) -> dict[str, str]:
    period = fields.get("period")
    return {f"period_{name}": _text(period.get(name)) for name in ("start", "end")} if isinstance(period, dict) else {}


def _of_round(fields: Fields, *, whole: bool) -> dict[str, str]:
    names = (*_ROUND, "period_start", "period_end") if whole else ("population",)
    found = {name: _text(fields.get(name)) for name in names}
    forms = fields.get("forms")
    return found | ({name: _text(forms.get(name)) for name in _FORMS} if isinstance(forms, Mapping) else {})


def _said(looked: _Looked) -> Iterator[Finding]:
    """What companies said and the bureau responded. More may have come later, but nothing else."""
    table = datasets.STATEMENTS
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in looked.rows(table) if looked.stands(table) else ():
        rows[row.get("round", ""), row.get("company", "")].append(row)
    for kept in looked.editions.last.values() if rows else ():
        for kind in ("statement", "response"):
            for company, fields in kept.facts.get(kind, {}).items():
                if not looked.withdrawn.explains(kept.subject, kind, company, fields):
                    own = rows[kept.subject, company]
                    yield from _lost(f"{kind}/{company}", kind, fields, own, looked.against(table, kept))


def _lost(fact: str, kind: str, fields: Fields, rows: Sequence[Row], against: _Against) -> Iterator[Finding]:
    for meant in _rows_of(kind, fields):
        alike = [row for row in rows if row.get("record") == meant["record"]]
        wrong = [[name for name, text in meant.items() if text and row.get(name) != guarded(text)] for row in alike]
        nearest = min(zip(wrong, alike, strict=True), key=lambda one: len(one[0]), default=(["text"], {}))
        if nearest[0]:
            name = nearest[0][0]
            yield against.finding(f"{fact}/{name}", meant.get(name, ""), nearest[1].get(name, ""))


def _rows_of(kind: str, fields: Fields) -> Iterator[dict[str, str]]:
    """The texts of a statement or response as the table has them; their dates are seen elsewhere."""
    by = fields.get("signatory" if kind == "statement" else "post")
    yield {"record": kind, "by": _text(by), "text": _text(fields.get("body"))}
    for record, name, columns in _LISTS:
        for one in _list(fields, name):
            yield {"record": record} | {column: _text(one.get(field)) for column, field in columns.items()}
