"""What README tells people to type works, and what it tells them to look at is there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.cli import commands
from publisher.words import words_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
CI = ROOT / ".ci"
OPTION = r"(?<![\w-])--[a-z][a-z-]+"


def commands_of_ci():
    return re.findall(r"^sh (\.ci/\w+)", README, re.MULTILINE)


def test_two_commands_do_everything_on_a_fresh_machine():
    assert commands_of_ci() == [".ci/sample", ".ci/test"]
    for name in commands_of_ci():
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("name", ["sample", "test", "run", "setup"])
def test_the_scripts_are_for_any_posix_shell(name):
    path = CI / name
    text = path.read_text("utf-8")
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0
    assert not re.search(r"\[\[|\bfunction\b|\blocal\b|<<<|\bpipefail\b|\bsource\b", text)
    if name != "setup":
        assert text.startswith("#!/bin/sh\n")
        assert "set -eu" in text


def test_the_scripts_name_no_host():
    """Packages come from wherever pip and apt are told to look."""
    for path in (*CI.iterdir(), ROOT / "constraints.txt"):
        text = path.read_text("utf-8").replace("http://127.0.0.1", "")
        assert not re.search(r"https?://|--index-url|--extra-index|--find-links", text), path.name


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
def test_the_sample_command_builds_the_sample_and_may_be_repeated(tmp_path):
    """Offline: the environment that the command would make is this one, marked as made."""
    clone = tmp_path / "路径 with spaces"
    for name in (".ci", "content", "results", "templates", "publisher"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "constraints.txt", "README.md"):
        shutil.copyfile(ROOT / name, clone / name)
    environment = clone / ".venv" / "bin"
    environment.mkdir(parents=True)
    (environment / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (environment / "python").chmod(0o755)
    state = ". .ci/setup; state >.venv/ready-use"
    subprocess.run(["sh", "-c", state], cwd=clone, check=True)
    for _ in range(2):
        done = subprocess.run(
            ["sh", ".ci/sample"],
            cwd=clone,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert (clone / "site" / "index.html").is_file()
        assert f"{clone}/site/index.html" in done.stdout.decode()
    assert done.stderr == b""


def test_the_tour_leads_to_pages_of_the_sample(sample):
    pages = re.findall(r"`site/([^`]+)`", README)
    assert len(pages) > 5
    assert [page for page in pages if not (sample / page).is_file()] == []


def known_options():
    group = commands(words_of("en"))
    options = {name: [o for one in command.params for o in one.opts] for name, command in group.commands.items()}
    return {name: {one for one in some if one.startswith("--")} for name, some in options.items()}


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_readme_and_command_know_the_same_commands_and_options(readme):
    rows = re.findall(r"^\| `publisher ([\w-]+)(.*)", readme, re.MULTILINE)
    listed = {name: set(re.findall(OPTION, row)) for name, row in rows}
    assert listed == known_options()


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_every_option_in_readme_exists(readme):
    known = {option for options in known_options().values() for option in options}
    ours = re.sub(r"`(?:pip|sh \.ci/test|rsync|aws|ossutil|lftp|wget)[^`]*`", "", readme)
    assert set(re.findall(OPTION, ours)) <= known


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_every_file_that_readme_links_or_shows_is_there(readme):
    shown = re.findall(r"`((?:tests|content|results|templates)/[a-zA-Z0-9./-]+\.md)`", readme)
    targets = re.findall(r"\]\(([^)#]+)\)", readme) + shown
    assert len(shown) > 2
    assert [one for one in targets if not one.startswith("http") and not (ROOT / one).exists()] == []


def test_readme_names_the_measures_of_the_model():
    from typing import get_args  # noqa: PLC0415

    from publisher.model.scheme import Measure  # noqa: PLC0415

    assert set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)) == set(get_args(Measure))
