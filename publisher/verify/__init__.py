"""`publisher verify`: proves a copy complete and unaltered, by what lies in the copy and nothing else.

SHA256SUMS tells of every file; the register, a chain of hashes, of every sealed edition; an older copy and a
signature tell what somebody could have made anew as a whole.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher.addresses import EDITIONS, REGISTER, SUMS
from publisher.signing.keys import PublicKey
from publisher.verify.books import books
from publisher.verify.chain import register_of
from publisher.verify.copy import Copy, copy_of
from publisher.verify.dates import back_dated
from publisher.verify.findings import Finding, Verdict, finding, in_order, told
from publisher.verify.followed import followed
from publisher.verify.form import misshapen
from publisher.verify.late import pending
from publisher.verify.mirror import changes_told, roots_below
from publisher.verify.older import Looked, compared
from publisher.verify.quoted import quoted, quoted_editions, weights
from publisher.verify.reckoned import reckoned
from publisher.verify.recomputed import recomputed
from publisher.verify.sealed import addresses_of, editions_of
from publisher.verify.shown import shown
from publisher.verify.signed import Signed, signed_of
from publisher.verify.stated import stated
from publisher.verify.sums import differing, listed, missing, unlisted
from publisher.verify.whole import not_its_own
from publisher.verify.withdrawals import withdrawn_in

__all__ = ["Finding", "Verdict", "verify"]


_READ = (".html", ".csv", ".json", ".jsonl", ".xlsx", ".xml", ".txt", ".md")
"""What is compared, in whole or in part, with something else in the copy."""


@dataclass(frozen=True)
class _Examined:
    """One copy by itself."""

    folder: Path
    looked: Looked
    sums: bytes
    files: int
    faults: tuple[Finding, ...]


def verify(folder: Path, *, older: Path | None = None, key: PublicKey | None = None) -> Verdict:
    """Nothing raises: whatever lies in the folders is told as a finding."""
    found = _examined(folder)
    faults = list(found.faults)
    signed = signed_of(found.looked.copy, found.sums, key) if found.sums else Signed(())
    faults += signed.faults
    if older and found.sums:
        faults += _against(_examined(older), found)
    last = found.looked.register.last
    return Verdict(
        findings=in_order(faults),
        folder=str(found.folder),
        sums=hashlib.sha256(found.sums).hexdigest() if found.sums else "",
        files=found.files,
        last=last,
        unread=sum(not path.endswith(_READ) for path in found.looked.listed),
        compared=older is not None,
        signed_by=signed.by,
        comment=signed.comment,
    )


def _examined(folder: Path) -> _Examined:
    copy, faults = _rooted(copy_of(folder))
    if not copy.whole:
        faults.append(finding("not-whole"))
    sums = copy.read(SUMS)
    found = listed(sums or b"")
    register = register_of(copy.read(REGISTER) or b"")
    editions = editions_of(copy, register)
    looked = Looked(copy, found.hashes, register, editions, withdrawn_in(copy, register))
    if not sums:
        return _Examined(Path(copy.root), looked, b"", 0, (*faults, finding("no-sums", SUMS)))
    changed = differing(copy, found.hashes)
    faults += [*found.faults, *_files(looked, changed), *_register(looked)]
    there = sum(copy.is_file(path) for path in found.hashes)
    return _Examined(Path(copy.root), looked, sums, there - len(changed), tuple(faults))


def _rooted(copy: Copy) -> tuple[Copy, list[Finding]]:
    """The folder, or the one below it that holds the site, as wget makes it."""
    if SUMS in copy.entries:
        return copy, []
    below = roots_below(copy)
    beside = [path for path in copy.files() if path.endswith(".html") and not path.startswith(tuple(below))]
    if below and beside:
        return copy, [finding("unlisted", beside[0])]
    if len(below) != 1:
        return copy, [finding("several", one) for one in below]
    return copy_of(Path(copy.root) / below[0]), [told("below", below[0])]


def _files(looked: Looked, changed: Sequence[str]) -> Iterator[Finding]:
    copy, hashes = looked.copy, looked.listed
    yield from missing(copy, hashes)
    saved = changes_told(copy, hashes, changed)
    yield from saved.findings
    explained = dict.fromkeys(saved.explained, "")
    yield from unlisted(copy, {**hashes, **explained})


def _register(looked: Looked) -> Iterator[Finding]:
    copy, register = looked.copy, looked.register
    if REGISTER in looked.listed or REGISTER in copy.entries or any(one.startswith(EDITIONS) for one in looked.listed):
        if not register.lines:
            yield finding("register-empty", REGISTER)
    else:
        yield told("no-register")
    yield from register.faults
    yield from looked.editions.faults
    yield from addresses_of(copy, register, looked.listed)
    withdrawn = looked.withdrawn
    yield from withdrawn.faults
    yield from back_dated(copy, register, looked.editions, withdrawn)
    explained = pending(copy, looked.editions)
    yield from recomputed(copy, looked.editions, withdrawn, explained)
    yield from reckoned(copy, withdrawn)
    yield from stated(copy, looked.editions, withdrawn, explained)
    yield from followed(copy, looked.editions, explained)
    yield from misshapen(copy)
    yield from not_its_own(copy, looked.listed, withdrawn)
    yield from _printed(looked, explained)


def _printed(looked: Looked, explained: frozenset[str]) -> Iterator[Finding]:
    """Pages and workbooks against the tables; of what was altered it is told already."""
    copy, withdrawn = looked.copy, looked.withdrawn
    as_listed = {path for path, meant in looked.listed.items() if copy.hash(path) == meant}
    yield from shown(copy, as_listed, looked.editions, withdrawn, explained)
    yield from books(copy, as_listed, withdrawn.by)
    yield from quoted(copy, as_listed, withdrawn)
    yield from quoted_editions(copy, as_listed, withdrawn, looked.editions, explained)
    yield from weights(copy, as_listed, withdrawn)


def _against(older: _Examined, newer: _Examined) -> Iterator[Finding]:
    """The older copy has to be whole itself: else it proves nothing."""
    broken = [one for one in older.faults if not one.told]
    if broken:
        yield finding("older-broken", folder=str(older.folder), count=len(broken), first=broken[0].path)
    if older.sums:
        yield from compared(older.looked, newer.looked)
