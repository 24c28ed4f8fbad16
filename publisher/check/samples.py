"""Rules for what rounds say of their samples, and for schemes that replace one another."""

from collections import Counter
from collections.abc import Iterator

from publisher.check.context import Context
from publisher.measures import counted_n
from publisher.model.records import CompanyWork, Round
from publisher.model.scheme import Indicator
from publisher.problems import Place, Problem, problem, warning


def replaced_schemes_are_known(context: Context) -> Iterator[Problem]:
    """No scheme replaces itself by a detour, and none is replaced by two."""
    schemes = context.bureau.schemes
    heirs: dict[str, str] = {}
    for id_, scheme in schemes.items():
        before, place = scheme.replaces, scheme.origin.place("replaces")
        if before is None:
            continue
        yield from context.unknown("scheme", before, schemes, place)
        if _comes_back(context, id_):
            yield problem("replaces-itself", place, before)
        if before in heirs:
            yield problem("replaced-twice", place, before, other=heirs[before])
        heirs.setdefault(before, id_)


def _comes_back(context: Context, start: str) -> bool:
    line = [start]
    while (before := context.bureau.schemes[line[-1]].replaces) is not None and before in context.bureau.schemes:
        if before in line:
            return before == start
        line.append(before)
    return False


def replaced_schemes_are_not_used_again(context: Context) -> Iterator[Problem]:
    """After the first round by the new scheme a round by the old one is most likely a slip."""
    rounds = list(context.bureau.rounds.values())
    for scheme in context.bureau.schemes.values():
        starts = [one.period.start for one in rounds if one.scheme == scheme.id]
        for one in rounds:
            if starts and one.scheme == scheme.replaces != scheme.id and one.period.start > starts[0]:
                yield warning("scheme-was-replaced", one.origin.place("scheme"), one.scheme, new=scheme.id)


def companies_of_samples_are_known(context: Context) -> Iterator[Problem]:
    """A company whose sample is described is in the round, once."""
    for round_ in context.bureau.rounds.values():
        scored = context.scored.get(round_.id, frozenset())
        unread = ("scores", round_.id) in context.broken or not scored
        seen: set[str] = set()
        for number, one in enumerate(round_.companies):
            place = round_.origin.place("companies", number, "company")
            yield from context.unknown("company", one.company, context.bureau.companies, place)
            if one.company in context.bureau.companies and one.company not in scored and not unread:
                yield problem("sample-without-result", place, one.company)
            if one.company in seen:
                yield problem("duplicate-id", place, one.company)
            seen.add(one.company)


def populations_hold_their_samples(context: Context) -> Iterator[Problem]:
    """No sample is greater than what it was drawn from."""
    for round_ in context.bureau.rounds.values():
        answers = _most_answers(context, round_)
        for number, one in enumerate(round_.companies):
            n = max(answers.get(one.company, 0), one.forms.valid if one.forms else 0)
            yield from _population(round_.origin.place("companies", number, "population"), one.population, n)
        for number, channel in enumerate(round_.channels):
            n = channel.forms.valid if channel.forms else 0
            yield from _population(round_.origin.place("channels", number, "population"), channel.population, n)
        n = max(round_.forms.valid if round_.forms else 0, max(answers.values(), default=0))
        yield from _population(round_.origin.place("population"), round_.population, n)


def _population(place: Place, population: int | None, n: int) -> Iterator[Problem]:
    if population is not None and population < n:
        yield problem("population-too-small", place, population, n=n)


def _most_answers(context: Context, round_: Round) -> dict[str, int]:
    """Of each company the most answers to one question that is no register."""
    scheme = context.bureau.schemes.get(round_.scheme)
    asked: dict[str, Indicator] = {one.id: one for one in scheme.indicators if one.basis == "sample"} if scheme else {}
    found: Counter[str] = Counter()
    for score in context.rows(round_.id):
        indicator = asked.get(score.indicator)
        if indicator is not None and score.channel is None:
            found[score.company] = max(found[score.company], score.n or counted_n(indicator, score) or 0)
    return found


def forms_of_companies_add_up(context: Context) -> Iterator[Problem]:
    """Where the forms of every company are stated, they sum to those of the round."""
    for round_ in context.bureau.rounds.values():
        scored = context.scored.get(round_.id, frozenset())
        stated = {one.company: one for one in round_.companies if one.forms}
        if round_.forms and scored and scored <= stated.keys():
            yield from _sums(round_, list(stated.values()))


def _sums(round_: Round, works: list[CompanyWork]) -> Iterator[Problem]:
    for name in ("issued", "returned", "valid"):
        whole = getattr(round_.forms, name)
        parts = [getattr(one.forms, name) for one in works]
        if whole is not None and None not in parts and sum(parts) != whole:
            yield problem("forms-do-not-add-up", round_.origin.place("forms", name), whole, total=sum(parts))


SAMPLE_RULES = (
    replaced_schemes_are_known,
    replaced_schemes_are_not_used_again,
    companies_of_samples_are_known,
    populations_hold_their_samples,
    forms_of_companies_add_up,
)
