"""Texts that say nearly the same: for answers copied to several questions, and questions asked again."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from operator import add

ANSWERS_ALIKE = 0.8
"""From here on two answers say the same."""

SHORTEST = 12
"""Signs; shorter texts are alike by nature."""

MOST_COMPARED = 1_000_000
"""Comparisons, of some 0.4 microseconds each."""
_LOOKS_OF_A_COMPARISON = 16
"""Finding out which texts to compare costs too: so many looks as much as one comparison."""
_NEARLY = 1e-9
"""Keeps the bounds on the safe side of binary fractions; the measure itself has the last word."""

_NO_SIGNS = re.compile(r"[\W_]+")

Bag = frozenset[str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Of the texts before one that say nearly the same: the first and the last, by id."""

    first: str
    last: str


def alike(texts: Iterable[tuple[str, str]], threshold: float, most: int = MOST_COMPARED) -> dict[str, Earlier] | None:
    """For each text, by id, which earlier ones share at least `threshold` (0 to 1) of its pairs of neighbouring signs.

    The measure is Jaccard's: shared pairs / all pairs, without regard to punctuation and white space. None if the
    texts have so much in common that `most` comparisons do not suffice.
    """
    kept = [(id_, bag) for id_, text in texts if len(bag := _pairs(text)) >= SHORTEST]
    holders: dict[Bag, list[int]] = {}
    for place, (_, bag) in enumerate(kept):
        holders.setdefault(bag, []).append(place)
    near = _neighbours(list(holders), threshold, most)
    if near is None or sum(len(places) * len(near[bag]) for bag, places in holders.items()) > most:
        return None
    found = {}
    for place, (id_, bag) in enumerate(kept):
        before = [held for one in near[bag] if (held := holders[one])[0] < place]
        if before:
            first, last = min(held[0] for held in before), max(held[bisect_left(held, place) - 1] for held in before)
            found[id_] = Earlier(kept[first][0], kept[last][0])
    return found


def _neighbours(bags: Sequence[Bag], threshold: float, most: int) -> dict[Bag, list[Bag]] | None:
    """For each of some different bags those that are alike, itself among them; None after `most` comparisons.

    Two bags that share enough also have one of their rarest pairs in common, those being, of n pairs, all but
    the last `threshold` x n - 1. So only bags with such a pair in common are compared; a pair that one bag alone has
    is rarest of all and never in common.
    """
    times = Counter(chain.from_iterable(bags))
    shared = sorted((pair for pair, number in times.items() if number > 1), key=times.__getitem__)
    rank = {pair: place for place, pair in enumerate(shared)}
    ordered = sorted(bags, key=len)
    ranks = [sorted(rank[pair] for pair in bag if pair in rank) for bag in ordered]
    masks = [_mask(one, len(rank)) for one in ranks]
    near: dict[Bag, list[Bag]] = {bag: [bag] for bag in bags}
    by_pair: dict[int, list[int]] = {}
    for place, bag in enumerate(ordered):
        alone = len(bag) - len(ranks[place])
        rare = ranks[place][: max(0, len(bag) - ceil(threshold * len(bag) - _NEARLY) + 1 - alone)]
        shared_by = [by_pair[pair] for pair in rare if pair in by_pair]
        most -= sum(map(len, shared_by)) // _LOOKS_OF_A_COMPARISON
        candidates = set().union(*shared_by) if most > 0 else set()
        most -= len(candidates)
        if most <= 0:
            return None
        for other in _alike(place, candidates, ordered, masks, threshold):
            near[bag].append(ordered[other])
            near[ordered[other]].append(bag)
        for pair in rare:
            by_pair.setdefault(pair, []).append(place)
    return near


def _mask(ranks: Iterable[int], length: int) -> int:
    bits = bytearray(length // 8 + 1)
    for rank in ranks:
        bits[rank // 8] |= 1 << rank % 8
    return int.from_bytes(bits, "little")


def _alike(
    place: int, candidates: Iterable[int], bags: Sequence[Bag], masks: Sequence[int], threshold: float
) -> list[int]:
    """Which candidates are alike; the pairs of a bag are the bits of its mask."""
    mask, size = masks[place], len(bags[place])
    return [
        other
        for other in candidates
        if (shared := (mask & masks[other]).bit_count()) >= threshold * (size + len(bags[other]) - shared)
    ]


def _pairs(text: str) -> Bag:
    signs = _NO_SIGNS.sub("", text.casefold())
    return frozenset(map(add, signs, signs[1:]))
