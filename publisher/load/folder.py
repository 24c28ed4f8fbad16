"""The bureau's folder into the nouns. Reads every file once; reports every fault; decides nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from publisher.load.attachments import with_attachments
from publisher.load.documents import read_document
from publisher.load.grid import Opened
from publisher.load.headings import headings_of, required_of, sheet_of
from publisher.load.names import Aliases, Names, aliases_of
from publisher.load.rows import cells_of, names_of, source_of
from publisher.load.sealed import read_sealed
from publisher.load.settings import read_yaml
from publisher.load.tables import Row, find_table, read_table
from publisher.load.text import read_text
from publisher.load.validate import is_id, read_as
from publisher.load.walk import Walk
from publisher.model.asked import Event, Holiday, Item, Meeting
from publisher.model.bureau import Bureau
from publisher.model.editions import Withdrawal
from publisher.model.fields import Record
from publisher.model.records import Allowed, Article, Company, Correction, Notice, Response, Round, Score, Statement
from publisher.model.scheme import Scheme
from publisher.model.settings import Site
from publisher.named import ids_by_name
from publisher.problems import ANY, Place, Problem, Report, Source, problem

R = TypeVar("R", bound=Record)
_KINDS = {
    "companies": "company",
    "items": "item",
    "events": "event",
    "scores": "score",
    "meetings": "meeting",
    "holidays": "holiday",
    "allowed": "allowed",
}
"""Folder or table -> sort of record, as in the codes `unknown-<kind>`."""
_HEADINGS = {
    *("table-cell-without-heading", "table-duplicate-heading", "table-unknown-heading", "table-unknown-heading-near"),
}
"""Faults of headings: a column of the table is not understood."""


@dataclass(frozen=True)
class Loaded:
    """What could be read of a folder; complete only if no problem was found."""

    bureau: Bureau
    broken: frozenset[tuple[str, str]]
    """(kind, id) of records that exist and could not be read."""
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Reads `content/` and `results/` under `root`."""
    folder = _Folder(root)
    site = folder.site()
    companies = folder.companies()
    schemes = folder.schemes()
    rounds = folder.rounds()
    meetings = folder.documents("meetings", Meeting)
    named = {"company": ids_by_name(companies.values())}
    indicators = ids_by_name(one for scheme in schemes.values() for one in scheme.indicators)
    asked = {**named, "meeting": ids_by_name(meetings.values()), "indicator": indicators}
    bureau = Bureau(
        site=site,
        companies=companies,
        schemes=schemes,
        rounds=dict(sorted(rounds.items(), key=lambda pair: (pair[1].period.end, pair[1].period.start, pair[0]))),
        scores={id_: folder.scores(one, schemes.get(one.scheme), named) for id_, one in rounds.items()},
        statements=tuple(folder.by_round("statements", Statement)),
        responses=tuple(folder.by_round("responses", Response)),
        meetings=meetings,
        items=tuple(folder.table("content/items", Item, "items", aliases=asked)),
        events=tuple(folder.events()),
        holidays=tuple(folder.holidays()),
        notices=tuple(folder.documents("notices", Notice).values()),
        corrections=tuple(folder.documents("corrections", Correction).values()),
        articles=tuple(sorted(folder.documents("pages", Article).values(), key=lambda one: (one.order, one.id))),
        allowed=tuple(folder.table("content/allowed", Allowed, "allowed")),
        withdrawals=tuple(folder.documents("withdrawals", Withdrawal).values()),
        sealed=read_sealed(root, folder.report, folder.walk.is_within),
    )
    folder.walk.tell_unexpected()
    bureau = with_attachments(bureau, folder.walk, folder.broken)
    return Loaded(bureau, frozenset(folder.broken), tuple(folder.problems))


