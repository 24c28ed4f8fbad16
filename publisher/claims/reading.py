"""Figures that were typed into a text, clause by clause: numbers of points, percent and places, and nothing else.

Left alone are quotations, demands, limits ("more than", "at least"), what others are said to have found, times of
day, and numbers written in Chinese.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from publisher.citations import citations
from publisher.claims.facts import Kind

_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NOT_OURS = re.compile(
    r"`[^`\n]*`|“[^”]{0,200}\d[^”]{0,200}”|「[^」]{0,200}\d[^」]{0,200}」"
    r"|\"[^\"\n]{0,200}\d[^\"\n]{0,200}\"|\]\([^)\n]*\)|https?://\S+|^[ \t]*>.*$"
    r"|[（(][^（()）\n]{0,80}(?:区间|误差|置信|interval|margin|confidence)[^（()）\n]{0,80}[）)]"
    r"|(?:95\s*%\s*的?|置信)置?信?区间[^，。；\n]{0,40}|95\s*% (?:confidence )?interval[^.;\n]{0,40}",
    re.MULTILINE | re.IGNORECASE,
)
"""Code, quotations with a number, addresses, lines of a quoted block, margins of error."""
_NUMBER = r"(?<![\d.A-Za-z时点])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT = (
    r"[\s*_]*(?P<unit>个百分点|percentage points?|per ?cent\b|points?\b|%"
    r"|分(?![钟之别公局组档级类批店行部支期段册流户区包队制]))"
)
_FIGURE = re.compile(_NUMBER + _UNIT)
_PLACE = re.compile(r"第[\s*_]*(?P<number>\d+)[\s*_]*名")
_BARE = re.compile(r"[\s*_]*(?P<way>[-−+▲▼]?)\s*" + _NUMBER + r"[\s*_]*(?P<unit>[%分]?)[\s*_]*")
_SENTENCE = re.compile(
    r"[。！？!?]|\.(?=\s|$)|(?<=\|)[ \t]*\n"
    r"|\n(?=[ \t]*\n|[ \t]*(?:[-*+>|]|#+|\d+[.、])[ \t]|[ \t]*[（(]?[一二三四五六七八九十\d]+[、）)])"
)
_CLAUSE = re.compile(r"[，；：;]|[,:](?!\d)|(?<=[分%名点s])[）)]")
"""A bracket that closes behind a figure ends what was said of that company."""
_LIMIT_BEFORE = re.compile(
    r"(?:超过|不足|不到|未到|(?:未|没有?|不能?)达到?"
    r"|低于|高于|大于|小于|不少于|约|接近|近|至少|最多|至多|每|满|more than|less than|under|over"
    r"|above|below|at least|at most|about|nearly|almost|around|\d[\s*]*(?:分|%)?[\s*]*(?:至|到|[-—–~～]+|to))[\s*]*$",
    re.IGNORECASE,
)
_LIMIT_BEHIND = re.compile(r"[\s*]*(?:以上|以下|以内|以外|左右|上下|多|之间|or (?:more|less|above)|and (?:above|over))")
_ROSE = re.compile(
    r"(?:上升|提高|升高|回升|增加|上涨|增长|提升|升|rose(?: by)?|up|increased by)[了约]*[\s*]*$", re.IGNORECASE
)
_FELL = re.compile(
    r"(?:下降|降低|减少|回落|下滑|下跌|降|跌|fell(?: by)?|down|decreased by)[了约]*[\s*]*$", re.IGNORECASE
)
_APART = re.compile(
    r"(?:(?:[升降涨跌]幅|幅度)[^\d，。]{0,6}|相差|差距|差距为|差|领先|落后|(?<!最)高|(?<!最)低|高出|(?:高|低)了)[\s*]*$"
)
_COMPARES = re.compile(
    r"差|领先|落后|高于|低于|高出|[比较](?!上|去年|同期)|than (?!the (?:last|previous))|ahead|behind", re.IGNORECASE
)
_NEAR = 40
"""So many signs before a figure are looked at for what is said of it."""
_OTHER_PLACE = re.compile(r"(?:与|和|距|距离|比|较|离|领先|超过|落后于?|跟)[\s*]*$")
_DEMAND = re.compile(
    r"应当|应该|必须|须|力争|争取|目标|计划|要求|确保|不得|拟|下一?季度|下一?期|明年|今后|合计|累计|总计|共计"
    r"|shall|must|should|target|aim|next (?:quarter|round|year)|together|in total",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"原公布|原测评|公开资料|据[^，。]{0,12}(?:统计|资料|报道|登记|反映|测算)|according to|reported by", re.IGNORECASE
)


@dataclass(frozen=True)
class Typed:
    """One figure as it was typed."""

    text: str
    value: Decimal
    kind: Kind
    start: int
    """Offset in the body."""
    way: int = 0
    """1 rose, -1 fell, 0 does not say."""

    @property
    def percent(self) -> bool:
        return self.text.lower().endswith(("%", "cent"))


@dataclass(frozen=True)
class Clause:
    """A stretch of text whose names say whose figures stand in it."""

    text: str
    figures: tuple[Typed, ...]
    fresh: bool
    """The first of its sentence: what was spoken of before is over."""

    @property
    def compares(self) -> bool:
        return bool(_COMPARES.search(self.text))


def clauses(body: str) -> Iterator[Clause]:
    """The clauses of a Markdown body, cells of tables included; a demand or a source ends its sentence's figures."""
    text = _own_words(body)
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    heads: list[str] = []
    for start, end in pairwise(starts):
        line = text[start:end]
        if line.lstrip().startswith("|"):
            heads = heads or _cells(line)
            yield from _row(line, start, heads)
        else:
            heads = heads if not line.strip() else []
            yield from _sentence(text, start, end)


