"""What an import was asked for, and what it would write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publisher.load.exports import Export
from publisher.problems import Problem


@dataclass(frozen=True)
class Asked:
    """What the user says of the file."""

    file: Path
    statement: tuple[str, str] | None = None
    """Round and company."""
    meeting: str = ""
    notice: str = ""
    scores: str = ""
    items: bool = False
    answers: bool = False
    """To questions that are there."""
    events: bool = False
    """What happened to questions that are there."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Values of front matter, or of columns, that the file itself does not have."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading of the file -> column of ours; an empty one leaves the column out."""
    sheet: str = ""


@dataclass
class Plan:
    """What would be written, and what there is to say of it."""

    target: str
    """The file it is all about, by its path within the folder."""
    files: dict[str, bytes]
    tried: Mapping[str, bytes] = field(default_factory=dict)
    """What stands in for a file when it is tried out: a field that somebody has yet to fill in has a value there."""
    read: Mapping[str, bytes] = field(default_factory=dict)
    """What a file held that is not only added to."""
    text: str = ""
    """Of a Word file: its front matter and Markdown."""
    table: Export | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of its columns, as staff know them."""
    told: Sequence[Problem] = ()
    """Of the file itself: what was left out, and what looks otherwise."""
    faults: Sequence[Problem] = ()
    """What `check` would say of the new files."""
