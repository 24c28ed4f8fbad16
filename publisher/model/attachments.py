"""Files that go out with a notice, a meeting, a reply or a correction: what staff write of them, and what they hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from publisher.model.fields import Count, Noun, Text, refuse
from publisher.problems import Place

FOLDER = "content/attachments"
ORIGINALS = "originals"
"""A folder in that one, for what must be kept and is never published."""
KEPT_APART = frozenset({"kind", "size", "sha256"})
"""Fields that are worked out from the file, never typed."""

FileKind = Literal["pdf", "png", "jpg", "docx", "xlsx", "csv", "txt"]
"""By content; also the suffix of the served name."""


def _name_of_a_file(value: str) -> str:
    """A name in the folder of attachments, or in a folder within it; it leads nowhere else."""
    parts = value.split("/")
    if "\\" in value or ":" in value or any(part in {"", ".", ".."} for part in parts):
        refuse("attachment-path")
    if parts[0].casefold() == ORIGINALS:
        refuse("attachment-original")
    return value


def _digest(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        refuse("not-a-digest")
    return value


class Attachment(Noun):
    """One of the `attachments` of an owner. What the file is comes from its content."""

    file: Annotated[Text, AfterValidator(_name_of_a_file)] | None = None
    """Its name for the staff, which readers never see; none in what was sealed."""
    title: Text
    title_en: Text | None = None
    kind: FileKind | None = None
    size: Count = 0
    """In bytes."""
    sha256: Annotated[Text, AfterValidator(_digest)] | None = None


@dataclass(frozen=True)
class Passage:
    """A text that stands in a file, and where."""

    place: Place
    text: str
    post: bool = False
    """It should name a post or an office, never a person."""


@dataclass(frozen=True)
class Metadatum:
    """Something that a file says of its making, such as its author."""

    field: str
    value: str


@dataclass(frozen=True)
class AttachedFile:
    """A file of the folder of attachments, looked through; its bytes are read again when they are published."""

    disk: Path
    path: str
    """As messages name it."""
    size: int
    sha256: str
    kind: FileKind | None = None
    """None: not looked through, as nothing names it now."""
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    metadata: tuple[Metadatum, ...] = field(default=(), repr=False)


def attachments_of(records: Iterable[Any]) -> Iterator[Attachment]:
    """Those of all records that have some."""
    for one in records:
        yield from getattr(one, "attachments", ())


def sealed_attachments(facts: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str, Attachment]]:
    """(kind of the owner, its key, attachment) of everything that an edition holds."""
    for kind, records in facts.items():
        for key, fields in records.items():
            listed = fields.get("attachments", ())
            for one in listed if isinstance(listed, list) else ():
                yield kind, key, Attachment.model_validate(one)
