"""Pages to bytes: Jinja2 over the theme. Reads the theme, writes nothing."""

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, Template
from jinja2.exceptions import TemplateSyntaxError

from publisher import addresses
from publisher.called import Plain, escaped
from publisher.compiled import compiled
from publisher.filters import OFTEN, filters
from publisher.foreign import marked
from publisher.kept import Read, Reads, Scoped, plain
from publisher.once import once, worded
from publisher.pages import Page, Publication
from publisher.pages.languages import Alternate, alternates
from publisher.pages.moved import concerned
from publisher.pieces import in_pieces
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.quicker import Quicker
from publisher.recall import Recall
from publisher.repeated import Repeated
from publisher.theme.bounds import Counting, TooMuchError, printed
from publisher.theme.faults import template_faults
from publisher.theme.shelf import Shelf

_HERE = Path(__file__).parent
PACKAGED = "theme"
"""`theme/base.html` is the publisher's own, also where the bureau has a `base.html`: one block can be changed."""
_ENDLESS: dict[type[Exception], str] = {
    RecursionError: "template-endless",
    MemoryError: "template-too-much",
    TooMuchError: "template-too-much",
}


def theme_folders(root: Path) -> list[Path]:
    """The bureau's own `templates/` first, then the theme that comes with the publisher."""
    own = root / "templates"
    packaged = _HERE / "templates"
    theme = packaged if packaged.is_dir() else _HERE.parent / "templates"
    return [own, theme] if own.is_dir() and own.resolve() != theme.resolve() else [theme]


def _loader(theme: list[Path]) -> ChoiceLoader:
    return ChoiceLoader([FileSystemLoader(theme), PrefixLoader({PACKAGED: FileSystemLoader(theme[-1])})])


def _sources(publication: Publication, now: Publication) -> dict[str, Any]:
    """What templates may read of everything that is published; `now` is what stands, of a superseded edition too."""
    return {
        "alike": publication.alike,
        "bureau": publication.bureau,
        "concerned": {one.id: concerned(now, one) for one in now.bureau.corrections},
        "printed": publication.printed,
        "threads": publication.threads,
        "withdrawn": publication.withdrawn,
    }


@dataclass(frozen=True)
class _Scope:
    """A publication as templates see it: that which stands, or that of a superseded edition."""

    name: str
    publication: Publication
    reads: Reads
    environment: Plain


