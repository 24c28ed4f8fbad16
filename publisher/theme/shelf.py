"""The templates that a bureau's pages are made of: its own, and those that come with the publisher. Nothing is run."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound, nodes
from jinja2.meta import find_undeclared_variables


class Shelf:
    """Each template is read and taken apart once; `theme` has the bureau's own folder first, if there is one.

    Read once: whatever is saved in the meantime, all that is told of a template is told of the text in `state`.
    """

    def __init__(self, environment: Environment, theme: list[Path]) -> None:
        self.environment = environment
        self._own = FileSystemLoader(theme[0]) if len(theme) > 1 else None
        self._packaged = FileSystemLoader(theme[-1])
        self._read: dict[tuple[bool, str], str | Exception] = {}
        """By whether it is looked for among the publisher's alone, and name: the text, or why there is none."""
        self._trees: dict[str, nodes.Template] = {}
        self._named: dict[str, list[tuple[str, int]]] = {}

    def own(self) -> list[str]:
        """The names of the bureau's own templates, sorted; what editors leave about is none."""
        return [name for name in self.beside if name.endswith(".html") and not name.startswith("assets/")]

    def state(self) -> Mapping[str, str]:
        """All that is judged, by its SHA-256; of files that no template is or names only that they are there."""
        named = {name for own in self.own() for name in self._needed(own)}.intersection(self.beside)
        own = dict.fromkeys(self.beside, "") | {name: self._hash(name) for name in named.union(self.own())}
        return own | {f"/{name}": self._hash(name, packaged=True) for name in self._models}

    def _hash(self, name: str, *, packaged: bool = False) -> str:
        try:
            return sha256(self.source(name, packaged=packaged).encode("utf-8", "surrogatepass")).hexdigest()
        except (OSError, UnicodeDecodeError) as error:
            return type(error).__name__

    @cached_property
    def beside(self) -> list[str]:
        """Every file of the bureau's own folder but those that programs keep or lay beside an open one."""
        found = self._own.list_templates() if self._own else []
        return [name for name in found if not name.startswith((".", "~")) and "/." not in name and "/~" not in name]

    @cached_property
    def packaged(self) -> frozenset[str]:
        """Every file of the publisher's theme."""
        return frozenset(self._packaged.list_templates())

    @cached_property
    def _models(self) -> list[str]:
        return sorted(name for name in self.packaged if name.endswith(".html"))

    def is_copied(self, name: str) -> bool:
        """Whether an own template is one of the publisher's, unchanged."""
        try:
            return self._own is not None and self.source(name) == self.source(name, packaged=True)
        except (OSError, UnicodeDecodeError):
            return False

    def all(self) -> list[str]:
        return [*self.own(), *self._packaged.list_templates()]

    def has(self, name: str) -> bool:
        try:
            self.source(name)
        except TemplateNotFound:
            return False
        except (OSError, UnicodeDecodeError):
            return True  # told where it stands
        return True

    def source(self, name: str, *, packaged: bool = False) -> str:
        """Raises what reading it raised, every time: TemplateNotFound, OSError or UnicodeDecodeError."""
        if (packaged, name) not in self._read:
            self._read[packaged, name] = self._text(name, packaged=packaged)
        found = self._read[packaged, name]
        if isinstance(found, Exception):
            raise found
        return found

    def _text(self, name: str, *, packaged: bool) -> str | Exception:
        loader = self._packaged if packaged else self.environment.loader
        try:
            return loader.get_source(self.environment, name)[0] if loader else ""
        except (OSError, UnicodeDecodeError) as error:  # TemplateNotFound is an OSError too
            return error

    def tree(self, name: str) -> nodes.Template:
        if name not in self._trees:
            self._trees[name] = self.environment.parse(self.source(name), name)
        return self._trees[name]

    def named_by(self, name: str) -> list[tuple[str, int]]:
        """`named_in` of a template, looked up once."""
        if name not in self._named:
            self._named[name] = list(named_in(self.tree(name)))
        return self._named[name]

    def leads(self, start: str, end: str) -> bool:
        """Whether the one template needs the other, directly or through others."""
        seen, ahead = set[str](), [start]
        while ahead:
            name = ahead.pop()
            if name == end:
                return True
            if name not in seen:
                seen.add(name)
                ahead += self._needed(name)
        return False

    def _needed(self, name: str) -> list[str]:
        """What a template names; nothing, if it cannot be read: that is told where it stands."""
        try:
            return [found for found, _ in self.named_by(name)]
        except (TemplateError, OSError, UnicodeDecodeError, RecursionError):
            return []

    def names_of_its_model(self, name: str) -> set[str]:
        """Those of the publisher's template that an own one stands for: reading that one alone is mostly enough."""
        try:
            return self._names_in(name)
        except TemplateNotFound:
            return set()

    def names_of_the_theme(self) -> set[str]:
        """Every name that a template of the publisher uses without giving it itself."""
        return self._names

    @cached_property
    def _names(self) -> set[str]:
        found: set[str] = set()
        for name in self._models:
            found |= self._names_in(name)
        return found

    def _names_in(self, name: str) -> set[str]:
        source = self.source(name, packaged=True)
        return find_undeclared_variables(self.environment.parse(source, name))


def named_in(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """What a template extends, includes or imports by a plain name, with the line; not what may be missing."""
    for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        for one in tree.find_all(kind):
            named = getattr(one, "template", None)
            if isinstance(named, nodes.Const) and isinstance(named.value, str) and not _may_be_missing(one):
                yield named.value, one.lineno


def _may_be_missing(one: nodes.Node) -> bool:
    return bool(getattr(one, "ignore_missing", False))
