"""What corrections did to printed figures: whom they concern, what moved with them, which notices cite it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from publisher import addresses
from publisher.model.figures import Figure
from publisher.model.records import Company, Correction, Notice
from publisher.model.results import CompanyResult, Place, RoundResult
from publisher.model.scheme import Band, Indicator
from publisher.pages.page import Publication, Superseded

_OF_A_COMPANY = frozenset({"score", "company", "statement", "response"})


@dataclass(frozen=True)
class Move:
    """One printed figure, place or band that is another one since."""

    kind: Literal["composite", "place", "band", "indicator", "average"]
    company: Company
    """Of an average the first of the sector, which tells its name."""
    indicator: Indicator | None
    old: Figure | Place | Band | None
    new: Figure | Place | Band | None
    """None: there was, or is, nothing of the kind."""


@dataclass(frozen=True)
class Moves:
    """What moved in one round when an edition of it was superseded."""

    title: str
    direction: Literal["satisfaction", "dissatisfaction"]
    moves: tuple[Move, ...]
    together: tuple[Correction, ...] = ()
    """All corrections that moved them, where they are several: which of them moved what cannot be told apart."""


def concerned(publication: Publication, correction: Correction) -> tuple[Company, ...]:
    """The companies that a correction names, else those whose own rows it changed; none: it is of all alike."""
    changed = (one.changes_of(correction) for one in publication.revisions if correction in one.corrections)
    own = [one.key.split("/")[0] for found in changed for one in found if one.kind in _OF_A_COMPANY]
    named = dict.fromkeys(correction.companies or own)
    known = publication.bureau.companies
    return tuple(known[id_] for id_ in named if id_ in known)


def moves_of(publication: Publication, *corrections: Correction) -> tuple[Moves, ...]:
    """Round by round; what a correction moved together with others of its round is told of each."""
    found = (one for one in publication.superseded if any(by in corrections for by in one.revision.corrections))
    told = (_told(publication, one) for one in found)
    return tuple(one for one in told if one and one.moves)


def _told(publication: Publication, old: Superseded) -> Moves | None:
    result = old.publication.result_of(old.revision.subject)
    title = publication.subject(old.revision.subject)
    if result is None:
        return None
    by = old.revision.corrections
    return Moves(title, result.scheme.direction, moves_in(publication, old), by if len(by) > 1 else ())


def moves_in(publication: Publication, old: Superseded) -> tuple[Move, ...]:
    """Against the edition that followed, or against what is there now; none where the old one was withdrawn."""
    subject, number = old.revision.subject, old.revision.old.number
    if addresses.edition(subject, number) in publication.withdrawn:
        return ()
    before, after = old.publication.result_of(subject), following(publication, old).result_of(subject)
    if before is None or after is None:
        return ()
    moves = (*_of_companies(before, after), *_of_sectors(before, after))
    gone = publication.withdrawn
    pages = {one.company.id: addresses.scorecard(after.round, one.company) for one in _companies(after)}
    shown = {id_ for id_, page in pages.items() if page not in gone and addresses.old(page, number) not in gone}
    return tuple(one for one in moves if one.kind == "average" or one.company.id in shown)


def following(publication: Publication, old: Superseded) -> Publication:
    """What took the place of an edition."""
    place = next(n for n, one in enumerate(publication.superseded) if one is old)
    later = publication.superseded[place + 1 :]
    return next((one.publication for one in later if one.revision.subject == old.revision.subject), publication)


def _companies(result: RoundResult) -> Iterator[CompanyResult]:
    for sector in result.sectors:
        yield from sector.companies


def _of_companies(before: RoundResult, after: RoundResult) -> Iterator[Move]:
    was = {one.company.id: one for one in _companies(before)}
    for now in _companies(after):
        then = was.get(now.company.id)
        if then is None:
            continue
        if _figure(then.composite) != _figure(now.composite):
            yield Move("composite", now.company, None, then.composite, now.composite)
        if _place(then.place) != _place(now.place):
            yield Move("place", now.company, None, then.place, now.place)
        if (then.band and then.band.id) != (now.band and now.band.id):
            yield Move("band", now.company, None, then.band, now.band)
        yield from _of_indicators(then, now)


def _of_indicators(then: CompanyResult, now: CompanyResult) -> Iterator[Move]:
    was = {one.indicator.id: one.figure for one in then.indicators}
    for one in now.indicators:
        old = was.get(one.indicator.id)
        if _figure(old) != _figure(one.figure):
            yield Move("indicator", now.company, one.indicator, old, one.figure)


def _of_sectors(before: RoundResult, after: RoundResult) -> Iterator[Move]:
    was = {one.name: one.average.figure for one in before.sectors}
    for one in after.sectors:
        old = was.get(one.name)
        if _figure(old) != _figure(one.average.figure):
            yield Move("average", one.companies[0].company, None, old, one.average.figure)


def _figure(figure: Figure | None) -> object:
    """What of it is printed."""
    return figure and (figure.state, figure.unit, figure.printed)


def _place(place: Place) -> object:
    return (place.number, place.of, place.tied, place.reason)


def citing(publication: Publication, notice: Notice) -> tuple[Superseded, ...]:
    """The superseded editions that a notice reads otherwise with: it cites a figure that was corrected."""
    return tuple(
        one
        for one in publication.superseded
        if _body(one.publication, notice) not in {None, _body(following(publication, one), notice)}
    )


def _body(publication: Publication, notice: Notice) -> str | None:
    return next((one.body for one in publication.bureau.notices if one.id == notice.id), None)
