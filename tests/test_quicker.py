"""What is written in a quicker way is, byte for byte, what the plain way writes."""

import csv
import io
import json
import random
import re
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import segno
from babel.dates import format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from conftest import AS_OF
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

import publisher.once
from publisher import addresses, render
from publisher.analyse.exactly import simple_mean, total, weighted
from publisher.analyse.places import places
from publisher.analyse.printing import Printing
from publisher.analyse.settled import settled
from publisher.build import publication_of
from publisher.called import Plain, escaped
from publisher.catalogue import entries
from publisher.datasets import RESULTS, guarded, unguarded
from publisher.editions.facts import bytes_of
from publisher.kept import Fingerprints
from publisher.load.folder import load
from publisher.markup import both, cleaned, html_of, raw_html
from publisher.model.figures import Figure, Interval, Margin, State
from publisher.model.settings import Rounding, Thresholds
from publisher.moments import end_of
from publisher.once import once, worded
from publisher.outputs import workbook, written
from publisher.outputs.data import RoundFiles, live_data_files
from publisher.outputs.downloads import Download, download_files, files_of, standing_downloads
from publisher.outputs.kit import ResultFiles
from publisher.outputs.lines import lines_of
from publisher.outputs.packed import filled as made_ready
from publisher.outputs.packed import packed
from publisher.outputs.plainly import BETWEEN_CELLS, BETWEEN_ROWS, text_of
from publisher.outputs.results import result_rows
from publisher.outputs.sheets import plainly
from publisher.outputs.table import cell_of, csv_of, table_of
from publisher.outputs.written import Written, filled
from publisher.pages import site_pages
from publisher.pages.charts import trend
from publisher.pages.history import Histories, _spot
from publisher.qr import Code, code_of
from publisher.qr.symbol import columns_of
from publisher.quicker import Quicker
from publisher.rounding import rounded
from publisher.words import MissingWordsError, words_of

ZONE = ZoneInfo("Asia/Shanghai")

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "publisher" / "locales"
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
ROWS = st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4), max_size=4)
HEADS = st.dictionaries(TEXT.filter(lambda name: name != "rows"), VALUES | st.lists(TEXT, max_size=3), max_size=4)


FACTS = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))


@given(FACTS)
def test_facts_are_written_as_the_library_writes_them(facts):
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    assert bytes_of(facts) == f"{text}\n".encode()


@given(HEADS, ROWS)
def test_json_of_rows_is_what_the_library_indents(head, rows):
    told = {**head, "rows": rows}
    text = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    own = [
        BETWEEN_CELLS.join(
            f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in row.items()
        )
        for row in rows
    ]
    assert text_of(head, own) == text
    assert text_of(head, [BETWEEN_ROWS.join(own[:2]), "", BETWEEN_ROWS.join(own[2:])]) == text


MARGIN = Margin(Decimal(1), Decimal(2))
ENDS = (Decimal("1.005"), Decimal("2.015"))
FIGURES = st.builds(
    Figure,
    state=st.sampled_from(State),
    unit=st.sampled_from(["points", "percent"]),
    exact=st.none() | st.fractions(0, 100),
    printed=st.none() | st.decimals(0, 100, places=2),
    base=st.none() | st.integers(0, 9),
    small=st.booleans(),
    reweighted=st.booleans(),
    certainty=st.sampled_from(["sampled", "partly", "all-cases"]),
    interval=st.none() | st.just(Interval(*ENDS)),
    ends=st.none() | st.just(ENDS),
    margins=st.sampled_from([{}, {"": MARGIN}]),
)


@given(FIGURES, st.sampled_from([None, {"web": MARGIN}]))
def test_figures_changed_in_one_go_are_those_changed_part_by_part(figure, margins):
    """Everything else in them stays as it was."""
    assert settled(figure) == replace(figure, ends=None, margins={})
    printing = Printing(Rounding(), Thresholds(), "dense", 3)
    interval = Interval(Decimal("1.01"), Decimal("2.02"))
    found = printing.between(figure, "sampled", ENDS, margins)
    told = {"certainty": "sampled", "interval": interval, "ends": ENDS, "margins": margins or {}}
    assert found == replace(figure, **told)


