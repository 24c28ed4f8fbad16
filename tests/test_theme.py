"""The bureau's own theme: it wins file by file, and a fault in it is told and leaves the old site alone."""

# ruff: noqa: DTZ001  (a moment of the inputs is the bureau's own time)

import re
import shutil
from datetime import datetime

import pytest
from click.testing import CliRunner
from conftest import ROOT, at_noon

from publisher import cli
from publisher.assets import STYLE_PARTS
from publisher.build import build as build_site
from publisher.checking import checked
from publisher.problems import PublisherError
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The site of the unchanged bureau."""
    site = tmp_path_factory.mktemp("plain") / "site"
    build_site(BUREAU, site, at_noon)
    return site


@pytest.fixture
def bureau(copy_of):
    return copy_of(BUREAU)


@pytest.fixture
def run(bureau, monkeypatch):
    """run("build", ...): the command in the bureau's folder; what is a bug is raised."""

    def invoke(*words):
        monkeypatch.chdir(bureau)
        return CliRunner().invoke(cli.commands(words_of("zh-Hans")), words, catch_exceptions=False)

    return invoke


def lay(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding=encoding, newline="\n")


def content(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_one_template_and_the_colours_of_the_bureau_win_over_the_theme(bureau, plain, tmp_path):
    lay(bureau / "templates" / "404.html", '{% extends "base.html" %}{% block main %}<p>此页搬走了。</p>{% endblock %}')
    lay(bureau / "templates" / "assets" / "tokens.css", ":root { --ink: #123457; }\n")
    lay(bureau / "templates" / "assets" / "emblem.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    build_site(bureau, tmp_path / "site", at_noon)
    now, before = content(tmp_path / "site"), content(plain)
    differing = {path for path in now | before if now.get(path) != before.get(path)}
    assert differing - {"SHA256SUMS"} == {"404.html", "assets/style.css", "assets/emblem.svg"}
    assert "<p>此页搬走了。</p>" in now["404.html"].decode()
    assert now["assets/style.css"].startswith(b":root{--ink:#123457}")


def differing(now, before):
    return {path for path in now | before if now.get(path) != before.get(path)} - {"SHA256SUMS"}


def test_one_colour_changes_the_style_sheet_alone_and_wins(bureau, plain, tmp_path):
    lay(bureau / "templates" / "assets" / "own.css", "/* 深红 */\n:root { --deep: #7a1f1f; }\n")
    build_site(bureau, tmp_path / "site", at_noon)
    now, before = content(tmp_path / "site"), content(plain)
    assert differing(now, before) == {"assets/style.css"}
    assert now["assets/style.css"] == before["assets/style.css"].rstrip() + b":root{--deep:#7a1f1f}\n"


def test_one_block_changes_on_every_page_and_the_rest_stays(bureau, plain, tmp_path):
    """`theme/` is the publisher's own file, also from a file of the same name."""
    lay(
        bureau / "templates" / "base.html",
        '{% extends "theme/base.html" %}{% block foot %}<p>由信息中心维护</p>\n{% endblock %}',
    )
    build_site(bureau, tmp_path / "site", at_noon)
    now, before = content(tmp_path / "site"), content(plain)
    pages = {path for path, data in before.items() if b'<footer class="foot">' in data}
    assert len(pages) > 40
    assert differing(now, before) == pages
    assert {now[path].replace("<p>由信息中心维护</p>\n".encode(), b"") == before[path] for path in pages} == {True}


def test_one_block_of_one_kind_of_page_keeps_what_stood_there(bureau, plain, tmp_path):
    lay(
        bureau / "templates" / "scorecard.html",
        '{% extends "theme/scorecard.html" %}{% block main %}{{ super() }}<p>{{ page.title }}</p>{% endblock %}',
    )
    build_site(bureau, tmp_path / "site", at_noon)
    now, before = content(tmp_path / "site"), content(plain)
    changed = differing(now, before)
    assert changed == {path for path in before if re.fullmatch(r"rounds/[^/]+/(?!index\.)[^/]+\.html", path)}
    assert all(b'<section id="reply"' in now[path] for path in changed)


def test_the_mark_is_one_small_template(bureau, plain, tmp_path):
    lay(bureau / "templates" / "mark.html", '<img src="{{ href("assets/emblem.png") }}" alt="" width="44" height="44">')
    (bureau / "templates" / "assets").mkdir()
    (bureau / "templates" / "assets" / "emblem.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    build_site(bureau, tmp_path / "site", at_noon)
    now = content(tmp_path / "site")
    assert '<img src="../assets/emblem.png" alt=""' in now["companies/water-a.html"].decode()
    assert "assets/emblem.png" in now


def test_what_the_readme_calls_stable_is_there():
    """Every token, block, file and name that it lists; and every part of the style sheet."""
    theme = ROOT / "templates"
    told = (theme / "README.md").read_text("utf-8")
    base = (theme / "base.html").read_text("utf-8")
    tokens = (theme / "assets" / "tokens.css").read_text("utf-8")
    listed = set(re.findall(r"`(--[a-z]+)`", told))
    assert {"--deep", "--link", "--song"} <= listed
    assert [token for token in listed if not re.search(rf"{token}:", tokens)] == []
    blocks = re.findall(r"^\| `([a-z]+)` \|", told, re.MULTILINE)
    assert blocks == ["head", "sheet", "icon", "foot", "main", "scripts"]
    assert [block for block in blocks if f"{{% block {block} %}}" not in base] == []
    assert (theme / "mark.html").is_file()
    assert all((theme / "assets" / f"{part}.css").is_file() for part in STYLE_PARTS)


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("404.html", "<p>好</p>\n{% if %}\n", 2),
        ("404.html", "<p>{{ page.nonsense.more }}</p>\n", 0),
        ("404.html", "{% include 'absent.html' if page %}\n", 0),
    ],
)
def test_a_broken_template_is_a_fault_of_the_bureau(bureau, tmp_path, path, text, line):
    """As far as only a page can tell; `test_own_templates.py` has what is read before."""
    lay(bureau / "templates" / path, text)
    with pytest.raises(PublisherError) as told:
        build_site(bureau, tmp_path / "site", at_noon)
    (problem,) = told.value.problems
    assert problem.code == "broken-template"
    assert problem.place.path in {f"templates/{path}", "templates/absent.html"}
    assert not line or problem.place.line == line
    assert problem.value
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("path", "text", "encoding", "code"),
    [
        ("404.html", "{% block %}", "utf-8", "broken-template"),
        ("404.html", "{{ nonsense }}", "utf-8", "template-unknown-name"),
        ("404.html", "{{ t(page.title) }}", "utf-8", "broken-template"),
        ("404.html", "{{ 1 / 0 }}", "utf-8", "broken-template"),
        ("404.html", "<p>此页搬走了</p>", "gbk", "wrong-encoding"),
        ("assets/tokens.css", "/* 颜色 */ :root { --ink: #123457; }", "gbk", "wrong-encoding"),
    ],
)
def test_the_command_tells_it_and_leaves_the_site(bureau, plain, run, path, text, encoding, code):
    shutil.copytree(plain, bureau / "site")
    lay(bureau / "templates" / path, text, encoding)
    told = run("build", "--as-of", "2026-11-21 12:00")
    assert told.exit_code == 1
    assert f"templates/{path}" in told.output
    assert f"[{code}]" in told.output
    assert content(bureau / "site") == content(plain)


