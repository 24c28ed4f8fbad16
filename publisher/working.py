"""Batches of files, made by workers: processes of this machine, or a cluster with a folder that all machines see.

A worker of this machine is a fork of the build where the system can fork, and finds everything there. Another one reads
once, from a file, what the pages are made from. The bytes are the same whoever makes them.
"""

import gc
import os
import pickle
import tempfile
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing import get_context, get_start_method, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from publisher.cache import read_cache, write_cache
from publisher.contents import part_of
from publisher.parts import Batch, Part, Shipped

SIZE = 64
"""Addresses of a batch: enough that sending it costs little, few enough that no worker is left with the last one."""
AHEAD = 3
"""Batches under way or waiting to be taken, for each worker: more would only be held in memory."""
_here: dict[str, Mapping[str, Part]] = {}
"""Of this process alone: what it makes files from, by the file that tells it. A fork finds it filled."""


@dataclass
class Crew:
    """Workers behind an executor."""

    executor: Executor
    workers: int
    file: Path
    """Where workers read what pages are made from that are no fork of the build."""
    forked: bool
    _parts: Sequence[Part] = ()

    def begin(self, parts: Sequence[Part]) -> None:
        """Before the first batch: `parts` are those of the site that anybody can make."""
        self._parts = [part for part in parts if part.shipped]

    def make(self, part: Part, wanted: Collection[str]) -> Iterator[Batch]:
        """The files in order; a fault of one is raised in its turn."""
        self._prepare()
        paths = list(wanted)
        under_way: deque[Future[list[Batch]]] = deque()
        for start in range(0, len(paths), SIZE):
            under_way.append(self.executor.submit(batch, str(self.file), part.name, paths[start : start + SIZE]))
            if len(under_way) >= AHEAD * self.workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()

    def _prepare(self) -> None:
        """Once: what workers find there. By now the sizes of all that is printed are known."""
        if str(self.file) in _here:
            return
        _here[str(self.file)] = {part.name: part for part in self._parts}
        if not self.forked:
            shipped = {part.name: part.shipped() for part in self._parts if part.shipped}
            write_cache(self.file, pickle.dumps(shipped))
            return
        for part in self._parts:
            part.ready()
        gc.freeze()  # what is never collected is never touched, and a page of memory that nobody touches is shared

    def end(self) -> None:
        _here.pop(str(self.file), None)


def crew(jobs: int) -> AbstractContextManager[Crew | None]:
    """None: the build makes all itself."""
    return processes(jobs, get_start_method()) if jobs > 1 else nullcontext()


@contextmanager
def processes(jobs: int, method: str) -> Iterator[Crew]:
    """Workers of this machine, started by a method of `multiprocessing`.

    They end with the build, also when it is killed.
    """
    with tempfile.TemporaryDirectory() as folder:
        context = get_context(method)
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_the_build) as executor:
            crew = Crew(executor, jobs, Path(folder) / "site", forked=method == "fork")
            try:
                yield crew
            finally:
                crew.end()


def batch(file: str, name: str, paths: list[str]) -> list[Batch]:
    """In a worker: some files of a part."""
    if file not in _here:
        _here.clear()  # of an earlier build
        shipped: Mapping[str, Shipped] = pickle.loads(read_cache(Path(file)) or b"")  # noqa: S301  (the build wrote it)
        _here[file] = {one: part_of(told) for one, told in shipped.items()}
    return list(_here[file][name].batches(paths))


def _end_with_the_build() -> None:
    """In a worker: should the build be killed, it would wait for its next work for ever."""
    build = parent_process()
    if build:
        Thread(target=_exit_after, args=(build.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
