"""Who makes the files: how many workers there are, what of several faults is told, and that none is left behind."""

import json
import os
import re
import signal
import time
from concurrent.futures import Future
from contextlib import nullcontext
from multiprocessing import active_children
from pathlib import Path

import pytest
from conftest import at_noon
from patience import WAIT
from test_unchanged import CACHE, SMALL, run, tree

from publisher import aside, check, standing, working
from publisher.aside import here
from publisher.cache import read_cache
from publisher.checking import checked
from publisher.parts import Order, Part
from publisher.problems import Place, PublisherError, problem
from publisher.processors import processors
from publisher.working import Crew, crew, processes


@pytest.mark.parametrize(
    ("files", "most"),
    [
        ({}, 4),
        ({"cpu.max": "max 100000\n"}, 4),
        ({"cpu.max": "200000 100000\n"}, 2),
        ({"cpu.max": "150000 100000\n"}, 2),
        ({"cpu.max": "10000 100000\n"}, 1),
        ({"cpu.max": "900000 100000\n"}, 4),
        ({"cpu.max": "100000 0\n"}, 4),
        ({"cpu.max": "?"}, 4),
        ({"cpu/cpu.cfs_quota_us": "300000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 3),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 4),
    ],
)
def test_a_process_uses_the_processors_it_may(tmp_path, monkeypatch, files, most):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 4, 6}, raising=False)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert processors(tmp_path) == most


def part(name, make, paths=None):
    """One that workers may make, too."""
    return Part(make, paths, name=name, shipped=lambda: None)


def plain(name):
    """Ten files that tell who made them."""
    paths = [f"{name}/{number}" for number in range(10)]
    return part(name, lambda wanted: ((path, str(os.getpid()).encode()) for path in wanted), paths)


def order(one):
    return Order(one, None if one.paths is None else dict.fromkeys(one.paths, ""))


def made(workers, *parts):
    """(address, file) of all."""
    with workers as makers:
        makers.begin(parts)
        return [(path, data) for _, (path, data, _) in makers.make([order(one) for one in parts])]


@pytest.mark.parametrize(("few", "alone"), [(20, False), (21, True)])
def test_workers_nobody_asked_for_are_there_only_where_much_is_made(monkeypatch, few, alone):
    monkeypatch.setattr(working, "processors", lambda: 3)
    monkeypatch.setattr(working, "FEW", few)
    monkeypatch.setattr(working, "FEW_APART", few)
    monkeypatch.setattr(aside.sys, "platform", "linux")
    files = made(crew(None), plain("a"), plain("b"))
    assert sorted(path for path, _ in files) == sorted(f"{name}/{number}" for name in "ab" for number in range(10))
    assert (os.getpid() in {int(data) for _, data in files}) == alone


def test_one_processor_or_locks_that_cannot_be_shared_make_no_workers(monkeypatch):
    for count, fault in ((1, None), (4, OSError), (4, ImportError)):
        monkeypatch.setattr(working, "processors", lambda count=count: count)
        monkeypatch.setattr(aside, "processors", lambda count=count: count)
        if fault:

            def refused(_, fault=fault):
                raise fault

            monkeypatch.setattr(aside, "get_context", refused)
        assert isinstance(crew(None), nullcontext)
        assert aside.aside(None) is here
    assert isinstance(crew(1), nullcontext)


def test_no_more_workers_start_by_themselves_than_one_build_can_follow(monkeypatch):
    monkeypatch.setattr(working, "processors", lambda: 96)
    with crew(None) as makers:
        assert makers.workers == working.MOST


class Backwards:
    """An executor that is done with the last task first."""

    def __init__(self):
        self.asked = []

    def submit(self, function, *given):
        future = Future()
        self.asked.append((future, function, given))
        if len(self.asked) == 3:
            for one in self.asked[::-1]:
                self._do(*one)
        return future

    def _do(self, future, function, given):
        try:
            future.set_result(function(*given))
        except PublisherError as error:
            future.set_exception(error)


def refuse(code):
    def make(_):
        raise PublisherError([problem(code, Place("a"))])

    return make


def test_of_several_faults_the_first_is_told_whichever_is_met_first():
    parts = [part("fine", lambda _: [("x", b"")]), part("early", refuse("early")), part("late", refuse("late"))]
    makers = Crew(Backwards(), 1, Path("none"), forked=True)
    makers.begin(parts)
    got = makers.make([order(one) for one in parts])
    with pytest.raises(PublisherError) as raised:
        list(got)
    assert [one.code for one in raised.value.problems] == ["early"]
    makers.end()


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system forks no processes")


