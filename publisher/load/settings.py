"""YAML read with every scalar as text, and the line of each key remembered."""

import re
from itertools import islice
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from publisher.limits import MAX_SETTINGS
from publisher.load.encoding import UNSEEN
from publisher.problems import Place, Problem, Report, Source, problem

Loc = tuple[str | int, ...]
MAX_DEPTH = 12
_MARK = re.compile(r"[!&][^\s,\[\]{}]*")
_REMARK = re.compile(r"[ \t]*(?<=[ \t])(#[^\s#][^\n]{0,40})")
"""A remark has a blank behind its sign."""
_ODD = re.compile(r"[\t?]|:[\],}]|,[^ \n]|[:,] +[\],}]")
"""Tabs, marks of keys, and values that are left out between brackets."""
_KEY_WITHOUT_COLON = re.compile(r"\s*(?:- )?([A-Za-z_]+)(?:[ \t]*：|:(?=[^\s:/]))")
"""A key with a full-width colon, or without the blank behind its colon."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a sign: no text can hold it."""
_ESCAPE = "unknown escape character"
"""In what PyYAML says of a path of Windows between double quotation marks."""


def read_yaml(text: str, shown: str, report: Report, first_line: int = 1) -> tuple[dict[str, Any], Source] | None:
    """The mapping, and where its keys stand; none, and a problem, if the text is no YAML mapping.

    `first_line` is the line of the file on which the text begins. A key without a value is left out.
    """
    if len(text) > MAX_SETTINGS:
        report(problem("settings-exceed", Place(shown, line=first_line), len(text), limit=MAX_SETTINGS))
        return None
    node = _composed(text, shown, report, first_line)
    if node is None:
        return None
    reading = _Reading(text, shown, first_line, report)
    data = reading.value(node, ())
    return None if reading.broken else (data, Source(Place(shown), reading.places))


def _composed(text: str, shown: str, report: Report, first_line: int) -> MappingNode | None:
    """The nodes of the text; none, and a problem, if they are no mapping."""
    try:
        node = _quickly(text) or yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        report(_stopped(text, _line_of(error), str(error), shown, first_line))
        return None
    except ValueError:  # a sign by a number that no sign has, or a version number of thousands of digits
        report(problem("yaml-number", Place(shown, line=first_line)))
        return None
    except RecursionError:
        report(problem("yaml-too-deep", Place(shown), limit=MAX_DEPTH))
        return None
    if isinstance(node, MappingNode):
        return node
    report(problem("not-a-mapping" if node else "no-settings", Place(shown, line=first_line)))
    return None


def _stopped(text: str, number: int, said: str, shown: str, first_line: int) -> Problem:
    """Where and why reading stopped. A key without its colon is on the line where it stopped, or on the one before."""
    lines = list(islice(text.split("\n"), number + 1))
    for at in (number - 1, number):
        if 0 <= at < len(lines) and (found := _KEY_WITHOUT_COLON.match(lines[at])):
            right = f"{found[1]}: {lines[at][found.end() :].strip()}".strip()
            return problem("yaml-colon", Place(shown, line=at + first_line), lines[at].strip(), right=right)
    code = "yaml-backslash" if _ESCAPE in said else "broken-yaml"
    return problem(code, Place(shown, line=number + first_line), "".join(lines[number:]).strip())


def _quickly(text: str) -> Node | None:
    """The nodes by the parser in C, ten times as fast, where PyYAML has it; none where it finds a fault.

    Every fault is left to the one that words the messages, and so is what the two read differently (`_ODD`): the
    same file must be read alike on a machine that has only that one. What makes nodes in C would fall off the end
    of its stack in too many levels, so that these are counted before.
    """
    if _ODD.search(text) or not yaml.__with_libyaml__:
        return None
    try:
        levels = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            levels += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if levels > 2 * MAX_DEPTH:
                return None
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None


def _line_of(error: yaml.YAMLError) -> int:
    """Where to look, counted from 0: what was opened and not closed, else where reading stopped."""
    stopped, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    context = getattr(error, "context", None) or ""
    open_ = began and context.startswith(("while scanning a", "while parsing a flow"))
    mark = began if open_ or not stopped else stopped
    return int(mark.line) if mark else 0


class _Reading:
    """Turns nodes into text, lists and mappings."""

    def __init__(self, written: str, shown: str, first_line: int, report: Report) -> None:
        self.written = written
        self.shown = shown
        self.first_line = first_line
        self.report = report
        self.places: dict[Loc, Place] = {}
        self.seen: set[int] = set()
        self.broken = False

    def value(self, node: Node, loc: Loc) -> Any:
        if id(node) in self.seen or len(loc) > MAX_DEPTH:
            code = "yaml-alias" if id(node) in self.seen else "yaml-too-deep"
            self._fault(code, self._place(node, loc), limit=MAX_DEPTH)
            return None
        self.seen.add(id(node))
        self._tell_eaten(node, loc)
        if isinstance(node, ScalarNode):
            return self._text(node, loc)
        if isinstance(node, SequenceNode):
            return [self._kept(child, (*loc, place)) for place, child in enumerate(node.value)]
        return self._mapping(node, loc)

    def _text(self, node: ScalarNode, loc: Loc) -> str:
        """The text as meant. An unseen sign that is not in the file can be written by its number, in quotes."""
        text = str(node.value)
        hidden = UNSEEN.search(text) or _HALF.search(text)
        if hidden:
            self._fault("yaml-escape", self._place(node, loc), f"U+{ord(hidden[0]):04X}")
        return text

    def _tell_eaten(self, node: Node, loc: Loc) -> None:
        """What YAML takes for its own though it was meant to be read: a word with ! or & before, one with # behind."""
        before = _MARK.match(self.written, node.start_mark.index)
        if before:
            self._fault("yaml-mark", self._place(node, loc), before[0])
        plain = isinstance(node, ScalarNode) and not node.style
        behind = plain and _REMARK.match(self.written, node.end_mark.index)
        if behind:
            self._fault("yaml-remark", self._place(node, loc), behind[1])

    def _mapping(self, node: Node, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, child in node.value:
            name = self._text(key, loc) if isinstance(key, ScalarNode) else "?"
            place = self._place(key, (*loc, name))
            self._tell_eaten(key, (*loc, name))
            if name in found:
                self._fault("duplicate-key", place, name, first=self.places[(*loc, name)])
                continue
            value = self._kept(child, (*loc, name), place)
            if value != "":
                found[name] = value
        return found

    def _kept(self, node: Node, loc: Loc, place: Place | None = None) -> Any:
        self.places[loc] = place or self._place(node, loc)
        return self.value(node, loc)

    def _place(self, node: Node, loc: Loc) -> Place:
        return Place(self.shown, line=node.start_mark.line + self.first_line, column=dotted(loc))

    def _fault(self, code: str, place: Place, value: str = "", **details: Any) -> None:
        self.broken = True
        self.report(problem(code, place, value, **details))


def dotted(loc: Loc) -> str:
    """`indicators[4].weight`: list places counted from 1, as people count."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
