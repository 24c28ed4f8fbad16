"""What a command says of the next step, and of what it left out."""

import re
import shutil

import pytest
from click.testing import CliRunner
from conftest import ROOT
from damages_signoff import LATER, Q2, Q2_NOTICE, SCORE, edited
from signed import ask_for_sign_off

from publisher.cli import commands
from publisher.words import words_of

BUREAU = ROOT / "tests" / "bureau"
NOON = "2026-11-21 12:00"


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    monkeypatch.chdir(root)
    return root


def run(*words, language="zh-Hans"):
    done = CliRunner().invoke(commands(words_of(language)), [*words])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def later(root):
    edited(root, Q2, *LATER)
    edited(root, Q2_NOTICE, "published_at: 2026-07-20 10:00", "published_at: 2026-12-20 10:00")


def test_a_build_with_nothing_held_back_says_nothing_of_it(root):
    assert len(run("build", "--as-of", NOON)) == 1


def test_a_build_says_what_waits_for_its_time(root):
    """The notice of its results goes with the round and is not told twice."""
    later(root)
    assert run("build", "--as-of", NOON)[1:] == [
        "暂不公布 1 件，网站上没有：",
        "  results/2026-q2/round.yaml：2026-12-20 10:00 公布，到时再运行 publisher build。",
    ]
    assert run("build", "--as-of", NOON, language="en")[1:] == [
        "Held back and not in the site: 1",
        "  results/2026-q2/round.yaml: comes out at 20 December 2026, 10:00; run publisher build then.",
    ]


def test_a_build_says_what_waits_for_signatures(root):
    ask_for_sign_off(root, "signoff: {stages: [draft, review1, issue], notices: yes}\n")
    assert run("build", "--as-of", NOON)[1:] == [
        "暂不公布 4 件，网站上没有：",
        "  results/2026-q1/round.yaml：公布时刻已到，还差签字：初审。签好以后再运行 publisher build。",
        "  results/quality-2026/round.yaml：公布时刻已到，还差签字：初审。签好以后再运行 publisher build。",
        "  results/2026-q2/round.yaml：公布时刻已到，还差签字：初审。签好以后再运行 publisher build。",
        (
            "  content/notices/gas-b-warning.md：公布时刻已到，还差签字：拟稿、初审、签发。"
            "签好以后再运行 publisher build。"
        ),
    ]


def test_a_build_says_when_both_time_and_signatures_are_waited_for(root):
    """A sign that does not count any more is one that is lacking."""
    later(root)
    ask_for_sign_off(root)
    edited(root, "results/2026-q2/scores.csv", *SCORE)
    assert run("build", "--as-of", NOON)[1:] == [
        "暂不公布 1 件，网站上没有：",
        "  results/2026-q2/round.yaml：还差签字：拟稿、签发；2026-12-20 10:00 以前签好，到时再运行 publisher build。",
    ]


def test_a_build_waits_for_a_sign_that_is_dated_later(root):
    """It comes out with the last of its signs, if that is after its release."""
    edited(root, Q2, "at: 2026-07-18 16:00", "at: 2026-11-21 18:00")
    ask_for_sign_off(root)
    assert run("build", "--as-of", NOON)[2:] == [
        "  results/2026-q2/round.yaml：2026-11-21 18:00 公布，到时再运行 publisher build。"
    ]


def test_a_seal_says_that_the_site_needs_it(root):
    (*_, last) = run("seal", "2026-q1", "--as-of", NOON)
    assert last == (
        "下一步：运行 publisher build，让网站带上新的登记册；再运行 publisher verify，"
        "把它最后打印的校验码和 content/ 一起另存一份。"
    )


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_ten_steps_of_a_new_folder_name_commands_that_are_there(language):
    """Every command of a quarter, and nothing that the program does not have."""
    text = (ROOT / "publisher" / "starter" / language / "README.md").read_text("utf-8")
    steps = re.findall(r"^(\d+)\. ", text.split("\n## ")[2], re.MULTILINE)
    assert steps == [str(n) for n in range(1, 11)]
    found = re.findall(r"publisher ([a-z-]+)((?: --[a-z-]+)*)", text.split("\n## ")[2])
    group = commands(words_of(language))
    assert {name for name, _ in found} == {*{"new", "template", "check", "build", "diff", "sign-off", "seal", "verify"}}
    for name, options in found:
        known = {opt for one in group.commands[name].params for opt in one.opts}
        assert set(options.split()) <= known