@given(st.lists(st.fractions(-100, 100, max_denominator=999), min_size=1, max_size=9))
def test_a_mean_over_one_denominator_is_the_mean(values):
    assert simple_mean(values) == sum(values) / len(values)


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(["half_up", "half_even"]))
def test_a_part_of_whole_numbers_is_rounded_as_the_fraction_is(count, base, rule):
    printing = Printing(Rounding(rule=rule), Thresholds(), "dense", 3)
    assert str(printing.part(count, base)) == str(printing.value(Fraction(100 * count, base), "percent"))


NAMED = ("round", "sector", "company", "company_name", "indicator", "indicator_name")
CELL = (
    TEXT
    | st.none()
    | st.integers()
    | st.decimals(-(10**6), 10**6, places=2)
    | st.sampled_from(["=1", "＋a", 'a"b', "a,b"])
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMED, CELL)), min_size=1, max_size=3), st.data())
def test_rows_of_results_are_what_the_libraries_write(named, data):
    """In whatever order their cells stand, and with names that several rows have."""
    others = [name for name in RESULTS.names if name not in {"record", *NAMED}]
    given_ = st.lists(st.dictionaries(st.sampled_from(others), CELL), min_size=1, max_size=3)
    rows: list = []
    for number, names in enumerate(named):
        kind, filled_in = {"record": f"kind-{number}"}, [{**own, "state": "value"} for own in data.draw(given_)]
        both = [(names, kind | own) for own in filled_in], [({**names, **kind}, own) for own in filled_in]
        rows += both[data.draw(st.booleans())]
    found, plain = lines_of(rows), [{**names, **own} for names, own in rows]
    assert table_of(RESULTS.names, [found.table]) == csv_of(RESULTS.names, plain)
    assert json.loads(text_of({}, [found.json])) == {"rows": [*map(filled, plain)]}
    assert (
        text_of({}, [found.json]).decode()
        == json.dumps({"rows": [*map(filled, plain)]}, ensure_ascii=False, indent=1) + "\n"
    )


@given(st.integers(1, 4), st.data())
def test_a_table_is_what_a_data_frame_writes(width, data):
    names = tuple(f"c{n}" for n in range(width))
    plain = st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"], include_characters=',";\n\r'), max_size=9)
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(names), plain.map("x{}".format)), max_size=4))
    text = io.StringIO()
    frame = pd.DataFrame([{name: row.get(name, "") for name in names} for row in rows], columns=list(names))
    frame.to_csv(text, index=False, lineterminator="\n", na_rep="")
    assert csv_of(names, rows) == text.getvalue().encode("utf-8-sig")


SIGNS = st.text("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20a,\"", max_size=4)
NUMBERS = st.none() | st.integers() | st.booleans() | st.decimals(-100, 100, places=2) | st.dates()


@given(st.integers(1, 4), st.data())
def test_a_table_has_every_cell_as_it_is_made_safe_alone(width, data):
    names = tuple(f"c{n}" for n in range(width))
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(names), SIGNS | NUMBERS), max_size=4))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([names, *([cell_of(row.get(name)) for name in names] for row in rows)])
    assert csv_of(names, rows) == text.getvalue().encode("utf-8-sig")


@given(SIGNS)
def test_a_text_that_would_start_a_formula_is_kept_from_it_and_is_the_same_again(text):
    starts = re.match("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", text)
    assert guarded(text) == (f"'{text}" if starts else text)
    assert unguarded(f"'{text}") == (text if starts else f"'{text}")
    assert unguarded(text) == text or text.startswith("'")


LINES = st.sampled_from(
    [
        "# 一",
        "## two",
        "一\n---",
        "- 一\n- 二",
        "<h2>",
        "**一**",
        "[一](https://a.example)",
        "[一](javascript:x)",
        "a|b\n-|-\n1|2",
    ]
)


@given(st.lists(LINES | TEXT, max_size=5).map("\n\n".join), st.integers(1, 4))
def test_a_text_parsed_once_for_all_levels_is_that_of_its_own(text, level):
    raw = raw_html(text, level)
    assert both(text, level) == (raw, cleaned(raw))
    assert html_of(text, level) == cleaned(raw)


FIGURES = st.dictionaries(TEXT, st.none() | st.decimals(-100, 100, places=1), min_size=2, max_size=9)


