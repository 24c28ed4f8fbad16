"""Sealing: old or new whenever it is killed; what it refuses; a chain in which every edit shows."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, at_noon
from patience import WAIT
from signed import ask_for_sign_off
from test_sealed import BUREAU, SALT, at, change, codes, correct, made, sealed_at

from publisher.build import build
from publisher.editions.facts import digest
from publisher.editions.register import first_difference, hash_of_line
from publisher.load.folder import load
from publisher.problems import PublisherError
from publisher.sealing import seal
from publisher.words import words_of
from publisher.write import Additions, write_sealed

REGISTER = "content/register.jsonl"
posix = pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Both quarters sealed once, 2026-q2 corrected and a question changed, waiting for the next seal."""
    root = tmp_path_factory.mktemp("once") / "bureau"
    shutil.copytree(BUREAU, root)
    sealed_at(root, "2026-q1", "2026-08-14 12:00")
    sealed_at(root, "2026-q2", "2026-09-15 12:00")
    return root


@pytest.fixture
def root(once, tmp_path):
    return shutil.copytree(once, tmp_path / "bureau")


def waiting(root):
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    change(root / "content" / "items.csv", "账单看不懂。", "账单看不明白。")
    correct(root, "score/gas-a/inspection/score")
    correct(root, "item/w1/question", id_="typo", round_="record")
    return root


def sealed_part(root):
    """What a reader of the folder takes for sealed."""
    sealed = load(root).bureau.sealed
    return sealed.register, sealed.addresses, {key: one.data for key, one in sealed.editions.items()}


# Killed

KILL = """
    import os, shutil, signal, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from conftest import at_noon
    from test_sealed import SALT, at
    from publisher.sealing import seal

    source, folder, name, when = sys.argv[2:]

    def die_at(countdown):
        real = getattr(os, name)

        def counted(*args, **options):
            nonlocal countdown
            countdown -= 1
            if countdown == 0 and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **options)
            if countdown == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(os, name, counted)

    for countdown in range(1, 30):
        half = shutil.copytree(source, f"{folder}/half-{countdown}")
        child = os.fork()
        if child == 0:
            die_at(countdown)
            seal(Path(half), "2026-q2", at("2026-11-20 18:00"), today=at_noon, salt=SALT)
            os._exit(0)
        _, state = os.waitpid(child, 0)
        if os.WIFEXITED(state):
            sys.exit(os.WEXITSTATUS(state))
        assert os.WTERMSIG(state) == signal.SIGKILL
        print(half)
"""


def killed_at_each(root, folder, name, when):
    """A copy for each time that sealing calls `os.<name>`, killed there; each in a process of its own."""
    words = [sys.executable, "-c", textwrap.dedent(KILL), ROOT / "tests", root, folder, name, when]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(list(map(str, words)), env=environment, capture_output=True, check=False, timeout=WAIT)
    assert done.returncode == 0, done.stderr.decode()
    return [Path(line) for line in done.stdout.decode().splitlines()]


@posix
@pytest.mark.parametrize(
    ("name", "when"), [("replace", "before"), ("replace", "after"), ("write", "before"), ("fsync", "after")]
)
def test_a_seal_killed_at_any_write_leaves_the_old_or_the_new(root, tmp_path, name, when):
    waiting(root)
    old = sealed_part(root)
    new_root = shutil.copytree(root, tmp_path / "new")
    seal(new_root, "2026-q2", at("2026-11-20 18:00"), today=at_noon, salt=SALT)
    new = sealed_part(new_root)
    assert old != new
    halves = killed_at_each(root, tmp_path, name, when)
    outcomes = [sealed_part(half) for half in halves]
    for half, outcome in zip(halves, outcomes, strict=True):
        assert outcome in (old, new)
        assert codes(half) == []
        if outcome == old:
            seal(half, "2026-q2", at("2026-11-20 18:00"), today=at_noon, salt=SALT)
        assert sealed_part(half) == new
    assert made(halves[-1], tmp_path / "site") == made(new_root, tmp_path / "site")
    assert len(outcomes) >= 4
    assert outcomes == sorted(outcomes, key=lambda one: one == new)
    assert old in outcomes
    assert (new in outcomes) == (name == "replace")


