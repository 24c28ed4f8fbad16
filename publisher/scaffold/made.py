"""One new file: its path and its text, from what the folder knows already."""

import json
import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from publisher.load.validate import is_id
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD
from publisher.model.records import Round
from publisher.model.scheme import Scheme
from publisher.named import id_of, near
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.scaffold.changed import Changed, changed
from publisher.scaffold.findings import Finding, findings
from publisher.scaffold.wanted import KINDS
from publisher.withdrawn import gone_of, without
from publisher.words import Words

_TEXTS = Path(__file__).parent.parent / "starter" / "new"
_PERIOD = re.compile(r"(?:^|.*[-_])(\d{4})(?:-(?:q([1-4])|h([12])|(0[1-9]|1[0-2])))?")
"""What staff call their rounds: 2026-q4, 2026-h1, 2026-11, 2026, and these behind a word."""


@dataclass(frozen=True)
class Wish:
    """What is to be begun, as it was said: ids by their name in the path, then the rest."""

    kind: str
    ids: Mapping[str, str]
    scheme: str = ""
    round: str = ""
    companies: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True)
class Made:
    """A file that is not there yet."""

    path: str
    data: bytes
    bound: int = 0
    """Sentences whose figures come from the data."""
    spoken: bool = False
    """There were results to look for such sentences in."""
    covers: int = 0
    """Changes of what was sealed that it lists."""


def made(wish: Wish, bureau: Bureau, words: Words, *, sound: bool, readable: bool = True) -> Made:
    """The file; raises PublisherError for every id that is none or that nothing has.

    `sound`: the results have no fault, so that a notice may speak of them. `readable`: nothing could not be read, so
    that what is not there is gone.
    """
    kind = KINDS[wish.kind]
    faults: list[Problem] = []
    ids = {name: _resolved(name, value, bureau, wish, faults) for name, value in wish.ids.items()}
    companies = [_known("company", one, bureau.companies, faults) for one in wish.companies]
    about = ids.get("round") or _about(wish, bureau, faults)
    scheme = _scheme(wish, bureau, faults) if wish.kind == "round" else None
    round_ = bureau.rounds.get(about)
    if round_:
        _known("scheme", round_.scheme, bureau.schemes, faults)
    if faults:
        raise PublisherError(faults)
    results = wish.kind == "notice" and wish.sort == "results" and round_
    left = without(bureau, gone_of(bureau)) if results and sound else bureau
    found = findings(left, round_, words) if results and round_ and sound else ()
    sealed = changed(bureau, about) if wish.kind == "correction" and readable else Changed()
    facts = {
        "id": ids.get("id", ""),
        "kind": wish.sort,
        "companies": companies or sealed.companies,
        "covers": sealed.covers,
        "issuer": bureau.site.bureau.name,
        "about": about,
        "round": round_,
        "scheme": scheme,
        "period": period_of(ids.get("id", "")) if scheme else None,
        "indicators": bureau.schemes[round_.scheme].indicators if round_ else (),
        **(_of_results(left, round_, found, words) if round_ else {}),
    }
    name = "results.md" if results else f"{wish.kind}{Path(kind.path).suffix}"
    spoken = bool(results and sound and bureau.scores.get(about))
    return Made(kind.path.format(**ids), _rendered(name, facts, words), len(found), spoken, len(sealed.covers))


def _about(wish: Wish, bureau: Bureau, faults: list[Problem]) -> str:
    """The round that was said; corrections may be of the rest of the record."""
    if not wish.round or (wish.kind == "correction" and wish.round == RECORD):
        return wish.round
    return _known("round", wish.round, bureau.rounds, faults)


def _resolved(name: str, value: str, bureau: Bureau, wish: Wish, faults: list[Problem]) -> str:
    if name == "round":
        return _known("round", value, bureau.rounds, faults)
    if name == "company":
        return _known("company", value, bureau.companies, faults)
    if not is_id(value):
        meant = value.casefold()
        path = KINDS[wish.kind].path.format(id=value)
        faults.append(problem("not-an-id", Place(path), value, near=meant if is_id(meant) else ""))
    return value


def _known(kind: str, value: str, known: Mapping[str, Any], faults: list[Problem]) -> str:
    """The id of what is called so."""
    found = id_of(value, known) or value
    if found not in known:
        faults.append(_unknown(kind, value, known))
    return found


def _unknown(kind: str, value: str, known: Collection[str]) -> Problem:
    where = {"company": "content/companies", "scheme": "content/schemes"}.get(kind, "results")
    return problem(f"unknown-{kind}", Place(where), value, near=near(value, known))


def _scheme(wish: Wish, bureau: Bureau, faults: list[Problem]) -> Scheme | None:
    """The one that was said; else the only one that no other replaced."""
    if wish.scheme:
        return bureau.schemes.get(_known("scheme", wish.scheme, bureau.schemes, faults))
    replaced = {one.replaces for one in bureau.schemes.values()}
    current = [one for id_, one in bureau.schemes.items() if id_ not in replaced]
    if len(current) == 1:
        return current[0]
    faults.append(problem("which-scheme", Place("content/schemes"), ", ".join(one.id for one in current)))
    return None


def period_of(id_: str) -> tuple[date, date] | None:
    """The quarter, half-year, month or year that an id ends with."""
    match = _PERIOD.fullmatch(id_)
    if not match or match[1] == "0000":
        return None
    year, months = int(match[1]), 12
    first = 1
    if match[2]:
        months, first = 3, int(match[2]) * 3 - 2
    elif match[3]:
        months, first = 6, int(match[3]) * 6 - 5
    elif match[4]:
        months, first = 1, int(match[4])
    last = first + months - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _of_results(bureau: Bureau, round_: Round, found: Iterable[Finding], words: Words) -> dict[str, Any]:
    """What a notice says of a round."""
    scheme = words.label(bureau.schemes[round_.scheme])
    scored = {*bureau.scored(round_.id)}
    sectors = [words.sector(one) for one in bureau.companies.values() if one.id in scored]
    title = (round_.title_en if words.language == "en" else None) or round_.title
    period = words.period(round_.period.start, round_.period.end)
    return {
        "scheme": scheme,
        "subject": title or words("scaffold.subject", period=period, scheme=scheme),
        "sectors": list(dict.fromkeys(sectors)),
        "findings": found,
        "rate": words(f"scaffold.rate.{bureau.schemes[round_.scheme].direction}"),
        "release": f"{round_.release_at:%Y-%m-%d %H:%M}" if round_.release_at else "",
        "due": words.day(round_.statements_due) if round_.statements_due else "",
    }


def _rendered(name: str, facts: Mapping[str, Any], words: Words) -> bytes:
    """Signs of their own, since what is written may hold citations in braces."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  (start-up time)

    environment = Environment(
        loader=FileSystemLoader(_TEXTS / words.language),
        autoescape=False,  # noqa: S701  (no HTML is made)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    environment.filters.update(
        label=lambda thing: " ".join(words.label(thing).split()),  # it stands in a remark, which ends with its line
        text=lambda value: json.dumps(value, ensure_ascii=False),
    )
    return environment.get_template(name).render(facts).encode()
