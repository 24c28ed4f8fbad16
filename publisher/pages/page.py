"""A page: its address, its template and what the template prints."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from publisher import addresses
from publisher.editions.revisions import Revision
from publisher.ledger import Account, Life, Raised, Thread, account, by_company, threads
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Withdrawal
from publisher.model.records import Company, Correction, Notice, Response, Round, Statement
from publisher.model.results import Analysis, CompanyResult, RoundResult
from publisher.model.scheme import series_of
from publisher.moments import in_zone, release_of
from publisher.pages.preview import Preview
from publisher.replies import ReplyState, reply_state
from publisher.similar import ANSWERS_ALIKE, alike
from publisher.withdrawn import Gone
from publisher.words import Words

SUPERSEDED = re.compile(r"\.v[0-9]+\.html$")


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `data` are the names its template may use besides the common ones."""

    path: str
    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    later: Callable[[], Mapping[str, Any]] | None = None
    """Finds those that no list of pages needs: of a hundred thousand pages what a few print is held at a time."""
    later_of: Callable[[], tuple[Any, ...]] | None = None
    """All that `later` finds it from, besides the settings of the site and its words; none: what it finds tells."""
    trail: tuple[Crumb, ...] = ()
    """The pages above this one, without the home page and without itself."""
    description: str = ""
    published: datetime | None = None
    """When the content was published; never the time of the build."""
    planned: bool = False
    """It was not published: the time is only what is meant."""
    depends_on_date: bool = False
    """The page shows what `--as-of` moves, and therefore prints that date."""
    listed: bool = True
    """Stands in the site maps, and is for search engines."""
    corrections: tuple[Correction, ...] = ()
    """What was corrected on it since it came out; told at its head."""
    editions: tuple[int, ...] = ()
    """Superseded editions of it that are kept."""
    card: str = ""
    """The address of its share image."""
    old: "Old | None" = None
    """It is a superseded edition."""

    @property
    def whole(self) -> "Page":
        """The page with all its data; where both know a name, `data` counts."""
        return self._with(self.later()) if self.later else self

    @property
    def told(self) -> "Page":
        """The page as far as it tells what it is made of: the same in two builds only if the whole page is."""
        return self._with({"": self.later_of()}) if self.later_of else self.whole

    def _with(self, more: Mapping[str, Any]) -> "Page":
        return replace(self, data={**more, **self.data}, later=None, later_of=None)


@dataclass(frozen=True)
class Old:
    """What a superseded page says of itself, and what it is made from."""

    number: int
    current: str
    """The address of the page that took its place."""
    by: tuple[Correction, ...]
    publication: "Publication"
    beside: frozenset[str] = frozenset()
    """Addresses of pages that are kept in the same edition: it links to those."""


@dataclass(frozen=True)
class Superseded:
    """An edition of a round that a correction took out of force, analysed again from what was sealed."""

    revision: Revision
    publication: "Publication"
    companies: frozenset[str]
    """Those whose page changed."""


