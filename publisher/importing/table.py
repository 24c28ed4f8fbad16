"""A survey export as the scores of a round; a table or a letter as rows of the table of questions, or of events."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from publisher.importing.answers import answered, items_meant
from publisher.importing.held import Held, filled_in, held_table, new_table, with_rows
from publisher.importing.plan import Asked, Plan
from publisher.importing.reading import EVENTS, ITEMS, Understood, read_rows
from publisher.load.across import Axis
from publisher.load.exports import Wanted
from publisher.load.headings import headings_of, required_of
from publisher.load.incoming import rows_table
from publisher.load.rows import names_of as grade_names
from publisher.load.tables import find_parts, find_table
from publisher.model.asked import Event, Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Score
from publisher.model.scheme import Indicator
from publisher.named import folded, known_by, names_of, near
from publisher.problems import Place, PublisherError, problem
from publisher.words import Words

_ALONE = {"count": "value"}
"""Measure -> the column of a single number; of every other it is a score."""


def table_plan(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    if asked.scores:
        return _scores(root, asked, data, bureau, words)
    if asked.answers:
        return _answers(root, asked, data, bureau, words)
    return (_events if asked.events else _items)(root, asked, data, bureau, words)


def _scores(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """A new table of scores; one that is there is not touched."""
    round_ = bureau.rounds.get(asked.scores)
    scheme = bureau.schemes.get(round_.scheme) if round_ else None
    if scheme is None:
        meant = near(asked.scores, bureau.rounds)
        raise PublisherError([problem("unknown-round", Place(asked.file.name), asked.scores, near=meant)])
    folder = f"results/{asked.scores}"
    there = [*find_table(root / folder, "scores"), *find_parts(root / folder, "scores")]
    if there:
        raise PublisherError([problem("import-exists", Place(there[0].relative_to(root).as_posix()))])
    grades = [pair for grade in scheme.grades for pair in grade_names(grade)]
    axes = [Axis("company", known_by(bureau.companies.values())), Axis("indicator", known_by(scheme.indicators))]
    alone = {name: _ALONE.get(measure, "score") for one in scheme.indicators for name, measure in _measures(one)}
    wanted = Wanted("scores", headings_of("scores", Score, grades), required_of(Score), axes=axes, alone=alone)
    found = read_rows(asked, data, wanted, words)
    titles = {f"grade:{one.id}": one.name for one in scheme.grades}
    titles |= {name: words(f"field.scores.{name}") for name in wanted.headings.values() if name not in titles}
    path = f"{folder}/scores.csv"
    rows = [[titles[name] for name in found.columns], *found.cells]
    return _plan(path, new_table(rows), found, titles)


def _items(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """Rows below those that the table of questions has; what nobody numbered gets a number."""
    needed = [name for name in required_of(Item) if name != "id"]
    found = read_rows(asked, data, Wanted("items", headings_of("items", Item), needed), words, ITEMS)
    columns, rows = found.columns, found.cells
    if "id" not in columns:
        ids = _ids(columns, rows, bureau)
        columns, rows = ["id", *columns], [[id_, *row] for id_, row in zip(ids, rows, strict=False)]
    return _grown(_held(root, "items", Item), "items", columns, rows, found, words)


def _events(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """Rows below those that the table of events has. Questions and events of one workbook are not touched."""
    _held(root, "items", Item)
    held = _held(root, "events", Event)
    wanted = Wanted("events", headings_of("events", Event), required_of(Event))
    found = read_rows(asked, data, wanted, words, EVENTS)
    meant = items_meant(found.named({}), bureau.items)
    at = found.columns.index("item")
    rows = [[*row[:at], id_, *row[at + 1 :]] for row, id_ in zip(found.cells, meant, strict=True)]
    return _grown(held, "events", found.columns, rows, found, words)


def _held(root: Path, name: str, model: type[Record]) -> Held | None:
    """The table of the folder; none if there is none. Raises PublisherError if it is no CSV."""
    there = rows_table(root, f"content/{name}")
    return held_table(there[1], f"content/{there[0].name}", headings_of(name, model)) if there else None


def _grown(
    held: Held | None,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    found: Understood,
    words: Words,
) -> Plan:
    path = held.path if held else f"content/{name}.csv"
    data = with_rows(held, columns, rows) if held else new_table([columns, *rows])
    return _plan(path, data, found, _titles(name, found, words))


def _answers(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """The empty cells of questions that are there."""
    headings = headings_of("items", Item)
    found = read_rows(asked, data, Wanted("items", headings, ("answer",)), words, ITEMS)
    if not {"id", "question"} & {*found.columns}:
        known = " / ".join(heading for heading, of in headings.items() if of == "question")
        raise PublisherError([problem("import-missing-column", Place(asked.file.name), "question", wanted=known)])
    held = _held(root, "items", Item)
    if held is None:
        raise PublisherError([problem("import-no-items", Place("content/items.csv"))])
    aliases = {"company": known_by(bureau.companies.values()), "meeting": known_by(bureau.meetings.values())}
    after = filled_in(held, answered(found.named(aliases), bureau.items))
    return replace(_plan(held.path, after, found, _titles("items", found, words)), read={held.path: held.data})


def _titles(name: str, found: Understood, words: Words) -> dict[str, str]:
    return {column: words(f"field.{name}.{column}") for column in found.columns}


def _plan(path: str, data: bytes, found: Understood, titles: Mapping[str, str]) -> Plan:
    return Plan(path, {path: data}, table=found.export, told=found.told, titles=titles)


def _measures(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Each name of an indicator with its measure."""
    yield from ((folded(name), indicator.measure) for name in (indicator.id, *names_of(indicator)))


def _ids(columns: Sequence[str], rows: Sequence[Sequence[str]], bureau: Bureau) -> Iterator[str]:
    """`<meeting>-1` and on, for questions that nobody numbered; a meeting may be written by its title."""
    taken = {one.id for one in bureau.items}
    meetings = known_by(bureau.meetings.values())
    at = columns.index("meeting") if "meeting" in columns else -1
    for row in rows:
        stem, number = meetings.get(folded(row[at]), "q") if at >= 0 else "q", 1
        while f"{stem}-{number}" in taken:
            number += 1
        taken.add(f"{stem}-{number}")
        yield f"{stem}-{number}"
