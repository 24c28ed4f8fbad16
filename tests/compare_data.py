"""Compares the tables of data with the second computation: every row and every column."""

import csv
from collections.abc import Iterator
from pathlib import Path

from inputs import day
from printed import Language
from recompute import Fig, Forms, Ind, Oracle, Result, Tally

COLUMNS = (
    *("record", "sector", "company", "company_name", "indicator", "indicator_name", "channel", "answer"),
    *("state", "value", "unit", "base", "low", "high", "certainty", "note", "count", "place", "alike"),
    *("change", "compared", "previous"),
)
ROUND_COLUMNS = (
    *("record", "round", "title", "scheme", "version", "form", "channel", "company", "period_start", "period_end"),
    *("population", "design_effect", "issued", "returned", "valid", "return_rate", "valid_rate"),
    *("forms_withheld", "previous", "changed", "partial"),
)
Cells = dict[str, object]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text(value: object) -> str:
    return "" if value is None else str(value)


class Data:
    """The rows that the data of a site must have."""

    def __init__(self, oracle: Oracle, language: Language) -> None:
        self.oracle, self.language = oracle, language

    def differences(self, site: Path) -> list[tuple[str, ...]]:
        """Rows that are printed and not recomputed, or the other way round."""
        found = []
        for round_ in self.oracle.folder.rounds:
            printed = table(site / "data/rounds" / f"{round_['id']}.csv")
            wrong = {row["round"] for row in printed} - {round_["id"]}
            found += [("round", *wrong)] * bool(wrong)
            found += both(COLUMNS, printed, self.rows(round_["id"]))
        return found + both(ROUND_COLUMNS, table(site / "data/rounds.csv"), self.rounds())

    def label(self, thing: dict) -> str:
        return thing.get("name_en") or thing["name"] if self.language.code == "en" else thing["name"]

    def rows(self, round_: str) -> Iterator[Cells]:
        for (id_, company), result in self.oracle.results.items():
            if id_ == round_:
                named = self.oracle.folder.companies[company]
                common = {"sector": named["sector"], "company": company, "company_name": self.label(named)}
                for row in self.company(result):
                    yield common | row
        for (id_, name), sector in self.oracle.sectors.items():
            if id_ == round_:
                for row in self.sector(sector):
                    yield {"sector": name} | row

    def company(self, result: Result) -> Iterator[Cells]:
        if result.composite:
            alike = " ".join(str(a) if a == b else f"{a}-{b}" for a, b in result.alike)
            place = {"place": result.place, "alike": alike}
            yield {"record": "composite"} | figure(result.composite) | place | change(result)
        for key, (_, fig) in result.groups.items():
            kind, id_ = key.split(":")
            if fig is None:
                continue
            group = next(one for one in result.scheme[f"{kind}s"] if one["id"] == id_)
            yield {"record": kind, "indicator": id_, "indicator_name": self.label(group)} | figure(fig)
        for one in result.inds.values():
            for row in indicator(one):
                yield self.named(one) | row

    def named(self, one: Ind) -> Cells:
        return {"indicator": one.spec["id"], "indicator_name": self.label(one.spec)}

    def sector(self, sector: Result) -> Iterator[Cells]:
        if any(one.composite for one in sector.members):
            yield {"record": "sector-average"} | figure(sector.composite)
        if sector.now:
            yield {"record": "sector-average-now"} | figure(sector.now) | change(sector)
        for one in sector.inds.values():
            yield {"record": "sector-indicator"} | self.named(one) | figure(one.fig)
            if one.dissatisfied.state != "not-surveyed":
                yield {"record": "sector-dissatisfied"} | self.named(one) | figure(one.dissatisfied)
            if one.now:
                yield {"record": "sector-indicator-now"} | self.named(one) | figure(one.now) | change(one)

    def rounds(self) -> Iterator[Cells]:
        for round_ in self.oracle.folder.rounds:
            scheme = self.oracle.folder.schemes[round_["scheme"]]
            before = self.oracle.before[round_["id"]]
            plain = {name: round_.get(name) for name in ("form", "population", "partial")}
            yield (
                {
                    "record": "round",
                    "round": round_["id"],
                    "title": self.title(round_),
                    "scheme": scheme["id"],
                    "version": scheme["version"],
                    "period_start": day(round_["period"]["start"]),
                    "period_end": day(round_["period"]["end"]),
                    "design_effect": round_.get("design_effect", "1"),
                    "previous": before.round["id"] if before.round else None,
                    "changed": " ".join(before.breaks),
                }
                | plain
                | forms(self.oracle.forms.get((round_["id"], "")))
            )
            works = {one["channel"]: one for one in round_.get("channels", [])}
            for channel in scheme.get("channels", []):
                row = {"record": "channel", "round": round_["id"], "channel": channel["id"]}
                stated = {"population": works.get(channel["id"], {}).get("population")}
                yield row | stated | forms(self.oracle.forms.get((round_["id"], channel["id"])))
            for one in round_.get("companies", []):
                row = {"record": "company", "round": round_["id"], "company": one["company"]}
                own = self.oracle.results[round_["id"], one["company"]].forms
                yield row | {"population": one.get("population")} | forms(own)

    def title(self, round_: dict) -> str:
        from compare_single import Single  # noqa: PLC0415

        return Single.title(self, round_)  # type: ignore[arg-type]


