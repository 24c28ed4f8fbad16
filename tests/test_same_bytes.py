"""Same inputs, same bytes: any folder, time zone, language, hash seed and number of processes."""

import csv
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent


def hashes(site):
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def times(site):
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


MACHINES = [
    ("1", {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}),
    ("3", {"TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}),
    ("2", {"TZ": "Pacific/Kiritimati", "LANG": "en_US.UTF-8", "PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1"}),
]


@pytest.mark.parametrize(("jobs", "environment"), MACHINES)
def test_every_machine_builds_the_same_bytes(sample, copy_of, command, as_of, tmp_path, jobs, environment):
    folder = copy_of(ROOT)
    site = tmp_path / "另一处 site"
    done = command("build", "--output", site, "--as-of", as_of, "--jobs", jobs, cwd=folder, **environment)
    assert done.returncode == 0, done.stderr.decode()
    assert hashes(site) == hashes(sample)


def test_the_order_in_which_the_disk_lists_files_does_not_matter(sample, copy_of, build, tmp_path, monkeypatch):
    folder = copy_of(ROOT)
    forwards, scan = os.listdir, os.scandir

    class Backwards:
        def __init__(self, path):
            with scan(path) as entries:
                self.entries = list(entries)[::-1]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            pass

        def __iter__(self):
            return iter(self.entries)

        def __next__(self):
            if not self.entries:
                raise StopIteration
            return self.entries.pop(0)

        def close(self):
            pass

    monkeypatch.setattr(os, "listdir", lambda path=".": forwards(path)[::-1])
    monkeypatch.setattr(os, "scandir", lambda path=".": Backwards(path))
    build(folder, tmp_path / "site")
    monkeypatch.undo()
    assert hashes(tmp_path / "site") == hashes(sample)


def test_rows_of_a_table_in_another_order_change_no_figure(copy_of, build, sample, tmp_path):
    folder = copy_of(ROOT)
    path = folder / "results" / "2026-q3" / "scores.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([head, *rows[::-1]]) + "\n", "utf-8-sig")
    build(folder, tmp_path / "site")
    assert hashes(tmp_path / "site") == hashes(sample)


def test_a_second_build_touches_nothing(sample, build, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(sample, site)
    before = times(site)
    written = build(ROOT, site)
    assert (written.changed, written.removed) == (0, 0)
    assert times(site) == before


def changed_by(build, folder, site):
    """The files whose bytes a build changes; their times alone may move."""
    before, old = hashes(site), times(site)
    build(folder, site)
    after, new = hashes(site), times(site)
    assert {name for name in new if new[name] != old.get(name)} == {n for n in after if after[n] != before.get(n)}
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.fixture
def again(sample, copy_of, tmp_path):
    """A copy of the inputs and of the site they gave."""
    site = tmp_path / "site"
    shutil.copytree(sample, site)
    return copy_of(ROOT), site


def without_index(changed):
    """But for the index of the search page, which holds all texts."""
    return {name for name in changed if not name.startswith("search/")}


def test_a_changed_statement_rewrites_its_scorecard_and_the_data_alone(again, build):
    folder, site = again
    path = folder / "content" / "statements" / "2026-q3" / "mingyan-gas.md"
    path.write_text(path.read_text("utf-8") + "\n补充一段。\n", "utf-8")
    assert without_index(changed_by(build, folder, site)) == {
        "SHA256SUMS",
        "data/datapackage.json",
        "data/statements.csv",
        "rounds/2026-q3/mingyan-gas.html",
    }


def test_a_changed_answer_rewrites_only_pages_that_show_the_question(again, build):
    folder, site = again
    path = folder / "content" / "items.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        sealed_on = "2026-10-22"  # a sealed answer could not be changed without a correction
        row = next(row for row in csv.DictReader(file) if row["answer"] and row["answered_on"] > sealed_on)
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace(row["answer"], row["answer"] + "补充。"), "utf-8-sig")
    changed = without_index(changed_by(build, folder, site))
    assert {"SHA256SUMS", "data/items.csv", f"meetings/{row['meeting']}.html"} <= changed
    others = {name for name in changed if not name.startswith("meetings/") or row["meeting"] in name}
    allowed = {"SHA256SUMS", "data/items.csv", "data/events.csv", f"meetings/{row['meeting']}.html", "index.html"}
    allowed |= {"follow-up.html", "follow-up/companies.html", "follow-up/topics.html", "data/datapackage.json"}
    assert {name for name in others - allowed if row["company"] not in name} == set()


def test_a_later_day_moves_only_pages_that_print_the_day(again):
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from publisher.build import build as build_site  # noqa: PLC0415

    folder, site = again
    before = hashes(site)
    later = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    build_site(folder, site, lambda _: later)
    after = hashes(site)
    for name in sorted(name for name in after if after[name] != before.get(name) and name.endswith(".html")):
        assert "2026年11月30日" in (site / name).read_text("utf-8"), name


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_a_reader_can_check_a_copy_with_sha256sum(sample, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(sample, copy)

    def verify():
        return subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=copy, capture_output=True, check=False
        ).returncode

    listed = {line.split("  ", 1)[1] for line in (copy / "SHA256SUMS").read_text("utf-8").splitlines()}
    assert listed == set(hashes(copy)) - {"SHA256SUMS"}
    assert verify() == 0
    with (copy / "index.html").open("ab") as file:
        file.write(b" ")
    assert verify() == 1
