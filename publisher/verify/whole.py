"""Pages and files that are not what their address says: emptied, swapped, at odds with their table."""

import json
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from publisher import addresses, datasets
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding
from publisher.verify.tables import rows_of
from publisher.verify.withdrawals import Withdrawn
from publisher.words import LANGUAGES

_STARTS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n", ".xlsx": b"PK\x03\x04", ".html": b"<", ".csv": b"\xef\xbb\xbf"}
_PAGE = re.compile(r"(?:rounds/([^/]+)/([^/.]+)|(?:notices|meetings|companies)/[^/.]+)\.html")
_SCORECARD = re.compile(r"rounds/([^/]+)/(?!index\.)([^/.]+)(\.v[0-9]+)?\.(?:html|csv|json)")
_ROUND = re.compile(r"data/rounds/[^/.]+\.json")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_UNSEEN = (("<!--", "-->"), ("<script", "</script>"))
_TAG = re.compile(r"<[^<>]*>?")
"""What a page does not show. Reading every page as HTML takes ten times as long."""
_NOT_LISTED = '<meta name="robots" content="noindex">'
_FIGURES = frozenset({"composite", "indicator"})
_NUMBERS = frozenset(one.name for one in datasets.RESULTS.columns if one.type in {"number", "integer"})
_LARGE = 1000
"""From here on some languages print a separator."""

Rows = Sequence[Mapping[str, str]]


def not_its_own(copy: Copy, listed: Container[str], withdrawn: Withdrawn) -> Iterator[Finding]:
    """Of the files that are listed: what else lies there is told as that alone."""
    tables: dict[str, _OfRound] = {}
    for path in filter(listed.__contains__, copy.files()):
        plain = addresses.unspoken(path, LANGUAGES)
        match = _SCORECARD.fullmatch(plain)
        # The name of an attachment holds its hash: what it is was seen when it was taken in.
        start = None if path.startswith(addresses.ATTACHMENTS) else _STARTS.get(path[path.rfind(".") :])
        if start and (data := copy.read(path)) is not None and not data.startswith(start):
            yield finding("file-start", path)
        elif _PAGE.fullmatch(plain):
            yield from _address(copy, path, plain, withdrawn)
        if match and not withdrawn.has_result(match[1], match[2]):
            table = f"data/rounds/{match[1]}{match[3] or ''}.csv"
            yield from _against_table(copy, path, _of_round(copy, table, tables), match[2])
        elif _ROUND.fullmatch(path):
            table = f"{path.removesuffix('.json')}.csv"
            yield from _against_table(copy, path, _of_round(copy, table, tables), "")
    yield from _standing(copy, withdrawn)


def _address(copy: Copy, path: str, plain: str, withdrawn: Withdrawn) -> Iterator[Finding]:
    """The page says which address is its own; what was withdrawn says none."""
    text = (copy.read(path) or b"")[:20_000].decode("utf-8", "replace")
    found = _CANONICAL.search(text)
    if found and (found[1].endswith(f"/{path}") or normpath(join(dirname(path), found[1])) == path):
        return  # wget makes full addresses relative
    parts = plain.split("/")
    gone = plain in withdrawn.by or (len(parts) == len(("rounds", "id", "page")) and withdrawn.round_has(parts[1]))
    if not (_NOT_LISTED in text and (gone or withdrawn.unlisted or "preview" in text)):
        yield finding("page-address", path, seen=found[1] if found else "—")


@dataclass(frozen=True)
class _OfRound:
    """A table of results, read once for all files beside it."""

    table: str
    rows: Rows
    """All of them, and as JSON has them."""
    json: Sequence[Any]
    by_company: Mapping[str, tuple[Rows, Sequence[Any]]]

    def of(self, company: str) -> tuple[Rows, Sequence[Any]]:
        return self.by_company.get(company, ((), ())) if company else (self.rows, self.json)


def _of_round(copy: Copy, table: str, tables: dict[str, _OfRound]) -> _OfRound:
    if table not in tables:
        rows = rows_of(copy, table)
        json_ = [_as_json(row) for row in rows]
        found: dict[str, tuple[list[Mapping[str, str]], list[Any]]] = defaultdict(lambda: ([], []))
        for row, one in zip(rows, json_, strict=True):
            own = found[row.get("company", "")]
            own[0].append(row)
            own[1].append(one)
        tables[table] = _OfRound(table, rows, json_, found)
    return tables[table]


def _against_table(copy: Copy, path: str, round_: _OfRound, company: str) -> Iterator[Finding]:
    """What lies beside a page, and the page itself, against the rows of the table of the round.

    Of a company its own rows are compared; those of its sector, which lie beside them, follow from all.
    """
    own, as_json = round_.of(company)
    table = round_.table
    if not own:
        return
    if path.endswith(".csv"):
        rows = rows_of(copy, path)
        if rows and "record" in rows[0] and [row for row in rows if row.get("company") == company] != own:
            yield finding("beside-table", path, table=table)
    elif path.endswith(".json"):
        found = _rows_of_json(copy.read(path) or b"")
        mine = None if found is None else [row for row in found if not company or row.get("company") == company]
        if mine is not None and mine != as_json:
            yield finding("beside-table", path, table=table)
    else:
        page = shown_of((copy.read(path) or b"").decode("utf-8", "replace"))
        lost = [one for one in _values(own) if one not in page]
        if lost:
            yield finding("page-figure", path, figure=lost[0], table=table, count=len(lost))


def shown_of(page: str) -> str:
    """Without tags, scripts and remarks. Nothing is read twice, however many of them begin and never end."""
    for start, end in _UNSEEN:
        first, *others = page.split(start)
        page = first + "".join(one.partition(end)[2] for one in others) if others else page
    return _TAG.sub("", page)


def _values(rows: Rows) -> list[str]:
    """Printed figures with decimals."""
    found = {row.get("value", "") for row in rows if row.get("record") in _FIGURES and row.get("state") == "value"}
    return sorted(one for one in found if "." in one and len(one.partition(".")[0]) < len(str(_LARGE)))


def _rows_of_json(data: bytes) -> list[Any] | None:
    """None if it is another file, such as what tells of a withdrawal."""
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, dict) or "withdrawal" in found:
        return None
    rows = found.get("rows")
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _as_json(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of a table as its JSON has it: no empty cells, numbers as numbers, texts without their guard."""
    found: dict[str, Any] = {name: cell for name, cell in row.items() if cell}
    for name in _NUMBERS & found.keys():
        found[name] = _number(found[name])
    for name in [name for name, cell in found.items() if name not in _NUMBERS and cell[0] == "'"]:
        found[name] = datasets.unguarded(found[name])
    return found


def _number(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell


def _standing(copy: Copy, withdrawn: Withdrawn) -> Iterator[Finding]:
    """What is announced to be withdrawn and is still there: the announcement would only hide what was changed."""
    for path in withdrawn.by:
        data = copy.read(path)
        if data is None:
            continue
        page = path.endswith(".html") and _NOT_LISTED.encode() not in data[:20_000]
        if page or (path.endswith(".csv") and tuple(next(iter(rows_of(copy, path)), {})) != datasets.WITHDRAWN.names):
            yield finding("withdrawal-standing", path, id=withdrawn.by[path])
