"""Columns: whether they are kept up, and whether there is something in them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from publisher import addresses
from publisher.inspection.built import Built
from publisher.inspection.days import latest, ledger_days, meeting_days, months_before, notice_days, round_days
from publisher.inspection.finding import Finding, Verdict
from publisher.inspection.limits import BLANK_COLUMNS, COLUMN_MONTHS, FEW_WORDS, STALE_COLUMNS
from publisher.pages import Publication

DAYS: Mapping[str, Callable[[Publication], Iterator[date]]] = {
    addresses.NOTICES: notice_days,
    addresses.ROUNDS: round_days,
    addresses.MEETINGS: meeting_days,
    addresses.FOLLOW_UP: ledger_days,
}
"""Columns that should be kept up, and by which days they are."""


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
    """Columns that are there and had nothing new for six months."""
    publication = built.publication
    there = [path for path in DAYS if path in built.seen]
    ages = {path: latest(DAYS[path](publication), publication.as_of) for path in there}
    stale = tuple(path for path, last in ages.items() if last is not None and _is_stale(last, publication.as_of))
    seen = {"stale": len(stale), "all": len(there), "limit": STALE_COLUMNS, "months": COLUMN_MONTHS}
    return Finding("columns", _many(len(stale), STALE_COLUMNS), seen, stale)


def columns_are_not_blank(built: Built) -> Finding:
    """Columns, and pages that the footer leads to, on which there is nothing but the heading."""
    own = {addresses.article_page(one) for one in built.publication.bureau.articles}
    columns = [path for path in built.seen if path in own or path in {addresses.COMPANIES, *DAYS}]
    blank = tuple(path for path in columns if _is_blank(built, path))
    seen = {"blank": len(blank), "all": len(columns), "limit": BLANK_COLUMNS}
    return Finding("blank", _many(len(blank), BLANK_COLUMNS), seen, blank)


def _is_blank(built: Built, path: str) -> bool:
    """A list of rounds or companies is blank without any of them; another page without words."""
    bureau = built.publication.bureau
    nothing_to_list = {addresses.ROUNDS: not bureau.rounds, addresses.COMPANIES: not bureau.companies}
    return nothing_to_list.get(path, len(built.seen[path].main) < FEW_WORDS)


def _is_stale(last: date, as_of: date) -> bool:
    return last < months_before(as_of, COLUMN_MONTHS)


def _many(found: int, limit: int) -> Verdict:
    return "veto" if found >= limit else "deduct" if found else "pass"
