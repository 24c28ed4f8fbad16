"""What compares with the round before, and what does not: read from the pages and data files of small bureaus."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from printed import Element, tree

from publisher.build import build

HERE = Path(__file__).parent
QUARTERS = ("2025-q4", "2026-q1", "2026-q2", "2026-q3")
TITLES = {"2025-q4": "2025年第四季度", "2026-q1": "2026年第一季度", "2026-q2": "2026年第二季度"}
TITLES |= {"2026-q3": "2026年第三季度"}
Row = dict[str, str]
Settings = dict[str, object]

Element.__repr__ = lambda one: f"<{one.tag} {one.attrs}>"
"""An element holds its whole page: a failing assertion would print that for minutes."""


# -- a small bureau, and how its site is read


class Bureau:
    """A copy of the tests' bureau without rounds, items and notices, to which a test adds its own."""

    def __init__(self, root: Path, language: str = "zh-Hans") -> None:
        self.root = root
        shutil.copytree(HERE / "bureau", root)
        shutil.rmtree(root / "results")
        for name in ("meetings", "statements", "responses", "corrections", "notices"):
            shutil.rmtree(root / "content" / name)
            (root / "content" / name).mkdir()
        for name in ("items.csv", "events.csv"):
            (root / "content" / name).unlink()
        site = self.settings("site.yaml")
        self.write("content/site.yaml", site | {"language": language})
        companies = root / "content/companies.csv"
        companies.write_text(companies.read_text("utf-8").replace("2026-01-01", ""), "utf-8")

    def settings(self, name: str) -> Settings:
        """Every scalar as text, as it is typed."""
        return yaml.load((self.root / "content" / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506

    def write(self, name: str, value: Settings) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")

    def scheme(self, id_: str, settings: Settings) -> None:
        self.write(f"content/schemes/{id_}.yaml", settings)

    def company(self, id_: str, name: str, sector: str) -> None:
        path = self.root / "content/companies.csv"
        path.write_text(f"{path.read_text('utf-8')}{id_},{name},{id_},{name},{sector},{sector},,,,\n", "utf-8")

    def round(self, quarter: str, scheme: str, rows: list[Row], **more: object) -> None:
        """With a results notice of the day of release."""
        start, end = span(quarter)
        released = f"{end.year + end.month // 12}-{end.month % 12 + 1:02}-20 10:00"
        period = {"start": start.isoformat(), "end": end.isoformat()}
        self.write(f"results/{quarter}/round.yaml", {"scheme": scheme, "period": period, "release_at": released} | more)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with (self.root / f"results/{quarter}/scores.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        head = f"kind: results\ntitle: 通报\nround: {quarter}\nissuer: 办公室\nissued_on: {released[:10]}\n"
        notice = self.root / f"content/notices/{quarter}-results.md"
        notice.write_text(f"---\n{head}published_at: {released}\n---\n\n通报如下。\n", "utf-8")

    def corrected(self, quarter: str, company: str) -> None:
        head = f"round: {quarter}\ncompanies: [{company}]\nkind: error\nreason: 录入有误。\ndecided_by: 负责人\n"
        path = self.root / f"content/corrections/{quarter}-{company}.md"
        path.write_text(f"---\n{head}decided_on: 2026-11-02\n---\n\n核对后更正。\n", "utf-8")

    def site(self, name: str = "site", day: str = "2026-11-21") -> "Site":
        """As it is seen on a day."""
        moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=ZoneInfo("Asia/Shanghai"))
        build(self.root, self.root.parent / name, lambda _: moment)
        return Site(self.root.parent / name)


def span(quarter: str) -> tuple[date, date]:
    year, last = int(quarter[:4]), 3 * int(quarter[-1])
    return date(year, last - 2, 1), date(year, last, 31 if last in {3, 12} else 30)


@dataclass(repr=False)
class Site:
    path: Path
    trees: dict[str, Element] = field(default_factory=dict)

    def page(self, name: str) -> Element:
        if name not in self.trees:
            self.trees[name] = tree(self.path / name)
        return self.trees[name]

    def data(self, name: str) -> list[Row]:
        with (self.path / "data" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def figures(self, quarter: str, record: str, **more: str) -> list[Row]:
        wanted = {"record": record} | more
        return [one for one in self.data(f"rounds/{quarter}.csv") if wanted.items() <= one.items()]

    def scorecard(self, quarter: str, company: str) -> Element:
        return self.page(f"rounds/{quarter}/{company}.html")

    def round(self, quarter: str) -> Element:
        return self.page(f"rounds/{quarter}/index.html")


def warnings(page: Element) -> list[str]:
    return [one.text() for one in page.all("p", "warn")]


def fact(page: Element, label: str) -> str:
    """What stands behind a label in a list of facts."""
    return next(
        one.first("dd").text() for one in page.all("div") if one.first("dt") and one.first("dt").text() == label
    )


def column(table: Element, label: str) -> dict[str, str]:
    """By the heading of each line, what stands under the heading of a column."""
    place = [one.text() for one in table.first("thead").all("th")].index(label)
    found = {}
    for line in table.first("tbody").all("tr"):
        cells = [one for one in line.children if isinstance(one, Element)]
        found[line.first("th").text()] = cells[place].text()
    return found


def table_with(page: Element, *labels: str) -> Element:
    """The first table that has all these columns."""
    return tables_with(page, *labels)[0]


def tables_with(page: Element, *labels: str) -> list[Element]:
    return [one for one in page.all("table") if set(labels) <= {head.text() for head in one.all("th")}]


# -- answers: every figure moves from round to round


def answers(company: str, step: int, level: int = 0) -> list[Row]:
    """A company by the scheme with six measures."""
    up = step + level
    base = {"company": company}
    return [
        base | texts(indicator="overall", n=200, good=120 + 4 * up, fair=40 - up, bad=40 - 3 * up),
        base | texts(indicator="no-runaround", n=200, yes=40 - up, no=150 + up, not_applicable=10),
        base | texts(indicator="no-forced-goods", n=200, yes=40 - 2 * up, no=160 + 2 * up),
        base | texts(indicator="repairs-in-time", numerator=150 + up, denominator=180),
        base | texts(indicator="inspection", score=30 + up),
        base | texts(indicator="openness", point="tariff", met=up, partly=1, not_met=0),
        base | texts(indicator="openness", point="hotline", met=1, partly=0, not_met=2),
        base | texts(indicator="leaks", value=30 - up, unit="处"),
    ]


def texts(**cells: object) -> Row:
    return {name: str(value) for name, value in cells.items()}


def votes(company: str, step: int, level: int = 0) -> list[Row]:
    """A company by the scheme with three channels."""
    return [
        texts(company=company, indicator=indicator, channel=channel, numerator=part + step + level, denominator=n)
        for indicator, more in (("taste", 0), ("billing", 20))
        for channel, part, n in (("online", 60 + more, 450), ("paper", 20 + more, 140), ("ballot", 8 + more, 60))
    ]


def changed(settings: Settings, id_: str, **more: str) -> Settings:
    """A scheme of which one indicator, grade or channel is another."""
    parts = {
        name: [one | more if one["id"] == id_ else one for one in settings[name]]
        for name in ("indicators", "grades", "channels")
        if name in settings
    }
    return settings | parts


# -- each part of the method, changed alone


@dataclass(frozen=True)
class Break:
    """From the third of four quarters on something is different."""

    zh: str
    en: str
    recorded: str
    change: Callable[[Settings], Settings]
    not_compared: frozenset[str] | None = frozenset()
    """Indicators whose meaning changed; none: all of them."""
    channels: bool = False
    round: tuple[tuple[str, str], ...] = ()


def _as_it_was(settings: Settings) -> Settings:
    return settings


def _bursts_for_leaks(settings: Settings) -> Settings:
    return settings | {
        "indicators": [
            one | {"id": "bursts", "name": "爆管", "name_en": "Bursts"} if one["id"] == "leaks" else one
            for one in settings["indicators"]
        ]
    }


def _other_weights(settings: Settings) -> Settings:
    return changed(changed(settings, "overall", weight="30%"), "inspection", weight="20%")


def _other_channels(settings: Settings) -> Settings:
    return changed(changed(settings, "online", weight="20%"), "paper", weight="50%")


BREAKS = {
    "version": Break("办法版本", "version", "version", lambda one: one | {"version": "9"}),
    "form": Break("问卷", "questionnaire", "form", _as_it_was, None, round=(("form", "新版问卷"),)),
    "weights": Break("权重", "weights", "weights", _other_weights),
    "grades": Break(
        "档次分值", "grade points", "grades", lambda one: changed(one, "fair", points="50"), frozenset({"overall"})
    ),
    "channels": Break("渠道或渠道权重", "channels or their weights", "channels", _other_channels, None, channels=True),
    "questions": Break(
        "题目或计分方式",
        "questions or scoring",
        "questions",
        lambda one: changed(one, "no-runaround", question="办事时有没有被推来推去？"),
        frozenset({"no-runaround"}),
    ),
    "rules": Break("合成规则", "rules of the total", "rules", lambda one: one | {"missing": "reweight"}, None),
    "indicators": Break(
        "指标",
        "indicators",
        "indicators",
        _bursts_for_leaks,
        frozenset({"bursts"}),
    ),
}
WATER = ("测试市甲水务有限公司", "测试市乙水务有限公司")


@dataclass(repr=False)
class Broken:
    """The sites of a bureau whose method changed: seen after the first round by the new one, and after the second."""

    what: Break
    first: Site
    second: Site

    @property
    def scheme(self) -> str:
        return "quality" if self.what.channels else "service"

    @property
    def indicators(self) -> set[str]:
        return {one["indicator"] for one in self.first.figures("2026-q2", "indicator")}

    @property
    def not_compared(self) -> set[str]:
        return self.indicators if self.what.not_compared is None else set(self.what.not_compared)


def with_break(what: Break, root: Path, language: str = "zh-Hans") -> Bureau:
    bureau = Bureau(root, language)
    old = "quality" if what.channels else "service"
    settings = bureau.settings(f"schemes/{old}.yaml")
    new = old
    if what.change is not _as_it_was:
        new = f"{old}-new"
        reason = {"replaces": old, "changes": "按新规定修改。"}
        bureau.scheme(new, what.change(settings) | reason)
    for step, quarter in enumerate(QUARTERS):
        if what.channels:
            rows = [row for level, id_ in ((0, "water-a"), (9, "water-b")) for row in votes(id_, step, level)]
        else:
            rows = [row for level, id_ in ((0, "water-a"), (5, "water-b")) for row in answers(id_, step, level)]
        if step >= 2 and what is BREAKS["indicators"]:
            rows = [row | {"indicator": row["indicator"].replace("leaks", "bursts")} for row in rows]
        bureau.round(quarter, old if step < 2 else new, rows, **(dict(what.round) if step >= 2 else {}))
    return bureau


@pytest.fixture(scope="module", params=BREAKS)
def broken(request, tmp_path_factory) -> Broken:
    what = BREAKS[request.param]
    bureau = with_break(what, tmp_path_factory.mktemp("broken") / "folder")
    return Broken(what, bureau.site("first", "2026-08-01"), bureau.site("second"))


@pytest.fixture(scope="module", params=BREAKS)
def english(request, tmp_path_factory) -> Broken:
    what = BREAKS[request.param]
    bureau = with_break(what, tmp_path_factory.mktemp("english") / "folder", "en")
    site = bureau.site("first", "2026-08-01")
    return Broken(what, site, site)


def test_the_scorecard_says_not_comparable(broken: Broken) -> None:
    for company in ("water-a", "water-b"):
        page = broken.first.scorecard("2026-q2", company)
        assert fact(page, "较上期") == "口径调整，与上期不可比"
        assert "上期为" not in page.by_id("result").text()


def test_every_place_says_since_when_and_in_what(broken: Broken) -> None:
    wanted = f"自2026年第二季度起，评价口径有调整（{broken.what.zh}），综合结果与以前各期不可比。"
    reason = "" if broken.what.round else "按新规定修改。"
    for page in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html", "rounds/2026-q2/water-a.html"):
        (line,) = warnings(broken.first.page(page))
        assert line.startswith(wanted + reason), page


def test_the_ranking_and_the_home_page_say_not_comparable(broken: Broken) -> None:
    for name in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html"):
        table = table_with(broken.first.page(name), "名次", "较上期")
        assert column(table, "较上期") == dict.fromkeys(WATER, "不可比")
    home = table_with(broken.first.page("index.html"), "名次", "较上期")
    assert set(column(home, "较上期").values()) == {"不可比"}


def test_the_sector_table_compares_what_means_the_same(broken: Broken) -> None:
    page = broken.first.round("2026-q2")
    (table,) = [one for one in tables_with(page, "指标", "较上期") if "各项指标" in one.first("caption").text()]
    names = {one["indicator_name"]: one["indicator"] for one in broken.first.figures("2026-q2", "indicator")}
    found = {names[name]: text for name, text in column(table, "较上期").items()}
    assert found.keys() == broken.indicators
    assert {id_ for id_, text in found.items() if text == "不可比"} == broken.not_compared
    assert all("▲" in found[id_] or "▼" in found[id_] for id_ in found.keys() - broken.not_compared)


def test_the_indicators_of_a_company_compare_where_they_mean_the_same(broken: Broken) -> None:
    rows = broken.first.figures("2026-q2", "indicator", company="water-a")
    assert {one["indicator"] for one in rows if one["compared"] == "method"} == broken.not_compared
    for one in rows:
        assert bool(one["change"]) == (one["indicator"] not in broken.not_compared)


def test_the_sentences_say_not_comparable(broken: Broken) -> None:
    page = broken.first.page("notices/2026-q2-results.html")
    told = [one.text() for one in page.all("li") if one.text().startswith(WATER)]
    assert len(told) >= 2
    assert all(one.endswith("，因口径调整，与上期不可比。") for one in told[:2])
    sector = next(one.text() for one in page.all("p") if one.text().startswith("供水行业参评企业2家"))
    assert sector.endswith("，因口径调整，与上期不可比。")


def test_the_data_say_method(broken: Broken) -> None:
    for one in broken.first.figures("2026-q2", "composite"):
        assert (one["compared"], one["change"], one["previous"]) == ("method", "", "")
    assert broken.first.figures("2026-q2", "sector-average-now") == []
    rounds = {one["round"]: one["changed"] for one in broken.second.data("rounds.csv") if one["record"] == "round"}
    assert rounds == {"2025-q4": "", "2026-q1": "", "2026-q2": broken.what.recorded, "2026-q3": ""}


def test_only_the_first_round_after_the_change_is_broken(broken: Broken) -> None:
    site = broken.second
    for page in ("rounds/2026-q3/index.html", "notices/2026-q3-results.html", "rounds/2026-q3/water-a.html"):
        assert warnings(site.page(page)) == []
        assert "不可比" not in site.page(page).by_id("result").text() if "water" in page else True
    for name in ("rounds/2026-q3/index.html", "index.html"):
        table = table_with(site.page(name), "名次", "较上期")
        assert all(text[0] in "▲▼" for text in column(table, "较上期").values())
    for quarter in ("2026-q1", "2026-q3"):
        for one in site.figures(quarter, "composite"):
            assert one["compared"] in {"yes", "within-margin"}
            assert one["change"]


def test_the_line_of_the_chart_breaks_once(broken: Broken) -> None:
    """Four points, two lines, one cut between the second and the third, with its words."""
    for name in ("rounds/2026-q3/water-a.html", "companies/water-a.html"):
        svg = broken.second.page(name).first("svg", "trend")
        dots = [float(one.attrs["cx"]) for one in svg.all("circle", "dot")]
        lines = [[float(one.split(",")[0]) for one in line.attrs["points"].split()] for line in svg.all("polyline")]
        (cut,) = [float(one.attrs["x1"]) for one in svg.all("line") if "stroke-dasharray" in one.attrs]
        assert lines == [dots[:2], dots[2:]]
        assert dots[1] < cut < dots[2]
        assert [one.text() for one in svg.all("text")].count("口径调整") == 1


def test_the_history_marks_the_round_and_compares_the_next(broken: Broken) -> None:
    for name in ("rounds/2026-q3/water-a.html", "companies/water-a.html"):
        rows = column(tables_with(broken.second.page(name), "评价期", "较上期")[0], "较上期")
        assert rows[f"{TITLES['2026-q2']} 口径调整"] == "不可比"
        assert rows[TITLES["2026-q1"]][0] in "▲▼"
        assert rows[TITLES["2026-q3"]][0] in "▲▼"


def test_the_page_of_an_indicator_marks_the_round_from_which_it_means_something_else(broken: Broken) -> None:
    scheme = broken.scheme if broken.what.round else f"{broken.scheme}-new"
    for id_ in broken.indicators:
        heads = broken.second.page(f"indicators/{scheme}/{id_}.html").first("thead").all("th", "n")
        marked = [one.text().removeprefix("口径调整 ") for one in heads if one.text().startswith("口径调整")]
        new = id_ in broken.not_compared and len(heads) == len(QUARTERS)
        assert marked == ([TITLES["2026-q2"]] if new else []), id_


def test_the_method_page_tells_of_its_successor(broken: Broken) -> None:
    if not broken.what.round:
        (new,) = warnings(broken.second.page(f"methods/{broken.scheme}-new.html"))
        assert f"（{broken.what.zh}）" in new
        (old,) = warnings(broken.second.page(f"methods/{broken.scheme}.html"))
        assert old.startswith("自2026年第二季度起改用新办法：")


def test_in_english(english: Broken) -> None:
    site = english.first
    page = site.scorecard("2026-q2", "water-a")
    assert "the method changed: not comparable with the previous round" in page.by_id("result").text()
    for name in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html"):
        (line,) = warnings(site.page(name))
        assert f"({english.what.en})" in line
        assert "Q2 2026" in line
    for name in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html", "index.html"):
        changes = column(table_with(site.page(name), "Place", "Change"), "Change")
        assert set(changes.values()) == {"not comparable"}
        assert len(changes) == 2
    told = [one.text() for one in site.page("notices/2026-q2-results.html").all("li") if one.text()[:5] == "Water"]
    assert told[0].endswith("; not comparable with the previous round, because the method changed.")


def test_a_questionnaire_used_once_breaks_twice(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "folder")
    for step, quarter in enumerate(QUARTERS):
        more = {"form": "电话问卷"} if quarter == "2026-q1" else {}
        bureau.round(quarter, "service", answers("water-a", step) + answers("water-b", step, 5), **more)
    site = bureau.site()
    rounds = {one["round"]: one["changed"] for one in site.data("rounds.csv") if one["record"] == "round"}
    assert rounds == {"2025-q4": "", "2026-q1": "form", "2026-q2": "form", "2026-q3": ""}
    svg = site.scorecard("2026-q3", "water-a").first("svg", "trend")
    assert len([one for one in svg.all("line") if "stroke-dasharray" in one.attrs]) == 2
    assert len(svg.all("polyline")) == 1


# -- revised and partial rounds


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def marked(request, tmp_path_factory) -> tuple[Site, str]:
    """The second round was corrected for one company, the third is not whole."""
    bureau = Bureau(tmp_path_factory.mktemp("marked") / "folder", request.param)
    for step, quarter in enumerate(QUARTERS):
        more = {"partial": "城西停电，没有调查。"} if quarter == "2026-q2" else {}
        bureau.round(quarter, "service", answers("water-a", step) + answers("water-b", step, 5), **more)
    bureau.corrected("2026-q1", "water-a")
    return bureau.site(), request.param


def marks_of(site: Site, page: str) -> dict[str, list[str]]:
    """By the name of a round, the marks behind it in the table of a history."""
    table = next(one for one in site.page(page).all("table") if one.first("td") and "2025-q4" in str(one.links))
    return {
        line.first("a").attrs["href"].split("/")[-2]: [one.text() for one in line.first("th").all("small", "flag")]
        for line in table.first("tbody").all("tr")
    }


def test_histories_mark_what_was_revised_and_what_is_partial(marked: tuple[Site, str]) -> None:
    site, language = marked
    revised, partial = ("已修订", "本期不完整") if language == "zh-Hans" else ("revised", "partial round")
    for company, second in (("water-a", [revised]), ("water-b", [])):
        wanted = {"2025-q4": [], "2026-q1": second, "2026-q2": [partial], "2026-q3": []}
        assert marks_of(site, f"companies/{company}.html") == wanted
    link = next(one for one in site.page("companies/water-a.html").all("a") if one.text() == revised)
    assert link.attrs["href"] == "../corrections.html"


def test_a_scorecard_marks_them_in_its_history(marked: tuple[Site, str]) -> None:
    site, language = marked
    section = site.scorecard("2026-q3", "water-a").by_id("trend")
    flags = [one.text() for one in section.all("small", "flag")]
    assert sorted(flags) == sorted(["已修订", "本期不完整"] if language == "zh-Hans" else ["revised", "partial round"])


def test_indicator_pages_mark_them(marked: tuple[Site, str]) -> None:
    site, language = marked
    revised, partial = ("已修订", "本期不完整") if language == "zh-Hans" else ("revised", "partial round")
    table = site.page("indicators/service/overall.html").first("table")
    flags = [[one.text() for one in head.all("small", "flag")] for head in table.first("thead").all("th", "n")]
    assert flags == [[], [partial], [], []], "the newest comes first"
    lines = table.first("tbody").all("tr")
    flags = [[[one.text() for one in cell.all("small", "flag")] for cell in line.all("td")] for line in lines]
    assert flags == [[[], [], [revised], []], [[], [], [], []]], "only that of the company that was corrected"


def test_charts_mark_them_by_a_dashed_ring_and_go_on(marked: tuple[Site, str]) -> None:
    """A revised or partial round still compares: one line, no cut."""
    site, _ = marked
    for company, wanted in (("water-a", [False, True, True, False]), ("water-b", [False, False, True, False])):
        svg = site.page(f"companies/{company}.html").first("svg", "trend")
        assert ["stroke-dasharray" in one.attrs for one in svg.all("circle", "dot")] == wanted
        assert len(svg.all("polyline")) == 1
        assert not [one for one in svg.all("line") if "stroke-dasharray" in one.attrs]


def test_a_partial_round_says_what_it_lacks(marked: tuple[Site, str]) -> None:
    site, language = marked
    mark = "本期不完整" if language == "zh-Hans" else "partial round"
    for page in ("rounds/2026-q2/index.html", "notices/2026-q2-results.html", "rounds/2026-q2/water-b.html"):
        (line,) = warnings(site.page(page))
        assert line.startswith(mark)
        assert line.endswith("城西停电，没有调查。")
    (row,) = [one for one in site.data("rounds.csv") if (one["record"], one["round"]) == ("round", "2026-q2")]
    assert row["partial"] == "城西停电，没有调查。"
    corrections = {one["round"]: one["corrections"] for one in site.data("rounds.csv") if one["record"] == "round"}
    assert corrections == dict.fromkeys(QUARTERS, "") | {"2026-q1": "2026-q1-water-a"}


# -- companies that come, go and come back


@pytest.fixture(scope="module")
def coming(tmp_path_factory) -> Site:
    """B is away in the second round, in which C is new; B is back in the third. One gas company throughout."""
    bureau = Bureau(tmp_path_factory.mktemp("coming") / "folder")
    bureau.company("water-c", "测试市丙水务有限公司", "供水")
    there = {"2025-q4": "ab", "2026-q1": "ac", "2026-q2": "abc", "2026-q3": "abc"}
    for step, (quarter, letters) in enumerate(there.items()):
        rows = [row for n, one in enumerate(letters) for row in answers(f"water-{one}", step, 3 * n)]
        bureau.round(quarter, "service", rows + answers("gas-a", step, 4))
    return bureau.site()


def test_who_is_new_and_who_is_gone_is_said(coming: Site) -> None:
    for page in ("rounds/{}/index.html", "notices/{}-results.html"):
        notes = {one: coming.page(page.format(one)).text() for one in QUARTERS}
        assert "上期没有参加、本期参加的企业：测试市丙水务有限公司。" in notes["2026-q1"]
        assert "上期参加、本期没有参加的企业：测试市乙水务有限公司。" in notes["2026-q1"]
        assert "上期没有参加、本期参加的企业：测试市乙水务有限公司。" in notes["2026-q2"]
        assert "上期参加、本期没有参加" not in notes["2026-q2"]
        assert "没有参加" not in notes["2025-q4"]
        assert "没有参加" not in notes["2026-q3"]


@pytest.mark.parametrize(("quarter", "company"), [("2026-q1", "water-c"), ("2026-q2", "water-b")])
def test_a_new_company_and_one_that_is_back_compare_with_nothing(coming: Site, quarter: str, company: str) -> None:
    page = coming.scorecard(quarter, company)
    assert fact(page, "较上期") == "上期未参评，没有可比数据"
    table = table_with(coming.round(quarter), "名次", "较上期")
    name = {"water-b": "测试市乙水务有限公司", "water-c": "测试市丙水务有限公司"}[company]
    assert column(table, "较上期")[name] == "上期未参评"
    rows = coming.figures(quarter, "composite", company=company) + coming.figures(quarter, "indicator", company=company)
    assert {(one["compared"], one["change"], one["previous"]) for one in rows} == {("entered", "", "")}
    told = [one.text() for one in coming.page(f"notices/{quarter}-results.html").all("li") if name in one.text()]
    assert told[0].endswith("，上期未参评。")


def test_the_line_is_not_drawn_across_a_gap(coming: Site) -> None:
    """B has four places on the axis, three points and one line: from the round of its return."""
    for page in ("companies/water-b.html", "rounds/2026-q3/water-b.html"):
        svg = coming.page(page).first("svg", "trend")
        dots = [float(one.attrs["cx"]) for one in svg.all("circle", "dot")]
        (line,) = svg.all("polyline")
        assert [float(one.split(",")[0]) for one in line.attrs["points"].split()] == dots[1:]
        assert dots[1] - dots[0] == pytest.approx(2 * (dots[2] - dots[1]), abs=0.2)
        assert TITLES["2026-q1"] in [one.text() for one in svg.all("text")]


def test_a_company_that_is_back_compares_in_the_next_round(coming: Site) -> None:
    (row,) = coming.figures("2026-q3", "composite", company="water-b")
    (before,) = coming.figures("2026-q2", "composite", company="water-b")
    assert row["previous"] == before["value"]
    assert row["compared"] in {"yes", "within-margin"}


def test_a_sector_average_compares_the_companies_of_both_rounds(coming: Site) -> None:
    """Of A and C in the second round only A was in the first; of A, B and C in the third only A and C in the second."""
    for quarter, both in (("2026-q1", "1"), ("2026-q2", "2")):
        (row,) = coming.figures(quarter, "sector-average-now", sector="供水")
        assert row["base"] == both
        page = coming.page(f"notices/{quarter}-results.html")
        assert f"，按两期都有结果的{both}家计算，较上期" in page.text()


# -- sectors


def test_a_single_company_has_no_place(coming: Site) -> None:
    for quarter in QUARTERS:
        (row,) = coming.figures(quarter, "composite", company="gas-a")
        assert (row["place"], row["alike"]) == ("", "")
        assert row["value"]
        assert fact(coming.scorecard(quarter, "gas-a"), "名次") == "本期同行业仅一家企业参加，不参与排名"
    table = tables_with(coming.round("2026-q3"), "名次", "较上期")[1]
    assert list(column(table, "名次").values()) == ["— 本期同行业仅一家企业参加，不参与排名"]
    home = tables_with(coming.page("index.html"), "名次", "较上期")[1]
    assert list(column(home, "名次").values()) == ["— 本期同行业仅一家企业参加，不参与排名"]


def test_places_and_averages_never_cross_sectors(tmp_path: Path) -> None:
    """Companies of two sectors with the same answers: each sector has its first and second, its mean, its marks."""
    bureau = Bureau(tmp_path / "folder")
    levels = {"water-a": 1, "water-b": 9, "gas-a": 9, "gas-b": 11}
    for quarter in QUARTERS[:2]:
        bureau.round(quarter, "service", [row for id_, level in levels.items() for row in answers(id_, 0, level)])
    site = bureau.site()
    rows = {one["company"]: one for one in site.figures("2026-q1", "composite")}
    assert rows["water-b"]["value"] == rows["gas-a"]["value"]
    assert {id_: one["place"] for id_, one in rows.items()} == {
        "water-a": "2", "water-b": "1", "gas-a": "2", "gas-b": "1"
    }  # fmt: skip
    assert set("".join(one["alike"] for one in rows.values())) <= {"1", "2"}
    for sector, ids in (("供水", ("water-a", "water-b")), ("供气", ("gas-a", "gas-b"))):
        (average,) = site.figures("2026-q1", "sector-average", sector=sector)
        assert float(average["value"]) == pytest.approx(sum(float(rows[id_]["value"]) for id_ in ids) / 2, abs=0.01)
        assert average["base"] == "2"
    page = site.round("2026-q1")
    assert [len(column(one, "名次")) for one in tables_with(page, "名次", "较上期")] == [2, 2]
    assert "并列" not in " ".join(one.text() for one in page.all("td", "place"))
