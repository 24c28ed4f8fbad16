"""Writes a site all or nothing. A build is killed at any moment: the next one gives what a clean one gives.

1. Every new or changed file is put by in `.publisher/new`; until the last is there the site is untouched.
2. `.publisher/journal` is written: the paths that are ours from now on, whatever happens.
3. Files are put in place one by one, files of earlier builds removed, SHA256SUMS replaced last.
4. `.publisher` goes.
"""

# Ten thousand files in a second: plain strings and descriptors instead of Path.
# ruff: noqa: PTH102, PTH105, PTH108

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from publisher.addresses import SIGNATURE, SUMS
from publisher.problems import Place, PublisherError, problem
from publisher.stamp import Seen, State
from publisher.write.disk import Disk, Kind, disk_of
from publisher.write.lock import locked
from publisher.write.paths import WORK, folders_above, one_name
from publisher.write.refusals import told_as_problem
from publisher.write.stage import Stage, Standing
from publisher.write.swap import Swap


@dataclass(frozen=True)
class Written:
    pages: int
    """Files of the site in total, without SHA256SUMS."""
    changed: int
    """Files new or replaced."""
    removed: int
    unprinted: bool = False
    """PDFs and share images were left out, for want of the extra."""
    unsigned: bool = False
    """The signature of the site before was taken away: it is not that of this one."""
    sums: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The SHA-256 of each file, SHA256SUMS among them."""
    stood: Mapping[str, State] = field(default_factory=dict, repr=False, compare=False)
    """Files that were left as they are, each as it was when it was known to hold what its hash says."""


def write_site(
    folder: Path, shown: str, files: Iterable[tuple[str, bytes | Standing]], seen: Seen | None = None
) -> Written:
    """Makes the folder hold exactly `files` (and what others put there); `shown` is its name in problems.

    `seen` are files of the site as the last build saw them.

    `files` may raise at any point: then the site stays as it was.
    """
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    try:
        with told_as_problem(shown):
            folder.mkdir(parents=True, exist_ok=True)
        _refuse_link(folder / WORK, shown)
        with locked(f"{os.fspath(folder)}/{WORK}", shown):
            return _written(os.fspath(folder), shown, files, seen or Seen())
    except BaseException:
        for made in missing:
            with suppress(OSError):
                made.rmdir()
        raise


def _refuse_link(work: Path, shown: str) -> None:
    if work.is_symlink():
        raise PublisherError([problem("cannot-write-link", Place(f"{shown}/{WORK}"))])


def _written(root: str, shown: str, files: Iterable[tuple[str, bytes | Standing]], seen: Seen) -> Written:
    with told_as_problem(shown):
        _clear(root)
        for name in ("new", "kept"):
            os.mkdir(f"{root}/{WORK}/{name}")
        disk = disk_of(root, shown)
    try:
        stage = Stage(disk, seen)
        for path, data in files:
            stage.take(path, data)
        with told_as_problem(shown):
            stage.close()
            return _exchanged(stage)
    finally:
        with suppress(OSError):
            _clear(root)


def _clear(root: str) -> None:
    for name in ("new", "kept"):
        with suppress(FileNotFoundError):
            shutil.rmtree(f"{root}/{WORK}/{name}")


def _exchanged(stage: Stage) -> Written:
    swap = Swap(stage.disk)
    journal = stage.disk.work("journal")
    stale, unsigned = stage.stale, stage.signature_goes
    try:
        with told_as_problem(stage.disk.shown):
            os.replace(stage.disk.work("new/journal"), journal)
        _exchange(stage, swap, stale)
    except BaseException:
        # The journal of a killed build stays: what that one left behind is still to be removed.
        if swap.undo() and not stage.disk.interrupted:
            with suppress(OSError):
                os.unlink(journal)
        raise
    with suppress(OSError):
        os.unlink(journal)
    changed = len(stage.waiting)
    sums, stood = stage.all_hashes, stage.stood
    return Written(len(stage.hashes), changed, len(stale), unsigned=unsigned, sums=sums, stood=stood)


def _exchange(stage: Stage, swap: Swap, stale: list[str]) -> None:
    emptied = _folders_of(stage.disk, stage.left)
    rooms = [path for path in stage.waiting if stage.disk.kind(path)[0] is Kind.FOLDER]
    first = _in_the_way(stage, stale)
    for path in first:
        swap.drop(path)
    if first:
        swap.remove_empty(emptied)
    for path in rooms:
        swap.make_room(path)
    for path, staged in stage.waiting.items():
        swap.put(path, staged)
    for path in stale:
        if path not in first:
            swap.drop(path)
    swap.remove_empty(emptied)
    if stage.sums_wait:
        if stage.signature_goes:
            swap.drop(SIGNATURE)
        swap.put(SUMS, stage.disk.work("new/sums"))


def _folders_of(disk: Disk, paths: Iterable[str]) -> set[str]:
    """Only real folders of the site: a link could lead to one of somebody else."""
    above = {folder for path in paths for folder in folders_above(path)}
    return {folder for folder in above if disk.folder(folder) is Kind.FOLDER}


def _in_the_way(stage: Stage, stale: list[str]) -> set[str]:
    """Old files that must go first: the new site takes their name or that of a folder of theirs."""
    taken = stage.names | stage.folder_names
    spelled = stage.hashes.keys() | {folder for path in stage.hashes for folder in folders_above(path)}
    return {
        path
        for path in stale
        if one_name(path) in taken
        or any(one_name(above) in stage.names for above in folders_above(path))
        or any(one_name(above) in taken and above not in spelled for above in folders_above(path))
    }
