"""Parts of a site: files that are made alike, how each is made, and of what. Nothing here knows what they hold."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Literal, Protocol

from publisher import addresses
from publisher.kept import Reader, Scoped
from publisher.pages import Publication
from publisher.problems import Problem, PublisherError
from publisher.write.paths import sums_of

Files = Iterable[tuple[str, bytes]]
Wanted = Collection[str] | None
"""Addresses; none: all."""
Batch = tuple[str, bytes, tuple[Scoped, ...]]
"""A file at its address, with what it read of the site besides its own data."""
Progress = Callable[[int, int], None]
"""Told (done, all) as pages are rendered."""


def silent(_done: int, _all: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Origin:
    """What the files of a part are made of, so that a build need not make again what it made before."""

    own: Callable[[str], tuple[Any, ...]]
    """The values that the file at an address is made of, besides what all files are."""
    seen: Callable[[str], Iterable[Scoped]] = lambda _: ()
    """What the file that was made last read of the site besides."""
    reader: Reader = lambda _: None
    """What such a read finds now."""
    stands: Callable[[str, int], None] = lambda _, __: None
    """Told of a file that is not made again, and of its size."""
    today: str = ""
    """The day that the site speaks of."""
    dated: Callable[[bytes], bool] = lambda _: False
    """Whether a file prints that day."""
    renewed: Callable[[str], Callable[[bytes], bytes]] = lambda _: bytes
    """How a file that prints another day comes to print that one."""


Kind = Literal["pages", "rounds", "comparisons", "codes", "tables", "beside"]


@dataclass(frozen=True)
class Shipped:
    """What a part is made from, for workers that are no fork of the build."""

    kind: Kind
    publication: Publication
    theme: list[Path]
    pages: frozenset[str]
    """The addresses of those that it makes, or tells of."""


@dataclass(frozen=True)
class Part:
    """Files that are made alike."""

    make: Callable[[Wanted], Files]
    """Those that are wanted; also others, where they are only made together."""
    paths: Collection[str] | None = None
    """Where they stand, and perhaps more; none: making them tells."""
    pages: int = 0
    """How many pages they are."""
    origin: Origin | None = None
    """None: they are made anew each time."""
    name: str = ""
    shipped: Callable[[], Shipped] | None = None
    """None: only the build itself makes them."""
    ready: Callable[[], None] = lambda: None
    """Makes what all files need, before the build is forked."""
    known: Callable[[str, int, str], None] | None = None
    """Told of every file, made or not, its size and its SHA-256."""

    def batches(self, wanted: Wanted) -> Iterator[Batch]:
        """The files that are wanted and no others, each with what it read of the site."""
        chosen = None if wanted is None else frozenset(wanted)
        for path, data in self.make(wanted):
            if chosen is None or path in chosen:
                yield path, data, tuple(self.origin.seen(path)) if self.origin else ()


@dataclass(frozen=True)
class Order:
    """Files of a part that are to be made."""

    part: Part
    prints: Mapping[str, str] | None
    """By address: the fingerprint of what the file is made of. None: the whole part, made at once."""

    @property
    def wanted(self) -> Wanted:
        return None if self.prints is None else self.prints.keys()

    @property
    def size(self) -> int:
        """How many files they are, as far as that is known before."""
        return len(self.part.paths or () if self.prints is None else self.prints)


Ordered = tuple[Order, Batch]


def together(make: Callable[[], Files], paths: Collection[str] | None = None) -> Part:
    """Files that are made all at once."""
    return Part(lambda _: make(), paths)


class Makers(Protocol):
    """Workers that make files of the parts of a site."""

    def begin(self, parts: Sequence[Part]) -> None:
        """Before the first."""

    def make(self, orders: Sequence[Order]) -> Iterator[Ordered]:
        """All that is ordered, as it gets ready."""


def made_here(orders: Sequence[Order]) -> Iterator[Ordered]:
    """The same without workers, in order."""
    return ((order, batch) for order in orders for batch in order.part.batches(order.wanted))


class OnDemand:
    """The files of a site, each made when somebody asks for it first.

    `listed`: also the list of their hashes, made from all.
    """

    def __init__(self, contents: Iterable[Part], *, listed: bool = True) -> None:
        self._guard = Lock()
        self._listed = listed
        self._told: list[Part] = []
        self._rest: list[Part] = []
        """Parts of which only making them tells where their files stand."""
        for part in contents:
            (self._rest if part.paths is None else self._told).append(part)
        self._made: dict[str, bytes] = {}

    def __call__(self, path: str) -> bytes | None:
        """The file at an address of the site; none if there is none."""
        with self._guard:
            if self._listed and path == addresses.SUMS:
                return self._sums()
            if path not in self._made:
                self._make(path)
            return self._made.get(path)

    def _make(self, path: str) -> None:
        for part in self._told:
            if part.paths is not None and path in part.paths:
                self._made |= part.make([path])
        faults: list[Problem] = []
        for part in tuple(self._rest):
            if path in self._made:
                return
            try:
                self._made |= part.make(None)
                self._rest.remove(part)
            except PublisherError as error:
                faults += error.problems  # and yet the file may be one of another part
        if faults and path not in self._made:
            raise PublisherError(faults)

    def _sums(self) -> bytes:
        self._made |= {path: data for part in (*self._told, *self._rest) for path, data in part.make(None)}
        self._told, self._rest = [], []
        return sums_of({path: sha256(data).hexdigest() for path, data in self._made.items()})
