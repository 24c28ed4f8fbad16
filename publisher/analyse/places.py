"""Places within a sector, on printed figures, with ties."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from publisher.model.figures import Figure, Interval, State
from publisher.model.results import Place
from publisher.model.scheme import Better


def places(
    figures: Mapping[str, Figure | None], better: Better, style: Literal["dense", "competition"]
) -> dict[str, Place]:
    """The place of each company by its printed composite.

    Equal printed figures share a place. `dense`: 1, 1, 2, 3; `competition`: 1, 1, 3, 4. A company that is
    alone, has no figure or has a small base gets none, and the reason.
    """
    ranked = {
        company: figure.printed
        for company, figure in figures.items()
        if figure is not None and figure.printed is not None and not figure.small
    }
    numbers = _numbers(ranked, better, style) if len(ranked) > 1 else {}
    intervals = {id_: span for id_ in numbers if (one := figures[id_]) is not None and (span := one.span)}
    order = {place: n for n, place in enumerate(sorted(set(numbers.values())))}
    shared = Counter(numbers.values())
    found = {company: _place(company, figure, ranked, numbers, shared) for company, figure in figures.items()}
    return {id_: replace(place, alike=_alike(id_, numbers, intervals, order)) for id_, place in found.items()}


def _alike(
    company: str, numbers: Mapping[str, int], intervals: Mapping[str, Interval], order: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """The other places whose companies' printed intervals overlap this company's, as runs; a tie is told as a tie."""
    own = intervals.get(company)
    if own is None:
        return ()
    others = {numbers[id_] for id_, one in intervals.items() if numbers[id_] != numbers[company] and own.blurs(one)}
    return _runs(sorted(others), order)


def _runs(some: Sequence[int], order: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Neighbours among the places that there are become one run; `order` says the how-manieth a place is."""
    runs: list[tuple[int, int]] = []
    for place in some:
        if runs and order[place] - order[runs[-1][1]] == 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return tuple(runs)


def _numbers(printed: Mapping[str, Decimal], better: Better, style: Literal["dense", "competition"]) -> dict[str, int]:
    """The place of each printed figure among all; equal ones are those that read the same but for zeros behind."""
    ordered = sorted(printed.values(), reverse=better == "higher")
    if style == "dense":
        ordered = list(dict.fromkeys(ordered))
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {company: first[value] for company, value in printed.items()}


def _place(
    company: str,
    figure: Figure | None,
    ranked: Mapping[str, Decimal],
    numbers: Mapping[str, int],
    shared: Mapping[int, int],
) -> Place:
    if company in numbers:
        return Place(numbers[company], len(numbers), tied=shared[numbers[company]] > 1)
    if company in ranked:
        return Place(None, 1, reason="single")
    if figure is not None and figure.state is State.VALUE:
        return Place(None, len(numbers), reason="small-base")
    return Place(None, len(numbers), reason="no-figure")
