"""What every figure of a bureau's folder must be: a second way from the inputs to the numbers.

Nothing here comes from the package: own rounding, weighting, ranking; `inputs` reads.
The ledger is in `recompute_ledger`, the error of sampling in `recompute_margins`, comparability in `recompute_method`.
All numbers are exact fractions of counts; they are rounded once, half away from zero, when printed.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from inputs import Folder, Row, number
from recompute_margins import Sides, across, added, answers_worth, of_part, of_points
from recompute_method import (
    answered_at_least,
    better,
    differences,
    hidden_by_sums,
    line_of,
    meaning,
    tells_too_much,
)

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
    certainty: str = "not-known"
    ends: Sides | None = None
    margins: dict[str, Sides] = field(default_factory=dict)
    """By source of answers: a channel, or "" for the one sample."""
    reweighted: bool = False

    @property
    def printed(self) -> Decimal | None:
        """A count is printed as typed; a mean of counts has the decimals of scores."""
        if self.exact is None:
            return None
        if self.unit == "count" and not self.is_mean:
            return Decimal(self.exact.numerator) / Decimal(self.exact.denominator)
        return half_up(self.exact)

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        return (half_up(self.ends[0]), half_up(self.ends[1])) if self.ends else None

    def side(self, end: int) -> Decimal | None:
        """From the printed figure to the printed end 0 or 1."""
        if self.interval and self.printed is not None:
            return abs(self.printed - self.interval[end])
        return Decimal(0) if self.certainty == "all-cases" else None


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
    now: Fig | None = None
    """Of a sector: over the companies that `previous` is over too."""
    amount: Decimal | None = None
    """Difference of the printed figures."""
    within: bool = False
    uncompared: str = "first"

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
    groups: dict[str, tuple[list[str], Fig | None]] = field(default_factory=dict)
    previous: Fig | None = None
    now: Fig | None = None
    amount: Decimal | None = None
    within: bool = False
    uncompared: str = "first"
    place: int | None = None
    tied: bool = False
    alike: list[list[int]] = field(default_factory=list)
    """Runs of places of others that cannot be told apart from this one."""
    of: int = 0
    why: str = "no-figure"
    members: list["Result"] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    forms: "Forms | None" = None

    @property
    def verdict(self) -> str | None:
        up = self.scheme["direction"] == "satisfaction"
        return None if not self.amount else "better" if (self.amount > 0) == up else "worse"

    @property
    def band(self) -> dict | None:
        if self.composite is None or self.composite.printed is None:
            return None
        return None if self.composite.small else self.band_at(self.composite.printed)

    @property
    def band_span(self) -> list[dict]:
        """The bands at the worse and the better end of the interval, if they are two."""
        if self.band is None or not self.composite.interval:
            return []
        low, high = map(self.band_at, self.composite.interval)
        worse, better_ = (low, high) if self.scheme["direction"] == "satisfaction" else (high, low)
        return [worse, better_] if worse and better_ and worse != better_ else []

    @property
    def small_parts(self) -> list[Ind]:
        """What of the composite stands on small bases."""
        return [one for one in self.inds.values() if one.fig.small and number(one.spec.get("weight", "0"))]

    def band_at(self, printed: Decimal) -> dict | None:
        value, bands = Fraction(printed), self.scheme.get("bands", [])
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


@dataclass(frozen=True)
class Forms:
    """Forms as they may be shown; rates in percent, printed."""

    issued: int | None
    returned: int | None
    valid: int | None
    withheld: bool

    @property
    def return_rate(self) -> Decimal | None:
        return rate(self.returned, self.issued)

    @property
    def valid_rate(self) -> Decimal | None:
        return rate(self.valid, self.returned)


def rate(part: int | None, whole: int | None) -> Decimal | None:
    return half_up(Fraction(100 * part, whole)) if part is not None and whole else None


def forms_of(stated: dict, hidden: bool) -> Forms:
    issued, returned, valid = (
        int(stated[name]) if name in stated else None for name in ("issued", "returned", "valid")
    )
    return Forms(issued, None, None, withheld=True) if hidden else Forms(issued, returned, valid, withheld=False)


@dataclass
class Before:
    """The round before in the line of schemes, and what of the method differs from it."""

    round: dict | None = None
    scheme: dict = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)

    def same(self, scheme: dict, id_: str) -> bool:
        return "form" not in self.breaks and meaning(self.scheme, id_) == meaning(scheme, id_)


class Oracle:
    """All results of a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        limits = folder.site.get("thresholds", {})
        self.suppress, self.rank = int(limits.get("suppress_below", 10)), int(limits.get("rank_from", 30))
        self.dense = folder.site.get("ranking", "dense") == "dense"
        self.hidden = hidden_by_sums(folder, self.suppress)
        self.results: dict[tuple[str, str], Result] = {}
        self.sectors: dict[tuple[str, str], Result] = {}
        self.before: dict[str, Before] = {}
        self.forms: dict[tuple[str, str], Forms] = {}
        """By round and channel ("": the whole round)."""
        latest: dict[str, dict] = {}
        for round_ in folder.rounds:
            line = line_of(folder.schemes, round_["scheme"])
            self.before[round_["id"]] = before = self._before(round_, latest.get(line))
            self._forms(round_)
            self._round(round_, before)
            latest[line] = round_

    def _before(self, round_: dict, last: dict | None) -> Before:
        if last is None:
            return Before()
        old, new = (self.folder.schemes[one["scheme"]] for one in (last, round_))
        return Before(last, old, differences(old, new, last, round_))

    def _forms(self, round_: dict) -> None:
        scheme, rows = self.folder.schemes[round_["scheme"]], round_["rows"]
        stated = {one["company"]: int(one["forms"]["valid"]) for one in round_.get("companies", []) if "forms" in one}
        every = {}
        for channel in {row.get("channel", "") for row in rows}:
            mine = answered_at_least(scheme, [row for row in rows if row.get("channel", "") == channel])
            every |= {(company, channel): n for company, n in mine.items()}
        whole = {key: n for key, n in every.items() if key[0] not in stated} | stated
        works = [("", round_, whole)]
        works += [
            (one["channel"], one, {key: n for key, n in every.items() if key[1] == one["channel"]})
            for one in round_.get("channels", [])
        ]
        guarded = {channel for id_, _, _, channel in self.hidden if id_ == round_["id"]}
        for id_, one, answers in works:
            if "forms" in one:
                hidden = tells_too_much(int(one["forms"]["valid"]), answers, self.suppress)
                self.forms[round_["id"], id_] = forms_of(
                    one["forms"], hidden or bool(guarded if not id_ else id_ in guarded)
                )

    def _round(self, round_: dict, before: Before) -> None:
        scheme = self.folder.schemes[round_["scheme"]]
        there = {row["company"] for row in round_["rows"]}
        sectors: dict[str, list[Result]] = {}
        for id_, company in self.folder.companies.items():
            if id_ in there:
                result = self._company(round_, scheme, id_, before)
                self.results[round_["id"], id_] = result
                sectors.setdefault(company["sector"], []).append(result)
        for name, members in sectors.items():
            self._sector(round_, scheme, name, members, before)

    def _past(self, before: Before, company: str) -> Result | None:
        return self.results.get((before.round["id"], company)) if before.round else None

    def _company(self, round_: dict, scheme: dict, company: str, before: Before) -> Result:
        inds, old = {}, self._past(before, company)
        for spec in scheme["indicators"]:
            rows = [row for row in round_["rows"] if (row["company"], row["indicator"]) == (company, spec["id"])]
            one = self.indicator(scheme, spec, rows, round_)
            if old and spec["id"] in old.inds:
                one.previous = old.inds[spec["id"]].fig
            same = before.round is not None and before.same(scheme, spec["id"])
            compare(one, one.fig, before.round is not None, old is not None, same)
            inds[spec["id"]] = one
        total = composite(scheme, inds)
        result = Result(round_, scheme, company, inds, total)
        result.groups = {
            f"{kind}:{group['id']}": group_of(scheme, kind, group["id"], inds)
            for kind in ("dimension", "aspect")
            for group in scheme.get(f"{kind}s", [])
        }
        result.previous = old.composite if old else None
        if total:
            compare(result, total, before.round is not None, old is not None, not before.breaks)
        work = next((one for one in round_.get("companies", []) if one["company"] == company), {})
        if "forms" in work:
            guarded = any(one[:2] == (round_["id"], company) for one in self.hidden)
            result.forms = forms_of(work["forms"], guarded or int(work["forms"]["valid"]) < self.suppress)
        return result

    def indicator(self, scheme: dict, spec: dict, rows: list[Row], round_: dict) -> Ind:
        way = better(scheme, spec)
        if not any("channel" in row for row in rows):
            return self._simple(scheme, spec, rows, way, spec.get("basis", "sample"), round_)
        channels = {
            one["id"]: self._simple(
                scheme,
                spec,
                [row for row in rows if row["channel"] == one["id"]],
                way,
                one.get("basis", "sample"),
                round_,
            )
            for one in scheme["channels"]
        }
        weights = [number(one["weight"]) for one in scheme["channels"]]
        total = weighted(scheme, unit_of(spec), weights, [one.fig for one in channels.values()])
        bad = total if way == "lower" and spec["measure"] == "share" else Fig("not-surveyed", "percent")
        return Ind(spec, way, total, channels=channels, dissatisfied=bad)

    def _simple(self, scheme: dict, spec: dict, rows: list[Row], way: str, basis: str, round_: dict) -> Ind:
        unit = unit_of(spec)
        if not rows:
            return Ind(spec, way, Fig("not-surveyed", unit), dissatisfied=Fig("not-surveyed", "percent"))
        exact, base, bad, kinds = counted(scheme, spec, rows, way)
        points = {row["point"]: row for row in rows if "point" in row}
        source = rows[0].get("channel", "")
        if (round_["id"], rows[0]["company"], spec["id"], source) in self.hidden:
            fig = Fig("suppressed", unit)
        elif exact is None:
            # Nobody answered who was asked: too few answers. "Not surveyed" is a row left out (results/README.md).
            fig = Fig("nothing-due", unit, base=0) if basis == "register" else Fig("suppressed", unit)
        elif base is None or basis == "register" or spec["measure"] in {"checklist", "count"}:
            fig = Fig("value", unit, exact, base)
        elif base < self.suppress:
            fig = Fig("suppressed", unit)
        else:
            fig = Fig("value", unit, exact, base, base < self.rank)
        if fig.exact is None:
            asked = spec["measure"] in {"grades", "yes_no"} or (
                spec["measure"] == "share" and way == "lower" and spec.get("basis", "sample") != "register"
            )
            found = Fig(fig.state if asked else "not-surveyed", "percent")
            return Ind(spec, way, fig, points=points, dissatisfied=found)
        fig = self._sampled(fig, scheme, spec, rows, basis, round_)
        tallies = [Tally(name, n, half_up(Fraction(100 * n, base)) if inside else None) for name, n, inside in kinds]
        found = Fig("not-surveyed", "percent")
        if bad is not None and base and spec["measure"] == "share":
            found = fig if basis != "register" else found
        elif bad is not None and base:
            share = Fig("value", "percent", Fraction(100 * bad, base), base, fig.small)
            found = self._sampled(share, scheme, {"measure": "yes_no"}, rows, basis, round_)
        return Ind(spec, way, fig, tallies, points=points, dissatisfied=found)

    def _sampled(self, fig: Fig, scheme: dict, spec: dict, rows: list[Row], basis: str, round_: dict) -> Fig:
        """What is known of the error of a figure of answers."""
        if spec["measure"] in {"checklist", "count"} or basis == "register":
            return replace(fig, certainty="all-cases")
        if basis == "self_selected":
            return replace(fig, certainty="self-selected")
        if spec["measure"] == "points":
            return fig
        source, n = rows[0].get("channel", ""), fig.base or 0
        effect = number(round_.get("design_effect", "1"))
        m = answers_worth(n, population(round_, rows[0]["company"], source), effect)
        if m is None:
            return replace(fig, certainty="all-cases")
        if spec["measure"] == "grades":
            counts = [
                (number(one["points"]), sum(int(row.get(key, 0)) for row in rows for key in (one["id"], one["name"])))
                for one in scheme["grades"]
            ]
            error = of_points(counts, m)
        else:
            error = of_part(int((fig.exact or 0) * n / 100), n, m)
        return replace(fig, certainty="sampled", ends=error.ends, margins={source: error.margin})

    def _sector(self, round_: dict, scheme: dict, name: str, members: list[Result], before: Before) -> None:
        self._place(scheme, members)
        old = {one.company: past for one in members if (past := self._past(before, one.company))}
        inds = {}
        for id_, first in members[0].inds.items():
            one = Ind(first.spec, first.better, mean([each.inds[id_].fig for each in members], first.fig.unit))
            one.dissatisfied = mean([each.inds[id_].dissatisfied for each in members], "percent")
            same = before.round is not None and before.same(scheme, id_)
            pairs = [
                (each.inds[id_].fig, old[each.company].inds[id_].fig)
                for each in members
                if each.company in old and same
            ]
            same_companies(one, pairs, first.fig.unit, before.round is not None, same)
            inds[id_] = one
        totals = [each.composite for each in members if each.composite]
        unit = scheme.get("unit", "points")
        result = Result(round_, scheme, "", inds, mean(totals, unit))
        there = before.round is not None and (before.round["id"], name) in self.sectors
        pairs = [(each.composite, old[each.company].composite) for each in members if each.company in old]
        pairs = [] if before.breaks else [(a, b) for a, b in pairs if a and b]
        same_companies(result, pairs, unit, there, not before.breaks)
        result.members = sorted(members, key=lambda one: (one.place is None, one.place or 0, one.company))
        here = {one.company for one in members}
        if there:
            last = self.sectors[before.round["id"], name].members
            result.absent = [one.company for one in last if one.company not in here]
        if before.round:
            result.entered = [one.company for one in members if one.company not in old]
        self.sectors[round_["id"], name] = result

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
        for one in ranked if len(ranked) > 1 else []:
            others = {
                other.place for other in ranked if other.place != one.place and overlap(one.composite, other.composite)
            }
            one.alike = runs(others, sorted({other.place for other in ranked}))


