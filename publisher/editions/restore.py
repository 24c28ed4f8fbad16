"""An edition back into the nouns: the bureau as it was sealed, to make the old pages from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from publisher.editions.facts import RULE_FIELDS
from publisher.model.asked import Event, Holiday, Item, Meeting
from publisher.model.bureau import Bureau
from publisher.model.editions import Edition
from publisher.model.fields import Record
from publisher.model.records import Company, Correction, Notice, Response, Round, Score, Statement
from publisher.model.scheme import Scheme
from publisher.model.settings import Site
from publisher.problems import Place, Source

R = TypeVar("R", bound=Record)
MODELS: Mapping[str, type[Record]] = {
    "round": Round,
    "scheme": Scheme,
    "company": Company,
    "score": Score,
    "statement": Statement,
    "response": Response,
    "notice": Notice,
    "meeting": Meeting,
    "item": Item,
    "event": Event,
    "holiday": Holiday,
    "correction": Correction,
}
_STAND_IN = {"bureau": {"name": "-"}, "title": "-", "base_url": "https://invalid"}


def read_back(edition: Edition) -> dict[str, list[Record]]:
    """Every record of an edition, by kind; raises what the models raise."""
    place = Source(Place(edition.path))
    found: dict[str, list[Record]] = {}
    for kind, records in edition.facts.items():
        if kind == "rules":
            found[kind] = [Site.model_validate({**_STAND_IN, **records["site"], "origin": place})]
        else:
            found[kind] = [MODELS[kind].model_validate({**one, "origin": place}) for one in records.values()]
    return found


def restored(bureau: Bureau, edition: Edition) -> Bureau:
    """A released bureau in which one round is what its edition says; other rounds stay as they are.

    What companies said after the edition was sealed stays: a superseded page does not take back their word.
    """
    found = read_back(edition)
    id_ = edition.round
    round_ = _all(found, "round", Round)[0]
    schemes = {**bureau.schemes, **{one.id: one for one in _all(found, "scheme", Scheme)}}
    scores = {**bureau.scores, id_: tuple(_all(found, "score", Score))}
    rounds = {
        one.id: round_ if one.id == id_ else one
        for one in bureau.rounds.values()
        if one.id == id_ or _fits(schemes[one.scheme], scores[one.id])
    }
    said = {(one.round, one.company): one for one in bureau.statements}
    said |= {(one.round, one.company): one for one in _all(found, "statement", Statement)}
    answered = {(one.round, one.company): one for one in bureau.responses}
    answered |= {(one.round, one.company): one for one in _all(found, "response", Response)}
    notices = {one.id: one for one in (*bureau.notices, *_all(found, "notice", Notice))}
    return replace(
        bureau,
        site=_with_rules(bureau.site, _all(found, "rules", Site)),
        companies=_companies(bureau, _all(found, "company", Company)),
        schemes=schemes,
        rounds=rounds,
        scores={one: scores[one] for one in rounds},
        statements=tuple(said.values()),
        responses=tuple(answered.values()),
        notices=tuple(notices.values()),
    )


def _all(found: Mapping[str, list[Record]], kind: str, model: type[R]) -> list[R]:
    return [one for one in found.get(kind, ()) if isinstance(one, model)]


def _with_rules(site: Site, sealed: list[Site]) -> Site:
    """The rules of print as sealed; one that the edition leaves out was at its default."""
    names = sorted(RULE_FIELDS)
    defaults = {name: Site.model_fields[name].default for name in names}
    return site.model_copy(update={name: getattr(sealed[0], name) if sealed else defaults[name] for name in names})


def _companies(bureau: Bureau, sealed: list[Company]) -> dict[str, Company]:
    """Names and sectors as sealed; what else is known of a company is not part of an edition."""
    found = dict(bureau.companies)
    for one in sealed:
        names = {name: getattr(one, name) for name in ("name", "name_en", "short_name", "sector", "sector_en")}
        found[one.id] = found[one.id].model_copy(update=names) if one.id in found else one
    return found


def _fits(scheme: Scheme, scores: Sequence[Score]) -> bool:
    """Whether scores can be read by a scheme as it was: else the round is not there to compare with."""
    indicators = {one.id: {point.id for point in one.points} for one in scheme.indicators}
    channels = {one.id for one in scheme.channels} | {None}
    grades = {one.id for one in scheme.grades}
    return all(
        one.indicator in indicators
        and one.channel in channels
        and (one.point is None or one.point in indicators[one.indicator])
        and set(one.grades) <= grades
        for one in scores
    )
