"""Personal data in a text -> where it stands and of which kind. Nothing is changed, nothing is read from disk.

A form that its author has masked, such as 138****0000 or a surname with a title, is no finding.
"""

from publisher.privacy.finding import KINDS, Finding, Kind, all_masked, apart, masked
from publisher.privacy.folding import comparable, folded
from publisher.privacy.homes import homes
from publisher.privacy.keyed import customer_numbers, emails, messengers, plates
from publisher.privacy.numbers import bank_cards, identity_numbers, landlines, mobiles, without_credit_codes
from publisher.privacy.people import names, names_for_posts
from publisher.privacy.tables import under_headings

__all__ = ["KINDS", "Finding", "Kind", "all_masked", "comparable", "find", "masked"]
_FINDERS = (
    identity_numbers,
    bank_cards,
    customer_numbers,
    mobiles,
    landlines,
    emails,
    messengers,
    plates,
    homes,
    names,
)
_BY_HEADING = (customer_numbers, landlines, messengers, homes, names)


def find(text: str, *, post: bool = False) -> list[Finding]:
    """All findings in order, none overlapping another; `post`: the text should name a post, role or area only."""
    plain = without_credit_codes(folded(text))
    found = [one for finder in _FINDERS for one in finder(plain)]
    if "|" in plain:
        found += under_headings(plain, _BY_HEADING)
    if post:
        found += names_for_posts(plain)
    return apart(found)
