"""Texts that say nearly the same: for answers copied to several questions, and questions asked again."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

ANSWERS_ALIKE = 0.8
"""From here on two answers say the same."""

SHORTEST = 12
"""Signs; shorter texts are alike by nature."""


def alike(texts: Iterable[tuple[str, str]], threshold: float) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose texts share at least `threshold` (0 to 1) of their pairs of neighbouring signs.

    The measure is Jaccard's: shared pairs / all pairs, without regard to punctuation and white space.
    """
    bags = [(id_, bag) for id_, text in texts if len(bag := _pairs(text)) >= SHORTEST]
    for (first, one), (second, other) in combinations(bags, 2):
        if min(len(one), len(other)) < threshold * max(len(one), len(other)):
            continue
        if len(one & other) >= threshold * len(one | other):
            yield first, second


def _pairs(text: str) -> frozenset[str]:
    signs = "".join(sign for sign in text.casefold() if sign.isalnum())
    return frozenset(map("".join, pairwise(signs)))
