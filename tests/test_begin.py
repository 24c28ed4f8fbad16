"""A clerk begins: an own folder for each system, files to complete, the workbook of a round."""

import io
import re
from datetime import date, datetime
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from clerks import BLANK, TYPED, complete, fill, told_in
from click.testing import CliRunner
from conftest import at_noon
from damages_begin import filled_form
from test_withdrawn import withdraw

from publisher.checking import checked
from publisher.cli import commands
from publisher.load.blanks import blank
from publisher.load.folder import load
from publisher.outputs.round_form import round_form
from publisher.problems import Place
from publisher.scaffold.made import period_of
from publisher.starting import lay_down_own
from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
BUREAU = Path(__file__).parent / "bureau"
SYSTEMS = ("a", "b", "c", "d", "e")
SETTINGS = {"name": "测试市城市管理局", "url": "https://pingjia.test.example"}
COMPANIES = "id,name,sector\njia-water,甲供水有限公司,供水\nyi-water,乙供水有限公司,供水\n"


@pytest.fixture
def begun(tmp_path):
    """begun("a", "en"): a new folder of that system, filled in so far that it has companies."""

    def run(system, language="zh-Hans", settings=SETTINGS, *, companies=True):
        folder = tmp_path / f"{system}-{language}"
        lay_down_own(folder, language, system, settings)
        if companies:
            (folder / "content" / "companies.csv").write_text(COMPANIES, "utf-8")
        return folder

    return run


@pytest.fixture
def told(monkeypatch):
    """told(folder, "new", ...): a command run in the folder, in Chinese."""
    return partial(told_in, monkeypatch)


def codes(folder):
    return [one.code for one in checked(folder, at_noon).problems]


# an own folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_new_folder_passes_and_holds_no_company(begun, system, language):
    folder = begun(system, language, companies=False)
    found = checked(folder, at_noon)
    assert [(one.code, one.warning) for one in found.problems] == [("no-companies", True)]
    assert not found.bureau.companies
    assert not found.bureau.rounds
    assert not found.bureau.site.sample


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_the_same_in_both_languages(begun, system):
    one, other = (next(iter(load(begun(system, language)).bureau.schemes.values())) for language in LANGUAGES)
    rules = ("id", "direction", "unit", "missing", "version")
    assert [getattr(one, name) for name in rules] == [getattr(other, name) for name in rules]
    numbers = ("id", "measure", "weight", "reversed", "better", "target", "limit_working_days", "dimension", "basis")
    for a, b in zip(one.indicators, other.indicators, strict=True):
        assert [getattr(a, name) for name in numbers] == [getattr(b, name) for name in numbers]
        assert [point.id for point in a.points] == [point.id for point in b.points]
        assert a.name == b.name_en or a.name_en == b.name
    assert [(g.id, g.points) for g in one.grades] == [(g.id, g.points) for g in other.grades]
    assert [(c.id, c.weight, c.basis) for c in one.channels] == [(c.id, c.weight, c.basis) for c in other.channels]


def test_the_five_systems_have_the_figures_of_their_documents(begun):
    a, b, c, d, e = (next(iter(load(begun(system)).bureau.schemes.values())) for system in SYSTEMS)
    assert (a.direction, [float(one.weight) for one in a.channels]) == ("dissatisfaction", [0.4, 0.3, 0.3])
    assert [int(one.points) for one in b.grades] == [100, 80, 60, 40, 0]
    assert [one.id for one in b.indicators if one.reversed] == ["q08", "q10", "q11"]
    assert (len(b.indicators), len(b.aspects), len(b.dimensions)) == (12, 8, 4)
    assert [one.better for one in c.indicators[:3]] == ["lower", "higher", "higher"]
    assert [one.limit_working_days for one in d.indicators[:5]] == [3, 20, 3, 7, None]
    assert [len(one.points) for one in d.indicators[5:]] == [7, 6, 3, 3, 3, 4]
    assert (e.weighted, sum(one.measure == "share" for one in e.indicators)) == ((), 4)


