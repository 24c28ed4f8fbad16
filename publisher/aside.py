"""Processes of this machine that work for a command: they end with it, also when it is killed or fails."""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from multiprocessing import active_children, connection, get_context, get_start_method, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from publisher.cache import read_cache, write_cache
from publisher.problems import Place, PublisherError, problem
from publisher.processors import processors

Work = Callable[[], Any]
Aside = Callable[[Sequence[Work]], AbstractContextManager[Sequence[Work]]]
"""Takes what is to be done; each of what it gives waits for one of them and gives what that gave."""
_given: list[Work] = []
"""Of this process alone: what there is to do. Only a fork has any."""


def here(works: Sequence[Work]) -> AbstractContextManager[Sequence[Work]]:
    """Nothing is done beside anything."""
    return nullcontext(works)


def aside(jobs: int | None) -> Aside:
    """With more than one process works are done by forks of this one, where the system can fork."""
    several = jobs > 1 if jobs else processors() > 1 and can_share("fork")
    return forks((jobs or processors()) - 1) if several and way_to_start() == "fork" else here


def way_to_start() -> str:
    """How a process is started; a fork finds everything there, and on Linux nothing speaks against it."""
    return "fork" if sys.platform == "linux" else get_start_method()


def can_share(method: str) -> bool:
    """Some containers let no process share a lock with another; workers that nobody asked for are then done without."""
    try:
        get_context(method).Lock()
    except (ImportError, NotImplementedError, OSError):
        return False
    return True


def forks(most: int) -> Aside:
    """At most so many at a time, in order: what they are forked from goes on with work of its own."""

    @contextmanager
    def beside(works: Sequence[Work]) -> Iterator[Sequence[Work]]:
        shared()
        with TemporaryDirectory() as folder, pool(min(most, len(works)), "fork", works) as executor, lost_is_told():
            answers = [Path(folder) / str(place) for place in range(len(works))]
            with uninterrupted():
                begun = [executor.submit(_do, place, answer) for place, answer in enumerate(answers)]
            yield [partial(_answer, *one) for one in zip(begun, answers, strict=True)]

    return beside


def shared() -> None:
    """What there is now is never collected, so never touched, and memory that nobody touches is shared with forks."""
    gc.freeze()


def _answer(future: Future[bytes | None], file: Path) -> Any:
    told = future.result() or read_cache(file)
    if told is None:
        raise BrokenExecutor(file)
    return pickle.loads(told)  # noqa: S301  (a fork told it)


def _do(place: int, file: Path) -> bytes | None:
    """In a fork. What it made lies in the file; where it could not be written, it comes as the answer.

    An answer goes through a pipe of 64 KiB, which is emptied whenever the build, at work itself, lets another thread
    look: ten megabytes took a second.
    """
    told = pickle.dumps(_given[place]())
    write_cache(file, told)
    return None if file.is_file() else told


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A Ctrl-C waits until processes are started: at the moment of a fork it could be lost, or be told twice."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def lost_is_told() -> Iterator[None]:
    """That the system ended a process is no fault of the program."""
    try:
        yield
    except BrokenExecutor as error:
        raise PublisherError([problem("worker-lost", Place("--jobs"))]) from error


@contextmanager
def pool(jobs: int, method: str, works: Sequence[Work] = ()) -> Iterator[ProcessPoolExecutor]:
    """Processes started by a method of `multiprocessing`; only to forks may `works` be given."""
    others = active_children()
    with ProcessPoolExecutor(jobs, get_context(method), _begin, (works,)) as executor:
        try:
            yield executor
        except BaseException:
            for worker in set(active_children()).difference(others):
                worker.terminate()
            raise


def _begin(works: Sequence[Work]) -> None:
    """In a worker: a Ctrl-C is for the command; should that be killed, the worker would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given[:] = works
    command = parent_process()
    if command:
        Thread(target=_exit_after, args=(command.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
