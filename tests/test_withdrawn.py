"""What was withdrawn is listed as withdrawn, and nothing of what it said is in any byte that speaks of today."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import date

import pytest
from conftest import at_noon
from tampering import cover, edit
from test_sealed import BUREAU, at, change, correct, made, sealed_at, text_of
from test_verify_life import published
from unreleased import texts_of

from publisher.build import computed, publication_of
from publisher.checking import checked
from publisher.load.folder import load
from publisher.model.editions import Withdrawal
from publisher.outputs.data import live_data_files
from publisher.outputs.results import result_rows
from publisher.permanent import addresses_of
from publisher.problems import Place, Source
from publisher.released import released
from publisher.verify import verify

LOST = ("rounds/2026-q2/water-b.html", "notices/gas-b-warning.html", "meetings/water-2026-06.html")
DAY = "2026-11-19"


def withdraw(root, *lost, id_="gone", **more):
    (root / "content" / "withdrawals").mkdir(exist_ok=True)
    head = {"reason": "依据有误。", "decided_by": "评价办公室", "withdrawn_on": DAY} | more
    lines = ["addresses:", *(f"  - {one}" for one in lost), *(f"{name}: {value}" for name, value in head.items())]
    path = root / "content" / "withdrawals" / f"{id_}.md"
    path.write_text("\n".join(["---", *lines, "---", "", "补充。", ""]), "utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The tests' bureau, sealed, with a corrected score of the scorecard that goes."""
    root = tmp_path_factory.mktemp("withdrawn") / "bureau"
    shutil.copytree(BUREAU, root)
    body = "乙水务本期为{{ score('water-b') }}。"
    change(root / "content" / "notices" / "2026-q2-results.md", "请各企业对照问题整改。", body)
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    old = "water-b,leaks" + "," * 15
    change(root / "results" / "2026-q2" / "scores.csv", f"{old}16,", f"{old}17.25,")
    correct(root, "score/water-b/leaks/value", decided_on="2026-11-17")
    return root


@pytest.fixture(scope="module")
def root(before, tmp_path_factory):
    root = shutil.copytree(before, tmp_path_factory.mktemp("withdrawn") / "bureau")
    withdraw(root, *LOST)
    return root


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    return made(root, tmp_path_factory.mktemp("withdrawn") / "site")


def publication(root):
    return publication_of(load(root).bureau, at_noon())


def values(rows):
    """What is printed of rows of results, and is more than a plain small number."""
    found = {str(row[name]) for row in rows for name in ("value", "low", "high", "previous", "change") if row.get(name)}
    return {one.removeprefix("-") for one in found if re.search(r"[0-9]{2}\.[0-9]|[0-9]\.[0-9]{2}", one)}


def everything_said(before, root):
    """Figures and words that only the withdrawn pages said."""
    old, new = publication(before), publication(root)
    kept = {value for one in live_data_files(new) for row in one.rows for value in values([row])}
    own = values(row for row in result_rows(old.words, old.result_of("2026-q2")) if row.get("company") == "water-b")
    bureau = load(before).bureau
    words = {
        bureau.meetings["water-2026-06"].title,
        *(one.title for one in bureau.notices if one.id == "gas-b-warning"),
    }
    words |= {one.question for one in bureau.items if one.meeting == "water-2026-06"}
    words |= {one.body for one in bureau.statements if (one.round, one.company) == ("2026-q2", "water-b")}
    return own - kept, {one.strip() for one in words if one.strip()}


def test_nothing_of_it_is_in_any_file_that_is_no_sealed_edition(before, root, site):
    figures, words = everything_said(before, root)
    assert len(figures) > 10
    assert len(words) > 4
    found = set()
    for path, data in site.items():
        text = "" if path.startswith("editions/") else texts_of(path, data)
        found |= {(path, one) for one in words if one in text}
        found |= {(path, one) for one in figures if re.search(rf"(?<![0-9.]){re.escape(one)}(?![0-9])", text)}
    assert sorted(found) == []


def test_the_same_scan_finds_all_of_it_where_nothing_was_withdrawn(before, root):
    """Without this the test above could pass because it looks for nothing."""
    figures, words = everything_said(before, root)
    rows = [row for one in live_data_files(publication(before)) for row in one.rows]
    assert figures <= values(rows)
    text = "\n".join(str(value) for row in rows for value in row.values())
    assert all(one in text for one in words)


def test_it_is_listed_as_withdrawn_where_it_stood(site):
    for page, address in (
        ("notices/index.html", "notices/gas-b-warning.html"),
        ("meetings/index.html", "meetings/water-2026-06.html"),
        ("corrections.html", "rounds/2026-q2/water-b.html"),
    ):
        assert f"{address}：依据有误。（2026年11月19日）" in text_of(site[page]).replace(" ", ""), page
    line = "测试市乙水务有限公司2026年第二季度的成绩单已于2026年11月19日撤回。依据有误。"
    for page in ("rounds/2026-q2/index.html", "companies/water-b.html"):
        assert line in text_of(site[page]).replace(" ", ""), page
    rows = list(csv.DictReader(io.StringIO(site["data/withdrawals.csv"].decode("utf-8-sig"))))
    assert rows == [
        {
            "withdrawal": "gone",
            "addresses": " ".join(LOST),
            "withdrawn_on": DAY,
            "decided_by": "评价办公室",
            "reason": "依据有误。",
            "text": "补充。",
        }
    ]