@dataclass(frozen=True)
class Publication:
    """Everything the pages are made from, already released, checked and analysed."""

    bureau: Bureau
    analysis: Analysis
    lives: tuple[Life, ...]
    as_of: date
    words: Words
    revisions: tuple[Revision, ...] = ()
    """Of sealed rounds and of the rest of the record."""
    superseded: tuple[Superseded, ...] = ()
    preview: Preview | None = None
    """None: it is the public site."""
    prints: bool = False
    """PDFs and share images are made."""
    gone: Gone = field(default_factory=Gone)
    """What was withdrawn; nothing of it is in the bureau, the analysis or the lives."""
    along: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Addresses that no withdrawal names and that are lost with what one names."""
    printed: Mapping[str, int] = field(default_factory=dict)
    """The size in bytes of each PDF and share image, by its address."""
    others: tuple["Publication", ...] = ()
    """The same in the other languages of the site."""

    def card_of(self, path: str) -> str:
        """The address of the share image of a page, where one is made; nobody shares a preview."""
        return addresses.card(path) if self.prints and not self.preview else ""

    def subject(self, id_: str) -> str:
        """The title of what a correction speaks of: a round, or the rest of the record; of a withdrawn one its id."""
        if id_ == RECORD:
            return self.words("editions.record")
        return self.title_of(self.bureau.rounds[id_]) if id_ in self.bureau.rounds else id_

    def title_of(self, round_: Round) -> str:
        """The title of a round, or the customary name of its period."""
        english = round_.title_en if self.words.language == "en" else None
        return english or round_.title or self.words.period(round_.period.start, round_.period.end)

    def notice_of(self, round_: Round) -> Notice | None:
        """The notice that announced the results of a round."""
        return next((n for n in self.bureau.notices if n.kind == "results" and n.round == round_.id), None)

    def published_of(self, round_: Round) -> datetime | None:
        """When the results of a round came out."""
        return release_of(round_, self.bureau.notices)

    def is_planned(self, address: str) -> bool:
        """Whether a round or a notice, by its address, is only shown ahead of its release."""
        return self.preview is not None and address in self.preview.planned

    def news_of(self, round_: Round | None, day: date) -> datetime:
        """When something of a day became public; what belongs to a round not before its release."""
        zone = self.bureau.site.zone
        release = self.published_of(round_) if round_ else None
        start = datetime.combine(day, time.min, tzinfo=zone)
        return max(start, in_zone(release, zone)) if release else start

    def statement_of(self, round_: Round, company: Company) -> Statement | None:
        return self.statements.get((round_.id, company.id))

    def response_of(self, round_: Round, company: Company) -> Response | None:
        """The bureau's response to the company's statement."""
        return self.responses.get((round_.id, company.id))

    def reply_state(self, round_: Round, company: Company) -> ReplyState:
        return reply_state(round_, self.statement_of(round_, company), self.as_of)

    @cached_property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """By address; those that were lost along among them."""
        return {**self.along, **{address: one for one in self.bureau.withdrawals for address in one.addresses}}

    def withdrawn_below(self, *prefixes: str) -> tuple[tuple[str, Withdrawal], ...]:
        """(address, withdrawal) of pages that begin so, for the page that would list them; superseded ones are not."""
        pages = (one for one in self.withdrawn.items() if one[0].endswith(".html") and not SUPERSEDED.search(one[0]))
        return tuple(sorted(one for one in pages if one[0].startswith(prefixes)))

    @cached_property
    def statements(self) -> Mapping[tuple[str, str], Statement]:
        return {(one.round, one.company): one for one in self.bureau.statements}

    @cached_property
    def responses(self) -> Mapping[tuple[str, str], Response]:
        return {(one.round, one.company): one for one in self.bureau.responses}

    @cached_property
    def threads(self) -> Mapping[str, Thread]:
        return threads(self.lives)

    @cached_property
    def alike(self) -> Mapping[str, str]:
        """Items whose answer is nearly that of an earlier one, if the bureau publishes this."""
        if not self.bureau.site.ledger.show_alike:
            return {}
        found: dict[str, str] = {}
        for lives in self.lives_by_company.values():
            answers = [(life.item.id, life.answer) for life in lives if life.answer]
            earlier = alike(answers, ANSWERS_ALIKE) or {}  # that there are too many is told by `check`
            found.update({id_: one.first for id_, one in earlier.items()})
        return found

    @cached_property
    def lives_by_company(self) -> Mapping[str, tuple[Life, ...]]:
        return by_company(self.lives)

    @cached_property
    def open_by_company(self) -> Mapping[str, tuple[Life, ...]]:
        """Asked for each scorecard of a company, and mostly few."""
        return by_company(life for life in self.lives if life.open)

    def lives_of(self, company: Company) -> tuple[Life, ...]:
        return self.lives_by_company.get(company.id, ())

    def carried_over(self, round_: Round, company: Company) -> tuple[Life, ...]:
        """What was raised before the round came out, at no meeting of its own, and is still open."""
        published = self.published_of(round_)
        limit = published.date() if published else round_.period.end + timedelta(days=1)
        found = self.open_by_company.get(company.id, ())
        return tuple(one for one in found if one.item.raised_on < limit and one.meeting.round != round_.id)

    def raised_in(self, round_: Round, company: Company) -> tuple[Life, ...]:
        """What was raised from the start of the round's period to the start of the next one's, or at its meetings.

        What is carried over is not told twice.
        """
        carried = {one.item.id for one in self.carried_over(round_, company)}
        found = self._raised[self.series[round_.scheme]].within(round_, company.id)
        return tuple(one for one in found if one.item.id not in carried)

    @cached_property
    def _raised(self) -> Mapping[str, Raised]:
        """By series."""
        lives, all_ = self.lives_by_company, self.results_by_series.items()
        return {name: Raised(lives, (one.round.period.start for one in line), self.as_of) for name, line in all_}

    @cached_property
    def results_by_scheme(self) -> Mapping[str, tuple[RoundResult, ...]]:
        """The published rounds of each scheme, from the earliest to the latest."""
        found: dict[str, list[RoundResult]] = {}
        for result in self.analysis.rounds:
            found.setdefault(result.scheme.id, []).append(result)
        return {scheme: tuple(results) for scheme, results in found.items()}

    @cached_property
    def series(self) -> Mapping[str, str]:
        return series_of(self.bureau.schemes)

    @cached_property
    def results_by_series(self) -> Mapping[str, tuple[RoundResult, ...]]:
        """The published rounds of schemes that continue one another, from the earliest to the latest."""
        found: dict[str, list[RoundResult]] = {}
        for result in self.analysis.rounds:
            found.setdefault(self.series[result.scheme.id], []).append(result)
        return {series: tuple(results) for series, results in found.items()}

    def history_of(self, scheme: str) -> tuple[RoundResult, ...]:
        """All rounds by a scheme and by those it continues or is continued by."""
        return self.results_by_series[self.series[scheme]]

    def corrections_of(self, round_: Round, company: Company | None = None) -> tuple[Correction, ...]:
        """What was changed in a round after it came out; of one company, or at all.

        In a sealed round it is worked out whose page changed; before, the correction itself says it.
        """
        changed = {by.id: one.companies for one in self.superseded_of(round_) for by in one.revision.corrections}
        return tuple(
            one
            for one in self.bureau.corrections
            if (one.id in changed and (company is None or company.id in changed[one.id]))
            or (
                one.id not in changed
                and one.round == round_.id
                and (company is None or not one.companies or company.id in one.companies)
            )
        )

    def superseded_of(self, round_: Round) -> tuple[Superseded, ...]:
        """The superseded editions of a round, the earliest first."""
        return tuple(one for one in self.superseded if one.revision.subject == round_.id)

    @cached_property
    def company_results(self) -> Mapping[tuple[str, str], CompanyResult]:
        """By round and company."""
        results = self.analysis.by_company.items()
        return {(one.round.id, company): one for company, found in results for one in found}

    def result_of(self, round_id: str | None) -> RoundResult | None:
        return next((result for result in self.analysis.rounds if result.round.id == round_id), None)

    def account_of(self, lives: Sequence[Life], company: Company | None = None) -> Account:
        """The account of some items, printed by the site's rounding."""
        return account(lives, self.bureau.site.rounding, company)
