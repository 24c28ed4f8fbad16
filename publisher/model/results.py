"""What the analysis finds: figures of companies, sectors and rounds, places. Frozen; nothing here computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from publisher.model.figures import NOT_SURVEYED, Change, Figure, Uncompared
from publisher.model.frozen import quick
from publisher.model.records import Company, Round
from publisher.model.scheme import Band, Better, Channel, Grade, Group, Indicator, Milestone, Point, Scheme

Tone = Literal["good", "middling", "bad", "none"]
"""How a thing is to be taken; never told by colour alone."""

TallyKind = Literal["grade", "yes", "no", "not_applicable", "numerator", "rest", "met", "partly", "not_met"]


@quick
@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of answer: how many, and which part of the base."""

    kind: TallyKind
    count: int
    share: Decimal | None
    """Percent of the base, printed; none for answers outside the base."""
    tone: Tone
    grade: Grade | None = None
    utmost: bool = False
    """The best of several good grades, or the worst of several bad ones."""

    @property
    def shade(self) -> str:
        """What it is coloured by: the tone, and that it is at its end."""
        return f"{self.tone} utmost" if self.utmost else self.tone


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """One channel's part of an indicator."""

    channel: Channel
    figure: Figure
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class PointResult:
    """One point of a checklist."""

    point: Point
    met: int
    partly: int
    not_met: int


@quick
@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of one company in one round."""

    indicator: Indicator
    better: Better
    figure: Figure
    tallies: tuple[Tally, ...] = ()
    """The distribution; empty if suppressed or not surveyed, and for indicators with several channels."""
    channels: tuple[ChannelResult, ...] = ()
    points: tuple[PointResult, ...] = ()
    dissatisfied: Figure = NOT_SURVEYED
    """Share of dissatisfied answers, in percent of the base."""
    average: Figure = NOT_SURVEYED
    """Simple mean of the shown figures of the sector."""
    previous: Figure | None = None
    """Of the round before."""
    change: Change | None = None
    uncompared: Uncompared = "first"
    """Empty if there is a change."""
    target_met: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A dimension or aspect: weighted mean of its indicators that have a figure."""

    group: Group
    figure: Figure | None
    """None: the scheme adds nothing up."""
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the companies of one sector; `number` is none for a reason."""

    number: int | None
    of: int
    """How many companies have a place."""
    tied: bool = False
    alike: tuple[tuple[int, int], ...] = ()
    """Places (first, last) of other companies whose intervals overlap this one's: they cannot be told apart."""
    reason: Literal["", "single", "small-base", "no-figure", "apart"] = ""


@dataclass(frozen=True, slots=True)
class FormsResult:
    """Forms of a sample; a number that would tell how few answers a suppressed figure has is left out."""

    issued: int | None
    returned: int | None
    valid: int | None
    return_rate: Decimal | None
    """Returned of issued, percent, printed."""
    valid_rate: Decimal | None
    """Valid of returned, percent, printed."""
    withheld: bool = False


@quick
@dataclass(frozen=True, slots=True)
class CompanyResult:
    """One company in one round: what a scorecard says first."""

    company: Company
    round: Round
    scheme: Scheme
    composite: Figure | None
    """None: the scheme makes no composite."""
    band: Band | None
    band_level: Tone
    band_span: tuple[Band, ...]
    """The worst and the best band that the interval reaches, if it reaches more than one."""
    previous: Figure | None
    change: Change | None
    uncompared: Uncompared
    indicators: tuple[IndicatorResult, ...]
    dimensions: tuple[GroupResult, ...]
    aspects: tuple[GroupResult, ...]
    small_parts: tuple[IndicatorResult, ...] = ()
    """Indicators of the composite that stand on small bases."""
    small_weight: Fraction = Fraction(0)
    """The weight of these."""
    forms: FormsResult | None = None
    """The forms of this company alone, where the round says so."""
    place: Place = Place(None, 0, reason="no-figure")
    average: Figure = NOT_SURVEYED
    """Simple mean of the shown composites of the sector."""
    lowest: tuple[IndicatorResult, ...] = ()
    """The worst-scoring indicators, by direction, worst first."""
    most_dissatisfied: tuple[IndicatorResult, ...] = ()
    """Those with the greatest share of dissatisfied answers, greatest first."""
    fell: tuple[IndicatorResult, ...] = ()
    """Those that became worse than in the round before, most first."""

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Of each indicator, by its id: all that lists over many rounds show of it."""
        return {one.indicator.id: one.figure for one in self.indicators}


@quick
@dataclass(frozen=True, slots=True)
class SectorIndicator:
    """One indicator over a sector: simple mean of the shown figures of its companies.

    A change compares the same companies: those whose figures are shown in both rounds.
    """

    indicator: Indicator
    better: Better
    figure: Figure
    dissatisfied: Figure
    now: Figure | None
    """Mean over the companies shown in both rounds, in this one."""
    previous: Figure | None
    """Mean over the same companies in the round before."""
    change: Change | None
    """Difference of these two as printed."""
    uncompared: Uncompared = ""


@dataclass(frozen=True, slots=True)
class SectorAverage:
    """The simple mean of the shown composites of a sector; a change compares the same companies."""

    figure: Figure
    now: Figure | None
    previous: Figure | None
    change: Change | None
    uncompared: Uncompared


@quick
@dataclass(frozen=True, slots=True)
class SectorResult:
    """One sector in one round; companies in order of print (place, then id; the unranked last)."""

    name: str
    companies: tuple[CompanyResult, ...]
    average: SectorAverage
    indicators: tuple[SectorIndicator, ...]
    lowest: tuple[SectorIndicator, ...]
    most_dissatisfied: tuple[SectorIndicator, ...]
    fell: tuple[SectorIndicator, ...]
    ranked: bool
    absent: tuple[Company, ...] = ()
    """Companies of the sector that were in the round before and are not in this one."""
    entered: tuple[Company, ...] = ()
    """Companies that are in this round and were not in the one before; none if there was none before."""


Break = Literal["version", "form", "indicators", "questions", "weights", "grades", "channels", "rules"]
"""A part of the method that differs between two rounds."""


@dataclass(frozen=True, slots=True)
class MilestoneResult:
    """How many companies of a round had reached a milestone, and whether its day was over by then."""

    milestone: Milestone
    reached: tuple[Company, ...]
    of: int
    due: bool
    note: str


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round: all its sectors."""

    round: Round
    scheme: Scheme
    sectors: tuple[SectorResult, ...]
    previous: Round | None
    before: Scheme | None = None
    """The scheme of the round before."""
    breaks: tuple[Break, ...] = ()
    """What changed in the method since the round before, so that composites do not compare."""
    broken: frozenset[str] = frozenset()
    """Indicators that do not compare with the round before."""
    forms: FormsResult | None = None
    channel_forms: Mapping[str, FormsResult] = field(default_factory=dict)
    milestones: tuple[MilestoneResult, ...] = ()
    worked: CompanyResult | None = None
    """One company before it was compared, with all that its figures are combined from: its composite is worked out for
    readers. The others have no margins and exact ends any more."""
    apart: bool = False
    """Not released, and shown to one company alone: nothing in it speaks of others."""


@dataclass(frozen=True)
class Analysis:
    """All rounds, from the earliest period to the latest."""

    rounds: tuple[RoundResult, ...]
    by_company: Mapping[str, tuple[CompanyResult, ...]] = field(default_factory=dict)
    """Results of each company, from the earliest to the latest."""
