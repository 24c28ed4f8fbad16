"""Nothing suppressed can be worked out: what is hidden moves no byte, and an attacker with all that is public fails.

The attacker is shown to succeed wherever a protection is switched off, so that his failure means something.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from compare_bureau import GRADES, SITE, Bureau, Row, firm, quarter, write
from compare_data import table

import publisher.analyse
from publisher.analyse import samples

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("disclosure")]
QUARTERS = ("q1", "q2", "q3", "q4")
SCHEME: Row = {
    "name": "办法",
    "version": "1.0",
    "direction": "satisfaction",
    "grades": GRADES,
    "dimensions": [{"id": "one", "name": "维度"}],
    "indicators": [
        {"id": "asked", "name": "问到", "measure": "yes_no", "weight": "40%", "dimension": "one"},
        {"id": "overall", "name": "总体", "measure": "grades", "weight": "30%", "dimension": "one"},
        {"id": "lines", "name": "排队", "measure": "share", "weight": "30%"},
    ],
}
WAYS: Row = {
    "name": "分渠道",
    "version": "1.0",
    "direction": "satisfaction",
    "channels": [
        {"id": "online", "name": "网上", "weight": "20%", "basis": "self_selected"},
        {"id": "paper", "name": "问卷", "weight": "50%"},
        {"id": "ballot", "name": "投票", "weight": "30%"},
    ],
    "indicators": [{"id": "water", "name": "水质", "measure": "share", "weight": "100%"}],
}


@dataclass(frozen=True)
class Hidden:
    """The answers inside the suppressed cells, each of fewer than ten people."""

    overall: tuple[int, int, int, int] = (1, 0, 2, 4)
    """Grades of c in q1: 100, 80, 60 and 15 points."""
    asked: tuple[int, int] = (3, 4)
    """Yes and no of d in q2, from whom there is no other answer."""
    lines: tuple[int, int] = (5, 6)
    """Numerator and denominator of d in q2."""
    ballot: tuple[int, int] = (5, 8)
    """Numerator and denominator of b in w1."""
    before: str = "57.31"
    """The score of c on `overall` that it was shown before it objected."""


def plain(company: str, asked: tuple[int, int], overall: tuple[int, ...], lines: tuple[int, int]) -> list[Row]:
    grades = dict(zip((one["id"] for one in GRADES), overall, strict=True))
    yes, no = asked
    return [
        {"company": company, "indicator": "asked", "n": yes + no, "yes": yes, "no": no, "not_applicable": 0},
        {"company": company, "indicator": "overall", "n": sum(overall), "not_applicable": 0} | grades,
        {"company": company, "indicator": "lines", "numerator": lines[0], "denominator": lines[1]},
    ]


def rows_of(hidden: Hidden) -> dict[str, list[Row]]:
    """The rows of the quarters, and of the year that is their sum."""
    found: dict[str, list[Row]] = {}
    for place, id_ in enumerate(QUARTERS):
        rows = []
        for at, company in enumerate("abcd"):
            asked, overall = (41 + 3 * at + place, 13 + at), (20 + at, 15 + place, 9, 4)
            rows.append(plain(company, asked, overall, (31 + 2 * at, 53 + place)))
        found[id_] = [row for lines in rows for row in lines]
    found["q1"][6:9] = plain("c", (29, 11), hidden.overall, (17, 40))
    found["q2"][9:12] = plain("d", hidden.asked, (0, 0, 0, 0), hidden.lines)
    return found | {"year": added([found[id_] for id_ in QUARTERS])}


def forms(valid: int) -> Row:
    return {"issued": str(900), "returned": str(valid + 7), "valid": str(valid)}


def added(rounds: list[list[Row]]) -> list[Row]:
    """The rows of a longer round."""
    sums: dict[tuple[str, str], Row] = {}
    for row in [row for rows in rounds for row in rows]:
        old = sums.setdefault((row["company"], row["indicator"]), {})
        for name, value in row.items():
            old[name] = old.get(name, 0) + value if isinstance(value, int) else value
    return list(sums.values())


def bureau(
    hidden: Hidden, *, total: bool = False, halves: bool = False, year_forms: bool = False, **thresholds: str
) -> Bureau:
    """With `total` the round of channels states all its forms together too, with `year_forms` the year does.

    With `halves` there are half-years between the quarters and the year.
    """
    rows, rounds = rows_of(hidden), {}
    for place, id_ in enumerate(QUARTERS):
        most: dict[str, int] = {}
        for row in rows[id_]:
            most[row["company"]] = max(most.get(row["company"], 0), row.get("n", row.get("denominator", 0)))
        rounds[id_] = ({"scheme": "s", "period": quarter(place + 1), "forms": forms(sum(most.values()))}, rows[id_])
        if id_ == "q2":
            rounds[id_][0]["companies"] = [{"company": "d", "forms": forms(most["d"])}]
    span = {"start": "2024-01-01", "end": "2024-12-31"}
    rounds["year"] = ({"scheme": "y", "title": "全年", "period": span}, rows["year"])
    if year_forms:
        valid = sum(int(rounds[id_][0]["forms"]["valid"]) for id_ in QUARTERS)
        rounds["year"][0]["forms"] = forms(valid) | {"issued": "9000"}
    if halves:
        for id_, start, end in (("h1", "01-01", "06-30"), ("h2", "07-01", "12-31")):
            half = {"scheme": "h", "period": {"start": f"2024-{start}", "end": f"2024-{end}"}}
            rounds[id_] = (half, added([rows[one] for one in (QUARTERS[:2] if id_ == "h1" else QUARTERS[2:])]))
    votes = {("a", "online"): (700, 900), ("a", "paper"): (201, 310), ("a", "ballot"): (51, 60)}
    votes |= {("b", "online"): (400, 800), ("b", "paper"): (150, 290), ("b", "ballot"): hidden.ballot}
    cells = [
        {"company": one, "indicator": "water", "channel": way, "numerator": good, "denominator": n}
        for (one, way), (good, n) in votes.items()
    ]
    works = [
        {"channel": way, "forms": {"valid": str(sum(n for (_, by), (_, n) in votes.items() if by == way))}}
        for way in ("online", "paper", "ballot")
    ]
    rounds["w1"] = ({"scheme": "w", "period": quarter(1), "channels": works}, cells)
    if total:
        rounds["w1"][0]["forms"] = {"valid": str(sum(n for _, n in votes.values()))}
    rounds["q1"][0]["statements_due"] = "2024-05-01"
    statement = "---\nsignatory: 经理\nsigned_on: 2024-04-20\n---\n\n我们有异议。\n"
    point = f"{{about: 总体, indicator: overall, decision: accepted, reason: 复核后更正。, before: {hidden.before}}}"
    response = f"---\npost: 科长\nresponded_on: 2024-04-25\npoints:\n  - {point}\n---\n"
    return Bureau(
        [firm(id_, "水") for id_ in "abcd"],
        {"s": SCHEME, "y": SCHEME | {"name": "全年办法"}, "h": SCHEME | {"name": "半年办法"}, "w": WAYS},
        rounds,
        SITE | ({"thresholds": thresholds} if thresholds else {}),
        {"statements/q1/c.md": statement, "responses/q1/c.md": response},
    )


@pytest.fixture(scope="module")
def site_of(build, tmp_path_factory):
    """site_of(bureau): its site."""

    def run(one: Bureau) -> Path:
        folder = write(one, tmp_path_factory.mktemp("hidden") / "folder")
        build(folder, folder / "site")
        return folder / "site"

    return run


# -- what is hidden moves no byte

OTHERS = (
    Hidden(overall=(0, 0, 0, 0), before="99.99"),
    Hidden(overall=(9, 0, 0, 0), asked=(0, 0), lines=(0, 0), ballot=(0, 9)),
    Hidden(overall=(0, 1, 0, 0), asked=(9, 0), lines=(9, 9), ballot=(0, 0), before="0"),
    Hidden(overall=(2, 2, 2, 3), asked=(0, 9), lines=(0, 1), ballot=(9, 9)),
)


@pytest.fixture(scope="module")
def site(site_of) -> Path:
    return site_of(bureau(Hidden()))


@pytest.mark.parametrize("other", OTHERS)
def test_hidden_answers_move_no_byte(site: Path, site_of, other: Hidden) -> None:
    assert differing(site, site_of(bureau(other))) == []


def differing(one: Path, other: Path) -> list[str]:
    def files(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    left, right = files(one), files(other)
    return sorted(name for name in {*left, *right} if left.get(name) != right.get(name))


def test_shown_answers_do_move_bytes(site: Path, site_of) -> None:
    """Otherwise the sites might be alike because nothing of it is in them: one answer more of the third quarter."""
    other = bureau(Hidden())
    for id_ in ("q3", "year"):
        row = next(row for row in other.rounds[id_][1] if (row["company"], row["indicator"]) == ("c", "asked"))
        row["yes"], row["n"] = row["yes"] + 1, row["n"] + 1
    found = differing(site, site_of(other))
    assert "data/rounds/q3.csv" in found
    assert "rounds/q3/c.html" in found


# -- the attacker

Cell = tuple[str, str, str, str]
"""Round, company, indicator, channel."""
SECRETS: dict[Cell, tuple[int, Fraction]] = {
    ("q1", "c", "overall", ""): (7, Fraction(280, 7)),
    ("q2", "d", "asked", ""): (7, Fraction(300, 7)),
    ("q2", "d", "lines", ""): (6, Fraction(500, 6)),
    ("w1", "b", "water", "ballot"): (8, Fraction(500, 8)),
}
"""Base and score of what is hidden in `Hidden()`."""
NEAR = Fraction(4, 10)
"""How near a guess from rounded figures comes to a score: a part of 30 % in a sum that is rounded to hundredths."""


@dataclass
class Attacker:
    """Reads all of the data and all pages; `found` are his claims, by how he came to them."""

    site: Path
    blank: frozenset[Cell] = frozenset()
    """Cells that he is not to see, where the site itself does not hide them."""
    found: dict[str, dict[Cell, Fraction]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {path.stem: list(self.seen(path)) for path in sorted(self.site.glob("data/rounds/*.csv"))}
        self.rounds = table(self.site / "data/rounds.csv")
        for method in (self.sums, self.groups, self.channels, self.averages, self.forms, self.years, self.earlier):
            for cell, value in method():
                self.found.setdefault(method.__name__, {})[cell] = value
        for cell, value in self.before():
            self.found.setdefault("before", {})[cell] = value

    def seen(self, path: Path) -> Iterator[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                cell = (path.stem, row["company"], row["indicator"], row["channel"])
                if cell in self.blank and row["record"] == "answer":
                    continue
                names = ("value", "base", "low", "high", "change", "previous")
                yield row | (dict.fromkeys(names, "") | {"state": "suppressed"} if cell in self.blank else {})

    def of(self, round_: str, record: str, **wanted: str) -> list[dict[str, str]]:
        same = {"record": record} | wanted
        return [row for row in self.rows[round_] if all(row[name] == value for name, value in same.items())]

    def scores(self, round_: str, company: str) -> dict[str, Fraction | None]:
        rows = self.of(round_, "indicator", company=company)
        return {row["indicator"]: Fraction(row["value"]) if row["value"] else None for row in rows}

    def solved(self, total: str, weights: dict[str, Fraction], parts: dict[str, Fraction | None]):
        """The one missing part of a weighted sum."""
        missing = [name for name in weights if parts.get(name) is None]
        if not total or len(missing) != 1:
            return None
        rest = sum(weights[name] * value for name, value in parts.items() if name in weights and value is not None)
        whole = sum(weights.values())
        return missing[0], (Fraction(total) * whole - rest) / weights[missing[0]]

    def every(self, record: str) -> Iterator[tuple[str, dict[str, str]]]:
        return ((round_, row) for round_, rows in self.rows.items() for row in rows if row["record"] == record)

    def sums(self) -> Iterator[tuple[Cell, Fraction]]:
        """A composite without its shown parts."""
        weights = {one["id"]: Fraction(one["weight"][:-1]) / 100 for one in SCHEME["indicators"]}
        for round_, row in self.every("composite"):
            if round_ != "w1" and (one := self.solved(row["value"], weights, self.scores(round_, row["company"]))):
                yield (round_, row["company"], one[0], ""), one[1]

    def groups(self) -> Iterator[tuple[Cell, Fraction]]:
        weights = {"asked": Fraction(4, 7), "overall": Fraction(3, 7)}
        for round_, row in self.every("dimension"):
            if one := self.solved(row["value"], weights, self.scores(round_, row["company"])):
                yield (round_, row["company"], one[0], ""), one[1]

    def channels(self) -> Iterator[tuple[Cell, Fraction]]:
        weights = {one["id"]: Fraction(one["weight"][:-1]) / 100 for one in WAYS["channels"]}
        for company in "ab":
            rows = self.of("w1", "channel", company=company)
            parts = {row["channel"]: Fraction(row["value"]) if row["value"] else None for row in rows}
            totals = [*self.of("w1", "indicator", company=company), *self.of("w1", "composite", company=company)]
            for total in totals:
                if one := self.solved(total["value"], weights, parts):
                    yield ("w1", company, "water", one[0]), one[1]

    def averages(self) -> Iterator[tuple[Cell, Fraction]]:
        """A mean over one company more than are shown, times their number."""
        for round_ in self.rows:
            means = [*self.of(round_, "sector-indicator"), *self.of(round_, "sector-indicator-now")]
            for row in means:
                mine = self.of(round_, "indicator", indicator=row["indicator"])
                shown = [Fraction(one["value"]) for one in mine if one["value"]]
                missing = [one["company"] for one in mine if not one["value"]]
                if len(missing) == 1 and row["base"] == str(len(shown) + 1):
                    value = Fraction(row["value"]) * (len(shown) + 1) - sum(shown)
                    yield (round_, missing[0], row["indicator"], ""), value
                if row["previous"]:
                    yield from self.mean_before(round_, row)

    def mean_before(self, round_: str, row: dict[str, str]) -> Iterator[tuple[Cell, Fraction]]:
        """The mean of the round before over the companies of both rounds."""
        before = self.previous_of(round_)
        mine = self.of(before, "indicator", indicator=row["indicator"]) if before else []
        shown = [Fraction(one["value"]) for one in mine if one["value"]]
        missing = [one["company"] for one in mine if not one["value"]]
        if len(missing) == 1 and row["base"] == str(len(shown) + 1):
            yield (before, missing[0], row["indicator"], ""), Fraction(row["previous"]) * (len(shown) + 1) - sum(shown)

    def previous_of(self, round_: str) -> str:
        return next(row["previous"] for row in self.rounds if (row["record"], row["round"]) == ("round", round_))

    def forms(self) -> Iterator[tuple[Cell, Fraction]]:
        """How few answers: total forms without those of the others, by round, channel and company; data and pages."""
        for round_ in self.rows:
            stated = self.stated(round_)
            for channel in ("", "online", "paper", "ballot"):
                valid = stated.get(channel)
                if channel and valid is None and "" in stated and len(stated) == len(WAYS["channels"]):
                    valid = stated[""] - sum(n for name, n in stated.items() if name)
                record = {"channel": channel} if channel else {}
                rows = self.of(round_, "channel" if channel else "indicator", **record)
                bases: dict[str, int] = {}
                for row in rows:
                    bases[row["company"]] = max(bases.get(row["company"], 0), int(row["base"] or 0))
                missing = [company for company, base in bases.items() if not base]
                if valid is not None and len(missing) == 1:
                    yield (round_, missing[0], "", channel), Fraction(valid - sum(bases.values()))
            yield from self.total_of_channels(round_, stated)
            yield from self.total_of_year(round_, stated)
            for row in self.rounds:
                if row["record"] == "company" and row["round"] == round_ and row["valid"]:
                    yield (round_, row["company"], "", ""), Fraction(row["valid"])

    def total_of_channels(self, round_: str, stated: dict[str, int]) -> Iterator[tuple[Cell, Fraction]]:
        """All forms of a round, less every cell that is shown."""
        rows = self.of(round_, "channel")
        missing = [row for row in rows if not row["base"]]
        if rows and len(missing) == 1 and "" in stated:
            rest = stated[""] - sum(int(row["base"]) for row in rows if row["base"])
            yield (round_, missing[0]["company"], "", missing[0]["channel"]), Fraction(rest)

    def total_of_year(self, round_: str, stated: dict[str, int]) -> Iterator[tuple[Cell, Fraction]]:
        """All forms of the year, less the companies that are shown in it, less the quarters of the one that is not."""
        if round_ != "year" or "" not in stated:
            return
        rest, missing = stated[""], []
        for company in "abcd":
            quarters = [self.most(id_, company) for id_ in QUARTERS]
            rest -= sum(quarters)
            missing += [(id_, company) for id_, n in zip(QUARTERS, quarters, strict=True) if not n]
        if len(missing) == 1:
            yield (*missing[0], "", ""), Fraction(rest)

    def most(self, round_: str, company: str) -> int:
        return max(int(row["base"] or 0) for row in self.of(round_, "indicator", company=company))

    def stated(self, round_: str) -> dict[str, int]:
        """Valid forms by channel, from the data and from the pages."""
        rows = [row for row in self.rounds if row["round"] == round_ and row["record"] != "company" and row["valid"]]
        found = {row["channel"]: int(row["valid"]) for row in rows}
        page = unescape((self.site / "rounds" / round_ / "index.html").read_text("utf-8"))
        said = re.search(r"<dt>问卷</dt><dd>[^<]*有效([0-9,]+)份", page)
        if said:
            found.setdefault("", int(said[1].replace(",", "")))
        return found

    def years(self) -> Iterator[tuple[Cell, Fraction]]:
        """The year without the other quarters, answer by answer, and base by base."""
        for row in self.of("year", "indicator"):
            company, indicator = row["company"], row["indicator"]
            parts = {id_: self.of(id_, "indicator", company=company, indicator=indicator)[0] for id_ in QUARTERS}
            missing = [id_ for id_, one in parts.items() if not one["value"]]
            if len(missing) == 1 and row["base"]:
                rest = int(row["base"]) - sum(int(one["base"]) for one in parts.values() if one["base"])
                good = Fraction(row["value"]) * int(row["base"]) - sum(
                    Fraction(one["value"]) * int(one["base"]) for one in parts.values() if one["base"]
                )
                if rest:
                    yield (missing[0], company, indicator, ""), good / rest

    def earlier(self) -> Iterator[tuple[Cell, Fraction]]:
        """What a later round says of the one before."""
        for round_, row in self.every("indicator"):
            before = self.previous_of(round_)
            if row["previous"]:
                yield (before, row["company"], row["indicator"], ""), Fraction(row["previous"])

    def before(self) -> Iterator[tuple[Cell, Fraction]]:
        """Scores that the bureau changed after an objection."""
        for row in table(self.site / "data/statements.csv"):
            if row["score_before"]:
                yield (row["round"], row["company"], row["indicator"], ""), Fraction(row["score_before"])


def broken(attacker: Attacker) -> set[tuple[str, Cell]]:
    """The secrets that he found: scores nearly, numbers of answers exactly, a typed score at all."""
    found = set()
    for method, claims in attacker.found.items():
        for cell, value in claims.items():
            for secret, (n, score) in SECRETS.items():
                same = cell[:2] == secret[:2] and cell[3] == secret[3]
                if method == "forms" and same and value <= 9 and n <= value:
                    found.add((method, secret))
                if method == "before" and cell == secret:
                    found.add((method, secret))
                if method not in {"forms", "before"} and cell == secret and abs(value - score) < NEAR * 5:
                    found.add((method, secret))
    return found


def test_the_attacker_finds_nothing(site: Path) -> None:
    attacker = Attacker(site)
    assert broken(attacker) == set()
    claimed = {cell for method, claims in attacker.found.items() if method != "earlier" for cell in claims}
    assert claimed == set(), "claims that are wrong by luck"


def test_the_total_of_all_channels_tells_nothing(site_of) -> None:
    """Forms of the whole round, less those of the cells and channels that are shown."""
    assert broken(Attacker(site_of(bureau(Hidden(), total=True)))) == set()


def test_the_total_of_a_year_tells_nothing(site_of) -> None:
    """Forms of the year, less all that is shown of its quarters."""
    assert broken(Attacker(site_of(bureau(Hidden(), year_forms=True)))) == set()


def test_a_year_beside_half_years_tells_nothing(site_of) -> None:
    """The year is the sum of its quarters, whatever other rounds lie in it."""
    assert broken(Attacker(site_of(bureau(Hidden(), halves=True)))) == set()


# -- and with a protection switched off he succeeds


def test_without_protected_years_he_finds_the_quarter(site_of, monkeypatch) -> None:
    monkeypatch.setattr(publisher.analyse, "protected_cells", lambda _: frozenset())
    found = broken(Attacker(site_of(bureau(Hidden()))))
    assert {cell for method, cell in found if method == "years"} == {one for one in SECRETS if one[0] != "w1"}


def test_without_withheld_forms_he_counts_the_answers(site_of, monkeypatch) -> None:
    monkeypatch.setattr(samples, "_tells", lambda *_: False)
    found = broken(Attacker(site_of(bureau(Hidden()))))
    assert {cell[:2] for method, cell in found if method == "forms"} == {("q2", "d"), ("w1", "b")}


def test_without_withheld_forms_of_a_company_he_reads_them(site_of, monkeypatch) -> None:
    shown = samples._forms_result
    monkeypatch.setattr(samples, "_forms_result", lambda printing, forms, **_: shown(printing, forms, withheld=False))
    assert ("forms", ("q2", "d", "asked", "")) in broken(Attacker(site_of(bureau(Hidden()))))


def test_with_primary_suppression_alone_he_solves_every_sum(site_of) -> None:
    """All figures are published and only the cells themselves blackened."""
    one = site_of(bureau(Hidden(), suppress_below="0", rank_from="1"))
    found = broken(Attacker(one, frozenset(SECRETS)))
    grade, ballot = ("q1", "c", "overall", ""), ("w1", "b", "water", "ballot")
    wanted = {("sums", grade), ("groups", grade), ("averages", grade), ("earlier", grade), ("channels", ballot)}
    assert wanted <= found
    assert {cell for method, cell in found if method == "averages"} == {one for one in SECRETS if one[0] != "w1"}
    assert {cell for method, cell in found if method == "before"} == {grade}