class Renderer:
    """Holds the templates of one build."""

    def __init__(self, publication: Publication, theme: list[Path]) -> None:
        self.publication = publication
        self.theme = theme
        self.counting = Counting()
        self.scope = self._scope(publication.words.language, publication)
        self.environment = self.scope.environment
        self.old: _Scope | None = None
        """Of the superseded edition rendered last: its pages come one after the other."""

    def faults(self, recall: Recall | None = None) -> list[Problem]:
        """Of the bureau's own templates, as far as they can be told without making a page."""
        if len(self.theme) == 1:
            return []

        shelf = Shelf(self.environment, self.theme)

        def found(_state: Mapping[str, str]) -> list[Problem]:
            return list(template_faults(shelf, self.publication.words.has))

        state = shelf.state() if recall else {}
        return (recall or Recall()).of(("templates", self.publication.words.language), found, state)

    def _scope(self, name: str, publication: Publication) -> _Scope:
        reads = Reads(_sources(publication, self.publication))
        environment = self._environment(publication, reads.watched())
        if len(self.theme) == 1 or not any(self.theme[0].rglob("*.html")):
            environment.repeated = Repeated(reads)
        return _Scope(name, publication, reads, environment)

    def _environment(self, publication: Publication, watched: Mapping[str, Any]) -> Plain:
        environment = Plain(
            loader=_loader(self.theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled(publication.words.language, self.theme[-1]),
        )
        environment.code_generator_class = Quicker
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "default": plain}
        known = filters(publication)
        environment.filters.update({name: once(one) if name in OFTEN else one for name, one in known.items()})
        environment.worded = {name: worded(known[name], escaped) for name in OFTEN}
        del environment.globals["lipsum"]  # words that nobody wrote
        environment.globals.update(
            alternates=alternates(publication),
            as_of=publication.as_of,
            preview=publication.preview,
            range=self.counting,
            site=publication.bureau.site,
            t=publication.words,
            to=addresses,
            **{**watched, "concerned": lambda one: watched["concerned"][one.id]},
        )
        return environment

    def _of(self, page: Page) -> _Scope:
        """A superseded page speaks of the names and rules of its own time."""
        if page.old is None:
            return self.scope
        if self.old is None or self.old.publication is not page.old.publication:
            name = next(name for name, one in self._publications.items() if one is page.old.publication)
            self.old = self._scope(name, page.old.publication)
        return self.old

    @cached_property
    def _publications(self) -> dict[str, Publication]:
        """All of the site's language, by the name of their scope."""
        language = self.publication.words.language
        old = {
            f"{language} {one.revision.subject}.v{one.revision.old.number}": one.publication
            for one in self.publication.superseded
        }
        return {language: self.publication, **old}

    @cached_property
    def _reads(self) -> dict[str, Reads]:
        found = self._publications.items()
        return {name: Reads(_sources(one, self.publication)) for name, one in found}

    def compile(self, templates: Iterable[str]) -> None:
        """What the pages need of the theme, before the first is made."""
        for name in sorted(set(templates)):
            self.environment.get_template(name)

    def seen(self, page: Page) -> list[Scoped]:
        """What the page that was made last read of the site besides its own data."""
        scope = self._of(page)
        return [(scope.name, read) for read in scope.reads.seen()]

    def read(self, name: str, read: Read) -> object:
        """What a read of a scope finds."""
        return self._reads[name].value(read) if name in self._reads else None

    def page(self, page: Page) -> bytes:
        """One page; links are relative, except on the page that hosts serve at any depth: from the host's root.

        That page leads into its own language, unless the address names the folder of another.
        Pages of a superseded edition lead to one another, unless the present one is meant (`now`).
        """
        site = self.publication.bureau.site
        above = addresses.relative("", page.path)
        alone = addresses.spoken(site, page.path) == page.path

        def href(path: str, *, now: bool = False) -> str:
            if page.old and path in page.old.beside and not now:
                path = addresses.old(path, page.old.number)
            if page.path == addresses.NOT_FOUND:
                return f"{urlsplit(site.base_url).path}/{addresses.spoken(site, path)}"
            if alone:
                return above + path  # asked two hundred times a page, where a site has one language
            # Pages of a language lead to one another; what is there once lies above its folder.
            origin = page.path if addresses.has_words(path) else addresses.spoken(site, page.path)
            return addresses.relative(path, origin)

        def other(one: Alternate) -> str:
            """The link to the same page in another language."""
            if page.path == addresses.NOT_FOUND:
                return f"{urlsplit(site.base_url).path}/{one.path(addresses.HOME)}"
            return addresses.relative(one.path(page.path), addresses.spoken(site, page.path))

        try:
            scope = self._of(page)
            scope.reads.begin()
            scope.environment.begin(None if page.old or page.path == addresses.NOT_FOUND else above)
            data = {**page.whole.data, "page": page, "href": href, "other": other}
            self.counting.begin()
            return self._printed(scope.environment.get_template(page.template), data)
        except PublisherError:
            raise  # of a file whose size the page says
        except Exception as error:
            if fault := self._fault(error):
                raise PublisherError([fault]) from error
            raise

    def _printed(self, template: Template, data: dict[str, Any]) -> bytes:
        """The theme needs no bounds; what a bureau writes itself has them."""
        site, shipped = self.publication.bureau.site, len(self.theme) == 1
        if shipped and site.language == site.own_language:
            return in_pieces(template.generate(data))
        html = (template.render(data) if shipped else printed(template.generate(data))).rstrip() + "\n"
        return (html if site.language == site.own_language else marked(html, site.own_language)).encode()

    def _fault(self, error: Exception) -> Problem | None:
        """What a template of the bureau's own does wrong is the bureau's to mend; everything else is a bug."""
        if len(self.theme) == 1 or (place := self._own_place(error)) is None:
            return None
        if isinstance(error, UnicodeDecodeError):
            return problem("wrong-encoding", place)
        if isinstance(error, OSError) and error.errno is not None:
            return problem("unreadable-file", place)
        if code := next((code for kind, code in _ENDLESS.items() if isinstance(error, kind)), ""):
            return problem(code, place)
        said = getattr(error, "message", None) or str(error) or type(error).__name__
        return problem("broken-template", place, said.partition(" not found in search")[0])

    def _own_place(self, error: Exception) -> Place | None:
        """The innermost line of the bureau's own templates that the error passed through."""
        own = self.theme[0]
        if isinstance(error, UnicodeDecodeError):
            # Raised where the file is read, so no line of a template has been passed.
            alike = (path for path in sorted(own.rglob("*.*")) if path.stat().st_size == len(error.object))
            broken = (path for path in alike if path.is_file() and path.read_bytes() == error.object)
            return next((Place(f"templates/{path.relative_to(own).as_posix()}") for path in broken), None)
        frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
        if isinstance(error, TemplateSyntaxError | OSError) and error.filename:
            frames.append((str(error.filename), getattr(error, "lineno", 0)))
        within = [(Path(name), line) for name, line in frames if Path(name).is_relative_to(own)]
        if not within:
            return None
        path, line = within[-1]
        return Place(f"templates/{path.relative_to(own).as_posix()}", line=line)
