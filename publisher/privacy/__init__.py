"""Personal data in a text -> where it stands and of which kind. Nothing is changed, nothing is read from disk.

A form that its author has masked, such as 138****0000 or a surname with a title, is no finding.
"""

import re

from publisher.privacy.finding import KINDS, Finding, Kind, all_masked, apart, masked
from publisher.privacy.folding import comparable, folded
from publisher.privacy.homes import HOME_SIGNS, homes
from publisher.privacy.keyed import AT_SIGNS, PROVINCES, customer_numbers, emails, messengers, plates
from publisher.privacy.near import NUMBER_SIGNS, ids_near_words, numbers_near_words
from publisher.privacy.numbers import (
    MISTYPED_SIGNS,
    SPOKEN_FIRST,
    bank_cards,
    identity_numbers,
    landlines,
    mistyped_mobiles,
    mobiles,
    spoken_mobiles,
    without_credit_codes,
)
from publisher.privacy.people import names, names_for_posts
from publisher.privacy.tables import under_headings
from publisher.privacy.transliterated import transliterated

_DIGIT = re.compile("[0-9]")
__all__ = ["KINDS", "Finding", "Kind", "all_masked", "comparable", "find", "masked"]
_FINDERS = (
    (7, None, identity_numbers),
    (15, None, bank_cards),
    (2, None, customer_numbers),
    (11, None, mobiles),
    (5, MISTYPED_SIGNS, mistyped_mobiles),
    (0, SPOKEN_FIRST, spoken_mobiles),
    (7, None, landlines),
    (0, AT_SIGNS, emails),
    (0, None, messengers),
    (0, PROVINCES, plates),
    (0, HOME_SIGNS, homes),
    (0, None, names),
    (0, None, transliterated),
    (6, NUMBER_SIGNS, numbers_near_words),
    (0, None, ids_near_words),
)
"""Each with how many digits, and with one of which signs, a text must have: most texts need no closer look."""
_BY_HEADING = (customer_numbers, landlines, messengers, homes, names)


def find(text: str, *, post: bool = False) -> list[Finding]:
    """All findings in order, none overlapping another; `post`: the text should name a post, role or area only."""
    plain = without_credit_codes(folded(text))
    digits = len(_DIGIT.findall(plain))
    found = [
        one
        for least, needed, finder in _FINDERS
        if digits >= least and (needed is None or needed.search(plain))
        for one in finder(plain)
    ]
    if "|" in plain:
        found += under_headings(plain, _BY_HEADING)
    if post:
        found += names_for_posts(plain)
    return apart(found)
