"""Names for ids: who fills in a table may write a company's name, or a word of the bureau's language for a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from publisher.model.fields import Record
from publisher.named import folded, near
from publisher.problems import Problem, Report, Source, problem
from publisher.words import LANGUAGES, words_of

MOST_SUGGESTIONS = 30
"""Names of a table for which what was probably meant is looked for: each is held against all that there are."""
_SHORT, _LEAST, _OF_SHORT = 4, 0.6, 0.5
"""How alike a name must be to be suggested; one wrong sign of two is half of a short word."""
_NAMED = ("company", "meeting", "indicator", "channel", "point")
Aliases = Mapping[str, Mapping[str, str]]
"""By field: what may be written (folded like a heading) -> what is meant."""
KINDS = {
    "companies": "company",
    "items": "item",
    "events": "event",
    "scores": "score",
    "meetings": "meeting",
    "holidays": "holiday",
    "allowed": "allowed",
}
"""Folder or table -> sort of record, as in the codes `unknown-<kind>`."""


@dataclass(frozen=True)
class Names:
    """The names that the cells of one table may have."""

    table: str
    aliases: Aliases
    meant: dict[tuple[str, str], str] = field(default_factory=dict)
    """By field and name: what was probably meant, as far as it was looked for."""

    def as_unknown(self, fault: Problem, source: Source) -> Problem:
        """A name that nothing has, or two have, is an unknown company and not a badly formed id; and so on."""
        if fault.code == "not-allowed":
            return self.as_choice(fault, source)
        if fault.code != "not-an-id":
            return fault
        for one in _NAMED:
            if one in self.aliases and fault.place == source.place(one):
                return problem(f"unknown-{one}", fault.place, fault.value, near=self._name(one, fault.value))
        return fault

    def as_choice(self, fault: Problem, source: Source) -> Problem:
        """What may be chosen is told in the words that the table is filled in with."""
        for one in self.aliases:
            if fault.code == "not-allowed" and one not in _NAMED and fault.place == source.place(one):
                label = f"choice.{self.table}.{one}."
                values = dict.fromkeys(self.aliases[one].values())
                meant = self._near(one, fault.value, _OF_SHORT if len(fault.value) <= _SHORT else _LEAST)
                allowed = tuple(f"{label}{value}" for value in values)
                return problem(
                    "not-allowed", fault.place, fault.value, allowed=allowed, near=meant and f"{label}{meant}"
                )
        return fault

    def _name(self, name: str, value: str) -> str:
        """As it is written in the table: the name in Chinese signs, else the id; none if it is a name elsewhere."""
        known = self.aliases[name]
        if folded(value) in known:
            return ""
        found = self._alike(name, value, _LEAST)
        return known[found] if found.isascii() and found else found

    def _near(self, name: str, value: str, least: float) -> str:
        return self.aliases[name].get(self._alike(name, value, least), "")

    def _alike(self, name: str, value: str, least: float) -> str:
        """What may be written there and is most like it."""
        if (name, value) not in self.meant:
            if len(self.meant) >= MOST_SUGGESTIONS:
                return ""
            self.meant[name, value] = near(folded(value), self.aliases[name], least)
        return self.meant[name, value]


def with_ids(data: dict[str, Any], aliases: Aliases) -> dict[str, Any]:
    """A document in ids: whoever writes one may name its `companies`, and what is chosen in it, as in a table."""
    ids = {name: _id(data[name], known) for name, known in aliases.items() if name not in _NAMED and name in data}
    listed = data.get("companies")
    if isinstance(listed, list) and "company" in aliases:
        ids["companies"] = [_id(one, aliases["company"]) for one in listed]
    return {**data, **ids}


def _id(typed: Any, known: Mapping[str, str]) -> Any:
    return known.get(folded(typed), typed) if isinstance(typed, str) else typed


def choices_told(report: Report, source: Source, aliases: Aliases) -> Report:
    """What may be chosen in a document is told in words as well; the documents of a sort lie in a folder named so."""
    names = Names(source.where.path.split("/")[-2], aliases) if aliases else None
    return lambda fault: report(names.as_choice(fault, source) if names else fault)


def choices_by_word(table: str, model: type[Record], field: str) -> dict[str, str]:
    """The words of every language for the values that a field may have."""
    values = get_args(model.model_fields[field].annotation)
    return {
        folded(words_of(language)(f"choice.{table}.{field}.{value}")): value
        for language in LANGUAGES
        for value in values
    }


def aliases_of(model: type[Record], table: str, *fields: str) -> Aliases:
    """The words for the choices of some fields of a table."""
    return {field: choices_by_word(table, model, field) for field in fields}