@given(FIGURES, st.sampled_from(["higher", "lower"]), st.sampled_from(["dense", "competition"]))
def test_places_are_the_ranks_that_a_data_frame_gives(printed, better, style):
    figures = {name: one if one is None else Figure(State.VALUE, "points", None, one) for name, one in printed.items()}
    found = {name: one.number for name, one in places(figures, better, style).items() if one.number}
    whole = pd.Series({name: int(one.scaleb(1)) for name, one in printed.items() if one is not None}, dtype="int64")
    ranks = whole.rank(method="dense" if style == "dense" else "min", ascending=better == "lower").astype(int)
    assert found == (ranks.to_dict() if len(ranks) > 1 else {})


@given(st.lists(st.tuples(st.fractions(), st.fractions()), max_size=9))
def test_sums_over_one_denominator_are_those_of_fractions(pairs):
    assert total([value for value, _ in pairs]) == sum((value for value, _ in pairs), Fraction(0))
    assert weighted(pairs) == sum((weight * value for weight, value in pairs), Fraction(0))


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.po")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_catalogue_reads_as_babel_reads_it(path):
    with path.open("rb") as file:
        messages = [one for one in read_po(file) if one.id]
    keys = [one.id if isinstance(one.id, str) else one.id[0] for one in messages]
    forms = [(one.string,) if isinstance(one.string, str) else tuple(one.string) for one in messages]
    assert list(entries(path.read_text("utf-8"))) == list(zip(keys, forms, strict=True))


@pytest.fixture(scope="module")
def publication(sample):
    found = publication_of(load(ROOT).bureau, end_of(date.fromisoformat(AS_OF), ZONE))
    return replace(found, printed=Sizes(sample))


@given(st.lists(st.decimals(-99, 99, places=2) | st.integers(-9, 999) | st.booleans()), st.integers(1, 4))
def test_what_is_worded_once_is_what_is_worded_each_time(values, most):
    """80 and 80.00 are equal, and so are 1 and true: they read differently."""
    asked = []
    words = once(lambda value, *more: asked.append(value) or f"{value} {more}")
    printed = worded(lambda value, *more: f"{value} {more}", "<{}>".format)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publisher.once, "MOST", most)
        for value in [*values, *values, Decimal("1.0"), Decimal("1.00"), 1, True]:
            assert words(value) == f"{value} ()"
            assert words(value, "") == f"{value} ()"
            assert words(value, "more") == f"{value} ('more',)"
            for more in ((), ("",), ("more",)):
                assert printed(value, *more) == f"<{words(value, *more)}>"
    asked.clear()
    assert [words(value) for value in (7, 7)] == ["7 ()"] * 2
    # No noun takes another's place in memory.
    assert [printed(Decimal(n)) for n in range(most)] == [f"<{n} ()>" for n in range(most)]
    assert asked == [7]


@given(TEXT | st.text("&<>'\"a") | st.integers() | st.decimals(allow_nan=False) | TEXT.map(Markup) | st.none())
def test_a_text_is_escaped_as_the_library_escapes_it(value):
    assert str(escaped(value)) == str(escape(value))


@pytest.mark.unmeasured
def test_a_history_found_once_for_all_scorecards_is_that_of_each(publication):
    """By the rounds up to its own, whatever was asked before."""
    together = Histories(publication)
    for one in publication.company_results.values():
        found = together.of(one.company, one.scheme).until(one.round)
        rounds = tuple(stage.round.id for stage in found.stages)
        line = [past.round.id for past in publication.history_of(one.scheme.id)]
        own = [id_ for id_ in line if (id_, one.company.id) in publication.company_results]
        assert rounds == tuple(line[line.index(own[0]) : line.index(one.round.id) + 1])
        assert found.stages[-1].result is one
        assert found.trend == trend([_spot(publication, one.company, stage) for stage in found.stages])


def _has_its_rows(one: Download, known: Written) -> bool:
    rows = list(result_rows(one.publication.words, one.result))
    files = dict(files_of(one, known))
    table = csv_of(RESULTS.names, rows)
    tables = [data == table for path, data in files.items() if path.endswith(".csv")]
    return json.loads(files[one.paths[-1]])["rows"] == [*map(filled, rows)] and all(tables)


@pytest.mark.unmeasured
def test_rows_written_once_for_all_files_of_a_round_are_those_of_each_file(publication):
    """In whatever order they are made; also where some companies of a sector have no composite."""
    found = list(standing_downloads(publication))
    for one in (found, found[::-1]):
        known = Written()
        assert [each.page for each in one if not _has_its_rows(each, known)] == []
    whole = next(one.whole for one in found if one.part and one.part[1].composite and len(one.part[0].companies) > 1)
    first, *others = whole.sectors
    sector = replace(first, companies=(replace(first.companies[0], composite=None), *first.companies[1:]))
    result = replace(whole, sectors=(sector, *others))
    parts = [None, *((sector, one) for sector in result.sectors for one in sector.companies)]
    known = Written()
    for part in parts:
        assert _has_its_rows(replace(found[0], whole=result, part=part), known)