def test_a_new_folder_builds_and_its_pages_say_that_nothing_is_there_yet(begun, build):
    folder = begun("a", companies=False)
    build(folder, folder / "site")
    words = words_of("zh-Hans")
    assert words("home.empty") in (folder / "site" / "index.html").read_text("utf-8")
    assert words("companies.empty") in (folder / "site" / "companies" / "index.html").read_text("utf-8")
    site = b"".join(path.read_bytes() for path in (folder / "site").rglob("*.html"))
    assert "【".encode() not in site
    assert "样例".encode() not in site


class _Sources(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, _tag, attrs):
        self.found += [value for name, value in attrs if name in ("src", "href")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_shows_small_pictures_that_are_there(begun, language):
    folder = begun("d", language)
    page = _Sources()
    page.feed((folder / words_of(language)("cli.init.guide")).read_text("utf-8"))
    assert len(page.found) == 4
    assert {len((folder / one).read_bytes()) < 60_000 for one in page.found} == {True}
    assert (folder / "guide" / "results.png").read_bytes() != (begun("e", language) / "guide/results.png").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_commands_that_there_are(language):
    starter = ROOT / "publisher" / "starter" / "own" / language / words_of(language)("cli.init.guide")
    group = commands(words_of(language))
    named = re.findall(r"<(?:pre|code)>publisher ([a-z-]+) ?([^<\s]*)", starter.read_text("utf-8"))
    assert {name for name, _ in named} <= set(group.commands)
    kinds = next(one for one in group.commands["new"].params if one.name == "what").type.choices
    assert {kind for name, kind in named if name == "new"} <= set(kinds)
    assert len(named) > 10


def test_a_blank_name_passes_until_there_is_something_to_publish(begun):
    words = words_of("zh-Hans")
    blank = {"name": words("blank.name"), "url": words("blank.url")}
    folder = begun("b", settings=blank, companies=False)
    found = checked(folder, at_noon)
    assert (found.errors, len(found.problems)) == ([], 3)
    (folder / "content" / "companies.csv").write_text(COMPANIES, "utf-8")
    assert [one.code for one in checked(folder, at_noon).errors] == ["not-filled", "address-not-filled"]


@pytest.mark.parametrize("name", ['局: "a" # b', "- {x}", "<<url>>", "\\"])
def test_a_name_of_any_signs_is_one_text(begun, name):
    assert load(begun("a", settings={"name": name, "url": "https://x.example"})).bureau.site.bureau.name == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_tells_what_to_do_next_and_what_it_cannot(tmp_path, told, language):
    words = words_of(language)
    done = told(tmp_path, "init", "x", "--scheme", "A", "--name", "N", "--url", "https://n.example", language=language)
    assert done.exit_code == 0
    assert words("cli.init.guide") in done.output
    again = told(tmp_path, "init", "x", "--scheme", "b", language=language)
    assert (again.exit_code, "folder-not-empty" in again.output) == (1, True)
    assert not (tmp_path / "x" / "content" / "schemes" / "quarterly-service.yaml").exists()
    for wrong in (["--scheme", "f"], ["--name", "N"]):
        refused = told(tmp_path, "init", "y", *wrong, language=language)
        assert (refused.exit_code, (tmp_path / "y").exists()) == (2, False)
    practice = told(tmp_path, "init", "z", language=language)
    assert [f"  {letter}  " in practice.output for letter in SYSTEMS] == [True] * 5


def test_on_a_terminal_init_asks_little(tmp_path, monkeypatch):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("publisher.commands.init.sys", terminal)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(commands(words_of("zh-Hans")), ["init", "x"], input="c\n某某局\nhttps://a.example\n")
    assert done.exit_code == 0
    site = load(tmp_path / "x").bureau.site
    assert (site.bureau.name, site.base_url) == ("某某局", "https://a.example")
    assert CliRunner().invoke(commands(words_of("zh-Hans")), ["init", "y"], input="\n").exit_code == 0
    assert load(tmp_path / "y").bureau.site.sample, "only Enter: the example"


# files to complete

KINDS = (
    ("round", "2026-q4"),
    ("notice", "warning", "--kind", "violation", "--company", "water-a"),
    ("notice", "arrangement"),
    ("statement", "2026-q2", "water-a"),
    ("response", "2026-q2", "gas-b"),
    ("meeting", "residents", "--company", "甲水务", "--round", "2026-q2"),
    ("correction", "mistake", "--round", "2026-q1", "--company", "water-b"),
    ("correction", "answers", "--round", "record", "--company", "water-b"),
    ("withdrawal", "address"),
)


@pytest.fixture
def folder(copy_of):
    return copy_of(BUREAU)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", KINDS, ids=lambda words: words[0] + words[1])
def test_a_begun_file_is_told_until_it_is_complete(folder, told, words, language):
    scheme = ["--scheme", "service"] if words[0] == "round" else []
    before = {path for path in folder.rglob("*") if path.is_file()}
    done = told(folder, "new", *words, *scheme, language=language)
    assert done.exit_code == 0, done.output
    (path,) = {path for path in folder.rglob("*") if path.is_file()} - before
    found = [one for one in checked(folder, at_noon).errors if one.code != "no-scores-yet"]
    assert {one.code for one in found} == {"not-filled"}
    assert {one.place.path for one in found} == {path.relative_to(folder).as_posix()}
    lines = path.read_text("utf-8").split("\n")
    assert [one.place.line for one in found] == [n for n, line in enumerate(lines, 1) if BLANK.search(line)]
    again = told(folder, "new", *words, *scheme, language=language)
    assert (again.exit_code, "file-exists" in again.output) == (1, True)
    complete(path)
    left = [one.code for one in checked(folder, at_noon).errors]
    assert left == {"round": ["no-scores-yet"]}.get(words[0], [])


def test_of_a_blank_within_a_sentence_only_the_blank_is_told():
    found = blank(Place("a.md", line=3), "**水压。** 甲公司为{{ score('jia') }}。【待填：原因，一两句】以上。")
    assert found.value == "【待填：原因，一两句】"


def test_a_notice_of_results_cites_what_the_data_say(folder, told, build):
    (folder / "content/notices/2026-q2-results.md").unlink()
    done = told(folder, "new", "通报", "--round", "2026-q2")
    assert done.exit_code == 0
    path = folder / "content/notices/2026-q2-results.md"
    text = path.read_text("utf-8")
    assert len(re.findall(r"\{\{ score\(", text)) >= 2
    assert "{{ change(" in text
    assert not re.search(r"[0-9]+(?:\.[0-9]+)?[%分]", text), "figures come from the data only"
    complete(path, published_at="2026-07-20 10:00")
    path.write_text(path.read_text("utf-8").replace("2026-11-09", "2026-07-17"), "utf-8")
    assert codes(folder) == []
    build(folder, folder / "site")
    page = (folder / "site/notices/2026-q2-results.html").read_text("utf-8")
    assert "{{" not in page
    assert "人手不够" in page


def test_a_notice_of_results_does_not_speak_of_what_was_withdrawn(folder, told):
    """Neither a company whose scorecard was withdrawn is the worst, nor is there anything of a withdrawn round."""
    path = folder / "content/notices/2026-q2-results.md"
    texts = []
    for lost in ([], ["rounds/2026-q2/water-b.html"], ["rounds/2026-q2/index.html"]):
        path.unlink()
        withdraw(folder, *lost)
        assert told(folder, "new", "notice", "--round", "2026-q2").exit_code == 0
        texts.append(path.read_text("utf-8"))
    assert ['"water-b"' in text for text in texts] == [True, False, False]
    assert ["{{ score(" in text for text in texts] == [True, True, False]
    assert "各供水企业“信息公开”" in texts[0], "the companies of two sectors are not one"


def test_full_marks_are_no_lack_of_data(begun, told):
    """Every case was done in time: the notice has no problems to name, and that is what the clerk is told."""
    folder = begun("e")
    told(folder, "new", "round", "2026-q3")
    complete(folder / "results/2026-q3/round.yaml")
    scheme = next(iter(load(folder).bureau.schemes.values()))
    rates = [one.id for one in scheme.indicators if one.measure == "share"]
    rows = [f"{company},{one},50,50" for company in ("jia-water", "yi-water") for one in rates]
    table = "\n".join(["company,indicator,numerator,denominator", *rows])
    (folder / "results/2026-q3/scores.csv").write_text(table, "utf-8")
    words = words_of("zh-Hans")
    assert words("cli.new.nothing-low") in told(folder, "new", "notice", "--round", "2026-q3").output


def test_nobody_is_named_where_all_are_the_worst_alike(begun, told):
    folder = begun("a")
    told(folder, "new", "round", "2026-q3")
    complete(folder / "results/2026-q3/round.yaml")
    scheme = next(iter(load(folder).bureau.schemes.values()))
    rows = [
        f"{company},{one.id},{channel.id},{10 if one.id == 'pressure' else 5},100"
        for company in ("jia-water", "yi-water")
        for one in scheme.indicators
        for channel in scheme.channels
    ]
    table = "\n".join(["company,indicator,channel,numerator,denominator", *rows])
    (folder / "results/2026-q3/scores.csv").write_text(table, "utf-8")
    told(folder, "new", "notice", "--round", "2026-q3")
    text = (folder / "content/notices/2026-q3-results.md").read_text("utf-8")
    assert "**水压。** 各企业" in text
    assert "甲供水有限公司“" not in text


def test_without_scores_the_notice_names_no_problem(folder, told):
    told(folder, "new", "round", "2026-q3", "--scheme", "service")
    done = told(folder, "new", "notice", "--round", "2026-q3")
    assert words_of("zh-Hans")("cli.new.unbound") in done.output
    text = (folder / "content/notices/2026-q3-results.md").read_text("utf-8")
    assert not re.search(r"(?<!\\)\{\{", text)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["round"], 2, "publisher new round"),
        (["round", "a", "b"], 2, "publisher new round"),
        (["statement", "2026-q2"], 2, "publisher new statement"),
        (["round", "Q1", "--scheme", "service"], 1, "not-an-id"),
        (["round", "2026-q3"], 1, "which-scheme"),
        (["round", "2026-q3", "--scheme", "servise"], 1, "unknown-scheme"),
        (["round", "2026-q3", "--kind", "results"], 2, "--kind"),
        (["statement", "2026-q9", "water-a"], 1, "unknown-round"),
        (["statement", "2026-q2", "nobody"], 1, "unknown-company"),
        (["notice", "x", "--kind", "results"], 2, "--round"),
        (["notice", "x", "--kind", "party"], 2, "party"),
        (["meeting", "../../x"], 1, "not-an-id"),
        (["poem", "x"], 2, "poem"),
    ],
    ids=lambda value: "-".join(value).replace("/", "_") if isinstance(value, list) else None,
)
def test_bad_usage_gets_one_message_and_writes_nothing(folder, told, words, code, said):
    before = sorted(folder.rglob("*"))
    done = told(folder, "new", *words)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert done.output.count("[") <= 1 + (code == 2) * 3
    assert sorted(folder.rglob("*")) == before


