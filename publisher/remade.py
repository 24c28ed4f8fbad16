"""Every file of a site, part by part: named where it stands, made where it does not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from publisher.kept import Made, Memory, Scoped
from publisher.parts import Makers, Order, Ordered, Part, Progress, made_here
from publisher.standing import Last
from publisher.write.stage import Standing


def made(contents: Iterable[Part], progress: Progress, makers: Makers | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file, one after the other; nothing holds all of them."""
    return ((path, data) for path, data in remade(contents, progress, None, makers) if isinstance(data, bytes))


def remade(
    contents: Iterable[Part], progress: Progress, last: Last | None, makers: Makers | None = None
) -> Iterator[tuple[str, bytes | Standing]]:
    """The same; what was made of the same before is only named, and what is made now is remembered."""
    parts = list(contents)
    count, done = sum(part.pages for part in parts), 0
    if makers:
        makers.begin(parts)
    for group, make in _groups(parts, makers):
        for part, path, data in _files(group, last, make):
            if part.pages:
                done += 1
                progress(done, count)
            yield path, data


Make = Callable[[Sequence[Order]], Iterator[Ordered]]


def _groups(parts: Sequence[Part], makers: Makers | None) -> Iterator[tuple[list[Part], Make]]:
    """Parts for workers that follow each other are made beside each other; every other one when its turn comes."""
    for shared, some in groupby(parts, lambda part: part.shipped is not None):
        if makers and shared:
            yield list(some), makers.make
        else:
            yield from (([part], made_here) for part in some)


def _files(parts: Sequence[Part], last: Last | None, make: Make) -> Iterator[tuple[Part, str, bytes | Standing]]:
    """The files of all; first those that need not be made."""
    orders = []
    for part in parts:
        if part.origin is None or part.paths is None:
            orders.append(Order(part, None))
            continue
        prints = dict.fromkeys(part.paths, "")
        if last:
            for path, found in last.standing(part, part.origin, prints):
                yield part, path, found
        if prints:
            orders.append(Order(part, prints))
    for order, (path, data, seen) in make(orders):
        _note(order, path, data, seen, last.memory if last else None)
        yield order.part, path, data


def _note(order: Order, path: str, data: bytes, seen: tuple[Scoped, ...], memory: Memory | None) -> None:
    """A file was made: what of it the next build asks, and what others tell of it."""
    origin = order.part.origin
    if order.part.known:
        order.part.known(path, len(data), sha256(data).hexdigest())
    if memory and origin and order.prints is not None:
        day = origin.today if origin.dated(data) else ""
        memory.note(path, Made(order.prints[path], dict.fromkeys(seen, ""), len(data), day), origin.reader)
