"""Words on the pages of a single copy, with SHA256SUMS made anew: what the tables have and a page no longer says."""

import shutil

import pytest
from patience import no_stall
from tampering import copy, cover, edit

from publisher.verify import verify
from publisher.verify.copy import copy_of
from publisher.verify.quoted import quoted, weights
from publisher.verify.withdrawals import Withdrawn

CARD = "rounds/2026-q2/mingyan-gas.html"
MEETING = "meetings/resident-meeting-2026-10.html"
NOTICE = "notices/alarm-purchase-violation.html"
METHOD = "methods/quarterly-service.html"
PAGES = (CARD, MEETING, NOTICE, METHOD, "corrections.html", "notices/index.html", "meetings/index.html")


@pytest.fixture
def site(sample, tmp_path):
    for name in (*PAGES, *(f"data/{one.name}" for one in (sample / "data").glob("*.csv"))):
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample / name, tmp_path / "copy" / name)
    return tmp_path / "copy"


def found(site):
    there = copy_of(site)
    kinds = (quoted, weights)
    return {(one.code, one.path) for kind in kinds for one in kind(there, there.entries, Withdrawn({}))}


def test_pages_of_the_publisher_say_what_the_tables_say(site):
    assert found(site) == set()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CARD, "效率会进一步提高", "效率已经提高"),
        (MEETING, "为什么经常要等到第二天", "等多久"),
        (MEETING, "接报后两小时内到场", "接报后当天到场"),
        (NOTICE, "限定购买指定品牌报警器问题", "报警器问题"),
        ("notices/index.html", "限定购买指定品牌报警器问题", "报警器问题"),
        ("corrections.html", "电话回访名册有误", "名册更新"),
    ],
)
def test_words_are_not_changed(site, path, old, new):
    edit(site / path, old, new, -1)
    assert found(site) == {("page-words", path)}


def test_a_page_of_corrections_is_not_emptied(site):
    text = (site / "corrections.html").read_text("utf-8")
    before, _, rest = text.partition("<main")
    (site / "corrections.html").write_text(f"{before}<main></main>{rest.partition('</main>')[2]}", "utf-8")
    assert found(site) == {("page-words", "corrections.html")}


def test_weights_are_those_of_the_table(site):
    edit(site / METHOD, 'class="n num">34%<', 'class="n num">45%<')
    assert found(site) == {("page-weight", METHOD)}


def test_a_weight_that_is_no_plain_number_stops_nothing(site):
    table = site / "data" / "indicators.csv"
    assert "0.34" in table.read_text("utf-8")
    edit(table, "0.34", "9e999999")
    assert found(site) == set()


def test_what_a_page_may_leave_out_accuses_nobody(site):
    """Pictures, code and HTML of a company are printed otherwise, or not at all."""
    edit(site / "data" / "statements.csv", "效率会进一步提高", "<b>效率</b>会进一步提高 ![x](y.png)")
    assert found(site) == set()


def test_a_whole_copy_with_sums_made_anew_is_not_proved(sample, tmp_path):
    site = copy(sample, tmp_path / "copy")
    edit(site / CARD, "效率会进一步提高", "效率已经提高", -1)
    edit(site / METHOD, 'class="n num">34%<', 'class="n num">45%<')
    cover(site)
    assert {(one.code, one.path) for one in verify(site).findings} == {("page-words", CARD), ("page-weight", METHOD)}


def test_a_text_of_many_empty_lines_holds_nobody_up(site):
    blank = "\n" * 200_000
    (site / "data" / "statements.csv").write_text(
        f'round,company,text\n2026-q2,mingyan-gas,"已说明{blank}完"\n', "utf-8"
    )
    with no_stall():
        found(site)
