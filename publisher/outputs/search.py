"""The index behind the search page: pairs of neighbouring signs, in files that load as scripts, also from a folder.

A text that holds `水费` is found under the pair `水费`; a longer word is where all its pairs are, and the script
looks whether they stand side by side. One sign alone is in every pair that starts with it, so that pairs are
filed by their first sign.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import pairwise
from operator import sub

from publisher import addresses
from publisher.initials import initials
from publisher.markup import html_of
from publisher.model.records import Company
from publisher.outputs.script import script
from publisher.pages import Publication
from publisher.pages.search import ENTRIES_A_FILE, index_size

KINDS = ("company", "indicator", "round", "notice", "question", "statement", "article")
"""In the order in which they are listed."""
_TAG = re.compile(r"<[^>]*>")
_WIDE = re.compile(r"[\uff01-\uff5e]")
_GAP = 0xFEE0
"""Between a full-width sign and its half-width one."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Entry:
    """What a search may find. `also` are words that find it and are not shown."""

    kind: str
    title: str
    path: str
    text: str = ""
    also: str = ""

    @cached_property
    def searched(self) -> str:
        return f"{plain(self.title)}\n{plain(self.text)}\n{plain(self.also)}\n"


def plain(text: str) -> str:
    """As it is compared: small letters, half-width signs. The script does the same to what is typed."""
    return _WIDE.sub(_half_width, text).lower()


def _half_width(sign: re.Match[str]) -> str:
    return chr(ord(sign[0]) - _GAP)


def search_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The index; of what was withdrawn there is nothing in it."""
    gone = publication.withdrawn
    entries = [one for one in _entries(publication) if one.path.partition("#")[0] not in gone]
    count = index_size(publication)
    pairs = _pairs(entries)
    kinds = [publication.words(f"search.kind.{kind}") for kind in KINDS]
    about = {"files": count, "entries": ENTRIES_A_FILE, "kinds": kinds}
    yield addresses.search_file("about"), script("publisherSearch", "about", about)
    for number in range(count):
        some = entries[number * ENTRIES_A_FILE : (number + 1) * ENTRIES_A_FILE]
        texts = [[KINDS.index(one.kind), one.title, one.path, one.text, one.also] for one in some]
        yield addresses.search_file(f"t{number}"), script("publisherSearch", f"t{number}", texts)
    shards: list[dict[str, dict[str, str]]] = [{} for _ in range(count)]
    for sign, under in pairs.items():
        shards[ord(sign) % count][sign] = under
    for number, shard in enumerate(shards):
        yield addresses.search_file(f"p{number}"), script("publisherSearch", f"p{number}", shard)


def _pairs(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """First sign -> second sign -> the entries that hold both side by side, as gaps in base 36."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(entries):
        for pair in set(pairwise(one.searched)):
            found[pair].append(number)
    pairs: dict[str, dict[str, str]] = {}
    written = [*map(_base36, range(len(entries)))]  # a pair that many hold repeats the same few gaps
    for (first, second), numbers in found.items():
        if first != "\n":
            gaps = map(sub, numbers, [0, *numbers])
            pairs.setdefault(first, {})[second] = ",".join(map(written.__getitem__, gaps))
    return pairs


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _entries(publication: Publication) -> Iterator[Entry]:
    yield from _companies(publication)
    yield from _indicators(publication)
    yield from _rounds(publication)
    yield from _notices(publication)
    yield from _questions(publication)
    yield from _statements(publication)
    for one in publication.bureau.articles:
        yield Entry("article", publication.words.title(one), addresses.article_page(one), _text_of(one.body))


def _companies(publication: Publication) -> Iterator[Entry]:
    label = publication.words.label
    for one in publication.bureau.companies.values():
        facts = (one.short_name, one.area, one.sector, one.hotline)
        yield Entry("company", label(one), addresses.company_page(one), _joined(*facts), _also(one))


def _also(company: Company) -> str:
    """Names in the other language, and the letters that people type for a Chinese name."""
    letters = (initials(company.name), initials(company.short_name or ""))
    return _joined(company.name, company.name_en, company.sector_en, company.initials, *letters)


def _indicators(publication: Publication) -> Iterator[Entry]:
    label = publication.words.label
    for results in publication.results_by_scheme.values():
        scheme = results[-1].scheme
        for one in scheme.indicators:
            yield Entry("indicator", label(one), addresses.indicator_page(scheme, one), label(scheme))


def _rounds(publication: Publication) -> Iterator[Entry]:
    for one in publication.analysis.rounds[::-1]:
        title = publication.title_of(one.round)
        yield Entry("round", title, addresses.round_page(one.round), publication.words.label(one.scheme))


def _notices(publication: Publication) -> Iterator[Entry]:
    for one in sorted(publication.bureau.notices, key=lambda notice: notice.published_at, reverse=True):
        text = _joined(one.document_number, _text_of(one.body))
        yield Entry("notice", publication.words.title(one), addresses.notice_page(one), text)


def _questions(publication: Publication) -> Iterator[Entry]:
    label = publication.words.label
    for life in sorted(publication.lives, key=lambda one: one.item.raised_on, reverse=True):
        item = life.item
        text = _joined(label(life.company), item.topic, life.answer, item.promise)
        yield Entry("question", _joined(item.question), addresses.question(item), text)


def _statements(publication: Publication) -> Iterator[Entry]:
    bureau, words = publication.bureau, publication.words
    for one in sorted(bureau.statements, key=lambda statement: statement.signed_on, reverse=True):
        round_, company = bureau.rounds[one.round], bureau.companies[one.company]
        title = words("feed.statement", company=words.label(company), name=publication.title_of(round_))
        replies = (reply.text for reply in one.replies)
        measures = (measure.action for measure in one.measures)
        text = _joined(_text_of(one.body), *replies, *measures)
        yield Entry("statement", title, f"{addresses.scorecard(round_, company)}#reply", text)


def _text_of(body: str) -> str:
    """What a reader sees of a text in Markdown."""
    return unescape(_TAG.sub(" ", html_of(body)))


def _joined(*parts: str | None) -> str:
    """On one line."""
    return " ".join(" ".join(part for part in parts if part).split())