def figure(fig: Fig) -> Cells:
    low, high = fig.interval or (None, None)
    marks = (("small-base", fig.small), ("reweighted", fig.reweighted))
    return {
        "state": fig.state,
        "value": fig.printed,
        "unit": fig.unit,
        "base": fig.base,
        "low": low,
        "high": high,
        "certainty": fig.certainty if fig.exact is not None else None,
        "note": " ".join(mark for mark, there in marks if there),
    }


def change(one: Ind | Result) -> Cells:
    if one.amount is None:
        return {"compared": one.uncompared}
    return {
        "change": one.amount,
        "compared": "within-margin" if one.within else "yes" if one.amount else "same",
        "previous": one.previous.printed if one.previous else None,
    }


def indicator(one: Ind) -> Iterator[Cells]:
    unit = {"unit": one.spec["unit"]} if "unit" in one.spec else {}
    yield {"record": "indicator"} | figure(one.fig) | unit | change(one)
    yield from map(answer, one.tallies)
    for id_, part in one.channels.items():
        yield {"record": "channel", "channel": id_} | figure(part.fig)
        for tally in part.tallies:
            yield answer(tally) | {"channel": id_}
    for id_, row in one.points.items():
        for name in ("met", "partly", "not_met"):
            count = row.get(name, "0")
            yield {"record": "point", "channel": id_, "answer": name, "state": "value", "count": count}


def answer(tally: Tally) -> Cells:
    unit = None if tally.share is None else "percent"
    common = {"record": "answer", "answer": tally.name, "state": "value", "count": tally.count}
    return common | {"value": tally.share, "unit": unit}


def forms(one: Forms | None) -> Cells:
    if one is None:
        return {}
    names = ("issued", "returned", "valid", "return_rate", "valid_rate")
    return {name: getattr(one, name) for name in names} | {"forms_withheld": "yes" if one.withheld else "no"}


def both(columns: tuple[str, ...], printed: list[dict[str, str]], wanted: Iterator[Cells]) -> list[tuple[str, ...]]:
    """Rows that are only on one side, each marked with its side; the number of a row counts too."""
    left = sorted(tuple(row[name] for name in columns) for row in printed)
    right = sorted(tuple(text(row.get(name)) for name in columns) for row in wanted)
    if left == right:
        return []
    extra = [("printed", *row) for row in left if row not in right]
    return [*extra, *(("recomputed", *row) for row in right if row not in left)] or [("repeated rows",)]
