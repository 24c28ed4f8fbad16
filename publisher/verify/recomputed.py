"""Tables of results against the scores that were sealed: the figures are computed from these once more."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from publisher import datasets
from publisher.addresses import old
from publisher.analyse import analyse
from publisher.editions.restore import read_back, restored
from publisher.editions.withheld import WITHHELD
from publisher.model.bureau import Bureau
from publisher.model.editions import Edition
from publisher.model.records import Round
from publisher.model.results import RoundResult
from publisher.model.settings import Site
from publisher.outputs.results import result_rows
from publisher.problems import Place, Source
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding, told
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn
from publisher.words import LANGUAGES, words_of

_COMPARED = ("state", "value", "unit", "base", "count", "place")
"""Changes follow from the round before, which may not be sealed; intervals may be worked out better by a later
publisher."""
_OWN = frozenset({"composite", "dimension", "aspect", "indicator", "channel", "answer", "point"})
"""Rows of a company; those of a sector need every company of it."""
_OF_SECTORS = frozenset({"sector-average", "sector-indicator", "sector-dissatisfied"})

Key = tuple[str, ...]
Row = Mapping[str, Any]


def recomputed(copy: Copy, editions: Editions, withdrawn: Withdrawn, explained: frozenset[str]) -> Iterator[Finding]:
    """Of every round its latest edition, and each superseded one whose table is there, from that edition itself.

    That the latest is otherwise, a correction that is not sealed yet may explain.
    """
    for path, kept in tables_of(copy, editions, withdrawn):
        result = _result(kept, withdrawn)
        if result is None:
            yield told("result-unchecked", path, edition=kept.path)
            continue
        found = list(_differences(copy, path, kept, result))
        if found and kept is editions.last[kept.subject] and kept.subject in explained:
            yield told("result-corrected", path, count=len(found), edition=kept.path)
            continue
        of = [
            finding("result", path, row=row, column=name, meant=meant, seen=seen, edition=kept.path)
            for row, name, meant, seen in found
        ]
        yield from few(of, "results", path)


def tables_of(copy: Copy, editions: Editions, withdrawn: Withdrawn) -> Iterator[tuple[str, Kept]]:
    """Tables of results that were not withdrawn, each with its edition; the present one of a round has to be there."""
    for kept in editions.kept:
        path = f"data/rounds/{kept.subject}.csv"
        if kept is not editions.last[kept.subject]:
            path = old(path, kept.entry.edition or 0)
            if not copy.is_file(path):
                continue
        if (
            "score" in kept.facts
            and path not in withdrawn.by
            and f"rounds/{kept.subject}/index.html" not in withdrawn.by
        ):
            yield path, kept


def _result(kept: Kept, withdrawn: Withdrawn) -> RoundResult | None:
    """None if the edition is none that a publisher would have sealed: then nothing follows from it."""
    try:
        edition = Edition(
            kept.subject, kept.entry.edition or 1, kept.path, b"", b"", _without_withheld(kept, withdrawn)
        )
        rounds = {one.id: one for one in read_back(edition)["round"] if isinstance(one, Round)}
        return analyse(restored(Bureau(site=_site(kept), rounds=rounds), edition)).rounds[0]
    except (ValidationError, LookupError, ValueError, ArithmeticError, AttributeError, StopIteration, TypeError):
        return None


def _site(kept: Kept) -> Site:
    stand_in = {"bureau": {"name": "-"}, "title": "-", "base_url": "https://invalid"}
    return Site.model_validate({**stand_in, "origin": Source(Place(kept.path))})


def _without_withheld(kept: Kept, withdrawn: Withdrawn) -> dict[str, Any]:
    """Companies of which every number is published and stands."""
    hidden = {key.split("/")[0] for key, one in kept.facts["score"].items() if WITHHELD in one.values()}
    scores = kept.facts["score"].items()
    left = {
        key: one
        for key, one in scores
        if key.split("/")[0] not in hidden and not withdrawn.has_result(kept.subject, key.split("/")[0])
    }
    rounds = {id_: _without_forms(one) for id_, one in kept.facts["round"].items()}
    kinds = ("rules", "scheme", "company")
    return {**{kind: kept.facts[kind] for kind in kinds if kind in kept.facts}, "round": rounds, "score": left}


def _without_forms(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Numbers of forms may be withheld, and no figure of a score follows from them."""
    return {name: value for name, value in fields.items() if name not in {"forms", "channels", "companies"}}


def _differences(copy: Copy, path: str, kept: Kept, result: RoundResult) -> Iterator[tuple[str, str, str, str]]:
    """(row, column, as computed, as it stands there)."""
    there = _by_key(rows_of(copy, path))
    companies = {one.company.id for sector in result.sectors for one in sector.companies}
    whole = companies == {key.split("/")[0] for key in kept.facts["score"]}
    computed = _by_key(result_rows(words_of(LANGUAGES[0]), result))
    for key in sorted(there.keys() - computed.keys()):
        if key[0] in _OWN and key[2] in companies:
            yield "/".join(part for part in key if part), "record", "", key[0]
    for key, row in computed.items():
        if key[0] not in _OWN and not (whole and key[0] in _OF_SECTORS):
            continue
        name = "/".join(part for part in key if part)
        seen = there.get(key)
        if seen is None:
            yield name, "record", row["record"], ""
            continue
        for column in _COMPARED:
            meant = "" if row.get(column) is None else str(row[column])
            ranked = column != "place" or whole
            if ranked and meant != seen.get(column, ""):
                yield name, column, meant, seen.get(column, "")


def _by_key(rows: Any) -> dict[Key, Row]:
    """Rows alike in their key are told apart by their order."""
    found: dict[Key, Row] = {}
    seen: Counter[Key] = Counter()
    for row in rows:
        key = tuple([str(row.get(name) or "") for name in datasets.RESULT_ROW])
        seen[key] += 1
        found[*key, str(seen[key]) if seen[key] > 1 else ""] = row
    return found
