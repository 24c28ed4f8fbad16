"""What in a bureau's own `templates/` changes nothing, or could hardly be read, is a warning that names the place."""

import re

import pytest
from click.testing import CliRunner
from conftest import ROOT
from patience import no_stall

from publisher import cli
from publisher.build import unnoticed
from publisher.theme.colours import contrast, is_colour
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
BASE = '{% extends "theme/base.html" %}{% block foot %}'
DARK = "@media screen and (prefers-color-scheme: dark)"


@pytest.fixture
def told(tmp_path):
    """told(files): (code, path, line, value) of every warning of a folder with these files of its own."""

    def lay(files):
        for name, content in files.items():
            path = tmp_path / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = unnoticed(tmp_path)
        assert all(one.warning for one in found)
        return [(one.code, one.place.path.removeprefix("templates/"), one.place.line, one.value) for one in found]

    return lay


IDLE = {
    "scoercard.html": "template-unused",
    "part.html": "template-unused",
    "own.css": "theme-unused",
    "emblem.png": "theme-unused",
    "print/notcie.typ": "theme-unused",
    "print/fonts/FangSong.woff2": "theme-unused",
    "assets/style.css": "theme-not-served",
    "assets/国徽.png": "theme-not-served",
    "assets/Emblem.PNG": "theme-not-served",
    "assets/emblem": "theme-not-served",
}


@pytest.mark.parametrize("name", IDLE)
def test_a_file_that_nothing_takes_up_is_told(name, told):
    assert told({name: "x"}) == [(IDLE[name], name, 0, "")]


def test_what_was_probably_meant_is_told_with_it(tmp_path, told):
    told({"scoercard.html": "x", "own.css": "x", "print/notcie.typ": "x"})
    meant = {dict(one.details)["near"] for one in unnoticed(tmp_path)}
    assert meant == {"scorecard.html", "assets/own.css", "print/notice.typ"}


def test_what_is_taken_up_is_not_told(told):
    """Files of the publisher's own names, what they name in turn, what is published, and notes to oneself."""
    whole = {
        "base.html": BASE + '{% include "parts/line.html" %}{% include "line.txt" %}{% endblock %}',
        "parts/line.html": "x",
        "line.txt": "x",
        "mark.html": "x",
        "print/notice.typ": '#import "own.typ": *',
        "print/own.typ": '#image("seal.svg")',
        "print/seal.svg": "x",
        "print/fonts/FangSong.ttf": "x",
        "assets/own.css": "",
        "assets/tokens.css": "",
        "assets/faces/song.woff2": "x",
        "assets/emblem.png": b"\x89PNG",
        "README.md": "x",
        "Thumbs.db": b"\xff",
        ".mark.html.swp": "x",
    }
    assert told(whole) == []


def test_a_bureau_that_changes_nothing_is_told_nothing(tmp_path):
    assert unnoticed(tmp_path) == []
    assert unnoticed(ROOT) == []


STYLES = {
    "a token that is nowhere": (":root {\n  --lnik: #8c1d16 }", "style-token", 2, "--lnik"),
    "a token asked for that is nowhere": ("h1 { color: var(--lnik) }", "style-token", 1, "--lnik"),
    "a colour a digit short": (":root {\n\n  --link: #8c1d1 }", "style-colour", 3, "#8c1d1"),
    "a colour that is a word for none": (":root { --link: rde }", "style-colour", 1, "rde"),
    "a semicolon left out": (":root {\n --good: #040\n --bad: #800; }", "style-colour", 2, "#040 --bad: #800"),
    "no colon": ("h1 {\n color red;\n}", "style-no-colon", 2, "color red"),
    "a brace too few": ("h1 { color: red;\n", "style-braces", 2, "{"),
    "a brace too many": ("/* {\n */\nh1 { color: red } }", "style-braces", 3, "}"),
    "an import": ('\n@import "more.css";', "style-import", 2, '@import "more.css"'),
    "another host": ("h1 { background: url(//cdn.example/a.png) }", "style-outside", 1, "//cdn.example/a.png"),
    "a file that is not there": ('h1 { background: url("a.png?1") }', "style-missing-file", 1, "a.png?1"),
    "faint letters": (":root { --soft: #999; }", "style-contrast", 1, "#999"),
    "a faint ground": (":root {\n--deep: #9ab }", "style-contrast", 2, "#9ab"),
    "letters for light alone": (":root { --link: #8c1d16 }", "style-contrast-dark", 1, "#8c1d16"),
    "letters for dark that are too dark": (f"{DARK} {{\n:root {{ --link: #a33 }} }}", "style-contrast-dark", 2, "#a33"),
}


