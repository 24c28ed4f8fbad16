"""The official sentences, in both languages, as exact words: what a results notice says of sectors and companies."""

from pathlib import Path

import pytest
from test_comparable import Bureau, Row, Site, texts

WATER = {"water-a": "测试市甲水务有限公司", "water-b": "测试市乙水务有限公司", "water-c": "丙水务", "water-d": "丁水务"}
BEFORE, NOW = "2026-q1", "2026-q2"
LANGUAGES = ("zh-Hans", "en")


def scheme(measure: str, direction: str = "satisfaction", **more: str) -> dict:
    """One indicator, so that its figure is the composite."""
    thing = {"id": "thing", "name": "某指标", "name_en": "Thing", "measure": measure, "weight": "1"} | more
    unit = "points" if direction == "satisfaction" else "percent"
    return {"name": "办法", "name_en": "Method", "version": "1", "direction": direction, "unit": unit} | {
        "indicators": [thing]
    }


def score(company: str, points: str) -> Row:
    return texts(company=company, indicator="thing", score=points)


def rate(company: str, hundredths: int) -> Row:
    """A rate in hundredths of a percent."""
    return texts(company=company, indicator="thing", numerator=hundredths, denominator=10000)


def asked(company: str, yes: int, n: int) -> Row:
    return texts(company=company, indicator="thing", n=n, yes=yes, no=n - yes)


def marks(root: Path, language: str, *, new: bool = False) -> Bureau:
    """Scores without an error: A rises, B stays, C falls to a tie with A, D is new, the gas company is alone."""
    bureau = Bureau(root, language)
    for id_ in ("water-c", "water-d"):
        bureau.company(id_, WATER[id_], "供水")
    settings = scheme("points", basis="register")
    bureau.scheme("marks", settings)
    bureau.scheme("marks-2", settings | {"version": "2", "replaces": "marks", "changes": "换了办法。"})
    before = [("water-a", "80"), ("water-b", "70"), ("water-c", "81.55"), ("gas-a", "87")]
    now = [("water-a", "80.35"), ("water-b", "70"), ("water-c", "80.35"), ("water-d", "60"), ("gas-a", "88")]
    bureau.round(BEFORE, "marks", [score(*one) for one in before])
    bureau.round(NOW, "marks-2" if new else "marks", [score(*one) for one in now])
    return bureau


def rates(root: Path, language: str) -> Bureau:
    """Rates of dissatisfaction among all cases: A falls, B rises."""
    bureau = Bureau(root, language)
    bureau.scheme("rates", scheme("share", "dissatisfaction", basis="register"))
    for quarter, a, b in ((BEFORE, 2120, 3000), (NOW, 2000, 3035)):
        bureau.round(quarter, "rates", [rate("water-a", a), rate("water-b", b)])
    return bureau


def samples(root: Path, language: str) -> Bureau:
    """Yes and no of samples: A and B alike and within the margin, C far off, too few answers for one gas company."""
    bureau = Bureau(root, language)
    bureau.company("water-c", WATER["water-c"], "供水")
    bureau.scheme("samples", scheme("yes_no"))
    for quarter, a, b, c in ((BEFORE, 120, 126, 20), (NOW, 124, 120, 100)):
        water = [asked("water-a", a, 200), asked("water-b", b, 200), asked("water-c", c, 400)]
        bureau.round(quarter, "samples", [*water, asked("gas-a", 6, 8), asked("gas-b", 15, 20)])
    return bureau


MAKERS = {
    "marks": marks,
    "new marks": lambda root, language: marks(root, language, new=True),
    "rates": rates,
    "samples": samples,
}


@pytest.fixture(scope="module", params=LANGUAGES)
def sites(request, tmp_path_factory) -> tuple[str, dict[str, Site]]:
    made = {
        name: make(tmp_path_factory.mktemp("sentences") / "folder", request.param).site()
        for name, make in MAKERS.items()
    }
    return request.param, made


def told(site: Site) -> list[str]:
    """The sentences of the sectors and, below each, of its companies."""
    page = site.page(f"notices/{NOW}-results.html")
    found = []
    for table in page.all("table", "cards"):
        if table.first("td", "place"):
            lines = table.before("ul")
            found += [lines.before("p").text(), *(one.text() for one in lines.all("li"))]
    return found
