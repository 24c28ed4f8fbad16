"""A build of what was built already says so at once; of anything else it is a build like any other."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_type_hints
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from patience import WAIT

from publisher import checking, cli
from publisher.commands.again import CACHE, attempt, keep, last_build
from publisher.load import sealed
from publisher.load.folder import load
from publisher.model.asked import Event, Holiday, Item
from publisher.model.bureau import Bureau
from publisher.model.records import Score
from publisher.stamp import built, looked_at, program, read_glance, read_stamp, still_holds, still_lies
from publisher.stamp.states import INPUTS, is_young
from publisher.stamp.told import WORK as WORK_OF_THE_STAMP
from publisher.until import WITHOUT_MOMENTS, same_until
from publisher.words import words_of
from publisher.write.paths import WORK

SMALL = Path(__file__).parent / "bureau"
DAY = "2026-11-20"
HEAVY = {"pandas", "pydantic", "jinja2", "markdown", "nh3", "yaml", "babel", "typst", "publisher.build"}
DAMAGES = (b"", b"{", b"[]", b"null", b'{"form": 1}', b'{"form": 0}', b"[" * 100_000, b"\xff\xfe")


def run(folder, *words):
    """The command, in this process."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(cli.commands(words_of("zh-Hans")), ["build", "--as-of", DAY, *words])
    finally:
        os.chdir(here)


def tree(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(copy_of, tmp_path_factory):
    """A bureau that was built, to copy from; and its files."""
    folder = copy_of(SMALL)
    assert run(folder).exit_code == 0
    return folder, tree(folder / "site")


@pytest.fixture
def bureau(first, tmp_path):
    """The same in its own place, with a stamp as a build there would leave it."""
    folder = tmp_path / "bureau"
    shutil.copytree(first[0], folder, ignore=shutil.ignore_patterns(CACHE))
    here = attempt(folder, folder / "site", DAY, "zh-Hans").begun()
    stamp = read_stamp(stamp_of(first[0]))
    sums = {path: sum_ for path, (_, sum_) in stamp.output.items() if sum_}
    inputs, output = built(here.before, folder, folder / "site", sums, {})
    keep(here, replace(stamp, asked=here.asked, read=here.at, inputs=inputs, output=output))
    return folder


def stamp_of(folder):
    (path,) = (folder / CACHE).glob("*.json")
    return path


def holds(folder, now=None):
    stamp = read_stamp(stamp_of(folder))
    return still_holds(stamp, stamp.asked, folder, folder / "site", now or stamp.start + 1)


def test_nothing_heavy_is_imported_and_the_words_are_those_of_a_build(bureau):
    code = (
        "import sys\nfrom publisher.cli import main\nsys.argv = ['publisher', 'build', '--as-of', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUTF8": "1"}

    def said():
        done = subprocess.run(
            [sys.executable, "-c", code, DAY],
            cwd=bureau,
            env=environment,
            capture_output=True,
            check=True,
            timeout=WAIT,
        )
        return done.stdout.decode().splitlines()

    quick = said()
    shutil.rmtree(bureau / CACHE)
    whole = said()
    assert quick[-1] == "[]"
    assert whole[-1] != "[]"
    assert [line.partition("用时")[0] for line in quick[:-1]] == [line.partition("用时")[0] for line in whole[:-1]]


def test_the_site_is_not_touched(bureau):
    before = {path: path.stat().st_mtime_ns for path in (bureau / "site").rglob("*")}
    assert holds(bureau)
    assert run(bureau).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in (bureau / "site").rglob("*")} == before


