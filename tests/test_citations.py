"""Figures cited in notices and pages: taken apart and never run, printed as on the scorecard, silent before release."""

import ast
import re
from dataclasses import replace
from html import unescape

import pytest
from conftest import NOON, ROOT, at_noon
from hypothesis import given
from hypothesis import strategies as st

from publisher.build import build as build_site
from publisher.build import publication_of
from publisher.checking import checked
from publisher.citations import FUNCTIONS, Call, citations, filled
from publisher.citations.syntax import call_of, inert
from publisher.cited import Voice
from publisher.format import Formats
from publisher.load.folder import load
from publisher.markup import html_of
from publisher.released import released

BUREAU = ROOT / "tests" / "bureau"


@pytest.fixture(scope="module")
def bureau():
    return load(BUREAU).bureau


@pytest.fixture(scope="module")
def say(bureau):
    return saying(bureau, NOON)


def saying(bureau, moment):
    """say("score('water-a')", round): what the citation prints at a moment."""
    publication = publication_of(bureau, moment)
    public = released(bureau, moment)
    voice = Voice(public, publication.analysis, publication.words, public)

    def said(text, own_round="2026-q2"):
        return voice.of(own_round)(call_of(text))

    return said


# -- taking apart --


def test_a_citation_is_a_name_with_texts():
    assert call_of(' score("a-water", "q03", round="2026-q2") ') == Call(
        "score", ("a-water", "q03"), (("round", "2026-q2"),)
    )


def test_signs_of_a_chinese_keyboard_are_taken_for_the_plain_ones():
    assert call_of("score（“清源水务”，“q03”，round＝“2026-q2”）") == call_of(
        'score("清源水务", "q03", round="2026-q2")'
    )


def test_a_name_keeps_its_wide_brackets_where_the_rest_is_plain():
    assert call_of('place("清源水务（样例）")') == Call("place", ("清源水务（样例）",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "score",
        "score(water-a)",
        "score(water)",
        'score(f"{x}")',
        'score("a" + "b")',
        'score(*["a"])',
        'score(**{"a": "b"})',
        'a.score("b")',
        'score("a")("b")',
        'score("a") or 1',
        '__import__("os").system("true")',
        'score(open("x"))',
        '(lambda: "a")()',
        '[score("a") for a in "b"]',
        'score("\\x41")',
        "score(" * 60,
        "-" * 5000 + "1",
        'score("' + "a" * 500 + '")',
        "score('a\0')",
    ],
)
def test_what_is_no_call_of_a_name_with_constants_is_none(text):
    assert call_of(text) is None


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "\\{{",
        '"',
        "'",
        "(",
        ")",
        ",",
        "=",
        "score",
        "place",
        "\n",
        " ",
        "“",
        "”",
        "（",
        "）",
        "*",
        "#",
        "__",
        "0",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join)))
def test_no_text_raises_and_none_is_evaluated(text):
    """A call is a name and constants, whatever stands there; text without braces stays as it is."""
    for found in (text, f"{{{{{text}}}}}"):
        for one in citations(found):
            assert found[one.start : one.end].startswith("{{")
            if one.call is not None:
                values = [*one.call.given, *(value for _, value in one.call.by_name)]
                assert not any(isinstance(value, ast.AST) or callable(value) for value in values)
        assert isinstance(filled(found, lambda call: call.function), str)
    if "{{" not in text:
        assert filled(text, lambda _: "x") == text


def test_nothing_that_stands_in_braces_runs(monkeypatch):
    def alarm(*_):
        raise AssertionError

    text = '{{ open("x") }}{{ eval("1") }}{{ exec("1") }}{{ __import__("os") }}'
    with monkeypatch.context() as patched:
        for name in ("eval", "exec", "open", "__import__"):
            patched.setattr(f"builtins.{name}", alarm)
        said = filled(text, lambda call: call.function)
    assert said == inert("openevalexec__import__", first=False)


def test_a_citation_may_be_wrapped_but_not_over_a_blank_line():
    assert [one.closed for one in citations('{{ score("a",\n"b") }} {{ score(\n\n"a") }}')] == [True, False]


def test_escaped_braces_are_printed():
    assert filled('\\{{ score("a") }} {{ score("a") }}', lambda _: "5") == '{{ score("a") }} 5'


