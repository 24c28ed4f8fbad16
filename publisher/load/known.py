"""Documents and tables in which an earlier build found no fault, and whose records it kept: they are not read again.

Reading takes three times as long as reading back what was said. Where in a document something stands is looked for
when somebody asks, which is when there is a fault to tell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from publisher.load.plain import UnplainError, read_back, told
from publisher.model.fields import Record
from publisher.model.records import Score
from publisher.problems import Place, Source

_FORM = b"records 1"
"""Of the file; another one is not read."""
_KINDS = frozenset({".md", ".csv"})
Loc = tuple[str | int, ...]
Columns = Mapping[str, Sequence[str]]
"""Of a table, by field: the heading, and the letters of the cells below it."""
Read = Callable[[bytes], Any]
"""Finds a record, or several, or none where there is something to tell."""


@dataclass
class KnownRecords:
    """Of one folder: what was told of its files, and what is to be told of them next time."""

    before: Mapping[str, bytes] = field(default_factory=dict)
    """By sign: all that the records are read from."""
    now: dict[str, bytes] = field(default_factory=dict)
    signs: list[tuple[Record, str]] = field(default_factory=list)
    """How the records are told that were read back, where that was known."""
    _fresh: dict[str, Sequence[Record]] = field(default_factory=dict)
    _names: dict[int, tuple[Any, str]] = field(default_factory=dict)
    """By identity, what many files are read with: it is looked through once."""

    def keeps(self, path: Path, model: type) -> bool:
        """Rows of scores are kept otherwise (`publisher.load.scores`)."""
        return path.suffix in _KINDS and issubclass(model, Record) and model is not Score

    def of(self, path: Path, root: Path, data: bytes, given: Sequence[Any], read: Read) -> Any:
        """What `read` finds in the bytes of a file; `given` is all else that it depends on, its model first."""
        model, *more = given
        shown = path.relative_to(root).as_posix()
        names = "\n".join([model.__name__, shown, *map(self._stable, more)]).encode()
        sign = sha256(names + sha256(data).digest()).hexdigest()
        line = self.line(sign)
        records = self._back(line, model, shown, _Again(path, read)) if line else None
        if line and records:
            self.keep(sign, line)
            return records if path.suffix == ".csv" else records[0]
        found = read(data)
        if found:
            self._fresh[sign] = found if isinstance(found, tuple) else (found,)
        return found

    def line(self, sign: str) -> bytes | None:
        """What was told under a sign."""
        return self.before.get(sign)

    def keep(self, sign: str, line: bytes) -> None:
        """To be told next time."""
        self.now[sign] = line

    def _back(self, line: bytes, model: type[Any], shown: str, again: "_Again") -> Sequence[Record] | None:
        def source(columns: Columns | None, number: int) -> Source:
            where = Place(shown, line=number)
            return Source(where, _Cells(where, columns) if columns else _Late(again))

        try:
            found, signs = read_back(line, model, source)
            self.signs += [(one, sign) for one, sign in zip(found, signs, strict=True) if sign]
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        return found

    def _stable(self, value: Any) -> str:
        """The same in every process, on one line."""
        if value is None or isinstance(value, ZoneInfo | tuple):
            return str(value)
        known = self._names.get(id(value))
        if known is None or known[0] is not value:
            known = self._names[id(value)] = value, sha256(repr(_ordered(value)).encode()).hexdigest()
        return known[1]

    def told(self, program: str, sign_of: Callable[[Record], str]) -> bytes:
        """As `known_records` reads it; `sign_of` a record is how it is told among what a page is made of."""
        lines = dict(self.now)
        for sign, records in self._fresh.items():
            try:
                lines[sign] = told(records, _columns(records[0]), [*map(sign_of, records)])
            except (UnplainError, UnicodeEncodeError):
                continue  # read anew next time
        body = b"\n".join(part for sign, line in lines.items() for part in (sign.encode(), line))
        return _head(program, body) + body


def known_records(program: str, data: bytes | None) -> KnownRecords:
    """What `told` wrote; none of another program or form, and none of a file that is damaged."""
    length = len(_head(program, b""))
    head, body = (data or b"")[:length], (data or b"")[length:]
    if head != _head(program, body):
        return KnownRecords()
    lines = body.split(b"\n")
    return KnownRecords({sign.decode(): line for sign, line in zip(lines[::2], lines[1::2], strict=False)})


def _head(program: str, body: bytes) -> bytes:
    return sha256(_FORM + program.encode() + b"\n" + body).digest()


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((name, _ordered(part)) for name, part in value.items())
    if isinstance(value, set | frozenset):
        return sorted(value)
    return [_ordered(getattr(value, one.name)) for one in fields(value)] if is_dataclass(value) else value


def _columns(record: Record) -> Columns | None:
    """Of the table that a record is a row of."""
    places = {str(loc[0]): place for loc, place in record.origin.fields.items()}
    line = str(record.origin.where.line)
    cells = {name: (one.column, one.cell.removesuffix(line)) for name, one in places.items() if one.cell}
    return cells if record.origin.where.line else None


@dataclass(frozen=True, slots=True)
class _Cells(Mapping[Loc, Place]):
    """The places of the cells of a row."""

    where: Place
    columns: Columns

    def __getitem__(self, loc: Loc) -> Place:
        if len(loc) != 1:
            raise KeyError(loc)
        heading, letters = self.columns[str(loc[0])]
        return replace(self.where, column=heading, cell=f"{letters}{self.where.line}")

    def __iter__(self) -> Iterator[Loc]:
        return ((name,) for name in self.columns)

    def __len__(self) -> int:
        return len(self.columns)


@dataclass
class _Again:
    """A document that is read in the plain way when somebody asks where something stands in it."""

    path: Path
    read: Read

    @cached_property
    def places(self) -> Mapping[Loc, Place]:
        """None of a file that was edited meanwhile so that it cannot be read."""
        try:
            found = self.read(self.path.read_bytes())
        except OSError:
            found = None
        return found.origin.fields if found else {}


@dataclass(frozen=True, slots=True)
class _Late(Mapping[Loc, Place]):
    again: _Again

    def __getitem__(self, loc: Loc) -> Place:
        return self.again.places[loc]

    def __iter__(self) -> Iterator[Loc]:
        return iter(self.again.places)

    def __len__(self) -> int:
        return len(self.again.places)

    def __reduce__(self) -> tuple[type[dict[Loc, Place]], tuple[()]]:
        """A worker makes pages and tells of no faults."""
        return dict, ()
