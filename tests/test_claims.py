"""Figures typed into a results notice: what the data say passes, what they do not is told with the right figure."""

import shutil
from dataclasses import replace

import pytest
from conftest import ROOT, at_noon
from hypothesis import given
from hypothesis import strategies as st

from publisher.analyse import analyse
from publisher.checking import checked
from publisher.claims import contradictions, rounds_with_typed_figures
from publisher.claims.reading import clauses
from publisher.load.folder import load
from publisher.messages import sentence
from publisher.words import words_of

NOTICE = "2026-q3-results"


@pytest.fixture(scope="module")
def bureau():
    return load(ROOT).bureau


@pytest.fixture(scope="module")
def analysis(bureau):
    return analyse(bureau)


@pytest.fixture(scope="module")
def found(bureau, analysis):
    """found(body, notice): the warnings on a notice of that body, as (code, value, what the data say)."""

    def run(body, notice=NOTICE):
        one = next(one for one in bureau.notices if one.id == notice)
        changed = replace(bureau, notices=(one.model_copy(update={"body": body}),))
        warnings = list(contradictions(changed, analysis))
        assert all(warning.warning for warning in warnings)
        return [(one.code, one.value, dict(one.details).get("says")) for one in warnings]

    return run


HONEST = [
    "清源水务综合得分83.97分，排第2名，较上期下降1.80分。",
    "清源水务得84.0分；城东供水得89.6分，比行业平均高7.51分。",
    "清源水务、城东供水分别为83.97分和89.63分。",
    "示例市清源水务有限公司（样例）得**83.97**分。该公司排第2名。",
    "供水行业平均82.12分，供气行业平均83.13分，供热行业平均84.11分。",
    "清源水务“主动一对一指导”为83.11%，是短板。",
    "清源水务由85.77分下降到83.97分。上期清源水务为85.77分。",
    "2026年第二季度清源水务得85.77分。",
    "问卷回收率85.37%，有效率77.5%，总体评价占34%，满分100分，满意得80分。",
    "综合得分在85分以上的有4家，超过80分的有7家，约95%的用户知道评价。",
    "各企业应当在11月底以前整改，力争综合得分提高5分，投诉减少30%。",
    "排名第1名的企业得91.45分。清源水务与第1名相差5.66分，落后于第1名。",
    "得分最高的与最低的相差17.69分。城东供水得89.63分，清源水务得83.97分，前者比后者高5.66分。",
    "下降幅度最大的为6.70分。西山自来水上升0.31分至81.13分。",
    "明焰燃气下降６．７０分，降到76.52分。",
    "据12345热线统计，来电的30%是报修；供水企业说改好了80%。有用户说“90%的时候打不通”。",
    "> 材料称达到99%。\n\n电话10分钟以内接通，2026年10月21日15时30分截止，三分之一的用户、第3季度、2325份、11家。",
    "| 企业 | 综合得分 | 名次 | 较上期 | 有效样本 |\n|---|---|---|---|---|\n| 清源水务 | 83.97 | 2 | −1.80 | 400 |",
    "| 指标 | 清源水务 |\n|---|---|\n| 主动一对一指导 | 83.11% |",
    "Qingyuan Water scored 83.97 points, down 1.80 points. Chengdong Water scored 89.63 points.",
    "联系电话见[页面](https://a.example/99.99分)，`99.99分`。",
    '{{ score("qingyuan-water") }}，{{ place("mingyan-gas") }}。',
    "百分之九十九的用户，第九名，九十九分。",
    "和煦热力（91.45分，第1名）、暖阳热力（83.83分，第2名），金炉供热（样例）（77.05分，第3名）垫底。",
    "一、清源水务（83.97分，第2名）\n二、城东供水（89.63分，第1名）\n\n1. 清源水务83.97分\n2. 城东供水89.63分",
    "11家企业平均得分83.03分。没有达到100%的应说明原因，未达99%的通报。",
    "清源水务没有超过88.88分，离不足99.9分还远，约为86分左右，每降低1.23分多3.21%以上。",
]

