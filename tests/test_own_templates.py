"""A slip in a bureau's own template is one clear message with file and line, whether or not a page comes by."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, at_noon
from jinja2 import loaders
from patience import no_stall

from publisher import cli
from publisher.assets import assets
from publisher.build import publication_of
from publisher.checking import checked
from publisher.pages import site_pages
from publisher.problems import PublisherError
from publisher.recall import Recall
from publisher.render import Renderer, theme_folders
from publisher.theme.bounds import MAX_COUNTED, MAX_PRINTED
from publisher.theme.faults import MAX_NUMBER, MAX_TEMPLATE, template_faults
from publisher.theme.shelf import Shelf
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
BASE = '{% extends "theme/base.html" %}\n'


@pytest.fixture(scope="module")
def publication():
    return publication_of(checked(BUREAU, at_noon).bureau, at_noon())


@pytest.fixture
def renderer(publication, tmp_path):
    """renderer(**templates): over a bureau's folder with these own templates."""

    def lay(**templates):
        (tmp_path / "templates").mkdir()
        for name, text in templates.items():
            (tmp_path / "templates" / f"{name}.html").write_bytes(text.encode() if isinstance(text, str) else text)
        return Renderer(publication, theme_folders(tmp_path))

    return lay


def seen(problems):
    return [(one.code, one.place.path.removeprefix("templates/"), one.place.line, one.value) for one in problems]


