"""What is said of questions that stand in the table already: answers fill empty cells of their rows, nothing else.

A question is found by its number, or by its words; how it ends (a full stop, a question mark) does not count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from publisher.load.names import MOST_SUGGESTIONS
from publisher.model.asked import Item
from publisher.named import folded, near
from publisher.problems import Place, Problem, PublisherError, problem

FILLED = ("answered_by", "answered_on", "answer", "promise", "owner", "due_on", "due_in")
"""Columns of a question that an answer may fill."""
_SHOWN = 5
_ENDS = re.compile(r"[。.？?！!]+$")


Rows = Sequence[tuple[Place, Mapping[str, str]]]
"""Of the file that came in, by column of ours; each with its place."""


def answered(rows: Rows, items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """By the number of the question: what is to be filled in. Raises PublisherError if one is of no question."""
    questions = _Questions(items)
    found: dict[str, dict[str, str]] = {}
    faults: list[Problem] = []
    for place, row in rows:
        asked = questions.of(row)
        if len(asked) == 1 and asked[0].id not in found:
            found[asked[0].id] = {name: row[name] for name in FILLED if row.get(name)}
        else:
            faults.append(_unclear(place, row, asked, questions))
    if faults:
        raise PublisherError(faults)
    return found


def items_meant(rows: Rows, items: Sequence[Item]) -> list[str]:
    """The number of the question that each row is about: by its number, its words, or those of what was promised.

    Raises PublisherError if one is of none, or of several.
    """
    questions = _Questions(items, promises=True)
    found: list[str] = []
    faults: list[Problem] = []
    for place, row in rows:
        said = row.get("item", "")
        about = {"id": said} if said in questions.by_id else {**row, "question": said}
        asked = questions.of(about)
        if len(asked) == 1:
            found.append(asked[0].id)
        else:
            faults.append(_unclear(place, about, asked, questions))
    if faults:
        raise PublisherError(faults)
    return found


class _Questions:
    """All that are there, by their number and by their words; `promises`: also by what was promised."""

    def __init__(self, items: Sequence[Item], *, promises: bool = False) -> None:
        self.by_id: dict[str, list[Item]] = {}
        self.by_words: dict[str, list[Item]] = {}
        self.words: dict[str, str] = {}
        """As they are compared -> as they stand in the table."""
        for item in items:
            self.by_id.setdefault(item.id, []).append(item)
            for text in dict.fromkeys((item.question, (promises and item.promise) or item.question)):
                self.by_words.setdefault(_asked(text), []).append(item)
                self.words.setdefault(_asked(text), text)
        self.ids = {folded(id_): id_ for id_ in self.by_id}
        self.meant: dict[tuple[bool, str], str] = {}

    def of(self, row: Mapping[str, str]) -> list[Item]:
        """The number counts first; a company or an occasion that the row names must be that of the question."""
        if row.get("id"):
            return self.by_id.get(row["id"], [])
        named = [(name, row[name]) for name in ("company", "meeting") if row.get(name)]
        same = self.by_words.get(_asked(row.get("question", "")), [])
        return [item for item in same if all(getattr(item, name) == text for name, text in named)]

    def near(self, said: str, *, is_id: bool) -> str:
        """The number, or the words, that were probably meant; looked for so many times only, as in other tables."""
        key = is_id, folded(said) if is_id else _asked(said)
        if key not in self.meant:
            if len(self.meant) >= MOST_SUGGESTIONS:
                return ""
            known = self.ids if is_id else self.words
            self.meant[key] = known.get(near(key[1], known), "")
        return self.meant[key]


def _asked(question: str) -> str:
    return _ENDS.sub("", folded(question))


def _unclear(place: Place, row: Mapping[str, str], asked: Sequence[Item], questions: _Questions) -> Problem:
    said = row.get("id") or row.get("question", "")
    if not said:
        return problem("missing", replace(place, column="question"))
    if len(asked) > 1:
        return problem("import-many-questions", place, said, ids=tuple(one.id for one in asked[:_SHOWN]))
    if asked:
        return problem("import-answered-twice", place, said, id=asked[0].id)
    if elsewhere := [] if row.get("id") else questions.by_words.get(_asked(said), []):
        listed = tuple(f"{one.id} ({one.meeting}, {one.company})" for one in elsewhere[:_SHOWN])
        return problem("import-question-elsewhere", place, said, listed=listed)
    return problem("import-no-question", place, said, near=questions.near(said, is_id=bool(row.get("id"))))
