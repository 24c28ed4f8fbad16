"""A Word file as a statement, as the record of a meeting or as a notice."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from publisher.importing.plan import Asked, Plan
from publisher.incoming.papers import about_notice, document_of, first_day, signed_on, title_of
from publisher.incoming.word import Word, read_word
from publisher.load.validate import is_id
from publisher.model.asked import Meeting
from publisher.model.attachments import FOLDER
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Notice, Statement
from publisher.named import id_of, near
from publisher.problems import Place, PublisherError, problem
from publisher.words import Words

_LISTS = {"companies", "answered_by", "keywords"}
_STAND_INS = dict.fromkeys(("signed_on", "held_on", "issued_on"), "2000-01-01") | {"published_at": "2000-01-01 09:00"}
"""For days nobody named yet, so that the rest of the file can be checked."""
_APART = {"origin", "id", "round", "company", "replies", "measures", "attachments", "body", "signoff"}
"""Fields that come from the path or from the file, or are no plain text."""


def paper_plan(asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    if asked.statement:
        round_, company = asked.statement[0], _company(asked.statement[1], bureau, asked)
        _known(round_, bureau.rounds, "unknown-round", asked)
        path, stem = f"content/statements/{round_}/{company}.md", f"{round_}-{company}"
        word = read_word(data, asked.file.name, stem, words)
        fields = {"signatory": "", "signed_on": signed_on(word.markdown), **_given(asked, Statement)}
    elif asked.meeting:
        path = f"content/meetings/{_id(asked.meeting, asked)}.md"
        word = read_word(data, asked.file.name, asked.meeting, words)
        fields = {**_about_meeting(word.markdown, bureau), **_given(asked, Meeting)}
    else:
        path = f"content/notices/{_id(asked.notice, asked)}.md"
        word = read_word(data, asked.file.name, asked.notice, words)
        found, body = about_notice(word.markdown)
        word = replace(word, markdown=body)
        issuer = words.label(bureau.site.bureau)
        more = {"companies": _named(body, bureau), "issuer": issuer, "published_at": ""}
        fields = {"kind": "announcement", **found, **more, **_given(asked, Notice)}
    return _plan(path, fields, word, words)


def _id(given: str, asked: Asked) -> str:
    if not is_id(given):
        raise PublisherError([problem("not-an-id", Place(asked.file.name), given)])
    return given


def _about_meeting(markdown: str, bureau: Bureau) -> dict[str, object]:
    """What minutes say themselves: their heading, the first day, the companies they name in full or in short."""
    return {
        "kind": "meeting",
        "title": title_of(markdown),
        "held_on": first_day(markdown),
        "companies": _named(markdown, bureau),
    }


def _named(markdown: str, bureau: Bureau) -> list[str]:
    """The companies that a text names in full or in short."""
    return [
        one.id
        for one in bureau.companies.values()
        if any(name and name in markdown for name in (one.name, one.short_name))
    ]


def _given(asked: Asked, model: type[Record]) -> dict[str, object]:
    """What the user says for the front matter. A list is written with commas."""
    names = [name for name in model.model_fields if name not in _APART]
    if model is not Statement:
        names.append("round")
    for name in asked.fields:
        if name not in names:
            fault = problem("import-field", Place(asked.file.name), name, names=tuple(names), near=near(name, names))
            raise PublisherError([fault])
    return {
        name: [part.strip() for part in re.split("[,，]", value)] if name in _LISTS else value
        for name, value in asked.fields.items()
    }


def _company(name: str, bureau: Bureau, asked: Asked) -> str:
    """By its id or a name that it alone has."""
    found = id_of(name, bureau.companies) or name
    _known(found, bureau.companies, "unknown-company", asked)
    return found


def _known(id_: str, known: Iterable[str], code: str, asked: Asked) -> None:
    if id_ not in known:
        raise PublisherError([problem(code, Place(asked.file.name), id_, near=near(id_, known))])


def _blank(name: str, words: Words) -> str:
    """As in the drafts that `publisher new` begins: `check` tells it by its place until it is filled in."""
    key = f"import.blank.{name}"
    return words(key if words.has(key) else "import.blank")


def _plan(path: str, fields: Mapping[str, object], word: Word, words: Words) -> Plan:
    pictures = {f"{FOLDER}/{one.name}": one.data for one in word.pictures}
    named = [
        {"file": one.name, "title": words("import.picture.title", n=number)}
        for number, one in enumerate(word.pictures, 1)
    ]
    more = {"attachments": named} if named else {}
    lacking = [name for name, value in fields.items() if not value and name != "companies"]
    text = document_of({**fields, **more, **{name: _blank(name, words) for name in lacking}}, word.markdown)
    whole = document_of({**fields, **more, **{name: _STAND_INS.get(name, "-") for name in lacking}}, word.markdown)
    files = {path: text.encode(), **pictures}
    faults = [problem("missing", Place(path, column=name)) for name in lacking]
    return Plan(path, files, tried={path: whole.encode()}, text=text, told=word.told, faults=faults)
