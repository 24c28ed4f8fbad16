"""The home page shows what is new anywhere in the site; so it is as fresh as the freshest part."""

from itertools import chain

from publisher import addresses
from publisher.inspection.built import Built
from publisher.inspection.days import latest, meeting_days, notice_days, round_days
from publisher.inspection.finding import Finding, Verdict
from publisher.inspection.limits import HOME_DAYS


def home_is_fresh(built: Built) -> Finding:
    """Not longer than two weeks without anything new."""
    publication = built.publication
    days = chain(notice_days(publication), round_days(publication), meeting_days(publication))
    last = latest(days, publication.as_of)
    if last is None:
        return Finding("home", "veto", {"limit": HOME_DAYS}, (addresses.HOME,), "never")
    since = (publication.as_of - last).days
    verdict: Verdict = "pass" if since <= HOME_DAYS else "veto"
    return Finding("home", verdict, {"day": last, "days": since, "limit": HOME_DAYS}, (addresses.HOME,))
