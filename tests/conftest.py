"""What several tests share: the sample and the tests' own bureau, built once, and the command in a process."""

import gc
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings
from patience import WAIT

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-21"
"""The day on which the tests look at every site: results must not depend on when the tests run."""


# Started in the background of a shell, we and what we start would be deaf to the signal of Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# As the program does when it starts: looking for garbage as often as usual takes a good part of a long run.
gc.set_threshold(100_000, 20, 50)

# No example may fail because the machine is slow, and a check of a change tries the same ones as the check before it:
# to search for new ones say `--hypothesis-profile=search`.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("search"), derandomize=True)
settings.load_profile("steady")

NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def at_noon(_bureau=None):
    """The moment at which the tests check every folder."""
    return NOON


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="fail if a test was skipped")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Measuring makes code run three times as long: whole sites are built without, where other tests reach the same."""
    coverage = Coverage.current() if item.get_closest_marker("unmeasured") else None
    if coverage is None:
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        coverage.start()


def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if session.config.getoption("no_skips") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def as_of():
    return AS_OF


@pytest.fixture(scope="session")
def build():
    """build(root, site, **options): as the command does, in this process."""
    from publisher.build import build as build_site  # noqa: PLC0415  (so that coverage sees its import)

    def end_of_day(_):
        return datetime.fromisoformat(AS_OF).replace(hour=23, minute=59, tzinfo=ZoneInfo("Asia/Shanghai"))

    def run(folder, site, **options):
        return build_site(folder, site, end_of_day, **options)

    return run


@pytest.fixture(scope="session")
def copy_of(tmp_path_factory):
    """copy_of(root): the inputs of a bureau's folder in a folder of their own."""

    def run(folder):
        copy = tmp_path_factory.mktemp("bureau") / "folder"
        for name in ("content", "results", "templates"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, copy / name)
        return copy

    return run


@pytest.fixture(scope="session")
def sample(build, tmp_path_factory):
    """The site of the sample bureau, in Chinese."""
    site = tmp_path_factory.mktemp("sample") / "site"
    build(ROOT, site)
    return site


@pytest.fixture(scope="session")
def english_sample(build, copy_of, tmp_path_factory):
    """The same bureau with English chosen."""
    folder = copy_of(ROOT)
    settings = folder / "content" / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "language: zh-Hans" in text
    settings.write_text(text.replace("language: zh-Hans", "language: en"), encoding="utf-8")
    site = tmp_path_factory.mktemp("english") / "site"
    build(folder, site)
    return site


@pytest.fixture
def command(tmp_path):
    """command("build", cwd=..., TZ="UTC"): the publisher in a process, in an empty folder if none is given."""

    def run(*words, cwd=None, python=sys.executable, **environment):
        plain = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
        return subprocess.run(
            [python, "-m", "publisher", *map(str, words)],
            cwd=cwd or tmp_path,
            env=plain | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8"} | environment,
            capture_output=True,
            check=False,
            timeout=WAIT,
            stdin=subprocess.DEVNULL,
        )

    return run
