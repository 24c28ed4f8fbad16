"""The stamp itself: what was asked, what was there, what was said."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher import __version__
from publisher.stamp.states import (
    FOLDER,
    UNSEEN,
    Seen,
    State,
    States,
    UnsureError,
    fresh_states,
    hashed,
    inputs_of,
    is_young,
    states_of,
)

FORM = 1
"""Of the file; another one is not read."""
WORK = ".publisher"
"""In the site's folder while a build runs, or after one was killed."""


@dataclass(frozen=True)
class Asked:
    """What the result of a build depends on besides its inputs."""

    program: str
    as_of: str | None
    """As it was typed; none: the present."""
    site: str
    language: str
    """Of what it says."""


@dataclass(frozen=True)
class Stamp:
    """A build that went well."""

    asked: Asked
    start: int
    """The present when the build began, in nanoseconds; the site is the same until `until`, and not known before."""
    until: int
    files: int
    unprinted: bool
    lines: tuple[str, ...]
    """What the build said of what it held back."""
    read: int
    """When the inputs were looked at."""
    checked: int
    """When the site was; what was written since lies as nobody saw it (`UNSEEN`)."""
    inputs: States
    output: States
    absent: tuple[str, ...] = ()
    """Files that rules look for in the site, and that are none of it: they must not be put there by hand."""


def program() -> str:
    """Changes with the program, the theme that comes with it, Python, and with every library that is installed."""
    here = Path(__file__).parent.parent
    tops = [one for one in (here, here.parent / "templates") if one.is_dir()]
    states = sorted(state for top in tops for state in _files(os.fspath(top)))
    libraries = sorted(name for folder in sys.path for name in _listed(folder) if name.endswith(("-info", ".pth")))
    told = json.dumps([FORM, __version__, sys.version, libraries, states])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _files(top: str) -> Iterator[tuple[str, int, int]]:
    """Without what Python compiles for itself."""
    left = [top]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    left.append(entry.path)
                elif not entry.name.endswith(".pyc"):
                    found = entry.stat()
                    yield entry.path, found.st_size, found.st_mtime_ns


def _listed(folder: str) -> list[str]:
    try:
        return [one.name for one in os.scandir(folder or ".")]
    except OSError:
        return []  # an archive, or nothing


def read_stamp(path: Path) -> Stamp | None:
    """None if there is none, or a damaged one, or one of another form."""
    try:
        told = json.loads(path.read_bytes())
        if told["form"] != FORM:
            return None
        return Stamp(
            asked=Asked(**told["asked"]),
            start=int(told["start"]),
            until=int(told["until"]),
            files=int(told["files"]),
            unprinted=bool(told["unprinted"]),
            lines=tuple(map(str, told["lines"])),
            read=int(told["read"]),
            checked=int(told["checked"]),
            inputs=_states(told["inputs"]),
            output=_states(told["output"]),
            absent=tuple(map(str, told["absent"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _states(told: Mapping[str, Any]) -> States:
    found = {}
    for path, (size, written, changed, number, sum_) in told.items():
        found[path] = ((int(size), int(written), int(changed), int(number)), str(sum_))
    return found


def told(stamp: Stamp) -> bytes:
    """As `read_stamp` reads it."""
    states = {
        name: {path: [*state, sum_] for path, (state, sum_) in of.items()}
        for name, of in (("inputs", stamp.inputs), ("output", stamp.output))
    }
    head = {
        name: getattr(stamp, name)
        for name in ("start", "until", "files", "unprinted", "lines", "read", "checked", "absent")
    }
    return json.dumps({"form": FORM, "asked": asdict(stamp.asked), **head, **states}).encode()


def inputs_hold(stamp: Stamp | None, asked: Asked, root: Path, now: int) -> bool:
    """Whether a build is asked for that was made, of inputs that are the same: the site may still be another."""
    return stamp is not None and _fresh_inputs(stamp, asked, root, now) is not None


def still_holds(stamp: Stamp | None, asked: Asked, root: Path, site: Path, now: int) -> Stamp | None:
    """The stamp as it should be kept from now on, if a build would change nothing; else None."""
    inputs = _fresh_inputs(stamp, asked, root, now) if stamp else None
    if stamp is None or inputs is None:
        return None
    try:
        output = _output(stamp, site)
    except UnsureError:
        return None
    if output is None:
        return None
    if (inputs, output) == (stamp.inputs, stamp.output):
        return stamp
    return replace(stamp, inputs=inputs, output=output, read=now, checked=now)


def _fresh_inputs(stamp: Stamp, asked: Asked, root: Path, now: int) -> States | None:
    if stamp.asked != asked or not stamp.start <= now < stamp.until:
        return None
    try:
        return fresh_states(root, inputs_of(root), stamp.inputs, stamp.read)
    except UnsureError:
        return None


def _output(stamp: Stamp, site: Path) -> States | None:
    if any(os.path.lexists(site / one) for one in (WORK, *stamp.absent)):
        return None
    paths = [path for path, (_, sum_) in stamp.output.items() if sum_]
    return fresh_states(site, states_of(site, paths), stamp.output, stamp.checked)


@dataclass(frozen=True)
class Before:
    """The inputs as they were before anything was read of them."""

    at: int
    states: Mapping[str, State]
    young: Mapping[str, str]
    """Hashes of what was young then: the same state does not say that it is the same now."""


def looked_at(root: Path, now: int) -> Before | None:
    """None where nothing is sure."""
    try:
        states = inputs_of(root)
        young = [path for path, state in states.items() if is_young(state, now)]
        return Before(now, states, hashed(root, states, young))
    except UnsureError:
        return None


def seen_by(stamp: Stamp | None) -> Seen:
    """Files of the site, as the last build or look left them."""
    return Seen(stamp.output, stamp.checked) if stamp else Seen()


def built(
    before: Before,
    root: Path,
    site: Path,
    sums: Mapping[str, str],
    stood: Mapping[str, State],
    last: Stamp | None = None,
) -> tuple[States, States] | None:
    """Inputs and output after a build, if the inputs are still what it read; `sums` are those of the site's files.

    Of these only what `stood`, and lies as it did then, was looked at. Inputs that did not move since the `last` build
    are not read to know their hashes.
    """
    try:
        inputs = inputs_of(root)
        if inputs != before.states:
            return None
        found = _hashes(root, inputs, Seen(last.inputs, last.read) if last else Seen())
        output = states_of(site, sums)
    except UnsureError:
        return None
    if any(found[path] != sum_ for path, sum_ in before.young.items()):
        return None
    output = {path: state if state in (FOLDER, stood.get(path)) else UNSEEN for path, state in output.items()}
    return _with_sums(inputs, found), _with_sums(output, sums)


def _hashes(root: Path, states: Mapping[str, State], seen: Seen) -> dict[str, str]:
    known = {path: sum_ for path, state in states.items() if (sum_ := seen.sum_of(path, state)) is not None}
    return known | hashed(root, states, states.keys() - known)


def _with_sums(states: Mapping[str, State], sums: Mapping[str, str]) -> States:
    """Folders have none."""
    return {path: (state, sums.get(path, "")) for path, state in states.items()}
