"""How the answers of a round were drawn: basis, population, and what is left out for the sake of small samples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from publisher.analyse.margins import Sampling
from publisher.analyse.printing import Printing
from publisher.analyse.protected import Cell
from publisher.measures import HUNDRED, counted_n
from publisher.model.figures import Source
from publisher.model.records import Forms, Round, Score
from publisher.model.results import FormsResult
from publisher.model.scheme import Basis, Channel, Indicator, Scheme


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sample: of an indicator, or of one of its channels."""

    basis: Basis
    source: Source
    sampling: Sampling
    protected: bool
    """Suppressed for the sake of another figure."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The answers about one company in one round."""

    round: Round
    company: str
    alone: bool
    """No other company is in the round, so that what it says of all is said of this one."""
    protected: frozenset[Cell]
    population: int | None = None
    """The users of the company alone, where the round says how many they are."""

    def of(self, indicator: Indicator, channel: Channel | None = None) -> Drawn:
        """Points of a checklist and counts are never samples."""
        basis = channel.basis if channel else indicator.basis
        source = channel.id if channel else ""
        return Drawn(
            basis="register" if indicator.measure in {"checklist", "count"} else basis,
            source=source,
            sampling=Sampling(self._population(source), self.round.design_effect),
            protected=(self.round.id, self.company, indicator.id, source) in self.protected,
        )

    def _population(self, source: Source) -> int | None:
        """The nearest that is stated: of the channel, the company, the round; the last is of all its companies."""
        if not self.alone:
            return self.population
        channel = [one.population for one in self.round.channels if one.channel == source]
        return next((one for one in [*channel, self.population, self.round.population] if one is not None), None)


@dataclass(frozen=True)
class ShownForms:
    """The forms of a round, of its channels and of its companies, as they may be shown."""

    whole: FormsResult | None
    channels: Mapping[str, FormsResult]
    companies: Mapping[str, FormsResult]


def shown_forms(
    printing: Printing, scheme: Scheme, round_: Round, scores: Sequence[Score], protected: frozenset[Cell]
) -> ShownForms:
    """A total is left out if it tells how few answers a company has, or what another round hides."""
    below = printing.thresholds.suppress_below
    answers = _most_answers(_sampled(scheme), scores)
    stated = {one.company: one.forms for one in round_.companies if one.forms}
    known = {key: n for key, n in answers.items() if key[0] not in stated}
    known |= {(company, None): forms.valid for company, forms in stated.items()}
    cells = [(company, channel) for id_, company, _, channel in protected if id_ == round_.id]
    hidden = {company for company, _ in cells}

    def of(forms: Forms, known: Mapping[tuple[str, str | None], int], *, telling: bool) -> FormsResult:
        return _forms_result(printing, forms, withheld=telling or _tells(forms, known, below))

    return ShownForms(
        whole=of(round_.forms, known, telling=bool(hidden)) if round_.forms else None,
        channels={
            one.channel: of(
                one.forms,
                {key: n for key, n in answers.items() if key[1] == one.channel},
                telling=any(channel == one.channel for _, channel in cells),
            )
            for one in round_.channels
            if one.forms
        },
        companies={
            company: _forms_result(printing, forms, withheld=company in hidden or forms.valid < below)
            for company, forms in stated.items()
        },
    )


def _sampled(scheme: Scheme) -> Mapping[tuple[str, str | None], Indicator]:
    """By indicator and channel, what people were asked; registers have no forms."""
    alone = {(one.id, None): one for one in scheme.indicators if one.basis != "register"}
    channels = [channel.id for channel in scheme.channels if channel.basis != "register"]
    return alone | {(one.id, channel): one for one in scheme.indicators for channel in channels}


def _most_answers(
    sampled: Mapping[tuple[str, str | None], Indicator], rows: Iterable[Score]
) -> dict[tuple[str, str | None], int]:
    """How many forms there were at least, by company and channel: the most answers to any question."""
    found: dict[tuple[str, str | None], int] = {}
    for row in rows:
        indicator = sampled.get((row.indicator, row.channel))
        n = row.n if row.n is not None or indicator is None else counted_n(indicator, row)
        if indicator is not None and n is not None:
            key = (row.company, row.channel)
            found[key] = max(found.get(key, 0), n)
    return found


def _tells(forms: Forms, known: Mapping[tuple[str, str | None], int], below: int) -> bool:
    """Whether the total less what is shown elsewhere tells how few answers were too few."""
    shown = [n for n in known.values() if n >= below]
    return len(shown) < len(known) and forms.valid - sum(shown) < below


def _forms_result(printing: Printing, forms: Forms, *, withheld: bool) -> FormsResult:
    """Of a total that tells too much only the issued forms are left."""
    if withheld:
        return FormsResult(forms.issued, None, None, None, None, withheld=True)
    return FormsResult(
        issued=forms.issued,
        returned=forms.returned,
        valid=forms.valid,
        return_rate=_rate(printing, forms.returned, forms.issued),
        valid_rate=_rate(printing, forms.valid, forms.returned),
    )


def _rate(printing: Printing, part: int | None, whole: int | None) -> Decimal | None:
    return None if part is None or not whole else printing.value(HUNDRED * Fraction(part, whole), "percent")
