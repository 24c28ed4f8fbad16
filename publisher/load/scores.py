"""The rows of a round; those in which an earlier build found nothing wrong wait until somebody asks for one.

Most of what a build reads are rows of rounds long past, and after an edit nobody asks for them: what they were computed
into is known, and that they are in order. Of 4,000 scorecards reading and judging them took a fifth of such a build.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher.load.grid import Wanted
from publisher.load.headings import headings_of, required_of
from publisher.load.lean import Sets, share
from publisher.load.names import Aliases
from publisher.load.records import HEADINGS, Folder
from publisher.load.round_sheets import score_sheets
from publisher.load.rows import Table, cells_of, names_of, points_of, source_of
from publisher.load.validate import read_as
from publisher.model.records import Round, Score
from publisher.model.rows import LateRows
from publisher.model.scheme import Scheme
from publisher.named import ids_by_name
from publisher.problems import Place, Problem, PublisherError, problem

_FORM = b"rows 1"
"""Of the file; another one is not read."""
Companies = Mapping[str, str]
"""In the order of their first rows, each with the fingerprint of all that its rows say."""
Files = Sequence[tuple[Path, bytes]]


@dataclass
class KnownRows:
    """Of one folder: rounds that were in order in an earlier build, and the signs of those that it has now."""

    before: Mapping[str, Companies] = field(default_factory=dict)
    """By sign: the bytes of all files that the rows are read and judged by."""
    signs: dict[str, str] = field(default_factory=dict)
    """By round."""

    def told(self, program: str, sound: Mapping[str, Companies]) -> bytes:
        """As `known_rows` reads it; `sound` are rounds in which nothing was wrong."""
        found = {self.signs[id_]: companies for id_, companies in sound.items() if id_ in self.signs}
        body = json.dumps(found).encode()
        return _head(program, body) + body


def known_rows(program: str, data: bytes | None) -> KnownRows:
    """What `told` wrote; none of another program or form, and none of a file that is damaged."""
    length = len(_head(program, b""))
    head, body = (data or b"")[:length], (data or b"")[length:]
    return KnownRows(json.loads(body)) if head == _head(program, body) else KnownRows()


def _head(program: str, body: bytes) -> bytes:
    return sha256(_FORM + program.encode() + b"\n" + body).digest()


class Scores:
    """Reads the scores of one folder."""

    def __init__(self, folder: Folder, named: Aliases, known: KnownRows | None) -> None:
        self._folder, self._named, self._known = folder, named, known

    def of(self, round_: Round, scheme: Scheme | None) -> Sequence[Score]:
        if scheme is None:
            return ()
        names = [pair for grade in scheme.grades for pair in names_of(grade)]
        aliases = {
            **self._named,
            "indicator": ids_by_name(scheme.indicators),
            "channel": ids_by_name(scheme.channels),
            "point": ids_by_name(point for one in scheme.indicators for point in one.points),
            **{points_of(one.id): ids_by_name(one.points) for one in scheme.indicators if one.points},
        }
        return self._late(round_.id, names, aliases) or self._read(round_.id, names, aliases)

    def _read(self, id_: str, names: Sequence[tuple[str, str]], aliases: Aliases) -> tuple[Score, ...]:
        folder, stem = self._folder, f"results/{id_}/scores"
        before = len(folder.problems)
        sheets = score_sheets(folder.sheets(stem))
        if not self._tables(id_) and len(folder.problems) == before:
            folder.report(problem("no-scores-yet", Place(f"{stem}.csv"), id_))
            sheets = []
        of = partial(folder.table, stem, Score, "scores", names, aliases=aliases)
        found = tuple(o for one in sheets for o in of(wanted=one, further=one is sheets[0]))
        folder.opened.pop(f"{stem}.xlsx", None)
        codes = {one.code for one in folder.problems[before:]}
        if codes:
            folder.broken.add(("scores", id_))
        if codes & HEADINGS:
            folder.broken.add(("columns", id_))
        return found

    def _tables(self, id_: str) -> list[Path]:
        walk = self._folder.walk
        return [*walk.tables(f"results/{id_}", "scores"), *walk.parts(f"results/{id_}/scores")]

    def _late(self, id_: str, names: Sequence[tuple[str, str]], aliases: Aliases) -> LateRows | None:
        """None: they are read now, for want of an earlier build that found nothing wrong with these very bytes."""
        paths = self._tables(id_) if self._known else []
        if self._known is None or not paths or any(path.suffix != ".csv" for path in paths):
            return None
        root = self._folder.root
        files = _bytes_of([root / "results" / id_ / "round.yaml", *paths])
        if files is None or self._shared is None:
            return None
        sign = self._known.signs[id_] = _signed(root, [*self._shared, *files])
        companies = self._known.before.get(sign)
        read = partial(self._read_late, [*zip(paths, (data for _, data in files[1:]), strict=True)], names, aliases)
        return LateRows(companies, read) if companies else None

    @cached_property
    def _shared(self) -> Files | None:
        """The other files that rows are read and judged by; none, where one of them cannot be read."""
        folder = self._folder
        content = folder.root / "content"
        tables = [*folder.walk.tables("content", "companies"), *folder.walk.parts("content/companies")]
        tables += folder.walk.tables("content", "allowed")
        return _bytes_of([content / "site.yaml", *tables, *sorted((content / "schemes").glob("*.yaml"))])

    def _read_late(self, files: Files, names: Sequence[tuple[str, str]], aliases: Aliases) -> tuple[Score, ...]:
        """The same as `_read` finds in the same bytes."""
        told: list[Problem] = []
        found = tuple(self._rows(files, names, aliases, told.append))
        if told:
            raise PublisherError(told)
        return found

    def _rows(
        self, files: Files, names: Sequence[tuple[str, str]], aliases: Aliases, report: Callable[[Problem], None]
    ) -> Iterator[Score]:
        headings, required = headings_of("scores", Score, names), required_of(Score)
        sets: Sets = {}
        for path, data in files:
            table = Table(path, self._folder.walk.shown(path), headings, required, Wanted.only(path.stem))
            for row in table.rows(report, {}, data):
                found = read_as(Score, cells_of(row, aliases), source_of(row), report, self._folder.zone)
                if found:
                    share(found, sets)
                    yield found


def _bytes_of(paths: Iterable[Path]) -> list[tuple[Path, bytes]] | None:
    try:
        return [(path, path.read_bytes()) for path in paths]
    except OSError:
        return None


def _signed(root: Path, files: Files) -> str:
    told: list[Any] = [(path.relative_to(root).as_posix(), sha256(data).hexdigest()) for path, data in files]
    return sha256(json.dumps(told).encode()).hexdigest()
