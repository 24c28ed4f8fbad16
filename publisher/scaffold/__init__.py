"""A new file for staff to complete: what is known stands in it, what is not is a blank that `check` tells of."""

from publisher.scaffold.made import Made, Wish, made
from publisher.scaffold.wanted import KINDS, Kind

__all__ = ["KINDS", "Kind", "Made", "Wish", "made"]
