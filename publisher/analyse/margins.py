"""The error of sampling: 95 % intervals of shares and means, and of what is made of them.

z is 1.96. A sample of n out of a population of N, drawn with a design effect d, counts as m = n / d x (N - 1) / (N - n)
answers; without a population, as n / d. Nothing here rounds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from publisher.model.figures import Margin, Source

Z = Fraction(196, 100)
_EXACT = Context(prec=40)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a sample was drawn."""

    population: int | None = None
    design_effect: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of a sample: its 95 % interval, and the margins that sums of figures are combined from."""

    low: Decimal
    high: Decimal
    margin: Margin


def effective_size(n: int, sampling: Sampling) -> Fraction | None:
    """What n answers are worth in answers of a simple sample from an endless population; none if all were asked."""
    size = Fraction(n) / sampling.design_effect
    if sampling.population is None:
        return size
    if sampling.population <= n:
        return None
    return size * (sampling.population - 1) / (sampling.population - n)


def of_share(part: Fraction, n: int, sampling: Sampling, scale: Fraction) -> Estimate:
    """Wilson's interval of a share of n answers; `part` is from 0 to 1, `scale` what 1 is printed as (100 for percent).

    The margin for sums is 1.96 x sqrt(p (1 - p) / m), and Wilson's own where all answers are alike.
    """
    size = effective_size(n, sampling)
    if size is None:
        return _certain(part * scale)
    z2 = Z * Z
    centre = (part + z2 / (2 * size)) / (1 + z2 / size)
    half = root(z2 * (part * (1 - part) / size + z2 / (4 * size * size))) / decimal_of(1 + z2 / size)
    low, high = (decimal_of(centre) - half) * decimal_of(scale), (decimal_of(centre) + half) * decimal_of(scale)
    value = decimal_of(part * scale)
    low, high = (value if part == 0 else low), (value if part == 1 else high)
    if part in {0, 1}:
        return Estimate(low, high, Margin(value - low, high - value))
    wald = root(z2 * part * (1 - part) / size) * decimal_of(scale)
    return Estimate(low, high, Margin(wald, wald))


def of_mean(counts: Mapping[Fraction, int], sampling: Sampling) -> Estimate:
    """The interval of the mean of answers worth points: mean +- 1.96 x s / sqrt(m), within the ends of the scale.

    s is the standard deviation with n - 1. Where all answers are alike it is 0 and says nothing: then the
    margin is that of a share of 100 %, of the way to each end of the scale.
    """
    n = sum(counts.values())
    mean = sum((points * count for points, count in counts.items()), Fraction(0)) / n
    lowest, highest = min(counts), max(counts)
    size = effective_size(n, sampling)
    if size is None:
        return _certain(mean)
    squares = sum((count * (points - mean) ** 2 for points, count in counts.items()), Fraction(0))
    if squares:
        half = root(Z * Z * squares / (n - 1) / size)
        margin = Margin(half, half)
    else:
        reach = Z * Z / (size + Z * Z)
        margin = Margin(decimal_of(reach * (mean - lowest)), decimal_of(reach * (highest - mean)))
    low, high = within(decimal_of(mean), margin, decimal_of(lowest), decimal_of(highest))
    return Estimate(low, high, margin)


def within(value: Decimal, margin: Margin, lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """The interval of a value, not beyond the ends of its scale."""
    return max(lowest, value - margin.below), min(highest, value + margin.above)


def summed(parts: Iterable[tuple[Fraction, Mapping[Source, Margin]]]) -> dict[Source, Margin]:
    """The margins of a weighted sum, by source.

    Answers of one source are those of the same people: their errors may all point one way, so the margins
    are added up, which is the most that they can come to.
    """
    found: dict[Source, Margin] = {}
    for weight, margins in parts:
        factor = decimal_of(weight)
        for source, margin in margins.items():
            before = found.get(source, Margin(NOTHING, NOTHING))
            found[source] = Margin(before.below + factor * margin.below, before.above + factor * margin.above)
    return found


def together(margins: Iterable[Margin]) -> Margin:
    """The margin of a sum over sources that are independent: the root of the sum of the squares."""
    found = list(margins)
    return Margin(_length([one.below for one in found]), _length([one.above for one in found]))


def exceeds(amount: Decimal, sides: Sequence[Decimal]) -> bool:
    """Whether a difference is greater than the independent errors on its two sides together."""
    return amount * amount > sum((side * side for side in sides), NOTHING)


def _length(sides: Sequence[Decimal]) -> Decimal:
    return _EXACT.sqrt(sum((side * side for side in sides), NOTHING))


def _certain(value: Fraction) -> Estimate:
    return Estimate(decimal_of(value), decimal_of(value), Margin(NOTHING, NOTHING))


def root(value: Fraction) -> Decimal:
    return _EXACT.sqrt(decimal_of(value))


def decimal_of(value: Fraction) -> Decimal:
    """To 40 digits: far more than is ever printed."""
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
