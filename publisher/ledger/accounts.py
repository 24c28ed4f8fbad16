"""What the lives of items add up to: for a company, a meeting or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from publisher.ledger.life import Life, Outcome, Standing
from publisher.model.figures import Figure, State
from publisher.model.records import Company
from publisher.model.settings import Rounding
from publisher.rounding import rounded


@dataclass(frozen=True)
class Account:
    """How many items stand where, how fast they were answered, how many promises were kept."""

    company: Company | None
    raised: int
    answered: int
    unanswered: int
    answered_late: int
    """Answered after the limit of the site's rule."""
    promised: int
    """Not yet due, those due soon included."""
    due_soon: int
    overdue: int
    broken: int
    disputed: int
    no_promise: int
    """Answered, and nothing was promised."""
    reopened: int
    done: int
    """The company says done, and no more."""
    checked: int
    confirmed: int
    kept: int
    kept_late: int
    answer_rate: Figure
    """Answered / raised, in percent."""
    keep_rate: Figure
    """Kept / promises that are kept, kept late, overdue or broken, in percent."""
    median_days: Figure
    """Calendar days from question to answer, over what was answered."""

    @property
    def past_due(self) -> int:
        """Promises whose date is over, undone: overdue or broken."""
        return self.overdue + self.broken

    @property
    def verified(self) -> int:
        """Checked by the bureau or confirmed by residents."""
        return self.checked + self.confirmed


def account(lives: Sequence[Life], rounding: Rounding, company: Company | None = None) -> Account:
    """The account of the lives given; `company` is only carried along."""
    standings = [life.standing for life in lives]
    outcomes = [life.outcome for life in lives]
    count, fate = standings.count, outcomes.count
    answered = [life for life in lives if life.answered_on]
    settled = sum(fate(one) for one in (Outcome.KEPT, Outcome.KEPT_LATE, Outcome.OVERDUE, Outcome.BROKEN))
    return Account(
        company=company,
        raised=len(standings),
        answered=len(answered),
        unanswered=count(Standing.UNANSWERED),
        answered_late=sum(life.answered_late for life in answered),
        promised=count(Standing.PROMISED) + count(Standing.DUE_SOON),
        due_soon=count(Standing.DUE_SOON),
        overdue=count(Standing.OVERDUE),
        broken=count(Standing.BROKEN),
        disputed=count(Standing.DISPUTED),
        no_promise=count(Standing.ANSWERED),
        reopened=count(Standing.REOPENED),
        done=count(Standing.DONE),
        checked=count(Standing.CHECKED),
        confirmed=count(Standing.CONFIRMED),
        kept=fate(Outcome.KEPT),
        kept_late=fate(Outcome.KEPT_LATE),
        answer_rate=_rate(len(answered), len(lives), rounding),
        keep_rate=_rate(fate(Outcome.KEPT), settled, rounding),
        median_days=_median([life.waiting_days for life in answered]),
    )


def _rate(numerator: int, base: int, rounding: Rounding) -> Figure:
    """Nothing due is no rate: neither 0 % nor 100 %."""
    if not base:
        return Figure(State.NOTHING_DUE, "percent", base=0)
    exact = Fraction(100 * numerator, base)
    return Figure(State.VALUE, "percent", exact, rounded(exact, rounding.rate_decimals, rounding.rule), base)


def _median(days: Sequence[int]) -> Figure:
    """Of an even number of days the mean of the middle two, so it may end in a half."""
    if not days:
        return Figure(State.NOTHING_DUE, "count", base=0)
    in_order, middle = sorted(days), len(days) // 2
    exact = Fraction(in_order[middle] + in_order[-1 - middle], 2)
    return Figure(State.VALUE, "count", exact, rounded(exact, exact.denominator - 1, "half_even"), len(days))