# -- nothing that is printed is markup --


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20))
def test_what_is_printed_means_nothing_in_markdown(said):
    """The paragraph holds just the text: no tag, no emphasis, no list, no link."""
    said = " ".join(said.split()) or "x"
    html = html_of("甲" + filled('{{ score("a") }}', lambda _: said) + "乙")
    assert unescape(re.sub(r"<[^>]*>", "", html)) == f"甲{said}乙"
    assert re.findall(r"<(\w+)", html) == ["p"]


@pytest.mark.parametrize(
    "said", ["**粗**", "<b>x</b>", "[a](http://b.example)", "`x`", "&lt;", "http://a.example", "a_b_c"]
)
def test_markup_in_what_is_printed_is_shown(said):
    assert unescape(str(html_of(f"甲{inert(said, first=False)}乙"))) == f"<p>甲{said}乙</p>"


@pytest.mark.parametrize("behind", [". 件", ") 件"])
def test_a_number_at_the_start_of_a_line_begins_no_list(behind):
    html = html_of(filled('{{ base("a") }}' + behind, lambda _: "305"))
    assert html == f"<p>305{behind}</p>"


def test_in_code_a_number_stays_as_it_is():
    assert html_of(filled('`{{ base("a") }}`', lambda _: "83.97")) == "<p><code>83.97</code></p>"


# -- what is printed --


def results(bureau, moment=NOON):
    publication = publication_of(bureau, moment)
    for result in publication.analysis.rounds:
        for sector in result.sectors:
            for one in sector.companies:
                yield publication, result, sector, one


def test_every_function_prints_what_the_pages_print(bureau, say):
    seen = set()
    for publication, result, sector, one in results(bureau):
        formats, words = Formats(publication.words), publication.words
        company, round_ = one.company.id, result.round.id

        def figure(found, formats=formats, words=words, unit=""):
            text = formats.scored(found, unit)
            return f"{text}（{words('figure.small')}）" if found.small else text

        assert say(f'score("{company}")', round_) == figure(one.composite)
        assert say(f'average("{company}")', round_) == say(f'average("{sector.name}")', round_) == figure(one.average)
        if one.change is not None:
            same = one.change.verdict == "same"
            wanted = words("change.against.same" if same else "change.against", change=formats.change(one.change))
            wanted += words("change.within") if one.change.within else ""
        else:
            wanted = words(f"uncompared.{one.uncompared}")
        assert say(f'change("{company}")', round_) == wanted
        for each in one.indicators:
            given_ = f'"{company}", "{each.indicator.id}"'
            assert say(f"score({given_})", round_) == figure(each.figure, unit=each.indicator.unit or "")
            assert say(f"average({given_})", round_) == figure(each.average, unit=each.indicator.unit or "")
            if each.figure.base is not None:
                assert say(f"base({given_})", round_) == str(each.figure.base)
            for channel in each.channels:
                text = say(f'score({given_}, channel="{channel.channel.name}")', round_)
                assert text == figure(channel.figure)
                seen.add("channel")
            seen.add(each.figure.state.value)
    assert seen >= {"channel", "value", "nothing-due"}


def test_the_words_are_those_of_the_scorecard(sample):
    """In the sample, where places are shared and figures have changed."""
    bureau = load(ROOT).bureau
    say_ = saying(bureau, NOON)
    tied = 0
    for _, result, _, one in results(bureau):
        if one.composite is None:
            continue
        path = sample / "rounds" / result.round.id / f"{one.company.id}.html"
        card = re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", path.read_text("utf-8"))))
        for function in ("score", "change", "place", "average", "base"):
            text = say_(f'{function}("{one.company.id}")', result.round.id)
            assert re.sub(r"\s", "", text).replace("（样本量较小，仅供参考）", "") in card, (path, text)
            tied += "并列" in text
    assert tied


def test_places_say_ties_and_why_there_is_none(bureau, say):
    assert say('place("water-a")') == "第1名（共2家参与排名）"
    assert say('place("gas-b")') == "没有得分，不参与排名"


def test_a_small_base_is_marked(say):
    assert say('score("gas-b", "overall")').endswith("分（样本量较小，仅供参考）")
    assert "（" not in say('score("gas-a", "overall")')


