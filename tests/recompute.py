"""What every figure of a bureau's folder must be: a second way from the inputs to the numbers.

Nothing here comes from the package: own rounding, weighting, ranking; `inputs` reads.
The ledger is in `recompute_ledger`.
All numbers are exact fractions of counts; they are rounded once, half away from zero, when printed.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from inputs import Folder, Row, number

UNITS = {"grades": "points", "points": "points", "count": "count"}


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Half away from zero."""
    whole = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
    return Decimal(-whole if value < 0 else whole) / Decimal(10**places) + Decimal(0).scaleb(-places)


@dataclass(frozen=True)
class Fig:
    """A figure; without `printed` its state says why there is none."""

    state: str
    unit: str
    exact: Fraction | None = None
    base: int | None = None
    small: bool = False
    is_mean: bool = False

    @property
    def printed(self) -> Decimal | None:
        """A count is printed as typed; a mean of counts has the decimals of scores."""
        if self.exact is None:
            return None
        if self.unit == "count" and not self.is_mean:
            return Decimal(self.exact.numerator) / Decimal(self.exact.denominator)
        return half_up(self.exact)


@dataclass(frozen=True)
class Tally:
    """A kind of answer: name, count, printed percent of the base (none: outside it)."""

    name: str
    count: int
    share: Decimal | None


@dataclass
class Ind:
    """One indicator of one company (or the mean of a sector)."""

    spec: dict
    better: str
    fig: Fig
    tallies: list[Tally] = field(default_factory=list)
    channels: dict[str, "Ind"] = field(default_factory=dict)
    points: dict[str, Row] = field(default_factory=dict)
    dissatisfied: Fig = Fig("not-surveyed", "percent")
    previous: Fig | None = None
    amount: Decimal | None = None
    """Difference of the printed figures."""

    @property
    def verdict(self) -> str | None:
        if not self.amount:
            return None
        return "better" if (self.amount > 0) == (self.better == "higher") else "worse"

    @property
    def badness(self) -> Fraction | None:
        """Distance of the printed figure from the best possible one, on a scale of 100."""
        if self.fig.printed is None or self.spec["measure"] == "count":
            return None
        full = number(self.spec.get("full_marks", "100")) if self.spec["measure"] == "points" else 100
        value = Fraction(self.fig.printed) * 100 / full
        return 100 - value if self.better == "higher" else value


@dataclass
class Result:
    """A company in a round, or (with `members`) a sector."""

    round: dict
    scheme: dict
    company: str
    inds: dict[str, Ind]
    composite: Fig | None
    groups: dict[str, tuple[list[str], Fig]] = field(default_factory=dict)
    previous: Fig | None = None
    amount: Decimal | None = None
    place: int | None = None
    tied: bool = False
    of: int = 0
    why: str = "no-figure"
    members: list["Result"] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str | None:
        up = self.scheme["direction"] == "satisfaction"
        return None if not self.amount else "better" if (self.amount > 0) == up else "worse"

    @property
    def band(self) -> dict | None:
        if self.composite is None or self.composite.printed is None:
            return None
        value, bands = Fraction(self.composite.printed), self.scheme.get("bands", [])
        if self.scheme["direction"] == "satisfaction":
            fits = [one for one in bands if value >= number(one["at_least"])]
            return max(fits, key=lambda one: number(one["at_least"]), default=None)
        fits = [one for one in bands if value <= number(one["at_most"])]
        return min(fits, key=lambda one: number(one["at_most"]), default=None)

    def worst(self, kind: str, count: int) -> list[str]:
        """The ids of the three compulsory analyses, in order; ties with the last named are named too."""
        if kind == "lowest":
            keys = {id_: one.badness for id_, one in self.inds.items() if one.badness}
        elif kind == "dissatisfied":
            keys = {id_: one.dissatisfied.printed for id_, one in self.inds.items() if one.dissatisfied.printed}
        else:
            keys = {id_: abs(one.amount) for id_, one in self.inds.items() if one.verdict == "worse"}
            count = len(keys)
        floor = sorted(keys.values(), reverse=True)[:count][-1:]
        return sorted((id_ for id_ in keys if keys[id_] >= floor[0]), key=lambda id_: -keys[id_]) if floor else []


