"""Nothing that is not released is in any byte of a site: by a scan for every value, and by building without it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import NOON, ROOT
from unreleased import ATTACHED, LATER, Setting, bytes_of, found_in, inputs_of, lay, secrets_of

from publisher.build import build

pytestmark = [pytest.mark.unmeasured, pytest.mark.xdist_group("unreleased")]
ZONE = ZoneInfo("Asia/Shanghai")
SMALL = Setting(
    folder=ROOT / "tests" / "bureau",
    own="water-a",
    other="water-b",
    round="2026-q2",
    silent="water-a",
    unsealed="2026-q1",
    meeting="water-2026-10",
    stages=("draft", "issue"),
)
SAMPLE = Setting(
    folder=ROOT,
    own="mingyan-gas",
    other="anju-gas",
    round="2026-q3",
    silent="lianhe-water",
    unsealed="promises-2026-q3",
    meeting="gas-hotline-2026-10",
    stages=(),
)
KNOWN = {"2026-11-21", "2026年11月21日"}
"""The day that the site speaks of."""
SETTINGS = {"small": SMALL, "sample": SAMPLE}


def later(_bureau=None):
    return datetime.fromisoformat(LATER).replace(tzinfo=ZONE)


def built(root, site, moment=NOON):
    build(root, site, lambda _: moment, today=later)
    return site


@pytest.fixture(scope="module", params=SETTINGS)
def sites(request, tmp_path_factory):
    """(folder with secrets, folder without, site with, site without)"""
    one = SETTINGS[request.param]
    folder = tmp_path_factory.mktemp("unreleased")
    full, public = lay(one, folder / "full", secret=True), lay(one, folder / "public", secret=False)
    return full, public, built(full, folder / "site-full"), built(public, folder / "site-public")


def test_no_value_that_is_not_released_is_in_any_byte(sites):
    full, public, site, public_site = sites
    secrets = secrets_of(inputs_of(full), inputs_of(public)) - KNOWN - set(bytes_of(public_site))
    assert len(secrets) > 100
    assert {
        "密札公告内容。",
        "密札公告附表",
        "密札办法",
        "zz-scheme",
        "71347",
        "71,347",
        "2026-12-24",
        "密札答复内容。",
    } <= secrets
    assert found_in(site, secrets) == {}


def test_a_site_with_secrets_in_its_folder_is_the_site_without_them(sites):
    """Not a count, an order, a break in a line or a sum may tell of them."""
    _, _, site, public = sites
    one, other = bytes_of(site), bytes_of(public)
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_later_they_are_all_there(sites, tmp_path):
    """Else the scan would look for what is never shown."""
    full, public, *_ = sites
    secrets = secrets_of(inputs_of(full), inputs_of(public))
    site = built(full, tmp_path / "site", later())
    never = secrets - found_in(site, secrets).keys()
    # the names of attachments are never served
    files = {one for one in never if one.removesuffix(".txt").removeprefix("密札") in ATTACHED}
    assert {one for one in never - files if "密札" in one} <= {"密札draft", "密札issue", "密札未签", "密札节"}
    assert {"密札办法", "71347", "密札答复内容。", "密札撤回理由"} <= secrets - never


RELEASE = NOON.replace(second=1)
"""Of a round and its circular, written in another zone: 13:00:01 in +09:00."""


def test_a_release_comes_out_at_its_second_and_none_before(tmp_path):
    full, public = lay(SMALL, tmp_path / "full", secret=True), lay(SMALL, tmp_path / "public", secret=False)
    eve = RELEASE - timedelta(microseconds=1)
    assert bytes_of(built(full, tmp_path / "eve", eve)) == bytes_of(built(public, tmp_path / "none", eve))
    out = built(full, tmp_path / "out", RELEASE.astimezone(ZoneInfo("America/St_Johns")))
    assert (out / "rounds" / "zz-next" / "water-a.html").is_file()
    assert (out / "notices" / "zz-results.html").is_file()
    assert found_in(out, {"密札公告", "密札未签", "密札试行", "zz-secret", "zz-unsigned"}) == {}


def test_the_scan_looks_into_every_wrapping(tmp_path):
    import gzip  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    for name, data in {
        "a.html": "密<b>札</b>",
        "b.html": "&#23494;&#26413;",
        "c.html": '<a href="%E5%AF%86%E6%9C%AD.html">',
        "d.json": '{"x": "\\u5bc6\\u672d"}',
        "密札.txt": "",
        "e.csv": "a\n12,\n",
    }.items():
        (tmp_path / name).write_text(data, encoding="utf-8")
    (tmp_path / "f.csv.gz").write_bytes(gzip.compress("密札".encode()))
    with zipfile.ZipFile(tmp_path / "g.xlsx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/one.xml", "<c>密札</c>")
    (tmp_path / "h.txt").write_text("71347 件", encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text("a71347b  9713470f", encoding="utf-8")
    found = found_in(tmp_path, {"密札", "71347"})
    assert set(found["密札"]) == {"a.html", "b.html", "c.html", "d.json", "密札.txt", "f.csv.gz", "g.xlsx"}
    assert found["71347"] == ["h.txt"]