def test_a_round_of_no_known_scheme_is_one_message(folder, told):
    path = folder / "results/2026-q2/round.yaml"
    path.write_text(path.read_text("utf-8").replace("scheme: service", "scheme: servise"), "utf-8")
    for words in (["new", "statement", "2026-q2", "water-a"], ["template", "2026-q2"]):
        done = told(folder, *words)
        assert (done.exit_code, done.output.count("[unknown-scheme]")) == (1, 1), done.output


@pytest.mark.parametrize(
    ("id_", "period"),
    [
        ("2026-q4", ("2026-10-01", "2026-12-31")),
        ("promises-2027-q1", ("2027-01-01", "2027-03-31")),
        ("2028-02", ("2028-02-01", "2028-02-29")),
        ("visits_2026-11", ("2026-11-01", "2026-11-30")),
        ("2026-h2", ("2026-07-01", "2026-12-31")),
        ("survey-2026", ("2026-01-01", "2026-12-31")),
        ("spring", None),
        ("2026-13", None),
        ("2026-q5", None),
        ("0000-q1", None),
        ("12026", None),
    ],
)
def test_an_id_that_names_its_period_fills_it_in(id_, period):
    found = period_of(id_)
    assert (found and tuple(day.isoformat() for day in found)) == period


# the workbook of a round


