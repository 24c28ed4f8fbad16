"""Columns: whether they are kept up, and whether there is something in them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from publisher import addresses
from publisher.inspection.built import Built
from publisher.inspection.days import (
    data_days,
    latest,
    ledger_days,
    meeting_days,
    months_before,
    notice_days,
    record_days,
    release_days,
    round_days,
)
from publisher.inspection.finding import Finding, Verdict
from publisher.inspection.limits import BLANK_COLUMNS, COLUMN_MONTHS, FEW_WORDS, STALE_COLUMNS
from publisher.pages import Publication

METHODS = "methods/"
"""Has no page of its own: the pages below it are the column."""
DAYS: Mapping[str, Callable[[Publication], Iterator[date]]] = {
    addresses.NOTICES: notice_days,
    addresses.ROUNDS: round_days,
    addresses.COMPANIES: data_days,
    addresses.MEETINGS: meeting_days,
    addresses.FOLLOW_UP: ledger_days,
    METHODS: release_days,
    addresses.CORRECTIONS: record_days,
    addresses.DATA: data_days,
}
"""Every list that the navigation or the footer leads to, and by which days it is kept up."""


def notices_are_fresh(built: Built) -> Finding:
    """Not longer than six months without a notice."""
    publication = built.publication
    last = latest(notice_days(publication), publication.as_of)
    if last is None:
        return Finding("notices", "none", variant="never")
    verdict: Verdict = "deduct" if _is_stale(last, publication.as_of) else "pass"
    seen = {"day": last, "days": (publication.as_of - last).days, "limit": COLUMN_MONTHS}
    return Finding("notices", verdict, seen, (addresses.NOTICES,))


def columns_are_fresh(built: Built) -> Finding:
    """Columns that are there and had nothing new for six months; one without any date is not judged by dates."""
    as_of = built.publication.as_of
    days = {path: latest(DAYS[path](built.publication), as_of) for path in DAYS if _pages_of(built, path)}
    ages = {path: last for path, last in days.items() if last is not None}
    stale = tuple(path for path, last in ages.items() if _is_stale(last, as_of))
    seen = {"stale": len(stale), "all": len(ages), "limit": STALE_COLUMNS, "months": COLUMN_MONTHS}
    return Finding("columns", _many(len(stale), STALE_COLUMNS), seen, stale)


def columns_are_not_blank(built: Built) -> Finding:
    """Columns, and pages that the footer leads to, on which there is nothing but the heading."""
    own = {addresses.article_page(one) for one in built.publication.bureau.articles}
    columns = [path for path in (*DAYS, *sorted(own)) if _pages_of(built, path)]
    blank = tuple(path for path in columns if all(_is_blank(built, page) for page in _pages_of(built, path)))
    seen = {"blank": len(blank), "all": len(columns), "limit": BLANK_COLUMNS}
    return Finding("blank", _many(len(blank), BLANK_COLUMNS), seen, blank)


def _pages_of(built: Built, path: str) -> list[str]:
    """The page of a column; of one without a page of its own those below."""
    if path.endswith("/"):
        return [page for page in built.seen if page.startswith(path)]
    return [path] if path in built.seen else []


def _is_blank(built: Built, path: str) -> bool:
    """A list is blank without anything to list; another page without words."""
    bureau = built.publication.bureau
    nothing_to_list = {
        addresses.ROUNDS: not bureau.rounds,
        addresses.COMPANIES: not bureau.companies,
        addresses.DATA: not bureau.rounds and not bureau.items,
    }
    return nothing_to_list.get(path, len(built.seen[path].main) < FEW_WORDS)


def _is_stale(last: date, as_of: date) -> bool:
    return last < months_before(as_of, COLUMN_MONTHS)


def _many(found: int, limit: int) -> Verdict:
    return "veto" if found >= limit else "deduct" if found else "pass"
