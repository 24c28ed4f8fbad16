"""Rules for what people write: statements, responses, meetings, notices, corrections, pages."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from publisher.addresses import RESERVED_ARTICLES, RESERVED_ROUNDS
from publisher.check.context import Context, repeated
from publisher.check.dates import is_likely
from publisher.model.editions import RECORD
from publisher.model.records import Article, Notice
from publisher.moments import in_zone
from publisher.problems import Problem, problem


def statements_answer_a_result(context: Context) -> Iterator[Problem]:
    """A statement's folder is a round, and its file a company with scores in that round."""
    bureau = context.bureau
    for one in bureau.statements:
        where = one.origin.where
        yield from context.unknown("round", one.round, bureau.rounds, where)
        yield from context.unknown("company", one.company, bureau.companies, where)
        scored = context.scored.get(one.round, frozenset())
        unread = ("scores", one.round) in context.broken or not scored
        if one.round in bureau.rounds and one.company in bureau.companies and not unread and one.company not in scored:
            yield problem("statement-without-result", where, one.company, round=one.round)


def replies_name_indicators(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.statements:
        round_ = bureau.rounds.get(one.round)
        scheme = bureau.schemes.get(round_.scheme) if round_ else None
        if scheme:
            known = [indicator.id for indicator in scheme.indicators]
            for number, reply in enumerate(one.replies):
                where = partial(one.origin.place, "replies", number, "indicator")
                yield from context.unknown("indicator", reply.indicator, known, where)


def responses_answer_a_statement(context: Context) -> Iterator[Problem]:
    """The bureau responds to a statement that is there, by indicators of its round."""
    bureau = context.bureau
    stated = {(one.round, one.company) for one in bureau.statements}
    for one in bureau.responses:
        unread = ("statements", f"{one.round}/{one.company}") in context.broken
        if (one.round, one.company) not in stated and not unread:
            yield problem("response-without-statement", one.origin.where, one.company, round=one.round)
        round_ = bureau.rounds.get(one.round)
        scheme = bureau.schemes.get(round_.scheme) if round_ else None
        known = [indicator.id for indicator in scheme.indicators] if scheme else []
        for number, point in enumerate(one.points):
            where = partial(one.origin.place, "points", number, "indicator")
            if scheme and point.indicator is not None:
                yield from context.unknown("indicator", point.indicator, known, where)
            if point.before is not None and point.indicator is None:
                yield problem("before-without-indicator", one.origin.place("points", number, "before"), point.about)


def declined_statements_have_no_text(context: Context) -> Iterator[Problem]:
    """Who declines to reply does not reply; a reason may stand in the body. Who does not says something."""
    for one in context.bureau.statements:
        if one.declined and (one.replies or one.measures):
            yield problem("declined-with-replies", one.origin.place("declined"), one.company)
        if not (one.declined or one.body.strip() or one.replies or one.measures):
            yield problem("empty-statement", one.origin.where, one.company)


def meetings_name_companies(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.meetings.values():
        for number, company in enumerate(one.companies):
            where = partial(one.origin.place, "companies", number)
            yield from context.unknown("company", company, bureau.companies, where)
        if one.round is not None:
            yield from context.unknown("round", one.round, bureau.rounds, partial(one.origin.place, "round"))
        if one.ended_on and one.ended_on < one.held_on:
            yield problem("ends-before-start", one.origin.place("ended_on"), one.ended_on)


def notices_name_rounds(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.notices:
        if one.kind == "results" and one.round is None:
            yield problem("notice-without-round", one.origin.place("kind"), one.id)
        if one.round is not None:
            yield from context.unknown("round", one.round, bureau.rounds, partial(one.origin.place, "round"))
        for number, company in enumerate(one.companies):
            where = partial(one.origin.place, "companies", number)
            yield from context.unknown("company", company, bureau.companies, where)
        if one.published_at.date() < one.issued_on:
            yield problem("published-before-issued", one.origin.place("published_at"), one.published_at.date())


def notices_wait_for_the_release(context: Context) -> Iterator[Problem]:
    """A notice of results is not published before the moment its round may be seen."""
    bureau = context.bureau
    for one in bureau.notices:
        round_ = bureau.rounds.get(one.round or "")
        release = round_.release_at if round_ else None
        if release is None or not (is_likely(release) and is_likely(one.published_at)):
            continue
        if in_zone(one.published_at, bureau.site.zone) < in_zone(release, bureau.site.zone):
            place = one.origin.place("published_at")
            yield problem("published-before-release", place, _shown(one.published_at), release=_shown(release))


def _shown(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def something_is_written(context: Context) -> Iterator[Problem]:
    """A page or notice without text is an unfinished file."""
    bureau = context.bureau
    texts: tuple[Notice | Article, ...] = (*bureau.notices, *bureau.articles)
    for text in texts:
        if not text.body:
            yield problem("no-body", text.origin.where)


def document_numbers_differ(context: Context) -> Iterator[Problem]:
    numbered = [one for one in context.bureau.notices if one.document_number]
    yield from repeated(numbered, "document_number", "document-number-again")


def one_notice_for_a_round(context: Context) -> Iterator[Problem]:
    results = [one for one in context.bureau.notices if one.kind == "results" and one.round]
    yield from repeated(results, "round", "second-results-notice")


def corrections_name_rounds(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.corrections:
        yield from context.unknown("round", one.round, [*bureau.rounds, RECORD], partial(one.origin.place, "round"))
        for number, company in enumerate(one.companies):
            where = partial(one.origin.place, "companies", number)
            yield from context.unknown("company", company, bureau.companies, where)


def pages_leave_addresses_free(context: Context) -> Iterator[Problem]:
    """No page of the bureau and no round may take an address that the site has already."""
    for article in context.bureau.articles:
        if article.id in RESERVED_ARTICLES:
            yield problem("address-taken", article.origin.where, article.id)
    for round_ in context.bureau.rounds.values():
        if round_.id in RESERVED_ROUNDS:
            yield problem("round-id-taken", round_.origin.where, round_.id)


PEOPLE_RULES = (
    statements_answer_a_result,
    replies_name_indicators,
    responses_answer_a_statement,
    declined_statements_have_no_text,
    meetings_name_companies,
    notices_name_rounds,
    notices_wait_for_the_release,
    something_is_written,
    document_numbers_differ,
    one_notice_for_a_round,
    corrections_name_rounds,
    pages_leave_addresses_free,
)