def test_what_was_suppressed_or_not_surveyed_prints_words_and_no_digit(bureau):
    few = replace(
        bureau,
        site=bureau.site.model_copy(
            update={"thresholds": bureau.site.thresholds.model_copy(update={"suppress_below": 25})}
        ),
    )
    say_ = saying(few, NOON)
    for text in ('score("gas-b", "overall")', 'score("gas-b")', 'base("gas-b", "overall")'):
        assert say_(text) == "样本不足，不公布"
    assert saying(bureau, NOON)('score("water-a", "overall", channel="online")', "quality-2026") != ""
    assert saying(bureau, NOON)('score("gas-b", "repairs-in-time")') == "本期无应办事项"


def test_company_indicator_sector_and_round_may_be_named(say):
    assert (
        say('score("测试市甲水务有限公司", "总体评价")')
        == say('score("甲水务", "Overall")')
        == say('score("water-a", "overall")')
    )
    assert say('average("Water supply")') == say('average("供水")')
    assert say('score("water-a", round="2026年供水不满意度调查")') == say('score("water-a", round="quality-2026")')


def test_latest_is_the_latest_round_that_is_released(bureau):
    before_q2 = NOON.replace(month=7, day=1)
    assert saying(bureau, NOON)('score("water-a", round="latest:service")', None) == "83.42分"
    early = saying(bureau, before_q2)
    assert early('score("water-a", round="latest:service")', None) == early('score("water-a", round="2026-q1")', None)


# -- in a folder --


def write(root, path, old, new):
    text = (root / path).read_text("utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), "utf-8")


def text_of(path):
    return unescape(re.sub(r"<[^>]*>", "", path.read_text("utf-8").partition("<main")[2]))


def test_a_figure_of_a_round_that_is_not_released_leaks_nothing(copy_of, tmp_path):
    """On a page of its own: neither the figure, nor its state, nor its place, nor its change."""
    root = copy_of(BUREAU)
    cited = " ".join(
        f'{{{{ {function}("water-a", round="2026-q2") }}}}'
        for function in ("score", "change", "place", "average", "base")
    )
    write(
        root,
        "content/pages/about.md",
        "本站公布服务评价结果。",
        f'甲：{cited}；乙：{{{{ score("water-a", round="latest:service") }}}}。',
    )
    assert checked(root, at_noon).errors == []
    build_site(root, tmp_path / "early", lambda _: NOON.replace(month=7, day=20, hour=9), today=at_noon)
    build_site(root, tmp_path / "late", lambda _: NOON.replace(month=7, day=20, hour=10), today=at_noon)
    early, late = text_of(tmp_path / "early" / "about.html"), text_of(tmp_path / "late" / "about.html")
    assert f"甲：{' '.join(['尚未公布'] * 5)}；乙：80.63分。" in early
    assert "甲：83.42分 较上期上升2.79分（变化在误差范围内） 第1名（共2家参与排名） 78.25分 100；乙：83.42分。" in late
    for path in (tmp_path / "early").rglob("*.html"):
        assert "83.42" not in path.read_text("utf-8"), path.name


def test_braces_are_plain_text_in_what_others_wrote(copy_of, tmp_path):
    root = copy_of(BUREAU)
    path = next((root / "content" / "statements" / "2026-q2").glob("water-b.md"))
    path.write_text(path.read_text("utf-8") + '\n\n照印{{ score("water-b") }}。\n', "utf-8")
    assert checked(root, at_noon).errors == []
    build_site(root, tmp_path / "site", at_noon)
    card = text_of(tmp_path / "site" / "rounds" / "2026-q2" / "water-b.html")
    assert '照印{{ score("water-b") }}。' in card


def test_a_figure_in_a_heading_of_a_notice_is_plain(copy_of, tmp_path):
    root = copy_of(BUREAU)
    write(root, "content/notices/2026-q2-results.md", "## 下一步工作要求", '## 甲水务{{ score("甲水务", "信息公开") }}')
    build_site(root, tmp_path / "site", at_noon)
    page = (tmp_path / "site" / "notices" / "2026-q2-results.html").read_text("utf-8")
    assert re.search(r"<h2>[^<]*甲水务[\d.]+%</h2>", page)


def test_every_function_is_explained_to_staff():
    readme = (ROOT / "content" / "README.md").read_text("utf-8")
    assert [name for name in FUNCTIONS if f"{{{{ {name}(" not in readme] == []
