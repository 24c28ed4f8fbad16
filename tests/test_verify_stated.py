"""Table and page edited alike, SHA256SUMS made anew: what was sealed tells it, or tells nothing and says so."""

import shutil

import pytest
from tampering import copy, cover
from test_sealed import BUREAU, change, correct, sealed_at
from test_verify_late import table, write
from test_verify_life import published

from publisher.verify import verify

V1 = "data/rounds/2026-q2.v1.csv"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """Both quarters sealed, the second of them corrected: its first edition is superseded."""
    folder = tmp_path_factory.mktemp("stated")
    root = shutil.copytree(BUREAU, folder / "bureau")
    sealed_at(root, "2026-q1", "2026-08-15 11:00")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    correct(root, "score/gas-a/inspection/score", companies="[gas-a]")
    sealed_at(root, "2026-q2", "2026-11-20 12:00")
    return published(root, folder / "site", "2026-11-20 13:00")


@pytest.fixture
def site(sealed, tmp_path):
    return copy(sealed, tmp_path / "copy")


def everywhere(site, old, new):
    """In every page and table, as who edits them alike would."""
    files = [one for one in site.rglob("*") if one.suffix in {".html", ".csv", ".json", ".xml"}]
    for path in files:
        if "editions" not in path.parts and old in (text := path.read_bytes().decode()):
            path.write_bytes(text.replace(old, new).encode())
    cover(site)


def facts(site, path):
    return {dict(one.details)["fact"] for one in verify(site).findings if (one.code, one.path) == ("otherwise", path)}


def test_a_site_of_the_publisher_says_what_was_sealed(site):
    assert verify(site).findings == ()


@pytest.mark.parametrize(
    ("name", "key", "column", "fact"),
    [
        ("notices", {"notice": "gas-b-warning"}, "title", "notice/gas-b-warning/title"),
        ("notices", {"notice": "gas-b-warning"}, "issuer", "notice/gas-b-warning/issuer"),
        ("notices", {"notice": "gas-b-warning"}, "companies", "notice/gas-b-warning/companies"),
        ("meetings", {"meeting": "water-2026-06"}, "title", "meeting/water-2026-06/title"),
        ("corrections", {"correction": "fix"}, "reason", "correction/fix/reason"),
        ("corrections", {"correction": "fix"}, "decided_by", "correction/fix/decided_by"),
        ("corrections", {"correction": "fix"}, "decided_on", "correction/fix/decided_on"),
        ("indicators", {"scheme": "service"}, "weight", None),
        ("indicators", {"scheme": "service"}, "indicator_name", None),
        ("companies", {"company": "gas-a"}, "company_name", "company/gas-a/name"),
        ("companies", {"company": "gas-a"}, "sector", "company/gas-a/sector"),
        ("rounds/2026-q2", {"company": "gas-a"}, "company_name", "company/gas-a/name"),
        ("rounds/2026-q2.v1", {"company": "gas-a"}, "company_name", "company/gas-a/name"),
        ("rounds/2026-q2", {"indicator": "inspection"}, "indicator_name", "indicator/inspection/name"),
        ("statements", {"company": "gas-a"}, "company_name", "company/gas-a/name"),
        ("statements", {"record": "statement", "company": "gas-b"}, "text", "statement/gas-b/text"),
        ("statements", {"record": "statement", "company": "gas-b"}, "by", "statement/gas-b/by"),
        ("statements", {"record": "reply"}, "text", None),
        ("statements", {"record": "response"}, "text", None),
        ("statements", {"record": "point"}, "decision", None),
        ("rounds", {"record": "round", "round": "2026-q2"}, "population", "round/2026-q2/population"),
        ("rounds", {"record": "round", "round": "2026-q2"}, "issued", "round/2026-q2/issued"),
    ],
)
def test_a_cell_that_was_sealed_otherwise(site, name, key, column, fact):
    rows = table(site, name)
    wanted = [one for one in rows if key.items() <= one.items() and one[column]]
    assert wanted
    value = {"weight": "0.01", "decided_on": "2026-10-01", "population": "7", "issued": "7"}.get(column, "refused")
    if name != "rounds/2026-q2" and not name.endswith(".v1"):
        wanted = wanted[:1]
    write(site, name, [one | {column: value} if one in wanted else one for one in rows])
    found = facts(site, f"data/{name}.csv")
    assert found == {fact} if fact else len(found) == 1


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        ("composite", "value", "99.99"),
        ("indicator", "value", "0.01"),
        ("indicator", "base", "9999"),
        ("composite", "place", "9"),
    ],
)
def test_a_figure_of_a_superseded_edition_follows_from_what_was_sealed_then(site, record, column, value):
    rows = table(site, "rounds/2026-q2.v1")
    chosen = next(one for one in rows if one["record"] == record and one[column])
    everywhere(site, chosen[column], value) if column == "value" else None
    write(site, "rounds/2026-q2.v1", [one | {column: value} if one is chosen else one for one in rows])
    found = [dict(one.details) for one in verify(site).findings if (one.code, one.path) == ("result", V1)]
    assert (column, chosen[column], value, "editions/2026-q2.1.json") in {
        (one["column"], one["meant"], one["seen"], one["edition"]) for one in found
    }


