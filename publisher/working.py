"""Batches of files, made by workers: processes of this machine, or a cluster with a folder that all machines see.

A worker of this machine is a fork of the build where the system can fork, and finds everything there. Another one reads
once, from a file, what the pages are made from. The bytes are the same whoever makes them.
"""

import pickle
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from publisher.aside import can_share, lost_is_told, pool, shared, uninterrupted, way_to_start
from publisher.cache import read_cache, write_cache
from publisher.contents import parts_of
from publisher.parts import Batch, Order, Ordered, Part, Shipped, made_here
from publisher.processors import processors

SIZE = 64
"""Addresses of a batch: enough that sending it costs little, few enough that no worker is left with the last one."""
AHEAD = 3
"""Batches under way or waiting to be taken, for each worker: more would only be held in memory."""
FEW = 400
"""Fewer files a build makes as soon alone as with workers that are forks of it."""
FEW_APART = 3_000
"""The same where a worker starts from nothing: it imports the program and reads what the files are made from."""
MOST = 8
"""Workers, unless more are asked for: these make files as fast as one build can write them."""
_here: dict[str, Mapping[str, Part]] = {}
"""Of this process alone: what it makes files from, by the file that tells it. A fork finds it filled."""


@dataclass(frozen=True)
class Task:
    """What a worker makes at a time."""

    place: int
    """Among all: of several faults the first is told."""
    order: Order
    paths: list[str] | None
    """None: the whole part."""


@dataclass
class Crew:
    """Workers behind an executor."""

    executor: Executor
    workers: int
    file: Path
    """Where workers read what files are made from that are no fork of the build."""
    forked: bool
    few: int = 0
    """Fewer files than these the build makes itself."""
    _parts: Sequence[Part] = ()

    def begin(self, parts: Sequence[Part]) -> None:
        """Before the first batch: `parts` are those of the site that anybody can make."""
        self._parts = [part for part in parts if part.shipped]

    def make(self, orders: Sequence[Order]) -> Iterator[Ordered]:
        """The files, batch by batch as they get ready; of several faults the first in order is raised."""
        if not orders or sum(order.size for order in orders) < self.few:
            yield from made_here(orders)
            return
        self._prepare(orders)
        faults: dict[int, BaseException] = {}
        with lost_is_told():
            for task, future in self._ready(_tasks(orders), faults):
                if error := future.exception():
                    faults[task.place] = error
                else:
                    yield from ((task.order, one) for one in future.result())
            if faults:
                raise faults[min(faults)]

    def _ready(
        self, tasks: Sequence[Task], faults: Mapping[int, BaseException]
    ) -> Iterator[tuple[Task, Future[list[Batch]]]]:
        """Each as it is done, the longest begun first; none that comes after one of the `faults`."""
        waiting = deque(sorted(tasks, key=lambda task: task.paths is not None))
        under_way: dict[Future[list[Batch]], Task] = {}
        while waiting or under_way:
            while waiting and len(under_way) < AHEAD * self.workers:
                task = waiting.popleft()
                if not faults or task.place < min(faults):
                    with uninterrupted():
                        future = self.executor.submit(batch, str(self.file), task.order.part.name, task.paths)
                    under_way[future] = task
            for future in wait(under_way, return_when=FIRST_COMPLETED).done if under_way else ():
                yield under_way.pop(future), future

    def _prepare(self, orders: Sequence[Order]) -> None:
        """Once: what workers find there. By now the sizes of all that is printed are known."""
        if str(self.file) in _here:
            return
        _here[str(self.file)] = {part.name: part for part in self._parts}
        if not self.forked:
            shipped = {part.name: part.shipped() for part in self._parts if part.shipped}
            write_cache(self.file, pickle.dumps(shipped))
            return
        for order in orders:
            order.part.ready()
        shared()

    def end(self) -> None:
        _here.pop(str(self.file), None)


def _tasks(orders: Sequence[Order]) -> list[Task]:
    """In order; a part that is made at once is one task."""
    found: list[tuple[Order, list[str] | None]] = []
    for order in orders:
        paths = None if order.wanted is None else list(order.wanted)
        starts = range(0, len(paths), SIZE) if paths else ()
        found += [(order, None)] if paths is None else [(order, paths[start : start + SIZE]) for start in starts]
    return [Task(place, *one) for place, one in enumerate(found)]


def crew(jobs: int | None) -> AbstractContextManager[Crew | None]:
    """None: the build makes all itself. Without a number: a worker for each processor, and only where they pay."""
    method = way_to_start()
    if jobs is not None:
        return processes(jobs, method) if jobs > 1 else nullcontext()
    workers = min(processors(), MOST)
    few = FEW if method == "fork" else FEW_APART
    return processes(workers, method, few) if workers > 1 and can_share(method) else nullcontext()


@contextmanager
def processes(jobs: int, method: str, few: int = 0) -> Iterator[Crew]:
    """Workers of this machine, started by a method of `multiprocessing`."""
    with tempfile.TemporaryDirectory() as folder, pool(jobs, method) as executor:
        crew = Crew(executor, jobs, Path(folder) / "site", forked=method == "fork", few=few)
        try:
            yield crew
        finally:
            crew.end()


def batch(file: str, name: str, paths: list[str] | None) -> list[Batch]:
    """In a worker: some files of a part, or all."""
    if file not in _here:
        _here.clear()  # of an earlier build
        shipped: Mapping[str, Shipped] = pickle.loads(read_cache(Path(file)) or b"")  # noqa: S301  (the build wrote it)
        _here[file] = parts_of(shipped)
    return list(_here[file][name].batches(paths))
