"""What the tables of results say of each subject that a page may speak of, and what companies are called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from publisher import addresses, datasets
from publisher.datasets import unguarded
from publisher.verify.cells import Subject, figures_in
from publisher.verify.copy import Copy
from publisher.verify.sealed import Editions
from publisher.verify.tables import percent_of, rows_of

_MAIN = frozenset({"composite", "indicator", "sector-indicator"})
_NUMBERS = ("value", "low", "high", "previous")
_WHOLE = ("place", "base", "count")
_NAMES = ("name", "short_name", "name_en")

Row = Mapping[str, str]


@dataclass
class Known:
    """Of one subject."""

    table: str
    values: list[str] = field(default_factory=list)
    """As printed, in the order of the table; of a company there is one. Empty: none was published."""
    all: set[str] = field(default_factory=set)
    """Every figure that may stand beside it."""
    changes: set[str] = field(default_factory=set)
    """With their sign."""
    whole: set[str] = field(default_factory=set)
    """Whole numbers that may stand beside it: its place, how many were asked, figures without decimals."""
    place: str = ""

    def take(self, row: Row) -> None:
        change = row.get("change", "")
        self.all.update([row[name] for name in _NUMBERS if row.get(name)])
        if change:
            self.changes.add(change)
            self.all.add(change.lstrip("-"))
        self.whole.update([row[name] for name in (*_WHOLE, *_NUMBERS) if row.get(name)])
        if row.get("record") in _MAIN:
            self.values.append(row.get("value", "") if row.get("state") == "value" else "")
            self.place = row.get("place", "")


@dataclass(frozen=True)
class Figures:
    copy: Copy
    editions: Editions
    explained: frozenset[str]
    _pools: dict[Subject, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> Mapping[str, str]:
        """Address by round, of a superseded edition `2026-q1.v1`; without those that were withdrawn."""
        found = {name: path for path in self.copy.files() if (name := addresses.name_of_data(path))}
        return {round_: path for round_, path in found.items() if "record" in next(iter(rows_of(self.copy, path)), {})}

    @cached_property
    def known(self) -> Mapping[Subject, Known]:
        found: dict[Subject, Known] = {}
        for round_, path in self.tables.items():
            for row in rows_of(self.copy, path):
                subject = Subject(round_, row.get("company", ""), row.get("indicator", ""))
                if subject not in found:
                    found[subject] = Known(path)
                found[subject].take(row)
        return found

    @cached_property
    def _about(self) -> Mapping[str, Mapping[str, list[Subject]]]:
        """What is known by round, by company and by indicator."""
        found: dict[str, dict[str, list[Subject]]] = {kind: defaultdict(list) for kind in Subject._fields}
        for subject in self.known:
            for kind, name in zip(Subject._fields, subject, strict=True):
                found[kind][name].append(subject)
        return found

    def about(self, **of: str) -> list[Subject]:
        """Everything that is known of a round, a company or an indicator."""
        (kind, name) = next(iter(of.items()))
        return self._about[kind].get(name, [])

    def of_companies(self, one: Subject) -> list[str]:
        """The values of all companies on an indicator of a round, in the order of the table."""
        alike = (two for two in self.about(round=one.round) if two.company and two.indicator == one.indicator)
        return [value for two in alike for value in self.known[two].values]

    def pool(self, page: Subject) -> frozenset[str]:
        """Every figure that a page of this subject may print: of a company also those of its sector."""
        if page not in self._pools:
            found = [self.known[one].all for one in self._around(page)]
            self._pools[page] = frozenset().union(*found)
        return self._pools[page]

    def _around(self, page: Subject) -> Iterable[Subject]:
        if page.company:
            averages = (one for one in self.about(round=page.round) if not one.company)
            return (*self.about(company=page.company), *averages)
        if page.indicator:
            return self.about(indicator=page.indicator)
        return self.about(round=page.round) if page.round else self.known

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Everything that a company is called in any table or edition."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(self.copy, addresses.data(datasets.COMPANIES.name)):
            found[row.get("company", "")] |= {row.get(name, "") for name in ("company_name", "short_name")}
        for path in self.tables.values():
            for id_, name in {
                (row.get("company", ""), row.get("company_name", "")) for row in rows_of(self.copy, path)
            }:
                found[id_].add(unguarded(name))
        for kept in self.editions.kept:
            for id_, one in kept.facts.get("company", {}).items():
                found[id_] |= {one[name] for name in _NAMES if isinstance(one.get(name), str)}
        return {id_: frozenset(unguarded(name) for name in names if name) for id_, names in found.items()}

    @cached_property
    def called(self) -> Mapping[str, str]:
        """Companies by what only one of them is called."""
        found: dict[str, set[str]] = defaultdict(set)
        for id_, names in self.names.items():
            for name in names:
                found[name].add(id_)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    def names_in(self, one: Subject) -> frozenset[str]:
        """As it was sealed with the round, or since then with another one; else everything it is called.

        A name changes in every round, and is sealed with one round after the other.
        """
        round_, _, edition = one.round.partition(".v")
        kept = self.editions.numbered(round_, int(edition)) if edition else self.editions.last.get(round_)
        known = [kept] if kept else []
        if kept and not edition:
            known = [] if self.explained else [two for two in self.editions.last.values() if two.line >= kept.line]
        sealed = [two.facts.get("company", {}).get(one.company, {}) for two in known]
        own = frozenset(two[name] for two in sealed for name in _NAMES if isinstance(two.get(name), str))
        return own or self.names.get(one.company, frozenset())

    @cached_property
    def sectors(self) -> Mapping[Subject, str]:
        """The sector of each company of a round."""
        found: dict[Subject, str] = {}
        for round_, path in self.tables.items():
            rows = rows_of(self.copy, path)
            found |= {Subject(round_, row.get("company", "")): row.get("sector", "") for row in rows}
        return {subject: sector for subject, sector in found.items() if subject.company}

    @cached_property
    def latest(self) -> Mapping[str, str]:
        """Of each sector the last round that ranks it."""
        ranked = {one.round for one in self.known if one.company and not one.indicator}
        order = [round_ for round_ in self.schemes if round_ in ranked]
        return {sector: one.round for round_ in order for one, sector in self.sectors.items() if one.round == round_}

    @cached_property
    def schemes(self) -> Mapping[str, str]:
        """By round."""
        rows = rows_of(self.copy, addresses.data(datasets.ROUNDS.name))
        return {row.get("round", ""): row.get("scheme", "") for row in rows if row.get("record") == "round"}

    @cached_property
    def written(self) -> frozenset[str]:
        """Figures within names, titles and texts of the other tables, and weights as they are printed."""
        found = {figure for names in self.names.values() for name in names for figure in figures_in(name)}
        for table in datasets.WITH_RECORDS:
            for row in rows_of(self.copy, addresses.data(table.name)):
                found.update(figures_in("\n".join(row.values())))
                found.add(percent_of(row.get("weight", "")))
        return frozenset(found)
