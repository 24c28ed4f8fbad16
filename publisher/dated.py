"""The line of a page that says of which day the site speaks: the one thing of most pages that a new day changes."""

from datetime import date

from markupsafe import escape

from publisher.words import Words

_BEFORE = b" data-day>"
"""Stands before the line, and nowhere else: no text of anybody comes to a page with this in it."""


def is_dated(page: bytes) -> bool:
    return _BEFORE in page


def redated(words: Words, old: date, day: date, page: bytes) -> bytes:
    """A page of the theme as it would be on another day if nothing else of it differs."""
    was, now = (_BEFORE + escape(words("as-of", day=words.day(one))).encode() + b"<" for one in (old, day))
    return page.replace(was, now)
