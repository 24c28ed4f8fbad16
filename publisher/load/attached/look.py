"""What looking through one file brings up: its texts, what it says of its making, and what must not go out."""

from dataclasses import dataclass, field, replace
from typing import Any

from publisher.load.limits import MAX_ATTACHED_TEXT, MEGABYTE
from publisher.model.attachments import Metadatum, Passage
from publisher.problems import Place, Problem, problem, warning

POSTS = frozenset({"author", "last-modified-by", "manager", "camera-owner"})
"""What should name a post or an office."""


class RefusedError(Exception):
    """The file cannot go out, and is not looked through any further; a person can mend it."""

    def __init__(self, code: str, value: object = "", **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.details = details


@dataclass
class Look:
    """Filled while a file is read."""

    path: str
    passages: list[Passage] = field(default_factory=list)
    metadata: dict[Metadatum, None] = field(default_factory=dict)
    """In the order in which they were found, each once."""
    faults: list[Problem] = field(default_factory=list)
    said: int = 0
    """Signs of all passages."""

    @property
    def place(self) -> Place:
        return Place(self.path)

    def say(self, text: str, place: Place | None = None, *, post: bool = False) -> None:
        """A text that a reader of the file can find in it."""
        if text.strip():
            self.said += len(text)
            if self.said > MAX_ATTACHED_TEXT:
                raise RefusedError("attachment-too-much-text", limit=MAX_ATTACHED_TEXT // MEGABYTE)
            self.passages.append(Passage(place or self.place, text, post))

    def note(self, name: str, value: str) -> None:
        """Something that the file says of its making; its words are `choice.metadata.<name>`."""
        plain = " ".join(value.replace("\0", " ").split())
        found = Metadatum(f"choice.metadata.{name}", plain)
        if plain and found not in self.metadata:
            self.metadata[found] = None
            self.say(plain, replace(self.place, column=found.field), post=name in POSTS)

    def fault(self, code: str, value: object = "", place: Place | None = None, **details: Any) -> None:
        self.faults.append(problem(code, place or self.place, value, **details))

    def doubt(self, code: str, value: object = "", place: Place | None = None, **details: Any) -> None:
        self.faults.append(warning(code, place or self.place, value, **details))
