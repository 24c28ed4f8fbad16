"""The bureau's own templates, read before any page is made: every fault at once, also where no page comes by.

Rendering finds what fails while a page is made (`publisher/render.py`); here is found what would go out in silence.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from publisher.named import near
from publisher.problems import Place, Problem, problem
from publisher.theme.shelf import Shelf

MAX_TEMPLATE = 200_000
"""Characters; the largest of the theme have some ten thousand."""
MAX_NUMBER = 1_000_000
"""Greater numbers, and powers of any, could make the reader itself count for ever."""
_WIDTH = re.compile(r"%[-+ #0]*[0-9]{7}|%[-+ #0]*[0-9]*\.[0-9]{7}")
"""A million blanks or noughts, as `format` would make them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
GIVEN = frozenset({"page", "href"})
"""Names that every page has, besides the global ones."""


@dataclass(frozen=True)
class Reading:
    """One of the bureau's own templates, taken apart."""

    name: str
    tree: nodes.Template
    shelf: Shelf
    has_words: Callable[[str], bool]

    @property
    def environment(self) -> Environment:
        return self.shelf.environment

    def fault(self, code: str, line: int, value: object, known: Collection[str] = (), **details: object) -> Problem:
        """`known` are the names of which one was probably meant."""
        meant = near(str(value), sorted(known))
        return problem(code, Place(f"templates/{self.name}", line=line), value, near=meant, **details)


def template_faults(shelf: Shelf, has_words: Callable[[str], bool]) -> Iterator[Problem]:
    """Of every template of the bureau's own; `has_words` says whether the catalogue has a key.

    An unchanged copy of the publisher's can only have faults that come of what others there are, and has none where
    all are copies. Measured on `check` with the whole theme copied: 3.1 s less, and 2.7 where one was changed.
    """
    own = shelf.own()
    copied = {name for name in own if shelf.is_copied(name)}
    for name in own if len(copied) < len(own) else ():
        file = Place(f"templates/{name}")
        try:
            if (size := len(shelf.source(name))) > MAX_TEMPLATE:
                yield problem("template-exceeds", file, size, limit=MAX_TEMPLATE)
                continue
            reading = Reading(name, shelf.tree(name), shelf, has_words)
            if name in copied:
                yield from chain.from_iterable(rule(reading) for rule in OF_SEVERAL)
            else:
                yield from _huge_numbers(reading) or chain.from_iterable(rule(reading) for rule in RULES)
        except UnicodeDecodeError:
            yield problem("wrong-encoding", file)
        except TemplateNotFound:
            continue  # gone since the folder was listed, as when it is saved under another name
        except OSError:
            yield problem("unreadable-file", file)
        except TemplateSyntaxError as error:
            yield problem("broken-template", Place(file.path, line=error.lineno), error.message or "")
        except (RecursionError, MemoryError):
            yield problem("template-too-deep", file)


def _huge_numbers(reading: Reading) -> list[Problem]:
    """Looked for first: the rules below would have the reader work them out."""
    constants = list(reading.tree.find_all(nodes.Const))
    numbers = [one for one in constants if isinstance(one.value, int)]
    texts = [one for one in constants if isinstance(one.value, str)]
    great: list[tuple[int, object]] = [(one.lineno, one.value) for one in numbers if abs(one.value) > MAX_NUMBER]
    great += [(one.lineno, "**") for one in reading.tree.find_all(nodes.Pow)]
    great += [(one.lineno, one.value) for one in texts if _WIDTH.search(one.value)]
    return [reading.fault("template-number", line, str(value)[:40], limit=MAX_NUMBER) for line, value in great]


def unknown_filters(reading: Reading) -> Iterator[Problem]:
    """`|name` and `is name`; Jinja itself finds one only where a page comes by."""
    for kind, known in ((nodes.Filter, reading.environment.filters), (nodes.Test, reading.environment.tests)):
        for one in reading.tree.find_all(kind):
            if one.name not in known:
                yield reading.fault("template-unknown-filter", one.lineno, one.name, known)


def unknown_names(reading: Reading) -> Iterator[Problem]:
    """A name that nothing gives to a page: neither the publisher nor the template itself."""
    lenient = reading.environment.overlay()
    filters = [one.name for one in reading.tree.find_all((nodes.Filter, nodes.Test))]
    lenient.filters = {**dict.fromkeys(filters, _anything), **reading.environment.filters}
    lenient.tests = {**dict.fromkeys(filters, _anything), **reading.environment.tests}
    reading.tree.set_environment(lenient)
    strange = find_undeclared_variables(reading.tree) - GIVEN - reading.environment.globals.keys()
    if not strange - reading.shelf.names_of_its_model(reading.name):
        return
    known = reading.shelf.names_of_the_theme() | GIVEN | reading.environment.globals.keys()
    for name in sorted(strange - known):
        lines = [one.lineno for one in reading.tree.find_all(nodes.Name) if one.name == name and one.ctx == "load"]
        yield reading.fault("template-unknown-name", min(lines, default=0), name, known)