def facts(bureau, round_):
    """Every score and every fact of a round, without the places they were read at."""
    scores = [
        {name: str(value) for name, value in dict(one).items() if name != "origin"} for one in bureau.scores[round_]
    ]
    own = {name: value for name, value in dict(bureau.rounds[round_]).items() if name != "origin"}
    return sorted(scores, key=str), own


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("source", "rounds"),
    [
        (BUREAU, ("2026-q1", "2026-q2", "quality-2026")),
        (ROOT, ("promises-2026-q3", "jiaozhou-2020-h1", "home-visits-2026-11", "dissatisfaction-2026")),
    ],
    ids=["bureau", "sample"],
)
def test_what_is_exported_is_what_is_read_again(copy_of, source, rounds, language):
    """Also where `round.yaml` leaves its samples and channels to the workbook."""
    copy = copy_of(source)
    before = load(copy).bureau
    forms = {one: round_form(before, before.rounds[one], words_of(language)) for one in rounds}
    for one, data in forms.items():
        for table in (copy / "results" / one).glob("scores.*"):
            table.unlink()
        (copy / "results" / one / "scores.xlsx").write_bytes(data)
    after = load(copy)
    assert after.problems == ()
    assert [facts(after.bureau, one) for one in rounds] == [facts(before, one) for one in rounds]
    for one in rounds:
        settings = copy / "results" / one / "round.yaml"
        text = re.sub(r"(?m)^(forms|population|channels|companies):.*\n(?:  .*\n)*", "", settings.read_text("utf-8"))
        settings.write_text(text, "utf-8")
    alone = load(copy)
    assert alone.problems == ()
    assert [facts(alone.bureau, one) for one in rounds] == [facts(before, one) for one in rounds]
    assert {one: round_form(alone.bureau, alone.bureau.rounds[one], words_of(language)) for one in rounds} == forms


