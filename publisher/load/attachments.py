"""The folder `content/attachments/`: which of its files are named, what they hold, and their bytes when they go out."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from publisher.load.attached import again
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.reading import look_through
from publisher.load.known import KnownRecords
from publisher.load.limits import MAX_ATTACHMENT, MAX_ATTACHMENTS, MEGABYTE
from publisher.load.walk import Walk
from publisher.model.attachments import (
    FOLDER,
    KEPT_APART,
    ORIGINALS,
    AttachedFile,
    Attachment,
    FileKind,
    attachments_of,
)
from publisher.model.bureau import Bureau
from publisher.model.editions import Sealed
from publisher.model.fields import Record
from publisher.named import near
from publisher.problems import ANY, Place, PublisherError, Report, problem, warning
from publisher.processors import processors
from publisher.recall import Recall

R = TypeVar("R", bound=Record)
_IGNORED = re.compile(r"[.~].*|readme.*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_LEVELS = 6
"""Folders within one another."""
MOST = 4
"""Files looked through at a time: each may take all the memory that one file is granted."""


@contextmanager
def attachments(walk: Walk, recall: Recall | None, known: KnownRecords | None) -> Iterator["Attachments"]:
    """Those of a folder. A PDF takes a process and some time: they are looked through while everything else is read.

    Not where there is a `recall`: it knows most of them.
    """
    folder = walk.root / FOLDER
    files = _files(walk, folder) if walk.is_within(folder) else {}
    executor = ThreadPoolExecutor(min(processors(), MOST))
    try:
        found = Attachments(files, walk.report, recall, known)
        if recall is None:
            slow = [name for name in files if name.lower().endswith(".pdf")]
            found.begun.update({name: executor.submit(found.seen, name) for name in slow})
        yield found
    finally:
        executor.shutdown(cancel_futures=True)


@dataclass
class _Seen:
    """A file, and what it holds."""

    look: Look
    size: int = 0
    sha256: str = ""
    kind: FileKind | None = None
    refused: RefusedError | None = None


@dataclass
class Attachments:
    """The files of the folder, each looked through when it is first named, if not before."""

    files: Mapping[str, Path]
    """By name within the folder, in the form in which equal names are equal bytes."""
    report: Report
    recall: Recall | None = None
    known: KnownRecords | None = None
    begun: dict[str, "Future[_Seen]"] = field(default_factory=dict)
    read: dict[str, AttachedFile | None] = field(default_factory=dict)
    """None: it cannot go out, which was told."""
    total: int = 0
    failed: bool = False

    def filled(self, bureau: Bureau, broken: set[tuple[str, str]]) -> Bureau:
        """The bureau with what its attachments hold; `broken` gains the attachments if one of them cannot go out."""
        owners = (bureau.statements, bureau.responses, bureau.meetings.values(), bureau.notices, bureau.corrections)
        named = {normalize("NFC", one.file) for one in attachments_of(chain(*owners)) if one.file}
        for name in self.begun.keys() - named:
            self.begun[name].cancel()
        filled = replace(
            bureau,
            statements=tuple(map(self.of, bureau.statements)),
            responses=tuple(map(self.of, bureau.responses)),
            meetings={id_: self.of(one) for id_, one in bureau.meetings.items()},
            notices=tuple(map(self.of, bureau.notices)),
            corrections=tuple(map(self.of, bureau.corrections)),
        )
        if self.failed:
            broken.add(("attachment", ANY))
        return replace(filled, attachments=self.all(bureau.sealed, whole=not broken))

    def of(self, record: R) -> R:
        """The record with everything filled in that its files tell."""
        named: tuple[Attachment, ...] = getattr(record, "attachments", ())
        if not named:
            return record
        found = [self._filled(one, partial(record.origin.place, "attachments", n)) for n, one in enumerate(named)]
        self._tell_computed(record, named)
        self._tell_same_titles(record, named)
        return record.model_copy(update={"attachments": tuple(found)})

    def _tell_same_titles(self, record: Record, named: tuple[Attachment, ...]) -> None:
        """Readers, and the seal, tell them by their titles."""
        titles = [one.title for one in named]
        for number, title in enumerate(titles):
            if title in titles[:number]:
                self.report(
                    problem("attachment-same-title", record.origin.place("attachments", number, "title"), title)
                )

    def _tell_computed(self, record: Record, named: tuple[Attachment, ...]) -> None:
        for number, one in enumerate(named):
            for name in sorted(KEPT_APART & one.model_fields_set):
                self.report(problem("attachment-computed", record.origin.place("attachments", number, name), name))

    def _filled(self, one: Attachment, place: Callable[[str], Place]) -> Attachment:
        if one.file is None:
            self.report(problem("attachment-without-file", place("file"), one.title))
            return one
        name = normalize("NFC", one.file)
        if name not in self.files:
            names = {one.casefold(): one for one in self.files}
            meant = names.get(near(name.casefold(), names, 0.8), "")
            self.report(problem("attachment-missing", place("file"), one.file, near=meant))
            self.failed = True
            return one
        if name not in self.read:
            self.read[name] = self._looked_through(name)
        file = self.read[name]
        return one.model_copy(update={"kind": file.kind, "size": file.size, "sha256": file.sha256}) if file else one

    def _looked_through(self, name: str) -> AttachedFile | None:
        begun = self.begun.get(name)
        one = begun.result() if begun else self.seen(name)
        self._count(one.size, one.look.path)
        if one.refused:
            one.look.fault(one.refused.code, one.refused.value, **one.refused.details)
            self.failed = True
        for fault in one.look.faults:
            self.report(fault)
        if one.refused:
            return None
        passages, metadata = tuple(one.look.passages), tuple(one.look.metadata)
        return AttachedFile(self.files[name], one.look.path, one.size, one.sha256, one.kind, passages, metadata)

    def seen(self, name: str) -> _Seen:
        """Told to nobody yet: it may be seen by another thread."""
        path = self.files[name]
        one = _Seen(Look(f"{FOLDER}/{name}"))
        try:
            data = _bytes(path)
            one.size, one.sha256 = len(data), hashlib.sha256(data).hexdigest()
            look = partial(self._found, data, path.suffix.lower(), one)
            # Kept by the hash, for files are large. What is refused is not kept: there may not have been time enough.
            one.kind, one.look = self.recall.of((one.look.path, one.sha256), look) if self.recall else look()
        except RefusedError as error:
            one.refused = error
        return one

    def _found(self, data: bytes, suffix: str, one: _Seen) -> tuple[FileKind, Look]:
        """As an earlier build found it, or now."""
        sign = again.sign_of(one.look.path, one.sha256)
        line = self.known.line(sign) if self.known else None
        found = again.read_back(line, one.look.path) if line else None
        if found is None:
            found = look_through(data, suffix, one.look), one.look
            line = again.told(*found)
        if self.known and line:
            self.known.keep(sign, line)
        return found

    def _count(self, size: int, path: str) -> None:
        before, self.total = self.total, self.total + size
        if before <= MAX_ATTACHMENTS < self.total:
            self.report(problem("attachments-too-large", Place(path), limit=MAX_ATTACHMENTS // MEGABYTE))

    def all(self, sealed: Sealed, *, whole: bool) -> Mapping[str, AttachedFile]:
        """By SHA-256: what is named now, and what a sealed edition names. Of the rest a warning is told.

        `whole`: every record could be read, so what nothing names is really named by nothing.
        """
        found = {one.sha256: one for one in self.read.values() if one}
        wanted = _sealed_hashes(sealed) - found.keys()
        for name, path in self.files.items():
            if name not in self.read:
                kept = _kept(path, name) if wanted else None
                if kept and kept.sha256 in wanted:
                    found[kept.sha256] = kept
                elif whole:
                    self.report(warning("attachment-unnamed", Place(f"{FOLDER}/{name}")))
        return found


def _files(walk: Walk, folder: Path) -> dict[str, Path]:
    """All files of the folder by name, but those kept apart; links are told and not followed."""
    found = _walked(walk, folder, _LEVELS)
    return {normalize("NFC", path.relative_to(folder).as_posix()): path for path in found}


def _walked(walk: Walk, folder: Path, levels: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        walk.report(problem("unreadable-folder", Place(walk.shown(folder))))
        return
    for path in entries:
        apart = levels == _LEVELS and path.name.casefold() == ORIGINALS
        if apart or _IGNORED.fullmatch(path.name):
            continue
        if path.is_symlink() or _is_junction(path):
            walk.report(problem("attachment-link", Place(walk.shown(path))))
        elif path.is_dir() and levels > 1:
            yield from _walked(walk, path, levels - 1)
        else:
            yield path


def _is_junction(path: Path) -> bool:
    """A link to a folder as Windows has it."""
    return path.is_dir() and Path(os.path.realpath(path)) != Path(os.path.realpath(path.parent), path.name)


def _bytes(path: Path) -> bytes:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise RefusedError("attachment-cannot-open")
        if state.st_size > MAX_ATTACHMENT:
            raise RefusedError("attachment-too-large", state.st_size, limit=MAX_ATTACHMENT // MEGABYTE)
        return path.read_bytes()
    except OSError:
        raise RefusedError("attachment-cannot-open") from None


def _kept(path: Path, name: str) -> AttachedFile | None:
    """A file that nothing names now: only what it is, not what it holds."""
    try:
        data = _bytes(path)
    except RefusedError:
        return None
    return AttachedFile(path, f"{FOLDER}/{name}", len(data), hashlib.sha256(data).hexdigest())


def _sealed_hashes(sealed: Sealed) -> set[str]:
    editions = sealed.editions.values()
    return {one.sha256 for edition in editions for _, _, one in edition.attachments if one.sha256}


def bytes_of(file: AttachedFile) -> bytes:
    """What goes out: the bytes that were looked through, or nothing at all."""
    try:
        data = file.disk.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise PublisherError([problem("attachment-changed-meanwhile", Place(file.path))])
    return data
