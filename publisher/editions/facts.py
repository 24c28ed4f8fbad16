"""A round's published inputs, and the rest of the record, as plain text that can be compared, kept and read back."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from publisher.editions.written import text_of
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD, Facts, Fields
from publisher.model.fields import Record
from publisher.model.records import Notice, Score
from publisher.model.settings import Site

COMPANY_FIELDS = frozenset({"id", "name", "name_en", "short_name", "sector", "sector_en"})
"""The others are told of a company, and change without any result being changed."""
RULE_FIELDS = frozenset({"rounding", "ranking", "thresholds"})
LEDGER_FIELDS = frozenset({"answer_within", "due_soon", "broken_after"})
"""The rules that move the printed status of questions and promises."""
HOLIDAY_FIELDS = frozenset({"date", "kind"})
NOT_FACTS = frozenset({"origin", "signoff", "file"})
"""Who signed is not published: names of persons have no place in an edition. Nor has what staff call a file."""
MOST_DECIMALS = 12
"""That a number of the inputs may have."""


def facts_of(bureau: Bureau, subject: str) -> Facts:
    """What is sealed of a round, or of the rest (`record`); the bureau is a released one."""
    return _record(bureau, typed) if subject == RECORD else _round(bureau, subject)


def kinds_of_record(bureau: Bureau) -> Counter[str]:
    """How many of each kind the record has; what they say is not told for it."""
    return Counter({kind: len(records) for kind, records in _record(bureau, lambda *_: {}).items()})


def _round(bureau: Bureau, id_: str) -> Facts:
    round_ = bureau.rounds[id_]
    scores = bureau.scores[id_]
    scored = {one.company for one in scores}
    own = [one for one in bureau.notices if is_own(one, id_)]
    return _filled(
        rules={"site": rules_of(bureau.site)},
        round={id_: typed(round_)},
        scheme={round_.scheme: typed(bureau.schemes[round_.scheme])},
        company={one.id: typed(one, COMPANY_FIELDS) for one in bureau.companies.values() if one.id in scored},
        score={score_key(one): typed(one) for one in scores},
        statement={one.company: typed(one) for one in bureau.statements if one.round == id_},
        response={one.company: typed(one) for one in bureau.responses if one.round == id_},
        notice={one.id: typed(one) for one in own},
        correction=_corrections(bureau, id_, typed),
    )


def _corrections(bureau: Bureau, subject: str, value: Callable[..., Fields]) -> dict[str, Fields]:
    """Sealed with what they changed: their words do not change in silence either."""
    return {one.id: value(one) for one in bureau.corrections if one.round == subject}


def _record(bureau: Bureau, value: Callable[..., Fields]) -> Facts:
    others = [one for one in bureau.notices if not (one.kind == "results" and one.round)]
    return _filled(
        rules={"site": ledger_rules_of(bureau.site)} if bureau.items else {},
        holiday={one.date.isoformat(): value(one, HOLIDAY_FIELDS) for one in bureau.holidays} if bureau.items else {},
        meeting={one.id: value(one) for one in bureau.meetings.values()},
        item={one.id: value(one) for one in bureau.items},
        event=events_by_key(bureau.events, value),
        notice={one.id: value(one) for one in others},
        correction=_corrections(bureau, RECORD, value),
    )


def _filled(**kinds: Mapping[str, Fields]) -> Facts:
    return {kind: records for kind, records in kinds.items() if records}


def is_own(notice: Notice, round_: str) -> bool:
    """The notice that announces the results of a round is sealed with it."""
    return notice.kind == "results" and notice.round == round_


def score_key(score: Score) -> str:
    """`company/indicator`, and behind it `/channel` or `/channel/point` where the row has them."""
    parts = [score.company, score.indicator, score.channel or "", score.point or ""]
    return "/".join(parts).rstrip("/")


def events_by_key(events: Iterable[Record], value: Any) -> dict[str, Any]:
    """`item/date/by/kind`, so that the order of rows does not matter; the second one alike ends in `~2`."""
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for one in events:
        plain = "/".join(str(getattr(one, name)) for name in ("item", "date", "by", "kind"))
        seen[plain] += 1
        found[plain if seen[plain] == 1 else f"{plain}~{seen[plain]}"] = value(one)
    return found


def rules_of(site: Site) -> Fields:
    """The rules by which figures are printed."""
    return typed(site, RULE_FIELDS)


def ledger_rules_of(site: Site) -> Fields:
    """The rules by which the status of a question is computed; what was at its default is written out as well."""
    values = {name: getattr(site.ledger, name) for name in sorted(LEDGER_FIELDS)}
    return {"ledger": {name: _plain(value) for name, value in values.items() if value is not None}}


def typed(record: BaseModel, only: frozenset[str] | None = None) -> Fields:
    """A record as staff would type it: what is left at its default is left out.

    Not `model_dump`, which writes 42.5 as 85/2.
    """
    found = {}
    for name, required, default in _told(type(record), only):
        value = getattr(record, name)
        if required or value != default:
            found[name] = _plain(value)
    return found


@lru_cache(100)  # thousands of rows are of a few sorts
def _told(model: type[BaseModel], only: frozenset[str] | None) -> tuple[tuple[str, bool, Any], ...]:
    """The fields that are facts, whether they are required, and what they are at if left out."""
    return tuple(
        (name, field.is_required(), None if field.is_required() else field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
        if name not in NOT_FACTS and (only is None or name in only)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return typed(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def number_text(value: Fraction) -> str:
    """A decimal number where it has an end, else `n/d`; a share with too many decimals in percent."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    decimals = max(twos, fives)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    if decimals > MOST_DECIMALS:
        return f"{number_text(value * 100)}%"
    digits = str(abs(value.numerator) * 10**decimals // value.denominator).zfill(decimals + 1)
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if value < 0 else text


def bytes_of(facts: Facts) -> bytes:
    """One scalar a line, keys in order: two editions compare line by line."""
    return f"{text_of(facts)}\n".encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
