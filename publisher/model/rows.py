"""Rows of a round that an earlier build read, and in which nothing was wrong: read again when somebody asks for one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from publisher.model.records import Score


class LateRows(Sequence[Score]):
    """As the rows themselves; without reading any it is known who is in them, and that each is in order."""

    def __init__(self, companies: Mapping[str, str], read: Callable[[], tuple[Score, ...]]) -> None:
        self.companies = companies
        """In the order of their first rows: the fingerprint of all that the rows of each say."""
        self._read = read

    @cached_property
    def _rows(self) -> tuple[Score, ...]:
        return self._read()

    @overload
    def __getitem__(self, place: int) -> Score: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Score]: ...

    def __getitem__(self, place: int | slice) -> Score | Sequence[Score]:
        return self._rows[place]

    def __iter__(self) -> Iterator[Score]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return bool(self.companies)


def companies_in(rows: Sequence[Score]) -> tuple[str, ...]:
    """The companies that have rows, in the order of their first."""
    return tuple(rows.companies if isinstance(rows, LateRows) else dict.fromkeys(row.company for row in rows))
