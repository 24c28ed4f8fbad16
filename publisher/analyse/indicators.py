"""The indicators of one company in one round, from its rows: figures, distributions, channels."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from publisher.analyse.figures import combined, figure_of, share_of, unit_of
from publisher.analyse.printing import Printing
from publisher.analyse.samples import Drawn, Sample
from publisher.measures import HUNDRED
from publisher.model.figures import NOT_ASKED, Figure, State
from publisher.model.records import Score
from publisher.model.results import ChannelResult, IndicatorResult, PointResult, Tally, TallyKind, Tone
from publisher.model.scheme import Channel, Grade, Indicator, Scheme


def indicator_result(
    printing: Printing, scheme: Scheme, indicator: Indicator, scores: Sequence[Score], sample: Sample
) -> IndicatorResult:
    """One indicator; `scores` are all its rows of one company and round, none if it was not surveyed."""
    by_channel = {channel: [score for score in scores if score.channel == channel.id] for channel in scheme.channels}
    whole = [score for score in scores if score.channel is None]
    if any(by_channel.values()):
        return _by_channel(printing, scheme, indicator, by_channel, sample)
    drawn = sample.of(indicator)
    figure = figure_of(printing, scheme, indicator, whole, drawn)
    shown = figure.state is State.VALUE
    return IndicatorResult(
        indicator=indicator,
        better=scheme.better_of(indicator),
        figure=figure,
        tallies=_tallies(printing, scheme, indicator, whole, figure) if shown else (),
        points=_points(indicator, whole),
        dissatisfied=_dissatisfied(printing, scheme, indicator, whole, figure, drawn),
        target_met=_target_met(scheme, indicator, figure),
    )


def _by_channel(
    printing: Printing, scheme: Scheme, indicator: Indicator, by_channel: dict[Channel, list[Score]], sample: Sample
) -> IndicatorResult:
    parts = []
    for channel, scores in by_channel.items():
        figure = figure_of(printing, scheme, indicator, scores, sample.of(indicator, channel))
        shown = figure.state is State.VALUE
        tallies = _tallies(printing, scheme, indicator, scores, figure) if shown else ()
        parts.append(ChannelResult(channel, figure, tallies))
    figure = combined(printing, unit_of(indicator), [(one.channel.weight, one.figure) for one in parts], scheme.missing)
    better = scheme.better_of(indicator)
    return IndicatorResult(
        indicator=indicator,
        better=better,
        figure=figure,
        channels=tuple(parts),
        dissatisfied=figure if better == "lower" and indicator.measure == "share" else NOT_ASKED,
        target_met=_target_met(scheme, indicator, figure),
    )


def _tallies(
    printing: Printing, scheme: Scheme, indicator: Indicator, scores: Sequence[Score], figure: Figure
) -> tuple[Tally, ...]:
    """How many answers of each kind, with their part of the base of the figure: the favourable before the others.

    Grades stand as the scheme lists them. "Not applicable" comes last: it is outside the base.
    """
    base = figure.base or 0

    def share(count: int) -> Decimal | None:
        return printing.part(count, base) if base else None

    def total(name: str) -> int:
        return sum(getattr(score, name) or 0 for score in scores)

    def tally(kind: TallyKind, name: str, tone: Tone) -> Tally:
        count = total(name)
        return Tally(kind, count, share(count), tone)

    beside = total("not_applicable")
    outside = (Tally("not_applicable", beside, None, "none"),) if beside else ()
    if indicator.measure == "grades":
        counts = {grade: sum(score.grades[grade.id] for score in scores) for grade in scheme.grades}
        ends = utmost(scheme.grades)
        graded = (Tally("grade", n, share(n), _tone(g), g, g in ends) for g, n in counts.items())
        return (*graded, *outside)
    if indicator.measure == "yes_no":
        if indicator.reversed:
            return (tally("no", "no", "good"), tally("yes", "yes", "bad"), *outside)
        return (tally("yes", "yes", "good"), tally("no", "no", "bad"), *outside)
    if indicator.measure == "share":
        rest = base - total("numerator")
        good = scheme.better_of(indicator) == "higher"
        asked = tally("numerator", "numerator", "good" if good else "bad")
        others = Tally("rest", rest, share(rest), "bad" if good else "good")
        return (asked, others) if good else (others, asked)
    if indicator.measure == "checklist":
        return (
            tally("met", "met", "good"),
            tally("partly", "partly", "middling"),
            tally("not_met", "not_met", "bad"),
        )
    return ()


def utmost(grades: Sequence[Grade]) -> set[Grade]:
    """The best of several good grades and the worst of several bad ones, which stand out from the others."""
    good = [one for one in grades if one.satisfied]
    bad = [one for one in grades if one.dissatisfied]
    ends = [(max, good), (min, bad)]
    return {end(some, key=lambda one: one.points) for end, some in ends if len(some) > 1}


def _tone(grade: object) -> Tone:
    if getattr(grade, "satisfied", False):
        return "good"
    return "bad" if getattr(grade, "dissatisfied", False) else "middling"


def _points(indicator: Indicator, scores: Sequence[Score]) -> tuple[PointResult, ...]:
    by_id = {score.point: score for score in scores if score.point is not None}
    return tuple(
        PointResult(point, by_id[point.id].met or 0, by_id[point.id].partly or 0, by_id[point.id].not_met or 0)
        for point in indicator.points
        if point.id in by_id
    )


def _dissatisfied(
    printing: Printing, scheme: Scheme, indicator: Indicator, scores: Sequence[Score], figure: Figure, drawn: Drawn
) -> Figure:
    """Share of dissatisfied answers: the grades marked so, bad answers, or the share of a dissatisfaction."""
    if not _asks_for_dissatisfaction(scheme, indicator):
        return NOT_ASKED
    if figure.state is not State.VALUE or not figure.base:
        return Figure(State.NOT_SURVEYED if figure.state is State.VALUE else figure.state, "percent")
    if indicator.measure == "grades":
        marked = [grade.id for grade in scheme.grades if grade.dissatisfied]
        count = sum(score.grades[grade] for score in scores for grade in marked)
    elif indicator.measure == "yes_no":
        count = sum((score.yes if indicator.reversed else score.no) or 0 for score in scores)
    else:
        return figure
    share = printing.figure(Fraction(100 * count, figure.base), "percent", figure.base, small=figure.small)
    return share_of(printing, share, drawn)


def _asks_for_dissatisfaction(scheme: Scheme, indicator: Indicator) -> bool:
    """Graded and yes-or-no questions do, and shares of a dissatisfaction that people were asked for."""
    asked = indicator.measure == "share" and indicator.basis != "register" and scheme.better_of(indicator) == "lower"
    return indicator.measure in {"grades", "yes_no"} or asked


def _target_met(scheme: Scheme, indicator: Indicator, figure: Figure) -> bool | None:
    """By the exact value, so that 99.996 % does not pass for 100 %."""
    if indicator.target is None or figure.exact is None:
        return None
    target = indicator.target * HUNDRED
    return figure.exact >= target if scheme.better_of(indicator) == "higher" else figure.exact <= target
