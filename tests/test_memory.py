"""What is let go: nothing holds what all pages print, nor what results were computed from."""

import gc
import tracemalloc
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from conftest import ROOT, at_noon
from test_unchanged import SMALL

import publisher.write
from publisher import render
from publisher.build import publication_of
from publisher.checking import checked
from publisher.cli import commands
from publisher.kept import Fingerprints, Made, Memory, fingerprint
from publisher.model.figures import Figure, State
from publisher.pages import site_pages
from publisher.pieces import in_pieces
from publisher.words import words_of


@pytest.fixture(scope="module")
def found():
    return checked(SMALL, at_noon)


@pytest.fixture(scope="module")
def publication(found):
    return publication_of(found.bureau, at_noon())


def alive():
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects())


def test_a_list_of_pages_holds_nothing_that_is_drawn_on_them(publication):
    before = alive()
    pages = site_pages(publication)
    cards = [page for page in pages if page.template == "scorecard.html"]
    listed = alive()
    made = [page.whole for page in cards]
    drawn = alive()
    assert len(cards) > 2
    for kind in ("Stage", "Mark", "Trend", "Asked"):
        assert listed[kind] == before[kind], kind
    assert drawn["Stage"] >= before["Stage"] + len(made)


def test_of_a_page_that_was_made_nothing_waits_for_a_search_of_the_memory(publication):
    """Whatever its templates set and import; what all pages import stays."""
    renderer = render.Renderer(publication, render.theme_folders(ROOT))
    pages = [page for page in site_pages(publication) if page.template in {"scorecard.html", "company.html"}]
    first = [renderer.page(page) for page in pages]
    alive()
    gc.disable()
    try:
        before = Counter(type(one).__name__ for one in gc.get_objects())
        assert [renderer.page(page) for page in pages] == first
        after = Counter(type(one).__name__ for one in gc.get_objects())
    finally:
        gc.enable()
    assert len(pages) > 5
    assert before["Passing"] == after["Passing"] > 0
    assert after["Macro"] - before["Macro"] < len(pages)


def test_what_a_page_prints_is_the_same_each_time_it_is_found(publication):
    for page in site_pages(publication):
        assert Fingerprints().of((page.whole, 1)) == Fingerprints().of((page.whole, 1))
        assert page.whole.later is None
        assert page.data.items() <= page.whole.data.items()


def figures_of(company):
    yield from filter(None, (company.composite, company.previous, company.average))
    yield from (one.figure for one in (*company.dimensions, *company.aspects) if one.figure)
    named = (company.indicators, company.small_parts, company.lowest, company.most_dissatisfied, company.fell)
    for one in (one for some in named for one in some):
        yield from filter(None, (one.figure, one.dissatisfied, one.average, one.previous))
        yield from (channel.figure for channel in one.channels)


def test_results_keep_of_a_figure_what_is_printed(publication):
    rounds = publication.analysis.rounds
    companies = [one for result in rounds for sector in result.sectors for one in sector.companies]
    figures = [figure for one in companies for figure in figures_of(one)]
    assert any(one.interval for one in figures)
    assert not [one for one in figures if one.margins or one.ends]


def test_one_company_of_a_round_keeps_what_its_composite_is_worked_out_from(publication):
    worked = [one.worked for one in publication.analysis.rounds if one.worked and one.worked.composite.interval]
    assert worked
    for one in worked:
        assert one.composite.margins
        assert any(each.figure.margins or any(c.figure.margins for c in each.channels) for each in one.indicators)


def test_scores_are_gone_before_the_first_page_is_made(copy_of, monkeypatch):
    root, real, seen = copy_of(SMALL), publisher.write.write_site, []

    def write_site(folder, shown, files, before_it):
        def watched():
            for file in files:
                if not seen:
                    seen.append(alive())
                yield file

        return real(folder, shown, watched(), before_it)

    monkeypatch.setattr("publisher.build.write_site", write_site)
    monkeypatch.chdir(root)
    gc.collect()
    before = alive()["Score"]
    commands(words_of("zh-Hans"))(["build", "--as-of", "2026-06-30"], standalone_mode=False)
    assert seen[0]["Score"] == before
    assert seen[0]["CompanyResult"] > 0


def test_a_checked_folder_without_rows_is_the_same_but_for_them(found):
    bare = found.without_rows()
    assert found.bureau.scores
    assert not bare.bureau.scores
    assert replace(bare, bureau=found.bureau) == found


def test_of_what_was_told_only_so_much_is_remembered(monkeypatch):
    monkeypatch.setattr(fingerprint, "_PARTS", 50)
    prints, before = Fingerprints(), alive()["Figure"]
    first = prints.of(Figure(State.VALUE, "points", Fraction(0)))
    for number in range(1000):
        prints.of(Figure(State.VALUE, "points", Fraction(number, 7)))
    assert alive()["Figure"] <= before + 50
    assert prints.of(Figure(State.VALUE, "points", Fraction(0))) == first


def test_what_several_files_read_is_held_once():
    memory, count = Memory("x"), 100
    for number in range(count):
        read = ("zh-Hans", ("bureau.companies", "one", f"a-{number // count}"))
        memory.note(f"{number}.html", Made("own", {read: ""}, 1), lambda _: "found")
    reads = [next(iter(one.reads)) for one in memory.now.values()]
    assert len(reads) == count
    assert all(one is reads[0] for one in reads)


def test_a_long_page_is_put_together_in_pieces():
    made = 0

    def text():
        nonlocal made
        for number in range(40_000):
            made += 1
            yield "" if 5_000 <= number < 10_000 else "评价 <b>"
        yield " \n\n"

    tracemalloc.start()
    page = in_pieces(text())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert page == ("评价 <b>" * 35_000).rstrip().encode() + b"\n"
    assert made == 40_000
    assert peak < 2 * len(page)
    assert in_pieces([]) == in_pieces(["", "\n"]) == b"\n"