@pytest.mark.unmeasured
def test_files_of_results_made_round_by_round_are_those_made_by_themselves(sample, publication):
    """Whichever of them are wanted, and each is made of what tells it."""
    files = ResultFiles(publication, RoundFiles(publication))
    every = dict(files.files())
    assert [*every] == [*files.paths]
    assert [path for path, data in every.items() if (sample / path).read_bytes() != data] == []
    assert {path for path, _ in download_files(publication)} < every.keys()
    tables = {one.path: one for one in live_data_files(publication) if one.result}
    assert tables
    assert all(every[path] == one.data for path, one in tables.items() if path in every)
    for path in [*files.paths][::7]:
        assert dict(files.files([path]))[path] == every[path]
    prints = Fingerprints()
    told = {path: prints.of(files.made_of(path)) for path in files.paths}
    assert told == {path: Fingerprints().of(files.made_of(path)) for path in reversed(files.paths)}
    pages = {one.page: one.paths for one in standing_downloads(publication) if one.part}
    assert all(len({told[path] for path in paths}) == 1 for paths in pages.values())
    assert len({told[paths[0]] for paths in pages.values()}) == len(pages)


@pytest.mark.unmeasured
def test_rows_of_a_company_are_written_once_for_all_files(publication, monkeypatch):
    told = []
    rows = written.rows_of_company
    monkeypatch.setattr(written, "rows_of_company", lambda *given: told.append(id(given[2])) or rows(*given))
    assert sum(1 for _ in ResultFiles(publication, RoundFiles(publication)).files()) > 100
    assert len(told) == len({*told}) > 40


@pytest.mark.unmeasured
def test_every_workbook_is_what_the_plain_way_makes(sample, publication, monkeypatch):
    made = []

    def by_the_library(title, sheets):
        made.append(plainly(title, [(name, [one.row for one in rows]) for name, rows in sheets]))
        return made[-1]

    monkeypatch.setattr(workbook, "packed", by_the_library)
    files = {path: data for path, data in download_files(publication) if path.endswith(".xlsx")}
    assert [path for path, data in files.items() if (sample / path).read_bytes() != data] == []
    assert len(made) > 50


CELLS = st.none() | st.decimals(-999, 999, places=2) | st.integers(0, 9999) | st.text(max_size=5)
SHEET = st.lists(st.tuples(st.text(min_size=1, max_size=3), st.lists(CELLS, max_size=4)), max_size=20)


@settings(max_examples=40)
@given(st.lists(SHEET, min_size=1, max_size=3), st.sampled_from(["A title", "", "<&>", " blank", "_x0041_"]))
def test_any_workbook_is_what_the_plain_way_makes(sheets, title):
    rows = [[["head", "more"], *([first, *rest] for first, rest in one)] for one in sheets]
    given_ = [(f"sheet {n}", one) for n, one in enumerate(rows)]
    ready = [(name, [*map(made_ready, one)]) for name, one in given_]
    assert packed(title, ready) == packed(title, ready) == plainly(title, given_)


@pytest.mark.unmeasured
def test_every_page_is_what_the_plain_way_renders(sample, publication, monkeypatch):
    """The whole sample, its superseded pages among it."""
    monkeypatch.setattr(render, "compiled", lambda *_: None)
    monkeypatch.setattr(render, "Quicker", CodeGenerator)
    renderer = render.Renderer(publication, render.theme_folders(ROOT))
    assert renderer.environment.code_generator_class is CodeGenerator
    pages = site_pages(publication)
    differing = [page.path for page in pages if renderer.page(page) != (sample / page.path).read_bytes()]
    assert not differing
    assert len(pages) > 300


