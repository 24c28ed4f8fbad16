"""Secondary suppression: figures from which a suppressed one could be worked out.

Within a round nothing is left to work out: a sum with a suppressed part is suppressed (`combined`), and means are
taken over shown figures only. Across rounds, a year that is the sum of its quarters gives away the quarter that
is missing.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import zip_longest

from publisher.measures import base_of
from publisher.model.bureau import Bureau
from publisher.model.records import Round, Score
from publisher.model.scheme import Channel, Indicator, Scheme

Cell = tuple[str, str, str, str]
"""Round, company, indicator, channel (empty: none)."""


def protected_cells(bureau: Bureau) -> frozenset[Cell]:
    """The cells of long rounds that are the sums of shorter ones, of which some together have too few answers."""
    long_ones = [(round_, _parts(bureau, round_)) for round_ in bureau.rounds.values()]
    return frozenset(cell for round_, parts in long_ones if parts for cell in _telling(bureau, round_, parts))


def _parts(bureau: Bureau, whole: Round) -> list[Round]:
    """The other rounds whose period lies in that of this one."""
    span = whole.period
    return [
        one
        for one in bureau.rounds.values()
        if one.id != whole.id and span.start <= one.period.start and one.period.end <= span.end
    ]


def _telling(bureau: Bureau, whole: Round, parts: Sequence[Round]) -> Iterator[Cell]:
    scheme = bureau.schemes[whole.scheme]
    sampled = {(one.id, basis.id if basis else "") for one, basis in _samples(scheme)}
    indicators = {one.id: one for one in scheme.indicators}
    by_cell = [_cells(bureau, one) for one in parts]
    for key, row in _cells(bureau, whole).items():
        found = {one.id: cells[key] for one, cells in zip(parts, by_cell, strict=True) if key in cells}
        rows = list(found.values())
        is_sum = bool(found) and key[1:] in sampled and _counts(row) == _sum(rows)
        if is_sum and _too_few_together(bureau, indicators[key[1]], rows):
            yield (_latest([whole, *(one for one in parts if one.id in found)]).id, *key)


def _latest(rounds: Sequence[Round]) -> Round:
    """The round that came out last, so that nothing is hidden that was public before; of several the longest."""
    return max(rounds, key=lambda one: one.release_at or datetime.combine(one.period.end, time.min))


def _samples(scheme: Scheme) -> Iterator[tuple[Indicator, Channel | None]]:
    """Indicators and channels whose small bases are suppressed, and whose counts add up."""
    for indicator in scheme.indicators:
        if indicator.measure in {"grades", "yes_no", "share"}:
            if indicator.basis != "register":
                yield indicator, None
            yield from ((indicator, channel) for channel in scheme.channels if channel.basis != "register")


def _cells(bureau: Bureau, round_: Round) -> dict[tuple[str, str, str], Score]:
    return {(one.company, one.indicator, one.channel or ""): one for one in bureau.scores[round_.id]}


def _counts(score: Score) -> tuple[int, ...]:
    plain = (score.yes, score.no, score.not_applicable, score.numerator, score.denominator)
    return (*(one or 0 for one in plain), *(score.grades[grade] for grade in sorted(score.grades)))


def _sum(rows: Sequence[Score]) -> tuple[int, ...]:
    columns = zip_longest(*map(_counts, rows), fillvalue=0)
    return tuple(sum(column) for column in columns)


def _too_few_together(bureau: Bureau, indicator: Indicator, rows: Sequence[Score]) -> bool:
    """Whether some rows are suppressed, and what they are together would be too."""
    below = bureau.site.thresholds.suppress_below
    few = [base for row in rows if (base := base_of(indicator, [row]) or 0) < below]
    return bool(few) and sum(few) < below
