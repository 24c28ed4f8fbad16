"""What the site has and no edition keeps: it could change in silence.

Of sealed rounds the editions tell it; here it is only a warning, for a bureau that never seals breaks no rule.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from publisher import addresses
from publisher.editions.covering import covering
from publisher.editions.facts import kinds_of_record
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, REGISTER
from publisher.model.records import Statement
from publisher.problems import Place, Problem, warning
from publisher.released import released

Row = Mapping[str, str]
"""Of the published table of statements."""
_DATES = ("date", "received_on")


def unsealed(bureau: Bureau, as_of: datetime, on_site: Collection[str]) -> Iterator[Problem]:
    """Warns of rounds on the site that were never sealed, and of whatever else no seal has taken in."""
    public = released(bureau, as_of)
    for id_, one in public.rounds.items():
        if addresses.round_page(one) in on_site and bureau.sealed.last(id_) is None:
            yield warning("public-unsealed", one.origin.where, id_)
    for id_ in (RECORD, *public.rounds) if on_site else ():
        last = bureau.sealed.last(id_)
        if last is None and id_ != RECORD:
            continue
        kinds = _came_since(public, id_)
        if kinds:
            named = tuple(f"choice.kind.{kind}" for kind in sorted(kinds))
            yield warning("added-unsealed", Place(REGISTER), id_, count=kinds.total(), kinds=named)


def _came_since(public: Bureau, subject: str) -> Counter[str]:
    """How many records of each kind the last edition does not have.

    The rules and days off of the ledger are no content. If there is no edition yet, all of the record came since.
    """
    if subject == RECORD and not public.sealed.of(RECORD):
        kinds = kinds_of_record(public)
    else:
        kinds = Counter(one.kind for one in covering(public, subject).additions)
    return Counter({kind: count for kind, count in kinds.items() if kind not in {"rules", "holiday"}})


def restated(bureau: Bureau, published: Iterable[Row]) -> Iterator[Problem]:
    """Warns of words or dates that are others than on the site, and of statements dated before the site was made."""
    rows = {(row.get("round"), row.get("company")): row for row in published if row.get("record") == "statement"}
    for one in bureau.statements:
        row = rows.get((one.round, one.company))
        if row is None or one.round in bureau.sealed.rounds:
            continue
        if not row.get("date"):
            if one.arrived_on.isoformat() < row.get("as_of", ""):
                day = one.origin.place("received_on" if one.received_on else "signed_on")
                yield warning("statement-back-dated", day, one.arrived_on, as_of=row["as_of"], **_of(one))
        elif _said(row) != (one.body, str(one.signed_on), str(one.received_on or "")):
            yield warning("statement-restated", one.origin.place("body"), one.company, **_of(one))


def _of(one: Statement) -> dict[str, str]:
    return {"round": one.round, "company": one.company}


def _said(row: Row) -> tuple[str, ...]:
    return (row.get("text", ""), *(row.get(name, "") for name in _DATES))
