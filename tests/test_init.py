"""`publisher init` lays down a bureau that already builds, and overwrites nothing of anyone's."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import at_noon

from publisher.checking import checked
from publisher.cli import commands
from publisher.problems import PublisherError
from publisher.starting import lay_down
from publisher.words import LANGUAGES, words_of

ROOT = Path(__file__).parent.parent
REFERENCES = ("content/README.md", "content/README-problems.md", "results/README.md")
STARTERS = ROOT / "publisher" / "starter"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_folder_builds_and_warns_of_nothing_but_its_unanswered_question(language, tmp_path, build):
    count = lay_down(tmp_path / "demo", language)
    laid = files(tmp_path / "demo")
    guides = {name: (ROOT / name).read_bytes() for name in REFERENCES}
    assert laid == files(STARTERS / language) | guides
    assert count == len(laid)
    assert [one.code for one in checked(tmp_path / "demo", at_noon).problems] == ["answer-missing"]
    written = build(tmp_path / "demo", tmp_path / "demo" / "site")
    assert written.pages > 10
    assert f'<html lang="{language}">' in (tmp_path / "demo" / "site" / "index.html").read_text("utf-8")


def test_both_languages_start_with_the_same_files():
    one, other = (set(files(STARTERS / language)) for language in LANGUAGES)
    assert one == other


def test_the_starters_name_no_real_body_and_are_marked_as_samples(tmp_path, build):
    for language in LANGUAGES:
        settings = (STARTERS / language / "content" / "site.yaml").read_text("utf-8")
        assert "sample: yes" in settings
        assert "example" in settings


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "demo").mkdir()
    assert lay_down(tmp_path / "demo", "en")


@pytest.mark.parametrize("found", ["file", "full"])
def test_what_is_there_stays(tmp_path, found):
    folder = tmp_path / "demo"
    if found == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
    before = files(tmp_path)
    with pytest.raises(PublisherError) as caught:
        lay_down(folder, "zh-Hans")
    assert [problem.code for problem in caught.value.problems] == ["folder-not-empty"]
    assert files(tmp_path) == before


def test_a_folder_below_a_file_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(PublisherError) as caught:
        lay_down(tmp_path / "file" / "demo", "zh-Hans")
    assert [problem.code for problem in caught.value.problems] == ["cannot-create-folder"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_what_to_do_next(tmp_path, language):
    words = words_of(language)
    done = CliRunner().invoke(commands(words), ["init", str(tmp_path / "demo")])
    assert done.exit_code == 0
    assert "publisher build" in done.output
    assert (tmp_path / "demo" / "content" / "site.yaml").read_text("utf-8").count(f"language: {language}") == 1
    again = CliRunner().invoke(commands(words), ["init", str(tmp_path / "demo")])
    assert again.exit_code == 1
    assert "folder-not-empty" in again.output


def test_the_new_files_can_be_edited(tmp_path):
    lay_down(tmp_path / "demo", "en")
    assert all(os.access(path, os.W_OK) for path in (tmp_path / "demo").rglob("*"))
