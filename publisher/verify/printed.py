"""Dates of publication as pages, tables and feeds print them, against what was sealed of them last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from publisher import addresses, datasets
from publisher.model.editions import RECORD
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import moment_of, rows_of
from publisher.words import LANGUAGES, words_of

ROUNDS = addresses.data(datasets.ROUNDS.name)
_PAGE = re.compile(
    r"(rounds)/([a-z0-9_-]+)/[a-z0-9_-]+(?:\.v([0-9]{1,6}))?\.html|(notices|meetings)/([a-z0-9_-]+)(?:\.v([0-9]{1,6}))?\.html"
)
_PUB_DATE = re.compile(r'<meta name="PubDate" content="([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})">')
_NOT_LISTED = '<meta name="robots" content="noindex">'
_LANGUAGE = re.compile(r'<html lang="([A-Za-z-]{2,10})">')
_META = re.compile(r'<p class="meta">(.*?)</p>')
_ENTRY = re.compile(
    r"<id>https?://[^<]*?/((?:rounds|notices|meetings)/[^<]*)</id>\s*<title>[^<]*</title>\s*<(?:published|updated)>([^<]*)<"
)
"""Feeds say when a page came out before they say when it was corrected; earlier ones said the one alone."""
_URL = re.compile(r"<loc>https?://[^<]*?/((?:rounds|notices|meetings)/[^<]*)</loc>\s*<lastmod>([^<]*)<")
_FEED = re.compile(r"feed\.xml|companies/[a-z0-9_-]+\.xml")
_CHINA = timedelta(hours=8)
_OTHER_OFFSET = timedelta(hours=1)
"""Summer time may have begun between a release and its seal."""


@dataclass(frozen=True)
class _Date:
    """A moment in the bureau's own time, and the edition that has it."""

    moment: datetime
    kept: Kept


def printed(copy: Copy, editions: Editions) -> Iterator[Finding]:
    for path in copy.files():
        date = _sealed(editions, addresses.unspoken(path, LANGUAGES)) if path.endswith(".html") else None
        if date:
            text = (copy.read(path) or b"").decode("utf-8", "replace")
            for shown in sorted(_contradicting(text, path, date)):
                yield finding("printed", path, printed=shown, sealed=date.moment)
    for row in rows_of(copy, ROUNDS):
        kept = editions.last.get(row.get("round", "")) if row.get("record") == "round" else None
        moment = _release(kept) if kept else None
        if moment and row.get("published_at") != f"{moment:%Y-%m-%d %H:%M}":
            yield finding("printed", ROUNDS, printed=row.get("published_at", ""), sealed=moment)
    yield from _listed(copy, editions, addresses.SITE_MAP, _URL)
    for path in copy.files():
        if _FEED.fullmatch(addresses.unspoken(path, LANGUAGES)):
            yield from _listed(copy, editions, path, _ENTRY)


def _contradicting(text: str, path: str, date: _Date) -> set[str]:
    """What a page says of its publication other than it was sealed; a page need not say it everywhere."""
    moment = date.moment
    head = _PUB_DATE.search(text[:20_000])
    found = {head[1]} if head and not _is_tagged(head[1], date) else set()
    language = _LANGUAGE.search(text[:1000])
    if language is None or language[1] not in LANGUAGES:
        return found
    words = words_of(language[1])
    said, day = words.moment(moment), words.day(moment)
    before, _, _ = words("published", moment="\0").partition("\0")
    for line in _META.findall(text):
        found |= _other(line, before, said)
    found |= _other(text, f"<dt>{words('notice.published')}</dt><dd>", said)
    before, _, _ = words("cite.published", day="\0").partition("\0")
    return found | _other(text, f"/{path}{before}", day)


def printed_on(copy: Copy, path: str) -> str | None:
    """The moment of publication that a page gives to programs; empty if it gives none, None if it was withdrawn."""
    text = (copy.read(path) or b"")[:20_000].decode("utf-8", "replace")
    head = _PUB_DATE.search(text)
    if head is None and _NOT_LISTED in text:
        return None
    return head[1] if head else ""


def _is_tagged(shown: str, date: _Date) -> bool:
    """Tags state the time of China; those of earlier publishers the bureau's own, which mostly is the same."""
    if shown == f"{date.moment:%Y-%m-%d %H:%M}" or date.kept.entry.at.utcoffset() == _CHINA:
        return shown == f"{date.moment:%Y-%m-%d %H:%M}"
    return _fits(f"{shown.replace(' ', 'T')}+08:00", date)


def _other(text: str, before: str, meant: str) -> set[str]:
    """What stands behind `before` where something else than `meant` does."""
    _, found, rest = text.partition(before)
    return {rest[: len(meant)].partition("<")[0]} if found and not rest.startswith(meant) else set()


def _listed(copy: Copy, editions: Editions, path: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Addresses with their dates; in the feed the moment is that of Greenwich."""
    for address, shown in pattern.findall((copy.read(path) or b"").decode("utf-8", "replace")):
        date = _sealed(editions, address)
        if date and not _fits(shown, date):
            yield finding("printed", path, printed=shown, sealed=date.moment)


def _fits(shown: str, date: _Date) -> bool:
    if "T" not in shown:
        return shown == f"{date.moment:%Y-%m-%d}"
    try:
        meant = date.moment.replace(tzinfo=date.kept.entry.at.tzinfo).astimezone(UTC)
        return abs(datetime.fromisoformat(shown).astimezone(UTC) - meant) <= _OTHER_OFFSET
    except (ValueError, OverflowError):
        return False


def _sealed(editions: Editions, path: str) -> _Date | None:
    """When a page came out, by what was sealed of it: last, or as the edition that it shows."""
    match = _PAGE.fullmatch(path)
    if match is None:
        return None
    if match[1]:
        kept = editions.numbered(match[2], int(match[3])) if match[3] else editions.last.get(match[2])
        return _dated(_release(kept), kept) if kept else None
    kind = match[4].removesuffix("s")
    known = list(editions.last.values())
    if match[6]:
        known = [one for one in editions.kept if one.entry.edition == int(match[6]) and one.subject != RECORD]
    held = [kept for kept in known if match[5] in kept.facts.get(kind, {})]
    if len(held) != 1 or (kind == "meeting" and held[0].subject != RECORD):
        return None
    return _dated(moment_of(held[0].facts[kind][match[5]].get("published_at")), held[0])


def _dated(moment: datetime | None, kept: Kept) -> _Date | None:
    return _Date(moment, kept) if moment else None


def _release(kept: Kept) -> datetime | None:
    """Of a round: its own time, else that of the notice with its results."""
    own = moment_of(kept.facts.get("round", {}).get(kept.subject, {}).get("release_at"))
    notices = kept.facts.get("notice", {}).values()
    return own or next(
        (moment_of(one.get("published_at")) for one in notices if one.get("round") == kept.subject), None
    )