def test_no_seal_is_dated_ahead(root):
    """A line of the register cannot be taken back, and until its moment nothing could be built."""
    before = (root / "content" / "register.jsonl").read_bytes()
    with pytest.raises(PublisherError) as stopped:
        sealed_at(root, "2026-q2", "2026-11-21 12:01")
    assert [(one.code, one.value) for one in stopped.value.problems] == [("seal-to-come", "2026-11-21 12:01")]
    assert (root / "content" / "register.jsonl").read_bytes() == before


@posix
def test_the_addresses_that_were_put_by_are_moved_by_the_next_seal(root, tmp_path):
    root = killed_at_each(waiting(root), tmp_path, "replace", "before")[4]
    assert (root / "content" / "editions" / ".addresses.new").is_file()
    (root / "content" / "pages" / "more.md").write_text("---\ntitle: 更多\n---\n\n正文。\n", "utf-8")
    change(root / "content" / "events.csv", "w5,2026-11-16", "w6,2026-11-20,company,note,,检修中。,\nw5,2026-11-16")
    sealed_at(root, "record", "2026-11-20 19:00")
    assert not (root / "content" / "editions" / ".addresses.new").exists()
    listed = (root / "content" / "editions" / "addresses.txt").read_text("utf-8").splitlines()
    assert "more.html" in listed
    assert listed == sorted(listed)
    assert codes(root) == []


def additions(before=b""):
    return Additions(
        folder="editions",
        files=(("a.1.json", b"a"), ("a.1.public.json", b"b")),
        staged=".addresses.new",
        listed="addresses.txt",
        list_data=b"x\n",
        register="register.jsonl",
        before=before,
        after=before + b"line\n",
    )


def test_a_seal_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    real = os.replace

    def full(source, target):
        if str(target).endswith("register.jsonl"):
            raise OSError(28, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(PublisherError) as error:
        write_sealed(tmp_path, additions())
    assert [one.code for one in error.value.problems] == ["cannot-write-full"]
    assert [path.name for path in (tmp_path / "editions").iterdir()] == []


def test_a_register_that_something_else_wrote_is_left_alone(tmp_path):
    (tmp_path / "register.jsonl").write_bytes(b"other\n")
    with pytest.raises(PublisherError) as error:
        write_sealed(tmp_path, additions())
    assert [one.code for one in error.value.problems] == ["register-moved"]
    assert (tmp_path / "register.jsonl").read_bytes() == b"other\n"


# The chain


def lines_of(root):
    return (root / REGISTER).read_text("utf-8").splitlines()


def rewrite(root, lines):
    (root / REGISTER).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def edited(line, **fields):
    return json.dumps({**json.loads(line), **fields}, ensure_ascii=False)


def rechained(lines):
    """What someone would do who knows how the chain is made."""
    found = []
    for number, line in enumerate(lines, 1):
        found.append(edited(line, n=number, previous=hash_of_line(found[-1]) if found else "0" * 64))
    return found


def places(root):
    from publisher.checking import checked  # noqa: PLC0415

    return [(one.code, one.place.line) for one in checked(root, at_noon).errors if one.place.path == REGISTER]


def test_the_register_is_chained(root):
    lines = lines_of(root)
    assert len(lines) == 4
    assert codes(root) == []
    assert rechained(lines) == lines


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda x: [edited(x[0], kind="correction"), *x[1:]], [("register-broken", 2)]),
        (lambda x: [x[0], *x[2:]], [("register-broken", 2)]),
        (lambda x: x[1:], [("register-broken", 1)]),
        (
            lambda x: [x[0], x[2], x[1], x[3]],
            [("register-broken", 2), ("register-back-dated", 3), ("register-broken", 3), ("register-broken", 4)],
        ),
        (lambda x: [*x[:3], edited(x[3], at="2026-08-13T12:00:00+08:00")], [("register-back-dated", 4)]),
        (lambda x: [*x[:3], edited(x[3], at="2027-08-13T12:00:00+08:00")], [("register-in-future", 4)]),
        (lambda x: [*x[:3], edited(x[3], at="2026-08-15 12:00")], [("register-unreadable", 4)]),
        (lambda x: [*x[:3], "{"], [("register-unreadable", 4)]),
        (lambda x: [*x[:3], "[]"], [("register-unreadable", 4)]),
        (lambda x: [*x[:3], edited(x[3], facts="0")], [("register-unreadable", 4)]),
        (lambda x: [*x[:3], edited(x[3], surprise="0")], [("register-unreadable", 4)]),
    ],
)
def test_a_line_that_was_edited_removed_or_moved_is_named(root, damage, expected):
    rewrite(root, damage(lines_of(root)))
    assert places(root) == expected