def overlap(one: Fig, other: Fig) -> bool:
    """Of a figure of all cases the figure itself counts; two such are told apart."""
    if not one.interval and not other.interval:
        return False
    ends = [fig.interval or ((fig.printed,) * 2 if fig.certainty == "all-cases" else None) for fig in (one, other)]
    if None in ends:
        return False
    (low, high), (low_, high_) = ends
    return low <= high_ and low_ <= high


def runs(some: set[int], every: list[int]) -> list[list[int]]:
    """First and last place of each stretch of places, in the order of those that there are."""
    found: list[list[int]] = []
    open_ = False
    for place in every:
        if place in some and open_:
            found[-1][1] = place
        elif place in some:
            found.append([place, place])
        open_ = place in some
    return found


def population(round_: dict, company: str, channel: str) -> int | None:
    """Of a round with one company the nearest that is stated; else only what is stated of the company."""
    own = [
        one["population"] for one in round_.get("companies", []) if one["company"] == company and "population" in one
    ]
    if len({row["company"] for row in round_["rows"]}) == 1:
        works = [one for one in round_.get("channels", []) if one["channel"] == channel]
        stated = [one["population"] for one in works if "population" in one]
        own = [*stated, *own, *([round_["population"]] if "population" in round_ else [])]
    return int(own[0]) if own else None


