"""What tables call companies and indicators, and what they say of these, against the editions.

A scheme is there in full: weights, targets, questions.
"""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from publisher import addresses, datasets
from publisher.model.scheme import Scheme
from publisher.outputs.schemes import scheme_rows
from publisher.outputs.table import cell_of
from publisher.problems import Place, Source
from publisher.verify.findings import Finding
from publisher.verify.recomputed import tables_of
from publisher.verify.sealed import Kept
from publisher.verify.standing import Against, Row, Standing, labels_of, parts_of, text_of
from publisher.verify.tables import rows_of
from publisher.words import LANGUAGES, words_of


def names(looked: Standing) -> Iterator[Finding]:
    """Companies and indicators, in the tables of results as their own edition has them, else as the latest has."""
    companies = looked.sealed("company")
    latest = {key: labels_of(fields) for key, (_, fields) in companies.items()}
    parts = {id_: names for kept, _ in looked.sealed("scheme").values() for id_, names in _parts(kept).items()}
    for path, kept in tables_of(looked.copy, looked.editions, looked.withdrawn):
        now = kept is looked.editions.last[kept.subject]
        against = looked.against(path, kept, "company") if now else Against(path, kept, explained=False)
        rows = rows_of(looked.copy, path)
        for kind, sealed, later in (("company", _companies(kept), latest), ("indicator", _parts(kept), parts)):
            # A name changes in every round, and is sealed with one round after the other.
            known = {key: names | later.get(key, names) if now else names for key, names in sealed.items()}
            yield from _called(rows, kind, known, against)
    for path in (addresses.data(one.name) for one in (datasets.STATEMENTS, datasets.ITEMS)):
        rows = rows_of(looked.copy, path)
        for id_ in sorted({row.get("company", "") for row in rows} & latest.keys()):
            own = [row for row in rows if row.get("company") == id_]
            yield from _called(own, "company", latest, looked.against(path, companies[id_][0], "company"))


def _called(rows: Sequence[Row], kind: str, known: Mapping[str, frozenset[str]], against: Against) -> Iterator[Finding]:
    """Of each the first that is called otherwise; what no edition has is called nothing."""
    for id_, seen in sorted({(row.get(kind, ""), row.get(f"{kind}_name", "")) for row in rows}):
        if id_ and known and seen not in known.get(id_, ()):
            yield against.finding(f"{kind}/{id_}/name", ", ".join(sorted(known.get(id_, ()))), seen)


def _companies(kept: Kept) -> dict[str, frozenset[str]]:
    return {key: labels_of(fields) for key, fields in kept.facts.get("company", {}).items()}


def _parts(kept: Kept) -> dict[str, frozenset[str]]:
    """Indicators, dimensions and aspects of the scheme: what a row of results may be about."""
    found: dict[str, frozenset[str]] = {}
    for scheme in kept.facts.get("scheme", {}).values():
        for one in (part for name in ("indicators", "dimensions", "aspects") for part in parts_of(scheme, name)):
            id_ = text_of(one.get("id"))
            found[id_] = found.get(id_, frozenset()) | labels_of(one)
    return found


def schemes(looked: Standing) -> Iterator[Finding]:
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
        against = looked.against(addresses.data(table.name), kept, "scheme")
        known = _parts(kept)
        for meant in scheme_rows(words_of(LANGUAGES[0]), scheme):
            one = meant["indicator"]
            row = rows.pop((id_, one), None)
            if row is None:
                yield against.finding(f"scheme/{id_}/{one}", ", ".join(sorted(known.get(one, ()))), "")
                continue
            for name, value in meant.items():
                right = known.get(one, frozenset()) if name == "indicator_name" else {cell_of(value)}
                if row.get(name, "") not in right and name in row:
                    yield against.finding(f"scheme/{id_}/{one}/{name}", ", ".join(sorted(right)), row[name])
        yield from (against.finding(f"scheme/{id_}/{one}", "—", one) for scheme_, one in rows if scheme_ == id_)