def test_half_a_last_line_is_told(root):
    path = root / REGISTER
    path.write_bytes(path.read_bytes()[:-20])
    assert [code for code, _ in places(root)] == ["register-cut"]


def test_a_round_that_is_gone_is_named_once(root):
    shutil.rmtree(root / "results" / "2026-q1")
    assert ("sealed-round-gone", "2026-q1") in codes(root)


def test_an_edition_that_was_changed_or_is_missing_is_told(root):
    path = root / "content" / "editions" / "2026-q2.1.json"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace('"42.5"', '"43.5"'), "utf-8")
    assert [code for code, _ in codes(root)] == ["edition-changed"]
    path.write_text("[]", "utf-8")
    assert [code for code, _ in codes(root)] == ["edition-unreadable"]
    path.unlink()
    assert [code for code, _ in codes(root)] == ["edition-missing"]


def test_who_changes_edition_and_register_alike_is_found_by_the_published_register(root, tmp_path):
    """The chain alone holds again; the site knows better."""
    site = tmp_path / "site"
    build(root, site, at_noon)
    path = root / "content" / "editions" / "2026-q2.1.json"
    path.write_text(path.read_text("utf-8").replace('"42.5"', '"40.5"'), "utf-8", newline="\n")
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    lines = lines_of(root)
    place = next(n for n, line in enumerate(lines) if json.loads(line)["round"] == "2026-q2")
    rewrite(
        root, rechained([*lines[:place], edited(lines[place], facts=digest(path.read_bytes())), *lines[place + 1 :]])
    )
    assert codes(root) == []
    assert codes(root, site=site) == [("register-behind", "")]
    with pytest.raises(PublisherError) as error:
        build(root, site, at_noon)
    assert [(one.code, one.place.line) for one in error.value.problems] == [("register-behind", place + 1)]


def test_a_register_shorter_than_the_published_one_is_told(root, tmp_path):
    site = tmp_path / "site"
    build(root, site, at_noon)
    rewrite(root, lines_of(root)[:2])
    assert ("register-behind", "") in codes(root, site=site)


def test_the_first_difference_of_registers():
    assert first_difference(b"", b"a\n") is None
    assert first_difference(b"a\n", b"a\nb\n") is None
    assert first_difference(b"a\nb\n", b"a\n") == 2
    assert first_difference(b"a\nb\n", b"a\nc\n") == 2
    assert first_difference(b"a\n", b"") == 1


def test_the_list_of_addresses_cannot_be_shortened(root):
    path = root / "content" / "editions" / "addresses.txt"
    change(path, "about.html\n", "")
    assert [code for code, _ in codes(root)] == ["addresses-changed"]


def test_a_file_that_no_line_names_is_told_and_stops_nothing(root, tmp_path):
    from publisher.checking import checked  # noqa: PLC0415

    (root / "content" / "editions" / "2026-q2.9.json").write_text("{}", "utf-8")
    found = checked(root, at_noon).problems
    assert [(one.code, one.warning) for one in found] == [("edition-not-sealed", True)]


# What sealing refuses


def refusal(root, subject, moment):
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(PublisherError) as error:
        sealed_at(root, subject, moment)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    return [(one.code, one.value) for one in error.value.problems]


