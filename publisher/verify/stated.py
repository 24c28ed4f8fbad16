"""Rows of the tables against the editions: notices, meetings, corrections, companies, schemes, rounds, statements.

Of questions, events and dates, and of figures, the same is seen elsewhere. What came in after the latest seal is in no
edition: nothing here tells whether it was changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher import addresses, datasets
from publisher.datasets import Table, guarded
from publisher.editions.changes import summary
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding
from publisher.verify.named import names, schemes
from publisher.verify.sealed import Editions
from publisher.verify.standing import Against, Fields, Row, Standing, labels_of, parts_of, text_of
from publisher.verify.withdrawals import Withdrawn


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


def stated(copy: Copy, editions: Editions, withdrawn: Withdrawn, explained: frozenset[str]) -> Iterator[Finding]:
    """A correction that no edition has taken in yet may explain what it is about: then it is only told."""
    looked = Standing(copy, editions, withdrawn, explained)
    for kind, one in _KINDS.items():
        yield from _records(looked, kind, one)
    for look in (names, schemes, _rounds, _said):
        yield from look(looked)


def _records(looked: Standing, kind: str, one: _Kind) -> Iterator[Finding]:
    if not looked.stands(one.table):
        return
    rows = {row.get(one.id, ""): row for row in looked.rows(one.table)}
    for key, (kept, fields) in looked.sealed(kind).items():
        against = looked.against(addresses.data(one.table.name), kept, kind)
        if key in rows:
            yield from _cells(f"{kind}/{key}", one, fields, rows[key], against)
        elif kind in _MUST:
            yield against.finding(f"{kind}/{key}", summary(key, fields) or "", "")


def _cells(fact: str, one: _Kind, fields: Fields, row: Row, against: Against) -> Iterator[Finding]:
    """A column that an earlier publisher did not have says nothing."""
    for name in one.same:
        meant = text_of(fields.get(name))
        seen = row.get(name)
        if seen is not None and seen != guarded(meant) and (meant or one.id not in _LATER):
            yield against.finding(f"{fact}/{name}", meant, seen)
    seen = row.get(one.titled) if one.titled else None
    if seen is not None and seen not in labels_of(fields, one.field):
        yield against.finding(f"{fact}/{one.field}", text_of(fields.get(one.field)), seen)


def _rounds(looked: Standing) -> Iterator[Finding]:
    """Periods, users and forms; forms that are withheld stand in no edition."""
    table = datasets.ROUNDS
    rows = {(row.get("round", ""), row.get("channel", "") or row.get("company", "")): row for row in looked.rows(table)}
    for id_, (kept, fields) in looked.sealed("round").items() if looked.stands(table) else ():
        if looked.withdrawn.round_has(id_):
            continue
        against = looked.against(addresses.data(table.name), kept, "")
        parts: dict[str, Fields] = {"": {**fields, **_period(fields)}}
        for name, part in (("channels", "channel"), ("companies", "company")):
            parts |= {text_of(one.get(part)): one for one in parts_of(fields, name)}
        for part, own in parts.items():
            row = rows.get((id_, part), {})
            for name, meant in _of_round(own, whole=not part).items():
                if row.get(name, "") != guarded(meant):
                    fact = "/".join(one for one in ("round", id_, part, name) if one)
                    yield against.finding(fact, meant, row.get(name, ""))


def _period(fields: Fields) -> dict[str, str]:
    period = fields.get("period")
    found = period if isinstance(period, dict) else {}
    return {f"period_{name}": text_of(found.get(name)) for name in ("start", "end")}


def _of_round(fields: Fields, *, whole: bool) -> dict[str, str]:
    own = (*_ROUND, "period_start", "period_end") if whole else ("population",)
    found = {name: text_of(fields.get(name)) for name in own}
    forms = fields.get("forms")
    return found | ({name: text_of(forms.get(name)) for name in _FORMS} if isinstance(forms, Mapping) else {})


def _said(looked: Standing) -> Iterator[Finding]:
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
                    yield from _lost(
                        f"{kind}/{company}", kind, fields, own, looked.against(addresses.data(table.name), kept, "")
                    )


def _lost(fact: str, kind: str, fields: Fields, rows: Sequence[Row], against: Against) -> Iterator[Finding]:
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
    yield {"record": kind, "by": text_of(by), "text": text_of(fields.get("body"))}
    for record, name, columns in _LISTS:
        for one in parts_of(fields, name):
            yield {"record": record} | {column: text_of(one.get(field)) for column, field in columns.items()}
