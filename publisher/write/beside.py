"""What lies beside the site and is no part of it: the signature of SHA256SUMS, and secret keys."""

# ruff: noqa: PTH105, PTH108

import os
from contextlib import suppress
from pathlib import Path

from publisher.addresses import SIGNATURE, SUMS
from publisher.problems import Place, PublisherError, problem
from publisher.write.disk import Kind, disk_of
from publisher.write.lock import locked
from publisher.write.paths import WORK
from publisher.write.refusals import told_as_problem
from publisher.write.stage import write_file


def write_signature(folder: Path, shown: str, data: bytes, sums: bytes) -> None:
    """Puts the signature beside the SHA256SUMS that it was made of; a build may not run meanwhile."""
    root = os.fspath(folder)
    place = f"{shown}/{SIGNATURE}"
    with locked(f"{root}/{WORK}", shown), told_as_problem(place):
        disk = disk_of(root, shown)
        if disk.sums != sums:
            raise PublisherError([problem("sign-moved", Place(f"{shown}/{SUMS}"))])
        if disk.kind(SIGNATURE)[0] not in {Kind.ABSENT, Kind.FILE}:
            raise PublisherError([problem("cannot-write-link", Place(place))])
        fresh = disk.work("signature")
        with suppress(FileNotFoundError):
            os.unlink(fresh)
        write_file(fresh, data, to_disk=True)
        os.replace(fresh, disk.full(SIGNATURE))


def write_secret(path: Path, data: bytes) -> None:
    """A new file that only its owner may read; never over another."""
    with told_as_problem(path.as_posix()):
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError as error:
            raise PublisherError([problem("file-exists", Place(path.as_posix()))]) from error
        try:
            os.write(file, data)
            os.fsync(file)
        finally:
            os.close(file)
