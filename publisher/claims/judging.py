"""Whether a typed figure is one of those that its clause may say, and if not, which was probably meant."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from publisher.claims.facts import Fact, Kind
from publisher.claims.reading import Typed
from publisher.claims.subjects import Subject
from publisher.rounding import Rule, rounded


@dataclass(frozen=True)
class Known:
    """All figures of a round, of the rounds before it, and of the rules."""

    own: tuple[Fact, ...]
    earlier: tuple[Fact, ...]
    rules: tuple[Fact, ...]
    rule: Rule
    """How the site rounds."""

    @cached_property
    def sector_of(self) -> Mapping[str, str]:
        """By company."""
        return {one.company: one.sector for one in (*self.earlier, *self.own) if one.company}


def fits(typed: Typed, subject: Subject, known: Known, *, compares: bool) -> bool:
    """True if the figure is one that the clause may say; places by indicators are not computed and pass."""
    if subject.averages and not compares:
        known = replace(known, own=_of_sectors(known.own), earlier=_of_sectors(known.earlier))
    if typed.kind == "place" and any(subject.indicators - {""}):
        return True
    found = _sayable(typed.kind, subject, known, compares=compares)
    return is_rule(typed, known.rules, known.rule) or any(_says(typed, fact, known.rule) for fact in found)


def is_rule(typed: Typed, rules: Iterable[Fact], rule: Rule) -> bool:
    """Whether it is a weight, a target and the like, which may be said of anybody; points are no percentage."""
    fitting = (fact for fact in rules if fact.percent or not typed.percent)
    return typed.kind == "level" and any(_says(typed, fact, rule) for fact in fitting)


def _of_sectors(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if not fact.company)


def _sayable(kind: Kind, subject: Subject, known: Known, *, compares: bool) -> Iterator[Fact]:
    kinds = {kind, "amount"} if compares and kind == "level" else {kind}
    yield from (fact for fact in _about(subject, known) if fact.kind in kinds)
    if kind != "place" and compares:
        yield from _differences(subject, known)


def _about(subject: Subject, known: Known) -> Iterator[Fact]:
    """Facts of what the clause names; those of earlier rounds only if it speaks of an earlier time."""
    theirs = {known.sector_of.get(company, "") for company in subject.companies}
    for fact in (*known.own, *(known.earlier if subject.earlier else ())):
        if (subject.earlier or not fact.earlier) and _is_of(fact, subject, theirs) and _is_on(fact, subject):
            yield fact


def _is_of(fact: Fact, subject: Subject, theirs: Collection[str]) -> bool:
    """Of a company named, or the figures of its sector as a whole, or of a sector named with its companies."""
    if subject.companies:
        return fact.company in subject.companies or (not fact.company and fact.sector in theirs)
    return not subject.sectors or fact.sector in subject.sectors


def _is_on(fact: Fact, subject: Subject) -> bool:
    return not subject.indicators or fact.indicator in subject.indicators or fact.kind == "place"


def _differences(subject: Subject, known: Known) -> Iterator[Fact]:
    """How far two figures of the same thing in the same sector are apart: one of them is of what is named."""
    mine = [fact for fact in _about(subject, known) if fact.main and fact.kind == "level"]
    others: dict[tuple[str, str], list[Fact]] = {}
    for fact in (*known.own, *known.earlier):
        if fact.main and fact.kind == "level":
            others.setdefault((fact.sector, fact.indicator), []).append(fact)
    for one in mine:
        for other in others[one.sector, one.indicator]:
            for sign in (1, -1):
                yield Fact("amount", sign * (one.value - other.value), percent=one.percent)


def _says(typed: Typed, fact: Fact, rule: Rule) -> bool:
    """The same number, or the fact rounded to as many decimals as were typed."""
    if typed.way and fact.kind == "amount" and typed.way * fact.value < 0:
        return False
    value = abs(fact.value) if fact.kind == "amount" else fact.value
    if typed.value == value:
        return True
    decimals, printed = _decimals(typed.value), _decimals(value)
    exact = [Fraction(value), *([fact.exact] if fact.exact is not None else [])]
    return decimals < printed and any(rounded(one, decimals, rule) == typed.value for one in exact)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def nearest(typed: Typed, subject: Subject, known: Known) -> Fact | None:
    """The figure that an expression can cite instead: the composite of who is named before anything else."""
    now = replace(subject, earlier=False)
    found = [fact for fact in _about(now, known) if fact.main and fact.kind == typed.kind]
    whose = [fact for fact in found if fact.company in subject.companies] or found
    whose = [fact for fact in whose if not fact.company] or whose if subject.averages else whose
    totals = [fact for fact in whose if not fact.indicator] if subject.names_anyone or typed.kind == "place" else whose
    return min(totals or whose, key=lambda fact: abs(abs(fact.value) - typed.value), default=None)