def compare(one: Ind | Result, now: Fig, there: bool, was_in: bool, same: bool) -> None:
    """The change against `previous`, or why there is none."""
    one.amount, one.within = None, False
    if not there:
        one.uncompared = "first"
    elif not was_in:
        one.uncompared = "entered"
    elif not same:
        one.uncompared = "method"
    else:
        one.amount = difference(now, one.previous)
        one.uncompared = "no-figure" if one.amount is None else ""
        one.within = bool(one.amount) and is_within(now, one.previous, one.amount)


def is_within(now: Fig, before: Fig, amount: Decimal) -> bool:
    """A rise may come of a figure now too high by chance and one before too low; a fall the other way round."""
    sides = [now.side(0), before.side(1)] if amount > 0 else [now.side(1), before.side(0)]
    if None in sides or not any(sides):
        return False
    return amount**2 <= sum(side**2 for side in sides)


def same_companies(one: Ind | Result, pairs: list[tuple[Fig, Fig]], unit: str, there: bool, same: bool) -> None:
    """The change of a sector is that of the companies whose figures are shown in both rounds."""
    both = [(a, b) for a, b in pairs if a.exact is not None and b.exact is not None]
    if both:
        one.now, one.previous = mean([a for a, _ in both], unit), mean([b for _, b in both], unit)
    compare(one, one.now or Fig("not-surveyed", unit), there, was_in=True, same=same)


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
        base, kinds = total("yes") + total("no"), [(one, total(one), True) for one in (good, bad)]
        return (Fraction(100 * total(good), base) if base else None), base, total(bad), kinds + outside
    if measure == "share":
        base, part = total("denominator"), total("numerator")
        kinds = [("numerator", part, True), ("rest", base - part, True)]
        kinds = kinds[::-1] if better == "lower" else kinds
        return (Fraction(100 * part, base) if base else None), base, part if better == "lower" else None, kinds
    names = ("met", "partly", "not_met")
    base, good = sum(map(total, names)), total("met") + number(spec.get("partly_counts", "0")) * total("partly")
    return (Fraction(100 * good) / base if base else None), base, None, [(name, total(name), True) for name in names]


