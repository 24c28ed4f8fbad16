"""Which paths a site may have, and SHA256SUMS, the list of them. Does not touch the disk."""

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from publisher.addresses import SIGNATURE, SUMS

WORK = ".publisher"
"""The publisher's own folder inside the site; it exists only while a build runs or after one was killed."""

_RESERVED = r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:[ .][^/]*)?(?:/|\Z)"
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
_PART = rf"(?!{_RESERVED})[^/\\:*?\"<>|{_HIDDEN}]*[^/\\:*?\"<>|{_HIDDEN} .]"
# Windows reads the colon as a drive or as a hidden second stream of a file, the reserved names as machines, and
# takes dots and blanks off the end of a name; signs that nobody sees make two names look like one.
_CLEAN = re.compile(f"{_PART}(?:/{_PART})*")
_LINE = re.compile(r"[0-9a-f]{64} [ *](.+)")


def one_name(path: str) -> str:
    """Paths for which this is equal are one file on Windows, on macOS and on most USB sticks."""
    return path.casefold() if path.isascii() else normalize("NFC", path).casefold()


def is_clean(path: str) -> bool:
    """A relative path with forward slashes that stays in the folder and is not one of our own names."""
    first = one_name(path.partition("/")[0])
    return bool(_CLEAN.fullmatch(path)) and first not in {WORK, one_name(SUMS), one_name(SIGNATURE)}


def folders_above(path: str) -> Iterator[str]:
    """`a/b/c` lies in `a/b` and in `a`; the nearest comes first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def sums_of(hashes: Mapping[str, str]) -> bytes:
    """The form that `sha256sum -c` reads (GNU coreutils manual, "sha2 utilities")."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def listed_in_sums(data: bytes) -> frozenset[str] | None:
    """The paths of a SHA256SUMS; None when it is not one of ours, so that nothing is removed on its word."""
    try:
        lines = data.decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        return None
    found = [_LINE.fullmatch(line) for line in lines if line]
    paths = [match[1] for match in found if match]
    return frozenset(paths) if len(paths) == len(found) and all(map(is_clean, paths)) else None


def listed_in_journal(data: bytes) -> frozenset[str]:
    return frozenset(filter(is_clean, data.decode(errors="replace").split("\n")))


def journal_of(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()
