"""Which words of a page are others than in an older copy of it. Neither page is trusted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from publisher.diff.pages import changed_texts, only_figures, texts
from publisher.verify.copy import MOST_OF_A_PAGE, Copy
from publisher.verify.findings import Finding, told
from publisher.verify.tables import as_of
from publisher.words import LANGUAGES, words_of

MOST_PAGES = 200
"""Of which the words are compared; a site has some dozen scorecards a round."""
MOST_WORK = 50_000_000
"""Steps, on all pages together: two pages take about their blocks times the pairs of equal ones."""
FEW_PAGES, FEW_WORDS = 20, 3
"""So many are named, and of each so many passages; of the others there is a count."""
_LANGUAGE = re.compile(rb'<html lang="([A-Za-z-]{2,10})">')

Texts = list[str]


def reworded(older: Copy, newer: Copy, pages: Sequence[str]) -> Iterator[Finding]:
    """Told and no fault: replies, answers and a later day are on such pages too. Figures come first."""
    named, left, rest, unread = 0, MOST_WORK, [], []
    for number, path in enumerate(pages):
        blocks = _blocks(older, newer, path) if number < MOST_PAGES and named < FEW_PAGES else None
        left -= _work(*blocks) if blocks else 0
        pairs = _pairs(*blocks) if blocks and left >= 0 else None
        if pairs:
            named += 1
            yield told("older-words", path, count=len(pairs))
            for old, new in pairs[:FEW_WORDS]:
                yield told("older-word", path, old=old, new=new)
        elif pairs is None:
            unread.append(path)
        else:
            rest.append(path)
    if rest:
        yield told("older-pages-alike", rest[0], count=len(rest))
    if unread:
        yield told("older-pages", unread[0], count=len(unread))


def _blocks(older: Copy, newer: Copy, path: str) -> tuple[Texts, Texts] | None:
    """What is read in both, without what they begin and end with alike; none if a page is too large."""
    data = [_read(copy, path) for copy in (older, newer)]
    if None in data:
        return None
    before, after = (texts(one or b"") for one in data)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return before[start : len(before) - end], after[start : len(after) - end]


def _alike(first: Texts, second: Texts) -> int:
    """How many blocks both begin with."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(first), len(second)))


def _work(before: Texts, after: Texts) -> int:
    there = Counter(after)
    return (1 + sum(there[one] for one in before)) * max(len(before), len(after))


def _pairs(before: Texts, after: Texts) -> list[tuple[str, str]]:
    """(old, new) of what differs."""
    return sorted(changed_texts(before, after, numbers=True), key=lambda one: not only_figures(*one))


def _read(copy: Copy, path: str) -> bytes | None:
    """Without the line that tells the day of the ledger."""
    data = copy.read(path) or b""
    if len(data) > MOST_OF_A_PAGE:
        return None
    match, day = _LANGUAGE.search(data[:1000]), as_of(copy)
    if match is None or day is None or (language := match[1].decode()) not in LANGUAGES:
        return data
    words = words_of(language)
    return data.replace(words("as-of", day=words.day(day)).encode(), b"")