def _anything(value: object) -> object:
    """In the place of a filter that is not there, which is another fault."""
    return value


def missing_templates(reading: Reading) -> Iterator[Problem]:
    """What is extended, included or imported and is nowhere; or cannot be read, and is no template by its name."""
    for name, line in reading.shelf.named_by(reading.name):
        if not reading.shelf.has(name):
            yield reading.fault("template-missing", line, name, reading.shelf.all())
        elif name in reading.shelf.beside and name not in reading.shelf.own():
            yield from _unreadable(name, reading.shelf)


def _unreadable(name: str, shelf: Shelf) -> Iterator[Problem]:
    try:
        shelf.source(name)
    except UnicodeDecodeError:
        yield problem("wrong-encoding", Place(f"templates/{name}"))
    except OSError:
        yield problem("unreadable-file", Place(f"templates/{name}"))


def circles(reading: Reading) -> Iterator[Problem]:
    """A template that comes to itself again by what it extends, includes or imports."""
    for name, line in reading.shelf.named_by(reading.name):
        if reading.shelf.leads(name, reading.name):
            yield reading.fault("template-circle", line, name)


def unknown_blocks(reading: Reading) -> Iterator[Problem]:
    """A block that the extended template does not have is never shown."""
    known = _blocks_above(reading)
    if known is None:
        return
    for one in reading.tree.body:
        if isinstance(one, nodes.Block) and one.name not in known:
            yield reading.fault("template-unknown-block", one.lineno, one.name, known)


def text_outside_blocks(reading: Reading) -> Iterator[Problem]:
    """In a template that extends another only blocks are shown."""
    body = reading.tree.body
    start = next((place for place, one in enumerate(body) if isinstance(one, nodes.Extends)), len(body))
    texts = (part for one in body[start:] if isinstance(one, nodes.Output) for part in one.nodes)
    for part in texts:
        text = part.data if isinstance(part, nodes.TemplateData) else "{{ }}"
        if written := text.strip():
            blank_lines = text[: text.index(written)].count("\n")
            yield reading.fault("template-outside-block", part.lineno + blank_lines, written.split("\n")[0])
            return


def unescaped(reading: Reading) -> Iterator[Problem]:
    """What would let the texts of companies through as they are; tags of one's own are simply written."""
    for one in reading.tree.find_all(nodes.Filter):
        if one.name == "safe" and not isinstance(one.node, nodes.Const):
            yield reading.fault("template-unescaped", one.lineno, "safe")
    for modifier in reading.tree.find_all(nodes.EvalContextModifier):
        yield reading.fault("template-unescaped", modifier.lineno, "autoescape")


def unseen_characters(reading: Reading) -> Iterator[Problem]:
    """Control characters would be printed as they are."""
    for number, line in enumerate(reading.shelf.source(reading.name).split("\n"), 1):
        if found := _CONTROL.search(line):
            value = f"U+{ord(found[0]):04X}"
            yield reading.fault("control-character", number, value, position=found.start() + 1)


def unknown_words(reading: Reading) -> Iterator[Problem]:
    """`t("key")` with a key that the catalogue does not have."""
    calls = ((one.node, one.args) for one in reading.tree.find_all(nodes.Call))
    keys = (given[0] for called, given in calls if isinstance(called, nodes.Name) and called.name == "t" and given)
    for key in keys:
        if isinstance(key, nodes.Const) and not reading.has_words(str(key.value)):
            yield reading.fault("template-unknown-words", key.lineno, key.value)


def _blocks_above(reading: Reading) -> set[str] | None:
    """The blocks of all templates that this one extends; none if it extends nothing, or what cannot be told."""
    found: set[str] = set()
    tree, seen = reading.tree, {reading.name}
    while extends := tree.find(nodes.Extends):
        name = extends.template.value if isinstance(extends.template, nodes.Const) else None
        if name is None or name in seen or not reading.shelf.has(name):
            return None
        seen.add(name)
        tree = reading.shelf.tree(name)
        found |= {one.name for one in tree.find_all(nodes.Block)}
    return found if len(seen) > 1 else None


RULES = (
    unknown_filters,
    unknown_names,
    missing_templates,
    circles,
    unknown_blocks,
    text_outside_blocks,
    unknown_words,
    unescaped,
    unseen_characters,
)
"""Each is a small named function; all run."""
OF_SEVERAL = (missing_templates, circles, unknown_blocks)
"""Those of them that other templates have a part in."""