def test_midnight_is_not_the_whole_of_a_day(copy_of):
    """A cell of Excel cannot tell 2026-04-20 from its first moment, and a window that ends there is a day shorter."""
    copy = copy_of(BUREAU)
    settings = copy / "results/quality-2026/round.yaml"
    settings.write_text(settings.read_text("utf-8").replace("2026-04-20 17:00", "2026-04-20 00:00"), "utf-8")
    before = load(copy).bureau
    data = round_form(before, before.rounds["quality-2026"], words_of("zh-Hans"))
    (copy / "results/quality-2026/scores.csv").unlink()
    (copy / "results/quality-2026/scores.xlsx").write_bytes(data)
    text = re.sub(r"(?m)^channels:\n(?:  .*\n)*", "", settings.read_text("utf-8"))
    settings.write_text(text, "utf-8")
    after = load(copy)
    assert (after.problems, facts(after.bureau, "quality-2026")) == ((), facts(before, "quality-2026"))
    assert [type(one.fieldwork.end) for one in after.bureau.rounds["quality-2026"].channels] == [
        datetime,
        date,
        datetime,
    ]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_clerk_goes_all_the_way(begun, told, system):
    """Round, workbook, every cell, check, notice: what was typed is what is read, and nothing is a fault."""
    words = words_of("zh-Hans")
    folder = begun(system)
    assert told(folder, "new", "一期", "2026-q3").exit_code == 0
    complete(folder / "results/2026-q3/round.yaml")
    assert told(folder, "template", "2026-q3").exit_code == 0
    path = folder / "results/2026-q3/scores.xlsx"
    assert set(codes(folder)) == {"scores-unfilled"}
    book = openpyxl.load_workbook(path)
    assert fill(book, words) > 30
    book.save(path)
    loaded = load(folder)
    scheme = next(iter(loaded.bureau.schemes.values()))
    wanted = {
        (company, one.id, channel, point)
        for company in loaded.bureau.companies
        for one in scheme.indicators
        for channel in ([c.id for c in scheme.channels] if scheme.channels and one.weight else [None])
        for point in ([p.id for p in one.points] or [None])
    }
    scores = loaded.bureau.scores["2026-q3"]
    assert {(s.company, s.indicator, s.channel, s.point) for s in scores} == wanted
    assert len(scores) == len(wanted)
    for score in scores:
        for name, value in dict(score).items():
            assert value is None or name not in TYPED or value == TYPED[name]
        assert not score.grades or set(score.grades.values()) == {19}
    round_ = loaded.bureau.rounds["2026-q3"]
    assert [one.forms.returned for one in round_.companies] == [250, 250]
    assert [one.fieldwork.start for one in round_.channels] == [TYPED["start"]] * len(scheme.channels)
    assert round_.population == 5000
    assert set(codes(folder)) <= {"forms-do-not-add-up"}, "the whole is two companies, and the same was typed for each"
    sheet = book[words("sheet.samples")]
    for column in "CDE":
        sheet[f"{column}3"] = sheet[f"{column}3"].value * 2
    book.save(path)
    assert codes(folder) == []
    assert told(folder, "new", "通报", "--round", "2026-q3").exit_code == 0
    complete(folder / "content/notices/2026-q3-results.md")
    assert codes(folder) == []