@forks
def test_a_worker_that_the_system_ends_is_told_and_none_is_left():
    before = set(active_children())
    with pytest.raises(PublisherError) as raised:
        made(processes(2, "fork"), plain("a"), part("b", lambda _: os.kill(os.getpid(), signal.SIGKILL)))
    assert [one.code for one in raised.value.problems] == ["worker-lost"]
    assert set(active_children()) == before


@forks
def test_workers_of_a_build_that_is_broken_off_are_ended_amid_their_work(tmp_path):
    """Each would work for ever."""
    before = set(active_children())
    begun = tmp_path / "begun"

    def endless(_):
        begun.touch()
        signal.pause()

    def broken_off():
        with processes(2, "fork") as makers:
            parts = [part("endless", endless)]
            makers.begin(parts)
            makers._prepare([order(parts[0])])
            makers.executor.submit(working.batch, str(makers.file), "endless", None)
            until = time.monotonic() + WAIT
            while not begun.exists() and time.monotonic() < until:
                time.sleep(0.01)
            assert begun.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert set(active_children()) == before


@pytest.fixture
def beside(monkeypatch):
    """However little there is, long rules run in forks."""
    monkeypatch.setattr(check, "MANY", 0)
    return aside.forks(1)


def damaged(folder):
    """Faults that short and long rules find, in files between each other."""
    for round_ in ("2026-q1", "2026-q2"):
        for path in sorted((folder / f"content/statements/{round_}").glob("*.md")):
            path.write_text(path.read_text("utf-8") + "\n<u>电话</u> 13812345678\n\n![](x.png)\n", "utf-8")
    scores = folder / "results/2026-q2/scores.csv"
    scores.write_text(scores.read_text("utf-8-sig").replace("gas-a", "gas-x", 1), "utf-8")
    return folder


@forks
def test_rules_in_forks_find_the_same_in_the_same_order(copy_of, beside):
    folder = damaged(copy_of(SMALL))
    alone = checked(folder, at_noon, aside=here).problems
    assert {"personal-data", "picture-left-out", "unknown-company"} <= {one.code for one in alone}
    assert checked(folder, at_noon, aside=beside).problems == alone


@forks
def test_what_is_published_is_only_computed_ahead_of_rules_that_it_does_not_rest_on(copy_of, beside):
    seen = []
    broken = damaged(copy_of(SMALL))
    assert checked(broken, at_noon, aside=beside, ahead=seen.append).errors
    assert not seen
    personal = copy_of(SMALL)
    (personal / "content/pages/more.md").write_text("---\ntitle: 更多\n---\n\n电话 13812345678\n", "utf-8")
    found = checked(personal, at_noon, aside=beside, ahead=seen.append)
    assert [one.code for one in found.errors] == ["personal-data"]
    assert [one.errors for one in seen] == [[]]


@forks
def test_a_build_with_rules_aside_is_the_same_and_keeps_the_same(copy_of, beside):
    one, two = copy_of(SMALL), copy_of(SMALL)
    assert run(one, "--jobs", "1").exit_code == 0
    done = run(two, "--jobs", "2")
    assert done.exit_code == 0, done.output
    assert tree(one / "site") == tree(two / "site")
    kept = [path.read_bytes() for folder in (one, two) for path in (folder / CACHE).glob("*.texts")]
    assert len(kept) == 2
    assert kept[0] == kept[1]


@forks
def test_personal_data_found_aside_stops_the_build_before_anything_is_written(copy_of, beside):
    folder = copy_of(SMALL)
    (folder / "content/pages/more.md").write_text("---\ntitle: 更多\n---\n\n电话 13812345678\n", "utf-8")
    told = [run(folder, "--jobs", jobs) for jobs in ("1", "2")]
    assert [one.exit_code for one in told] == [1, 1]
    assert told[0].output == told[1].output
    assert "content/pages/more.md" in told[0].output
    assert not list((folder / "site").rglob("*"))


def edited(copy_of):
    """A built folder, and one word more in a statement."""
    folder = copy_of(SMALL)
    assert run(folder, "--jobs", "1").exit_code == 0
    statement = min((folder / "content/statements").rglob("*.md"))
    statement.write_text(statement.read_text("utf-8") + "\n又及。\n", "utf-8")
    return folder


