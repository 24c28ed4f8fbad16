"""Which questions of residents a scorecard tells in full, and which with a line each.

A scorecard has to reach an old telephone with the first packets of a connection. The company's page has every question
in full.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.ledger import Life
from publisher.model.results import CompanyResult
from publisher.pages.page import Publication

FEW = 12
"""So many are all told in full."""
MOST_IN_FULL = 4
MOST_LISTED = 24
"""Of more than a few."""


@dataclass(frozen=True)
class Asked:
    """In the order of the ledger: those told in full, those with a line each, and how many more there are."""

    full: Sequence[Life]
    lines: Sequence[Life]
    more: int

    @property
    def any(self) -> bool:
        return bool(self.full or self.lines or self.more)


def asked_of(publication: Publication, result: CompanyResult) -> tuple[Asked, Asked]:
    """What is carried over into the round, and what was raised since it began.

    In full, those raised since have precedence, for the others stand so on the scorecard of the time when they were
    raised; of the lines, those carried over have it, for they are open.
    """
    carried = publication.carried_over(result.round, result.company)
    raised = publication.raised_in(result.round, result.company)
    room = FEW if len(carried) + len(raised) <= FEW else MOST_IN_FULL
    in_full = min(len(raised), room)
    before = _asked(carried, room - in_full, MOST_LISTED)
    return before, _asked(raised, in_full, MOST_LISTED - len(before.lines))


def _asked(lives: Sequence[Life], in_full: int, listed: int) -> Asked:
    lines = lives[in_full : in_full + listed]
    return Asked(lives[:in_full], lines, len(lives[in_full + listed :]))
