"""All files of results: tables, workbooks and JSON of rounds and of scorecards, round by round.

In this order the rows of a round are written once for all its files: its table took half as long again as all that a
build writes of data besides. And what files beside one page are made of is told once for the three of them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from publisher.model.results import RoundResult
from publisher.outputs.data import RoundFiles
from publisher.outputs.downloads import Download, files_of, made_of, standing_downloads
from publisher.outputs.written import Written
from publisher.pages import Publication


@dataclass(frozen=True)
class Beside:
    """What the files beside a page are made of: a noun, so that it is told once."""

    page: str
    parts: tuple[Any, ...]


class ResultFiles:
    def __init__(self, publication: Publication, rounds: RoundFiles) -> None:
        self._rounds = rounds
        self._downloads = {path: one for one in standing_downloads(publication) for path in one.paths}
        of = {path: id(result) for path, result in rounds.results.items()}
        of |= {path: id(one.whole) for path, one in self._downloads.items()}
        places = {id_: place for place, id_ in enumerate(dict.fromkeys(of.values()))}
        self.paths: Collection[str] = dict.fromkeys(sorted(of, key=lambda path: places[of[path]]))
        self._written = Written()
        self._frames: dict[int, tuple[RoundResult, RoundResult]] = {}
        self._last: tuple[Download, Beside] | None = None

    def made_of(self, path: str) -> tuple[Any, ...]:
        """All that a file tells, besides the settings of the site and its words."""
        one = self._downloads.get(path)
        if one is None:
            return self._rounds.made_of(path)
        if self._last is None or self._last[0] is not one:
            self._last = one, Beside(one.page, made_of(one, self._frame(one.whole)))
        return (self._last[1],)

    def _frame(self, whole: RoundResult) -> RoundResult:
        """A round without its sectors: what all its scorecards have of it."""
        if id(whole) not in self._frames:
            self._frames[id(whole)] = whole, replace(whole, sectors=())
        return self._frames[id(whole)][1]

    def files(self, wanted: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """(address, file) of those that are wanted, or all; with a file of a scorecard those beside it."""
        last = None
        for path in self.paths:
            if wanted is not None and path not in wanted:
                continue
            one = self._downloads.get(path)
            if one is None:
                yield path, self._rounds.file(path, self._written)
            elif one is not last:
                last = one
                yield from files_of(one, self._written)