READ = {
    "a name in a branch that no page takes": (
        "{% if false %}\n{{ nonsense }}{% endif %}",
        "unknown-name",
        2,
        "nonsense",
    ),
    "a name with a default": ("\n\n{{ nonsense|default('x') }}", "unknown-name", 3, "nonsense"),
    "a name that is asked for": ("{% if nonsense is defined %}{% endif %}", "unknown-name", 1, "nonsense"),
    "a name of a loop, behind it": ("{% for x in [1] %}{% endfor %}\n{{ x }}", "unknown-name", 2, "x"),
    "words of Latin": ("{{ lipsum() }}", "unknown-name", 1, "lipsum"),
    "a filter": ("{% if false %}\n{{ 1|fliter }}{% endif %}", "unknown-filter", 2, "fliter"),
    "a test": ("{% if false %}\n{{ 1 is evne }}{% endif %}", "unknown-filter", 2, "evne"),
    "words": ("\n{% if false %}{{ t('no.such') }}{% endif %}", "unknown-words", 2, "no.such"),
    "a block that is nowhere": (BASE + "{% block mian %}x{% endblock %}", "unknown-block", 2, "mian"),
    "a text outside every block": (
        BASE + "{% block main %}{% endblock %}\n\n<p>好</p>\n",
        "outside-block",
        4,
        "<p>好</p>",
    ),
    "a value outside every block": (BASE + "{{ page.title }}", "outside-block", 2, "{{ }}"),
    "a template that is nowhere": ('{% if false %}\n{% include "bsae.html" %}{% endif %}', "missing", 2, "bsae.html"),
    "a template of itself": ('\n{% extends "404.html" %}', "circle", 2, "404.html"),
    "a template through another": ('{% include "other.html" %}', "circle", 1, "other.html"),
    "a number without end": ("\n{{ range(10000000000)|list }}", "number", 2, "10000000000"),
    "a power": ("{{ 10 ** 10 ** 10 }}", "number", 1, "**"),
    "a width": ("{{ '%1000000000d'|format(1) }}", "number", 1, "%1000000000d"),
    "brackets in brackets": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "too-deep", 0, ""),
    "branches in branches": ("{% if true %}" * 600 + "{% endif %}" * 600, "too-deep", 0, ""),
    "a template too large": ("x" * (MAX_TEMPLATE + 1), "exceeds", 0, str(MAX_TEMPLATE + 1)),
    "texts as they are": ("{{ page.title|safe }}", "unescaped", 1, "safe"),
    "a part without escaping": (
        "\n{% autoescape false %}{{ page.title }}{% endautoescape %}",
        "unescaped",
        2,
        "autoescape",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_would_go_out_in_silence_is_told_with_its_line(name, renderer):
    text, code, line, value = READ[name]
    with no_stall():
        told = renderer(**{"404": text, "other": '{% include "404.html" ignore missing %}{% import "404.html" as x %}'})
        found = [one for one in seen(told.faults()) if one[1] == "404.html"]
    assert set(found) == {(f"template-{code}", "404.html", line, value)}


def test_all_faults_of_all_templates_are_told_at_once_with_what_was_meant(renderer):
    found = renderer(
        **{
            "404": "{{ pgae.title }}\n{{ 1|fliter }}\n{{ t('no.such') }}",
            "mark": b"\n\x00",
            "notice": "甲".encode("gbk"),
            "round": "\n{% if %}",
        }
    ).faults()
    assert seen(found) == [
        ("template-unknown-filter", "404.html", 2, "fliter"),
        ("template-unknown-name", "404.html", 1, "pgae"),
        ("template-unknown-words", "404.html", 3, "no.such"),
        ("control-character", "mark.html", 2, "U+0000"),
        ("wrong-encoding", "notice.html", 0, ""),
        ("broken-template", "round.html", 2, "Expected an expression, got 'end of statement block'"),
    ]
    assert dict(found[1].details)["near"] == "page"


MADE = {
    "a loop in a loop": (
        "{% for i in range(9999) %}{% for j in range(9999) %}\n{% endfor %}{% endfor %}",
        "too-much",
        1,
    ),
    "a loop as long as the title": ("\n{{ range((page.title|length) * 1000000)|list|length }}", "too-much", 2),
    "numbers beyond a word of the machine": (
        "{% for i in range(9 * 999999 * 999999 * 999999 * 99) %}{% endfor %}",
        "too-much",
        1,
    ),
    "a page without an end": ("\n{% for i in range(999) %}\n{{ page.title|center(30000) }}{% endfor %}", "too-much", 3),
    "a macro of itself": ("{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}", "endless", 2),
}


@pytest.mark.parametrize("name", MADE)
def test_what_only_a_page_can_tell_stops_it_with_the_line(name, renderer):
    text, code, line = MADE[name]
    made = renderer(**{"404": text})
    page = next(page for page in site_pages(made.publication) if page.template == "404.html")
    assert made.faults() == []
    with no_stall(), pytest.raises(PublisherError) as told:
        made.page(page)
    assert [one[:3] for one in seen(told.value.problems)] == [(f"template-{code}", "404.html", line)]


def test_what_is_within_the_bounds_is_printed_and_every_page_begins_anew(renderer):
    """Two pages, each up to both bounds."""
    loop = f"{{% for i in range({MAX_COUNTED}) %}}{{% endfor %}}"
    made = renderer(**{"404": loop + "{% for i in range(0) %}{% endfor %}" + "{{ 'x'|center(1000000) }}" * 20})
    page = next(page for page in site_pages(made.publication) if page.template == "404.html")
    assert made.faults() == []
    assert [made.page(page).count(b"x") for _ in range(2)] == [MAX_PRINTED // 1_000_000] * 2


def test_the_theme_itself_has_no_fault(publication, tmp_path, monkeypatch):
    """Laid down as a bureau's own, which may begin by copying all of it; also where every rule looks at every file."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("assets", "print"))
    assert seen(Renderer(publication, theme_folders(tmp_path)).faults()) == []
    monkeypatch.setattr(Shelf, "is_copied", lambda *_: False)
    assert seen(Renderer(publication, theme_folders(tmp_path)).faults()) == []


def test_an_unchanged_copy_is_told_what_other_templates_make_wrong_in_it(publication, tmp_path):
    """A block that the bureau's own `base.html` has no more, a part that leads back, and what is wrong in a new one."""
    own = tmp_path / "templates"
    own.mkdir()
    for name in ("404.html", "sitemap.html"):
        shutil.copy(ROOT / "templates" / name, own / name)
    (own / "base.html").write_text("{% include '404.html' %}{% block other %}{% endblock %}", "utf-8")
    (own / "mark.html").write_text("{{ nonsense }}", "utf-8")
    found = {(one[0], one[1]) for one in seen(Renderer(publication, theme_folders(tmp_path)).faults())}
    assert found == {
        ("template-circle", "404.html"),
        ("template-unknown-block", "404.html"),
        ("template-unknown-block", "sitemap.html"),
        ("template-circle", "base.html"),
        ("template-unknown-name", "mark.html"),
    }


@pytest.mark.parametrize("named", ['"line.txt"', '"li" ~ "ne.txt"', '["none.txt", "line.txt"]'])
def test_a_part_in_another_encoding_is_told_whatever_its_name_ends_in(named, renderer):
    """Before a page is made, if its name stands there as it is; else with the first page that takes it in."""
    made = renderer(**{"404": f"{{% include {named} %}}"})
    (made.theme[0] / "line.txt").write_bytes("此页搬走了。".encode("gbk"))
    (made.theme[0] / "more.d").mkdir()
    page = next(page for page in site_pages(made.publication) if page.template == "404.html")
    for recall in (None, Recall()) if named == '"line.txt"' else ():
        assert seen(made.faults(recall)) == [("wrong-encoding", "line.txt", 0, "")]
    with pytest.raises(PublisherError) as told:
        made.page(page)
    assert seen(told.value.problems) == [("wrong-encoding", "line.txt", 0, "")]


def test_a_part_that_was_mended_is_told_no_more(renderer):
    made, recall = renderer(**{"404": '{% include "line.txt" %}'}), Recall()
    part = made.theme[0] / "line.txt"
    for text, codes in (("甲".encode("gbk"), ["wrong-encoding"]), ("甲".encode(), [])):
        part.write_bytes(text)
        assert [one.code for one in made.faults(recall)] == codes


@pytest.mark.parametrize("command", ["check", "build"])
def test_both_commands_tell_it_and_the_site_stays(command, copy_of, monkeypatch):
    bureau = copy_of(BUREAU)
    (bureau / "templates").mkdir()
    (bureau / "templates" / "mark.html").write_text("{% if false %}\n{{ nonsense }}{% endif %}", "utf-8")
    monkeypatch.chdir(bureau)
    told = CliRunner().invoke(cli.commands(words_of("zh-Hans")), [command, "--as-of", "2026-11-21 12:00"])
    assert told.exit_code == 1
    assert "templates/mark.html" in told.output
    assert "第 2 行：模板里用了“nonsense”，但没有这个名称。" in told.output
    assert not (bureau / "site").exists()


def test_the_guide_names_the_bounds():
    guide = (ROOT / "templates" / "README.md").read_text("utf-8")
    assert [
        n for n in (MAX_TEMPLATE, MAX_NUMBER, MAX_COUNTED, MAX_PRINTED) if f"{n:,}".replace(",", " ") not in guide
    ] == []


def test_the_theme_counts_anew_for_every_page_too(publication, tmp_path):
    """A large site has many thousands of pages."""
    made = Renderer(publication, theme_folders(tmp_path))
    page = next(page for page in site_pages(publication) if page.template == "404.html")
    made.counting.left = 0
    made.page(page)
    assert made.counting.left > 0


GOOD = '{% extends "theme/404.html" %}'
BAD = GOOD + '{% block main %}{% if false %}{{ t("no.such.words") }}{% endif %}{% endblock %}'


@pytest.fixture
def opened(monkeypatch):
    """What the loaders open; a file whose name is among `locked` cannot be read."""
    found, locked, whole = [], set(), loaders.open if hasattr(loaders, "open") else open

    def watched(file, *given, **named):
        found.append(Path(file).name)
        if Path(file).name in locked:
            raise PermissionError(13, "Permission denied", str(file))
        return whole(file, *given, **named)

    monkeypatch.setattr(loaders, "open", watched, raising=False)
    return found, locked


@pytest.mark.parametrize("recall", [None, Recall()])
def test_a_template_that_cannot_be_read_is_told_and_what_programs_lay_beside_it_is_not_read(renderer, opened, recall):
    found, locked = opened
    locked.update(("404.html", "4913", "HEAD", "~$about.html", ".about.html"))
    made = renderer(**{"404": GOOD, "~$about": "{{ nonsense }}", ".about": "{{ nonsense }}"})
    own = made.theme[0]
    (own / "4913").symlink_to("/proc/self/mem")  # a plain file that nobody can read
    (own / ".git").mkdir()
    (own / ".git" / "HEAD").symlink_to("/proc/self/mem")
    told = [(one.code, one.place.path) for one in made.faults(recall)]
    assert told == [("unreadable-file", "templates/404.html")]
    assert not {*found} & {"4913", "HEAD", "~$about.html", ".about.html"}


def test_a_template_that_is_locked_when_a_page_is_made_is_told(publication, renderer, opened):
    made = renderer(about=GOOD, **{"404": GOOD})
    assert made.faults() == []
    opened[1].add("404.html")
    page = next(one for one in site_pages(publication) if one.template == "404.html")
    with pytest.raises(PublisherError) as raised:
        made.page(page)
    assert [(one.code, one.place.path) for one in raised.value.problems] == [("unreadable-file", "templates/404.html")]


@pytest.mark.parametrize("name", ["own.css", "photo.png"])
def test_an_asset_that_cannot_be_read_is_told(renderer, monkeypatch, name):
    made = renderer()
    asset = made.theme[0] / "assets" / name
    asset.parent.mkdir()
    asset.write_bytes(b"x")
    whole = Path.read_bytes

    def locked(path):
        if path == asset:
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(PublisherError) as raised:
        list(assets(made.theme))
    assert [(one.code, one.place.path) for one in raised.value.problems] == [
        ("unreadable-file", f"templates/assets/{name}")
    ]


def test_a_file_that_is_gone_again_is_no_template(renderer, opened):
    made = renderer(**{"404": GOOD})
    shelf = Shelf(made.environment, made.theme)
    assert shelf.own() == ["404.html"]
    (made.theme[0] / "404.html").unlink()
    assert list(template_faults(shelf, made.publication.words.has)) == []


def test_templates_are_read_once_and_for_nothing_else_than_judging_them(renderer, opened):
    made = renderer(**{"404": GOOD})
    assert made.faults() == []
    assert len(opened[0]) < 8  # of the publisher's only what stands behind the own one
    assert made.faults(Recall()) == []
    assert opened[0].count("search.html") == 1


def test_what_is_told_of_a_template_is_kept_for_the_text_that_it_was_told_of(renderer, monkeypatch):
    """Somebody saves while the templates are looked through, and then takes that back."""
    made, recall = renderer(**{"404": GOOD}), Recall()
    own, whole = made.theme[0] / "404.html", template_faults

    def saved_meanwhile(*given):
        own.write_text(BAD, "utf-8")
        return whole(*given)

    with monkeypatch.context() as context:
        context.setattr("publisher.render.template_faults", saved_meanwhile)
        made.faults(recall)
    told = {}
    for text in (GOOD, BAD):
        own.write_text(text, "utf-8")
        told[text] = [one.code for one in made.faults(recall)]
    assert told == {GOOD: [], BAD: ["template-unknown-words"]}
