"""The round before: what a round may be compared with, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from publisher.analyse.comparable import same_indicator
from publisher.analyse.printing import change_of
from publisher.model.figures import Change, Figure, Uncompared
from publisher.model.results import Break, CompanyResult, IndicatorResult, RoundResult, SectorResult
from publisher.model.scheme import Better, Scheme

Compared = tuple[Change | None, Uncompared]


@dataclass(frozen=True)
class Past:
    """The round before in the same line of schemes, if there is one."""

    before: RoundResult | None
    scheme: Scheme
    """Of the round that is compared."""
    breaks: tuple[Break, ...]
    withdrawn: frozenset[str] = frozenset()
    """Companies whose result of the one or the other was withdrawn: they neither came nor went."""

    @cached_property
    def companies(self) -> Mapping[str, CompanyResult]:
        sectors = self.before.sectors if self.before else ()
        return {one.company.id: one for sector in sectors for one in sector.companies}

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], IndicatorResult]:
        """By company and indicator."""
        return {(id_, each.indicator.id): each for id_, one in self.companies.items() for each in one.indicators}

    def sector(self, name: str) -> SectorResult | None:
        sectors = self.before.sectors if self.before else ()
        return next((one for one in sectors if one.name == name), None)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The indicators that do not compare with the round before, by meaning or by form; none if there was none."""
        before = self.before
        if before is None:
            return frozenset()
        other_form = "form" in self.breaks
        every = self.scheme.indicators
        return frozenset(o.id for o in every if other_form or not same_indicator(before.scheme, self.scheme, o))

    def composite_change(self, company: str, now: Figure, better: Better) -> Compared:
        before = self.companies.get(company)
        return self._compared(company, not self.breaks, now, before.composite if before else None, better)

    def change(self, company: str, now: IndicatorResult) -> Compared:
        before = self.figures.get((company, now.indicator.id))
        same = now.indicator.id not in self.broken
        return self._compared(company, same, now.figure, before.figure if before else None, now.better)

    def _compared(self, company: str, same: bool, now: Figure, before: Figure | None, better: Better) -> Compared:
        if self.before is None:
            return None, "first"
        if company not in self.companies:
            return None, "withdrawn" if company in self.withdrawn else "entered"
        if not same:
            return None, "method"
        change = change_of(now, before, better)
        return change, "" if change else "no-figure"