def test_a_round_is_sealed_when_it_is_out_and_signed(tmp_path):
    root = ask_for_sign_off(shutil.copytree(BUREAU, tmp_path / "bureau"))
    assert refusal(root, "2026-q9", "2026-11-20 12:00") == [("unknown-round", "2026-q9")]
    assert refusal(root, "2026-q2", "2026-07-20 09:59") == [("seal-not-released", "2026-q2")]
    assert refusal(root, "2026-q2", "2026-07-18 12:00") == [("seal-not-signed", "2026-q2")]
    change(
        root / "results" / "2026-q2" / "round.yaml",
        "  issue: {name: 某某, post: 签发, at: 2026-07-18 16:00, opinion: 同意",
        "  review1: {name: 某某, post: 初审, at: 2026-07-18 16:00",
    )
    assert refusal(root, "2026-q2", "2026-11-20 12:00") == [("seal-not-signed", "2026-q2")]


def test_a_seal_is_not_dated_before_the_last_one(root):
    assert refusal(root, "2026-q2", "2026-09-15 11:59") == [("seal-back-dated", "2026-09-15 11:59")]


def test_what_is_new_since_needs_no_correction_and_nothing_new_is_not_sealed(root):
    done = sealed_at(root, "2026-q2", "2026-11-20 12:00")
    assert done.editions == (("record", 3),)
    assert refusal(root, "2026-q2", "2026-11-20 12:00") == [("nothing-to-seal", "2026-q2")]


def test_a_change_without_correction_is_not_sealed(root):
    change(
        root / "results" / "2026-q2" / "scores.csv",
        "gas-a,inspection,,,,,,,,,,,42.5",
        "gas-a,inspection,,,,,,,,,,,40.5",
    )
    assert refusal(root, "2026-q2", "2026-11-20 12:00") == [("sealed-changed", "40.5")]


def test_a_lost_address_is_not_sealed_over(root):
    (root / "content" / "pages" / "about.md").unlink()
    assert refusal(root, "2026-q2", "2026-11-20 12:00") == [("address-lost", "about.html")]


def test_the_same_seal_gives_the_same_bytes(tmp_path):
    roots = [shutil.copytree(BUREAU, tmp_path / name) for name in ("one", "other")]
    for root in roots:
        sealed_at(root, "2026-q2", "2026-08-15 12:00")
    one, other = (sealed_part(root) for root in roots)
    assert one == other


def test_a_round_may_not_be_called_record(tmp_path):
    root = shutil.copytree(BUREAU, tmp_path / "bureau")
    shutil.copytree(root / "results" / "quality-2026", root / "results" / "record")
    assert ("round-called-record", "record") in codes(root)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh-Hans",
            ["已封存 2026-q2 第 2 版。", "已封存 record 第 3 版。", "更正 fix 已经记入。", "更正 typo 已经记入。"],
        ),
        (
            "en",
            [
                "Sealed 2026-q2, edition 2.",
                "Sealed record, edition 3.",
                "Correction fix has been taken in.",
                "Correction typo has been taken in.",
            ],
        ),
    ],
)
def test_the_command_says_what_it_sealed(root, monkeypatch, language, lines):
    from publisher.cli import commands  # noqa: PLC0415

    waiting(root)
    monkeypatch.chdir(root)
    group = commands(words_of(language))
    done = CliRunner().invoke(group, ["seal", "2026-q2", "--as-of", "2026-11-20 18:00"])
    assert (done.exit_code, done.output.splitlines()) == (0, [*lines, words_of(language)("cli.seal.next")])
    again = CliRunner().invoke(group, ["seal", "2026-q2", "--as-of", "2026-11-20 18:00"])
    assert again.exit_code == 1
    assert "[nothing-to-seal]" in again.output
    assert CliRunner().invoke(group, ["seal"]).exit_code == 2
    shown = CliRunner().invoke(group, ["seal", "--help"]).output
    assert ("封存一期" if language == "zh-Hans" else "Seal a published round") in shown
