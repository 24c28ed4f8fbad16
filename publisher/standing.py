"""Files of the last build that were made of the same: they stand, and are not made again.

After an edit of one text nearly all files stand, and asking what each was made of is most of what the build does. A
fork of it asks for the last quarter of each part, and then makes what is made anew each time: about as much as is left.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial

from publisher.aside import Aside, Work
from publisher.kept import Memory
from publisher.parts import Files, Origin, Part, Wanted
from publisher.write.stage import Standing

FEW = 3_000
"""Fewer files are asked about as soon by the build alone."""
Asked = tuple[Origin, str]
"""What is known of a file, and its address."""
Own = Callable[[Origin, str], str]
"""The fingerprint of what a file is made of, besides what it reads of the site."""


@dataclass(frozen=True)
class Last:
    """The build before."""

    memory: Memory
    own: Own

    def standing(self, part: Part, origin: Origin, prints: dict[str, str]) -> Iterator[tuple[str, Standing]]:
        """The files of a part that stand; `prints` keeps the others, and gets their fingerprints."""
        for path in list(prints):
            own = self.own(origin, path)
            found = self.memory.standing(path, own, origin.reader)
            if not found:
                prints[path] = own
                continue
            del prints[path]
            origin.stands(path, found.size)
            if part.known:
                part.known(path, found.size, found.sum)
            renewed = origin.renewed(found.day) if found.day not in {"", origin.today} else None
            if renewed:
                self.memory.renew(path, origin.today)
            yield path, Standing(found.sum, partial(_alone, part, path), renewed)


@contextmanager
def begun(parts: Sequence[Part], memory: Memory | None, aside: Aside) -> Iterator[tuple[list[Part], Last | None]]:
    """The parts, and the build before, if it is known; what can be done beside this one is begun."""
    if memory is None or len(memory.before) < FEW:
        yield list(parts), Last(memory, partial(_own, memory)) if memory else None
        return
    anew = [part for part in parts if part.shipped and (part.origin is None or part.paths is None)]
    last = [(part.origin, path) for part in parts if part.origin for path in _last_quarter(part.paths or ())]
    with aside([partial(_owns, memory, last), *(partial(_files, part) for part in anew)]) as (owns, *files):
        made = dict(zip((part.name for part in anew), files, strict=True))
        yield [_given(part, made.get(part.name)) for part in parts], Last(memory, _looked_up(memory, last, owns))


def _last_quarter(paths: Collection[str]) -> list[str]:
    return [*paths][len(paths) * 3 // 4 :]


def _alone(part: Part, path: str) -> bytes:
    return next(data for one, data in part.make([path]) if one == path)


def _own(memory: Memory, origin: Origin, path: str) -> str:
    return memory.own(*origin.own(path))


def _owns(memory: Memory, asked: Sequence[Asked]) -> Mapping[str, str]:
    return {path: _own(memory, origin, path) for origin, path in asked}


def _files(part: Part) -> Files:
    return list(part.make(None))


def _looked_up(memory: Memory, asked: Sequence[Asked], owns: Work) -> Own:
    """Those that were asked for beside the build are awaited with the first of them."""
    beside, found = frozenset(path for _, path in asked), cache(owns)

    def own(origin: Origin, path: str) -> str:
        return str(found()[path]) if path in beside else _own(memory, origin, path)

    return own


def _given(part: Part, files: Work | None) -> Part:
    """A part that is made already, as far as the build is concerned: no worker makes it."""
    if files is None:
        return part

    def make(_: Wanted) -> Files:
        found: Files = files()
        return found

    return replace(part, make=make, shipped=None)
