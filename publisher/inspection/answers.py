"""Whether residents can ask, and whether they are answered."""

from datetime import date

from publisher import addresses
from publisher.inspection.built import Built
from publisher.inspection.days import months_before
from publisher.inspection.finding import Finding, Verdict
from publisher.inspection.limits import ANSWER_MONTHS, ANSWER_YEARS
from publisher.ledger import Life

_MONTHS_OF_A_YEAR = 12


def questions_can_be_asked(built: Built) -> Finding:
    """A number to call or an address to write to, in the footer of the home page."""
    links = built.seen[addresses.HOME].footer_links
    ways = [link for link in links if link.startswith(("tel:", "mailto:"))]
    return Finding("channel", "pass" if ways else "veto", {"ways": len(ways)}, (addresses.HOME,))


def questions_are_answered(built: Built) -> Finding:
    """None of the last year waits for longer than three months; an older one that still waits costs points."""
    as_of, lives = built.publication.as_of, built.publication.lives
    waiting = sorted((one for one in lives if _waits(one, as_of)), key=lambda one: one.item.raised_on)
    since = months_before(as_of, _MONTHS_OF_A_YEAR * ANSWER_YEARS)
    recent = [one for one in waiting if one.item.raised_on >= since]
    verdict: Verdict = "veto" if recent else "deduct" if waiting else "pass" if lives else "none"
    seen = {"late": len(waiting), "all": len(lives), "limit": ANSWER_MONTHS}
    return Finding("answers", verdict, seen, tuple(addresses.question(one.item) for one in waiting))


def _waits(life: Life, as_of: date) -> bool:
    return life.answered_on is None and life.item.raised_on < months_before(as_of, ANSWER_MONTHS)
