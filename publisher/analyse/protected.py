"""Secondary suppression: figures from which a suppressed one could be worked out.

Within a round nothing is left to work out: a sum with a suppressed part is suppressed (`combined`), and means are
taken over shown figures only. Across rounds, a year that is the sum of its quarters gives away the quarter that
is missing, and a year beside a half-year gives away the other half.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import permutations, zip_longest

from publisher.measures import base_of
from publisher.model.bureau import Bureau
from publisher.model.records import Round, Score
from publisher.model.scheme import Indicator

Cell = tuple[str, str, str, str]
"""Round, company, indicator, channel (empty: none)."""
Key = tuple[str, str, str]
"""A cell without its round."""


def protected_cells(bureau: Bureau) -> frozenset[Cell]:
    """The cells of rounds, long or short, that must be hidden so that no sum over rounds tells a suppressed one."""
    rounds = list(bureau.rounds.values())
    long_ones = [one for one in rounds if any(_contains(one, other) for other in rounds)]
    if not long_ones:
        return frozenset()
    tables = {one.id: dict(_countable(bureau, one)) for one in rounds}
    keys = {key for one in long_ones for key in tables[one.id]}
    found = set()
    for key in keys:
        rows = {one.id: tables[one.id][key] for one in rounds if key in tables[one.id]}
        found |= {(id_, *key) for id_ in _line(bureau, rows).hidden_besides()}
    return frozenset(found)


def _contains(whole: Round, part: Round) -> bool:
    long, short = whole.period, part.period
    return whole.id != part.id and long.start <= short.start and short.end <= long.end


def _countable(bureau: Bureau, round_: Round) -> Iterator[tuple[Key, tuple[Score, Indicator]]]:
    """Rows of samples whose answers add up."""
    scheme = bureau.schemes[round_.scheme]
    bases = {one.id: one.basis for one in scheme.channels}
    indicators = {one.id: one for one in scheme.indicators if one.measure in {"grades", "yes_no", "share"}}
    for row in bureau.scores[round_.id]:
        indicator = indicators.get(row.indicator)
        if indicator and (bases[row.channel] if row.channel else indicator.basis) != "register":
            yield (row.company, row.indicator, row.channel or ""), (row, indicator)


def _line(bureau: Bureau, rows: Mapping[str, tuple[Score, Indicator]]) -> "_Line":
    return _Line(
        below=bureau.site.thresholds.suppress_below,
        rounds={id_: bureau.rounds[id_] for id_ in rows},
        counts={id_: _counts(row) for id_, (row, _) in rows.items()},
        bases={id_: base_of(indicator, [row]) or 0 for id_, (row, indicator) in rows.items()},
    )


def _counts(score: Score) -> tuple[int, ...]:
    plain = (score.yes, score.no, score.not_applicable, score.numerator, score.denominator)
    return (*(one or 0 for one in plain), *(score.grades[grade] for grade in sorted(score.grades)))


@dataclass(frozen=True)
class _Line:
    """The answers to one question about one company over the rounds."""

    below: int
    rounds: Mapping[str, Round]
    counts: Mapping[str, tuple[int, ...]]
    bases: Mapping[str, int]

    def hidden_besides(self) -> set[str]:
        """The rounds to be hidden besides those with too few answers, one after the other until no sum tells."""
        few = {id_ for id_, base in self.bases.items() if base < self.below}
        if not few:
            return set()  # no sum can tell what nobody hides: of most questions
        hidden = set(few)
        while telling := next(self._telling(hidden), None):
            hidden.add(self._latest(telling))
        return hidden - few

    def _telling(self, hidden: Collection[str]) -> Iterator[set[str]]:
        """The shown rounds of each sum, or difference of sums, that leaves too few hidden answers untold."""
        leaves = {id_: self._leaves(id_) for id_ in self.rounds}
        sums = {id_: found for id_, found in leaves.items() if id_ not in hidden and found != {id_}}
        differences = [((a, b), sums[a] - sums[b]) for a, b in permutations(sums, 2) if sums[b] < sums[a]]
        for members, parts in (*(((id_,), found) for id_, found in sums.items()), *differences):
            untold = [self.bases[one] for one in parts if one in hidden]
            if untold and sum(untold) < self.below:
                yield {*members, *(one for one in parts if one not in hidden)}

    def _leaves(self, id_: str) -> frozenset[str]:
        """The shortest rounds that a round is the sum of; itself if it is none."""
        inner = [one for one in self.rounds if _contains(self.rounds[id_], self.rounds[one])]
        outermost = [one for one in inner if not any(_contains(self.rounds[o], self.rounds[one]) for o in inner)]
        innermost = [one for one in inner if not any(_contains(self.rounds[one], self.rounds[o]) for o in inner)]
        for parts in (outermost, innermost):
            if parts and self.counts[id_] == _sum([self.counts[one] for one in parts]):
                return frozenset().union(*(self._leaves(one) for one in parts))
        return frozenset({id_})

    def _latest(self, ids: Collection[str]) -> str:
        """The round that came out last, so that nothing is hidden that was public before."""
        return max(sorted(ids), key=lambda id_: _release(self.rounds[id_]))


def _release(round_: Round) -> tuple[datetime, int]:
    """Of rounds that came out together the longest is the last."""
    end = round_.release_at or datetime.combine(round_.period.end, time.min)
    return end, (round_.period.end - round_.period.start).days


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip_longest(*rows, fillvalue=0))
