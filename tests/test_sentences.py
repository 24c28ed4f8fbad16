"""The official sentences, in both languages, as exact words: what a results notice says of sectors and companies."""

from decimal import Decimal
from pathlib import Path

import pytest
from test_comparable import Bureau, Row, Site, fact, texts

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


TOLD = {
    "marks": {
        "zh-Hans": [
            "供水行业参评企业4家，综合得分平均为72.68分，按两期都有结果的3家计算，较上期下降0.28分。",
            "测试市甲水务有限公司综合得分80.35分，并列第1名，较上期上升0.35分。",
            "丙水务综合得分80.35分，并列第1名，较上期下降1.20分。",
            "测试市乙水务有限公司综合得分70.00分，第2名，与上期持平。",
            "丁水务综合得分60.00分，第3名，上期未参评。",
            "供气行业参评企业1家。",
            "测试市甲燃气有限公司综合得分88.00分，本期同行业仅一家参评，不参与排名，较上期上升1.00分。",
        ],
        "en": [
            (
                "Water supply: 4 companies took part. Composite score: 72.68 points on average; fell by 0.28 points "
                "against the previous round, over the 3 companies with a result in both rounds."
            ),
            (
                "Water A (sample): Composite score 80.35 points; place 1, tied; rose by 0.35 points against the "
                "previous round."
            ),
            "water-c: Composite score 80.35 points; place 1, tied; fell by 1.20 points against the previous round.",
            "Water B (sample): Composite score 70.00 points; place 2; unchanged against the previous round.",
            "water-d: Composite score 60.00 points; place 3; not in the previous round.",
            "Gas supply: 1 company took part.",
            (
                "Gas A (sample): Composite score 88.00 points; the only company of its sector in this round, not "
                "ranked; rose by 1.00 points against the previous round."
            ),
        ],
    },
    "new marks": {
        "zh-Hans": [
            "供水行业参评企业4家，综合得分平均为72.68分，因口径调整，与上期不可比。",
            "测试市甲水务有限公司综合得分80.35分，并列第1名，因口径调整，与上期不可比。",
            "丙水务综合得分80.35分，并列第1名，因口径调整，与上期不可比。",
            "测试市乙水务有限公司综合得分70.00分，第2名，因口径调整，与上期不可比。",
            "丁水务综合得分60.00分，第3名，上期未参评。",
            "供气行业参评企业1家。",
            "测试市甲燃气有限公司综合得分88.00分，本期同行业仅一家参评，不参与排名，因口径调整，与上期不可比。",
        ],
        "en": [
            (
                "Water supply: 4 companies took part. Composite score: 72.68 points on average; not comparable with "
                "the previous round, because the method changed."
            ),
            (
                "Water A (sample): Composite score 80.35 points; place 1, tied; not comparable with the previous "
                "round, because the method changed."
            ),
            (
                "water-c: Composite score 80.35 points; place 1, tied; not comparable with the previous round, "
                "because the method changed."
            ),
            (
                "Water B (sample): Composite score 70.00 points; place 2; not comparable with the previous round, "
                "because the method changed."
            ),
            "water-d: Composite score 60.00 points; place 3; not in the previous round.",
            "Gas supply: 1 company took part.",
            (
                "Gas A (sample): Composite score 88.00 points; the only company of its sector in this round, not "
                "ranked; not comparable with the previous round, because the method changed."
            ),
        ],
    },
    "rates": {
        "zh-Hans": [
            "供水行业参评企业2家，综合不满意率平均为25.18%，较上期下降0.42个百分点。",
            "测试市甲水务有限公司综合不满意率20.00%，第1名，较上期下降1.20个百分点。",
            "测试市乙水务有限公司综合不满意率30.35%，第2名，较上期上升0.35个百分点。",
        ],
        "en": [
            (
                "Water supply: 2 companies took part. Composite dissatisfaction: 25.18% on average; fell by 0.42 "
                "percentage points against the previous round."
            ),
            (
                "Water A (sample): Composite dissatisfaction 20.00%; place 1; fell by 1.20 percentage points against "
                "the previous round."
            ),
            (
                "Water B (sample): Composite dissatisfaction 30.35%; place 2; rose by 0.35 percentage points against "
                "the previous round."
            ),
        ],
    },
    "samples": {
        "zh-Hans": [
            "供水行业参评企业3家，综合得分平均为49.00分，较上期上升6.33分。",
            "测试市甲水务有限公司综合得分62.00分（95%区间55.11至68.44），第1名，与第2名不可区分，较上期上升2.00分（变化在误差范围内）。",
            "测试市乙水务有限公司综合得分60.00分（95%区间53.08至66.54），第2名，与第1名不可区分，较上期下降3.00分（变化在误差范围内）。",
            "丙水务综合得分25.00分（95%区间21.01至29.47），第3名，较上期上升20.00分。",
            "供气行业参评企业2家，综合得分平均为75.00分，按两期都有结果的1家计算，与上期持平。",
            "测试市甲燃气有限公司综合得分：样本不足，不公布。",
            "测试市乙燃气有限公司综合得分75.00分（95%区间53.13至88.81），样本量较小，不参与排名，与上期持平。",
        ],
        "en": [
            (
                "Water supply: 3 companies took part. Composite score: 49.00 points on average; rose by 6.33 points "
                "against the previous round."
            ),
            (
                "Water A (sample): Composite score 62.00 points (95% interval 55.11 to 68.44); place 1, cannot be "
                "told apart from place 2; rose by 2.00 points against the previous round (within the margin)."
            ),
            (
                "Water B (sample): Composite score 60.00 points (95% interval 53.08 to 66.54); place 2, cannot be "
                "told apart from place 1; fell by 3.00 points against the previous round (within the margin)."
            ),
            (
                "water-c: Composite score 25.00 points (95% interval 21.01 to 29.47); place 3; rose by 20.00 points "
                "against the previous round."
            ),
            (
                "Gas supply: 2 companies took part. Composite score: 75.00 points on average; unchanged against the "
                "previous round, over the 1 company with a result in both rounds."
            ),
            "Gas A (sample): Composite score not shown: too few answers.",
            (
                "Gas B (sample): Composite score 75.00 points (95% interval 53.13 to 88.81); small base, not ranked; "
                "unchanged against the previous round."
            ),
        ],
    },
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_notice_says_this_word_for_word(sites: tuple[str, dict[str, Site]], name: str) -> None:
    language, made = sites
    assert told(made[name]) == TOLD[name][language]


def test_the_intervals_in_the_sentences_are_those_of_wilson() -> None:
    """Worked out here from 124 and 120 of 200, 100 of 400 and 15 of 20, apart from the publisher."""
    for yes, n, printed in (
        (124, 200, "55.11至68.44"),
        (120, 200, "53.08至66.54"),
        (100, 400, "21.01至29.47"),
        (15, 20, "53.13至88.81"),
    ):
        z, p = Decimal("1.96"), Decimal(yes) / n
        centre, whole = p + z * z / (2 * n), 1 + z * z / n
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        low, high = (round(100 * (centre + sign * half) / whole, 2) for sign in (-1, 1))
        assert f"{low}至{high}" == printed
        assert any(printed in one for one in TOLD["samples"]["zh-Hans"])


CHANGES = {
    "zh-Hans": {
        ("marks", "water-a"): "较上期上升0.35分（变好） 上期为80.00分",
        ("marks", "water-b"): "与上期持平 上期为70.00分",
        ("marks", "water-c"): "较上期下降1.20分（变差） 上期为81.55分",
        ("marks", "water-d"): "上期未参评，没有可比数据",
        ("new marks", "water-a"): "口径调整，与上期不可比",
        ("rates", "water-a"): "较上期下降1.20个百分点（变好） 上期为21.20%",
        ("rates", "water-b"): "较上期上升0.35个百分点（变差） 上期为30.00%",
        ("samples", "water-a"): "较上期上升2.00分（变化在误差范围内） 上期为60.00分",
        ("samples", "gas-a"): "本期或上期没有结果，不能比较 上期为样本不足，不公布",
    },
    "en": {
        ("marks", "water-a"): "rose by 0.35 points against the previous round (better) (previous round: 80.00 points)",
        ("marks", "water-b"): "unchanged against the previous round (previous round: 70.00 points)",
        ("marks", "water-c"): "fell by 1.20 points against the previous round (worse) (previous round: 81.55 points)",
        ("marks", "water-d"): "not in the previous round: nothing to compare with",
        ("new marks", "water-a"): "the method changed: not comparable with the previous round",
        ("rates", "water-a"): "fell by 1.20 percentage points against the previous round (better) "
        "(previous round: 21.20%)",
        ("rates", "water-b"): "rose by 0.35 percentage points against the previous round (worse) "
        "(previous round: 30.00%)",
        ("samples", "water-a"): "rose by 2.00 points against the previous round (within the margin) "
        "(previous round: 60.00 points)",
        ("samples", "gas-a"): "one of the two rounds has no result: nothing to compare "
        "(previous round: not shown: too few answers)",
    },
}
FIRST = {"zh-Hans": "没有上期数据可比", "en": "no earlier round to compare with"}
LABELS = {"zh-Hans": "较上期", "en": "Change"}


def test_a_scorecard_says_this_of_the_change(sites: tuple[str, dict[str, Site]]) -> None:
    language, made = sites
    for (name, company), wanted in CHANGES[language].items():
        said = fact(made[name].scorecard(NOW, company), LABELS[language])
        assert said == wanted
    assert fact(made["marks"].scorecard(BEFORE, "water-a"), LABELS[language]) == FIRST[language]
