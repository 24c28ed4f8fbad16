"""Tables of results against themselves and the round before, worked out with another tool than the publisher's own.

Places follow from the printed composites, changes from two printed figures, and the earlier figure stands in the table
of the round before. This needs no seal, so it holds for rounds that are not sealed yet.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any, Literal

import pandas as pd

from publisher import datasets
from publisher.addresses import data
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn

_KEY = list(datasets.RESULT_ROW)
_OF = "of"
"""Of which round a row is; what its own table says of that is not trusted."""
_COLUMNS = [*_KEY, "place", "value", "previous", "change"]
_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?"
"""As a publisher prints it; the form of cells is checked elsewhere, so other ones are left alone here."""
_STYLES: tuple[Literal["dense", "min"], ...] = ("dense", "min")
"""1, 1, 2, 3 and 1, 1, 3, 4. Which of them, and whether more is better, the rules of the round say and no table."""
_OTHERWISE = "-now"
"""Ends the kind of a row whose earlier figure is of fewer companies than the one printed then."""

Miss = tuple[str, str, str, str]
"""(row, column, as worked out, as it stands there)."""
Misses = dict[str, list[Miss]]
"""By round."""


def reckoned(copy: Copy, withdrawn: Withdrawn) -> Iterator[Finding]:
    """Of every round in the table of rounds; superseded tables speak of what stood then and are left alone."""
    before = _rounds(copy)
    # All rounds in one table: what pandas does costs little for a row and much for a table.
    table = _table(copy, {**dict.fromkeys(before), **dict.fromkeys(before.values())})
    own = table[table[_OF].isin(before)]
    changes, earlier, ways = _changes(own), _earlier(own, table, before), _places(own)
    for round_ in before:
        found = changes[round_] + earlier[round_]
        if not withdrawn.round_has(round_):
            # The way of ranking that the table follows best: one holds for all sectors of a round.
            closest: list[Miss] = min((way[round_] for way in ways), key=len)
            found += closest
        path = data(f"rounds/{round_}")
        of = [finding("reckoned", path, row=row, column=one, meant=meant, seen=seen) for row, one, meant, seen in found]
        yield from few(of, "reckoned-more", path)


def _rounds(copy: Copy) -> dict[str, str]:
    """Each with the one before it; empty if there is none."""
    rows = rows_of(copy, data(datasets.ROUNDS.name))
    return {row["round"]: row.get("previous", "") for row in rows if row.get("record") == "round" and row.get("round")}


def _table(copy: Copy, rounds: Mapping[str, None]) -> pd.DataFrame:
    """Without the rounds whose table is not there, or in another form."""
    cells: list[tuple[str, ...]] = []
    for round_ in filter(None, rounds):
        rows = rows_of(copy, data(f"rounds/{round_}"))
        if rows and set(datasets.RESULTS.names) <= rows[0].keys():
            cells += [(round_, *(row[name] for name in _COLUMNS)) for row in rows]
    return pd.DataFrame(cells, columns=[_OF, *_COLUMNS], dtype=object)


def _places(table: pd.DataFrame) -> list[Misses]:
    """By each way of ranking."""
    ranked = table[_are(table, r"[0-9]{1,9}", "place") & _are(table, _NUMBER, "value")]
    values = pd.to_numeric(ranked["value"]).groupby([ranked[_OF], ranked["sector"]])
    ways = [values.rank(method=style, ascending=up) for style, up in product(_STYLES, (False, True))]
    return [_misses(ranked, "place", way.map("{:.0f}".format)) for way in ways]


def _changes(table: pd.DataFrame) -> Misses:
    """A printed change is the difference of two printed figures."""
    told = table[_are(table, _NUMBER, "value", "previous", "change")]
    worked_out = told["value"].map(Decimal) - told["previous"].map(Decimal)
    return _misses(told, "change", worked_out.map(str))


def _earlier(table: pd.DataFrame, all_: pd.DataFrame, before: Mapping[str, str]) -> Misses:
    """The earlier figure is the one in the table of the round before, as it stands there now."""
    told = table[_are(table, _NUMBER, "previous") & ~table["record"].str.endswith(_OTHERWISE)]
    there = all_.drop_duplicates([_OF, *_KEY]).set_index([_OF, *_KEY])["value"]
    asked = told[_KEY].assign(**{_OF: told[_OF].map(before).astype(object)})
    meant = asked.merge(there.to_frame("meant"), how="left", left_on=[_OF, *_KEY], right_index=True)["meant"]
    return _misses(told[meant.notna()], "previous", meant.dropna())


def _are(table: pd.DataFrame, form: str, *columns: str) -> "pd.Series[bool]":
    found: pd.Series[bool] = table[list(columns)].apply(lambda cells: cells.str.fullmatch(form)).all(axis=1)
    return found


def _misses(rows: pd.DataFrame, column: str, meant: "pd.Series[Any]") -> Misses:
    """Numbers are compared as numbers: 80.0 and 80 are the same."""
    wrong = rows.assign(meant=meant)[meant.map(Decimal) != rows[column].map(Decimal)]
    found: Misses = defaultdict(list)
    for round_, *key, one, seen in wrong[[_OF, *_KEY, "meant", column]].itertuples(index=False, name=None):
        found[round_].append(("/".join(filter(None, key)), column, str(one), str(seen)))
    return found
