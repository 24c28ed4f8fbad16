"""The error of sampling: 95 % intervals of shares and means, and of what is made of them.

z is 1.96. A sample of n out of a population of N, drawn with a design effect d, counts as m = n / d x (N - 1) / (N - n)
answers; without a population, as n / d. Nothing here rounds: numbers have 28 digits, far more than are ever printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from publisher.model.figures import Margin, Source

Z = Decimal("1.96")
Z2 = Z * Z
NOTHING = Decimal(0)
_SIZES = 5_000


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a sample was drawn."""

    population: int | None = None
    design_effect: Fraction = Fraction(1)

    def covers(self, n: int) -> bool:
        """Whether all were asked, so that there is no error of sampling."""
        return self.population is not None and self.population <= n


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of a sample: its 95 % interval, and the margins that sums of figures are combined from."""

    low: Decimal
    high: Decimal
    margin: Margin


def effective_size(n: int, sampling: Sampling) -> Decimal:
    """What n answers are worth in answers of a simple sample from an endless population; less than all were asked."""
    size = n / decimal_of(sampling.design_effect)
    if sampling.population is None:
        return size
    return size * (sampling.population - 1) / (sampling.population - n)


def of_share(part: Decimal, n: int, sampling: Sampling, scale: int) -> Estimate:
    """Wilson's interval of a share of n answers; `part` is from 0 to 1, `scale` what 1 is printed as (100 for percent).

    The margin for sums is 1.96 x sqrt(p (1 - p) / m), and Wilson's own where all answers are alike.
    """
    effect = sampling.design_effect
    size, shift, square, whole = _of_size(n, sampling.population, effect.numerator, effect.denominator, scale)
    spread = part * (1 - part) / size
    centre = part + shift
    half = Z * (spread + square).sqrt()
    value = part * scale
    low = (centre - half) / whole if part else value
    high = (centre + half) / whole if part != 1 else value
    wald = Z * spread.sqrt() * scale
    return Estimate(low, high, Margin(wald, wald) if spread else Margin(value - low, high - value))


@lru_cache(_SIZES)
def _of_size(n: int, population: int | None, effect: int, of: int, scale: int) -> tuple[Decimal, ...]:
    """What Wilson's interval has of its size alone: many questions have as many answers.

    The design effect comes in two numbers, for a fraction is looked up as slowly as all this is worked out.
    """
    size = effective_size(n, Sampling(population, Fraction(effect, of)))
    return size, Z2 / (2 * size), Z2 / (4 * size * size), (1 + Z2 / size) / scale


def of_mean(counts: Mapping[Fraction, int], sampling: Sampling) -> Estimate:
    """The interval of the mean of answers worth points: mean +- 1.96 x s / sqrt(m), within the ends of the scale.

    s is the standard deviation with n - 1. Where all answers are alike it is 0 and says nothing: then the
    margin is that of a share of 100 %, of the way to each end of the scale.
    """
    points = {decimal_of(value): count for value, count in counts.items()}
    n = sum(points.values())
    mean = sum((value * count for value, count in points.items()), NOTHING) / n
    lowest, highest = min(points), max(points)
    size = effective_size(n, sampling)
    if sum(count > 0 for count in points.values()) > 1:
        squares = sum((count * (value - mean) ** 2 for value, count in points.items()), NOTHING)
        half = Z * (squares / (n - 1) / size).sqrt()
        margin = Margin(half, half)
    else:
        reach = Z2 / (size + Z2)
        margin = Margin(reach * (mean - lowest), reach * (highest - mean))
    low, high = within(mean, margin, lowest, highest)
    return Estimate(low, high, margin)


def within(value: Decimal, margin: Margin, lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal]:
    """The interval of a value, not beyond the ends of its scale."""
    return max(lowest, value - margin.below), min(highest, value + margin.above)


def summed(parts: Iterable[tuple[Fraction, Mapping[Source, Margin]]]) -> dict[Source, Margin]:
    """The margins of a weighted sum, by source.

    Answers of one source are those of the same people: their errors may all point one way, so the margins
    are added up, which is the most that they can come to.
    """
    found: dict[Source, tuple[Decimal, Decimal]] = {}
    for weight, margins in parts:
        factor = decimal_of(weight)
        for source, margin in margins.items():
            below, above = found.get(source, (NOTHING, NOTHING))
            found[source] = below + factor * margin.below, above + factor * margin.above
    return {source: Margin(*sides) for source, sides in found.items()}


def together(margins: Iterable[Margin]) -> Margin:
    """The margin of a sum over sources that are independent: the root of the sum of the squares."""
    found = list(margins)
    if len(found) == 1:
        return found[0]
    below, above = [one.below for one in found], [one.above for one in found]
    length = _length(below)
    return Margin(length, length if below == above else _length(above))


def of_simple_mean(margins: Sequence[Margin], of: int) -> Margin:
    """The margin of the simple mean of `of` independent figures, of which these have one."""
    whole = together(margins)
    return Margin(whole.below / of, whole.above / of)


def exceeds(amount: Decimal, sides: Sequence[Decimal]) -> bool:
    """Whether a difference is greater than the independent errors on its two sides together."""
    return amount * amount > sum((side * side for side in sides), NOTHING)


def _length(sides: Sequence[Decimal]) -> Decimal:
    return sum((side * side for side in sides), NOTHING).sqrt()


def decimal_of(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
