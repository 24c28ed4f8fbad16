"""Texts that say nearly the same: for answers copied to several questions, and questions asked again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from math import ceil

ANSWERS_ALIKE = 0.8
"""From here on two answers say the same."""

SHORTEST = 12
"""Signs; shorter texts are alike by nature."""

_NEARLY = 1e-9
"""Keeps the bounds on the safe side of binary fractions; the measure itself has the last word."""

Bag = frozenset[str]


def alike(texts: Iterable[tuple[str, str]], threshold: float) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose texts share at least `threshold` (0 to 1) of their pairs of neighbouring signs.

    The measure is Jaccard's: shared pairs / all pairs, without regard to punctuation and white space. Pairs come
    in the order of the texts.
    """
    kept = [(id_, bag) for id_, text in texts if len(bag := _pairs(text)) >= SHORTEST]
    holders: dict[Bag, list[int]] = {}
    for place, (_, bag) in enumerate(kept):
        holders.setdefault(bag, []).append(place)
    near = _neighbours(list(holders), threshold)
    for place, (first, bag) in enumerate(kept):
        later = [other for one in near[bag] for other in holders[one] if other > place]
        for other in sorted(later):
            yield first, kept[other][0]


def _neighbours(bags: Sequence[Bag], threshold: float) -> dict[Bag, list[Bag]]:
    """For each of some different bags those that are alike, itself among them.

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
        candidates = set().union(*(by_pair.get(pair, ()) for pair in rare))
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
    signs = "".join(sign for sign in text.casefold() if sign.isalnum())
    return frozenset(map("".join, pairwise(signs)))
