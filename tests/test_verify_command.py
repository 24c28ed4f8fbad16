"""The command `publisher verify`: what it prints, how it ends, and where it looks for the key."""

import re
import shutil

import pytest
from click.testing import CliRunner
from tampering import copy, flip, lines_of

from publisher.cli import commands
from publisher.signature import new_pair, sign_site
from publisher.words import words_of


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A reporter's folder: no bureau, no settings."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def site(sample, tmp_path):
    return copy(sample, tmp_path / "copy")


def run(*words, language="en"):
    return CliRunner().invoke(commands(words_of(language)), ["verify", *map(str, words)])


@pytest.mark.parametrize(
    ("language", "proved", "not_proved"),
    [
        ("zh-Hans", "核对通过：副本完整，没有改动。", "核对不通过：共 1 处。"),
        ("en", "Proved: the copy", "Not proved; findings: 1."),
    ],
)
def test_the_verdict_and_the_figures_to_note_down(site, language, proved, not_proved):
    last = lines_of(site)[-1]
    done = run("copy", language=language)
    assert (done.exit_code, done.output.startswith(proved)) == (0, True)
    assert len(re.findall(r"\b[0-9a-f]{64}\b", done.output)) == 2
    assert last["at"][:4] in done.output
    flip(site / "about.html")
    wrong = run(site, language=language)
    assert wrong.exit_code == 1
    assert wrong.output.splitlines()[0].startswith("about.html")
    assert len(re.findall(r"\b[0-9a-f]{64}\b", wrong.output.splitlines()[0])) == 2
    assert not_proved in wrong.output


@pytest.mark.parametrize("words", [["nowhere"], [], ["copy", "--older", "nowhere"], ["copy", "--public-key", "x"]])
def test_wrong_usage_ends_with_2(site, words):
    done = run(*words)
    assert (done.exit_code, "Traceback" in done.output) == (2, False)


def test_in_a_bureaus_folder_it_is_the_site_that_is_looked_at(site, tmp_path, monkeypatch):
    bureau = tmp_path / "bureau"
    (bureau / "content").mkdir(parents=True)
    (bureau / "content" / "site.yaml").write_text("title: x\n")
    monkeypatch.chdir(bureau)
    assert run().exit_code == 2
    shutil.move(site, bureau / "site")
    assert run().exit_code == 0


def test_the_key_is_given_or_in_a_file_or_in_the_settings(site, tmp_path):
    key = new_pair(tmp_path / "own.key", "", bytes)
    sign_site(site, tmp_path / "own.key", "", "file:SHA256SUMS\thashed")
    assert "not checked" in run("copy").output
    for given in (key.shown, "own.pub"):
        done = run("copy", "--public-key", given)
        assert (done.exit_code, f"Good signature by key {key.name}" in done.output) == (0, True)
    (tmp_path / "content").mkdir()
    for text, code in ((f"public_key: {key.shown}\n", 0), ("public_key: RW\n", 2), ("[", 0), ("public_key: [x]\n", 0)):
        (tmp_path / "content" / "site.yaml").write_text(text)
        assert run("copy").exit_code == code, text


def test_nothing_that_a_terminal_obeys_is_printed(site):
    (site / "a\x1b[31mb.html").write_text("x")
    (site / "c\nd.html").write_text("x")
    with (site / "SHA256SUMS").open("ab") as file:
        file.write(b"\x1b]0;title\x07\xff\n")
    done = run("copy")
    assert done.exit_code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.output)


def test_thousands_of_findings_are_summed_up(site):
    for number in range(400):
        (site / f"x{number}.html").write_text("x")
    done = run("copy")
    assert done.output.count("[unlisted]") == 301
    assert "100 more" in done.output
    assert "findings: 400" in done.output


def test_an_older_copy_is_named_in_the_verdict(site, sample, tmp_path):
    assert "goes on from the older copy" in run("copy", "--older", sample).output
    (tmp_path / "empty").mkdir()
    assert run("copy", "--older", "empty").exit_code == 1


def test_the_command_works_in_a_process_of_its_own(command, site, tmp_path):
    done = command("verify", "copy", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert command("verify", cwd=tmp_path).returncode == 2