def _own_words(body: str) -> str:
    """The body with everything blanked that the bureau does not say itself; every sign keeps its offset."""
    text = body.translate(_WIDE_DIGITS)
    pieces, end = [], 0
    for one in citations(body):
        pieces += [text[end : one.start], " " * (one.end - one.start)]
        end = one.end
    return _NOT_OURS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), "".join([*pieces, text[end:]]))


def _sentence(text: str, start: int, end: int) -> Iterator[Clause]:
    silent = False
    bounds = [start, *(found.end() for found in _CLAUSE.finditer(text, start, end)), end]
    for place, (first, last) in enumerate(pairwise(bounds)):
        clause = text[first:last]
        silent = silent or bool(_DEMAND.search(clause) or _OF_OTHERS.search(clause))
        figures = () if silent else tuple(_figures(clause, first))
        yield Clause(clause, figures, fresh=place == 0)


def _figures(clause: str, offset: int) -> Iterator[Typed]:
    for found in _FIGURE.finditer(clause):
        before = clause[max(0, found.start() - _NEAR) : found.start()]
        if not _LIMIT_BEFORE.search(before) and not _LIMIT_BEHIND.match(clause, found.end()):
            way = 1 if _ROSE.search(before) else -1 if _FELL.search(before) else 0
            apart = _APART.search(before) or re.match(r"个|percentage", found["unit"])
            yield _typed(found, "amount" if way or apart else "level", offset, way)
    for found in _PLACE.finditer(clause):
        if not _OTHER_PLACE.search(clause[max(0, found.start() - _NEAR) : found.start()]):
            yield _typed(found, "place", offset, 0)


def _typed(found: re.Match[str], kind: Kind, offset: int, way: int) -> Typed:
    shown = re.sub(r"[*_]", "", found[0]).strip()
    return Typed(shown, Decimal(found["number"].replace(",", "")), kind, offset + found.start("number"), way)


_HEAD_PLACE = re.compile(r"名次|排名|place|rank", re.IGNORECASE)
_HEAD_AMOUNT = re.compile(r"升降|变化|[较比]上|change", re.IGNORECASE)
_HEAD_FIGURE = re.compile(r"[%分率]|score|rate|points|percent", re.IGNORECASE)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(line: str, offset: int, heads: list[str]) -> Iterator[Clause]:
    """One clause for each cell: whose row it is, the heading above it, and the number in it."""
    names = " ".join(cell for cell in _cells(line) if not _BARE.fullmatch(cell))
    inner = re.finditer(r"[^|\n]+", line)
    for place, cell in enumerate(one for one in inner if one.start() > line.index("|")):
        head = heads[place] if place < len(heads) else ""
        yield Clause(f"{names} {head}", tuple(_in_cell(cell[0], offset + cell.start(), head)), fresh=True)


def _in_cell(cell: str, offset: int, head: str) -> Iterator[Typed]:
    """A cell that is only a number counts if it has decimals or its heading says what it is."""
    found = _BARE.fullmatch(cell)
    if not found:
        yield from _figures(cell, offset)
    elif _HEAD_PLACE.search(head):
        yield _typed(found, "place", offset, 0)
    elif "." in found["number"] or found["unit"] or _HEAD_FIGURE.search(head):
        way = {"-": -1, "−": -1, "▼": -1, "+": 1, "▲": 1}.get(found["way"], 0)
        yield _typed(found, "amount" if way or _HEAD_AMOUNT.search(head) else "level", offset, way)