class Oracle:
    """All results of a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        limits = folder.site.get("thresholds", {})
        self.suppress, self.rank = int(limits.get("suppress_below", 10)), int(limits.get("rank_from", 30))
        self.dense = folder.site.get("ranking", "dense") == "dense"
        self.results: dict[tuple[str, str], Result] = {}
        self.sectors: dict[tuple[str, str], Result] = {}
        latest: dict[str, str] = {}
        for round_ in folder.rounds:
            self._round(round_, latest.get(round_["scheme"]))
            latest[round_["scheme"]] = round_["id"]

    def _round(self, round_: dict, before: str | None) -> None:
        scheme = self.folder.schemes[round_["scheme"]]
        there = {row["company"] for row in round_["rows"]}
        sectors: dict[str, list[Result]] = {}
        for id_, company in self.folder.companies.items():
            if id_ in there:
                result = self._company(round_, scheme, id_, self.results.get((before or "", id_)))
                self.results[round_["id"], id_] = result
                sectors.setdefault(company["sector"], []).append(result)
        for name, members in sectors.items():
            self._sector(round_, scheme, name, members, self.sectors.get((before or "", name)))

    def _company(self, round_: dict, scheme: dict, company: str, before: Result | None) -> Result:
        inds = {}
        for spec in scheme["indicators"]:
            rows = [row for row in round_["rows"] if (row["company"], row["indicator"]) == (company, spec["id"])]
            one = self.indicator(scheme, spec, rows)
            if before:
                one.previous = before.inds[spec["id"]].fig
                one.amount = difference(one.fig, one.previous)
            inds[spec["id"]] = one
        total = composite(scheme, inds)
        result = Result(round_, scheme, company, inds, total)
        result.groups = {
            f"{kind}:{group['id']}": group_of(scheme, kind, group["id"], inds)
            for kind in ("dimension", "aspect")
            for group in scheme.get(f"{kind}s", [])
        }
        if before and total:
            result.previous, result.amount = before.composite, difference(total, before.composite)
        return result

    def indicator(self, scheme: dict, spec: dict, rows: list[Row]) -> Ind:
        up = spec["measure"] in {"yes_no", "checklist"} or scheme["direction"] == "satisfaction"
        better = spec.get("better") or ("higher" if up else "lower")
        if not any("channel" in row for row in rows):
            return self._simple(scheme, spec, rows, better, spec.get("basis", "sample"))
        channels = {
            one["id"]: self._simple(
                scheme, spec, [row for row in rows if row["channel"] == one["id"]], better, one.get("basis", "sample")
            )
            for one in scheme["channels"]
        }
        weights = [number(one["weight"]) for one in scheme["channels"]]
        total = weighted(scheme, unit_of(spec), weights, [one.fig for one in channels.values()])
        bad = total if better == "lower" and spec["measure"] == "share" else Fig("not-surveyed", "percent")
        return Ind(spec, better, total, channels=channels, dissatisfied=bad)

    def _simple(self, scheme: dict, spec: dict, rows: list[Row], better: str, basis: str) -> Ind:
        unit = unit_of(spec)
        if not rows:
            return Ind(spec, better, Fig("not-surveyed", unit), dissatisfied=Fig("not-surveyed", "percent"))
        exact, base, bad, kinds = counted(scheme, spec, rows, better)
        points = {row["point"]: row for row in rows if "point" in row}
        if exact is None:
            # Nobody answered who was asked: too few answers. "Not surveyed" is a row left out (results/README.md).
            fig = Fig("nothing-due", unit, base=0) if basis == "register" else Fig("suppressed", unit)
        elif base is None or basis == "register" or spec["measure"] in {"checklist", "count"}:
            fig = Fig("value", unit, exact, base)
        elif base < self.suppress:
            fig = Fig("suppressed", unit)
        else:
            fig = Fig("value", unit, exact, base, base < self.rank)
        if fig.exact is None:
            return Ind(spec, better, fig, points=points, dissatisfied=Fig(fig.state, "percent"))
        tallies = [Tally(name, n, half_up(Fraction(100 * n, base)) if inside else None) for name, n, inside in kinds]
        share = None if bad is None or not base or (spec["measure"] == "share" and basis == "register") else bad
        found = Fig("not-surveyed", "percent")
        if share is not None:
            found = Fig("value", "percent", Fraction(100 * share, base), base, fig.small)
        return Ind(spec, better, fig, tallies, points=points, dissatisfied=found)

    def _sector(self, round_: dict, scheme: dict, name: str, members: list[Result], before: Result | None) -> None:
        self._place(scheme, members)
        inds = {}
        for id_, first in members[0].inds.items():
            one = Ind(first.spec, first.better, mean([each.inds[id_].fig for each in members], first.fig.unit))
            one.dissatisfied = mean([each.inds[id_].dissatisfied for each in members], "percent")
            if before:
                one.previous, one.amount = self._same_companies(members, before.members, id_)
            inds[id_] = one
        totals = [each.composite for each in members if each.composite]
        result = Result(round_, scheme, "", inds, mean(totals, scheme.get("unit", "points")))
        result.members = sorted(members, key=lambda one: (one.place is None, one.place or 0, one.company))
        here = {one.company for one in members}
        result.absent = [one.company for one in before.members if one.company not in here] if before else []
        self.sectors[round_["id"], name] = result

    def _same_companies(self, now: list[Result], then: list[Result], id_: str) -> tuple[Fig, Decimal | None]:
        """The change of a sector is that of the companies whose figures are shown in both rounds."""
        old = {one.company: one.inds[id_].fig for one in then}
        pairs = [(one.inds[id_].fig, old.get(one.company)) for one in now]
        pairs = [(a, b) for a, b in pairs if b and a.exact is not None and b.exact is not None]
        before = mean([b for _, b in pairs], now[0].inds[id_].fig.unit)
        return before, difference(mean([a for a, _ in pairs], before.unit), before)

    def _place(self, scheme: dict, members: list[Result]) -> None:
        """By counting who is strictly ahead (dense: how many different figures are)."""
        ranked = [one for one in members if one.composite and one.composite.printed is not None]
        ranked = [one for one in ranked if not one.composite.small]
        sign = -1 if scheme["direction"] == "satisfaction" else 1
        figures = [sign * one.composite.printed for one in ranked]
        for one in members:
            one.of = len(ranked)
            if one in ranked and len(ranked) > 1:
                mine = sign * one.composite.printed
                ahead = [other for other in figures if other < mine]
                one.place = 1 + (len(set(ahead)) if self.dense else len(ahead))
                one.tied, one.why = figures.count(mine) > 1, ""
            elif one in ranked:
                one.why = "single"
            elif one.composite and one.composite.exact is not None:
                one.why = "small-base"
            one.of = 0 if one.of == 1 and one.why != "single" else one.of


def unit_of(spec: dict) -> str:
    return UNITS.get(spec["measure"], "percent")


def counted(scheme: dict, spec: dict, rows: list[Row], better: str):
    """(score, base, dissatisfied answers, kinds of answer) of one channel's rows."""

    def total(name: str) -> int:
        return sum(int(row.get(name, 0)) for row in rows)

    measure = spec["measure"]
    outside = [("not_applicable", total("not_applicable"), False)] if total("not_applicable") else []
    if measure == "count":
        return number(rows[0]["value"]), int(rows[0]["n"]) if "n" in rows[0] else None, None, []
    if measure == "points":
        return number(rows[0]["score"]), int(rows[0]["n"]) if "n" in rows[0] else None, None, []
    if measure == "grades":
        counts = {one["id"]: total(one["id"]) + total(one["name"]) for one in scheme["grades"]}
        base, kinds = sum(counts.values()), [(id_, n, True) for id_, n in counts.items()]
        good = sum(number(one["points"]) * counts[one["id"]] for one in scheme["grades"])
        bad = sum(counts[one["id"]] for one in scheme["grades"] if one.get("dissatisfied") == "yes")
        return (Fraction(good) / base if base else None), base, bad, kinds + outside
    if measure == "yes_no":
        good, bad = ("no", "yes") if spec.get("reversed") == "yes" else ("yes", "no")
        base, kinds = total("yes") + total("no"), [("yes", total("yes"), True), ("no", total("no"), True)]
        return (Fraction(100 * total(good), base) if base else None), base, total(bad), kinds + outside
    if measure == "share":
        base, part = total("denominator"), total("numerator")
        kinds = [("numerator", part, True), ("rest", base - part, True)]
        return (Fraction(100 * part, base) if base else None), base, part if better == "lower" else None, kinds
    names = ("met", "partly", "not_met")
    base, good = sum(map(total, names)), total("met") + number(spec.get("partly_counts", "0")) * total("partly")
    return (Fraction(100 * good) / base if base else None), base, None, [(name, total(name), True) for name in names]


