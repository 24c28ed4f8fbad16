"""Bureaus for the tests, as data: small ones by hand, and odd ones by chance with every rule in them.

Each is a mapping that `write` turns into a folder; nothing of the package is used.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml

SITE = {
    "bureau": {"name": "测试办公室", "name_en": "Office of tests"},
    "title": "测试网站",
    "title_en": "Site of tests",
    "base_url": "https://test.example/x",
    "language": "zh-Hans",
    "timezone": "Asia/Shanghai",
}
GRADES = [
    {"id": "very-good", "name": "很好", "points": "100", "satisfied": "yes"},
    {"id": "good", "name": "好", "points": "80", "satisfied": "yes"},
    {"id": "fair", "name": "一般", "points": "60"},
    {"id": "bad", "name": "差", "points": "15", "dissatisfied": "yes"},
]
SIZES = (0, 1, 5, 9, 10, 11, 29, 30, 31, 75, 240, 1500)
Row = dict[str, Any]


@dataclass
class Bureau:
    """What a folder holds; rounds by id are (settings, rows)."""

    companies: list[Row]
    schemes: dict[str, Row]
    rounds: dict[str, tuple[Row, list[Row]]]
    site: Row = field(default_factory=lambda: dict(SITE))
    documents: dict[str, str] = field(default_factory=dict)
    """Further files, by their path in `content`."""


def write(bureau: Bureau, root: Path) -> Path:
    settings(root / "content/site.yaml", bureau.site)
    table(root / "content/companies.csv", bureau.companies)
    for id_, scheme in bureau.schemes.items():
        settings(root / f"content/schemes/{id_}.yaml", scheme)
    for id_, (round_, rows) in bureau.rounds.items():
        settings(root / f"results/{id_}/round.yaml", round_)
        table(root / f"results/{id_}/scores.csv", rows)
    for name, text in bureau.documents.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def settings(path: Path, value: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def table(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def firm(id_: str, sector: str) -> Row:
    return {"id": id_, "name": f"{id_.upper()}公司", "name_en": f"Company {id_.upper()}", "sector": sector}


def quarter(number: int, year: int = 2024) -> Row:
    ends = ("03-31", "06-30", "09-30", "12-31")
    return {"start": f"{year}-{3 * number - 2:02}-01", "end": f"{year}-{ends[number - 1]}"}


# -- by chance


class Chance:
    """One odd bureau of a seed: comings and goings, bases about the thresholds, methods that change."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (no secret)
        names = [("a", "水"), ("b", "水"), ("c", "水"), ("d", "水"), ("e", "水"), ("f", "气"), ("g", "热"), ("h", "热")]
        self.companies = [firm(id_, sector) for id_, sector in names]
        self.ids = [id_ for id_, _ in names]
        self.tiny = self.random.choice(self.ids)
        """Never has answers enough."""

    def bureau(self, language: str = "zh-Hans") -> Bureau:
        old, new = self.plain("老办法"), self.plain("新办法", replaces="old", changes="权重改了。")
        new["version"] = self.random.choice(("1.0", "2.0"))
        if self.random.random() < 0.5:
            new["indicators"][2]["weight"], new["indicators"][3]["weight"] = "10%", "20%"
        if self.random.random() < 0.5:
            new["indicators"][0]["question"] = "换了一种问法？"
        rounds = {f"q{n}": self.round("old" if n < 3 else "new", quarter(n), new) for n in (1, 2, 3, 4)}
        forms = [self.random.choice((None, None, "问卷乙")) for _ in rounds]
        for (round_, _), form in zip(rounds.values(), forms, strict=True):
            round_.update({"form": form} if form else {})
        rounds["q5"] = self.round("new", quarter(1, 2025), new)
        rounds["year"] = self.year(rounds)
        ways = self.ways()
        rounds |= {
            f"w{n}": self.by_channel(ways, quarter(n), some)
            for n, some in ((1, "abcf"), (2, "abdf"), (3, "g"), (4, "g"))
        }
        schemes = {"old": old, "new": new, "yearly": self.plain("全年办法"), "ways": ways}
        site = SITE | {"language": language, "ranking": self.random.choice(("dense", "competition"))}
        return Bureau(self.companies, schemes, rounds, site)

    def plain(self, name: str, **more: str) -> Row:
        indicators = [
            {"id": "asked", "measure": "yes_no", "weight": "30%", "dimension": "one", "question": "问过了吗？"},
            {"id": "rude", "measure": "yes_no", "reversed": "yes", "weight": "10%", "aspect": "two"},
            {"id": "overall", "measure": "grades", "weight": "20%", "dimension": "one", "aspect": "two"},
            {"id": "again", "measure": "grades", "weight": "10%", "dimension": "one"},
            {"id": "in-time", "measure": "share", "basis": "register", "weight": "20%", "aspect": "two"},
            {"id": "seen", "measure": "points", "full_marks": "40", "weight": "10%", "aspect": "three"},
            {"id": "posters", "measure": "checklist", "partly_counts": "50%",
             "points": [{"id": "door", "name": "门口"}, {"id": "hall", "name": "大厅"}]},
            {"id": "web", "measure": "share", "basis": "self_selected", "aspect": "three"},
            {"id": "letters", "measure": "count", "basis": "register", "unit": "封", "unit_en": "letters"},
        ]  # fmt: skip
        if self.random.random() < 0.4:
            for one in indicators:
                one.pop("weight", None) if one["id"] == "seen" else None
            indicators[4]["weight"] = "30%"
        for one in indicators:
            one["name"] = f"指标{one['id']}"
        groups = {"dimensions": [{"id": "one", "name": "维度"}], "aspects": [{"id": "two", "name": "方面"}]}
        groups["aspects"].append({"id": "three", "name": "侧面"})
        missing = self.random.choice(("withhold", "reweight"))
        bands = [{"id": "top", "name": "上", "at_least": "80"}, {"id": "low", "name": "下", "at_least": "0"}]
        common = {"name": name, "version": "1.0", "direction": "satisfaction", "missing": missing}
        return common | {"grades": GRADES, "indicators": indicators, "bands": bands} | groups | more

    def ways(self) -> Row:
        return {
            "name": "分渠道",
            "version": "1.0",
            "direction": "dissatisfaction",
            "unit": "percent",
            "missing": "reweight",
            "channels": [
                {"id": "online", "name": "网上", "weight": "20%", "basis": "self_selected"},
                {"id": "paper", "name": "问卷", "weight": "50%"},
                {"id": "ballot", "name": "投票", "weight": "30%"},
            ],
            "indicators": [
                {"id": "water", "name": "水质", "measure": "share", "weight": "60%"},
                {"id": "bills", "name": "账单", "measure": "share", "weight": "40%"},
            ],
        }

    def size(self) -> int:
        return self.random.choice(SIZES)

    def part(self, n: int) -> int:
        """Of n answers; often none or all."""
        return self.random.choice((0, n, n // 2, self.random.randint(0, n), self.random.randint(0, n)))

    def answers(self, company_: str, indicator: Row) -> list[Row]:
        """The rows of one company and indicator; now and then there are none."""
        same: Row = {"company": company_, "indicator": indicator["id"]}
        measure, n = indicator["measure"], self.random.randint(0, 9) if company_ == self.tiny else self.size()
        if self.random.random() < 0.06:
            return []
        if measure == "yes_no":
            yes, outside = self.part(n), self.random.choice((0, 0, 3))
            return [same | {"n": n + outside, "yes": yes, "no": n - yes, "not_applicable": outside}]
        if measure == "grades":
            return [same | {"n": n, "not_applicable": 0} | self.grades(n)]
        if measure == "share":
            return [same | {"numerator": self.part(n), "denominator": n}]
        if measure == "checklist":
            met = self.random.choice(((1, 0, 0), (0, 1, 0), (0, 0, 1)))
            names = ("met", "partly", "not_met")
            return [same | {"point": one["id"]} | dict(zip(names, met, strict=True)) for one in indicator["points"]]
        if measure == "points":
            same |= {"score": self.random.choice(("31.25", "40", "0", "17.3")), "n": min(n, 40)}
        else:
            same |= {"value": self.random.choice(("12", "3.50")), "unit": indicator["unit"]}
        return [same]

    def grades(self, n: int) -> dict[str, int]:
        """Now and then all answers are alike."""
        ends = sorted(self.random.randint(0, n) for _ in GRADES[1:])
        counts = [b - a for a, b in pairwise([0, *ends, n])]
        counts = [n, 0, 0, 0] if self.random.random() < 0.15 else counts
        return dict(zip((one["id"] for one in GRADES), counts, strict=True))

    def round(self, scheme: str, period: Row, spec: Row) -> tuple[Row, list[Row]]:
        there = [id_ for id_ in self.ids if self.random.random() < 0.85] or ["a"]
        rows = [row for id_ in there for one in spec["indicators"] for row in self.answers(id_, one)]
        there = list(dict.fromkeys(row["company"] for row in rows))
        round_: Row = {"scheme": scheme, "period": period}
        round_ |= self.random.choice(({}, {"design_effect": "1.5"}, {"population": "90000"}))
        asked = most(rows)
        valid = sum(asked.values()) + self.random.choice((0, 0, 400))
        if self.random.random() < 0.7:
            round_["forms"] = {"issued": str(valid + 50), "returned": str(valid + 7), "valid": str(valid)}
        works = []
        for id_ in there:
            if self.random.random() < 0.4:
                n = asked.get(id_, 0)
                work: Row = {"company": id_, "population": str(n + self.random.choice((1, 20, 5000)))}
                works.append(work | {"forms": {"issued": str(n + 9), "returned": str(n), "valid": str(n)}})
        if len(works) == len(there):  # the forms of all would have to make those of the round
            works.pop()
        return round_ | ({"companies": works} if works else {}), rows

    def year(self, rounds: dict[str, tuple[Row, list[Row]]]) -> tuple[Row, list[Row]]:
        """The sums of the quarters of 2024."""
        found: dict[tuple[str, str], Row] = {}
        for id_ in ("q1", "q2", "q3", "q4"):
            for row in rounds[id_][1]:
                if row["indicator"] in {"asked", "rude", "overall", "again", "web", "in-time"}:
                    key = (row["company"], row["indicator"])
                    old = found.setdefault(key, {"company": key[0], "indicator": key[1]})
                    for name, value in row.items():
                        if isinstance(value, int):
                            old[name] = old.get(name, 0) + value
        period = {"start": "2024-01-01", "end": "2024-12-31"}
        return {"scheme": "yearly", "title": "全年", "title_en": "Whole year", "period": period}, list(found.values())

    def by_channel(self, scheme: Row, period: Row, there: Iterable[str]) -> tuple[Row, list[Row]]:
        rows = []
        for id_ in there:
            for one in scheme["indicators"]:
                for channel in scheme["channels"]:
                    if self.random.random() < 0.95:
                        n = self.random.choice((9, 12, 40, 300, 300, 800))
                        same = {"company": id_, "indicator": one["id"], "channel": channel["id"]}
                        rows.append(same | {"numerator": self.part(n), "denominator": n})
        works: list[Row] = []
        for channel in scheme["channels"]:
            valid = sum(most([row for row in rows if row["channel"] == channel["id"]]).values())
            work: Row = {"channel": channel["id"], "forms": {"valid": str(valid)}}
            works.append(work | self.random.choice(({}, {"population": str(valid + 30)})))
        plain = {"scheme": "ways", "period": period, "channels": works}
        return plain | self.random.choice(({}, {"design_effect": "2"})), rows


def most(rows: list[Row]) -> dict[str, int]:
    """The most answers of each company to one question that people were asked."""
    found: dict[str, int] = {}
    for row in rows:
        if row["indicator"] not in {"in-time", "letters", "posters"}:
            n = row.get("n", row.get("denominator", 0))
            found[row["company"]] = max(found.get(row["company"], 0), n)
    return found
