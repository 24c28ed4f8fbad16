"""What the last build made, and of what: a file made of the same is not made again.

A file stands only if it was made of the same, to the last sign, and still holds the bytes that were made then. A memory
that is damaged, or of another program, theme or form, is none. It is trusted as the bureau's own folder is.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from publisher.kept.fingerprint import Fingerprints, UntoldError
from publisher.kept.reads import Read

FORM = 3
"""Of the file; another one is not read."""
Scoped = tuple[str, Read]
"""A read of one of the publications that a site is made from."""
Reader = Callable[[Scoped], Any]
"""What a read finds now."""


@dataclass(frozen=True, slots=True)
class Made:
    """How a file came to be."""

    own: str
    """The fingerprint of its own data."""
    reads: Mapping[Scoped, str]
    """What it read of the site besides, with the fingerprint of what it found."""
    size: int
    day: str = ""
    """The day that it prints; empty if it prints none."""
    sum: str = ""
    """The SHA-256 of the file; it is known when the file is written."""


@dataclass
class Memory:
    """Of one site: what was made before, and what is made now."""

    of: str
    """What every file is made of: program, theme, settings, day."""
    before: Mapping[str, Made] = field(default_factory=dict)
    now: dict[str, Made] = field(default_factory=dict)
    prints: Fingerprints = field(default_factory=Fingerprints)
    _asked: dict[Scoped, tuple[Scoped, str]] = field(default_factory=dict)
    """What each read found; the read itself is the one that all files which read the same are noted with."""
    _alike: dict[int, bool] = field(default_factory=dict)
    """By mapping of `before`."""

    def own(self, *parts: Any) -> str:
        """The fingerprint of what a file is made of; empty if that cannot be told: then it is always made."""
        try:
            return self.prints.of(parts)
        except UntoldError:
            return ""

    def standing(self, path: str, own: str, reader: Reader) -> Made | None:
        """The file of the last build, if it was made of the same."""
        made = self.before.get(path)
        if not own or made is None or made.own != own:
            return None
        if not self._reads_the_same(made.reads, reader):
            return None
        self.now[path] = made
        return made

    def _reads_the_same(self, reads: Mapping[Scoped, str], reader: Reader) -> bool:
        """Asked once of files that read the same: `before` has one mapping for them, and keeps it."""
        found = self._alike.get(id(reads))
        if found is None:
            found = all(self._read(read, reader)[1] == was for read, was in reads.items())
            self._alike[id(reads)] = found
        return found

    def renew(self, path: str, day: str) -> None:
        """A file that stands prints another day from now on."""
        self.now[path] = replace(self.now[path], day=day)

    def note(self, path: str, made: Made, reader: Reader) -> None:
        """A file was made so; what it read is looked up here."""
        found = dict(self._read(read, reader) for read in made.reads)
        if made.own and all(found.values()):
            self.now[path] = replace(made, reads=found)

    def _read(self, read: Scoped, reader: Reader) -> tuple[Scoped, str]:
        if read not in self._asked:
            self._asked[read] = read, self.own(reader(read))
        return self._asked[read]

    def told(self, sums: Mapping[str, str]) -> bytes:
        """As `remembered` reads it; `sums` are those of the site's files. Each read is written once."""
        places: dict[tuple[Scoped, str], int] = {}
        alike: dict[int, list[int]] = {}
        """By mapping: most files read the same as others, and have one mapping with them."""

        def placed(reads: Mapping[Scoped, str]) -> list[int]:
            if id(reads) not in alike:
                alike[id(reads)] = [places.setdefault(read, len(places)) for read in reads.items()]
            return alike[id(reads)]

        files = {
            path: [made.own, sums[path], made.size, made.day, placed(made.reads)]
            for path, made in self.now.items()
            if path in sums
        }
        reads = [[scope, *read, found] for (scope, read), found in places]
        body = json.dumps({"form": FORM, "of": self.of, "reads": reads, "files": files}).encode()
        return sha256(body).hexdigest().encode() + b"\n" + body


def remembered(data: bytes | None, of: str) -> Memory:
    """What `told` wrote; empty if there is none, or a damaged one, or one of something else."""
    sum_, _, body = (data or b"").partition(b"\n")
    if sum_ != sha256(body).hexdigest().encode():
        return Memory(of)  # others are told of the sums in it
    try:
        told = json.loads(body)
        if told["form"] != FORM or told["of"] != of:
            return Memory(of)
        reads = [
            ((str(scope), (str(name), way, str(key))), str(found)) for scope, name, way, key, found in told["reads"]
        ]
        shared: dict[tuple[int, ...], Mapping[Scoped, str]] = {}
        before = {}
        for path, (own, sum_, size, day, places) in told["files"].items():
            key = tuple(places)
            if key not in shared:
                shared[key] = {reads[place][0]: reads[place][1] for place in key}
            before[path] = Made(str(own), shared[key], int(size), str(day), str(sum_))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return Memory(of)
    return Memory(of, before)