@pytest.mark.parametrize("damage", DAMAGES, ids=repr)
def test_a_damaged_stamp_is_none(bureau, damage):
    stamp_of(bureau).write_bytes(damage[:2000] * (len(damage) // 2000 or 1))
    assert read_stamp(stamp_of(bureau)) is None


def test_a_stamp_of_another_program_or_question_does_not_count(bureau):
    stamp = read_stamp(stamp_of(bureau))
    for asked in (
        replace(stamp.asked, program="another"),
        replace(stamp.asked, as_of="2026-11-19"),
        replace(stamp.asked, as_of=None),
        replace(stamp.asked, site="/elsewhere"),
    ):
        assert still_holds(stamp, asked, bureau, bureau / "site", stamp.start + 1) is None


def test_another_library_is_another_program(tmp_path, monkeypatch):
    before = program()
    (tmp_path / "any-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert program() != before


def test_it_holds_from_its_build_to_the_next_moment_that_changes_something(bureau):
    stamp = read_stamp(stamp_of(bureau))
    for now, still in ((stamp.start - 1, False), (stamp.start, True), (stamp.until - 1, True), (stamp.until, False)):
        assert bool(holds(bureau, now)) is still


def edited_in_disguise(path):
    """As long as before, and with the time of before."""
    times = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("path", ["content/site.yaml", "results/2026-q1/scores.csv", "site/index.html"])
@pytest.mark.parametrize("looks", [0, 1])
def test_an_edit_that_keeps_size_and_time_is_seen(bureau, path, looks):
    for _ in range(looks):
        assert run(bureau).exit_code == 0
    edited_in_disguise(bureau / path)
    assert holds(bureau) is None


def test_a_file_that_was_only_touched_is_the_same(bureau):
    for path in ("content/site.yaml", "site/index.html"):
        os.utime(bureau / path)
    assert holds(bureau)


def test_a_young_file_is_read_whatever_its_state_says(bureau):
    """Written twice within one tick of the clock of the disk: no state tells that."""
    stamp = read_stamp(stamp_of(bureau))
    path = "content/site.yaml"
    state, sum_ = stamp.inputs[path]
    assert is_young(state, state[2])
    assert not is_young(state, state[2] + 10**9)
    lied = replace(stamp, inputs={**stamp.inputs, path: (state, "0" * 64)})
    seen = {"asked": stamp.asked, "root": bureau, "site": bureau / "site", "now": stamp.start + 1}
    assert still_holds(replace(lied, read=state[2]), **seen) is None
    assert still_holds(replace(lied, read=state[2] + 10**10), **seen) is not None
    assert sum_


HARMS = [
    lambda site: (site / "index.html").unlink(),
    lambda site: (site / "index.html").write_text("x"),
    lambda site: (site / "SHA256SUMS").write_text(""),
    lambda site: shutil.rmtree(site / "rounds"),
    shutil.rmtree,
    lambda site: ((site / "rounds").rename(site.parent / "away"), (site / "rounds").symlink_to("../away")),
    lambda site: (site / WORK).mkdir(),
    lambda site: (site / "register.jsonl").write_text(""),
]


@pytest.mark.parametrize("harm", HARMS)
def test_harm_to_the_site_is_seen(bureau, harm):
    run(bureau)
    harm(bureau / "site")
    assert holds(bureau) is None


@pytest.mark.parametrize("harm", ["edited", "deleted", "foreign"])
def test_after_harm_the_site_is_that_of_a_clean_build(bureau, first, harm):
    site = bureau / "site"
    run(bureau)
    if harm == "edited":
        edited_in_disguise(site / "index.html")
    elif harm == "deleted":
        (site / "feed.xml").unlink()
    else:
        (site / "CNAME").write_text("a.example")
    assert run(bureau).exit_code == 0
    assert tree(site) == first[1] | ({"CNAME": b"a.example"} if harm == "foreign" else {})


def test_after_a_build_inputs_are_read_for_their_hashes_that_moved_or_were_young(bureau, monkeypatch):
    stamp = read_stamp(stamp_of(bureau))
    edited, young = "content/pages/about.md", "content/site.yaml"
    (bureau / edited).write_text((bureau / edited).read_text("utf-8") + "\n又及。\n", "utf-8")
    here = attempt(bureau, bureau / "site", DAY, "zh-Hans").begun()
    before = replace(here.before, young={})
    lied = {path: (state, sum_ and "0" * 64) for path, (state, sum_) in stamp.inputs.items()}
    sums = {path: sum_ for path, (_, sum_) in stamp.output.items() if sum_}
    right, _ = built(before, bureau, bureau / "site", sums, {})
    for read, known in ((stamp.read + 10**10, {edited}), (0, {*right})):
        found, _ = built(before, bureau, bureau / "site", sums, {}, replace(stamp, inputs=lied, read=read))
        assert {path for path, told in found.items() if told == right[path]} >= known
        assert (found[young] == right[young]) is (young in known)
    assert right.keys() == found.keys()


def test_what_is_added_to_or_taken_from_the_inputs_is_seen(bureau):
    for path in ("content/pages/new.md", "content/new", "results/README.md", "templates/home.html"):
        (bureau / path).parent.mkdir(exist_ok=True)
        (bureau / path).write_text("x")
        assert holds(bureau) is None
        (bureau / path).unlink()
    (bureau / "templates").rmdir()
    assert holds(bureau)
    (bureau / "content/pages/about.md").unlink()
    assert holds(bureau) is None


def test_a_link_among_the_inputs_is_never_trusted(bureau):
    page = bureau / "content/pages/about.md"
    page.rename(bureau / "about.md")
    page.symlink_to(bureau / "about.md")
    assert looked_at(bureau, 0) is None
    assert holds(bureau) is None


def test_what_changed_while_it_was_built_leaves_no_stamp(bureau):
    sums = {path: sum_ for path, (_, sum_) in read_stamp(stamp_of(bureau)).output.items() if sum_}
    before = looked_at(bureau, 0)
    assert built(before, bureau, bureau / "site", sums, {})
    edited_in_disguise(bureau / "content/site.yaml")
    assert built(before, bureau, bureau / "site", sums, {}) is None


def test_a_fault_leaves_the_last_stamp_which_does_not_hold(bureau):
    settings = bureau / "content/site.yaml"
    good = settings.read_text("utf-8")
    settings.write_text(good + "nonsense: 1\n", "utf-8")
    assert run(bureau).exit_code == 1
    assert run(bureau).exit_code == 1
    settings.write_text(good, "utf-8")
    assert run(bureau).exit_code == 0


def test_a_folder_where_nothing_can_be_kept_is_built_all_the_same(bureau, first):
    shutil.rmtree(bureau / CACHE)
    (bureau / CACHE).write_text("a file")
    assert run(bureau).exit_code == 0
    assert tree(bureau / "site") == first[1]


def test_the_cache_is_no_part_of_the_bureaus_record(bureau):
    assert (bureau / CACHE / ".gitignore").read_text() == "*\n"
    assert set(json.loads(stamp_of(bureau).read_bytes())) == {
        *(
            "form",
            "asked",
            "start",
            "until",
            "files",
            "unprinted",
            "lines",
            "read",
            "checked",
            "inputs",
            "output",
            "absent",
        )
    }


@pytest.fixture
def glanced(bureau, monkeypatch):
    """A bureau that was looked at long after it was built."""
    monkeypatch.setattr("publisher.stamp.glance.COARSE", -(10**12))
    assert run(bureau).exit_code == 0
    return bureau


def lies(folder, now=None):
    (path,) = (folder / CACHE).glob("*.glance")
    glance = read_glance(path.read_bytes())
    return still_lies(glance, glance.asked, folder, folder / "site", now or glance.start + 1)


def test_a_second_look_opens_no_file_of_the_bureau(glanced, monkeypatch):
    assert lies(glanced)
    said = run(glanced).output
    monkeypatch.setattr("publisher.commands.again.read_stamp", lambda _: pytest.fail("not needed"))
    assert run(glanced).output.partition("用时")[0] == said.partition("用时")[0]


def test_after_an_edit_the_site_need_not_be_looked_at(bureau, monkeypatch):
    page = bureau / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + "\n又及。\n", "utf-8")
    monkeypatch.setattr("publisher.commands.again.sight_of", lambda *_: pytest.fail("not needed"))
    assert last_build(attempt(bureau, bureau / "site", DAY, "zh-Hans")) is None


def test_a_glance_is_only_kept_when_nothing_is_young(bureau):
    (glance := stamp_of(bureau).with_suffix(".glance")).unlink(missing_ok=True)
    os.utime(bureau / "site" / "index.html")
    assert run(bureau).exit_code == 0
    assert not glance.exists()
    assert holds(bureau)


@pytest.mark.parametrize("harm", HARMS)
def test_harm_to_the_site_is_seen_at_a_glance(glanced, harm):
    harm(glanced / "site")
    assert not lies(glanced)


@pytest.mark.parametrize("path", ["content/site.yaml", "results/2026-q1/scores.csv", "site/index.html"])
def test_an_edit_in_disguise_is_seen_at_a_glance(glanced, path):
    edited_in_disguise(glanced / path)
    assert not lies(glanced)


def add(folder, path):
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("x")


def link(path):
    path.rename(path.parent.parent / "away")
    path.symlink_to(path.parent.parent / "away")


@pytest.mark.parametrize(
    "deed",
    [
        lambda folder: add(folder, "content/pages/new.md"),
        lambda folder: add(folder, "results/README.md"),
        lambda folder: add(folder, "templates/home.html"),
        lambda folder: (folder / "content/new").mkdir(),
        lambda folder: (folder / "content/pages/about.md").unlink(),
        lambda folder: (folder / "content/pages/about.md").rename(folder / "content/pages/about2.md"),
        lambda folder: link(folder / "content/pages/about.md"),
        lambda folder: link(folder / "content/pages"),
    ],
)
def test_what_becomes_of_inputs_is_seen_at_a_glance(glanced, deed):
    assert lies(glanced)
    deed(glanced)
    assert not lies(glanced)


def test_a_glance_ends_when_the_stamp_does_and_holds_for_what_was_asked(glanced):
    stamp = read_stamp(stamp_of(glanced))
    for now, still in ((stamp.start - 1, False), (stamp.start, True), (stamp.until - 1, True), (stamp.until, False)):
        assert lies(glanced, now) is still
    glance = read_glance(stamp_of(glanced).with_suffix(".glance").read_bytes())
    other = replace(glance.asked, as_of=None)
    assert not still_lies(glance, other, glanced, glanced / "site", glance.start)


@pytest.mark.parametrize("damage", DAMAGES, ids=repr)
def test_a_damaged_glance_is_none(glanced, damage):
    (path,) = (glanced / CACHE).glob("*.glance")
    assert read_glance(path.read_bytes())
    assert read_glance(damage) is None
    path.write_bytes(damage)
    assert run(glanced).exit_code == 0
    assert lies(glanced)


def test_files_of_others_in_the_site_are_looked_at_one_by_one_once(glanced):
    (glanced / "site" / "CNAME").write_text("a.example")
    assert not lies(glanced)
    assert run(glanced).exit_code == 0
    assert lies(glanced)


def test_a_build_reads_nothing_of_the_bureau_that_the_stamp_does_not_watch(first, tmp_path):
    """Whatever is opened for reading lies in the inputs, in the site, or outside the bureau."""
    opened, over = [], []

    def hear(event, given):
        if not over and event in {"open", "os.scandir"}:
            opened.append(given[0])

    sys.addaudithook(hear)  # stays for the life of the process
    folder = tmp_path / "bureau"
    shutil.copytree(first[0], folder)
    opened.clear()
    assert run(folder).exit_code == 0
    over.append(True)
    texts = [os.fsdecode(one) for one in opened if isinstance(one, str | bytes | os.PathLike)]
    within = {Path(text).relative_to(folder).parts[:1] for text in texts if Path(text).is_relative_to(folder)}
    assert {parts[0] for parts in within if parts} <= {*INPUTS, "site", CACHE}
    assert ("content",) in within


def test_the_two_names_of_the_work_folder_are_one():
    assert WORK_OF_THE_STAMP == WORK


ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def small():
    return load(SMALL).bureau


def test_a_site_stays_the_same_to_the_end_of_the_day_at_most(small):
    noon = datetime(2026, 11, 20, 12, tzinfo=ZONE)
    assert same_until(small, noon) == datetime(2026, 11, 21, tzinfo=ZONE)
    assert same_until(small, noon.astimezone(UTC)) == datetime(2026, 11, 21, tzinfo=ZONE)


def moments_of(bureau):
    """Releases, signatures, publications: found by name, not by looking everywhere."""
    yield from (one.release_at for one in bureau.rounds.values() if one.release_at)
    yield from (one.published_at for one in (*bureau.notices, *bureau.meetings.values()) if one.published_at)
    for one in (*bureau.rounds.values(), *bureau.notices):
        yield from (sign.at for sign in vars(one.signoff).values() if sign) if one.signoff else ()


def test_each_moment_of_the_inputs_ends_it(small):
    found = {one if one.tzinfo else one.replace(tzinfo=ZONE) for one in moments_of(small)}
    assert len(found) > 5
    for moment in found:
        before = moment - timedelta(seconds=1)
        assert same_until(small, before) == moment
        assert same_until(small, moment) > moment


def test_the_long_tables_have_no_times_of_a_day():
    assert {"scores", "items", "events", "holidays"} == WITHOUT_MOMENTS <= set(Bureau.__dataclass_fields__)
    for model in (Score, Item, Event, Holiday):
        hints = {name: hint for name, hint in get_type_hints(model).items() if name != "origin"}
        assert not [name for name, hint in hints.items() if "datetime.datetime" in str(hint)]


def test_every_file_of_the_site_that_rules_look_at_is_watched(small, tmp_path, monkeypatch):
    """A page put there by hand is a finding of the next build."""
    looked = []
    real = sealed._quiet
    monkeypatch.setattr(sealed, "_quiet", lambda path: looked.append(path) or real(path))
    monkeypatch.setattr(checking, "is_published", lambda site, one: looked.append(site / one))
    checking.checked(SMALL, lambda _: datetime(2026, 11, 20, 12, tzinfo=ZONE), None, tmp_path)
    within = {path.relative_to(tmp_path).as_posix() for path in looked if path.is_relative_to(tmp_path)}
    assert within == set(checking.looked_for(small))
