"""Which company, indicator, channel, sector and round a call means: by id, or by a name that is theirs alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from publisher.citations.syntax import FUNCTIONS, Call
from publisher.model.bureau import Bureau
from publisher.model.records import Company
from publisher.named import folded, known_by, near

LATEST = "latest:"
"""Before the id of a scheme: its latest round."""


@dataclass(frozen=True)
class Cited:
    """What a citation is about, in ids; `company` or `sector` is empty."""

    function: str
    round: str
    company: str
    sector: str = ""
    indicator: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a citation says nothing: the code of a problem, the value seen, what was probably meant."""

    code: str
    value: str
    near: str = ""


class _UnknownError(Exception):
    """Something that a citation names is not there."""

    def __init__(self, code: str, value: object, near: str = "") -> None:
        super().__init__(code)
        self.fault = Fault(code, str(value), near)


def meaning(call: Call, bureau: Bureau, own_round: str | None) -> Cited | Fault:
    """What a call means in this bureau; `own_round` is the round of the notice it stands in."""
    try:
        return _meaning(call, bureau, own_round)
    except _UnknownError as error:
        return error.fault


def _meaning(call: Call, bureau: Bureau, own_round: str | None) -> Cited:
    first, *rest, named = _texts(call)
    round_ = _round(bureau, named.get("round"), own_round)
    scheme = bureau.schemes.get(bureau.rounds[round_].scheme)
    if scheme is None:
        raise _UnknownError("unknown-scheme", bureau.rounds[round_].scheme)
    indicator = _one("indicator", rest[0], scheme.indicators) if rest else ""
    channel = _one("channel", named["channel"], scheme.channels) if "channel" in named else ""
    if not indicator and not scheme.weighted:
        raise _UnknownError("citation-without-composite", scheme.id)
    sector = _sector(bureau, first) if call.function == "average" else ""
    company = "" if sector else _company(bureau, first, with_sectors=call.function == "average")
    _is_in_round(bureau, round_, company, sector, first)
    return Cited(call.function, round_, company, sector, indicator, channel)


def _texts(call: Call) -> tuple[Any, ...]:
    """What was given in order, then what was given by name; all of it text, and neither too much nor too little."""
    if call.function not in FUNCTIONS:
        raise _UnknownError("citation-unknown-function", call.function, _near(call.function, FUNCTIONS))
    most, allowed = FUNCTIONS[call.function]
    named = dict(call.by_name)
    texts = all(isinstance(one, str) and one.strip() for one in (*call.given, *named.values()))
    whole = "channel" not in named or len(call.given) == most
    if not texts or not 1 <= len(call.given) <= most or not named.keys() <= allowed or not whole:
        raise _UnknownError("citation-arguments", call.function)
    return (*call.given, named)


def _round(bureau: Bureau, given: str | None, own: str | None) -> str:
    if given is None and own is None:
        raise _UnknownError("citation-without-round", "")
    name = str(given or own)
    if name.startswith(LATEST):
        scheme = _one("scheme", name.removeprefix(LATEST).strip(), bureau.schemes.values())
        found = [one.id for one in bureau.rounds.values() if one.scheme == scheme]
        if not found:
            raise _UnknownError("unknown-round", name)
        return found[-1]
    return _one("round", name, bureau.rounds.values())


def _company(bureau: Bureau, name: str, *, with_sectors: bool) -> str:
    if not with_sectors:
        return _one("company", name, bureau.companies.values())
    known = known_by(bureau.companies.values())
    found = known.get(folded(name))
    if found is None:
        sectors = {folded(one.sector): one.sector for one in bureau.companies.values()}
        raise _UnknownError("unknown-sector", name, _near(name, {**known, **sectors}))
    return found


def _sector(bureau: Bureau, name: str) -> str:
    """The sector of that name, if it is the name of one."""
    wanted = folded(name)
    found = (one.sector for one in bureau.companies.values() if wanted in _names_of_sector(one))
    return next(found, "")


def _names_of_sector(company: Company) -> set[str]:
    return {folded(company.sector), folded(company.sector_en or company.sector)}


def _is_in_round(bureau: Bureau, round_: str, company: str, sector: str, name: str) -> None:
    """The company, or a company of the sector, has scores in the round."""
    scored = {*bureau.scored(round_)}
    sectors = {bureau.companies[id_].sector for id_ in scored if id_ in bureau.companies}
    if (company or sector) not in (scored if company else sectors):
        raise _UnknownError("citation-not-in-round", name, round_)


def _one(kind: str, name: str, things: Iterable[Any]) -> str:
    known = known_by(things)
    found = known.get(folded(name))
    if found is None:
        raise _UnknownError(f"unknown-{kind}", name, _near(name, known))
    return found


_MOST_COMPARED = 2000
"""Names; among more nothing is suggested, since each is held against the one that is unknown."""


def _near(name: str, known: Mapping[str, Any]) -> str:
    meant = near(folded(name), known) if len(known) <= _MOST_COMPARED else ""
    return str(known[meant]) if isinstance(known.get(meant), str) else meant
