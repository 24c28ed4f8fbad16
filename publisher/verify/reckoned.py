"""Tables of results against themselves and the round before, worked out with another tool than the publisher's own.

Places follow from the printed composites, changes from two printed figures, and the earlier figure stands in the table
of the round before. This needs no seal, so it holds for rounds that are not sealed yet.
"""

from collections.abc import Iterator
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
_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?"
"""As a publisher prints it; the form of cells is checked elsewhere, so other ones are left alone here."""
_STYLES: tuple[Literal["dense", "min"], ...] = ("dense", "min")
"""1, 1, 2, 3 and 1, 1, 3, 4. Which of them, and whether more is better, the rules of the round say and no table."""
_OTHERWISE = "-now"
"""Ends the kind of a row whose earlier figure is of fewer companies than the one printed then."""

Miss = tuple[str, str, str, str]
"""(row, column, as worked out, as it stands there)."""


def reckoned(copy: Copy, withdrawn: Withdrawn) -> Iterator[Finding]:
    """Of every round in the table of rounds; superseded tables speak of what stood then and are left alone."""
    for round_, previous in _rounds(copy):
        table = _table(copy, round_)
        if table is None:
            continue
        found = [*_changes(table), *_earlier(table, _table(copy, previous))]
        if not withdrawn.round_has(round_):
            found += _places(table)
        path = data(f"rounds/{round_}")
        of = [finding("reckoned", path, row=row, column=one, meant=meant, seen=seen) for row, one, meant, seen in found]
        yield from few(of, "reckoned-more", path)


def _rounds(copy: Copy) -> list[tuple[str, str]]:
    """Each with the one before it, if there is one."""
    rows = rows_of(copy, data(datasets.ROUNDS.name))
    return [
        (row["round"], row.get("previous", "")) for row in rows if row.get("record") == "round" and row.get("round")
    ]


def _table(copy: Copy, round_: str) -> pd.DataFrame | None:
    """None if it is not there, or in another form."""
    rows = rows_of(copy, data(f"rounds/{round_}")) if round_ else []
    return pd.DataFrame(rows) if rows and set(datasets.RESULTS.names) <= rows[0].keys() else None


def _places(table: pd.DataFrame) -> list[Miss]:
    """By that way of ranking which the table follows best: one holds for all sectors of a round."""
    ranked = table[table["place"].str.fullmatch(r"[0-9]{1,9}") & table["value"].str.fullmatch(_NUMBER)]
    values = pd.to_numeric(ranked["value"]).groupby(ranked["sector"])
    ways = [values.rank(method=style, ascending=up) for style, up in product(_STYLES, (False, True))]
    wrong = [_misses(ranked, "place", way.map("{:.0f}".format)) for way in ways]
    return min(wrong, key=len)


def _changes(table: pd.DataFrame) -> list[Miss]:
    """A printed change is the difference of two printed figures."""
    told = table[_are_numbers(table, "value", "previous", "change")]
    worked_out = told["value"].map(Decimal) - told["previous"].map(Decimal)
    return _misses(told, "change", worked_out.map(str))


def _earlier(table: pd.DataFrame, before: pd.DataFrame | None) -> list[Miss]:
    """The earlier figure is the one in the table of the round before, as it stands there now."""
    if before is None:
        return []
    told = table[_are_numbers(table, "previous") & ~table["record"].str.endswith(_OTHERWISE)]
    there = before.drop_duplicates(_KEY).set_index(_KEY)["value"]
    meant = told[_KEY].merge(there.to_frame("meant"), how="left", left_on=_KEY, right_index=True)["meant"]
    return _misses(told[meant.notna()], "previous", meant.dropna())


def _are_numbers(table: pd.DataFrame, *columns: str) -> "pd.Series[bool]":
    found: pd.Series[bool] = table[list(columns)].apply(lambda cells: cells.str.fullmatch(_NUMBER)).all(axis=1)
    return found


def _misses(rows: pd.DataFrame, column: str, meant: "pd.Series[Any]") -> list[Miss]:
    """Numbers are compared as numbers: 80.0 and 80 are the same."""
    wrong = rows.assign(meant=meant)[meant.map(Decimal) != rows[column].map(Decimal)]
    return [
        ("/".join(filter(None, key)), column, str(one), str(seen))
        for *key, one, seen in wrong[[*_KEY, "meant", column]].itertuples(index=False, name=None)
    ]
