"""`content/schemes/<id>.yaml`: the rules of one evaluation system, as data."""

from collections.abc import Mapping
from typing import Literal

from publisher.model.fields import Count, Day, Flag, Noun, Number, Record, Share, Slug, Text

Measure = Literal["grades", "yes_no", "share", "points", "checklist", "count"]
Better = Literal["higher", "lower"]
Basis = Literal["sample", "self_selected", "register"]


class Grade(Noun):
    """One answer of a graded question; points are data because the steps need not be even."""

    id: Slug
    name: Text
    name_en: Text | None = None
    points: Number
    satisfied: Flag = False
    dissatisfied: Flag = False


class Group(Noun):
    """A dimension or an aspect: indicators that are read together."""

    id: Slug
    name: Text
    name_en: Text | None = None


class Channel(Noun):
    """One way in which answers were gathered, with its weight in an indicator's score."""

    id: Slug
    name: Text
    name_en: Text | None = None
    weight: Share
    basis: Basis = "sample"


class Point(Noun):
    """One point of a checklist."""

    id: Slug
    name: Text
    name_en: Text | None = None


class Indicator(Noun):
    """One thing that is scored, and how."""

    id: Slug
    name: Text
    name_en: Text | None = None
    question: Text | None = None
    measure: Measure
    dimension: Slug | None = None
    aspect: Slug | None = None
    weight: Share | None = None
    """Part of the composite; none: shown, not part of it."""
    reversed: Flag = False
    """A yes is bad (`yes_no` only)."""
    better: Better | None = None
    basis: Basis = "sample"
    limit_working_days: Count | None = None
    target: Share | None = None
    full_marks: Number | None = None
    """Greatest possible score of `points`; 100 if left out."""
    partly_counts: Share | None = None
    """What a point met in part counts towards the share of a checklist; 0 if left out."""
    points: tuple[Point, ...] = ()
    unit: Text | None = None
    unit_en: Text | None = None
    """What a `count` counts."""
    note: Text | None = None

    @property
    def known_as(self) -> str:
        """By its id and its name: messages speak to whoever filled in a table by either."""
        return f"{self.id} {self.name}"


class Band(Noun):
    """A class of composite scores. Ends are inclusive; a band has `from` or `up_to`, by direction."""

    id: Slug
    name: Text
    name_en: Text | None = None
    at_least: Number | None = None
    at_most: Number | None = None


class Milestone(Noun):
    """What every company should have reached by a day."""

    id: Slug
    name: Text
    name_en: Text | None = None
    due_on: Day


class Scheme(Record):
    """One evaluation system."""

    id: Slug
    name: Text
    name_en: Text | None = None
    version: Text
    replaces: Slug | None = None
    """The scheme that this one continues by other rules; their rounds make one history, broken at the change."""
    direction: Literal["satisfaction", "dissatisfaction"]
    unit: Literal["points", "percent"] = "points"
    """How the composite is printed."""
    missing: Literal["withhold", "reweight"] = "withhold"
    """What happens to a composite when a part of it was not surveyed."""
    raters: Text | None = None
    frequency: Text | None = None
    grades: tuple[Grade, ...] = ()
    dimensions: tuple[Group, ...] = ()
    aspects: tuple[Group, ...] = ()
    channels: tuple[Channel, ...] = ()
    indicators: tuple[Indicator, ...]
    bands: tuple[Band, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    legal_basis: tuple[Text, ...] = ()
    changes: Text | None = None
    """Why it replaced the scheme before; what changed is worked out."""
    method: Text | None = None
    """Markdown for the method page; the rules themselves are printed from this file."""

    @property
    def better(self) -> Better:
        return "higher" if self.direction == "satisfaction" else "lower"

    @property
    def weighted(self) -> tuple[Indicator, ...]:
        """The indicators that make the composite; none: the scheme has no composite and no ranks."""
        return tuple(indicator for indicator in self.indicators if indicator.weight is not None)

    def better_of(self, indicator: Indicator) -> Better:
        """Which way is good: `yes_no` is always a share of good answers, others follow the scheme."""
        if indicator.better:
            return indicator.better
        return "higher" if indicator.measure in {"yes_no", "checklist"} else self.better


def series_of(schemes: Mapping[str, Scheme]) -> Mapping[str, str]:
    """For each scheme the first one of its line, by `replaces`: schemes of one line share it."""
    return {id_: _first(schemes, id_) for id_ in schemes}


def _first(schemes: Mapping[str, Scheme], id_: str) -> str:
    line = [id_]
    while (before := schemes[line[-1]].replaces) in schemes and before is not None and before not in line:
        line.append(before)
    return line[-1]
