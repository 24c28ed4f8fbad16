"""A page: its address, its template and what the template prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from publisher.ledger import Life
from publisher.model.bureau import Bureau
from publisher.model.records import Company, Notice, Round, Statement
from publisher.model.results import Analysis, RoundResult
from publisher.words import Words


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the home page."""

    label: str
    path: str


@dataclass(frozen=True)
class Page:
    """One page of the site. `data` are the names its template may use besides the common ones."""

    path: str
    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    trail: tuple[Crumb, ...] = ()
    """The pages above this one, without the home page and without itself."""
    description: str = ""
    published: datetime | None = None
    """When the content was published; never the time of the build."""
    depends_on_date: bool = False
    """The page shows what `--as-of` moves, and therefore prints that date."""
    listed: bool = True
    """Stands in the site maps."""


@dataclass(frozen=True)
class Publication:
    """Everything the pages are made from, already released, checked and analysed."""

    bureau: Bureau
    analysis: Analysis
    lives: tuple[Life, ...]
    as_of: date
    words: Words

    def title_of(self, round_: Round) -> str:
        """The title of a round, or the customary name of its period."""
        english = round_.title_en if self.words.language == "en" else None
        return english or round_.title or self.words.period(round_.period.start, round_.period.end)

    def notice_of(self, round_: Round) -> Notice | None:
        """The notice that announced the results of a round."""
        return next((n for n in self.bureau.notices if n.kind == "results" and n.round == round_.id), None)

    def published_of(self, round_: Round) -> datetime | None:
        """A round's results are published with its notice, else at its release time."""
        notice = self.notice_of(round_)
        return notice.published_at if notice else round_.release_at

    def statement_of(self, round_: Round, company: Company) -> Statement | None:
        return self.statements.get((round_.id, company.id))

    @property
    def statements(self) -> Mapping[tuple[str, str], Statement]:
        return {(statement.round, statement.company): statement for statement in self.bureau.statements}

    def result_of(self, round_id: str | None) -> RoundResult | None:
        return next((result for result in self.analysis.rounds if result.round.id == round_id), None)

    def lives_of(self, company: Company) -> tuple[Life, ...]:
        return tuple(life for life in self.lives if life.company.id == company.id)
