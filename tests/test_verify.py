"""Every guarantee is attacked: a copy that somebody changed is told from a whole one, and nothing brings it down."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tampering import chain, copy, cover, edit, flip, lines_of, rehash, reseal, write_lines

from publisher.verify import verify
from publisher.verify.copy import Kind
from publisher.words import words_of

PAGE = "rounds/2026-q3/mingyan-gas.html"


@pytest.fixture
def site(sample, tmp_path):
    return copy(sample, tmp_path / "copy")


def codes(folder, **more):
    return {(one.code, one.path) for one in verify(folder, **more).findings if not one.told}


def told(folder):
    return {one.code for one in verify(folder).findings if one.told}


def test_a_whole_copy_is_proved(sample, site):
    found = verify(site)
    assert found.proved
    assert found.findings == ()
    assert found.files == len((sample / "SHA256SUMS").read_text("utf-8").splitlines())
    last = lines_of(site)[-1]
    assert (found.last.n, found.last.at.isoformat()) == (last["n"], last["at"])


def test_the_tests_own_bureau_without_a_register_is_proved_too(build, root, tmp_path):
    build(root / "tests" / "bureau", tmp_path / "site")
    assert verify(tmp_path / "site").proved
    assert told(tmp_path / "site") == {"no-register"}


# Files


@pytest.mark.parametrize(
    "path",
    [PAGE, "data/rounds/2026-q3.csv", "editions/2026-q3.1.json", "assets/style.css", "addresses.txt", "feed.xml"],
)
def test_one_bit_of_a_file(site, path):
    flip(site / path)
    assert ("altered", path) in codes(site)


def test_an_altered_file_is_told_with_both_hashes(site):
    before = verify(site)
    edit(site / "index.html", "</html>", "</html> ")
    found = next(one for one in verify(site).findings if one.path == "index.html")
    hashes = dict(found.details)
    assert len({hashes["expected"], hashes["found"]}) == 2
    assert before.sums == verify(site).sums


def test_a_file_is_lost(site):
    (site / PAGE).unlink()
    assert codes(site) == {("missing", PAGE)}


def test_a_file_is_renamed(site):
    (site / PAGE).rename(site / "rounds/2026-q3/other.html")
    assert codes(site) == {("missing", PAGE), ("unlisted", "rounds/2026-q3/other.html")}


def test_a_file_is_renamed_by_case_alone(site):
    (site / "about.html").rename(site / "About.html")
    assert ("spelled", "about.html") in codes(site)


@pytest.mark.parametrize("path", ["new.html", "data/new.csv", "notices/order.pdf", "assets/x.js", "rounds/note.txt"])
def test_a_file_is_added(site, path):
    (site / path).write_text("x")
    assert codes(site) == {("unlisted", path)}


@pytest.mark.parametrize(
    "path", ["CNAME", ".nojekyll", "site_verification.txt", ".well-known/security.txt", ".DS_Store"]
)
def test_what_hosts_and_systems_leave_is_told_and_no_fault(site, path):
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_text("x")
    assert verify(site).proved
    assert told(site) == {"beside"}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links")
def test_a_link_is_not_followed(site, tmp_path):
    secret = tmp_path / "same.html"
    shutil.copyfile(site / PAGE, secret)
    (site / PAGE).unlink()
    (site / PAGE).symlink_to(secret)
    assert codes(site) == {("link", PAGE)}
    shutil.move(site / "editions", tmp_path / "editions")
    (site / "editions").symlink_to(tmp_path / "editions")
    assert ("link", "editions") in codes(site)
    assert ("missing", "editions/2026-q3.1.json") in codes(site)


def test_a_folder_or_a_pipe_in_the_place_of_a_file(site):
    for path in ("about.html", "SHA256SUMS.minisig"):
        (site / path).unlink(missing_ok=True)
        (site / path).mkdir()
    (site / "contact.html").unlink()
    os.mkfifo(site / "contact.html")
    assert codes(site) == {("no-file", "about.html"), ("no-file", "contact.html")}


def test_a_document_is_replaced(site):
    """Attachments and printed notices are files like others."""
    (site / "notices" / "paper.pdf").write_bytes(b"%PDF-1.7 one")
    cover(site)
    assert verify(site).proved
    (site / "notices" / "paper.pdf").write_bytes(b"%PDF-1.7 two")
    assert codes(site) == {("altered", "notices/paper.pdf")}


# SHA256SUMS itself


@pytest.mark.parametrize(
    "line",
    [
        "../outside.html",
        "/etc/passwd",
        "a\\b.html",
        "a//b.html",
        "./about.html",
        "C:evil",
        "con",
        "SHA256SUMS",
        "a\u202eb",
    ],
)
def test_no_path_of_sha256sums_leads_out_of_the_copy(site, tmp_path, line):
    (tmp_path / "outside.html").write_text("x")
    with (site / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  {line}\n")
    assert codes(site) == {("sums-line", "SHA256SUMS")}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (b"x" * 64 + b"  about.html\n", "sums-line"),
        (b"\xff\xfe\n", "sums-line"),
        (b"0" * 70_000 + b"\n", "sums-line"),
        (b"0" * 64 + b"  about.html\n", "sums-twice"),
        (b"0" * 64 + b"  ABOUT.html\n", "sums-twice"),
        (b"0" * 64 + b"  cut.ht", "sums-cut"),
    ],
)
def test_a_line_that_should_not_be_there(site, more, code):
    with (site / "SHA256SUMS").open("ab") as file:
        file.write(more)
    assert code in {one for one, _ in codes(site)}


def test_without_sha256sums_nothing_is_proved(site):
    (site / "SHA256SUMS").unlink()
    assert codes(site) == {("no-sums", "SHA256SUMS")}
    (site / "SHA256SUMS").write_bytes(b"")
    assert not verify(site).proved


def test_a_whole_copy_below_proves_nothing_of_what_lies_above(site, tmp_path):
    whole = tmp_path / "above"
    shutil.copytree(site, whole / "zz")
    assert verify(whole).proved
    (whole / "index.html").write_bytes((site / "index.html").read_bytes() + b" ")
    assert not verify(whole).proved


@pytest.mark.parametrize("name", ["notices/x.html@evil.html", "neu/index.html@fake.js", ".well-known/a/fake.html"])
def test_no_page_passes_for_a_listing(site, name):
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("x")
    assert ("unlisted", name) in codes(site)


def test_an_empty_or_missing_folder(tmp_path):
    assert codes(tmp_path) == {("no-sums", "SHA256SUMS")}
    assert not verify(tmp_path / "none").proved


# The register


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"at": "2026-05-12T23:59:59+08:00"', '"at": "2026-05-11T23:59:59+08:00"', "register-broken"),
        ('"facts": "a', '"facts": "b', "edition-altered"),
        ('"previous": "b5', '"previous": "b6', "register-broken"),
        ('"n": 2', '"n": 3', "register-number"),
        ('"n": 1', '"n": 1, "n": 1', "register-line"),
        ('"kind": "correction"', '"kind": "seal"', "silent"),
        ('"previous": "0', '"previous": "1', "register-start"),
    ],
)
def test_a_line_of_the_register_is_edited_and_covered_up(site, old, new, code):
    edit(site / "register.jsonl", old, new)
    assert ("altered", "register.jsonl") in codes(site)
    cover(site)
    assert code in {one for one, _ in codes(site)}


def test_the_last_line_of_the_register_is_dropped(site):
    write_lines(site, lines_of(site)[:-1])
    cover(site)
    assert ("edition-unnamed", "editions/record.3.json") in codes(site)
    (site / "editions" / "record.3.json").unlink()
    cover(site)
    assert codes(site) == {("address-lost", "editions/record.3.json")}  # both lines of that day name the list


def test_the_register_is_dropped(site):
    (site / "register.jsonl").unlink()
    cover(site)
    assert ("register-empty", "register.jsonl") in codes(site)


def test_an_edition_is_changed_and_its_hash_too(site):
    """The register chained anew is whole; that the page was sealed otherwise only others can tell."""
    edit(site / "editions" / "2026-q3.1.json", '"yes": "', '"yes": "1')
    cover(site)
    assert ("edition-altered", "editions/2026-q3.1.json") in codes(site)


def test_a_page_is_lost_and_covered_up(site):
    (site / PAGE).unlink()
    cover(site)
    assert codes(site) == {("address-lost", PAGE)}


def test_a_page_is_lost_and_taken_off_the_list_of_addresses_too(site):
    (site / PAGE).unlink()
    edit(site / "addresses.txt", f"{PAGE}\n", "")
    cover(site)
    assert codes(site) == {("addresses-altered", "addresses.txt")}


def test_lines_that_are_no_acts(site):
    good = (site / "register.jsonl").read_bytes()
    for line in (b"{}", b"[]", b"\xff", b"null", b'{"n":' + b"9" * 5000 + b"}", b"[" * 90_000, b"x" * 200_000):
        (site / "register.jsonl").write_bytes(good + line + b"\n")
        cover(site)
        assert ("register-line", "register.jsonl") in codes(site), line[:9]


# Back-dating


def test_a_seal_is_moved_before_its_release(site):
    """Every link is right again, and the facts contradict the date."""
    for row, at in ((6, "2026-10-20T10:00:00+08:00"), (7, "2026-10-20T10:00:00+08:00")):
        reseal(site, row, at=at)
    cover(site)
    assert ("sealed-before", "editions/2026-q3.1.json") in codes(site)


def test_a_line_is_dated_before_the_one_above(site):
    reseal(site, 4, at="2026-05-01T10:00:00+08:00")
    cover(site)
    assert ("register-back", "register.jsonl") in codes(site)


def test_a_correction_is_sealed_before_it_was_decided(site):
    edition = site / "editions" / "2026-q1.2.json"
    decided = next(iter(json.loads(edition.read_text("utf-8"))["correction"].values()))["decided_on"]
    edit(edition, f'"decided_on": "{decided}"', '"decided_on": "2026-06-30"')
    rehash(site, 2)
    cover(site)
    assert ("sealed-before", "editions/2026-q1.2.json") in codes(site)


def test_a_sealed_figure_changes_in_a_later_edition_without_a_correction(site):
    """The register and all hashes are made anew: it is the two editions that tell."""
    edition = site / "editions" / "record.3.json"
    facts = json.loads(edition.read_text("utf-8"))
    before = json.loads((site / "editions" / "record.2.json").read_text("utf-8"))
    facts["item"][next(iter(before["item"]))]["question"] += "？"
    edition.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    rehash(site, 7)
    cover(site)
    assert ("silent", "editions/record.3.json") in codes(site)


def test_the_date_of_publication_on_a_page_is_moved_back(site):
    page = (site / PAGE).read_text("utf-8")
    printed = page.split('name="PubDate" content="')[1][:16]
    edit(site / PAGE, printed, "2026-10-01 09:00")
    assert ("altered", PAGE) in codes(site)
    cover(site)
    assert ("printed", PAGE) in codes(site)


def test_the_date_of_a_sealed_notice_is_moved_back(site):
    page = "notices/2026-q3-results.html"
    printed = (site / page).read_text("utf-8").split('name="PubDate" content="')[1][:16]
    edit(site / page, printed, "2026-10-01 09:00")
    cover(site)
    assert codes(site) == {("printed", page)}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PAGE, "发布时间：2026-10-22", "发布时间：2026-10-21"),
        (PAGE, "，2026年10月22日发布。", "，2026年10月2日发布。"),
        ("rounds/2026-q3/index.html", "发布时间：2026-10-22", "发布时间：2026-09-30"),
        ("rounds/2026-q1/lianhe-water.v1.html", "发布时间：2026-04-17", "发布时间：2026-04-16"),
        ("notices/2026-q3-results.html", "<dd>2026-10-22 10:00</dd>", "<dd>2026-10-20 10:00</dd>"),
        (
            "sitemap.xml",
            "mingyan-gas.html</loc>\n    <lastmod>2026-10-22",
            "mingyan-gas.html</loc>\n    <lastmod>2026-10-01",
        ),
        ("feed.xml", "<published>2026-10-22T02:00:00Z", "<published>2026-10-21T02:00:00Z"),
        ("companies/anju-gas.xml", "<published>2026-10-22T02:00:00Z", "<published>2026-10-21T02:00:00Z"),
        ("data/rounds.csv", "2026-10-22 10:00", "2026-10-21 10:00"),
    ],
)
def test_a_date_of_publication_is_moved_back_wherever_it_is_printed(site, path, old, new):
    """SHA256SUMS made anew hides nothing: the edition has the date."""
    edit(site / path, old, new)
    cover(site)
    assert codes(site) == {("printed", path)}


def test_a_site_speaks_of_a_day_before_its_last_seal(site):
    for name in ("items", "events", "statements"):
        edit(site / "data" / f"{name}.csv", "2026-11-21", "2026-10-01", -1)
    cover(site)
    assert ("as-of-before", "data/items.csv") in codes(site)


# Copies by other programs


def test_the_folder_above_is_told(sample, tmp_path):
    copy(sample, tmp_path / "service.example" / "pingjia")
    assert verify(tmp_path).proved
    assert told(tmp_path) == {"below"}
    copy(sample, tmp_path / "service.example" / "two")
    assert {code for code, _ in codes(tmp_path)} == {"several", "no-sums"}


def test_rewritten_line_ends_are_one_line(site):
    for path in site.rglob("*.html"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert {code for code, _ in codes(site)} == {"line-ends"}


def test_rewritten_links_are_one_line(site):
    for path in site.rglob("*.html"):
        path.write_bytes(path.read_bytes().replace(b'href="', b'href="http://127.0.0.1/'))
    found = [one for one in verify(site).findings if not one.told]
    assert [one.code for one in found] == ["links-rewritten"]


def test_originals_beside_rewritten_pages_are_one_line(site):
    for path in site.rglob("*.html"):
        path.with_name(f"{path.name}.orig").write_bytes(path.read_bytes())
        path.write_bytes(path.read_bytes() + b"<!-- -->")
    assert {code for code, _ in codes(site)} == {"links-rewritten-kept"}


def test_a_few_altered_pages_are_named_each(site):
    for path in ("about.html", "contact.html", PAGE):
        flip(site / path)
    assert codes(site) == {("altered", path) for path in ("about.html", "contact.html", PAGE)}


# Whatever else lies there


@settings(max_examples=60, deadline=None)
@given(sums=st.binary(max_size=400), register=st.binary(max_size=400), edition=st.binary(max_size=200))
def test_no_garbage_brings_it_down(tmp_path_factory, sums, register, edition):
    folder = tmp_path_factory.mktemp("garbage")
    (folder / "editions").mkdir()
    (folder / "SHA256SUMS").write_bytes(sums)
    (folder / "register.jsonl").write_bytes(register)
    (folder / "editions" / "record.1.json").write_bytes(edition)
    assert not verify(folder, older=folder).proved


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=9,
)
KINDS = st.sampled_from(["round", "item", "notice", "correction", "meeting", "statement", "score", "salt"])


@settings(max_examples=80, deadline=None)
@given(
    one=st.dictionaries(KINDS, st.dictionaries(st.text(max_size=4), JSON, max_size=2), max_size=3) | JSON,
    two=st.dictionaries(KINDS, st.dictionaries(st.text(max_size=4), st.dictionaries(st.text(max_size=4), JSON))) | JSON,
    days=st.lists(st.integers(-900_000, 900_000), min_size=2, max_size=2),
    hours=st.integers(-23, 23),
)
def test_no_register_of_garbage_brings_it_down(tmp_path_factory, one, two, days, hours):
    """Whole chains over editions of any shape, at any moment of any zone."""
    import hashlib  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("shapes")
    (folder / "editions").mkdir()
    lines = []
    for number, (facts, day) in enumerate(zip((one, two), days, strict=True), 1):
        data = json.dumps(facts).encode()
        (folder / "editions" / f"record.{number}.json").write_bytes(data)
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=min(day, 900_000) // 2)
        sealed = {"at": f"{at:%Y-%m-%dT%H:%M:%S}{hours:+03d}:00".replace("T", "T"), "kind": "seal", "round": "record"}
        lines.append({**sealed, "edition": number, "facts": hashlib.sha256(data).hexdigest(), "addresses": "0" * 64})
    write_lines(folder, chain(lines))
    cover(folder)
    verify(folder, older=folder)


def test_a_folder_that_cannot_be_looked_through_is_told(site, monkeypatch):
    monkeypatch.setattr("publisher.verify.copy.MOST_ENTRIES", 100)
    assert ("not-whole", "") in codes(site)


def test_a_file_that_is_far_too_large_is_told(site, monkeypatch):
    monkeypatch.setattr("publisher.verify.copy.MOST_BYTES", 1000)
    assert ("unreadable", PAGE) in codes(site)


def test_every_finding_has_its_words_in_both_languages():
    import ast  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    folder = Path(__file__).parent.parent / "publisher"
    paths = [*(folder / "verify").glob("*.py"), folder / "deploying.py"]
    calls = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    made = [
        node for node in calls if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"finding", "told"}
    ]
    rest = [node.args[1] for node in calls if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "few"]
    found = {one.value for one in rest if isinstance(one, ast.Constant)}
    found |= {one.value for node in made for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)}
    assert len(found) > 50
    assert "altered" in found
    for language in ("zh-Hans", "en"):
        words = {key for key in words_of(language).messages if key.startswith("verify.found.")}
        assert words == {f"verify.found.{code}" for code in found}


def test_kinds_of_a_walk_are_as_the_system_says(tmp_path):
    from publisher.verify.copy import copy_of  # noqa: PLC0415

    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    assert copy_of(tmp_path).entries == {"file": Kind.FILE, "folder": Kind.FOLDER}
