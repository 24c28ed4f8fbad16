"""Rules for companies and for each `round.yaml`."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from publisher.check.context import Context, repeated
from publisher.identifiers import is_credit_code
from publisher.model.records import Forms, Round
from publisher.problems import Place, Problem, problem, warning


def _rounds(context: Context) -> Iterator[Round]:
    yield from context.bureau.rounds.values()


def schemes_are_known(context: Context) -> Iterator[Problem]:
    for round_ in _rounds(context):
        yield from context.unknown("scheme", round_.scheme, context.bureau.schemes, round_.origin.place("scheme"))


def periods_run_forward(context: Context) -> Iterator[Problem]:
    for round_ in _rounds(context):
        if round_.period.start > round_.period.end:
            yield problem("ends-before-start", round_.origin.place("period", "end"), round_.period.end)
        windows = [(("fieldwork",), round_.fieldwork)]
        windows += [((("channels", n, "fieldwork")), one.fieldwork) for n, one in enumerate(round_.channels)]  # type: ignore[misc]
        for loc, window in windows:
            if window and _moment(window.start) > _moment(window.end, late=True):
                yield problem(
                    "ends-before-start", round_.origin.place(*loc, "end"), str(window.end).removesuffix(":00")
                )


def _moment(value: date | datetime, *, late: bool = False) -> datetime:
    """A day begins at midnight and ends a moment before the next; zones are left out of the comparison."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.combine(value, datetime.max.time() if late else datetime.min.time())


def forms_do_not_grow(context: Context) -> Iterator[Problem]:
    """Issued >= returned >= valid."""
    for round_ in _rounds(context):
        yield from _forms(round_, ("forms",), round_.forms)
        for number, one in enumerate(round_.channels):
            yield from _forms(round_, ("channels", number, "forms"), one.forms)
        for number, work in enumerate(round_.companies):
            yield from _forms(round_, ("companies", number, "forms"), work.forms)


def _forms(round_: Round, loc: tuple[str | int, ...], forms: Forms | None) -> Iterator[Problem]:
    if forms is None:
        return
    steps = [(name, getattr(forms, name)) for name in ("issued", "returned", "valid")]
    given = [(name, count) for name, count in steps if count is not None]
    for (_, before), (name, count) in pairwise(given):
        if count > before:
            yield problem("forms-grow", round_.origin.place(*loc, name), count, before=before)


def channels_are_known(context: Context) -> Iterator[Problem]:
    for round_ in _rounds(context):
        scheme = context.bureau.schemes.get(round_.scheme)
        if scheme:
            for number, one in enumerate(round_.channels):
                where = round_.origin.place("channels", number, "channel")
                yield from context.unknown("channel", one.channel, [c.id for c in scheme.channels], where)


def companies_exist(context: Context) -> Iterator[Problem]:
    """A folder that has just begun may be without."""
    if not context.bureau.companies and not context.lacks("company"):
        begun = context.bureau.rounds or context.bureau.meetings or context.bureau.notices
        yield (problem if begun else warning)("no-companies", Place("content/companies.csv"))


def credit_codes_check(context: Context) -> Iterator[Problem]:
    """GB 32100-2015: the last sign is a check digit, so a mistyped code is seen."""
    for company in context.bureau.companies.values():
        if company.uscc and not is_credit_code(company.uscc):
            yield problem("credit-code", company.origin.place("uscc"), company.uscc)


def company_names_differ(context: Context) -> Iterator[Problem]:
    yield from repeated(context.bureau.companies.values(), "name", "company-name-again")


def companies_run_forward(context: Context) -> Iterator[Problem]:
    for company in context.bureau.companies.values():
        if company.since and company.until and company.since > company.until:
            yield problem("ends-before-start", company.origin.place("until"), company.until)


def milestones_are_known(context: Context) -> Iterator[Problem]:
    """A milestone of the scheme, reached by companies with scores in the round."""
    for round_ in _rounds(context):
        scheme = context.bureau.schemes.get(round_.scheme)
        scored = context.scored.get(round_.id, frozenset())
        unread = ("scores", round_.id) in context.broken or not scored
        for number, one in enumerate(round_.milestones):
            if scheme:
                where = round_.origin.place("milestones", number, "milestone")
                yield from context.unknown("milestone", one.milestone, [m.id for m in scheme.milestones], where)
            for place, company in enumerate(one.companies):
                where = round_.origin.place("milestones", number, "companies", place)
                yield from context.unknown("company", company, context.bureau.companies, where)
                if company in context.bureau.companies and company not in scored and not unread:
                    yield problem("milestone-without-result", where, company)


ROUND_RULES = (
    schemes_are_known,
    periods_run_forward,
    forms_do_not_grow,
    channels_are_known,
    milestones_are_known,
    companies_exist,
    credit_codes_check,
    company_names_differ,
    companies_run_forward,
)
