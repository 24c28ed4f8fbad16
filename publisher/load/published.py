"""A site that was published before: the addresses that its SHA256SUMS names, and their bytes."""

from dataclasses import dataclass
from pathlib import Path

from publisher.addresses import SUMS
from publisher.problems import Place, PublisherError, problem

_DIGITS = 64
_MOST = 512 * 1024 * 1024
"""Bytes of the largest file that is compared."""


@dataclass(frozen=True)
class OldSite:
    """A folder with a site."""

    folder: Path
    addresses: frozenset[str]
    """Of files that are really there."""

    def read(self, address: str) -> bytes | None:
        """The file; none if it cannot be read."""
        try:
            path = self.folder / address
            return path.read_bytes() if path.stat().st_size <= _MOST else None
        except OSError:
            return None

    def stays(self, address: str) -> bool:
        """Whether this is the list itself, or a file that the publisher did not write and leaves where it is."""
        if address == SUMS:
            return True
        return address not in self.addresses and not address.startswith("..") and (self.folder / address).is_file()


def read_old_site(folder: Path, shown: str, *, must_exist: bool) -> OldSite:
    """The site in a folder; an empty one if there is none and there need not be one.

    Raises PublisherError if the folder holds no site of the publisher.
    """
    sums = folder / SUMS
    try:
        data = sums.read_bytes() if sums.is_file() else None
    except OSError:
        raise PublisherError([problem("old-site-unreadable", Place(f"{shown}/{SUMS}"))]) from None
    if data is None:
        if must_exist:
            raise PublisherError(
                [problem("old-site-missing" if not folder.is_dir() else "old-site-none", Place(shown))]
            )
        return OldSite(folder, frozenset())
    return OldSite(folder, frozenset(_listed(data, folder, shown)))


def _listed(data: bytes, folder: Path, shown: str) -> set[str]:
    found = set()
    for number, line in enumerate(
        data.decode("utf-8", "replace").replace("\r\n", "\n").removesuffix("\n").split("\n"), 1
    ):
        address = line[_DIGITS + 2 :]
        if not address or set(line[:_DIGITS]) - set("0123456789abcdef") or not _stays_within(address):
            raise PublisherError([problem("old-site-unreadable", Place(f"{shown}/{SUMS}", line=number), line)])
        path = folder / address
        if path.is_file() and not path.is_symlink():
            found.add(address)
    return found


def _stays_within(address: str) -> bool:
    parts = address.split("/")
    return not set(address) & set("\0\\:") and ".." not in parts and "" not in parts
