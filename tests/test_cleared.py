"""A text in which a rule found nothing is not looked through again; one with a finding always is."""

import os
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_unchanged import CACHE, DAY, SMALL, run

from publisher import cli
from publisher.check import ageing, privacy
from publisher.cleared import Cleared, cleared_by
from publisher.live import site_of
from publisher.problems import PublisherError
from publisher.recall import Recall
from publisher.words import words_of


@pytest.fixture
def looked():
    """Texts that were looked through; a finding is whatever is written in capitals."""
    found = []

    def look(text):
        found.append(text)
        return [word for word in text.split() if word.isupper()]

    look.at = found
    return look


def later(cleared, program="p"):
    return cleared_by(program, cleared.told(program))


def test_the_same_text_is_looked_through_once_and_again_where_something_was_found(looked):
    now = Cleared()
    for _ in range(2):
        assert now.of("rule", "nothing", looked) == []
        assert now.of("rule", "FOUND here", looked) == ["FOUND"]
    now = later(now)
    assert now.of("rule", "nothing", looked) == []
    assert now.of("rule", "FOUND here", looked) == ["FOUND"]
    assert looked.at == ["nothing", "FOUND here", "FOUND here", "FOUND here"]


def test_what_one_rule_found_nothing_in_another_looks_through(looked):
    now = Cleared()
    now.of("rule", "nothing", looked)
    later(now).of("other", "nothing", looked)
    later(now).of("rule", "nothing more", looked)
    assert looked.at == ["nothing", "nothing", "nothing more"]


def test_a_text_that_is_gone_is_forgotten(looked):
    now = Cleared()
    now.of("rule", "nothing", looked)
    later(later(now)).of("rule", "nothing", looked)
    assert looked.at == ["nothing", "nothing"]


def test_looks_that_follow_each_other_forget_a_text_that_is_gone_unless_one_was_broken_off(looked):
    now = Cleared()
    for text in ("stays", "goes"):
        now.of("rule", text, looked)
    now.turn()
    now.of("rule", "stays", looked)
    now.turn(complete=False)
    now.of("rule", "goes", looked)
    assert looked.at == ["stays", "goes"]
    now.turn()
    now.of("rule", "goes", looked)
    now.of("rule", "stays", looked)
    assert looked.at == ["stays", "goes", "stays"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: None,
        lambda _: b"",
        lambda told: told[:-1],
        lambda told: told[:-16],
        lambda told: told + told[-16:],
        lambda told: b"\0" + told[1:],
        lambda told: told[:40] + b"\0" + told[41:],
    ],
)
def test_what_is_damaged_clears_nothing(looked, harm):
    now = Cleared()
    for text in ("nothing", "nothing either"):
        now.of("rule", text, lambda _: [])
    found = cleared_by("p", harm(now.told("p")))
    for text in ("nothing", "nothing either"):
        found.of("rule", text, looked)
    assert looked.at == ["nothing", "nothing either"]


def test_another_program_looks_through_everything(looked):
    now = Cleared()
    now.of("rule", "nothing", looked)
    cleared_by("q", now.told("p")).of("rule", "nothing", looked)
    assert looked.at == ["nothing", "nothing"]


def add(folder, text):
    page = folder / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + f"\n{text}\n", "utf-8")


def check(folder):
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(cli.commands(words_of("zh-Hans")), ["check", "--as-of", DAY])
    finally:
        os.chdir(here)


def test_a_second_build_looks_through_what_was_edited_alone(copy_of, monkeypatch):
    folder, find, seen = copy_of(SMALL), privacy.find, []
    monkeypatch.setattr(privacy, "find", lambda text, **more: seen.append(text) or find(text, **more))
    assert run(folder).exit_code == 0
    whole = len(seen)
    add(folder, "又一段。")
    seen.clear()
    assert run(folder).exit_code == 0
    assert whole > 100
    assert [text for text in seen if "又一段。" in text]
    assert len(seen) < 5
    add(folder, "电话 13912345678。")
    for _ in range(2):  # told as often as it is asked
        assert "personal-data" in run(folder).output


def test_answers_are_compared_again_where_one_was_edited_or_some_were_alike(copy_of, monkeypatch):
    folder, real, seen = copy_of(SMALL), ageing.alike, []
    monkeypatch.setattr(ageing, "alike", lambda texts, *more: seen.append((texts, real(texts, *more))) or seen[-1][1])
    assert run(folder).exit_code == 0
    found = [texts for texts, alike in seen if alike]
    whole = len(seen)
    seen.clear()
    add(folder, "又一段。")
    assert run(folder).exit_code == 0
    assert [texts for texts, _ in seen] == found
    assert whole > len(found)
    table = folder / "content/items.csv"
    table.write_text(table.read_text("utf-8").replace("将逐项列明。", "将逐项列明并公布。"), "utf-8")
    seen.clear()
    assert run(folder).exit_code == 0
    assert ("w1", "将逐项列明并公布。") in [pair for texts, _ in seen for pair in texts]
    assert len(seen) < whole


def test_check_looks_through_everything_whatever_a_build_found_before(copy_of, monkeypatch):
    folder = copy_of(SMALL)
    add(folder, "电话 13912345678。")
    with monkeypatch.context() as blind:
        blind.setattr(privacy, "find", lambda _text, **_: [])
        assert run(folder).exit_code == 0
    assert list((folder / CACHE).glob("*.texts"))
    assert "personal-data" in check(folder).output


def test_a_preview_looks_through_what_was_saved_alone_and_tells_a_fault_at_every_save(copy_of, monkeypatch):
    folder, find, seen = copy_of(SMALL), privacy.find, []
    monkeypatch.setattr(privacy, "find", lambda text, **more: seen.append(text) or find(text, **more))
    moment = datetime.fromisoformat(f"{DAY}T12:00:00+00:00")
    making = partial(site_of, folder, lambda _: moment, lambda _: moment, Recall(), Cleared())
    making()
    assert len(seen) > 100
    seen.clear()
    add(folder, "又一段。")
    making()
    assert [text for text in seen if "又一段。" in text]
    assert len(seen) < 5
    add(folder, "电话 13912345678。")
    for _ in range(2):
        with pytest.raises(PublisherError) as told:
            making()
        assert [one.code for one in told.value.problems] == ["personal-data"]
    seen.clear()
    page = folder / "content/pages/about.md"
    whole = page.read_text("utf-8").replace("\n电话 13912345678。\n", "")
    page.write_text(whole, "utf-8")
    making()
    assert len(seen) < 5
    for text in (whole.replace("又一段。", ""), whole):  # what is gone is forgotten
        page.write_text(text, "utf-8")
        seen.clear()
        making()
    assert [text for text in seen if "又一段。" in text]