class _Folder:
    """One reading of one folder; collects problems and the ids of broken records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.broken: set[tuple[str, str]] = set()
        """(kind, id) of records that could not be read: what refers to them is not a second fault."""
        self.report: Report = self.problems.append
        self.walk = Walk(root, self.report)
        self.settings: Site | None = None
        self.opened: Opened = {}

    @property
    def zone(self) -> ZoneInfo | None:
        """Of the bureau; none before its settings are read."""
        return self.settings.zone if self.settings else None

    def site(self) -> Site:
        found = self._yaml(self.root / "content" / "site.yaml", Site, {})
        if found is None:
            self.broken.add(("site", ANY))
        self.settings = found or self._stand_in()
        return self.settings

    def _stand_in(self) -> Site:
        """Settings to go on checking with when the real ones could not be read; nothing is built with them."""
        origin = Source(Place("content/site.yaml"))
        return Site.model_validate(
            {"bureau": {"name": "-"}, "title": "-", "base_url": "https://invalid", "origin": origin}
        )

    def schemes(self) -> dict[str, Scheme]:
        found = {}
        self._tell_closed("scheme", "content/schemes")
        for id_, path in self.walk.files("content/schemes", ".yaml"):
            scheme = self._yaml(path, Scheme, {"id": id_})
            if scheme:
                found[id_] = scheme
            else:
                self.broken.add(("scheme", id_))
        return found

    def _tell_closed(self, kind: str, folder: str) -> None:
        """A folder behind a link is not read: what refers to something in it is not a second fault."""
        if not self.walk.is_within(self.root / folder):
            self.broken.add((kind, ANY))

    def companies(self) -> dict[str, Company]:
        found: dict[str, Company] = {}
        for company in self.table("content/companies", Company, "companies", must_exist=True):
            if company.id in found:
                self.report(problem("duplicate-id", company.origin.place("id"), company.id))
            found.setdefault(company.id, company)
        return found

    def rounds(self) -> dict[str, Round]:
        found = {}
        self._tell_closed("round", "results")
        for folder in self.walk.folders("results"):
            path = folder / "round.yaml"
            if not path.is_file():
                self.report(problem("missing-file", Place(self.walk.shown(path))))
                self.broken.add(("round", folder.name))
                continue
            round_ = self._yaml(path, Round, {"id": folder.name})
            if round_:
                found[folder.name] = round_
            else:
                self.broken.add(("round", folder.name))
        return found

    def scores(self, round_: Round, scheme: Scheme | None, named: Aliases) -> tuple[Score, ...]:
        if scheme is None:
            return ()
        names = [pair for grade in scheme.grades for pair in names_of(grade)]
        aliases = {
            **named,
            "indicator": ids_by_name(scheme.indicators),
            "channel": ids_by_name(scheme.channels),
        }
        path = f"results/{round_.id}/scores"
        before = len(self.problems)
        found = tuple(self.table(path, Score, "scores", names, must_exist=True, aliases=aliases))
        codes = {one.code for one in self.problems[before:]}
        if codes:
            self.broken.add(("scores", round_.id))
        if codes & _HEADINGS:
            self.broken.add(("columns", round_.id))
        return found

    def by_round(self, name: str, model: type[R]) -> Iterator[R]:
        """Documents at `content/<name>/<round>/<company>.md`."""
        for folder in self.walk.folders(f"content/{name}"):
            for id_, path in self.walk.files(f"content/{name}/{folder.name}", ".md"):
                found = self._document(path, model, {"round": folder.name, "company": id_})
                if found:
                    yield found
                else:
                    self.broken.add((name, f"{folder.name}/{id_}"))

    def documents(self, name: str, model: type[R]) -> dict[str, R]:
        found = {}
        self._tell_closed(_KINDS.get(name, name), f"content/{name}")
        for id_, path in self.walk.files(f"content/{name}", ".md"):
            record = self._document(path, model, {"id": id_})
            if record:
                found[id_] = record
            else:
                self.broken.add((_KINDS.get(name, name), id_))
        return found

    def table(
        self,
        stem: str,
        model: type[R],
        name: str,
        extra: Iterable[tuple[str, str]] = (),
        *,
        must_exist: bool = False,
        aliases: Aliases = MappingProxyType({}),
    ) -> Iterator[R]:
        """Rows of `<stem>.csv`, or of an Excel or ODS file of that name."""
        before = len(self.problems)
        path = self.walk.table(stem, must_exist=must_exist)
        rows = self._rows(path, headings_of(name, model, extra), model, name) if path else []
        if len(self.problems) > before:
            self.broken.add((_KINDS[name], ANY))
        names = Names(aliases)
        for row in rows:
            source = source_of(row)
            faults: list[Problem] = []
            record = read_as(model, cells_of(row, aliases), source, faults.append, self.zone)
            self.problems += [names.as_unknown(fault, source) for fault in faults]
            if record:
                yield record
            else:
                id_ = row.cells.get("id", "")
                self.broken.add((_KINDS[name], id_ if is_id(id_) else ANY))

    def _rows(self, path: Path, headings: Mapping[str, str], model: type[Record], name: str) -> list[Row]:
        shown, wanted = self.walk.shown(path), sheet_of(path.stem, name)
        required = required_of(model)
        return read_table(path, shown, headings, self.report, required=required, wanted=wanted, opened=self.opened)

    def holidays(self) -> Iterator[Holiday]:
        yield from self.table("content/holidays", Holiday, "holidays", aliases=aliases_of(Holiday, "holidays", "kind"))

    def events(self) -> Iterator[Event]:
        """The table of events, or the sheet beside the items in their workbook; not both."""
        apart = self._files_of("events")
        beside = [path for path in self._files_of("items") if path.suffix.lower() != ".csv"]
        words = aliases_of(Event, "events", "by", "kind")
        within = list(self.table("content/items", Event, "events", aliases=words)) if beside else []
        if apart and within:
            sheet = within[0].origin.where.sheet
            place = Place(self.walk.shown(apart[0]))
            self.report(problem("events-in-two-places", place, sheet, workbook=beside[0].name))
        yield from self.table("content/events", Event, "events", aliases=words) if apart else within

    def _files_of(self, stem: str) -> list[Path]:
        try:
            return list(filter(self.walk.is_within, find_table(self.root / "content", stem)))
        except OSError:
            return []  # told when the table is read

    def _yaml(self, path: Path, model: type[R], more: Mapping[str, str]) -> R | None:
        shown = self.walk.shown(path)
        if not self.walk.is_within(path):
            return None
        if not path.is_file():
            self.report(problem("missing-file", Place(shown)))
            return None
        text = read_text(path, shown, self.report)
        read = read_yaml(text, shown, self.report) if text is not None else None
        return self._record(read, model, more)

    def _document(self, path: Path, model: type[R], more: Mapping[str, str]) -> R | None:
        return self._record(read_document(path, self.walk.shown(path), self.report), model, more)

    def _record(self, read: tuple[dict[str, Any], Source] | None, model: type[R], more: Mapping[str, str]) -> R | None:
        if read is None:
            return None
        data, source = read
        if typed := [key for key in more if key in data]:
            self.problems += [problem("key-from-file-name", source.place(key), data[key]) for key in typed]
        return None if typed else read_as(model, {**data, **more}, source, self.report, self.zone)
