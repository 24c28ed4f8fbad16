"""The round before: what a round may be compared with, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from publisher.analyse.comparable import same_indicator
from publisher.analyse.printing import change_of
from publisher.model.figures import Change, Figure, Uncompared
from publisher.model.results import Break, CompanyResult, IndicatorResult, RoundResult, SectorResult
from publisher.model.scheme import Better, Indicator, Scheme

Compared = tuple[Change | None, Uncompared]


@dataclass(frozen=True)
class Past:
    """The round before in the same line of schemes, if there is one."""

    before: RoundResult | None
    breaks: tuple[Break, ...]

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

    def same_indicator(self, scheme: Scheme, indicator: Indicator) -> bool:
        """Whether an indicator compares with the round before: asked on the same form, with the same meaning."""
        return (
            self.before is not None
            and "form" not in self.breaks
            and same_indicator(self.before.scheme, scheme, indicator)
        )

    def broken(self, scheme: Scheme) -> frozenset[str]:
        """The indicators that do not compare with the round before; none if there was none."""
        return frozenset(
            one.id for one in scheme.indicators if self.before is not None and not self.same_indicator(scheme, one)
        )

    def composite_change(self, company: str, now: Figure, better: Better) -> Compared:
        before = self.companies.get(company)
        return self._compared(before is not None, not self.breaks, now, before.composite if before else None, better)

    def change(self, scheme: Scheme, company: str, now: IndicatorResult) -> Compared:
        before = self.figures.get((company, now.indicator.id))
        same = self.same_indicator(scheme, now.indicator)
        return self._compared(
            company in self.companies, same, now.figure, before.figure if before else None, now.better
        )

    def _compared(self, was_there: bool, same: bool, now: Figure, before: Figure | None, better: Better) -> Compared:
        if self.before is None:
            return None, "first"
        if not was_there:
            return None, "entered"
        if not same:
            return None, "method"
        change = change_of(now, before, better)
        return change, "" if change else "no-figure"
