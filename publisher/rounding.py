"""Rounding, once, where a figure is printed."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Rule = Literal["half_up", "half_even"]


def rounded(value: Fraction | Decimal, decimals: int, rule: Rule) -> Decimal:
    """The value to so many decimals. A half goes away from zero (`half_up`) or to the even digit (`half_even`).

    Negative values are rounded by their absolute value (GB/T 8170).
    """
    return ratio_rounded(*value.as_integer_ratio(), decimals, rule)


def ratio_rounded(numerator: int, denominator: int, decimals: int, rule: Rule) -> Decimal:
    """The same of numerator / denominator, which may have a common factor."""
    # In whole numbers: every figure and both its ends come by here, and fractions of fractions take four times as long.
    whole, rest = divmod(abs(numerator) * 10**decimals, denominator)
    twice = 2 * rest
    up = twice > denominator or (twice == denominator and (rule == "half_up" or whole % 2 == 1))
    digits = whole + up
    return _decimal(-digits if numerator < 0 else digits, decimals)


@lru_cache(20_000)  # most figures are one of the ten thousand that a share of two decimals can be
def _decimal(digits: int, decimals: int) -> Decimal:
    return Decimal(digits).scaleb(-decimals)


def as_decimal(value: Fraction) -> Decimal:
    """A number of the inputs as it was typed, without needless zeros: they have at most 12 decimals, so it is exact."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return number.quantize(Decimal(1)) if value.denominator == 1 else number.normalize()
