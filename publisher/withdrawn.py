"""What a withdrawal takes with it: what lay at an address is taken out before anything is computed from the rest.

- a scorecard: the company's results of that round, its statement and the response to it
- a round: all of its results, with the notice that announced them
- a notice: its words and its files
- a meeting: its questions, with all that became of them

At any other address (a table, a page of the bureau, a sealed edition, a superseded page) only that file goes.
Sealed editions stay until they are named: their hashes stand in the register.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from publisher import addresses
from publisher.editions.facts import is_own
from publisher.model.asked import Meeting
from publisher.model.bureau import Bureau
from publisher.model.editions import Withdrawal
from publisher.model.records import Company, Notice, Round

R = TypeVar("R", Notice, Meeting)
OF_A_RESULT = frozenset({"score", "statement", "response"})
_ENDING = re.compile(r"(?:-[0-9a-f]{16})?(?:\.v[0-9]+)?\.[a-z]+$")
_OF_ROUND = re.compile(r"(?:rounds|data/rounds|compare)/([^/]+)(?:/index)?")
_OF_OWNER = re.compile(r"(?:attachments/)?(notices|meetings)/([^/]+)")


@dataclass(frozen=True)
class GoneResult:
    """What a company had in a round before it was withdrawn."""

    round: Round
    company: Company
    withdrawal: Withdrawal


@dataclass(frozen=True)
class Gone:
    """All that was withdrawn by a day; a bureau without withdrawals has none of it."""

    rounds: Mapping[str, Withdrawal] = field(default_factory=dict)
    results: tuple[GoneResult, ...] = ()
    """Those of withdrawn rounds too, from the earliest round to the latest."""
    notices: Mapping[str, Withdrawal] = field(default_factory=dict)
    meetings: Mapping[str, Withdrawal] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    """Questions of withdrawn meetings."""

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """(round, company) of each result."""
        return frozenset((one.round.id, one.company.id) for one in self.results)

    def has(self, subject: str, kind: str, key: str) -> bool:
        """Whether a record of an edition was withdrawn."""
        first = key.partition("/")[0]
        if kind in OF_A_RESULT:
            return (subject, first) in self.pairs
        known = {"notice": self.notices, "meeting": self.meetings, "item": self.items, "event": self.items}
        return first in known.get(kind, ())

    def by(self, address: str) -> Withdrawal:
        """Which withdrawal took an address along; where that cannot be told from the address, the last of all."""
        stem = _ENDING.sub("", address)
        found = next((one.withdrawal for one in self.results if stem in _stems_of_result(one)), None)
        if found is None and (match := _OF_ROUND.fullmatch(stem)):
            found = self.rounds.get(match[1])
        if found is None and (match := _OF_OWNER.fullmatch(stem)):
            found = {"notices": self.notices, "meetings": self.meetings}[match[1]].get(match[2])
        return found or max(self._all, key=_when)

    @property
    def any(self) -> bool:
        return bool(self.results or self.notices or self.meetings)

    @property
    def _all(self) -> tuple[Withdrawal, ...]:
        results = (one.withdrawal for one in self.results)
        return (*results, *self.rounds.values(), *self.notices.values(), *self.meetings.values())


def _stems_of_result(one: GoneResult) -> frozenset[str]:
    part = f"{one.round.id}/{one.company.id}"
    return frozenset({f"rounds/{part}", f"attachments/statements/{part}", f"attachments/responses/{part}"})


def gone_of(bureau: Bureau) -> Gone:
    """`bureau` is a released one: what is withdrawn later is not withdrawn yet."""
    named = {address: one for one in bureau.withdrawals for address in one.addresses}
    if not named:
        return Gone()
    rounds = {id_: named[page] for id_, one in bureau.rounds.items() if (page := addresses.round_page(one)) in named}
    results = tuple(_results(bureau, named, rounds))
    rounds = {**_emptied(bureau, results), **rounds}
    notices = {one.id: by for one in bureau.notices if (by := _of_notice(one, named, rounds))}
    pages = {id_: addresses.meeting_page(one) for id_, one in bureau.meetings.items()}
    meetings = {id_: named[page] for id_, page in pages.items() if page in named}
    items = frozenset(one.id for one in bureau.items if one.meeting in meetings)
    return Gone(rounds, results, notices, meetings, items)


def _of_notice(notice: Notice, named: Mapping[str, Withdrawal], rounds: Mapping[str, Withdrawal]) -> Withdrawal | None:
    by = named.get(addresses.notice_page(notice))
    return by or (rounds.get(notice.round) if notice.round and is_own(notice, notice.round) else None)


def _results(bureau: Bureau, named: Mapping[str, Withdrawal], rounds: Mapping[str, Withdrawal]) -> Iterator[GoneResult]:
    for round_ in bureau.rounds.values():
        for id_ in bureau.scored(round_.id):
            company = bureau.companies[id_]
            by = named.get(addresses.scorecard(round_, company)) or rounds.get(round_.id)
            if by:
                yield GoneResult(round_, company, by)


def _emptied(bureau: Bureau, results: Iterable[GoneResult]) -> Mapping[str, Withdrawal]:
    """Rounds of which no scorecard is left: they go with the last."""
    last: dict[str, Withdrawal] = {}
    for one in results:
        last[one.round.id] = max(last.get(one.round.id, one.withdrawal), one.withdrawal, key=_when)
    pairs = {(one.round.id, one.company.id) for one in results}
    return {id_: by for id_, by in last.items() if all((id_, one) in pairs for one in bureau.scored(id_))}


def _when(withdrawal: Withdrawal) -> tuple[date, str]:
    return withdrawal.withdrawn_on, withdrawal.id


def without(bureau: Bureau, gone: Gone) -> Bureau:
    """The bureau as if what was withdrawn had never been there; also one as it was sealed."""
    if not gone.any:
        return bureau
    pairs = gone.pairs
    rounds = {id_: _without_results(one, pairs) for id_, one in bureau.rounds.items() if id_ not in gone.rounds}
    touched = {id_ for id_, _ in pairs}
    scores = {id_: bureau.scores[id_] for id_ in rounds}
    scores |= {id_: tuple(o for o in scores[id_] if (id_, o.company) not in pairs) for id_ in touched & rounds.keys()}
    items = tuple(one for one in bureau.items if one.meeting not in gone.meetings)
    known = {one.id for one in items}
    return replace(
        bureau,
        rounds=rounds,
        scores=scores,
        statements=tuple(one for one in bureau.statements if (one.round, one.company) not in pairs),
        responses=tuple(one for one in bureau.responses if (one.round, one.company) not in pairs),
        notices=tuple(_of_round(one, rounds) for one in bureau.notices if one.id not in gone.notices),
        meetings={id_: _of_round(one, rounds) for id_, one in bureau.meetings.items() if id_ not in gone.meetings},
        items=tuple(o if o.repeats in known else o.model_copy(update={"repeats": None}) for o in items),
        events=tuple(one for one in bureau.events if one.item in known),
    )


def _without_results(round_: Round, pairs: Collection[tuple[str, str]]) -> Round:
    """Without what its file says of the companies whose results were withdrawn."""
    gone = {company for id_, company in pairs if id_ == round_.id}
    if not gone:
        return round_
    reached = tuple(
        one.model_copy(update={"companies": tuple(id_ for id_ in one.companies if id_ not in gone)})
        for one in round_.milestones
    )
    companies = tuple(one for one in round_.companies if one.company not in gone)
    return round_.model_copy(update={"companies": companies, "milestones": reached})


def _of_round(record: R, rounds: Collection[str]) -> R:
    """It does not name a round that was withdrawn."""
    return record if record.round is None or record.round in rounds else record.model_copy(update={"round": None})
