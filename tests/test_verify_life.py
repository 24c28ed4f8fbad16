"""No honest bureau is accused: every site of its life is proved, alone and against every site before it."""

import shutil
from datetime import datetime

import pytest
from test_sealed import BUREAU, ZONE, change, correct, sealed_at, withdraw

from publisher.build import build
from publisher.verify import verify

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("life")]


def published(root, site, text):
    moment = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    build(root, site, lambda _: moment, today=lambda _: datetime(2026, 11, 21, 12, tzinfo=ZONE))
    return site


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """Sites one after the other: sealed twice, corrected, renamed, withdrawn, each time sealed before it goes out."""
    folder = tmp_path_factory.mktemp("life")
    root = shutil.copytree(BUREAU, folder / "bureau")
    sites = [published(root, folder / "0", "2026-08-14 11:00")]
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    sites.append(published(root, folder / "1", "2026-08-14 13:00"))
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    sites.append(published(root, folder / "2", "2026-08-16 12:00"))
    scores = root / "results" / "2026-q2" / "scores.csv"
    change(scores, "gas-a,inspection,,,,,,,,,,,42.5", "gas-a,inspection,,,,,,,,,,,40.5")
    change(root / "content" / "items.csv", "账单看不懂。", "账单看不明白。")
    correct(root, "score/gas-a/inspection/score", companies="[gas-a]")
    correct(root, "item/w1/question", id_="typo", round_="record", kind="revision")
    sealed_at(root, "2026-q2", "2026-11-20 12:00")
    sites.append(published(root, folder / "3", "2026-11-20 13:00"))
    change(root / "content" / "companies.csv", "测试市乙燃气有限公司", "测试市北城燃气有限公司")
    correct(root, "company/gas-b/name", id_="renamed", kind="revision")
    sealed_at(root, "2026-q2", "2026-11-20 18:00")
    sealed_at(root, "2026-q1", "2026-11-20 18:01")
    sites.append(published(root, folder / "4", "2026-11-20 19:00"))
    lost = ("rounds/2026-q1/gas-b.v1.html", "data/rounds/2026-q1.v1.csv", "editions/record.1.json", "about.html")
    withdraw(root, *lost, withdrawn_on="2026-11-20")
    sealed_at(root, "record", "2026-11-20 20:00")
    sites.append(published(root, folder / "5", "2026-11-20 21:00"))
    return sites


def accused(site, older=None):
    return [one for one in verify(site, older=older).findings if not one.told]


def test_every_site_is_proved(life):
    assert [accused(site) for site in life] == [[]] * 6


def test_every_site_goes_on_from_all_before_it(life):
    for number, site in enumerate(life):
        for older in life[:number]:
            assert accused(site, older) == [], (site.name, older.name)


def test_no_site_goes_on_from_one_after_it(life):
    for number, site in enumerate(life[1:5], 1):
        assert [one.code for one in accused(site, life[number + 1])], site.name


def test_a_withdrawn_edition_leaves_the_record_that_the_register_knows(life, tmp_path):
    found = {(one.code, one.path) for one in verify(life[-1]).findings if one.told}
    assert ("edition-withdrawn", "editions/record.1.json") in found
    from tampering import copy, cover, edit  # noqa: PLC0415

    forged = copy(life[-1], tmp_path / "forged")
    edit(forged / "editions" / "record.1.json", "资料有误。", "资料无误。")
    cover(forged)
    assert [one.code for one in accused(forged)] == ["edition-withdrawn-early"]


def test_numbers_too_small_to_publish_accuse_nobody(tmp_path):
    """They are shown in one edition and withheld in the next, and then another than before."""
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    before = published(root, tmp_path / "0", "2026-08-16 12:00")
    change(root / "content" / "site.yaml", "suppress_below: 10", "suppress_below: 30")
    correct(root, "rules/site/thresholds/*", "rules/site/thresholds/suppress_below", kind="revision")
    sealed_at(root, "2026-q2", "2026-11-20 12:00")
    now = published(root, tmp_path / "1", "2026-11-20 13:00")
    assert b"withheld" in (now / "editions" / "2026-q2.2.json").read_bytes()
    assert accused(now) == []
    assert accused(now, before) == []