def test_a_row_that_nothing_was_scored_for(site):
    rows = table(site, "rounds/2026-q2")
    total = next(one for one in rows if one["record"] == "composite")
    write(site, "rounds/2026-q2", [*rows, total | {"value": "99.99"}])
    found = [dict(one.details) for one in verify(site).findings if one.code == "result"]
    assert [(one["column"], one["meant"], one["seen"]) for one in found] == [("record", "", "composite")]


@pytest.mark.parametrize(
    ("old", "new", "path", "fact"),
    [
        ("测试市甲燃气有限公司", "测试市丁燃气有限公司", "data/rounds/2026-q2.csv", "company/gas-a/name"),
        ("已停止搭售报警器。", "从未搭售报警器。", "data/statements.csv", "statement/gas-b/text"),
        ("强制搭售的公告", "优质服务的公告", "data/notices.csv", "notice/gas-b-warning/title"),
        ("录入有误。", "例行更新。", "data/corrections.csv", "correction/fix/reason"),
    ],
)
def test_words_that_were_changed_in_every_page_and_table_alike(site, old, new, path, fact):
    assert old in (site / path).read_text("utf-8")
    everywhere(site, old, new)
    assert fact in facts(site, path)


def test_what_a_notice_says_is_what_was_sealed(site):
    everywhere(site, "该企业要求用户购买指定的报警器", "该企业没有要求用户购买任何报警器")
    assert {(one.code, one.path) for one in verify(site).findings} == {("page-sealed", "notices/gas-b-warning.html")}


@pytest.mark.parametrize(
    ("name", "column", "id_", "fact"),
    [
        ("corrections", "correction", "fix", "correction/fix"),
        ("companies", "company", "gas-a", "company/gas-a"),
        ("indicators", "indicator", "inspection", "scheme/service/inspection"),
        ("rounds", "round", "2026-q2", "round/2026-q2/scheme"),
    ],
)
def test_a_row_that_is_gone(site, name, column, id_, fact):
    write(site, name, [one for one in table(site, name) if one[column] != id_])
    assert fact in facts(site, f"data/{name}.csv")


def test_an_indicator_that_no_scheme_has(site):
    rows = table(site, "indicators")
    write(site, "indicators", [*rows, rows[0] | {"indicator": "new"}])
    assert facts(site, "data/indicators.csv") == {f"scheme/{rows[0]['scheme']}/new"}


def test_what_came_in_after_the_seal_accuses_nobody(site):
    """It is in no edition: only a signature or an older copy tells whether it was changed."""
    rows = table(site, "notices")
    later = {"notice": "later", "title": "关于后来一事的公告", "published_at": "2026-11-20 18:00"}
    write(site, "notices", [*rows, rows[-1] | later | {"kind": "announcement", "round": ""}])
    assert facts(site, "data/notices.csv") == set()


def test_a_correction_that_waits_for_its_seal_may_explain_it(site):
    everywhere(site, "强制搭售的公告", "搭售的公告")
    rows = table(site, "corrections")
    write(site, "corrections", [*rows, rows[-1] | {"correction": "late", "kind": "revision", "round": "record"}])
    assert [one for one in verify(site).findings if not one.told] == []
    assert "otherwise-corrected" in {one.code for one in verify(site).findings}


def test_a_company_that_changes_its_name_accuses_nobody(tmp_path):
    """While its correction waits for the seal, and while only one of its rounds has been sealed again."""
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    sealed_at(root, "2026-q2", "2026-08-15 12:00")
    change(root / "content" / "companies.csv", "测试市乙燃气有限公司", "测试市北城燃气有限公司")
    correct(root, "company/gas-b/name", kind="revision")
    waiting = published(root, tmp_path / "0", "2026-11-20 13:00")
    assert {one.code for one in verify(waiting).findings} == {"otherwise-corrected"}
    sealed_at(root, "2026-q2", "2026-11-20 18:00")
    assert verify(published(root, tmp_path / "1", "2026-11-20 19:00")).findings == ()
