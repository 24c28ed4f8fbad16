"""Words of tables and editions that pages print: replies, questions, answers, promises, titles, notices, weights.

- Words that stand in a table are compared with it here, and the table with the editions elsewhere.
- Words that stand in editions alone (what notices, meetings and corrections say) are compared with these.
- What came in after the latest seal is in no edition: here page and table have to say the same, and no more is proved.

A page may say more than this. Only pages in the bureau's own language are read: the others have some of it in
translation. Texts with pictures, code or HTML, and those of fewer than four signs, are not compared.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from html import unescape

from publisher import addresses, datasets
from publisher.datasets import Table, unguarded
from publisher.editions.changes import excerpt
from publisher.verify.copy import MOST_OF_A_PAGE, Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import percent_of, rows_of
from publisher.verify.withdrawals import Withdrawn

_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"\]\([^()\n]*\)|\{\{[^{}]*\}\}|^[^\S\n]*[0-9]+\.", re.MULTILINE)
_SIGNS = re.compile(r"[\s*_`#>|~\\\[\]-]+")
_CARE = re.compile(r"<[A-Za-z!/]|!\[|^\[[^\]\n]{0,200}\]:|^ {4}|^```", re.MULTILINE)
"""What a page may print otherwise or leave out: such texts are not compared."""
_COLUMN = re.compile(r"\{(\w+)\}")
_SHORT = 4
"""Signs; a shorter text stands on a page for many reasons."""
_PRINTED = (
    (datasets.STATEMENTS, ("text",), ("rounds/{round}/{company}.html",)),
    (datasets.ITEMS, ("question", "answer", "promise"), ("meetings/{meeting}.html",)),
    (datasets.NOTICES, ("title",), ("notices/{notice}.html", addresses.NOTICES)),
    (datasets.NOTICES, ("document_number",), ("notices/{notice}.html",)),
    (datasets.MEETINGS, ("title",), ("meetings/{meeting}.html", addresses.MEETINGS)),
    (datasets.CORRECTIONS, ("reason", "decided_by"), (addresses.CORRECTIONS,)),
    (datasets.INDICATORS, ("question",), ("methods/{scheme}.html",)),
)
"""Tables, the columns that are printed as they are, and on which pages."""
_BODIES = {"notice": "notices/{}.html", "meeting": "meetings/{}.html", "correction": addresses.CORRECTIONS}
"""On which pages the text of a sealed record is printed."""
MANY = 3

Row = Mapping[str, str]


def quoted(copy: Copy, listed: Container[str], withdrawn: Withdrawn) -> Iterator[Finding]:
    """Words of the tables."""
    for path, lost in _unsaid(copy, listed, withdrawn, _told(copy)):
        yield from few([finding("page-words", path, text=one) for one in lost], "page-words-more", path, MANY)


def quoted_editions(
    copy: Copy, listed: Container[str], withdrawn: Withdrawn, editions: Editions, explained: Container[str]
) -> Iterator[Finding]:
    """Words that are sealed and stand in no table; a correction that is not sealed yet may explain others."""
    kept = [one for one in editions.last.values() if one.subject not in explained]
    for path, lost in _unsaid(copy, listed, withdrawn, _sealed(kept, withdrawn)):
        yield from few([finding("page-sealed", path, text=one) for one in lost], "page-sealed-more", path, MANY)


def _unsaid(
    copy: Copy, listed: Container[str], withdrawn: Withdrawn, told: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, list[str]]]:
    for path, texts in _due(told).items():
        data = copy.read(path) if path in listed and not withdrawn.has_page(path) else None
        if data is None or len(data) > MOST_OF_A_PAGE:
            continue
        html = data.decode("utf-8", "replace")
        body = html.partition("<main")[2].rpartition("</main>")[0]
        page = _SIGNS.sub("", unescape(_TAG.sub("", f"<{body}" if body else html)))
        yield path, [excerpt(one, "")[0] for one in texts if one not in page]


def _due(told: Iterable[tuple[str, str]]) -> Mapping[str, dict[str, None]]:
    """What each page has to print, by its address, each passage once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path, text in told:
        for line in () if _CARE.search(text) else _MARKUP.sub("\n", unguarded(text)).split("\n"):
            plain = _SIGNS.sub("", unescape(line))
            if len(plain) >= _SHORT and any(one.isalnum() for one in plain):
                found[path][plain] = None
    return found


def _told(copy: Copy) -> Iterator[tuple[str, str]]:
    """Each page with a text that it prints."""
    for table, columns, paths in _PRINTED:
        for row in _rows(copy, table):
            for path in paths:
                page = _COLUMN.sub(lambda one: row.get(one[1], ""), path)  # noqa: B023  (used at once)
                yield from ((page, row.get(name, "")) for name in columns)


def _sealed(editions: Iterable[Kept], withdrawn: Withdrawn) -> Iterator[tuple[str, str]]:
    for kept in editions:
        for kind, page in _BODIES.items():
            for key, fields in kept.facts.get(kind, {}).items():
                text = fields.get("body")
                if isinstance(text, str) and not withdrawn.explains(kept.subject, kind, key, fields):
                    yield page.format(key), text


def _rows(copy: Copy, table: Table) -> list[dict[str, str]]:
    return rows_of(copy, addresses.data(table.name))


def weights(copy: Copy, listed: Container[str], withdrawn: Withdrawn) -> Iterator[Finding]:
    """On the page of a method, the row of each indicator says its weight as the table of indicators has it."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(copy, datasets.INDICATORS):
        if row.get("weight"):
            rows[f"methods/{row.get('scheme')}.html"].append(row)
    for path, own in rows.items():
        if path in listed and path not in withdrawn.by:
            page = (copy.read(path) or b"").decode("utf-8", "replace")
            yield from (one for row in own for one in _weight(page, path, row))


def _weight(page: str, path: str, row: Row) -> Iterator[Finding]:
    own = page.partition(f'/{row.get("indicator", "")}.html">')[2].partition("</tr>")[0]
    meant = percent_of(row["weight"])
    if own and meant and not re.search(rf">\s*{re.escape(meant)}%\s*<", own):
        yield finding("page-weight", path, of=row.get("indicator", ""), meant=f"{meant}%")
