"""Each sort of file of the bureau's folder into its nouns; what is wrong is collected, and reading goes on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from publisher.load.blanks import blanks_in, without_blanks
from publisher.load.documents import document_in, read_document
from publisher.load.grid import Opened, Wanted
from publisher.load.headings import headings_of, required_of, sheet_of
from publisher.load.kept import Kept
from publisher.load.known import KnownRecords
from publisher.load.lean import Sets, share
from publisher.load.names import KINDS, Aliases, Names, aliases_of, choices_told, with_ids
from publisher.load.round_sheets import has_samples, with_samples
from publisher.load.rows import Table, cells_of, source_of
from publisher.load.settings import read_yaml
from publisher.load.tables import Row, sheets_of
from publisher.load.text import read_text, text_in
from publisher.load.validate import is_id, read_as
from publisher.load.walk import Walk
from publisher.model.asked import Event, Holiday
from publisher.model.fields import Record
from publisher.model.records import Company, Round
from publisher.model.scheme import Scheme
from publisher.model.settings import Site
from publisher.named import ids_by_name
from publisher.problems import ANY, Place, Problem, Report, Source, problem
from publisher.recall import Recall

R = TypeVar("R", bound=Record)
Read = tuple[dict[str, Any], Source]
"""Fields, and where they stand."""
Fixed = Mapping[str, str]
"""Fields that the path of a file tells."""
_NO_NAMES: Aliases = MappingProxyType({})
HEADINGS = {
    *("table-cell-without-heading", "table-duplicate-heading", "table-unknown-heading", "table-unknown-heading-near"),
}
"""Faults of headings: a column of the table is not understood."""


class Folder:
    """One reading of one folder; collects problems and the ids of broken records."""

    def __init__(self, root: Path, recall: Recall | None = None, known: KnownRecords | None = None) -> None:
        self.root = root
        self.kept = Kept(root, recall, known)
        self.problems: list[Problem] = []
        self.broken: set[tuple[str, str]] = set()
        """(kind, id) of records that could not be read: what refers to them is not a second fault."""
        self.report: Report = self.problems.append
        self.walk = Walk(root, self.report)
        self.settings: Site | None = None
        self.blanks: list[Problem] = []
        """Of the settings."""
        self.opened: Opened = {}

    @property
    def zone(self) -> ZoneInfo | None:
        """Of the bureau; none before its settings are read."""
        return self.settings.zone if self.settings else None

    def site(self) -> Site:
        read = self._settings(self.root / "content" / "site.yaml")
        found = read_as(Site, *read, self.report) if read else None
        self.blanks = blanks_in(*read) if read else []
        if found is None:
            self.broken.add(("site", ANY))
        self.settings = found or self._stand_in()
        return self.settings

    def tell_blank_settings(self, *, begun: bool) -> None:
        """A new folder builds before anything is filled in; once there is something to publish, all must be."""
        self.problems += self.blanks if begun else [replace(one, warning=True) for one in self.blanks]

    def _stand_in(self) -> Site:
        """Settings to go on checking with when the real ones could not be read; nothing is built with them."""
        stand_in = {"bureau": {"name": "-"}, "title": "-", "base_url": "https://invalid"}
        return Site.model_validate({**stand_in, "origin": Source(Place("content/site.yaml"))})

    def schemes(self) -> dict[str, Scheme]:
        found = {}
        self._tell_closed("scheme", "content/schemes")
        for id_, path in self.walk.files("content/schemes", ".yaml"):
            scheme = self._kept(path, Scheme, {"id": id_})
            scheme = scheme or self._record(self._settings(path), Scheme, {"id": id_}, self.report)
            if scheme:
                found[id_] = scheme
            else:
                self.broken.add(("scheme", id_))
        return found

    def _tell_closed(self, kind: str, folder: str) -> None:
        """A folder behind a link, or one without the right to read it: what refers to it is not a second fault."""
        if not (self.walk.is_within(self.root / folder) and self.walk.is_open(self.root / folder)):
            self.broken.add((kind, ANY))

    def companies(self) -> dict[str, Company]:
        found: dict[str, Company] = {}
        for company in self.table("content/companies", Company, "companies", must_exist=True, further=True):
            if (first := found.setdefault(company.id, company)) is not company:
                place = company.origin.place("id")
                self.report(problem("company-id-again", place, company.id, first=first.origin.where))
        return found

    def rounds(self, schemes: Mapping[str, Scheme], named: Aliases) -> dict[str, Round]:
        found = {}
        self._tell_closed("round", "results")
        for folder in self.walk.folders("results"):
            path = folder / "round.yaml"
            if not self.walk.is_open(folder):
                self.broken.add(("round", folder.name))
                continue
            if not path.is_file():
                self.report(problem("missing-file", Place(self.walk.shown(path))))
                self.broken.add(("round", folder.name))
                continue
            round_ = self._round(path, folder.name, schemes, named)
            if round_:
                found[folder.name] = round_
            else:
                self.broken.add(("round", folder.name))
        return found

    def _round(self, path: Path, id_: str, schemes: Mapping[str, Scheme], named: Aliases) -> Round | None:
        """`round.yaml`, and what the workbook of the round says of its samples and channels."""
        stem = f"results/{id_}/scores"
        sampled = has_samples(self.sheets(stem))
        kept = None if sampled else self._kept(path, Round, {"id": id_})
        if kept:
            return kept
        read = self._settings(path)
        if read and sampled:
            scheme = schemes.get(str(read[0].get("scheme")))
            table = self.walk.tables(*stem.rsplit("/", 1))[0]
            ids = {**named, "channel": ids_by_name(scheme.channels if scheme else ())}
            read = with_samples(read, partial(self._rows, table), ids, self.report)
        return self._record(read, Round, {"id": id_}, self.report)

    def by_round(self, name: str, model: type[R]) -> Iterator[R]:
        """Documents at `content/<name>/<round>/<company>.md`."""
        for folder in self.walk.folders(f"content/{name}"):
            for id_, path in self.walk.files(f"content/{name}/{folder.name}", ".md"):
                found = self._document(path, model, {"round": folder.name, "company": id_})
                if found:
                    yield found
                else:
                    self.broken.add((name, f"{folder.name}/{id_}"))

    def documents(self, name: str, model: type[R], named: Aliases = _NO_NAMES) -> dict[str, R]:
        """Documents at `content/<name>/<id>.md`; companies in them may go by the names of `named`."""
        found = {}
        self._tell_closed(KINDS.get(name, name), f"content/{name}")
        for id_, path in self.walk.files(f"content/{name}", ".md"):
            record = self._document(path, model, {"id": id_}, named)
            if record:
                found[id_] = record
            else:
                self.broken.add((KINDS.get(name, name), id_))
        return found

    def table(
        self,
        stem: str,
        model: type[R],
        name: str,
        extra: Iterable[tuple[str, str]] = (),
        *,
        must_exist: bool = False,
        aliases: Aliases = _NO_NAMES,
        wanted: Wanted | None = None,
        further: bool = False,
    ) -> Iterator[R]:
        """Rows of `<stem>.csv`, or of a sheet of the Excel or ODS file of that name; and of `further` files of it."""
        before = len(self.problems)
        parts = self.walk.parts(stem) if further else []
        path = self.walk.table(stem, must_exist=must_exist and not parts)
        headings, required = headings_of(name, model, extra), required_of(model)
        sheets = [(path, wanted or sheet_of(path.stem, name))] if path else []
        sheets += [(part, Wanted.only(part.stem)) for part in parts]
        tables = [Table(one, self.walk.shown(one), headings, required, sheet) for one, sheet in sheets]
        kept = [one.kept(self.kept, model, aliases, self.zone, self.opened) for one in tables]
        # All are read before the next line asks whether one had a fault.
        pairs = [
            (found, [] if found else list(one.rows(self.report, self.opened)))
            for one, found in zip(tables, kept, strict=True)
        ]
        if len(self.problems) > before:
            self.broken.add((KINDS[name], ANY))
        names = Names(name, aliases)
        for found, rows in pairs:
            yield from found or self._read(rows, model, names)

    def _read(self, rows: Iterable[Row], model: type[R], names: Names) -> Iterator[R]:
        sets: Sets = {}
        for row in rows:
            source = source_of(row)
            faults: list[Problem] = []
            record = read_as(model, cells_of(row, names.aliases), source, faults.append, self.zone)
            self.problems += [names.as_unknown(fault, source) for fault in faults]
            if record:
                share(record, sets)
                yield record
            else:
                id_ = row.cells.get("id", "")
                self.broken.add((KINDS[names.table], id_ if is_id(id_) else ANY))

    def _rows(self, path: Path, *asked: Any) -> Iterator[Row]:
        return Table(path, self.walk.shown(path), *asked).rows(self.report, self.opened)

    def sheets(self, stem: str) -> tuple[str, ...]:
        """Of the workbook that is the table."""
        found = self.walk.tables(*stem.rsplit("/", 1))
        if len(found) != 1:
            return ()
        sheets = partial(sheets_of, found[0], self.walk.shown(found[0]), self.opened)
        kept = self.kept.of(found[0], lambda data, _: sheets(data), tuple)
        return sheets() if kept is None else kept

    def holidays(self) -> Iterator[Holiday]:
        yield from self.table("content/holidays", Holiday, "holidays", aliases=aliases_of(Holiday, "holidays", "kind"))

    def events(self) -> Iterator[Event]:
        """The table of events, or the sheet beside the items in their workbook; not both."""
        apart = [*self.walk.tables("content", "events"), *self.walk.parts("content/events")]
        beside = [path for path in self.walk.tables("content", "items") if path.suffix.lower() != ".csv"]
        words = aliases_of(Event, "events", "by", "kind")
        within = list(self.table("content/items", Event, "events", aliases=words)) if beside else []
        if apart and within:
            place, sheet = Place(self.walk.shown(apart[0])), within[0].origin.where.sheet
            self.report(problem("events-in-two-places", place, sheet, workbook=beside[0].name))
        yield from self.table("content/events", Event, "events", aliases=words, further=True) if apart else within

    def _settings(self, path: Path) -> Read | None:
        shown = self.walk.shown(path)
        if not self.walk.is_within(path):
            return None
        if not path.is_file():
            self.report(problem("missing-file", Place(shown)))
            return None
        return None if (text := read_text(path, shown, self.report)) is None else read_yaml(text, shown, self.report)

    def _document(self, path: Path, model: type[R], more: Fixed, named: Aliases = _NO_NAMES) -> R | None:
        kept = self._kept(path, model, more, named)
        read = None if kept else read_document(path, self.walk.shown(path), self.report)
        return kept or self._record(read, model, more, self.report, named)

    def _kept(self, path: Path, model: type[R], more: Fixed, named: Aliases = _NO_NAMES) -> R | None:
        """What stands in a document or in settings, if it was read before and had no fault."""
        shown, reading = self.walk.shown(path), document_in if path.suffix == ".md" else read_yaml

        def read(data: bytes, report: Report) -> R | None:
            text = text_in(data, shown, report)
            return None if text is None else self._record(reading(text, shown, report), model, more, report, named)

        return self.kept.of(path, read, model, named, self.zone, *more.items())

    def _record(
        self, read: Read | None, model: type[R], more: Fixed, report: Report, named: Aliases = _NO_NAMES
    ) -> R | None:
        if read is None:
            return None
        data, source = with_ids(read[0], named), read[1]
        if typed := [key for key in more if key in data]:
            for key in typed:
                report(problem("key-from-file-name", source.place(key), data[key]))
            return None
        data, report = without_blanks(data, source, report)
        return read_as(model, {**data, **more}, source, choices_told(report, source, named), self.zone)