DISHONEST = [
    ("清源水务综合得分85.77分。", [("typed-score", "85.77分", "83.97")]),  # copied from the last notice
    ("清源水务综合得分83.11分。", [("typed-score", "83.11分", "83.97")]),  # an indicator's figure
    ("清源水务得84.1分。", [("typed-score", "84.1分", "83.97")]),
    ("清源水务得83.9712分。", [("typed-score", "83.9712分", "83.97")]),
    ("城东供水得83.97分。", [("typed-score", "83.97分", "89.63")]),  # another company's
    ("清源水务得83.97分，排第1名。", [("typed-place", "第1名", "2")]),
    ("清源水务较上期上升1.80分。", [("typed-change", "1.80分", "−1.80")]),  # the other way
    ("明焰燃气下降1.80分。", [("typed-change", "1.80分", "−6.70")]),
    ("清源水务“主动一对一指导”为83.97%。", [("typed-score", "83.97%", "83.11%")]),
    ("供水行业平均83.97分。", [("typed-average", "83.97分", "82.12")]),
    ("清源水务综合得分100%。", [("typed-score", "100%", "83.97")]),  # 100 points are no 100 %
    ("和煦热力（91.45分，第1名）、暖阳热力（83.83分，第3名）。", [("typed-place", "第3名", "2")]),
    ("问卷回收率95.2%。", [("typed-near", "95.2%", "94.74%")]),
    ("安居燃气得86.75分，\n明焰燃气得\n76.25分。", [("typed-score", "76.25分", "76.52")]),
    ("明焰燃气得76.52分。\n清源水务８９．６３分。", [("typed-score", "89.63分", "83.97")]),
    ("| 企业 | 综合得分 | 名次 |\n|---|---|---|\n| 清源水务 | 84.97 | 1 |", [
        ("typed-score", "84.97", "83.97"), ("typed-place", "1", "2"),
    ]),
    ("| 企业 | 较上期 |\n|---|---|\n| 清源水务 | +1.80 |", [("typed-change", "+1.80", "−1.80")]),
    ("Qingyuan Water scored 85.77 points.", [("typed-score", "85.77 points", "83.97")]),
    ("Qingyuan Water fell by 9 percentage points.", [("typed-change", "9 percentage points", "−1.80")]),
]  # fmt: skip


@pytest.mark.parametrize("body", HONEST)
def test_an_honest_sentence_raises_no_alarm(found, body):
    assert found(body) == []


@pytest.mark.parametrize(("body", "told"), DISHONEST)
def test_a_figure_that_the_data_contradict_is_told_with_the_right_one(found, body, told):
    assert found(body) == told


def sayings(one):
    """Sentences with the figures of one company as its scorecard prints them."""
    name = one.company.short_name
    if one.composite is not None and one.composite.printed is not None:
        unit = "分" if one.composite.unit == "points" else "%"
        yield f"{name}综合得分{one.composite.printed}{unit}", one.composite.printed, unit
    for each in one.indicators:
        if each.figure.printed is not None and each.figure.unit == "percent":
            yield f"{name}“{each.indicator.name}”为{each.figure.printed}%", each.figure.printed, "%"


def test_no_printed_figure_is_ever_doubted_and_every_shifted_one_is(bureau, analysis, found):
    """Of every company in every round that has a results notice."""
    notices = {one.round: one.id for one in bureau.notices if one.kind == "results"}
    seen = 0
    for result in analysis.rounds:
        if result.round.id not in notices:
            continue
        members = [one for sector in result.sectors for one in sector.companies]
        said = [each for one in members for each in sayings(one)]
        honest = "。\n\n".join(text for text, _, _ in said)
        shifted = "。\n\n".join(text.replace(f"{value}{unit}", f"{value + 1000}{unit}") for text, value, unit in said)
        assert found(honest, notices[result.round.id]) == []
        told = found(shifted, notices[result.round.id])
        wanted = [("typed-score", f"{value + 1000}{unit}", str(value)) for _, value, unit in said]
        assert [(code, value, says.rstrip("%")) for code, value, says in told] == wanted
        seen += len(said)
    assert seen > 150


def test_changes_and_places_of_every_company_pass_and_their_opposites_do_not(analysis, found):
    result = next(one for one in analysis.rounds if one.round.id == "2026-q3")
    for one in (each for sector in result.sectors for each in sector.companies):
        name, way = one.company.short_name, "上升" if one.change.amount > 0 else "下降"
        other = "下降" if way == "上升" else "上升"
        assert found(f"{name}较上期{way}{abs(one.change.amount)}分，排第{one.place.number}名。") == []
        told = found(f"{name}较上期{other}{abs(one.change.amount)}分，排第{one.place.number + 1}名。")
        assert [code for code, _, _ in told] == ["typed-change", "typed-place"]


