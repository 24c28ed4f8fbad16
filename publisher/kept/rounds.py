"""Results of rounds that did not change: of each company what lists and histories show, the rest when it is asked for.

A round whose scores, rules and round before are the same to the last sign has the same results. What pages of other
rounds print of it (totals, places, changes) is read back, with the fingerprints of the whole; so are the figures of its
indicators, for lists of an indicator over all rounds. The indicators themselves, nine tenths of the work, are computed
when somebody looks at one. So a build after an edit computes the rounds of which it makes a page, and asks of the
others no more than whether they are the same: `tests/test_kept_rounds.py` holds that they are.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cache, partial
from hashlib import sha256
from typing import Any

from publisher.kept.fingerprint import Fingerprints, UntoldError
from publisher.kept.inputs import NOTHING, Inputs, Told, signed, told
from publisher.kept.pooled import UnpooledError, pooled, unpooled
from publisher.model.figures import Figure
from publisher.model.results import CompanyResult, RoundResult, SectorResult

FORM = 3
"""Of the file; another one is not read."""
LATER: Mapping[type, tuple[str, ...]] = {
    CompanyResult: ("indicators", "dimensions", "aspects", "small_parts", "lowest", "most_dissatisfied", "fell"),
    SectorResult: ("indicators", "lowest", "most_dissatisfied", "fell"),
}
"""What is computed when it is asked for."""
_KINDS: tuple[Any, ...] = (RoundResult, SectorResult, CompanyResult)
_HEADS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind) if one.name not in {*LATER.get(kind, ()), "sectors", "companies"})
    for kind in _KINDS
}
"""What is read back."""
Signs = Callable[[RoundResult], Iterable[tuple[CompanyResult, str]]]
Lines = tuple[bytes, bytes]
"""Of the file: fingerprints and heads of a round; and its figures, which are read when a list asks for them."""
Figures = Mapping[str, Mapping[str, Figure]]
"""By company and indicator."""


@dataclass
class Rounds:
    """Of one site: what was computed before, and what this build asked for."""

    of: str
    """What every result is made with: program, settings."""
    prints: Fingerprints
    before: Mapping[str, Lines] = field(default_factory=dict)
    _now: dict[str, Lines] = field(default_factory=dict)
    _found: dict[str, RoundResult] = field(default_factory=dict)
    _told: dict[str, Told] = field(default_factory=dict)

    def result(
        self,
        now: Inputs,
        before: Inputs | None,
        withdrawn: Collection[str],
        nouns: Any,
        whole: Callable[[], RoundResult],
    ) -> RoundResult:
        """`whole()`, which is computed from these, and names of the inputs only `nouns`."""
        try:
            mine, its = self._told_of(now), self._told_of(before) if before else NOTHING
        except UntoldError:
            return whole()
        key = self.prints.of((mine.all, its.all, sorted(withdrawn)))
        if key not in self._found:
            signs = partial(signed, self.prints, now=mine, before=its, withdrawn=withdrawn)
            self._found[key] = self._read(key, nouns, whole) or self._computed(key, nouns, whole, signs)
        return self._found[key]

    def _told_of(self, given: Inputs) -> Told:
        """The next round asks for it again."""
        id_ = given.round.id
        if id_ not in self._told:
            self._told[id_] = told(self.prints, given)
        return self._told[id_]

    def _read(self, key: str, nouns: Any, whole: Callable[[], RoundResult]) -> RoundResult | None:
        told = self.before.get(key)
        if told is None:
            return None
        try:
            signs, heads = json.loads(told[0])
            found = _read_back(unpooled(heads, nouns), whole, partial(_figures_read, told[1], nouns))
            for one, sign in zip(_all(found), signs, strict=True):
                self.prints.trust(one, sign)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        self._now[key] = told
        return found

    def _computed(self, key: str, nouns: Any, whole: Callable[[], RoundResult], signs: Signs) -> RoundResult:
        result = whole()
        with suppress(UntoldError, UnpooledError):  # then it is computed next time too
            for one, sign in signs(result):
                self.prints.trust(one, sign)
            heads = [self.prints.noun(one) for one in _all(result)], pooled(_heads(result), nouns)
            self._now[key] = _line(heads), _line(pooled(_figures(result), nouns))
        return result

    def told(self) -> bytes:
        """As `kept_rounds` reads it."""
        rounds = (line for key, lines in self._now.items() for line in (_line(key), *lines))
        body = b"\n".join([_line([FORM, self.of]), *rounds])
        return sha256(body).hexdigest().encode() + b"\n" + body


def _line(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def kept_rounds(data: bytes | None, of: str, prints: Fingerprints) -> Rounds:
    """What `told` wrote; empty if there is none, or a damaged one, or one of something else."""
    sum_, _, body = (data or b"").partition(b"\n")
    head, *rest = body.split(b"\n")
    if sum_ != sha256(body).hexdigest().encode() or head != _line([FORM, of]):
        return Rounds(of, prints)
    try:
        keys = [str(json.loads(key)) for key in rest[::3]]
        return Rounds(of, prints, dict(zip(keys, zip(rest[1::3], rest[2::3], strict=True), strict=True)))
    except ValueError:
        return Rounds(of, prints)


def _all(result: RoundResult) -> list[Any]:
    """What has a fingerprint of its own: what pages are made of, in an order that is always the same."""
    return [result, *result.sectors, *(one for sector in result.sectors for one in sector.companies)]


def _head(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in _HEADS[type(value)])


def _heads(result: RoundResult) -> tuple[Any, ...]:
    sectors = tuple((_head(one), tuple(map(_head, one.companies))) for one in result.sectors)
    return _head(result), sectors


def _figures(result: RoundResult) -> Figures:
    return {one.company.id: one.figures for sector in result.sectors for one in sector.companies}


def _figures_read(told: bytes, nouns: Any) -> Figures:
    """None, if nobody told them so: then they are found with the indicators."""
    try:
        return dict(unpooled(json.loads(told), nouns))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {}


def _read_back(heads: Any, whole: Callable[[], RoundResult], figures: Callable[[], Figures]) -> RoundResult:
    """A round of which the rest is computed, all of it at once, when a part of it is asked for."""
    head, parts = heads

    def fill() -> None:
        for mine, its in zip(_all(result)[1:], _all(whole())[1:], strict=True):
            kind = type(its)
            for name in LATER[kind]:
                object.__setattr__(mine, name, getattr(its, name))
            object.__setattr__(mine, "__class__", kind)

    known = cache(figures)

    def figures_of(one: CompanyResult) -> Mapping[str, Figure]:
        return known().get(one.company.id) or {each.indicator.id: each.figure for each in one.indicators}

    company = _waiting(CompanyResult, fill, figures=property(figures_of))
    sector = _waiting(SectorResult, fill)
    sectors = tuple(
        _filled(sector, SectorResult, its, companies=tuple(_filled(company, CompanyResult, one) for one in companies))
        for its, companies in parts
    )
    result = RoundResult(**dict(zip(_HEADS[RoundResult], head, strict=True)), sectors=sectors)
    return result


def _filled(waiting: type, kind: type, head: Any, **more: Any) -> Any:
    one: Any = object.__new__(waiting)
    for name, value in (*zip(_HEADS[kind], head, strict=True), *more.items()):
        object.__setattr__(one, name, value)
    return one


def _waiting(kind: type, fill: Callable[[], None], **more: Any) -> type:
    """A noun without some of its parts: asked for one it gets them, and is like any other of its kind from then on."""

    def asked(self: Any, name: str) -> Any:
        if name not in LATER[kind]:
            raise AttributeError(name)
        fill()
        return getattr(self, name)

    def sent(self: Any, protocol: Any) -> Any:
        fill()
        return self.__reduce_ex__(protocol)

    parts = {"__slots__": (), "__getattr__": asked, "__reduce_ex__": sent, "__qualname__": kind.__qualname__, **more}
    return type(kind.__name__, (kind,), parts)
