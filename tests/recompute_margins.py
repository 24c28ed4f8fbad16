"""The error of sampling a second time: exact fractions, roots to sixty places, nothing from the package."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

Z = Fraction(49, 25)
Sides = tuple[Fraction, Fraction]
"""How far below and above a figure the truth may lie."""


@dataclass(frozen=True)
class Error:
    """The ends of an interval, and the margins that sums are combined from."""

    ends: Sides
    margin: Sides


def root(value: Fraction) -> Fraction:
    return Fraction(isqrt(value.numerator * 10**120 // value.denominator), 10**60)


def answers_worth(n: int, population: int | None, effect: Fraction) -> Fraction | None:
    """How many independent answers n answers are worth; none: everybody answered."""
    if population is not None and n >= population:
        return None
    correction = Fraction(1) if population is None else Fraction(population - 1, population - n)
    return n * correction / effect


def of_part(good: int, n: int, m: Fraction | None) -> Error:
    """Wilson's interval of good of n answers that are worth m, in percent."""
    p = Fraction(good, n)
    if m is None:
        return Error((100 * p, 100 * p), (Fraction(0), Fraction(0)))
    shrink = m / (m + Z**2)
    middle = shrink * (p + Z**2 / m / 2)
    half = shrink * Z * root(p * (1 - p) / m + (Z / m / 2) ** 2)
    low, high = 100 * (middle - half), 100 * (middle + half)
    if good == 0:
        return Error((Fraction(0), high), (Fraction(0), high))
    if good == n:
        return Error((low, Fraction(100)), (100 - low, Fraction(0)))
    side = 100 * Z * root(p * (1 - p) / m)
    return Error((low, high), (side, side))


def of_points(answers: list[tuple[Fraction, int]], m: Fraction | None) -> Error:
    """The mean of answers worth points; `answers` has every grade with its count, zeros too."""
    n = sum(count for _, count in answers)
    mean = sum(points * count for points, count in answers) / n
    least, most = min(points for points, _ in answers), max(points for points, _ in answers)
    if m is None:
        return Error((mean, mean), (Fraction(0), Fraction(0)))
    if any(count == n for _, count in answers):
        reach = Z**2 / (m + Z**2)
        below, above = reach * (mean - least), reach * (most - mean)
    else:
        squares = sum(count * points**2 for points, count in answers) - n * mean**2
        below = above = Z * root(squares / (n - 1) / m)
    return Error((max(least, mean - below), min(most, mean + above)), (below, above))


def added(parts: Iterable[tuple[Fraction, dict[str, Sides]]]) -> dict[str, Sides]:
    """Weighted margins of the same people add up, source by source."""
    found: dict[str, Sides] = {}
    for weight, margins in parts:
        for source, (below, above) in margins.items():
            old = found.get(source, (Fraction(0), Fraction(0)))
            found[source] = (old[0] + weight * below, old[1] + weight * above)
    return found


def across(margins: Iterable[Sides]) -> Sides:
    """Of independent sources: the root of the sum of the squares, each side for itself."""
    pairs = list(margins)
    return root(sum((one**2 for one, _ in pairs), Fraction(0))), root(sum((one**2 for _, one in pairs), Fraction(0)))