def test_every_address_that_went_with_it_says_why(before, root, site):
    lost = addresses_of(publication(before)) - addresses_of(publication(root))
    assert {"rounds/2026-q2/water-b.v1.html", "rounds/2026-q2/water-b.v1.json", "rounds/2026-q2/water-b.csv"} <= lost
    assert lost <= site.keys()
    for path in lost:
        assert "依据有误。" in texts_of(path, site[path]), path


def test_the_latest_card_says_why_it_shows_an_earlier_round(site):
    card = site["embed/water-b.html"].decode()
    assert "2026年第二季度的成绩单已于2026年11月19日撤回，这里显示的是仍然有效的最近一期。" in card
    assert "依据有误。" in card
    assert "撤回" not in site["embed/water-a.html"].decode()


def test_a_citation_of_it_says_that_it_was_withdrawn(site):
    assert "乙水务本期为（已撤回）。" in text_of(site["notices/2026-q2-results.html"]).replace(" ", "")


def test_who_was_withdrawn_in_the_round_before_is_not_new(before):
    """Comparison: `entered` would say that the company had not taken part."""
    bureau = released(load(before).bureau, at_noon())
    origin = Source(Place("content/withdrawals/x.md"))
    gone = Withdrawal(
        id="x",
        addresses=("rounds/2026-q1/gas-b.html",),
        reason="x",
        decided_by="y",
        withdrawn_on=date(2026, 11, 1),
        origin=origin,
    )
    now = computed(replace(bureau, withdrawals=(gone,)), at_noon())
    results = {one.company.id: one for sector in now.result_of("2026-q2").sectors for one in sector.companies}
    assert results["gas-b"].uncompared == "withdrawn"
    assert {one.uncompared for one in results["gas-b"].indicators} <= {"withdrawn"}
    sectors = now.result_of("2026-q2").sectors
    assert [one.id for sector in sectors for one in (*sector.entered, *sector.absent)] == []


def test_a_withdrawn_round_takes_its_scorecards_its_notice_and_its_tables_along(before, tmp_path):
    root = shutil.copytree(before, tmp_path / "bureau")
    withdraw(root, "rounds/2026-q2/index.html")
    assert [one for one in checked(root, at_noon).problems if not one.warning] == []
    old, new = publication(before), publication(root)
    assert {one.round.id for one in old.analysis.rounds} - {one.round.id for one in new.analysis.rounds} == {"2026-q2"}
    gone = new.withdrawn
    assert {"rounds/2026-q2/gas-a.html", "notices/2026-q2-results.html", "data/rounds/2026-q2.csv"} <= gone.keys()
    assert {one.id for one in gone.values()} == {"gone"}
    site = made(root, tmp_path / "site")
    assert addresses_of(old) <= site.keys()
    card = site["embed/notices/2026-q2-results.html"].decode()
    assert "这份通报已于2026年11月19日撤回。</strong> 依据有误。" in card
    assert "供水" not in card
    table = site["data/statements.csv"].decode("utf-8-sig")
    assert "2026-q2" not in {row["round"] for row in csv.DictReader(io.StringIO(table))}


def test_an_edition_sealed_after_it_does_not_publish_it_either(root, tmp_path):
    later = shutil.copytree(root, tmp_path / "bureau")
    sealed_at(later, "2026-q2", "2026-11-20 12:00")
    folder = later / "content" / "editions"
    public = json.loads((folder / "2026-q2.2.public.json").read_text("utf-8"))
    own = {key: row for key, row in public["score"].items() if key.startswith("water-b/")}
    assert own
    names = {"company", "indicator", "channel", "point"}
    assert {value for row in own.values() for name, value in row.items() if name not in names} == {"withheld"}
    assert "17.25" in (folder / "2026-q2.2.json").read_text("utf-8"), "the bureau's own file is whole"


def test_a_day_before_the_withdrawal_knows_nothing_of_it(root):
    public = released(load(root).bureau, at("2026-11-18 12:00")(None))
    assert not computed(public, at("2026-11-18 12:00")(None)).gone.any


def test_a_newer_copy_tells_the_withdrawal_that_the_register_has_and_accuses_nobody(before, root, tmp_path):
    older = published(before, tmp_path / "0", "2026-11-18 12:00")
    later = shutil.copytree(root, tmp_path / "bureau")
    sealed_at(later, "2026-q2", "2026-11-20 12:00")
    newer = published(later, tmp_path / "1", "2026-11-20 13:00")
    found = verify(newer, older=older).findings
    assert [one for one in found if not one.told] == []
    (line,) = [one for one in found if one.code == "older-withdrawal"]
    assert dict(line.details) == {"id": "gone", "paths": ", ".join(LOST)}
    assert [dict(one.details)["round"] for one in found if one.code == "older-correction"] == ["2026-q2"]
    edit(newer / "data" / "withdrawals.csv", LOST[0], "about.html")
    cover(newer)
    codes = {one.code for one in verify(newer, older=older).findings if not one.told}
    assert codes >= {"withdrawal-altered", "older-sealed"}
