"""A letter without a table: parts that begin with "问题一：…" and go on with "答复：…", from the Markdown made of it.

What a label means is the caller's; what stands beside the parts (a greeting, a signature) is handed back, not lost.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from publisher.incoming.losses import text_of
from publisher.incoming.numbering import chinese
from publisher.incoming.papers import before_day
from publisher.named import folded

_NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9０-９]{1,3}"
_NUMBER = re.compile(rf"第?[（(]?(?:{_NUMERAL})[）)、.．：:]\s*|[①-⑳]\s*")
"""What counts the questions where no label does."""
_HEADING = re.compile(r"#{2,6} ")
_ITEM = re.compile(r" *[0-9]{1,9}\. ")
_TABLE = re.compile(r"\|")
_OFFICE = re.compile(r"(?:公司|集团|厂|局|中心|办公室)$|[（(](?:盖章|公章)[）)]$")
_ENDS = re.compile(r"[。！？；：!?;:]$")
_LEADS_ON = re.compile(r"[：:]$")
_ASKS = re.compile(r"[？?]$")
_DIVIDES = re.compile(r"[：:]?")
_AROUND = re.compile(r"^[\s：:、.．【】\[\]]+|[\s：:、.．【】\[\]]+$")
_SHORT = 40
"""Signs of a line that may be the name of who signs."""
_LAST = 6
"""Lines at the end among which the day of signing stands."""
_ORDINALS = {chinese(number): number for number in range(1, 100)}


@dataclass(frozen=True)
class Labels:
    """How the parts of a letter are called, and what goes where."""

    columns: Mapping[str, str]
    """What a line may begin with -> the column of ours."""
    leads: Sequence[str]
    """Columns that begin a part; the first is what a heading without a label says."""
    rest: str
    """The column of what stands below without a label: the answer."""
    texts: Collection[str]
    """Columns of several paragraphs; the others hold one line."""
    closings: Sequence[str]
    """Words that begin the end of a letter."""

    @cached_property
    def known(self) -> Mapping[str, str]:
        return {folded(name): column for name, column in self.columns.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A label, its number, and what divides it from the text; blanks within a label do not count."""
        spaced = (r"\s*".join(map(re.escape, one)) for one in sorted(self.columns, key=len, reverse=True))
        label = f"(?:{'|'.join(spaced)})"
        return re.compile(
            rf"[【\[]?(?:关于|针对|对)?(?:第(?P<before>{_NUMERAL})个?)?(?P<label>{label})"
            rf"[（(]?(?P<behind>{_NUMERAL})?[）)]?(?:的(?P<of>{label}))?(?:(?P<sign>[】\]])|\s*(?P<end>[：:、.．]|\s|$))",
            re.IGNORECASE,
        )


@dataclass(frozen=True)
class _Line:
    text: str
    """As one reads it, without the number of a list."""
    is_heading: bool = False
    is_numbered: bool = False

    @property
    def may_ask(self) -> bool:
        return self.is_heading or self.is_numbered or bool(_ASKS.search(self.text))

    @property
    def bare(self) -> str:
        return _NUMBER.sub("", self.text, count=1) if _NUMBER.match(self.text) else self.text


@dataclass(frozen=True)
class _Label:
    """What a line begins with."""

    name: str
    column: str
    ordinal: int
    """0 if it has none."""
    is_of_another: bool
    """ "对问题一的答复": its question stands elsewhere."""
    rest: str


@dataclass(frozen=True)
class Part:
    """One question of a letter, or one matter that it tells of."""

    name: str
    """Its label, as it stands in the letter."""
    cells: Mapping[str, str]
    """By column of ours."""


@dataclass
class _Part:
    """A part while its lines come in."""

    name: str
    """Its label, as it stands in the letter."""
    ordinal: int = 0
    lines: dict[str, list[_Line]] = field(default_factory=dict)
    loose: list[_Line] = field(default_factory=list)
    """Below the question without a label: more of it, or, where no answer is marked, the answer."""
    is_heading: bool = False
    """It began with a heading that has no label."""

    def cells(self, labels: Labels) -> dict[str, str]:
        held = {name: [one.text for one in lines] for name, lines in self.lines.items()}
        if self.loose:
            name = labels.leads[0] if labels.rest in held else labels.rest
            held.setdefault(name, []).extend(one.text for one in self.loose)
        return {name: "\n".join(texts) for name, texts in held.items() if texts}


