"""Which way is good: arrows, classes, words, lists, bands, places and sentences, for figures that rise, fall and stay.

Schemes in which higher is better, schemes of dissatisfaction, reversed questions, and rates and counts of which
less is better, each in two rounds, read from the built pages.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from printed import Element
from test_comparable import Bureau, Row, Site, column, fact, table_with, tables_with, texts

BANDS = {
    "higher": [
        {"id": "good", "name": "甲等", "at_least": "80"},
        {"id": "mid", "name": "乙等", "at_least": "50"},
        {"id": "bad", "name": "丙等", "at_least": "0"},
    ],
    "lower": [
        {"id": "good", "name": "甲等", "at_most": "20"},
        {"id": "mid", "name": "乙等", "at_most": "50"},
        {"id": "bad", "name": "丙等", "at_most": "100"},
    ],
}
LEVELS = {"甲等": "good", "乙等": "middling", "丙等": "bad"}
WAYS = {"rose": (20, 90), "fell": (90, 20), "stayed": (60, 60)}
"""What A counts in the two rounds, of 100."""
OTHER = 60
"""B, in both."""


@dataclass(frozen=True)
class Kind:
    """One way to measure; `more_is_better` of the printed figure."""

    direction: str
    indicator: Row
    more_is_better: bool
    """When more is counted."""
    rises: bool = True
    """Whether the printed figure rises when more is counted: not that of a reversed question."""

    def row(self, company: str, counted: int) -> Row:
        cells = {"company": company, "indicator": "thing"}
        if self.indicator["measure"] == "yes_no":
            return cells | texts(n=100, yes=counted, no=100 - counted)
        if self.indicator["measure"] == "count":
            return cells | texts(value=counted, unit="处")
        return cells | texts(numerator=counted, denominator=100)


SHARE = {"measure": "share", "basis": "register"}
KINDS = {
    "satisfaction": Kind("satisfaction", SHARE, more_is_better=True),
    "dissatisfaction": Kind("dissatisfaction", SHARE, more_is_better=False),
    "lower rate": Kind("dissatisfaction", SHARE | {"better": "lower"}, more_is_better=False),
    "good rate among bad": Kind("dissatisfaction", SHARE | {"better": "higher"}, more_is_better=True),
    "bad rate among good": Kind("satisfaction", SHARE | {"better": "lower"}, more_is_better=False),
    "yes is good": Kind("satisfaction", {"measure": "yes_no"}, more_is_better=True),
    "yes is bad": Kind("satisfaction", {"measure": "yes_no", "reversed": "yes"}, more_is_better=False, rises=False),
    "lower count": Kind("satisfaction", {"measure": "count", "unit": "处", "better": "lower"}, more_is_better=False),
    "higher count": Kind("satisfaction", {"measure": "count", "unit": "处", "better": "higher"}, more_is_better=True),
}
WEIGHED = ("satisfaction", "dissatisfaction", "yes is good", "yes is bad")
"""Those whose indicator runs the way of its scheme, so that it can be the whole of a composite."""


@dataclass(frozen=True, repr=False)
class Case:
    kind: Kind
    name: str
    way: str
    site: Site

    @property
    def rises(self) -> bool | None:
        """Whether the printed figure of A does; none if it stays."""
        before, now = WAYS[self.way]
        return None if now == before else (now > before) == self.kind.rises

    @property
    def verdict(self) -> str:
        before, now = WAYS[self.way]
        return "same" if now == before else "better" if (now > before) == self.kind.more_is_better else "worse"

    @property
    def weighed(self) -> bool:
        return self.name in WEIGHED

    @property
    def scorecard(self) -> Element:
        return self.site.scorecard("2026-q2", "water-a")


def scheme_of(kind: Kind, *, weighed: bool) -> dict:
    """The thing alone if it can be the composite; else beside one that never changes."""
    plain = SHARE | {"id": "plain", "name": "不变的指标", "weight": "1"}
    thing = kind.indicator | {"id": "thing", "name": "某指标"}
    better = "higher" if kind.direction == "satisfaction" else "lower"
    return {
        "name": "办法",
        "version": "1",
        "direction": kind.direction,
        "unit": "percent" if kind.direction == "dissatisfaction" else "points",
        "indicators": [thing | {"weight": "1"}] if weighed else [plain, thing],
        "bands": BANDS[better],
    }


def built(name: str, way: str, root: Path, language: str = "zh-Hans") -> Site:
    kind, bureau = KINDS[name], Bureau(root, language)
    weighed = name in WEIGHED
    bureau.scheme("method", scheme_of(kind, weighed=weighed))
    for quarter, counted in zip(("2026-q1", "2026-q2"), WAYS[way], strict=True):
        rows = [kind.row("water-a", counted), kind.row("water-b", OTHER)]
        if not weighed:
            rows += [
                texts(company=id_, indicator="plain", numerator=part, denominator=100)
                for id_, part in (("water-a", 50), ("water-b", 40))
            ]
        bureau.round(quarter, "method", rows)
    return bureau.site()


CASES = [(name, way) for name in KINDS for way in WAYS]


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> dict[tuple[str, str], Case]:
    """Each is built once."""
    folders = {key: tmp_path_factory.mktemp("direction") / "folder" for key in CASES}
    return {(name, way): Case(KINDS[name], name, way, built(name, way, at)) for (name, way), at in folders.items()}


@pytest.fixture(params=CASES, ids=[f"{name}, {way}" for name, way in CASES])
def case(request, cases) -> Case:
    return cases[request.param]


def cell_of(table: Element) -> Element:
    """The cell of the change of the thing."""
    line = next(one for one in table.all("tr") if one.first("th") and one.first("th").text().startswith("某指标"))
    return next(one for one in line.all("td") if one.attrs.get("data-label") == "较上期")


def is_right(case: Case, cell: Element) -> None:
    """Arrow by the printed figure, class and word by what is good."""
    text = cell.text()
    if case.verdict == "same":
        assert text == "持平"
        assert not cell.all("span", "chg")
        return
    assert text.startswith("▲" if case.rises else "▼")
    (span,) = cell.all("span", "chg")
    assert span.attrs["class"].split() == ["chg", case.verdict]
    assert text.endswith({"better": "变好", "worse": "变差"}[case.verdict])


def test_arrow_class_and_word_of_an_indicator(case: Case) -> None:
    is_right(case, cell_of(table_with(case.scorecard, "指标", "答复分布", "较上期")))


def test_arrow_class_and_word_in_the_sector_table(case: Case) -> None:
    """A changes and B stays, so the mean goes the way of A."""
    table = next(
        one
        for one in tables_with(case.site.round("2026-q2"), "指标", "较上期")
        if "各项指标" in one.first("caption").text()
    )
    is_right(case, cell_of(table))


def test_the_data_have_the_sign_of_the_printed_figure(case: Case) -> None:
    (row,) = case.site.figures("2026-q2", "indicator", company="water-a", indicator="thing")
    amount = float(row["change"])
    assert (amount > 0, amount < 0) == (case.rises is True, case.rises is False)
    assert float(row["value"]) - float(row["previous"]) == pytest.approx(amount)


def listed(page: Element, heading: str) -> list[str]:
    """The names under a heading of the three analyses."""
    head = next(one for one in page.all("h3") if one.text() == heading)
    return [one.first("a").text() for one in head.parent.all("li")]


def test_only_what_became_worse_is_listed_as_such(case: Case) -> None:
    heading = {"satisfaction": "比上期下降的指标", "dissatisfaction": "比上期变差的指标"}[case.kind.direction]
    for page in (case.scorecard, case.site.round("2026-q2")):
        names = listed(page, heading)
        assert names == (["某指标"] if case.verdict == "worse" else [])


def test_the_worst_indicator_comes_first(case: Case) -> None:
    """Beside one of 50 the thing of 20 or 90 is first if it is worse than that; counts are never listed."""
    if case.weighed:
        return
    heading = {"satisfaction": "得分最低的指标", "dissatisfaction": "不满意率最高的指标"}[case.kind.direction]
    names = listed(case.scorecard, heading)
    if case.kind.indicator["measure"] == "count":
        assert names == ["不变的指标"]
        return
    now = WAYS[case.way][1]
    quality = now if case.kind.more_is_better else 100 - now
    assert names == (["某指标", "不变的指标"] if quality < 50 else ["不变的指标", "某指标"])


def test_the_way_that_is_good_is_said(case: Case) -> None:
    table = table_with(case.scorecard, "指标", "答复分布", "较上期")
    line = next(one for one in table.all("tr") if one.first("th") and one.first("th").text().startswith("某指标"))
    higher = case.kind.more_is_better == case.kind.rises
    assert ("越高越好" if higher else "越低越好") in line.first("th").text()
    assert ("越低越好" if higher else "越高越好") not in line.first("th").text()
    assert ("反向" in line.first("th").text()) == (case.kind.indicator.get("reversed") == "yes")


# -- the composite


WEIGHED_CASES = [(name, way) for name in WEIGHED for way in WAYS]


@pytest.fixture(params=WEIGHED_CASES, ids=[f"{name}, {way}" for name, way in WEIGHED_CASES])
def total(request, cases) -> Case:
    return cases[request.param]


def test_the_scorecard_tells_the_change_of_the_composite(total: Case) -> None:
    unit = "个百分点" if total.kind.direction == "dissatisfaction" else "分"
    wanted = {
        "same": "与上期持平",
        "better": f"较上期{'上升' if total.rises else '下降'}70.00{unit}（变好）",
        "worse": f"较上期{'上升' if total.rises else '下降'}70.00{unit}（变差）",
    }[total.verdict]
    said = fact(total.scorecard, "较上期")
    assert said.startswith(wanted)
    marked = [one.attrs["class"] for one in total.scorecard.by_id("result").all("span") if "class" in one.attrs]
    assert (total.verdict in marked) == (total.verdict != "same")
    assert not {"better", "worse"} - {total.verdict} & set(marked)


def test_the_ranking_follows_what_is_good(total: Case) -> None:
    """A with 20 or 90 against B with 60; with 60 both are first."""
    now = WAYS[total.way][1]
    first = None if now == OTHER else (now > OTHER) == total.kind.more_is_better
    rows = {one["company"]: one["place"] for one in total.site.figures("2026-q2", "composite")}
    places = {None: ("1", "1"), True: ("1", "2"), False: ("2", "1")}[first]
    assert (rows["water-a"], rows["water-b"]) == places
    table = table_with(total.site.round("2026-q2"), "名次", "较上期")
    if first is not None:
        order = list(column(table, "名次"))
        assert ("甲水务" in order[0]) == first


def test_the_band_follows_what_is_good(total: Case) -> None:
    now = WAYS[total.way][1]
    printed = now if total.kind.rises else 100 - now
    quality = printed if total.kind.direction == "satisfaction" else 100 - printed
    name = "甲等" if quality >= 80 else "乙等" if quality >= 50 else "丙等"
    badges = total.scorecard.by_id("result").all("span", "badge")
    assert [(one.text(), one.attrs["class"]) for one in badges] == [(name, f"badge {LEVELS[name]}")]


def test_the_sentence_says_which_way_the_figure_went(total: Case) -> None:
    told = [one.text() for one in total.site.page("notices/2026-q2-results.html").all("li")]
    sentence = next(one for one in told if one.startswith("测试市甲水务有限公司综合"))
    unit = "个百分点" if total.kind.direction == "dissatisfaction" else "分"
    way = {None: "与上期持平。", True: f"较上期上升70.00{unit}。", False: f"较上期下降70.00{unit}。"}[total.rises]
    what = "综合不满意率" if total.kind.direction == "dissatisfaction" else "综合得分"
    assert sentence.startswith(f"测试市甲水务有限公司{what}")
    assert sentence.endswith(way)


@pytest.mark.parametrize(("name", "verdict"), [("satisfaction", "better"), ("dissatisfaction", "worse")])
def test_in_english(name: str, verdict: str, tmp_path: Path) -> None:
    site = built(name, "rose", tmp_path / "folder", "en")
    unit = {"satisfaction": "points", "dissatisfaction": "percentage points"}[name]
    text = site.scorecard("2026-q2", "water-a").by_id("result").text()
    assert f"rose by 70.00 {unit} against the previous round ({verdict})" in text
    changes = column(table_with(site.round("2026-q2"), "Place", "Change"), "Change")
    assert changes["Water A (sample)"] == f"▲ 70.00 {verdict}"
