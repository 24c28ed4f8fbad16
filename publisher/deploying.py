"""`publisher deploy-check`: whether a finished site works on any host, below any path, however it is uploaded.

Looks at the folder as it lies on the disk; nothing in it is changed. What the list of hashes tells is judged as
`verify` does; here it is about names, sizes and links.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from publisher.addresses import NOT_FOUND, SIGNATURE, SUMS, unspoken
from publisher.hosting import LARGEST, LONGEST, MEGABYTE, MOST
from publisher.verify.copy import Copy, Kind, copy_of
from publisher.verify.findings import Finding, finding, in_order, told
from publisher.verify.sums import altered, differing, is_harmless, listed, missing
from publisher.words import LANGUAGES
from publisher.write.paths import WORK, is_clean, one_name

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")
"""Signs that FTP servers, buckets and every file system keep as they are."""
_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_ELSEWHERE = ("data:", "http:", "https:", "mailto:", "tel:", "#")
_LEAVINGS = re.compile(r"(?i)(?:.*/)?(?:~\$.*|\.~lock\..*|thumbs\.db|desktop\.ini|\.ds_store|.*\.(?:tmp|bak|orig|swp))")
"""What programs and systems leave about: nobody needs it on the host."""


@dataclass(frozen=True)
class Ready:
    """What the look at a site found."""

    findings: tuple[Finding, ...]
    files: int
    size: int
    """In bytes, of all files."""
    largest: str
    largest_size: int

    @property
    def ready(self) -> bool:
        return all(one.told for one in self.findings)


def deploy_check(folder: Path, *, largest: int = LARGEST) -> Ready:
    """`largest`: megabytes that a file may have."""
    copy = copy_of(folder)
    sizes = {path: (folder / path).stat().st_size for path in copy.files()}
    data = copy.read(SUMS)
    found = [finding("no-sums", SUMS)] if data is None else [*_of_sums(copy, data)]
    found += [] if copy.whole else [finding("not-whole")]
    found += [*_names(copy.entries), *_sizes(sizes, largest), *_links(copy), *_unfinished(copy)]
    biggest = max(sizes, key=sizes.__getitem__, default="")
    return Ready(in_order(found), len(sizes), sum(sizes.values()), biggest, sizes.get(biggest, 0))


def _of_sums(copy: Copy, data: bytes) -> Iterator[Finding]:
    """The folder against its list; what is not in the list is named, each file."""
    meant = listed(data)
    yield from meant.faults
    yield from missing(copy, meant.hashes)
    yield from (altered(copy, meant.hashes, path) for path in differing(copy, meant.hashes))
    known = {*meant.hashes, SUMS, SIGNATURE}
    for path, kind in copy.entries.items():
        if kind in {Kind.LINK, Kind.OTHER}:
            yield finding("link" if kind is Kind.LINK else "no-file", path)
        elif kind is Kind.FILE and path not in known:
            yield _stray(path)


def _stray(path: str) -> Finding:
    """What hosts need (CNAME, a file that proves whose the site is) may stay."""
    if _LEAVINGS.fullmatch(path):
        return finding("deploy-leaving", path)
    return told("deploy-beside", path) if is_harmless(path) else finding("deploy-stray", path)


def _names(paths: Iterable[str]) -> Iterator[Finding]:
    """The same name on every system and host, with and without regard to capital letters."""
    known: dict[str, str] = {}
    for path in paths:
        other = known.setdefault(one_name(path), path)
        if other != path:
            yield finding("deploy-case", path, other=other)
        if len(path) > LONGEST:
            yield finding("deploy-long", path, length=len(path), limit=LONGEST)
        if path != WORK and not path.startswith(".") and (not _SAFE.fullmatch(path) or not _is_own_or_clean(path)):
            yield finding("deploy-name", path)


def _is_own_or_clean(path: str) -> bool:
    return path in {SUMS, SIGNATURE} or is_clean(path)


def _sizes(sizes: Mapping[str, int], largest: int) -> Iterator[Finding]:
    for path, size in sizes.items():
        if size > largest * MEGABYTE:
            yield finding("deploy-large", path, size=_megabytes(size), limit=largest)
    if sum(sizes.values()) > MOST * MEGABYTE:
        yield told("deploy-total", size=_megabytes(sum(sizes.values())), limit=MOST)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"


def _links(copy: Copy) -> Iterator[Finding]:
    """Links within the site are relative, and lead to a file that is spelled like that."""
    for path in copy.files():
        pattern = {"html": _LINK, "css": _URL}.get(path.rpartition(".")[2])
        text = (copy.read(path) or b"").decode("utf-8", "replace") if pattern else ""
        for link in sorted(set(pattern.findall(text))) if pattern else ():
            target = link.replace("&amp;", "&")
            if not target or target.startswith(_ELSEWHERE):
                continue
            if target.startswith("/"):
                # Shown for addresses of any depth, so its links name the path of base_url.
                if unspoken(path, LANGUAGES) != NOT_FOUND:
                    yield finding("deploy-absolute", path, link=link)
            elif not copy.is_file(_led_to(path, target)):
                yield finding("deploy-dead", path, link=link)


def _led_to(path: str, target: str) -> str:
    """A link that leaves the site leads to no file of it."""
    return normpath(f"{path.rpartition('/')[0] or '.'}/{unquote(urlsplit(target).path)}")


def _unfinished(copy: Copy) -> Iterator[Finding]:
    if WORK in copy.entries:
        yield finding("deploy-unfinished", WORK)