def test_what_editors_leave_about_is_not_published(bureau, plain, tmp_path):
    assets = bureau / "templates" / "assets"
    for name in (".logo.svg.swp", "logo.svg~", "#logo.svg#", ".DS_Store", "Thumbs.db", "logo copy.svg", "logo"):
        lay(assets / name, "x")
    lay(assets / "logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    build_site(bureau, tmp_path / "site", at_noon)
    assert content(tmp_path / "site").keys() - content(plain).keys() == {"assets/logo.svg"}


@pytest.mark.parametrize("output", ["content", ".", "results", "content/site", "..", "templates/assets", "./content/"])
def test_a_site_is_not_built_over_the_inputs(bureau, run, output):
    before = content(bureau)
    assert run("build", "--output", output).exit_code == 2
    assert content(bureau) == before


@pytest.mark.parametrize("address", ["https://[x", "https://", "ftp://test.example", "https://a b.example", "//x"])
def test_an_address_that_is_none_is_a_fault(bureau, run, address):
    change(bureau / "content" / "site.yaml", "base_url: https://test.example/pingjia", f'base_url: "{address}"')
    assert [(one.code, one.place.line) for one in checked(bureau, at_noon).errors] == [("not-an-address", 10)]
    told = run("check", "--as-of", "2026-11-21")
    assert told.exit_code == 1
    assert "[not-an-address]" in told.output


def test_a_moment_of_another_zone_is_the_same_moment_in_the_bureaus_time(bureau, plain, tmp_path):
    """On the pages, in the data, in the feed: the site is the same to the byte."""
    change(bureau / "content" / "notices" / "2026-q2-results.md", "at: 2026-07-20 10:00", "at: 2026-07-20 02:00+00:00")
    change(
        bureau / "results" / "2026-q2" / "round.yaml", "release_at: 2026-07-20 10:00", "release_at: 2026-07-20T02:00Z"
    )
    change(bureau / "results" / "2026-q2" / "round.yaml", "at: 2026-07-18 16:00", 'at: "2026-07-18 03:00-05:00"')
    found = checked(bureau, at_noon)
    assert found.problems == []
    assert found.bureau.rounds["2026-q2"].release_at == datetime(2026, 7, 20, 10)
    build_site(bureau, tmp_path / "site", at_noon)
    assert content(tmp_path / "site") == content(plain)