def test_what_is_of_the_round_before_passes_only_where_the_text_says_so(analysis, found):
    now, before = (next(one for one in analysis.rounds if one.round.id == id_) for id_ in ("2026-q3", "2026-q2"))
    for sector, earlier in zip(now.sectors, before.sectors, strict=True):
        amount = sector.average.change.amount
        assert sector.name == earlier.name
        assert found(f"{sector.name}行业平均较上期{'上升' if amount > 0 else '下降'}{abs(amount)}分。") == []
        assert found(f"{sector.name}行业平均较上期{'下降' if amount > 0 else '上升'}{abs(amount)}分。") != []
        for one in sector.indicators:
            name, old = f"{sector.name}行业平均“{one.indicator.name}”", one.previous.printed
            assert found(f"上期{name}为{old}%。") == []
            if old == int(old):
                continue  # may be a weight or the points of a grade as well
            fits = {round(figure.printed, 2) for figure in (one.figure, one.now, one.dissatisfied) if figure.printed}
            assert (found(f"{name}为{old}%。") == []) == (old in fits), name


@pytest.mark.parametrize(
    "sentence",
    [
        "清源水务83.97分（95%区间80.96至86.97）。",
        "清源水务83.97分，95%区间为80.96分至86.97分。",
        "清源水务83.97分（误差3.01分）。",
    ],
)
def test_margins_are_left_alone(found, sentence):
    assert found(sentence) == []
    assert found(sentence.replace("83.97", "83.79")) != []


def test_the_warning_names_line_figure_and_expression(bureau, analysis):
    one = next(one for one in bureau.notices if one.id == NOTICE)
    body = one.body.replace("## 下一步工作要求", "清源水务得85.77分。\n\n## 下一步工作要求")
    (warning,) = contradictions(replace(bureau, notices=(one.model_copy(update={"body": body}),)), analysis)
    text = (ROOT / "content" / "notices" / f"{NOTICE}.md").read_text("utf-8")
    assert warning.place.line == text.count("\n", 0, text.index("## 下一步工作要求")) + 1
    told = sentence(warning, words_of("zh-Hans"))
    assert "：正文里的“85.77分”与数据不符：清源水务 83.97。" in told
    assert '{{ score("qingyuan-water") }}' in told


def test_only_results_notices_are_judged(bureau, analysis):
    notices = [one.model_copy(update={"body": "清源水务得1.11分。"}) for one in bureau.notices]
    told = list(contradictions(replace(bureau, notices=tuple(notices)), analysis))
    assert {one.place.path for one in told} == {
        f"content/notices/{one.id}.md" for one in bureau.notices if one.kind == "results"
    }


def test_nothing_is_analysed_for_notices_without_typed_figures(bureau):
    """The sample cites its figures, so that `check` stays as fast as it was; weights and targets need no analysis."""
    assert rounds_with_typed_figures(bureau) == set()
    wrong = [one.model_copy(update={"body": one.body + "\n得1.11分。"}) for one in bureau.notices if one.id == NOTICE]
    assert rounds_with_typed_figures(replace(bureau, notices=tuple(wrong))) == {"2026-q3"}


def test_a_warning_does_not_stop_the_build_and_errors_come_first(copy_of):
    root = copy_of(ROOT)
    (root / "content" / "register.jsonl").unlink()
    shutil.rmtree(root / "content" / "editions")
    shutil.rmtree(root / "content" / "corrections")
    path = root / "content" / "notices" / f"{NOTICE}.md"
    path.write_text(path.read_text("utf-8") + "\n清源水务得1.11分。\n", "utf-8")
    result = checked(root, at_noon)
    assert result.errors == []
    assert [one.value for one in result.problems if one.code == "typed-score"] == ["1.11分"]
    path.write_text(path.read_text("utf-8") + "\n{{ score() }}\n", "utf-8")
    assert {one.code for one in checked(root, at_noon).problems} >= {"citation-arguments"}


PIECES = [
    "|",
    "\n",
    "清源水务",
    "83.97",
    "分",
    "%",
    "第",
    "2",
    "名",
    "“",
    "”",
    "{{",
    "}}",
    "。",
    "，",
    ".",
    "-",
    " ",
    "上升",
]


@given(st.lists(st.sampled_from([*PIECES, "综合得分", ">", "`", "# "]), max_size=40).map("".join))
def test_no_text_makes_the_reader_fail_and_figures_are_where_it_says(text):
    for clause in clauses(text):
        for one in clause.figures:
            assert text[one.start].isdigit()
