"""What programs that save a site do to it, told in one line each instead of in hundreds.

Rewritten links and line ends, the pages as they were before (`.orig`), and listings saved under a query.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import urlsplit

from publisher.addresses import ROBOTS, SUMS, unspoken
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told
from publisher.verify.sums import altered
from publisher.words import LANGUAGES

FEW = 3
"""So many altered pages are told one by one."""
_ORIGINAL = ".orig"
_HOME = "index.html"
_LISTING = re.compile(r"[?@][A-Z]=[A-Z](?:[;&][A-Z]=[A-Z])?(?:\.html)?$")
"""How servers sort the listing of a folder."""
_SITE_MAP = re.compile(r"^Sitemap: (https?://[^\s\"<>]+)/sitemap\.xml$", re.MULTILINE)
_FULL = re.compile(r'(<link rel="(?:canonical|alternate" hreflang="[^"]*)" href=")(?![a-z]+:)([^"]*)')
"""Links that pages write in full."""
_RELATIVE = re.compile(r'((?:href|src)=")(?![a-z]+:|[#/"])([^"#]*)')


@dataclass(frozen=True)
class Told:
    """What was found, and which unlisted files are explained by it."""

    findings: tuple[Finding, ...]
    explained: frozenset[str]


def changes_told(copy: Copy, hashes: Mapping[str, str], differing: Sequence[str]) -> Told:
    """Every altered file, those that a known cause explains under this cause."""
    unread = [path for path in differing if copy.hash(path) is None]
    differing = [path for path in differing if copy.hash(path) is not None]
    ends = [path for path in differing if _by_line_ends(copy, path, hashes[path])]
    kept = [path for path in differing if copy.hash(f"{path}{_ORIGINAL}") == hashes[path]]
    base = _base(copy)
    as_they_were = frozenset(kept)
    undone = [path for path in differing if path not in as_they_were and _by_links(copy, path, hashes[path], base)]
    told_so = {*ends, *kept, *undone}
    rest = [path for path in differing if path not in told_so]
    found = [altered(copy, hashes, path) for path in unread]
    if ends:
        found.append(finding("line-ends", ends[0], count=len(ends)))
    if kept:
        found.append(finding("links-rewritten-kept", kept[0], count=len(kept)))
    if undone:
        found.append(finding("links-rewritten-only", undone[0], count=len(undone)))
    if _is_rewritten(hashes, rest):
        found.append(finding("links-rewritten", rest[0], count=len(rest), files=len(hashes)))
    else:
        found += [altered(copy, hashes, path) for path in rest]
    queried = frozenset(_queried(copy, hashes))
    if queried:
        found.append(told("listings", min(queried), count=len(queried)))
    return Told(tuple(found), queried | {f"{path}{_ORIGINAL}" for path in kept})


def _by_line_ends(copy: Copy, path: str, meant: str) -> bool:
    """Whether it is as listed but for the line ends: transfer as text makes CR LF of LF."""
    data = copy.read(path) or b""
    return b"\r\n" in data and hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == meant


def _base(copy: Copy) -> str:
    """The address of the site, as its robots.txt says it."""
    match = _SITE_MAP.search((copy.read(ROBOTS) or b"").decode("utf-8", "replace"))
    return match[1] if match else ""


def _by_links(copy: Copy, path: str, meant: str, base: str) -> bool:
    """Whether it is as listed once the links are turned back that wget -k rewrites; the hash alone decides.

    It makes every link as short as can be, names the page in links within it, and makes links to the site's own
    host relative: those to itself and to other languages, and on the page for what is not there all.
    """
    if not path.endswith(".html"):
        return False
    text = (copy.read(path) or b"").decode("utf-8", "surrogateescape")
    name, folder = path.rpartition("/")[2], path.rpartition("/")[0]
    text = text.replace(f'href="{name}#', 'href="#')
    up, host = "../" * path.count("/"), urlsplit(base).path
    text = _FULL.sub(lambda one: one[1] + _full(base, _target(folder, one[2])), text)
    plain = unspoken(path, LANGUAGES)
    language = path.removesuffix(plain)

    def shown(start: str, target: str) -> str:
        """Pages of a language that has a folder lead to one another within it."""
        within = bool(language) and target.startswith(language)
        return "../" * plain.count("/") + target.removeprefix(language) if within else start + target

    def back(start: str) -> str:
        return _RELATIVE.sub(lambda one: one[1] + shown(start, _target(folder, one[2])), text)

    tried = (back(up), back(f"{host}/"))
    return any(hashlib.sha256(one.encode("utf-8", "surrogateescape")).hexdigest() == meant for one in tried)


def _target(folder: str, link: str) -> str:
    """What a relative link of a page in this folder leads to, from the root of the site."""
    return normpath(f"{folder}/{link}").lstrip("/")


def _full(base: str, path: str) -> str:
    """The full address of a page, as pages name it."""
    return f"{base}/{path.removesuffix(_HOME) if unspoken(path, LANGUAGES) == _HOME else path}"


def _is_rewritten(hashes: Mapping[str, str], differing: Sequence[str]) -> bool:
    """Pages alone, and most of them: what a person alters is less, or is more than pages."""
    pages = [path for path in hashes if path.endswith(".html")]
    return len(differing) > FEW and 2 * len(differing) > len(pages) and all(one.endswith(".html") for one in differing)


def _queried(copy: Copy, hashes: Mapping[str, str]) -> Iterator[str]:
    """`index.html?C=N;O=D`, or with `@`: a listing by the server, saved beside the page."""
    for path in copy.files():
        page = _LISTING.sub("", path)
        if page != path and path not in hashes and page.rpartition("/")[2] == _HOME:
            yield path


def roots_below(copy: Copy) -> list[str]:
    """Folders below that hold a SHA256SUMS: wget puts a site into folders named after its host and path."""
    return [path.removesuffix(f"/{SUMS}") for path in copy.files() if path.endswith(f"/{SUMS}")]
