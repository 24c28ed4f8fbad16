"""What is printed once for many pages is what each of them would print, and is noted as read by each."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import AS_OF
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

import publisher.repeated
from publisher import addresses
from publisher.build import publication_of
from publisher.contents import pages_part
from publisher.kept import Reads
from publisher.load.folder import load
from publisher.moments import end_of
from publisher.pages import site_pages
from publisher.render import Renderer, theme_folders
from publisher.repeated import REPEATED, Repeated

ROOT = Path(__file__).parent.parent
LINKS_AND_SITE = {"as_of", "href", "preview", "site", "t", "to"}
"""What is the same on all pages that lie equally deep; what a page reads of the site besides is noted."""
WATCHED = {"alike", "bureau", "concerned", "printed", "threads", "withdrawn"}


@pytest.fixture(scope="module")
def publication():
    return publication_of(load(ROOT).bureau, end_of(date.fromisoformat(AS_OF), ZoneInfo("Asia/Shanghai")))


@pytest.fixture(scope="module")
def theme(publication):
    return Renderer(publication, theme_folders(ROOT)).environment


def tree_of(theme, template):
    return theme.parse(theme.loader.get_source(theme, template)[0])


def asked_of(theme, template, macro):
    """The names that a macro of the theme asks for, and those that the macros ask for which it calls."""
    tree = tree_of(theme, template)
    imported = {one.target: one for one in tree.find_all(nodes.Import)}
    macros = {one.name: one for one in tree.find_all(nodes.Macro)}
    alone = nodes.Template([macros[macro]], lineno=1).set_environment(theme)
    for name in find_undeclared_variables(alone):
        if name in macros:
            yield from asked_of(theme, template, name)
        elif name in imported:
            calls = [one for one in macros[macro].find_all(nodes.Getattr) if getattr(one.node, "name", "") == name]
            for one in calls:
                yield from asked_of(theme, imported[name].template.value, one.attr)
        else:
            yield name


@pytest.mark.parametrize(("template", "macro"), [(name, one) for name, some in REPEATED.items() for one in some])
def test_a_macro_that_is_asked_once_asks_for_nothing_of_its_page(theme, template, macro):
    assert {*asked_of(theme, template, macro)} <= LINKS_AND_SITE | WATCHED
    found = next(one for one in tree_of(theme, template).find_all(nodes.Macro) if one.name == macro)
    assert len(found.args) == 1
    assert "random" not in {one.name for one in found.find_all(nodes.Filter)}


def test_a_name_of_the_page_would_be_seen(theme):
    assert "page" in {*asked_of(theme, "kit.html", "frame")}


def test_each_page_has_noted_what_was_read_for_it():
    reads = Reads({"threads": {"a": 1}})
    threads, repeated, printed = reads.watch("threads", {"a": 1}), Repeated(reads), []

    def prints(noun):
        printed.append(noun)
        return f"{noun} {'a' in threads}"

    for above in ("../", "../", "../../", None, None):
        reads.begin()
        repeated.begin(above)
        reads.note("bureau", "all")
        assert repeated.of("findings.html", "row", prints)("one") == "one True"
        assert reads.seen() == {("bureau", "all", ""), ("threads", "one", "a")}
    assert len(printed) == 4, "once for each depth, and each time where links lead elsewhere"


def test_what_fails_is_not_remembered_and_leaves_what_was_read():
    reads = Reads({})
    repeated = Repeated(reads)
    repeated.begin("")
    reads.note("bureau", "all")
    for noun in ("", "", ()):
        with pytest.raises(ZeroDivisionError):
            repeated.of("findings.html", "row", lambda noun: 1 / len(noun))(noun)
    assert reads.seen() == {("bureau", "all", "")}


def test_no_noun_takes_the_place_of_another(monkeypatch):
    monkeypatch.setattr(publisher.repeated, "MOST", 3)
    repeated = Repeated(Reads({}))
    repeated.begin("")
    for n in (*range(9), *range(9)):
        noun = [n]
        assert repeated.of("findings.html", "row", repr)(noun) == f"[{n}]"
        assert repeated.of("findings.html", "other", lambda noun: f"other {noun}")(noun) == f"other [{n}]"


@pytest.mark.parametrize(("own", "known"), [("figures.html", False), ("mark.html", False), ("assets/own.css", True)])
def test_beside_templates_of_the_bureau_everything_is_printed_anew(publication, tmp_path, own, known):
    path = tmp_path / "templates" / own
    path.parent.mkdir(parents=True)
    path.write_text("")
    assert (Renderer(publication, theme_folders(tmp_path)).environment.repeated is not None) == known


def test_with_the_theme_alone_rows_are_printed_once(publication):
    assert Renderer(publication, theme_folders(ROOT)).environment.repeated is not None


@pytest.mark.parametrize(
    ("path", "round_"),
    [
        *(("rounds/2026-q1/index.html", "2026-q1"), ("rounds/2026-q1/water.v1.html", "2026-q1")),
        *(("compare/2026-q1.html", "2026-q1"), ("embed/2026-q1/water.html", "2026-q1")),
        *(
            ("rounds/index.html", ""),
            ("embed/water.html", ""),
            ("embed/notices/2026-001.html", ""),
            ("compare.html", ""),
        ),
        *(("index.html", ""), ("compare.html", ""), ("companies/water.html", ""), ("indicators/service/q01.html", "")),
    ],
)
def test_a_page_with_the_figures_of_a_round_says_so_by_its_address(path, round_):
    assert addresses.round_of(path) == round_


def test_pages_of_a_round_are_made_one_after_the_other(publication):
    paths = list(pages_part("pages", publication, theme_folders(ROOT), site_pages(publication)).paths)
    rounds = [addresses.round_of(path) for path in paths]
    assert rounds == sorted(rounds)
    assert {*paths} == {page.path for page in site_pages(publication)}