@pytest.mark.parametrize("name", STYLES)
def test_a_slip_in_the_style_is_told_with_its_line(name, told):
    text, code, line, value = STYLES[name]
    assert set(told({"assets/own.css": text})) == {(code, "assets/own.css", line, value)}


@pytest.mark.parametrize(
    "text",
    [
        f":root {{ --deep: #7a1f1f; --link: #8c1d16 }}\n{DARK} {{ :root {{ --link: #f0a8a0 }} }}",
        ":root { --mine: #333; --deep: DarkRed !important; --rule: 2px solid var(--mine) }",
        ":root { --link: light-dark(#8c1d16, #f0a8a0) } @media print { :root { --link: #ccc } }",
        '@font-face { font-family: "Own; {"; src: url("faces/song.woff2") format("woff2") }',
        "h1 { background: url(data:image/png;base64,AAAA) no-repeat, url('../assets/emblem.png') }",
        '@charset "utf-8";\n/* } " */ a:hover { color: #ccc }',
    ],
)
def test_a_style_that_is_right_is_told_nothing(text, told):
    assert told({"assets/own.css": text, "assets/faces/song.woff2": "x", "assets/emblem.png": "x"}) == []


@pytest.mark.parametrize("text", ["u", "/", "a{", '"', "url(", "/*", ":root{--link:", "}", "a{--x:1;}", "a{b:c;"])
def test_no_style_can_stall_the_program(text, told):
    with no_stall():
        told({"assets/own.css": " " + text * 20_000})


def test_the_guide_shows_a_style_that_is_right(told):
    (example,) = re.findall(r"```css\n(.*?)```", (ROOT / "templates" / "README.md").read_text("utf-8"), re.DOTALL)
    assert told({"assets/own.css": example}) == []


def test_colours_of_a_sheet_of_tokens_are_judged_as_well(told):
    """A bureau may put its own `tokens.css` in the place of the publisher's."""
    text = (ROOT / "templates" / "assets" / "tokens.css").read_text("utf-8")
    assert told({"assets/tokens.css": text}) == []
    found = told({"assets/tokens.css": text.replace("--soft: #56616e", "--soft: #8f9aa7")})
    assert {(one[0], one[3]) for one in found} == {("style-contrast", "#8f9aa7")}


def test_contrast_is_that_of_the_guidelines():
    """The pairs that are given there and in the rules for government pages."""
    for one, other, ratio in (
        ("#000", "#fff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#999", "#FFF", 2.85),
        ("#ff0000", "#fff", 4.00),
        ("#015293", "#ffff", 7.99),
        ("#ff0", "#000", 19.56),
    ):
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(other, one) == contrast(one, other)
    assert contrast("#0008", "#fff") is None
    assert contrast("red", "#fff") is None


def test_what_is_a_colour():
    assert all(map(is_colour, ("#123", "#12345678", "Red", "rgb(1 2 3 / 50%)", "var(--ink)", "CanvasText", "inherit")))
    assert not any(map(is_colour, ("", "#12", "#12345", "#ggg", "17406d", "rgb(1", "redd", "1px")))


@pytest.mark.parametrize("command", ["check", "build"])
def test_both_commands_tell_it_and_the_site_is_made(command, copy_of, monkeypatch):
    """A build that has nothing to do tells it again."""
    bureau = copy_of(BUREAU)
    (bureau / "templates" / "assets").mkdir(parents=True)
    (bureau / "templates" / "scoercard.html").write_text("x", "utf-8")
    (bureau / "templates" / "assets" / "own.css").write_text(":root { --soft: #999 }", "utf-8")
    monkeypatch.chdir(bureau)
    for _ in range(2):
        found = CliRunner().invoke(cli.commands(words_of("zh-Hans")), [command, "--as-of", "2026-11-21 12:00"])
        assert found.exit_code == 0
        assert "是不是“scorecard.html”？" in found.output
        assert "的对比度只有 2.84:1" in found.output
    assert (bureau / "site" / "index.html").is_file() == (command == "build")