def weighted(scheme: dict, unit: str, weights: list[Fraction], parts: list[Fig], scale_up: bool = False) -> Fig:
    """The weighted sum of parts, rounded by whoever prints it."""
    if any(one.state == "suppressed" for one in parts):
        return Fig("suppressed", unit)
    there = [(weight, one) for weight, one in zip(weights, parts, strict=True) if one.exact is not None and weight]
    if not there:
        return Fig("not-surveyed", unit)
    whole = sum(weight for weight, _ in there)
    if whole != 1 and not scale_up and scheme.get("missing", "withhold") == "withhold":
        return Fig("withheld", unit)
    bases = [one.base for one in parts if one.base is not None]
    there = [(weight / whole, one) for weight, one in there]
    exact = sum(weight * one.exact for weight, one in there)
    small = 2 * sum(weight for weight, one in there if one.small) >= 1
    up = whole != 1 or any(one.reweighted for one in parts)
    return erring(Fig("value", unit, exact, sum(bases) if bases else None, small, reweighted=up), there)


def erring(total: Fig, parts: list[tuple[Fraction, Fig]]) -> Fig:
    """The error of a sum: that of its only part, or of all together within the scale."""
    kinds = {one.certainty for _, one in parts}
    if "not-known" in kinds:
        return replace(total, certainty="not-known")
    volunteers = bool(kinds & {"partly", "self-selected"})
    if not kinds & {"sampled", "partly"}:
        return replace(total, certainty="self-selected" if volunteers else "all-cases")
    margins = added((weight, one.margins) for weight, one in parts)
    below, above = across(margins.values())
    ends = (max(Fraction(0), total.exact - below), min(Fraction(100), total.exact + above))
    ends = parts[0][1].ends if len(parts) == 1 else ends
    return replace(total, certainty="partly" if volunteers else "sampled", margins=margins, ends=ends)