def noted(folder):
    """Of each file what the next build asks."""
    (path,) = (folder / CACHE).glob("*.files")
    return {name: row[:4] for name, row in json.loads(path.read_bytes().partition(b"\n")[2])["files"].items()}


@pytest.fixture
def asked(monkeypatch):
    """However few files there are, a fork is asked what a quarter of them are made of: these files, and the fork."""
    seen, tell, look = {}, standing._owns, standing._looked_up

    def owns(memory, some):
        return {"": os.getpid(), **tell(memory, some)}

    def looked_up(memory, some, found):
        seen["paths"], seen["by"] = [path for _, path in some], found()[""]
        return look(memory, some, found)

    monkeypatch.setattr(standing, "_owns", owns)
    monkeypatch.setattr(standing, "_looked_up", looked_up)
    return seen


@forks
def test_a_build_after_an_edit_gives_the_same_however_many_ask_what_stands(copy_of, monkeypatch, asked):
    one, two = edited(copy_of), edited(copy_of)
    alone = run(one, "--jobs", "1")
    monkeypatch.setattr(standing, "FEW", 0)
    both = run(two, "--jobs", "2")
    assert [re.sub("用时.*", "", each.output) for each in (alone, both)] == [re.sub("用时.*", "", alone.output)] * 2
    assert "又及。" in "".join(data.decode() for path, data in tree(two / "site").items() if path.endswith(".html"))
    assert tree(one / "site") == tree(two / "site")
    assert noted(one) == noted(two)
    assert len(asked["paths"]) > len(tree(two / "site")) / 8
    assert asked["by"] != os.getpid()


@forks
@pytest.mark.parametrize("name", ["_owns", "_files"])
def test_what_ends_in_a_fork_after_an_edit_leaves_the_site(copy_of, monkeypatch, name):
    folder = edited(copy_of)
    before, others = tree(folder / "site"), set(active_children())
    monkeypatch.setattr(standing, "FEW", 0)
    monkeypatch.setattr(standing, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    done = run(folder, "--jobs", "2")
    assert done.exit_code == 1
    assert "--jobs" in done.output
    assert tree(folder / "site") == before
    assert set(active_children()) == others


def ended(_):
    os.kill(os.getpid(), signal.SIGKILL)


def wrong(_):
    raise ZeroDivisionError


@forks
@pytest.mark.parametrize(("rule", "fault"), [(ended, PublisherError), (wrong, ZeroDivisionError)])
def test_a_rule_that_does_not_end_well_in_a_fork_ends_the_command(monkeypatch, beside, rule, fault):
    before = set(active_children())
    monkeypatch.setattr(check, "RULES", (*check.RULES, rule))
    monkeypatch.setattr(check, "LONG", ((rule,),))
    with pytest.raises(fault) as raised:
        checked(SMALL, at_noon, aside=beside)
    if fault is PublisherError:
        assert [one.code for one in raised.value.problems] == ["worker-lost"]
    assert set(active_children()) == before


@forks
def test_a_ctrl_c_at_the_moment_of_a_fork_is_not_lost():
    """What the system calls at a fork loses it, as what is called there here would."""
    got = []

    def begun():
        with aside.forks(1)([lambda: 1]) as (answer,):
            got.append(answer())

    os.register_at_fork(before=lambda: got or signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        begun()
    assert not got
    got.append(None)  # the system has no way to forget what it is to call


@forks
@pytest.mark.parametrize("written", [True, False])
def test_a_long_answer_of_a_fork_comes_whole_whether_or_not_it_can_be_laid_down(monkeypatch, written):
    """What is laid down goes with the last answer."""
    files, write = [], aside.write_cache

    def laid_down(file, data):
        if written:
            write(file, data)

    monkeypatch.setattr(aside, "write_cache", laid_down)
    monkeypatch.setattr(aside, "read_cache", lambda file: files.append(file) or read_cache(file))
    works = [lambda: b"a" * 10_000_000, lambda: None]
    with aside.forks(1)(works) as (long, nothing):
        assert long() == b"a" * 10_000_000
        assert nothing() is None
        assert [file.is_file() for file in files] == [True] * len(files)
        assert len(files) == (2 if written else 0)
    assert not [file for file in files if file.parent.exists()]


@forks
def test_an_answer_that_somebody_took_away_is_told(monkeypatch):
    monkeypatch.setattr(aside, "read_cache", lambda _: None)
    with pytest.raises(PublisherError) as raised, aside.forks(1)([lambda: 1]) as (answer,):
        answer()
    assert [one.code for one in raised.value.problems] == ["worker-lost"]