def weighted(scheme: dict, unit: str, weights: list[Fraction], parts: list[Fig], scale_up: bool = False) -> Fig:
    """The weighted sum of parts, rounded by whoever prints it."""
    if any(one.state == "suppressed" for one in parts):
        return Fig("suppressed", unit)
    pairs = zip(weights, parts, strict=True)
    there = [(weight, one.exact) for weight, one in pairs if one.exact is not None and weight]
    if not there:
        return Fig("not-surveyed", unit)
    whole = sum(weight for weight, _ in there)
    if whole != 1 and not scale_up and scheme.get("missing", "withhold") == "withhold":
        return Fig("withheld", unit)
    bases = [one.base for one in parts if one.base is not None]
    exact = sum(weight * value for weight, value in there) / whole
    return Fig("value", unit, exact, sum(bases) if bases else None, any(one.small for one in parts))


def scaled(one: Ind) -> Fig:
    if one.fig.exact is None or one.spec["measure"] != "points":
        return one.fig
    value = one.fig.exact * 100 / number(one.spec.get("full_marks", "100"))
    return Fig(one.fig.state, "points", value, one.fig.base, one.fig.small)


def composite(scheme: dict, inds: dict[str, Ind]) -> Fig | None:
    """Its base is the greatest of its parts; it is small if half of its weight or more is."""
    parts = [one for one in inds.values() if "weight" in one.spec]
    if not parts:
        return None
    weights = [number(one.spec["weight"]) for one in parts]
    total = weighted(scheme, scheme.get("unit", "points"), weights, [scaled(one) for one in parts])
    if total.exact is None:
        return total
    bases = [one.fig.base for one in parts if one.fig.base is not None]
    there = [(w, one) for w, one in zip(weights, parts, strict=True) if one.fig.exact is not None]
    small = sum(w for w, one in there if one.fig.small) >= sum(w for w, _ in there) / 2
    return Fig("value", total.unit, total.exact, max(bases, default=None), small)


def group_of(scheme: dict, kind: str, id_: str, inds: dict[str, Ind]) -> tuple[list[str], Fig]:
    better = "higher" if scheme["direction"] == "satisfaction" else "lower"
    found = [one for one in inds.values() if one.spec.get(kind) == id_ and one.spec["measure"] != "count"]
    found = [one for one in found if one.better == better]
    have = any("weight" in one.spec for one in found)
    weights = [number(one.spec.get("weight", "0")) if have else Fraction(1) for one in found]
    total = weighted(scheme, scheme.get("unit", "points"), weights, [scaled(one) for one in found], scale_up=True)
    return [one.spec["id"] for one in found], Fig(total.state, total.unit, total.exact, None, total.small)


def mean(figures: list[Fig], unit: str) -> Fig:
    shown = [one.exact for one in figures if one.exact is not None]
    if not shown:
        return Fig("not-surveyed", unit)
    return Fig("value", unit, sum(shown) / Fraction(len(shown)), len(shown), is_mean=True)


def difference(now: Fig, before: Fig | None) -> Decimal | None:
    if before is None or now.printed is None or before.printed is None:
        return None
    return now.printed - before.printed
