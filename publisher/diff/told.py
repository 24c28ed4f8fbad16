"""A difference in words: sections of short lines, for the terminal and for the sign-off sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from publisher import addresses, datasets
from publisher.diff.difference import Difference, PageChange
from publisher.diff.pages import ORDER, kind_of
from publisher.diff.tables import Cell
from publisher.editions.changes import excerpt
from publisher.words import Words

SHORT = 40
"""Signs of a line that takes no more than half the width of a sheet."""
MOST_SIGNS = 14
"""Of a question, so that it is known again."""
_ITEMS = addresses.data(datasets.ITEMS.name)
_CODED = {"state": "state.", "standing": "standing.", "reply": "reply.", "decision": "response."}
"""Columns whose values have words."""
_RECORDS = {(addresses.data(datasets.STATEMENTS.name), "point"): "response-point"}
"""Records of a table that are called as those of another."""
_WHOLE = {"statement": "reply"}
"""What stands for a whole row of this record."""


@dataclass(frozen=True)
class Names:
    """How readers call what data files name by ids."""

    companies: Mapping[str, str]
    rounds: Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """Lines under a small heading; the heading may be enough."""

    head: str
    lines: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Two lines have room beside each other."""
        return len(self.lines) > 1 and max(map(len, self.lines)) <= SHORT


@dataclass(frozen=True)
class Section:
    title: str
    groups: tuple[Group, ...]


def sections(found: Difference, names: Names, words: Words) -> tuple[Section, ...]:
    """Everything that changes; a section that would say nothing is left out."""
    figures = [one for one in found.cells if addresses.round_of_data(one.path)]
    items = [one for one in found.cells if one.path == _ITEMS]
    told = {_ITEMS, *(one.path for one in figures)}
    others = [one for one in found.cells if one.path not in told and not _of_new_round(one, found)]
    made = (
        ("rounds", [Group(words("diff.round", id=id_, name=names.rounds.get(id_, id_))) for id_ in found.rounds]),
        ("figures", list(_by_company(figures, names, words))),
        ("ledger", list(_ledger(items, names, words))),
        ("tables", list(_by_company(others, names, words))),
        ("dead", [Group(one) for one in (*found.dead, *found.anchors)]),
        ("broken", [Group(words("diff.link", page=page, address=address)) for page, address in found.broken]),
        ("pages", list(_pages(found, words))),
    )
    return tuple(Section(words(f"diff.section.{name}"), tuple(groups)) for name, groups in made if groups)


def _of_new_round(one: Cell, found: Difference) -> bool:
    """The first rows of a round that becomes public are no change of what was said before."""
    return not one.column and not one.old and one.row.get("round") in found.rounds


def _pages(found: Difference, words: Words) -> Iterator[Group]:
    """By kind: how many, and which."""
    signs: list[tuple[str, str, str, tuple[str, ...]]] = [(kind_of(path), path, "+", ()) for path in found.added]
    signs += [(kind_of(one.path), one.path, "~", tuple(_texts(one, words))) for one in found.changed]
    signs += [(kind_of(path), path, "-", ()) for path in found.dead]
    for kind, group in groupby(sorted(signs, key=lambda one: (ORDER.index(one[0]), one[1])), key=lambda one: one[0]):
        listed = list(group)
        counts = {sign: sum(one[2] == sign for one in listed) for sign in "+~-"}
        told = words("diff.counts", added=counts["+"], changed=counts["~"], removed=counts["-"])
        lines = [line for _, path, sign, texts in listed for line in (f"{sign} {path}", *texts) if not found.first]
        yield Group(words("diff.kind", kind=words(f"diff.kind.{kind}"), counts=told), tuple(lines))
    if found.dated:
        yield Group(words("diff.dated", n=len(found.dated)))


def _texts(change: PageChange, words: Words) -> Iterator[str]:
    for old, new in change.texts:
        yield "    " + words("diff.text", old=old or words("diff.nothing"), new=new or words("diff.nothing"))


def _by_company(found: Sequence[Cell], names: Names, words: Words) -> Iterator[Group]:
    """The cells of each company in each file, in the order of the file."""
    by_company: dict[tuple[str, str], list[Cell]] = {}
    for one in found:
        by_company.setdefault((one.path, one.row.get("company", "")), []).append(one)
    for (path, company), changed in by_company.items():
        round_ = addresses.round_of_data(path) or changed[0].row.get("round", "")
        sector = changed[0].row.get("sector", "")
        who = names.companies.get(company, company) or words("diff.sector", sector=sector) if company or sector else ""
        head = words("diff.of", who=who or path, round=names.rounds.get(round_, round_) or path)
        yield Group(head, tuple(_cell(one, words) for one in changed))


def _cell(one: Cell, words: Words) -> str:
    parts = [_part(one, name, words) for name in ("indicator_name", "channel", "answer") if one.row.get(name)]
    record = one.row.get("record", "")
    key = f"diff.record.{_RECORDS.get((one.path, record), record)}"
    if words.has(key):
        parts.insert(0, words(key))
    column = words(f"diff.column.{one.column}") if words.has(f"diff.column.{one.column}") else one.column
    where = words("diff.joint").join([*parts, column] if column else parts)
    return words("diff.cell", where=where, old=_shown(one, one.old, words), new=_shown(one, one.new, words))


def _part(one: Cell, name: str, words: Words) -> str:
    value = one.row[name]
    key = f"tally.{value}"
    return words(key) if name == "answer" and words.has(key) else value


def _shown(one: Cell, value: str, words: Words) -> str:
    """The value as readers see it; of a long text a little."""
    for prefix in (_CODED.get(one.column or _WHOLE.get(one.row.get("record", ""), ""), ""), "diff.value."):
        if prefix and words.has(f"{prefix}{value}"):
            return words(f"{prefix}{value}")
    other = one.new if value is one.old else one.old
    return excerpt(value, other)[0] or words("diff.nothing")


def _short(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"


def _ledger(found: Sequence[Cell], names: Names, words: Words) -> Iterator[Group]:
    """Questions that are new or gone, then what moved with each, by company."""
    by_company: dict[str, list[Cell]] = {}
    for one in found:
        by_company.setdefault(one.row.get("company", ""), []).append(one)
    for company, changed in by_company.items():
        lines = [_item(one, words) for one in changed]
        yield Group(names.companies.get(company, company), tuple(lines))


def _item(one: Cell, words: Words) -> str:
    """What became of a question; of one that is new or gone the question alone."""
    item, question = one.row.get("item", ""), one.row.get("question", "")
    if not one.column:
        text = excerpt(question, "")[0]
        return words("diff.item.gone" if one.old else "diff.item.new", item=item, question=text)
    key = f"diff.column.{one.column}"
    name = words(key) if words.has(key) else one.column
    where = words("diff.item", item=item, question=_short(question), name=name)
    return words("diff.cell", where=where, old=_shown(one, one.old, words), new=_shown(one, one.new, words))
