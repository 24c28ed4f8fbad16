"""The page that tells a reporter how to check a copy of the site by the means of any computer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from publisher import addresses
from publisher.editions.register import hash_of_line
from publisher.pages.attachments import unlinked_attachments
from publisher.pages.comparison import comparison_scripts
from publisher.pages.page import Page, Publication
from publisher.pages.search import index_files

_CHAIN = """n=1
while sed -n "$((n+1))p" register.jsonl | grep -q .; do
  hash=$(sed -n "$n"p register.jsonl | sha256sum | cut -c1-64)
  n=$((n+1))
  sed -n "$n"p register.jsonl | grep -q "\\"previous\\": \\"$hash\\"" || echo "$n"
done"""
_EDITIONS = """for file in editions/*.json; do
  grep -q "$(sha256sum < "$file" | cut -c1-64)" register.jsonl || echo "$file"
done"""
_GONE = """while read -r file; do
  test -e "$file" || echo "$file"
done < addresses.txt"""
COMMANDS = {
    "check": "sha256sum -c --quiet SHA256SUMS",
    "check-mac": "shasum -a 256 -c SHA256SUMS | grep -v ': OK$'",
    "unlisted": "cut -c67- SHA256SUMS > ../listed.txt\nfind . ! -type d | cut -c3- | grep -vxFf ../listed.txt",
    "powershell": "Get-FileHash index.html -Algorithm SHA256",
    "cmd": "certutil -hashfile index.html SHA256",
    "find": "findstr index.html SHA256SUMS",
    "chain": _CHAIN,
    "editions": _EDITIONS,
    "list": "sha256sum addresses.txt",
    "gone": _GONE,
    "note": "sha256sum SHA256SUMS",
    "older": "head -n $(wc -l < older/register.jsonl) newer/register.jsonl | cmp - older/register.jsonl\n"
    "diff -r older/editions newer/editions",
    "publisher": "publisher verify newer --older older",
}
"""What a reader types. Where all is well, those that look for faults print nothing."""


@dataclass(frozen=True)
class LineTold:
    """A line of the register, for reading beside one's own results."""

    n: int
    at: datetime
    kind: str
    subject: str
    edition: str
    """Its address; empty for a withdrawal."""
    hash: str
    """Of the line."""


def verification(publication: Publication) -> Iterator[Page]:
    lines = list(_lines(publication))
    yield Page(
        path=addresses.VERIFY,
        template="verify.html",
        title=publication.words("verify.title"),
        data={
            "lines": lines,
            "listed": publication.bureau.sealed.addresses_are_current,
            "files": _files(publication),
            "command": {**COMMANDS, **_own(publication, len(lines))},
        },
    )


def _own(publication: Publication, lines: int) -> dict[str, str]:
    """Commands with the address, the length of the register or the key in them."""
    site = publication.bureau.site
    parts = urlsplit(site.base_url)
    middle = min(3, lines)
    return {
        "mirror": f"wget --mirror --no-parent {site.base_url}/\ncd {parts.netloc}{parts.path}",
        "line": f"sed -n {middle}p register.jsonl | sha256sum",
        "head": f"head -n {lines} register.jsonl | sha256sum",
        "minisign": f"minisign -Vm SHA256SUMS -P {site.public_key}",
    }


def _lines(publication: Publication) -> Iterator[LineTold]:
    for one in publication.bureau.sealed.entries:
        yield LineTold(
            n=one.n,
            at=one.at.astimezone(publication.bureau.site.zone),
            kind=one.kind,
            subject=publication.subject(one.round) if one.round else one.withdrawal or "",
            edition=addresses.edition(one.round, one.edition) if one.round and one.edition else "",
            hash=hash_of_line(one.text),
        )


def _files(publication: Publication) -> list[str]:
    """What no other page leads to, so that a program that follows links finds every file."""
    bureau = publication.bureau
    found = [addresses.SUMS]
    found += [addresses.SIGNATURE] if bureau.site.public_key else []
    found += [addresses.REGISTER] if bureau.sealed.entries else []
    found += [addresses.ADDRESSES] if bureau.sealed.addresses_are_current else []
    return [
        *found,
        *index_files(publication),
        *comparison_scripts(publication),
        *unlinked_attachments(publication),
        addresses.FEED,
        addresses.SITE_MAP,
        addresses.ROBOTS,
        addresses.NOT_FOUND,
    ]
