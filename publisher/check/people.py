"""Rules for what people write: statements, meetings, items, events, notices, corrections, pages."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from publisher.addresses import RESERVED_ARTICLES
from publisher.check.context import Context, repeated
from publisher.check.dates import is_likely
from publisher.model.records import Article, Event, Notice
from publisher.problems import Problem, problem
from publisher.released import in_zone


def statements_answer_a_result(context: Context) -> Iterator[Problem]:
    """A statement's folder is a round, and its file a company with scores in that round."""
    bureau = context.bureau
    for one in bureau.statements:
        where = one.origin.where
        yield from context.unknown("round", one.round, bureau.rounds, where)
        yield from context.unknown("company", one.company, bureau.companies, where)
        scored = {score.company for score in bureau.scores.get(one.round, ())}
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
                where = one.origin.place("replies", number, "indicator")
                yield from context.unknown("indicator", reply.indicator, known, where)


def meetings_name_companies(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.meetings.values():
        for number, company in enumerate(one.companies):
            where = one.origin.place("companies", number)
            yield from context.unknown("company", company, bureau.companies, where)
        if one.round is not None:
            yield from context.unknown("round", one.round, bureau.rounds, one.origin.place("round"))
        if one.ended_on and one.ended_on < one.held_on:
            yield problem("ends-before-start", one.origin.place("ended_on"), one.ended_on)


def items_differ(context: Context) -> Iterator[Problem]:
    yield from repeated(context.bureau.items, "id", "duplicate-id-row")


def items_belong_somewhere(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for item in bureau.items:
        place = item.origin.place
        yield from context.unknown("meeting", item.meeting, bureau.meetings, place("meeting"))
        yield from context.unknown("company", item.company, bureau.companies, place("company"))
        meeting = bureau.meetings.get(item.meeting)
        if meeting and item.company in bureau.companies and item.company not in meeting.companies:
            yield problem("company-not-at-meeting", place("company"), item.company, meeting=meeting.id)
        if item.indicator is not None and not context.lacks("scheme"):
            known = {one.id for scheme in bureau.schemes.values() for one in scheme.indicators}
            yield from context.unknown("indicator", item.indicator, known, place("indicator"))


def answers_are_whole(context: Context) -> Iterator[Problem]:
    """An answer has its text, its date and who gave it; a promise has a date and an owner."""
    for item in context.bureau.items:
        for given, other, code in (
            ("answer", "answered_on", "answer-incomplete"),
            ("answered_on", "answer", "answer-incomplete"),
            ("answer", "answered_by", "answer-incomplete"),
            ("promise", "answer", "promise-incomplete"),
            ("promise", "due_on", "promise-incomplete"),
            ("promise", "owner", "promise-incomplete"),
            ("due_on", "promise", "promise-incomplete"),
        ):
            if getattr(item, given) is not None and getattr(item, other) is None:
                details = {"given": f"field.items.{given}", "missing": f"field.items.{other}"}
                yield problem(code, item.origin.place(other), item.id, **details)


def item_dates_run_forward(context: Context) -> Iterator[Problem]:
    for item in context.bureau.items:
        for name in ("answered_on", "due_on"):
            day = getattr(item, name)
            if day is not None and day < item.raised_on:
                yield problem("before-raised", item.origin.place(name), day, raised=item.raised_on)


def events_belong_to_items(context: Context) -> Iterator[Problem]:
    items = {item.id: item for item in context.bureau.items}
    for event in context.bureau.events:
        yield from context.unknown("item", event.item, items, event.origin.place("item"))
        item = items.get(event.item)
        if item and event.date < item.raised_on:
            yield problem("before-raised", event.origin.place("date"), event.date, raised=item.raised_on)


def moves_say_why(context: Context) -> Iterator[Problem]:
    """A moved date keeps its reason; only a move has a new date."""
    for event in context.bureau.events:
        if event.kind == "moved":
            yield from _move(event, {item.id: item.due_on for item in context.bureau.items})
        elif event.new_due is not None:
            yield problem("new-due-without-move", event.origin.place("new_due"), event.new_due)


def _move(event: Event, due: dict[str, object]) -> Iterator[Problem]:
    for name in ("new_due", "reason"):
        if getattr(event, name) is None:
            yield problem("move-incomplete", event.origin.place(name), event.item, missing=f"field.events.{name}")
    if event.item in due and due[event.item] is None:
        yield problem("move-without-promise", event.origin.place("item"), event.item)


def notices_name_rounds(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.notices:
        if one.kind == "results" and one.round is None:
            yield problem("notice-without-round", one.origin.place("kind"), one.id)
        if one.round is not None:
            yield from context.unknown("round", one.round, bureau.rounds, one.origin.place("round"))
        for number, company in enumerate(one.companies):
            where = one.origin.place("companies", number)
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
    """A statement without a word, or a page or notice without text, is an unfinished file."""
    bureau = context.bureau
    for statement in bureau.statements:
        if not (statement.body or statement.replies or statement.measures):
            yield problem("no-body", statement.origin.where)
    texts: tuple[Notice | Article, ...] = (*bureau.notices, *bureau.articles)
    for text in texts:
        if not text.body:
            yield problem("no-body", text.origin.where)


def one_notice_for_a_round(context: Context) -> Iterator[Problem]:
    results = [one for one in context.bureau.notices if one.kind == "results" and one.round]
    count = Counter(one.round for one in results)
    seen: set[str | None] = set()
    for one in results:
        if count[one.round] > 1 and one.round in seen:
            yield problem("second-results-notice", one.origin.place("round"), one.round)
        seen.add(one.round)


def corrections_name_rounds(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    for one in bureau.corrections:
        yield from context.unknown("round", one.round, bureau.rounds, one.origin.place("round"))
        for number, company in enumerate(one.companies):
            where = one.origin.place("companies", number)
            yield from context.unknown("company", company, bureau.companies, where)


def pages_leave_addresses_free(context: Context) -> Iterator[Problem]:
    """A page of the bureau may not take an address that the site has already."""
    for article in context.bureau.articles:
        if article.id in RESERVED_ARTICLES:
            yield problem("address-taken", article.origin.where, article.id)


PEOPLE_RULES = (
    statements_answer_a_result,
    replies_name_indicators,
    meetings_name_companies,
    items_differ,
    items_belong_somewhere,
    answers_are_whole,
    item_dates_run_forward,
    events_belong_to_items,
    moves_say_why,
    notices_name_rounds,
    notices_wait_for_the_release,
    something_is_written,
    one_notice_for_a_round,
    corrections_name_rounds,
    pages_leave_addresses_free,
)