def checks_of(sheet):
    """Kinds of validation by heading."""
    found = {}
    for one in sheet.data_validations.dataValidation:
        for area in one.sqref.ranges:
            assert area.min_row == 3
            found[sheet.cell(1, area.min_col).value] = one
    return found


def test_excel_checks_what_is_typed(begun):
    bureau = load(BUREAU).bureau
    book = openpyxl.load_workbook(io.BytesIO(round_form(bureau, bureau.rounds["quality-2026"], words_of("zh-Hans"))))
    assert book.sheetnames == ["比率", "选项", "样本", "渠道情况", "填写说明"]
    share = checks_of(book["比率"])
    assert {name: one.type for name, one in share.items()} == {
        "企业": "list",
        "指标": "list",
        "渠道": "list",
        "分子": "custom",
        "分母": "custom",
    }
    whole = "AND(ISNUMBER({0}),IF(ISNUMBER({0}),AND({0}>=0,{0}=INT({0})),FALSE),IF(COUNT($D3,$E3)=2,$D3<=$E3,TRUE))"
    assert [share[name].formula1 for name in ("分子", "分母")] == [whole.format("$D3"), whole.format("$E3")]
    assert share["分子"].error == "请填写整数，而且“分子”不能比“分母”大。"
    assert checks_of(book["渠道情况"])["开始"].type == "date"
    formulas = {
        rule.formula[0]
        for rules in book["比率"].conditional_formatting
        for rule in rules.rules
        if rule.type == "expression"
    }
    assert formulas == {"AND(COUNT($D3,$E3)=2,$D3>$E3)"}
    for name in ("比率", "样本", "渠道情况"):
        assert all(cell.comment.text for cell in book[name][1])
        assert all(cell.value is None or cell.value.startswith("【例】") for cell in book[name][2])


