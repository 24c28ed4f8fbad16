"""Superseded editions, the list of corrections with what each changed, and what is left of withdrawn pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from publisher import addresses
from publisher.editions.changes import excerpt
from publisher.editions.revisions import Revision
from publisher.editions.withheld import is_hidden
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Change
from publisher.model.records import Correction, Round
from publisher.model.scheme import Band, Channel, Grade, Group, Indicator, Milestone, Point, Scheme
from publisher.pages.history import Histories
from publisher.pages.moved import Moves, concerned, moves_of
from publisher.pages.notices import superseded_notice
from publisher.pages.page import Old, Page, Publication, Superseded
from publisher.pages.results import round_page, scorecards


def superseded(publication: Publication) -> Iterator[Page]:
    """The pages of a round as they were before each correction, at addresses of their own."""
    for one in publication.superseded:
        result = one.publication.result_of(one.revision.subject)
        if result:
            pages = [round_page(one.publication, result), *scorecards(Histories(one.publication), result)]
            pages += superseded_notice(one)
            beside = frozenset(page.path for page in pages)
            yield from (_old(publication, one, page, beside) for page in pages)


def _old(publication: Publication, edition: Superseded, page: Page, beside: frozenset[str]) -> Page:
    number = edition.revision.old.number
    data = {**page.data, "data_path": addresses.old(str(page.data["data_path"]), number), "moved": ()}
    return replace(
        page,
        path=addresses.old(page.path, number),
        title=publication.words("old.title", title=page.title, n=number),
        data=data,
        listed=False,
        corrections=(),
        editions=(),
        card="",
        old=Old(number, page.path, edition.revision.corrections, edition.publication, beside),
    )


@dataclass(frozen=True)
class ChangeTold:
    """One changed fact, in words."""

    what: str
    """Company, question or document."""
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class CorrectionTold:
    """One correction on the page of corrections."""

    correction: Correction
    round: Round | None
    companies: tuple[str, ...]
    """Whose scorecard it links to."""
    changes: tuple[ChangeTold, ...]
    moved: tuple[Moves, ...]
    """Printed figures that the changes moved."""
    editions: tuple[tuple[str, str], ...]
    """(title, address) of each superseded edition."""


def corrections(publication: Publication) -> Iterator[Page]:
    found = sorted(publication.bureau.corrections, key=lambda one: (one.decided_on, one.id), reverse=True)
    if found or publication.bureau.sealed.entries:
        yield Page(
            path=addresses.CORRECTIONS,
            template="corrections.html",
            title=publication.words("site.corrections"),
            published=_latest(publication, found),
            data={
                "corrections": [_told(publication, one) for one in found],
                "withdrawals": publication.bureau.withdrawals,
                "sealed": bool(publication.bureau.sealed.entries),
            },
        )


def _latest(publication: Publication, found: Sequence[Correction]) -> datetime:
    """When the last one was made; before there is any, when the record began."""
    rounds = publication.bureau.rounds
    made = [publication.news_of(rounds.get(one.round), one.decided_on) for one in found]
    zone = publication.bureau.site.zone
    return max(made) if made else publication.bureau.sealed.entries[0].at.astimezone(zone)


def _told(publication: Publication, correction: Correction) -> CorrectionTold:
    by_it = [one for one in publication.revisions if correction in one.corrections]
    bureau = publication.bureau
    return CorrectionTold(
        correction=correction,
        round=bureau.rounds.get(correction.round),
        companies=tuple(one.id for one in concerned(publication, correction)),
        changes=tuple(dict.fromkeys(told for one in by_it for told in _changes(publication, one, correction))),
        moved=moves_of(publication, correction),
        editions=tuple(
            (
                publication.words("old.link", name=publication.subject(one.subject), n=one.old.number),
                addresses.old(addresses.round_page(bureau.rounds[one.subject]), one.old.number),
            )
            for one in by_it
            if one.subject != RECORD
        ),
    )


def _changes(publication: Publication, revision: Revision, correction: Correction) -> Iterator[ChangeTold]:
    """Numbers that no page shows are not told here either."""
    words = publication.words
    edition = next((one for one in publication.superseded if one.revision == revision), None)
    before = edition.publication if edition else publication
    results = [found for one in (before, publication) if (found := one.result_of(revision.subject))]
    for one in revision.changes_of(correction):
        old, new = excerpt(one.old, one.new)
        if any(is_hidden(one, result) for result in results):
            old = new = words("editions.withheld")
        if addresses.edition(revision.subject, revision.old.number) in publication.withdrawn:
            old = words("editions.withdrawn")
        if publication.gone.has(revision.subject, one.kind, one.key):
            old = new = words("editions.withdrawn")
        none = words("editions.nothing")
        yield ChangeTold(_what(before, revision, one), _field(before, revision, one), old or none, new or none)


def _scheme(bureau: Bureau, revision: Revision) -> Scheme | None:
    round_ = bureau.rounds.get(revision.subject)
    return bureau.schemes.get(round_.scheme) if round_ else None


def _what(publication: Publication, revision: Revision, change: Change) -> str:
    """The names of company, indicator and channel; elsewhere what kind of thing it is, and its id."""
    words, bureau = publication.words, publication.bureau
    kind = words(f"fact.kind.{change.kind}")
    if change.kind in {"score", "company", "statement", "response"}:
        company, *rest = change.key.split("/")
        named = words.label(bureau.companies[company]) if company in bureau.companies else company
        parts = [_name(publication, _scheme(bureau, revision), id_) for id_ in rest if id_]
        head = [kind] if change.kind != "score" else []
        return words("editions.join").join([named, *head, *parts])
    if change.kind in {"rules", "round"}:
        return kind
    return words("editions.join").join([kind, change.key])


def _field(publication: Publication, revision: Revision, change: Change) -> str:
    words = publication.words
    if not change.loc:
        return words("editions.whole")
    scheme = _scheme(publication.bureau, revision)
    return words("editions.join").join(_part(publication, scheme, one) for one in change.loc)


def _part(publication: Publication, scheme: Scheme | None, part: str) -> str:
    """An id of the scheme by its name; the name of a field in words; a place in a list as its number."""
    name = _name(publication, scheme, part)
    return publication.words(f"fact.{part}") if name == part and publication.words.has(f"fact.{part}") else name


def _name(publication: Publication, scheme: Scheme | None, id_: str) -> str:
    """The name of an indicator, a channel, a grade or another part of the scheme, or of a company."""
    named = next((one for one in _named(scheme) if one.id == id_), None) if scheme else None
    if named:
        return publication.words.label(named)
    companies = publication.bureau.companies
    return publication.words.label(companies[id_]) if id_ in companies else id_


def _named(scheme: Scheme) -> Iterator[Indicator | Channel | Grade | Group | Band | Milestone | Point]:
    yield from scheme.indicators
    yield from scheme.channels
    yield from scheme.grades
    yield from (*scheme.dimensions, *scheme.aspects)
    yield from scheme.bands
    yield from scheme.milestones
    yield from (point for one in scheme.indicators for point in one.points)


def tombstones(publication: Publication) -> Iterator[Page]:
    """At a withdrawn address: that it was withdrawn, when, by whom and why."""
    for address, one in publication.withdrawn.items():
        if address.endswith(".html"):
            yield Page(
                path=address,
                template="withdrawn.html",
                title=publication.words("withdrawn.title"),
                listed=False,
                data={"withdrawal": one},
            )
