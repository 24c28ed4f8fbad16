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
        own = [one.population for one in self.round.companies if one.company == self.company]
        if not self.alone:
            return own[0] if own else None
        channel = [one.population for one in self.round.channels if one.channel == source]
        return next((one for one in [*channel, *own, self.round.population] if one is not None), None)


def forms_results(
    printing: Printing, scheme: Scheme, round_: Round, scores: Sequence[Score]
) -> tuple[FormsResult | None, Mapping[str, FormsResult], Mapping[str, FormsResult]]:
    """The forms of the round, of its channels and of its companies, as they may be shown."""
    sampled = _sampled(scheme)
    stated = {one.company: one.forms.valid for one in round_.companies if one.forms}
    below = printing.site.thresholds.suppress_below

    def shown(forms: Forms, rows: Iterable[Score], answers: Mapping[str, int]) -> FormsResult:
        return _forms_result(printing, forms, _hidden_rest(forms, {**_most_answers(sampled, rows), **answers}, below))

    whole = [one for one in scores if one.channel is None]
    return (
        shown(round_.forms, whole, stated) if round_.forms else None,
        {
            one.channel: shown(one.forms, [row for row in scores if row.channel == one.channel], {})
            for one in round_.channels
            if one.forms
        },
        {
            one.company: _forms_result(printing, one.forms, one.forms.valid if one.forms.valid < below else None)
            for one in round_.companies
            if one.forms
        },
    )


def _sampled(scheme: Scheme) -> Mapping[tuple[str, str | None], Indicator]:
    """By indicator and channel, what people were asked; registers have no forms."""
    alone = {(one.id, None): one for one in scheme.indicators if one.basis != "register"}
    channels = [channel.id for channel in scheme.channels if channel.basis != "register"]
    return alone | {(one.id, channel): one for one in scheme.indicators for channel in channels}


def _most_answers(sampled: Mapping[tuple[str, str | None], Indicator], rows: Iterable[Score]) -> dict[str, int]:
    """How many forms of each company at least there were: the most answers to any of its questions."""
    found: dict[str, int] = {}
    for row in rows:
        indicator = sampled.get((row.indicator, row.channel))
        n = row.n if row.n is not None or indicator is None else counted_n(indicator, row)
        if indicator is not None and n is not None:
            found[row.company] = max(found.get(row.company, 0), n)
    return found


def _hidden_rest(forms: Forms, answers: Mapping[str, int], below: int) -> int | None:
    """What the known companies leave of the total for those with too few answers, if that would tell how few."""
    if all(n >= below for n in answers.values()):
        return None
    rest = forms.valid - sum(n for n in answers.values() if n >= below)
    return rest if rest < below else None


def _forms_result(printing: Printing, forms: Forms, hidden: int | None) -> FormsResult:
    """Of a total that tells too much only the issued forms are left."""
    if hidden is not None:
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
