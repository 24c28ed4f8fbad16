"""A page or a file that is not what its address says is told in a single copy, with SHA256SUMS made anew."""

import shutil

import pytest
from patience import no_stall
from tampering import copy, cover, edit

from publisher.verify import verify
from publisher.verify.whole import shown_of

CARD = "rounds/2026-q3/mingyan-gas"
NOTICE = "notices/2026-q3-results"


@pytest.fixture
def site(sample, tmp_path):
    return copy(sample, tmp_path / "copy")


def found(site):
    cover(site)
    return {(one.code, one.path) for one in verify(site).findings if not one.told}


def test_two_pages_in_each_others_place(site):
    one, other = site / f"{CARD}.html", site / "rounds" / "2026-q3" / "anju-gas.html"
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    assert found(site) >= {("page-address", f"{CARD}.html"), ("page-address", "rounds/2026-q3/anju-gas.html")}


@pytest.mark.parametrize("path", [f"{NOTICE}.html", "data/items.csv", "cards/mingyan-gas.png"])
def test_a_file_that_was_emptied(site, path):
    (site / path).write_bytes(b"")
    assert {code for code, where in found(site) if where == path} & {"file-start", "page-address", "table-columns"}


def test_the_superseded_page_in_the_place_of_the_present_one(site):
    shutil.copy(site / "rounds/2026-q1/lianhe-water.v1.html", site / "rounds/2026-q1/lianhe-water.html")
    assert ("page-address", "rounds/2026-q1/lianhe-water.html") in found(site)


def test_figures_of_a_page_and_of_the_files_beside_it_are_those_of_the_table(site):
    for suffix in ("html", "csv", "json"):
        edit(site / f"{CARD}.{suffix}", "76.52", "95.55", -1)
    edit(site / "data" / "rounds" / "2026-q3.json", "76.52", "95.55", -1)
    assert found(site) == {
        ("page-figure", f"{CARD}.html"),
        ("page-cell", f"{CARD}.html"),
        ("page-other", f"{CARD}.html"),
        ("page-strange", f"{CARD}.html"),
        ("book-cell", f"{CARD}.xlsx"),
        ("beside-table", f"{CARD}.csv"),
        ("beside-table", f"{CARD}.json"),
        ("beside-table", "data/rounds/2026-q3.json"),
    }


def test_a_withdrawal_that_is_only_announced_hides_nothing(site):
    head = "withdrawal,addresses,withdrawn_on,decided_by,reason,text\n"
    table = site / "data" / "withdrawals.csv"
    table.write_text(f"{head}x,data/rounds/2026-q3.csv,2026-11-01,x,x,\n", "utf-8-sig")
    edit(site / "data" / "rounds" / "2026-q3.csv", "76.52", "95.55", -1)
    assert ("withdrawal-standing", "data/rounds/2026-q3.csv") in found(site)


@pytest.mark.parametrize("begun", ["<", "<script", "<!--", "<script><!--", "<a title='76.52"])
def test_many_tags_that_begin_and_never_end_hold_nobody_up(begun):
    with no_stall():
        assert not shown_of(begun * 500_000)


@pytest.mark.parametrize("hidden", ["<p title='76.52'>", "<script>76.52</script>", "<!-- > 76.52 -->", "<script>76.52"])
def test_a_figure_that_nobody_sees_is_not_on_the_page(hidden):
    assert "76.52" not in shown_of(f"<p>1</p>{hidden}")
    assert shown_of("<p>76.52</p>") == "76.52"