TOLD = "核对提示（程序不读）"


def test_what_is_wrong_in_a_row_is_said_beside_it():
    bureau = load(BUREAU).bureau
    book = openpyxl.load_workbook(io.BytesIO(round_form(bureau, bureau.rounds["2026-q2"], words_of("zh-Hans"))))
    said = {
        sheet.title: sheet.cell(3, sheet.max_column).value
        for sheet in book
        if sheet.cell(1, sheet.max_column).value == TOLD
    }
    grades = "COUNT($D3,$E3,$F3)=3,$C3<>SUM($D3,$E3,$F3,$G3)"
    assert said == {
        "分档题": f'=IF(AND($C3<>"",{grades}),"有效样本不等于各档票数与不适用之和；","")',
        "是否题": '=IF(AND($C3<>"",COUNT($D3,$E3)=2,$C3<>SUM($D3,$E3,$F3)),"有效样本不等于是、否、不适用之和；","")',
        "比率": '=IF(AND(COUNT($C3,$D3)=2,$C3>$D3),"分子比分母大；","")',
        "样本": (
            '=IF(AND(COUNT($C3,$D3)=2,$D3>$C3),"收回的比发放的多；","")&IF(AND(COUNT($E3)=1,'
            '$E3>MIN(IF($D3="",$E3,$D3),IF($C3="",$E3,$C3))),"有效的比收回或者发放的多；","")'
        ),
    }


def test_what_the_form_says_of_a_row_is_not_read(begun, told):
    """Whatever a program that does not work out formulas leaves there."""
    folder = begun("e")
    told(folder, "new", "round", "2026-h1")
    complete(folder / "results/2026-h1/round.yaml")
    told(folder, "template", "2026-h1")
    path = folder / "results/2026-h1/scores.xlsx"
    book = openpyxl.load_workbook(path)
    fill(book, words_of("zh-Hans"))
    for text in ("#VALUE!", "分子比分母大；", 0.5):
        for sheet in book:
            if sheet.cell(1, sheet.max_column).value == TOLD:
                sheet.cell(3, sheet.max_column).value = text
        book.save(path)
        assert set(codes(folder)) <= {"forms-do-not-add-up"}


def test_every_company_indicator_and_channel_can_be_chosen():
    bureau = load(BUREAU).bureau
    book = openpyxl.load_workbook(io.BytesIO(round_form(bureau, bureau.rounds["quality-2026"], words_of("zh-Hans"))))
    listed = [[cell.value for cell in column if cell.value] for column in book["选项"].columns]
    scheme = bureau.schemes["quality"]
    assert listed[0] == [one.name for one in bureau.companies.values()]
    assert listed[1] == [one.name for one in scheme.indicators]
    assert listed[2] == [one.name for one in scheme.channels]


