"""What was sealed: the register, the editions it names, and the addresses that were ever published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from publisher.model.attachments import Attachment
from publisher.model.fields import Count, Day, Record, Slug, Text, refuse

REGISTER = "content/register.jsonl"
EDITIONS = "content/editions"
LIST = "addresses.txt"
"""In the folder of editions: every address that was ever published."""
STAGED = ".addresses.new"
"""The list to come, put by until the register names it: a seal killed between is whole all the same."""
RECORD = "record"
"""Stands in the place of a round for what belongs to none: meetings, questions, events, other notices."""

SALT = "salt"
"""A kind of an edition's file that is no fact."""

Fields = Mapping[str, Any]
"""One record as text: scalars, lists and mappings."""
Facts = Mapping[str, Mapping[str, Fields]]
"""Kind of record -> its key -> the record."""


def _stamp(value: object) -> datetime:
    """A moment with its zone offset, as the publisher writes it."""
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        refuse("not-a-moment")
    return moment if moment.tzinfo else refuse("not-a-moment")


def _digest(value: object) -> str:
    if not isinstance(value, str) or len(value) != 64 or set(value) - set("0123456789abcdef"):  # noqa: PLR2004
        refuse("not-a-digest")
    return value


Stamp = Annotated[datetime, BeforeValidator(_stamp)]
Digest = Annotated[str, BeforeValidator(_digest)]
"""SHA-256 in 64 hexadecimal digits."""


class Entry(Record):
    """A line of `content/register.jsonl`: one act, chained to the line before."""

    n: Count
    at: Stamp
    kind: Literal["seal", "correction", "withdrawal"]
    round: Slug | None = None
    """Or `record`; none for a withdrawal."""
    edition: Count | None = None
    facts: Digest
    """Of the edition's file, or of the withdrawal."""
    public: Digest | None = None
    """Of the file as it is published, where numbers too small to publish are left out of it."""
    addresses: Digest
    """Of the list of all addresses published until then."""
    corrections: tuple[Slug, ...] = ()
    """Those that the edition took in."""
    withdrawal: Slug | None = None
    previous: Digest
    """Of the line before with its line end; zeros before the first."""
    text: str
    """The line as it stands in the file."""


@dataclass(frozen=True)
class Edition:
    """A file `content/editions/<round>.<number>.json`."""

    round: str
    number: int
    path: str
    data: bytes = field(repr=False)
    public: bytes = field(repr=False)
    """As published: the same, or without the numbers that are too small to publish."""
    facts: Facts = field(repr=False)
    attachments: tuple[tuple[str, str, Attachment], ...] = field(default=(), repr=False)
    """(kind of the owner, its key, attachment)."""


@dataclass(frozen=True)
class Sealed:
    """Everything sealed so far; empty for a bureau that never sealed."""

    entries: tuple[Entry, ...] = ()
    editions: Mapping[tuple[str, int], Edition] = field(default_factory=dict)
    """By round and number."""
    addresses: tuple[str, ...] = ()
    """Sorted; what no build may lose."""
    addresses_data: bytes = b""
    register: bytes = b""
    """The whole file, for the writer to see that nobody wrote meanwhile."""

    def of(self, round_: str) -> tuple[Entry, ...]:
        """The entries of one round, from its first edition to its last."""
        return tuple(one for one in self.entries if one.round == round_)

    def last(self, round_: str) -> Edition | None:
        """The latest edition of a round; none if it was never sealed, or if its file is not there."""
        numbers = [one.edition or 0 for one in self.of(round_)]
        return self.editions.get((round_, numbers[-1])) if numbers else None

    @property
    def addresses_are_current(self) -> bool:
        """The list is that of the last line: before the last seal it would name what came out later."""
        return bool(self.entries) and sha256(self.addresses_data).hexdigest() == self.entries[-1].addresses

    @property
    def rounds(self) -> tuple[str, ...]:
        """What was sealed, `record` among it, in the order of the first seals."""
        return tuple(dict.fromkeys(one.round for one in self.entries if one.round))

    def taken(self, round_: str) -> frozenset[str]:
        """Corrections that an edition of the round has taken in."""
        return frozenset(id_ for one in self.of(round_) for id_ in one.corrections)


class Withdrawal(Record):
    """`content/withdrawals/<id>.md`: what is no longer published, and why; its addresses keep a page that says so."""

    id: Slug
    addresses: tuple[Text, ...]
    reason: Text
    decided_by: Text
    withdrawn_on: Day
    body: str = ""


@dataclass(frozen=True)
class Change:
    """One difference between two editions, or between an edition and the inputs."""

    kind: str
    key: str
    loc: tuple[str, ...]
    """The names of the fields within the record; empty: the whole record."""
    place: tuple[str | int, ...]
    """The same as the record's origin knows it."""
    old: str | None
    new: str | None
    """None: nothing there."""
    addition: bool = False
    """Came later, where coming later is allowed."""

    @property
    def path(self) -> str:
        return "/".join((self.kind, self.key, *self.loc))
