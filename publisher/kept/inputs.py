"""What results are computed from, in a few signs: so that those of a company need not be told sign by sign.

A company's result has three hundred values and is computed from a dozen rows; whoever tells the rows has told the
result. Of what the rest of its sector and the round before add, everything counts that the analysis looks at. Two
results that differ have other signs then: `tests/test_kept_rounds.py` changes one input after the other and holds that
they do. The other way round a result may get another sign and be the same, which costs a page made for nothing.
Telling all results took 0.8 of the 3.1 s that 1,000 scorecards are analysed in; it takes 0.2 so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from publisher.kept.fingerprint import Fingerprints
from publisher.model.records import Company, Round, Score
from publisher.model.results import CompanyResult, RoundResult
from publisher.model.scheme import Scheme


class Inputs(Protocol):
    """What a round by itself is computed from."""

    @property
    def printing(self) -> Any:
        """The rules of print."""

    @property
    def scheme(self) -> Scheme: ...

    @property
    def round(self) -> Round: ...

    @property
    def rows(self) -> Sequence[Score]: ...

    @property
    def known(self) -> Mapping[str, Company]: ...

    @property
    def protected(self) -> Collection[tuple[str, str, str, str]]:
        """Cells of all rounds: the round and the company first."""


@dataclass(frozen=True)
class Told:
    """The inputs of a round."""

    all: str
    shared: str
    """What the result of every company is computed from."""
    companies: Mapping[str, tuple[Any, ...]]
    """What is a company's own: its rows, without the place where they were read, and its cells that are hidden."""


NOTHING = Told("", "", {})
"""Before the first round."""


def told(prints: Fingerprints, given: Inputs) -> Told:
    """Raises UntoldError for what cannot be told. No row of it is held."""
    rows: dict[str, list[Score]] = {}
    for row in given.rows:
        rows.setdefault(row.company, []).append(row)
    hidden: dict[str, list[Any]] = {}
    for id_, company, *cell in sorted(given.protected):
        if id_ == given.round.id:
            hidden.setdefault(company, []).append(cell)
    companies = {company: (prints.rows(some), tuple(hidden.get(company, ()))) for company, some in rows.items()}
    shared = prints.of((given.printing, given.scheme, given.round, len(companies) == 1))
    every = prints.of((shared, companies, hidden, [*given.known.values()]))
    return Told(every, shared, companies)


def signed(
    prints: Fingerprints, result: RoundResult, now: Told, before: Told, withdrawn: Collection[str]
) -> Iterator[tuple[CompanyResult, str]]:
    """Each company's result in the round, with what tells it from every other."""
    for sector in result.sectors:
        shared = prints.of((now.shared, before.shared, [one.figure for one in sector.indicators]))
        for one in sector.companies:
            id_ = one.company.id
            own = now.companies[id_], before.companies.get(id_), id_ in withdrawn
            beside = one.company, one.place, one.average, one.forms
            yield one, prints.of((CompanyResult.__name__, shared, own, beside))