def test_each_indicator_has_its_own_points_though_they_share_an_id(begun, told):
    """Two points of the same id: each row says its own, and the name of the other one is none of its."""
    folder = begun("d")
    told(folder, "new", "round", "2026-q3")
    complete(folder / "results/2026-q3/round.yaml")
    told(folder, "template", "2026-q3")
    path = folder / "results/2026-q3/scores.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["检查清单"]
    rows = [(row[1], row[2]) for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    scheme = next(iter(load(folder).bureau.schemes.values()))
    assert rows == [(one.name, point.name) for one in scheme.indicators for point in one.points] * 2
    fill(book, words_of("zh-Hans"))
    other = next(row for row, (_, point) in enumerate(rows, 3) if point == "每半年与用户代表见面")
    at = next(row for row, (_, point) in enumerate(rows, 3) if point == "每季度研究一次服务问题")
    sheet.cell(at, 3).value = sheet.cell(other, 3).value
    book.save(path)
    found = [one for one in load(folder).problems if not one.warning]
    assert [(one.code, one.place.cell, dict(one.details)) for one in found] == [
        ("unknown-point", f"C{at}", {"near": ""})
    ]


@pytest.mark.parametrize(
    ("system", "said"), [("a", "不满意"), ("b", None), ("c", "各指标的分子不一样"), ("d", "越高越好")]
)
def test_the_workbook_says_which_part_of_a_rate_is_counted(begun, told, system, said):
    """A rate of dissatisfaction filled in with who is satisfied would be published upside down."""
    folder = begun(system)
    told(folder, "new", "round", "2026-q3")
    told(folder, "template", "2026-q3")
    book = openpyxl.load_workbook(folder / "results/2026-q3/scores.xlsx")
    prompts = [rule.prompt for sheet in book for rule in sheet.data_validations.dataValidation if rule.prompt]
    assert [said in one for one in prompts] == ([True] if said else [])
    guide = "\n".join(str(row[0]) for row in book["填写说明"].iter_rows(values_only=True))
    for one in next(iter(load(folder).bureau.schemes.values())).indicators:
        assert f"\n{one.name}：{one.question or ''}" in guide


def test_no_text_becomes_a_formula(begun, told):
    folder = begun("e")
    table = folder / "content" / "companies.csv"
    table.write_text(COMPANIES.replace("甲供水有限公司", "=HYPERLINK(1)").replace("乙供水有限公司", "+cmd"), "utf-8")
    told(folder, "new", "round", "2026-h1")
    complete(folder / "results/2026-h1/round.yaml")
    told(folder, "template", "2026-h1")
    book = openpyxl.load_workbook(folder / "results/2026-h1/scores.xlsx")
    filled = [(sheet[1][cell.column - 1].value, cell) for sheet in book for row in sheet for cell in row if cell.value]
    assert {cell.data_type for _, cell in filled} <= {"s", "n", "f"}
    assert {heading for heading, cell in filled if cell.data_type == "f"} == {TOLD}
    assert not [cell.value for _, cell in filled if cell.data_type == "f" and "HYPERLINK" in cell.value]
    assert book["比率"]["A3"].value == "=HYPERLINK(1)"


def test_the_template_goes_where_it_is_read_and_never_over_a_file(folder, told):
    done = told(folder, "template", "2026-q2")
    assert done.exit_code == 0
    assert (folder / "2026-q2.xlsx").is_file(), "there is a table already"
    again = told(folder, "template", "2026-q2")
    assert (again.exit_code, "file-exists" in again.output) == (1, True)
    assert told(folder, "template", "2026-q9").exit_code == 1
    scores = folder / "results/2026-q2/scores.csv"
    scores.write_text(scores.read_text("utf-8").replace(",74,", ",七十四,", 1), "utf-8")
    unread = told(folder, "template", "2026-q2", "--output", "other.xlsx")
    assert (unread.exit_code, "not-a-number" in unread.output) == (1, True), "a row that cannot be read would be lost"
    assert not (folder / "other.xlsx").exists()


def test_a_round_without_blanks_filled_in_has_its_template_all_the_same(begun, told):
    folder = begun("b")
    told(folder, "new", "round", "2026-q3")
    assert told(folder, "template", "2026-q3").exit_code == 0
    none = begun("c", companies=False)
    told(none, "new", "round", "2026-q3")
    refused = told(none, "template", "2026-q3")
    assert (refused.exit_code, "no-companies" in refused.output) == (1, True)


def test_an_example_is_read_by_nobody_and_an_overwritten_one_by_nobody_either(copy_of):
    copy = copy_of(BUREAU)
    filled_form(copy, "quality-2026", lambda book: book.worksheets[0].__setitem__("C2", "网络投票"))
    found = checked(copy, at_noon)
    assert [one.code for one in found.errors] == ["example-typed-over"]


def test_equal_contents_give_equal_bytes():
    bureau = load(BUREAU).bureau
    one, other = (round_form(bureau, bureau.rounds["2026-q2"], words_of("en")) for _ in range(2))
    assert one == other
