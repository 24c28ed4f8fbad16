"""The whole folder, read: everything the publisher knows about the inputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publisher.model.asked import Event, Holiday, Item, Meeting
from publisher.model.attachments import AttachedFile
from publisher.model.editions import Sealed, Withdrawal
from publisher.model.records import Allowed, Article, Company, Correction, Notice, Response, Round, Score, Statement
from publisher.model.rows import companies_in
from publisher.model.scheme import Scheme
from publisher.model.settings import Site


@dataclass(frozen=True)
class Bureau:
    """One bureau's folder. Mappings are by id; rounds run from the earliest period to the latest."""

    site: Site
    companies: Mapping[str, Company] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    rounds: Mapping[str, Round] = field(default_factory=dict)
    scores: Mapping[str, Sequence[Score]] = field(default_factory=dict)
    """By round; perhaps not read yet (`LateRows`)."""
    statements: tuple[Statement, ...] = ()
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    events: tuple[Event, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    responses: tuple[Response, ...] = ()
    notices: tuple[Notice, ...] = ()
    corrections: tuple[Correction, ...] = ()
    articles: tuple[Article, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    sealed: Sealed = field(default_factory=Sealed)
    attachments: Mapping[str, AttachedFile] = field(default_factory=dict)
    """By SHA-256; what nothing names, now or in a sealed edition, is not among them."""

    def scored(self, round_: str) -> tuple[str, ...]:
        """The companies that have scores in a round, in the order of their first; no row is read for it."""
        return companies_in(self.scores.get(round_, ()))
