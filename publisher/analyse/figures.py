"""One figure from its rows, or from other figures: value, state, base, and the error of sampling."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from publisher.analyse.exactly import total, weighted
from publisher.analyse.margins import Estimate, decimal_of, of_mean, of_share, of_simple_mean, summed, together, within
from publisher.analyse.printing import Printing
from publisher.analyse.samples import Drawn
from publisher.measures import base_of, score_of
from publisher.model.figures import Certainty, Figure, Margin, State, Unit
from publisher.model.frozen import changed
from publisher.model.records import Score
from publisher.model.scheme import Basis, Indicator, Measure, Scheme

_UNITS: dict[Measure, Unit] = {
    "grades": "points",
    "yes_no": "percent",
    "share": "percent",
    "points": "points",
    "checklist": "percent",
    "count": "count",
}
_CERTAINTIES: dict[Basis, Certainty] = {
    "sample": "not-known",
    "self_selected": "self-selected",
    "register": "all-cases",
}


def unit_of(indicator: Indicator) -> Unit:
    return _UNITS[indicator.measure]


def figure_of(
    printing: Printing, scheme: Scheme, indicator: Indicator, scores: Sequence[Score], drawn: Drawn
) -> Figure:
    """Rows of one channel. A base of 0 is "nothing due" in a register and too few answers in a sample."""
    unit = unit_of(indicator)
    if not scores:
        return Figure(State.NOT_SURVEYED, unit)
    if drawn.protected:
        return Figure(State.SUPPRESSED, unit)
    base = base_of(indicator, scores)
    exact = score_of(scheme, indicator, scores, base)
    if exact is None:
        return Figure(State.NOTHING_DUE, unit, base=0) if drawn.basis == "register" else Figure(State.SUPPRESSED, unit)
    figure = printing.sampled(exact, unit, base, drawn.basis)
    if indicator.measure == "grades":
        return _estimated(printing, figure, drawn, lambda: of_mean(_counts(scheme, scores), drawn.sampling))
    if indicator.measure == "points":
        return changed(figure, certainty=_CERTAINTIES[drawn.basis])  # a sample's answers are not known
    return share_of(printing, figure, drawn)


def share_of(printing: Printing, figure: Figure, drawn: Drawn) -> Figure:
    """A share in percent, with the error of its sample."""
    exact, n = figure.exact or Fraction(0), figure.base or 0
    part = Decimal(exact.numerator) / Decimal(100 * exact.denominator)
    return _estimated(printing, figure, drawn, lambda: of_share(part, n, drawn.sampling, 100))


def _counts(scheme: Scheme, scores: Sequence[Score]) -> dict[Fraction, int]:
    """Answers by points; grades that nobody chose belong to the scale."""
    counts = dict.fromkeys((grade.points for grade in scheme.grades), 0)
    for grade in scheme.grades:
        counts[grade.points] += sum(score.grades[grade.id] for score in scores)
    return counts


def _estimated(printing: Printing, figure: Figure, drawn: Drawn, estimate: Callable[[], Estimate]) -> Figure:
    """The figure with its error, if it is shown and stands on a sample of more than were asked."""
    if figure.state is not State.VALUE or drawn.basis != "sample":
        return changed(figure, certainty=_CERTAINTIES[drawn.basis])
    if drawn.sampling.covers(figure.base or 0):
        return changed(figure, certainty="all-cases")
    found = estimate()
    return printing.between(figure, "sampled", (found.low, found.high), {drawn.source: found.margin})


def combined(
    printing: Printing,
    unit: Unit,
    parts: Sequence[tuple[Fraction, Figure]],
    missing: Literal["withhold", "reweight"],
) -> Figure:
    """The weighted sum of independent parts, from exact values, rounded once.

    Its base is the sum of the parts' bases; it is small if at least half of its weight stands on small ones. If a
    part is suppressed so is the sum, because the part could be worked out from it. If a part was not surveyed there
    is no sum, unless the scheme says to scale up the weights of the others.
    """
    figures = [figure for _, figure in parts]
    if any(figure.state is State.SUPPRESSED for figure in figures):
        return Figure(State.SUPPRESSED, unit)
    there = [(weight, figure.exact) for weight, figure in parts if figure.exact is not None and weight]
    if not there:
        return Figure(State.NOT_SURVEYED, unit)
    whole = total([weight for weight, _ in there])
    if whole != 1 and missing == "withhold":
        return Figure(State.WITHHELD, unit)
    exact = weighted(there) if whole == 1 else weighted(there) / whole
    bases = [figure.base for figure in figures if figure.base is not None]
    figure = Figure(
        state=State.VALUE,
        unit=unit,
        exact=exact,
        printed=printing.value(exact, unit),
        base=sum(bases) if bases else None,
        small=2 * total([weight for weight, figure in parts if figure.small]) >= whole,
        reweighted=whole != 1 or any(figure.reweighted for figure in figures),
    )
    shown = [(weight, one) for weight, one in parts if one.exact is not None and weight]
    return with_error(printing, figure, shown if whole == 1 else [(weight / whole, one) for weight, one in shown])


def with_error(printing: Printing, figure: Figure, parts: Sequence[tuple[Fraction, Figure]]) -> Figure:
    """The error of a weighted sum: that of its only part, or the errors of its parts together."""
    certainty = _certainty_of([part.certainty for _, part in parts])
    if certainty not in {"sampled", "partly"}:
        return changed(figure, certainty=certainty)
    margins = summed((weight, part.margins) for weight, part in parts)
    if len(parts) == 1 and (only := parts[0][1].ends):
        return printing.between(figure, certainty, only, margins)
    return printing.between(figure, certainty, _ends(figure, together(margins.values())), margins)


def mean_with_error(printing: Printing, figure: Figure, parts: Sequence[Figure]) -> Figure:
    """The error of a simple mean of figures whose samples are independent of each other.

    Nothing is made of a mean, so that it keeps no margins: there would be one for each company.
    """
    certainty = _certainty_of([part.certainty for part in parts])
    if certainty not in {"sampled", "partly"}:
        return changed(figure, certainty=certainty)
    if len(parts) == 1 and (only := parts[0].ends):
        return printing.between(figure, certainty, only)
    margins = [together(part.margins.values()) for part in parts if part.margins]
    return printing.between(figure, certainty, _ends(figure, of_simple_mean(margins, len(parts))))


def _ends(figure: Figure, margin: Margin) -> tuple[Decimal, Decimal]:
    return within(decimal_of(figure.exact or Fraction(0)), margin, Decimal(0), Decimal(100))


def _certainty_of(parts: Collection[Certainty]) -> Certainty:
    """Of a sum: not known if that of one part is not; it leaves out the parts of volunteers, who have no such error."""
    if "not-known" in parts:
        return "not-known"
    if "sampled" in parts or "partly" in parts:
        return "partly" if "self-selected" in parts or "partly" in parts else "sampled"
    return "self-selected" if "self-selected" in parts else "all-cases"
