"""A bureau in which every text that someone writes is hostile, and what of it a page shows."""

import re
import types
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args, get_origin

from attacks import MARKED, PLAIN
from conftest import ROOT, at_noon
from pydantic import BaseModel

from publisher.build import files, publication_of
from publisher.checking import checked
from publisher.model.bureau import Bureau
from publisher.model.fields import read_text
from publisher.render import theme_folders

BUREAU = Path(__file__).parent / "bureau"
LONGEST = 500
JOINED = " ".join(text for text in PLAIN if len(text) < LONGEST)
BODY = "\n\n".join((*PLAIN, *MARKED))
Write = Callable[[str, str], str]
"""(field, text) -> the text instead."""


def attacked(field: str, text: str) -> str:
    return BODY if field in {"body", "method"} else JOINED


def bureau_with(write: Write, language: str = "zh-Hans") -> Bureau:
    """The tests' own bureau with every text written anew, as if `check` had let it through."""
    bureau = checked(BUREAU, at_noon).bureau
    changed = {one.name: _rewritten(getattr(bureau, one.name), write) for one in fields(Bureau)}
    site = changed["site"].model_copy(update={"language": language})
    return replace(Bureau(**changed), site=site)


def site_with(write: Write, language: str = "zh-Hans") -> dict[str, bytes]:
    publication = publication_of(bureau_with(write, language), at_noon())
    return dict(files(publication, theme_folders(ROOT)))


def _rewritten(value: Any, write: Write) -> Any:
    if isinstance(value, dict):
        return {key: _rewritten(one, write) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_rewritten(one, write) for one in value)
    if not isinstance(value, BaseModel):
        return value
    new = {}
    for name, info in type(value).model_fields.items():
        old = getattr(value, name)
        if name == "body" or (name != "timezone" and _is_text(info.annotation, info.metadata)):
            new[name] = tuple(write(name, one) for one in old) if isinstance(old, tuple) else write(name, old or "")
        elif name != "origin":
            new[name] = _rewritten(old, write)
    return value.model_copy(update=new)


def _is_text(annotation: Any, metadata: Any = ()) -> bool:
    """A text without a form of its own: no id, no address, no document number."""
    functions = [getattr(one, "func", None) for one in metadata]
    if annotation is str:
        return functions == [read_text]
    if hasattr(annotation, "__metadata__"):
        return _is_text(get_args(annotation)[0], annotation.__metadata__)
    if get_origin(annotation) in {tuple, types.UnionType} or get_origin(annotation) is not None:
        return any(_is_text(one) for one in get_args(annotation))
    return False


class Facts(HTMLParser):
    """What a page is made of: tags, attributes, classes, ids, schemes of addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= set(facts_of(tag, [(name, value or "") for name, value in attrs]))

    def handle_comment(self, data: str) -> None:
        self.found.add(("comment", data))


def facts_of(tag: str, attributes: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    yield "tag", tag
    for name, value in attributes:
        yield "attribute", tag, name.lower()
        if name == "class":
            yield from (("class", one) for one in value.split())
        elif name == "id":
            yield "id", value
        elif name in {"href", "src", "xlink:href", "action", "data"}:
            head = value.strip().lower()
            start = re.split("[/?#]", head)[0]  # behind one of these signs no scheme can end
            yield "address", tag, start.partition(":")[0] if ":" in start else "relative"
            if head.replace("\\", "/").startswith("//"):
                yield "address", tag, head


def facts(html: bytes) -> set[tuple[str, ...]]:
    reader = Facts()
    reader.feed(html.decode())
    reader.close()
    return reader.found