@dataclass
class Letter:
    parts: list[Part] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Lines that are in no part."""


def letter_of(markdown: str, labels: Labels) -> Letter:
    """No parts if nothing in it is labelled."""
    lines = list(_lines(markdown))
    end = _end(lines, labels)
    reader = _Reader(labels)
    for line in lines[:end]:
        reader.take(line)
    return reader.letter([one.text for one in lines[end:]])


def _lines(markdown: str) -> Iterator[_Line]:
    """Paragraph by paragraph; one that was broken by hand is several. Tables are read elsewhere."""
    for raw in markdown.split("\n"):
        if raw.strip() and not _TABLE.match(raw):
            text = text_of(raw.strip()).strip()
            numbered = bool(_ITEM.match(raw) or _NUMBER.match(text))
            yield _Line(text, is_heading=bool(_HEADING.match(raw)), is_numbered=numbered)


def _label(line: _Line, labels: Labels) -> _Label | None:
    """None if the line is plain text: a label stands alone, has a number, or a colon behind it."""
    found = labels.pattern.match(line.bare)
    if found is None:
        return None
    numeral = found["before"] or found["behind"]
    if _DIVIDES.fullmatch(found["end"] or "") is None and not numeral:
        return None
    rest = _AROUND.sub("", line.bare[found.end() :])
    of = found["of"] or ""
    return _Label(
        _AROUND.sub("", found[0]), labels.known[folded(of or found["label"])], _ordinal(numeral), bool(of), rest
    )


def _ordinal(numeral: str | None) -> int:
    plain = normalize("NFKC", numeral or "0")
    return int(plain) if plain.isdigit() else _ORDINALS.get(plain, 0)


def _end(lines: Sequence[_Line], labels: Labels) -> int:
    """Where the parts end: at words of farewell behind the last label, or at who signs and when."""
    marked = [number for number, one in enumerate(lines) if _label(one, labels)]
    first = _free(lines, marked[-1], labels) if marked else 0
    for number in range(first, len(lines)):
        if lines[number].text.startswith(tuple(labels.closings)):
            return number
    for number in range(len(lines) - 1, max(first, len(lines) - _LAST) - 1, -1):
        text = lines[number].text
        if _is_signed(text):
            return number - (number > first and not before_day(text) and _is_name(lines[number - 1].text))
    return len(lines)


def _free(lines: Sequence[_Line], number: int, labels: Labels) -> int:
    """The first line that the last label does not claim: one that stands alone has its text in the next."""
    label = _label(lines[number], labels)
    return number + (1 if label and label.rest else 2)


def _is_name(text: str) -> bool:
    """Who signs stands on a short line that is no sentence."""
    return len(text) <= _SHORT and not _ENDS.search(text)


def _is_signed(text: str) -> bool:
    """A day alone, or behind the name of an office."""
    before = before_day(text)
    return before is not None and (not before or (len(before) <= _SHORT and bool(_OFFICE.search(before))))


class _Reader:
    """Takes a letter line by line."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.parts: list[_Part] = []
        self.beside: list[_Line] = []
        self.now: _Part | None = None
        self.column = ""
        self.last: list[_Line] = self.beside
        """Where the line before went."""

    def take(self, line: _Line) -> None:
        label = _label(line, self.labels)
        if label:
            self._labelled(line, label)
        elif line.is_heading:
            self._begin(_Part(line.text, is_heading=True), self.labels.leads[0])
            self._put(_Line(line.bare))
        elif self.now is None:
            self._beside(line)
        else:
            self._plain(line)

    def _labelled(self, line: _Line, label: _Label) -> None:
        if self.now and self.last is self.now.loose and _LEADS_ON.search(self.last[-1].text):
            self._beside(self.last.pop())
        elsewhere = self._of(label)
        if elsewhere:
            self.now = elsewhere
        elif label.column in self.labels.leads:
            if self.now is None or {label.column, self.labels.rest} & {*self.now.lines} or self.now.loose:
                self._begin(_Part(label.name, label.ordinal), label.column)
        elif label.column == self.labels.rest and (self.now is None or label.column in self.now.lines):
            self._begin_before(label)
        if self.now is None:
            self._beside(line)
            return
        self.column = label.column
        self.now.lines.setdefault(label.column, [])
        if label.rest:
            self._put(_Line(label.rest))

    def _of(self, label: _Label) -> _Part | None:
        """The part that a number names: "答复一", or "问题一的答复"."""
        if not label.ordinal or (label.column in self.labels.leads and not label.is_of_another):
            return None
        return next((one for one in reversed(self.parts) if one.ordinal == label.ordinal), None)

    def _begin(self, part: _Part, column: str) -> None:
        self.parts.append(part)
        self.now, self.column = part, column

    def _begin_before(self, label: _Label) -> None:
        """An answer whose question is not marked: it is the line before, if that may be one."""
        if self.last and self.last[-1].may_ask:
            question = self.last.pop()
            self._begin(_Part(question.text, label.ordinal), self.labels.leads[0])
            self._put(_Line(question.bare))

    def _plain(self, line: _Line) -> None:
        """Below a label; behind the one line of a question, an owner or a day it is of the whole part."""
        if self.now is None:
            return
        full = bool(self.now.lines.get(self.column))
        if full and self.column in self.labels.leads:
            self._to(self.now.loose, line)
        elif full and self.column not in self.labels.texts:
            self.column = self.labels.rest
            self._put(line)
        else:
            self._put(line)

    def _put(self, line: _Line) -> None:
        if self.now is not None:
            self._to(self.now.lines.setdefault(self.column, []), line)

    def _beside(self, line: _Line) -> None:
        self._to(self.beside, line)

    def _to(self, where: list[_Line], line: _Line) -> None:
        where.append(line)
        self.last = where

    def letter(self, end: list[str]) -> Letter:
        """A heading under which nothing is marked is no question, unless it asks."""
        kept, beside = [], [one.text for one in self.beside]
        for part in self.parts:
            if part.is_heading and self.labels.rest not in part.lines and not _ASKS.search(part.name):
                others = (found for name, found in part.lines.items() if name != self.labels.leads[0])
                beside += [part.name, *(one.text for found in (*others, part.loose) for one in found)]
            else:
                kept.append(Part(part.name, part.cells(self.labels)))
        return Letter(kept, [*beside, *end])
