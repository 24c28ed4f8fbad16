"""How a round or a notice stands with the site's policy: which signs are missing, and which do not count.

What came out before the policy began is not asked for signs, and that it came out then is not a matter of what its
date says: its address must stand in the list that a seal made. What was sealed is governed by its seal: its sign-off
was judged when it came out, and what changed since is covered by corrections, which say who decided. Signs that
either has must still have been made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from publisher import addresses
from publisher.editions.facts import is_own
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD
from publisher.model.records import Notice, Round
from publisher.model.signoff import Sign, SignOff
from publisher.moments import in_zone, release_of
from publisher.named import folded
from publisher.signoff.content import changed_parts, content_of_notice, content_of_round, is_slip

_WITHOUT = "signoff-without-content"
_CHANGED = "signoff-content-changed"
_MISTYPED = "signoff-content-mistyped"
_SAME = "signoff-same-person"
_ORDER = "signoff-out-of-order"
SIGN_CODES = frozenset({_WITHOUT, _CHANGED, _MISTYPED, _SAME, _ORDER, "signoff-would-vanish"})
"""Faults that a signature mends, and nothing else: they keep nobody from signing."""


@dataclass(frozen=True)
class Unfit:
    """A sign that does not count."""

    code: str
    stage: str
    sign: Sign
    parts: tuple[str, ...] = ()
    """What changed since, where it can be told."""
    other: str = ""
    """The stage that it stands against."""


@dataclass(frozen=True)
class Standing:
    """One round or notice before the policy."""

    content: str = ""
    """The hash to be signed; empty where nothing is asked for."""
    signs: Mapping[str, Sign | None] = field(default_factory=dict)
    """By stage, those that the policy asks for, in their order."""
    unfit: tuple[Unfit, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(stage for stage, sign in self.signs.items() if sign is None)

    @property
    def complete(self) -> bool:
        """Every stage has a sign that counts."""
        return not self.missing and not self.unfit

    @property
    def moments(self) -> tuple[datetime, ...]:
        """When it was signed."""
        return tuple(sign.at for sign in self.signs.values() if sign is not None)

    def void(self, stage: str) -> bool:
        return any(one.stage == stage for one in self.unfit)


def asks_for(bureau: Bureau, record: Round | Notice) -> bool:
    """Whether the policy asks for signs: of results with their round, of other notices in themselves."""
    policy = bureau.site.signoff
    if isinstance(record, Notice):
        by_itself = policy.notices and not (record.round and is_own(record, record.round))
        address, release = addresses.notice_page(record), record.published_at
        return bool(by_itself and policy.stages) and _is_in_force(bureau, address, release)
    address, moment = addresses.round_page(record), release_of(record, bureau.notices)
    return bool(policy.stages) and _is_in_force(bureau, address, moment)


def _is_in_force(bureau: Bureau, address: str, release: datetime | None) -> bool:
    """Whether the policy holds for a release; what says no time of release comes out now.

    A date before the policy alone frees nothing, or every new round could be dated back to evade it.
    """
    since = bureau.site.signoff.since
    late = since is None or release is None or in_zone(release, bureau.site.zone).date() >= since
    return late or address not in bureau.sealed.addresses


def standing_of_round(bureau: Bureau, round_: Round) -> Standing:
    """Of a round that is checked as far as its scheme and scores are there."""
    if _is_sealed(bureau, round_) or not asks_for(bureau, round_):
        return _governed_by_its_seal(round_.signoff, bureau)
    return _standing(bureau, round_.signoff, content_of_round(bureau, round_.id), of_round=True)


def lacks_a_stage(bureau: Bureau, record: Round | Notice) -> bool:
    """Whether what was never sealed was not signed at every stage asked for."""
    asked = bureau.site.signoff.stages if asks_for(bureau, record) else ()
    return any(stage not in record.signoff.made for stage in asked) and not _is_sealed(bureau, record)


def _is_sealed(bureau: Bureau, record: Round | Notice) -> bool:
    """A round by itself, a notice that announces no results within the record."""
    if isinstance(record, Round):
        return bureau.sealed.last(record.id) is not None
    last = bureau.sealed.last(RECORD)
    return last is not None and record.id in last.facts.get("notice", {})


def standing_of_notice(bureau: Bureau, notice: Notice) -> Standing:
    """Of a notice that announces no results."""
    if not asks_for(bureau, notice):
        return Standing()
    if _is_sealed(bureau, notice):
        return _governed_by_its_seal(notice.signoff, bureau)
    return _standing(bureau, notice.signoff, content_of_notice(notice), of_round=False)


def _governed_by_its_seal(signoff: SignOff, bureau: Bureau) -> Standing:
    made = signoff.made
    return Standing(signs={stage: made[stage] for stage in bureau.site.signoff.stages if stage in made})


def _standing(bureau: Bureau, signoff: SignOff, content: str, *, of_round: bool) -> Standing:
    policy = bureau.site.signoff
    made = signoff.made
    asked: dict[str, Sign] = {stage: made[stage] for stage in policy.stages if stage in made}
    unfit = [*_unbound(asked, content, of_round=of_round), *_out_of_order(asked)]
    if policy.distinct:
        unfit += _same_persons(asked)
    return Standing(content, {stage: made.get(stage) for stage in policy.stages}, tuple(unfit))


def _unbound(asked: Mapping[str, Sign], content: str, *, of_round: bool) -> Iterator[Unfit]:
    """Signs for no content, or for another than the present one."""
    for stage, sign in asked.items():
        if sign.content is None:
            yield Unfit(_WITHOUT, stage, sign)
        elif sign.content != content:
            yield _slip_or_change(stage, sign, sign.content, content, of_round=of_round)


def _slip_or_change(stage: str, sign: Sign, signed: str, now: str, *, of_round: bool) -> Unfit:
    if is_slip(signed, now):
        return Unfit(_MISTYPED, stage, sign)
    return Unfit(_CHANGED, stage, sign, changed_parts(signed, now, of_round=of_round))


def _out_of_order(asked: Mapping[str, Sign]) -> Iterator[Unfit]:
    """A sign made before that of an earlier stage; within one minute is in order."""
    latest = ""
    for stage, sign in asked.items():
        if latest and sign.at < asked[latest].at:
            yield Unfit(_ORDER, stage, sign, other=latest)
        else:
            latest = stage


def _same_persons(asked: Mapping[str, Sign]) -> Iterator[Unfit]:
    first: dict[str, str] = {}
    for stage, sign in asked.items():
        name = folded(sign.name)
        if name in first:
            yield Unfit(_SAME, stage, sign, other=first[name])
        first.setdefault(name, stage)