class Sizes(dict):
    """How large each PDF and image of the site is."""

    def __init__(self, site):
        super().__init__({path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*.p[dn][fg]")})


SIGNED = "home.empty"
"""Words with a sign to escape."""
TEMPLATE = """
{%- macro shown(value, more=1) %}<b>{{ value }}{{ more }}</b>{% endmacro -%}
{%- macro around() %}<i>{{ caller() }}</i>{% endmacro -%}
{{ value }}|{{ shown(value) }}|{{ shown(value, 2) }}|{{ shown(shown(value), more=value) }}|{{ t("site.rounds") }}|
{%- call around() %}{{ value }}{% endcall %}|{{ t("site.rounds") ~ value }}|{{ pair(value, 2) }}|{{ none }}{{ 1.50 }}|
{%- autoescape false %}{{ value }}{{ shown(value) ~ value }}{% endautoescape %}|
{%- for t in (pair,) %}{{ t("site.rounds", value) }}{% endfor %}|{{ dict(a=value).a }}|{{ range(2)|list }}|
{%- macro named() %}{{ kwargs.get("a") }}{{ varargs }}{% endmacro -%}
{%- macro keyed() %}{{ kwargs.get("a") }}{% endmacro -%}
{{ named() }}|{{ named(a=value) }}|{{ named(value, 2) }}|{{ keyed() }}|{{ keyed(a=value) }}|{{ keyed() ~ value }}|
{{ t("planned", moment=value) }}|{{ t("count.valid", n=one, number=value) }}|{{ t("count.valid", n=2, number=5) ~ 1 }}|
{{ t("site." ~ "rounds") }}|{{ t("plan" ~ "ned", moment=value) }}|
{{ value ~ "<b>" ~ none ~ value }}|{{ value is none }}{{ value is not none }}|
{%- for to in (dict(HOME=value, card=pair),) %}{{ to.HOME }}{{ to.card(value, 1) }}{% endfor %}|{{ to.HOME }}|
{{ to.card("a/b.html") }}|{{ to.__name__ is defined }}|{{ to.nothing is defined }}|{{ {"a": {"b": value}}.a.b }}|
{{ value.gone is defined }}|{{ value.__class__.__name__.__class__.__name__ }}|
{{ pair(pair(value, to.HOME), t("site.rounds")) }}|{{ t(key) }}|{{ t(key) ~ t(key) }}|{{ t(Markup(key)) }}|
{%- macro inner(value, t) %}{{ shown(value) }}{{ t(value, key) }}{% endmacro -%}{{ inner(value, pair) }}|
{{ given(value, 1) }}|{{ value|wrapped }}|{{ value|wrapped("<") }}|{{ value|wrapped(more="<") }}|
{{ value|wrapped ~ key }}|{{ shown(value|wrapped) }}|{{ t(signed) }}{{ t(signed) }}|
{{ key.upper() }}|{{ key.replace("s", "<") }}|{{ {"a": shown}.a(value) }}|{{ {"a": value}.get("a") }}|
{%- filter wrapped %}{{ value }}{% endfilter %}|{{ "a"|wrapped }}|{{ shown(value)|wrapped }}
"""


@pytest.mark.parametrize(
    "value", ["", "plain 中文", "<&>'\"", Markup("<b>&amp;</b>"), 5, None, Decimal("1.50"), State.VALUE]
)
def test_what_a_template_may_do_reads_the_same(value):
    texts = []
    for kind, generator in (
        (Environment, CodeGenerator),
        (Plain, CodeGenerator),
        (Environment, Quicker),
        (Plain, Quicker),
    ):
        environment = kind(autoescape=True, undefined=StrictUndefined)
        environment.code_generator_class = generator
        environment.filters["wrapped"] = lambda one, more="": f"<{one}{more}>"
        if kind is Plain:
            environment.worded = {"wrapped": worded(environment.filters["wrapped"], escaped)}
        pair = lambda one, two: f"<{one}{two}>"  # noqa: E731
        environment.globals.update(t=words_of("en"), to=addresses, pair=pair, Markup=Markup)
        names = {"key": "site.rounds", "signed": SIGNED, "given": pair}
        texts.append(environment.from_string(TEMPLATE).render(value=value, one=1, **names))
    assert len({*texts}) == 1
    assert words_of("en")("site.rounds") in texts[0]
    assert words_of("en")(SIGNED) != escape(words_of("en")(SIGNED))


FAILING = [
    *("{{ t('no.such.key') }}", "{{ gone }}", "{{ gone() }}", "{{ t(gone) }}", "{{ t('no.such.key', n=1) }}"),
    *("{{ t('planned', other=1) }}", "{{ t('planned', moment=gone) }}", "{{ t('count.valid', m=1) }}"),
    *("{{ t.gone }}", "{{ to.gone }}", "{{ to.gone() }}", "{{ 'a' ~ gone }}", "{{ gone.part }}", "{{ ''.part.part }}"),
    *("{{ t(key) }}", "{{ key(1) }}", "{% for t in (key,) %}{{ t('site.rounds') }}{% endfor %}"),
    *("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "{% macro m() %}{{ caller() }}{% endmacro %}{{ m(1) }}"),
    *("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}"),
]


@pytest.mark.parametrize("template", FAILING)
def test_what_fails_fails_the_same(template):
    told = []
    for generator in (CodeGenerator, Quicker):
        environment = Environment(autoescape=True, undefined=StrictUndefined)
        environment.code_generator_class = generator
        environment.globals.update(t=words_of("en"), to=addresses)
        with pytest.raises((MissingWordsError, UndefinedError, KeyError, TypeError)) as error:
            environment.from_string(template).render(key="no.such.key")
        told.append((type(error.value), str(error.value)))
    assert told[0] == told[1]


@given(st.decimals(-(10**20), 10**20, places=2) | st.integers(-(10**20), 10**20))  # Babel takes up to 28 digits
def test_a_number_is_printed_as_babel_prints_it(value):
    for language, locale, pattern in (("zh-Hans", "zh_Hans", "0"), ("en", "en", "#,##0")):
        digits = str(value).lstrip("-")
        decimals = "." + "0" * (len(digits.partition(".")[2])) if "." in digits else ""
        text = str(format_decimal(Decimal(digits), pattern + decimals, locale, decimal_quantization=False))
        assert words_of(language).number(value) == ("−" if value < 0 else "") + text


@given(st.datetimes(timezones=st.sampled_from([ZONE, UTC])), st.sampled_from(["zh-Hans", "en"]))
def test_a_moment_is_printed_as_babel_prints_it_in_its_zone(moment, language):
    words = words_of(language)
    for one in (moment, moment.astimezone(UTC), moment.astimezone(ZONE)):
        pattern, locale = words("pattern.moment"), language.replace("-", "_")
        assert words.moment(one) == format_datetime(one, pattern, locale=locale)


@given(st.fractions() | st.decimals(allow_nan=False, allow_infinity=False), st.integers(0, 4), st.booleans())
def test_rounding_in_whole_numbers_is_that_of_fractions(value, decimals, even):
    scaled = abs(Fraction(value)) * 10**decimals
    below = scaled.numerator // scaled.denominator
    rest = scaled - below
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (not even or below % 2 == 1))
    found = rounded(value, decimals, "half_even" if even else "half_up")
    assert abs(Fraction(found)) * 10**decimals == below + up
    assert str(found) == str(Decimal(-(below + up) if value < 0 else below + up).scaleb(-decimals))


def _from_the_library(text: str, mask: int | None) -> list[str]:
    modules = segno.make(text, error="l", micro=False, boost_error=False, mask=mask).matrix
    return ["".join(map(str, column)) for column in zip(*modules, strict=True)]


@pytest.mark.parametrize("mask", [None, 0, 3, 7])
def test_the_code_of_an_address_is_that_of_the_library_in_every_size(mask: int | None) -> None:
    chance = random.Random(7)  # noqa: S311  (test data)
    for length in range(1, 231, 5):
        text = "a" + "".join(chr(chance.randrange(32, 127)) for _ in range(length - 1))
        assert columns_of(text, mask) == _from_the_library(text, mask), text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60))
@settings(max_examples=60, deadline=None)
def test_the_best_mask_of_a_code_is_the_one_that_the_library_takes(path: str) -> None:
    address = f"https://bench.example/{path}"
    assert columns_of(address, None) == _from_the_library(address, None)


@pytest.mark.parametrize("text", ["HTTP://A.EXAMPLE", "0123", "\u8bc4\u4ef7", "a\u00e9", "a" * 231, "a\n"])
def test_what_is_no_plain_address_is_left_to_the_library(text: str) -> None:
    assert columns_of(text, None) is None
    size, modules = code_of(text).size, _from_the_library(text, None)
    assert size == len(modules) + 8
    assert code_of(text) == Code(size, _drawn(modules))


def _drawn(columns: list[str]) -> str:
    """Stroke by stroke, without any table."""
    path = ""
    for x, column in enumerate(columns, 4):
        path += f"M{x}.5 4"
        for run in re.findall("0+|1+", column):
            path += f"v{len(run)}" if run[0] == "1" else f"m0 {len(run)}"
    return path