def scaled(one: Ind) -> Fig:
    if one.fig.exact is None or one.spec["measure"] != "points":
        return one.fig
    return replace(one.fig, exact=one.fig.exact * 100 / number(one.spec.get("full_marks", "100")))


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
    return replace(total, base=max(bases, default=None))


def group_of(scheme: dict, kind: str, id_: str, inds: dict[str, Ind]) -> tuple[list[str], Fig | None]:
    way = "higher" if scheme["direction"] == "satisfaction" else "lower"
    found = [one for one in inds.values() if one.spec.get(kind) == id_ and one.spec["measure"] != "count"]
    found = [one for one in found if one.better == way]
    have = any("weight" in one.spec for one in found)
    weights = [number(one.spec.get("weight", "0")) if have else Fraction(1) for one in found]
    if not any("weight" in one for one in scheme["indicators"]):
        return [one.spec["id"] for one in found], all_points(found)
    total = weighted(scheme, scheme.get("unit", "points"), weights, [scaled(one) for one in found], scale_up=True)
    return [one.spec["id"] for one in found], replace(total, base=None, reweighted=False)


def all_points(found: list[Ind]) -> Fig | None:
    """A method without a composite adds nothing up but the points of checklists, each with the same worth."""
    base = sum(one.fig.base or 0 for one in found)
    if not base or any(one.spec["measure"] != "checklist" for one in found):
        return None
    met = sum(one.fig.exact * one.fig.base for one in found if one.fig.base)
    return Fig("value", "percent", Fraction(met) / base, base, certainty="all-cases")


def mean(figures: list[Fig], unit: str) -> Fig:
    """Over those that are shown; the samples of companies have nothing to do with one another."""
    shown = [one for one in figures if one.exact is not None]
    if not shown:
        states = [one.state for one in figures]
        first = [state for state in ("suppressed", "withheld", "nothing-due") if state in states]
        return Fig([*first, "not-surveyed"][0], unit)
    part = Fraction(1, len(shown))
    total = Fig("value", unit, sum(one.exact for one in shown) * part, len(shown), is_mean=True)
    apart = [
        replace(one, margins={str(n): across(one.margins.values())}) if one.margins else one
        for n, one in enumerate(shown)
    ]
    return erring(total, [(part, one) for one in apart])


def difference(now: Fig, before: Fig | None) -> Decimal | None:
    if before is None or now.printed is None or before.printed is None:
        return None
    return now.printed - before.printed
