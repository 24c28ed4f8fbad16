"""A reader with the published site alone works every figure out again: from the counts in its data and its methods.

What he reads is put together as a folder of inputs, of which the second computation of `recompute` makes all results.
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from compare_bureau import Chance, write
from compare_data import COLUMNS, Data, both, table
from inputs import Folder, Row
from printed import Element, Language, language, tree
from recompute import Oracle, half_up

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 21)
pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("figures")]


@dataclass
class Outsider:
    """Reads `data/rounds.csv`, `data/rounds/*.csv` and `methods/*.html`; nothing else."""

    site: Path
    language: Language

    def __post_init__(self) -> None:
        self.rounds = table(self.site / "data/rounds.csv")
        self.rows = {path.stem: table(path) for path in self.site.glob("data/rounds/*.csv") if "." not in path.stem}
        self.plain = [row for row in self.rounds if row["record"] == "round"]

    def folder(self) -> Folder:
        schemes = {row["scheme"]: self.scheme(row["scheme"]) for row in self.plain}
        named = {row["company"]: row for rows in self.rows.values() for row in rows if row["company"]}
        companies = {
            id_: {"id": id_, "name": row["company_name"], "name_en": row["company_name"], "sector": row["sector"]}
            for id_, row in named.items()
        }
        rounds = [self.round(row, schemes[row["scheme"]]) for row in self.plain]
        return Folder(self.settings(), companies, schemes, rounds)

    def words(self, prefix: str, text: str) -> str:
        """Which of the words of a family stand in a text; the longest, if one is part of another."""
        found = [words for words in self.language.keys(prefix) if words.strip() in text]
        return self.language.keys(prefix)[max(found, key=len)] if found else ""

    def page(self, scheme: str) -> Element:
        return tree(self.site / "methods" / f"{scheme}.html")

    def settings(self) -> dict:
        """Thresholds and places, as the rules on a method page state them."""
        lines = [one.text() for one in self.page(self.plain[0]["scheme"]).all("li")]
        pattern = re.escape(self.language.words["rule.thresholds"]).replace(r"\{suppress\}", "([0-9]+)")
        pattern = pattern.replace(r"\{rank\}", "([0-9]+)")
        suppress, rank = next(found.groups() for one in lines if (found := re.search(pattern, one)))
        assert any(self.language.words["rule.rounding.half_up"].strip() in one for one in lines)
        style = next(found for one in lines if (found := self.words("rule.ranking.", one)))
        return {"thresholds": {"suppress_below": suppress, "rank_from": rank}, "ranking": style}

    def scheme(self, id_: str) -> dict:
        page = self.page(id_)
        texts = " ".join(one.text() for one in page.all("p"))
        replaced = [one for one in page.all("div") if self.heading(one) == self.language.words["method.replaces"]]
        found = {
            "id": id_,
            "version": self.part(page, "method.version").text(),
            "direction": self.words("direction.", texts).removesuffix(".long").replace("each", "") or "satisfaction",
            "missing": self.words("method.missing.", texts) or "withhold",
            "unit": self.words("method.unit.", texts) or self.unit(id_),
            "indicators": [self.indicator(row, id_) for row in self.lines(page, "method.indicators")],
            "channels": self.channels(page, id_),
            "grades": self.grades(page, id_),
        }
        groups = {kind: self.groups(kind, id_) for kind in ("dimension", "aspect")}
        found |= {
            f"{kind}s": [{"id": g, "name": n, "name_en": n} for g, n in one.items()] for kind, one in groups.items()
        }
        return found | ({"replaces": replaced[0].links[0].split("/")[-1].removesuffix(".html")} if replaced else {})

    def unit(self, scheme: str) -> str:
        """Without a composite no unit is stated but that of the dimensions in the data."""
        found = [row["unit"] for row in self.of_scheme(scheme) if row["record"] in {"dimension", "aspect"}]
        return found[0] if found else "points"

    def heading(self, one: Element) -> str:
        return one.first("dt").text() if one.first("dt") else ""

    def part(self, page: Element, key: str) -> Element:
        return next(one.first("dd") for one in page.all("div") if self.heading(one) == self.language.words[key])

    def lines(self, page: Element, key: str) -> list[list[Element]]:
        """The rows of the table with a caption, as cells."""
        tables = [one for one in page.all("table") if one.first("caption").text() == self.language.words[key]]
        rows = tables[0].first("tbody").all("tr") if tables else []
        return [[cell for cell in row.children if isinstance(cell, Element)] for row in rows]

    def of_scheme(self, id_: str) -> list[dict[str, str]]:
        return [row for one in self.plain if one["scheme"] == id_ for row in self.rows[one["round"]]]

    def groups(self, kind: str, scheme: str) -> dict[str, str]:
        return {row["indicator"]: row["indicator_name"] for row in self.of_scheme(scheme) if row["record"] == kind}

    def indicator(self, cells: list[Element], scheme: str) -> dict:
        head, measured, group, _, weight = cells
        name, id_ = head.first("a").text(), head.links[0].removesuffix(".html").split("/")[-1]
        text = measured.text()
        spec = {"id": id_, "name": name, "name_en": name, "measure": self.words("measure.", text)}
        questions = [one.text() for one in head.all("small") if "flag" not in one.attrs.get("class", "")]
        spec |= {"question": questions[0]} if questions else {}
        spec |= {"reversed": "yes"} if self.language.words["indicator.reversed"] in head.text() else {}
        way, basis = self.words("better.", text), self.words("basis.", text)
        spec |= {"better": way} if way else {}
        spec |= {"basis": basis} if basis else {}
        for key, words in (("full_marks", "method.full-marks"), ("partly_counts", "method.partly")):
            pattern = re.escape(self.language.words[words]).replace(r"\{number\}", "{}").replace(r"\{share\}", "{}")
            match = re.search(pattern.replace("{}", "([0-9.]+%?)"), text)
            spec |= {key: match[1]} if match else {}
        spec |= {"weight": weight.text()} if "%" in weight.text() else {}
        for kind in ("dimension", "aspect"):
            mine = [id_ for id_, label in self.groups(kind, scheme).items() if self.belongs(group, label, kind)]
            spec |= {kind: mine[0]} if mine else {}
        units = {
            row["unit"] for row in self.of_scheme(scheme) if (row["record"], row["indicator"]) == ("indicator", id_)
        }
        return spec | ({"unit": units.pop()} if spec["measure"] == "count" else {})

    def belongs(self, cell: Element, label: str, kind: str) -> bool:
        """The dimension stands first, the aspect below it in small letters."""
        small = [one.text() for one in cell.all("small")]
        return label in small if kind == "aspect" else cell.text(("small",)) == label

    def channels(self, page: Element, scheme: str) -> list[dict]:
        rounds = {row["round"] for row in self.plain if row["scheme"] == scheme}
        ids = dict.fromkeys(
            row["channel"] for row in self.rounds if row["record"] == "channel" and row["round"] in rounds
        )
        lines = self.lines(page, "method.channels")
        return [
            {"id": id_, "name": head.text(), "weight": weight.text(), "basis": self.words("basis.", basis.text())}
            for id_, (head, weight, basis) in zip(ids, lines, strict=True)
        ]

    def grades(self, page: Element, scheme: str) -> list[dict]:
        """Their ids stand in the data, in the order of the table."""
        graded = {one["id"] for one in self.indicators_by_grade(page)}
        ids = dict.fromkeys(
            row["answer"]
            for row in self.of_scheme(scheme)
            if row["record"] == "answer" and row["indicator"] in graded and row["answer"] != "not_applicable"
        )
        lines = self.lines(page, "method.grades")
        ids = ids or dict.fromkeys(map(str, range(len(lines))))
        return [
            {"id": id_, "name": head.text(), "points": points.text(), self.words("grade.", counts.text()): "yes"}
            for id_, (head, points, counts) in zip(ids, lines, strict=True)
        ]

    def indicators_by_grade(self, page: Element) -> list[dict]:
        rows = self.lines(page, "method.indicators")
        found = [(row[0].links[0].removesuffix(".html").split("/")[-1], row[1].text()) for row in rows]
        return [{"id": id_} for id_, text in found if self.words("measure.", text) == "grades"]

    def round(self, row: dict[str, str], scheme: dict) -> dict:
        own = [one for one in self.rounds if one["round"] == row["round"]]
        stated = {name: row[name] for name in ("form", "population", "design_effect", "partial") if row[name]}
        works = {
            name: [{kind: one[kind], "population": one["population"]} for one in own if one["population"] and one[kind]]
            for kind, name in (("channel", "channels"), ("company", "companies"))
        }
        period = {"start": row["period_start"], "end": row["period_end"]}
        plain = {
            "id": row["round"],
            "scheme": scheme["id"],
            "period": period,
            "rows": self.scores(row["round"], scheme),
        }
        return plain | stated | works

    def scores(self, round_: str, scheme: dict) -> list[Row]:
        """A row of inputs for each figure that was asked for; one that is suppressed has no answers to be seen."""
        measures = {one["id"]: one["measure"] for one in scheme["indicators"]}
        found = []
        for row in self.rows[round_]:
            if row["record"] == "indicator" and row["state"] != "not-surveyed" and not self.parts(round_, row):
                found += self.score(round_, row, measures[row["indicator"]])
            if row["record"] == "channel" and row["state"] != "not-surveyed":
                found += self.score(round_, row, measures[row["indicator"]])
        return found

    def parts(self, round_: str, row: dict[str, str]) -> list[dict[str, str]]:
        """The channels behind an indicator."""
        same = ("company", "indicator")
        return [
            one
            for one in self.rows[round_]
            if one["record"] == "channel" and all(one[name] == row[name] for name in same)
        ]

    def score(self, round_: str, row: dict[str, str], measure: str) -> list[Row]:
        same = ("company", "indicator", "channel")
        mine = [one for one in self.rows[round_] if all(one[name] == row[name] for name in same[:2])]
        head = {name: row[name] for name in same if row[name]}
        points = [one for one in mine if one["record"] == "point"]
        if points:
            ids = dict.fromkeys(one["channel"] for one in points)
            counts = {id_: {one["answer"]: one["count"] for one in points if one["channel"] == id_} for id_ in ids}
            return [head | {"point": id_} | counts[id_] for id_ in ids]
        if measure in {"points", "count"}:
            name = "score" if measure == "points" else "value"
            return [head | {name: row["value"] or "0"} | self.given_base(row)]
        answers = [one for one in mine if one["record"] == "answer" and one["channel"] == row["channel"]]
        counts = {one["answer"]: one["count"] for one in answers}
        if measure == "share" and not counts:
            counts = {"numerator": "0", "denominator": "0"}
        if "rest" in counts:
            whole = int(counts["numerator"]) + int(counts["rest"])
            counts = {"numerator": counts["numerator"], "denominator": str(whole)}
        return [head | counts]

    def given_base(self, row: dict[str, str]) -> Row:
        base = "0" if row["state"] == "suppressed" else row["base"]
        return {"n": base} if base else {}


def outsiders_differences(site: Path, code: str) -> list[tuple[str, ...]]:
    words = language(ROOT / "publisher", code)
    outsider = Outsider(site, words)
    data = Data(Oracle(outsider.folder()), words)
    return [row for id_, rows in outsider.rows.items() for row in both(COLUMNS, rows, data.rows(id_))]


@pytest.mark.parametrize("code", ["zh-Hans", "en"])
def test_the_sample_can_be_worked_out_from_what_is_published(code, sample: Path, english_sample: Path) -> None:
    assert outsiders_differences(sample if code == "zh-Hans" else english_sample, code)[:8] == []


@pytest.mark.parametrize("seed", range(11, 15))
def test_odd_bureaus_can_be_worked_out_from_what_is_published(seed, build, tmp_path: Path) -> None:
    """Changed methods, populations, design effects, channels, suppressed and missing parts."""
    code = ("zh-Hans", "en")[seed % 2]
    folder = write(Chance(seed).bureau(code), tmp_path / "folder")
    build(folder, folder / "site")
    assert outsiders_differences(folder / "site", code)[:8] == []


def test_rates_of_forms_follow_from_the_forms(sample: Path) -> None:
    rows = [row for row in table(sample / "data/rounds.csv") if row["return_rate"]]
    assert len(rows) > 5
    for row in rows:
        assert row["return_rate"] == str(half_up(Fraction(100 * int(row["returned"]), int(row["issued"]))))
        assert row["valid_rate"] == str(half_up(Fraction(100 * int(row["valid"]), int(row["returned"]))))


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        ("answer", "count", "1"),
        ("composite", "low", "1.00"),
        ("composite", "place", "9"),
        ("composite", "alike", "9"),
        ("composite", "change", "0.01"),
        ("sector-average", "high", "99.00"),
        ("dimension", "value", "1.00"),
        ("indicator", "certainty", "all-cases"),
        ("sector-indicator-now", "previous", "1.00"),
    ],
)
def test_he_notices_one_changed_cell(record, column, value, sample: Path, tmp_path: Path) -> None:
    """Otherwise his agreement would mean nothing."""
    (tmp_path / "data/rounds").mkdir(parents=True)
    (tmp_path / "methods").symlink_to(sample / "methods")
    for path in [sample / "data/rounds.csv", *sample.glob("data/rounds/*.csv")]:
        (tmp_path / path.relative_to(sample)).write_bytes(path.read_bytes())
    path = tmp_path / "data/rounds/2026-q3.csv"
    head, *lines = path.read_text("utf-8-sig").split("\n")
    at = head.split(",").index(column)
    number = next(
        n for n, line in enumerate(lines) if line.startswith(f"{record},") and line.split(",")[at] not in {"", value}
    )
    cells = lines[number].split(",")
    lines[number] = ",".join([*cells[:at], value, *cells[at + 1 :]])
    path.write_text("\n".join([head, *lines]), encoding="utf-8-sig")
    assert outsiders_differences(tmp_path, "zh-Hans") != []
