"""Whose figures a clause speaks of: the companies, sectors, indicators and periods it names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from publisher.model.records import Round
from publisher.model.results import RoundResult
from publisher.named import names_of

_SHORTEST = 2
_ASIDE = re.compile(r"\s*[（(][^（）()]*[）)]$")
"""What stands in brackets behind a name is often left out in running text."""
_TOTAL = re.compile(r"综合|总分|总得分|composite|overall score|total score", re.IGNORECASE)
_MEAN = re.compile(r"行业的?平均|平均水平|(?:sector|industry) (?:average|mean)", re.IGNORECASE)
_AVERAGE = re.compile(r"平均|average|mean", re.IGNORECASE)
_STILL = re.compile(r"该公司|该企业|the company", re.IGNORECASE)
_EARLIER = re.compile(
    r"(?<![较比与和同])(?:上期|上季度|上一?年|上半年|上一(?:季度|期)|去年|同期|此前|以前|原来)"
    r"|[由从]\D{0,12}\d|(?:上期|上一?季度|去年同期)的"
    r"|(?<!on the )(?<!than the )(?<!against the )(?:previous|earlier|last (?:round|quarter|year))|from \d",
    re.IGNORECASE,
)
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_QUARTERS = "一二三四"


@dataclass(frozen=True)
class Subject:
    """What a clause names."""

    companies: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    """Ids; `~` before those of dimensions and aspects, and an empty one for the composite."""
    earlier: bool = False
    averages: bool = False
    """It speaks of the mean of a sector, and of no company."""

    @property
    def names_anyone(self) -> bool:
        return bool(self.companies or self.sectors)

    @property
    def names_something(self) -> bool:
        return self.names_anyone or bool(self.indicators - {""})

    def following(self, before: Self, text: str, *, fresh: bool) -> Self:
        """A clause that names neither company nor sector goes on about those of its sentence."""
        if self.companies or self.sectors or (fresh and not _STILL.search(text)):
            return self
        return replace(self, companies=before.companies, sectors=before.sectors)


@dataclass(frozen=True)
class Names:
    """The names of a round's companies, sectors, indicators, dimensions and aspects."""

    pattern: re.Pattern[str]
    meant: Mapping[str, frozenset[tuple[str, str]]]
    """Name in lower case -> (kind, id) of all it may mean."""
    round: Round

    def subject(self, text: str) -> Subject:
        found = [pair for name in self.pattern.findall(text) for pair in self.meant[name.lower()]]
        by_kind = {kind: frozenset(id_ for one, id_ in found if one == kind) for kind in ("company", "sector", "what")}
        total = frozenset({""} if _TOTAL.search(text) else ())
        earlier = bool(_EARLIER.search(text)) or self._other_period(text)
        sectors = by_kind["sector"] if not by_kind["company"] else frozenset[str]()
        averages = not by_kind["company"] and bool(_MEAN.search(text) or (sectors and _AVERAGE.search(text)))
        return Subject(by_kind["company"], sectors, by_kind["what"] | total, earlier, averages)

    def _other_period(self, text: str) -> bool:
        """A year or a quarter that is not the round's own."""
        end = self.round.period.end
        own = {_QUARTERS[(end.month - 1) // 3], str((end.month - 1) // 3 + 1)}
        years = {int(year) for year in _YEAR.findall(text)}
        return bool(years - {end.year, self.round.period.start.year}) or bool(set(_QUARTER.findall(text)) - own)


def names_in(results: Iterable[RoundResult], round_: Round) -> Names:
    """All names of the rounds given, the longest first so that a short one never hides in it."""
    meant: dict[str, set[tuple[str, str]]] = {}
    for name, kind, id_ in (triple for result in results for triple in _named(result)):
        if len(name) >= _SHORTEST:
            meant.setdefault(name.lower(), set()).add((kind, id_))
    ordered = sorted(meant, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)", re.IGNORECASE)
    return Names(pattern, {name: frozenset(pairs) for name, pairs in meant.items()}, round_)


def _named(result: RoundResult) -> Iterator[tuple[str, str, str]]:
    for sector in result.sectors:
        company = sector.companies[0].company
        yield from ((name, "sector", sector.name) for name in (company.sector, company.sector_en) if name)
        for one in sector.companies:
            yield from ((name, "company", one.company.id) for name in _all_names(one.company))
    scheme = result.scheme
    for indicator in scheme.indicators:
        yield from ((name, "what", indicator.id) for name in _all_names(indicator))
    for group in (*scheme.dimensions, *scheme.aspects):
        yield from ((name, "what", f"~{group.id}") for name in _all_names(group))


def _all_names(thing: Any) -> set[str]:
    names = names_of(thing)
    return names | {_ASIDE.sub("", name) for name in names}
