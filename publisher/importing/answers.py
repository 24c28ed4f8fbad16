"""Answers to questions that stand in the table already: they fill the empty cells of their rows, nothing else.

A question is found by its number, or by its words.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.load.grid import letters
from publisher.load.names import MOST_SUGGESTIONS
from publisher.model.asked import Item
from publisher.named import folded, near
from publisher.problems import Place, Problem, PublisherError, problem

FILLED = ("answered_by", "answered_on", "answer", "promise", "owner", "due_on", "due_in")
"""Columns of a question that an answer may fill."""
_SHOWN = 5


@dataclass(frozen=True)
class Answers:
    """Rows of the file that came in: in which table, and by column of ours."""

    place: Place
    rows: Sequence[tuple[int, Mapping[str, str]]]
    """Each with its number."""


def answered(answers: Answers, items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """By the number of the question: what is to be filled in. Raises PublisherError if one is of no question."""
    questions = _Questions(items)
    found: dict[str, dict[str, str]] = {}
    faults: list[Problem] = []
    for number, row in answers.rows:
        place = Place(answers.place.path, answers.place.sheet, number)
        asked = questions.of(row)
        if len(asked) == 1 and asked[0].id not in found:
            found[asked[0].id] = {name: row[name] for name in FILLED if row.get(name)}
        else:
            faults.append(_unclear(place, row, asked, questions))
    if faults:
        raise PublisherError(faults)
    return found


class _Questions:
    """All that are there, by their number and by their words."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.by_id: dict[str, list[Item]] = {}
        self.by_words: dict[str, list[Item]] = {}
        for item in items:
            self.by_id.setdefault(item.id, []).append(item)
            self.by_words.setdefault(folded(item.question), []).append(item)
        self.ids = {folded(id_): id_ for id_ in self.by_id}
        self.words = {words: same[0].question for words, same in self.by_words.items()}
        self.meant: dict[tuple[bool, str], str] = {}

    def of(self, row: Mapping[str, str]) -> list[Item]:
        """The number counts first; a company or an occasion that the row names must be that of the question."""
        if row.get("id"):
            return self.by_id.get(row["id"], [])
        named = [(name, row[name]) for name in ("company", "meeting") if row.get(name)]
        same = self.by_words.get(folded(row.get("question", "")), [])
        return [item for item in same if all(getattr(item, name) == text for name, text in named)]

    def near(self, said: str, *, is_id: bool) -> str:
        """The number, or the words, that were probably meant; looked for so many times only, as in other tables."""
        key = is_id, folded(said)
        if key not in self.meant:
            if len(self.meant) >= MOST_SUGGESTIONS:
                return ""
            known = self.ids if is_id else self.words
            self.meant[key] = known.get(near(key[1], known), "")
        return self.meant[key]


def _unclear(place: Place, row: Mapping[str, str], asked: Sequence[Item], questions: _Questions) -> Problem:
    said = row.get("id") or row.get("question", "")
    if not said:
        return problem("missing", replace(place, column="question"))
    if len(asked) > 1:
        return problem("import-many-questions", place, said, ids=tuple(one.id for one in asked[:_SHOWN]))
    if asked:
        return problem("import-answered-twice", place, said, id=asked[0].id)
    if elsewhere := [] if row.get("id") else questions.by_words.get(folded(said), []):
        listed = tuple(f"{one.id} ({one.meeting}, {one.company})" for one in elsewhere[:_SHOWN])
        return problem("import-question-elsewhere", place, said, listed=listed)
    return problem("import-no-question", place, said, near=questions.near(said, is_id=bool(row.get("id"))))


@dataclass(frozen=True)
class Held:
    """The table of questions as it is."""

    path: str
    text: str
    sign: str
    """By which its columns are separated."""
    top: Sequence[str]
    columns: Sequence[str]
    """Ours, in the order of the table; empty where a heading is none of ours."""


def filled_in(held: Held, given: Mapping[str, Mapping[str, str]]) -> str:
    """The table with its empty cells filled; the lines of every other row stay as they are.

    Raises PublisherError for a cell that says something else, and for a column that the table does not have.
    """
    wanted = dict.fromkeys(name for more in given.values() for name in more)
    faults = [problem("import-no-column", Place(held.path, line=1), n) for n in wanted if n not in held.columns]
    out: list[str] = []
    for number, lines, record in _records(held):
        cells = dict(zip(held.columns, record, strict=False))
        more = given.get(cells.get("id", "").strip(), {})
        faults += _conflicts(held, number, cells, more)
        out.append(_written(held, record, more, lines) if more else lines)
    if faults:
        raise PublisherError(faults)
    return "".join(out)


def _records(held: Held) -> Iterator[tuple[int, str, list[str]]]:
    """Number, lines and cells of each row; a cell with line breaks belongs to one row."""
    lines = list(io.StringIO(held.text, newline=""))
    reader = csv.reader(iter(lines), delimiter=held.sign)
    before = 0
    for number, record in enumerate(reader, 1):
        yield number, "".join(lines[before : reader.line_num]), record
        before = reader.line_num


def _conflicts(held: Held, row: int, cells: Mapping[str, str], more: Mapping[str, str]) -> Iterator[Problem]:
    for name, said in more.items():
        there = cells.get(name, "").strip()
        if there and folded(there) != folded(said):
            at = held.columns.index(name)
            place = Place(held.path, line=row, column=held.top[at], cell=f"{letters(at + 1)}{row}")
            yield problem("import-answer-there", place, there, said=said)


def _written(held: Held, record: Sequence[str], more: Mapping[str, str], lines: str) -> str:
    ends = lines[len(lines.rstrip("\r\n")) :]
    padded = [*record, *[""] * (len(held.columns) - len(record))]
    named = zip(held.columns, padded, strict=False)
    cells = [more[name] if name in more and not cell.strip() else cell for name, cell in named]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=held.sign, lineterminator=ends).writerow([*cells, *padded[len(cells) :]])
    return out.getvalue()
