"""Whoever makes the pages, they are the same: this process, others of this machine, or workers of a cluster."""

from contextlib import nullcontext

import pytest
from conftest import ROOT, at_noon
from distributed import LocalCluster
from patience import WAIT
from test_unchanged import CACHE, SMALL, run, tree

from publisher import cluster as clusters
from publisher import working
from publisher.build import build_checked
from publisher.checking import checked
from publisher.cluster import SCHEME, About, cluster, program
from publisher.problems import PublisherError
from publisher.working import processes

TOKEN = "0123456789abcdef"


@pytest.fixture(scope="module")
def found():
    bureau = checked(SMALL, at_noon)
    assert not bureau.errors
    return bureau


def made(found, folder, workers):
    build_checked(found, SMALL, folder, workers=workers)
    return tree(folder)


@pytest.fixture(scope="module")
def plain(found, tmp_path_factory):
    return made(found, tmp_path_factory.mktemp("plain"), nullcontext())


@pytest.fixture(scope="module")
def scheduler():
    """Two workers of this machine, reached over loopback."""
    local = LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50, protocol="tcp://"
    )
    with local:
        local.wait_for_workers(2, timeout=WAIT)
        yield local.scheduler_address.replace("tcp://", SCHEME)


@pytest.fixture
def no_page_here(monkeypatch):
    """The build itself may make no page."""

    def refused(*_):
        raise AssertionError

    monkeypatch.setattr("publisher.parts.Part.batches", refused)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_make_the_same_bytes(found, plain, tmp_path, monkeypatch, method):
    monkeypatch.setattr(working, "SIZE", 7)
    assert made(found, tmp_path / "site", processes(2, method)) == plain


@pytest.mark.xdist_group("cluster")
def test_a_cluster_makes_the_same_bytes(found, plain, tmp_path, monkeypatch, scheduler):
    monkeypatch.setattr(working, "SIZE", 7)
    assert made(found, tmp_path / "site", cluster(scheduler, tmp_path / "shared", TOKEN)) == plain
    assert [one.name for one in (tmp_path / "shared").iterdir()] == [".gitignore"]


@pytest.mark.xdist_group("cluster")
def test_the_command_builds_with_it_and_makes_only_what_changed(copy_of, scheduler):
    folder = copy_of(SMALL)
    alone = folder / "alone"
    assert run(folder, "--output", str(alone)).exit_code == 0
    done = run(folder, "--executor", scheduler)
    assert done.exit_code == 0, done.output
    assert tree(folder / "site") == tree(alone)
    path = folder / "content/statements/2026-q2/gas-a.md"
    path.write_text(path.read_text("utf-8") + "\n再补充一句。\n", "utf-8")
    assert run(folder, "--executor", scheduler).exit_code == 0
    assert run(folder, "--output", str(alone)).exit_code == 0
    assert tree(folder / "site") == tree(alone)
    assert not list((folder / CACHE).glob("batches-*"))


@pytest.mark.xdist_group("cluster")
def test_a_fault_of_a_template_is_told_whoever_meets_it(copy_of, scheduler):
    folder = copy_of(SMALL)
    (folder / "templates").mkdir()
    own = '{% extends "theme/404.html" %}{% block main %}{{ 1 // 0 }}{% endblock %}'
    (folder / "templates/404.html").write_text(own, "utf-8")
    told = {words: run(folder, *words).output for words in ((), ("--jobs", "2"), ("--executor", scheduler))}
    assert len(set(told.values())) == 1
    assert "templates/404.html" in told[()]


@pytest.mark.parametrize(
    "wrong", ["dask://", "dask://host", "tcp://127.0.0.1:8786", "dask://host:port", "dask://a:1/x"]
)
def test_an_address_in_another_form_is_refused(copy_of, wrong):
    done = run(copy_of(SMALL), "--executor", wrong)
    assert done.exit_code == 2
    assert "请写成 dask://主机:端口；不能同时用 --jobs 或 --preview。" in done.output


def test_it_goes_with_neither_jobs_nor_preview(copy_of):
    folder = copy_of(SMALL)
    for words in (["--jobs", "2"], ["--preview"]):
        assert run(folder, "--executor", "dask://127.0.0.1:1", *words).exit_code == 2


def test_a_scheduler_that_is_not_there_is_told_and_nothing_is_written(copy_of, monkeypatch):
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    folder = copy_of(SMALL)
    done = run(folder, "--executor", "dask://127.0.0.1:1")
    assert done.exit_code == 1
    assert "连不上集群的调度程序。" in done.output
    assert not (folder / "site/index.html").exists()


class Machines:
    """A client of a cluster whose machines say this of themselves."""

    def __init__(self, *found):
        self.found = {f"tcp://10.0.0.{number}:1": one for number, one in enumerate(found, 1)}

    def __call__(self, *_, **__):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def get_executor(self):
        return None

    def run(self, *_):
        return self.found


@pytest.mark.parametrize(
    ("machines", "codes"),
    [
        ((), [("cluster-empty", None)]),
        (
            (About("another", sees=True), About("another", sees=False)),
            [("cluster-blind", "tcp://10.0.0.2:1"), ("cluster-other", "tcp://10.0.0.1:1")],
        ),
    ],
)
def test_a_cluster_that_would_make_other_bytes_is_refused(tmp_path, monkeypatch, machines, codes):
    monkeypatch.setattr("distributed.Client", Machines(*machines))
    with pytest.raises(PublisherError) as raised, cluster("dask://h:1", tmp_path, TOKEN):
        pass
    assert [(one.code, one.value or None) for one in raised.value.problems] == codes


def test_without_the_extra_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(PublisherError) as raised, cluster("dask://h:1", tmp_path, TOKEN):
        pass
    assert [one.code for one in raised.value.problems] == ["cluster-missing"]


def test_the_program_is_told_by_what_is_in_it(monkeypatch, tmp_path):
    own = program()
    assert own == program()
    (tmp_path / "publisher").mkdir()
    (tmp_path / "publisher/x.py").write_bytes((ROOT / "publisher/__init__.py").read_bytes())
    monkeypatch.setattr(clusters, "_HERE", tmp_path / "publisher")
    assert program() != own
