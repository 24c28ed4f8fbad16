"""Companies' statements in rounds that were never sealed, against those that the site has: no edition keeps them.

Of sealed rounds the editions tell it; here it is only a warning, for a bureau that never seals breaks no rule.
"""

from collections.abc import Iterable, Iterator, Mapping

from publisher.model.bureau import Bureau
from publisher.model.records import Statement
from publisher.problems import Problem, warning

Row = Mapping[str, str]
"""Of the published table of statements."""
_DATES = ("date", "received_on")


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
