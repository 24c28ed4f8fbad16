"""Whole commands killed at moments nobody chose: every file is the old or the new one, and the next run mends all.

`test_write.py` and `test_sealing.py` kill at each single step of writing; here the clock decides. The moments come from
a seed, and from how quick the machine is; `PUBLISHER_SEED` tries others.
"""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from patience import WAIT
from test_sealing import once, root, sealed_part, waiting

__all__ = ["once", "root"]
pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal"),
    pytest.mark.xdist_group("kills"),
]
SEED = int(os.environ.get("PUBLISHER_SEED", "7"))
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
BUILD = ["-m", "publisher", "build", "--as-of", "2026-11-20 18:00"]
SEAL = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from conftest import at_noon
    from test_sealed import SALT, at
    from publisher.sealing import seal
    seal(Path("."), "2026-q2", at("2026-11-20 18:00"), today=at_noon, salt=SALT)
"""


def tree(folder):
    """Every file and folder below, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")
    }


def pages(folder):
    return {path: data for path, data in tree(folder).items() if not path.startswith(".publisher")}


def inputs(folder):
    return {path: data for path, data in tree(folder).items() if not path.startswith(("site", ".publisher-cache"))}


def started(words, where):
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=where,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finished(words, where):
    """The seconds that it took."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, *words], cwd=where, env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return time.monotonic() - begun


def killed(words, where, number, wait):
    """Ends it with a signal after `wait()`; whether it was still at work then, and that nobody it started lives on."""
    process = started(words, where)
    wait(process)
    alive = process.poll() is None
    process.send_signal(number)
    process.wait(WAIT)
    assert gone(process.pid), "processes of the killed command live on"
    return alive


def gone(group):
    """Whether the whole group ends, each by itself."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    return False


def after(seconds):
    return lambda _process: time.sleep(seconds)


def while_writing(work, seconds):
    """From the moment on at which the command begins to write."""

    def wait(process):
        while process.poll() is None and not work.exists():
            time.sleep(0.001)
        time.sleep(seconds)

    return wait


def nearer(seconds, hit):
    """The latest moment to kill at next: a machine that was busy when it was measured may be quick now."""
    return seconds if hit else seconds / 4


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    """A bureau with its old site, and what the new one must be."""
    folder = tmp_path_factory.mktemp("kills")
    bureau = Path(shutil.copytree(ROOT / "tests" / "bureau", folder / "bureau"))
    finished(BUILD, bureau)
    (bureau / "site" / "CNAME").write_text("example.org")
    old = tree(bureau / "site")
    settings = bureau / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("title: ", "title: 新的", 1), "utf-8")
    (bureau / "content" / "pages" / "more.md").write_text("---\ntitle: 更多\n---\n\n正文。\n", "utf-8")
    fresh = Path(shutil.copytree(bureau, folder / "fresh", ignore=shutil.ignore_patterns("site")))
    seconds = finished(BUILD, fresh)
    return bureau, old, tree(fresh / "site") | {"CNAME": b"example.org"}, seconds


@pytest.mark.parametrize(("jobs", "turns"), [("1", 5), ("2", 4)])
def test_a_build_killed_at_any_moment_leaves_old_or_new_files_and_the_next_is_clean(bureau, tmp_path, jobs, turns):
    source, old, new, seconds = bureau
    assert old != new
    chance = Random(SEED)  # noqa: S311  (no secret)
    hits = 0
    for turn in range(turns):
        here = Path(shutil.copytree(source, tmp_path / str(turn)))
        late = while_writing(here / "site" / ".publisher", chance.uniform(0, seconds))
        wait = late if turn % 2 else after(chance.uniform(0, seconds))
        hit = killed([*BUILD, "--jobs", jobs], here, chance.choice(SIGNALS), wait)
        hits, seconds = hits + hit, nearer(seconds, hit)
        for path, data in pages(here / "site").items():
            assert data in {old.get(path), new.get(path)}, (SEED, turn, path)
        assert set(old) & set(new) <= set(pages(here / "site")), (SEED, turn)
        finished(BUILD, here)
        assert tree(here / "site") == new, (SEED, turn)
        assert inputs(here) == inputs(source), (SEED, turn)
    assert hits, (SEED, "no build was still at work")


def test_a_seal_killed_at_any_moment_is_the_old_or_the_new(root, tmp_path):
    waiting(root)
    words = ["-c", textwrap.dedent(SEAL), str(ROOT / "tests")]
    whole = Path(shutil.copytree(root, tmp_path / "whole"))
    seconds = finished(words, whole)
    old, new, clean = sealed_part(root), sealed_part(whole), tree(whole)
    chance, hits = Random(SEED), 0  # noqa: S311  (no secret)
    for turn in range(6):
        here = Path(shutil.copytree(root, tmp_path / str(turn)))
        hit = killed(words, here, chance.choice(SIGNALS), after(chance.uniform(0, seconds)))
        hits, seconds = hits + hit, nearer(seconds, hit)
        part = sealed_part(here)
        assert part in (old, new), (SEED, turn)
        if part == old:
            finished(words, here)
        assert sealed_part(here) == new, (SEED, turn)
        left = set(tree(here)) - set(clean)
        assert left <= {"content/editions/.addresses.new"}, (SEED, turn, left)
    assert hits, (SEED, "no seal was still at work")
