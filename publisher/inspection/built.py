"""What the inspection looks at: the files of a site, read as a visitor's program reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urlsplit

from publisher.pages import Page, Publication

"""Written beside the pages, by the writer itself."""
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(frozen=True)
class Seen:
    """What one page says to a program."""

    metas: Mapping[str, str]
    links: tuple[str, ...]
    """As they stand in it: of `a`, `link`, `img` and `script`."""
    ids: frozenset[str]
    main: str
    """The text of `main` without its first heading."""
    footer: str
    footer_links: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """A site that was rendered and not written."""

    publication: Publication
    pages: Sequence[Page]
    files: frozenset[str]
    seen: Mapping[str, Seen]
    """By path, every page."""

    @cached_property
    def dead(self) -> tuple[tuple[str, str], ...]:
        """(page, path of the target) of every link into the site that leads nowhere."""
        return tuple(dict.fromkeys(pair for path, page in self.seen.items() for pair in self._dead(path, page)))

    def _dead(self, path: str, page: Seen) -> Iterable[tuple[str, str]]:
        for link in page.links:
            target, mark = self.target(path, link)
            if target is None or (target in self.files and (not mark or target not in self.seen)):
                continue
            if target not in self.files:
                yield path, target
            elif mark not in self.seen[target].ids:
                yield path, f"{target}#{mark}"

    def target(self, path: str, link: str) -> tuple[str | None, str]:
        """The file of the site that a link means, and the place on it; none if it leads out of the site."""
        address, mark = urldefrag(link)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None, ""
        way = unquote(parts.path)
        root = urlsplit(self.publication.bureau.site.base_url).path + "/"
        if way.startswith("/"):
            return (way.removeprefix(root) if way.startswith(root) else way), unquote(mark)
        return _joined(path, way), unquote(mark)


def _joined(path: str, way: str) -> str:
    """A relative link from a page; one that climbs out of the site keeps its dots, and is no file."""
    if not way:
        return path
    parts = path.split("/")[:-1]
    for part in way.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def seen(data: bytes) -> Seen:
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    return Seen(
        reader.metas,
        tuple(dict.fromkeys(reader.links)),
        frozenset(reader.ids),
        " ".join("".join(reader.main).split()),
        " ".join("".join(reader.footer).split()),
        tuple(reader.footer_links),
    )


@dataclass
class _Reader(HTMLParser):
    """Takes a page apart; it was made by our own templates, or by the bureau's."""

    metas: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    main: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    footer_links: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in values:
            self.metas[values["name"]] = values.get("content", "")
        if "id" in values:
            self.ids.add(values["id"])
        link = values.get("href" if tag in {"a", "link"} else "src") if tag in {"a", "link", "img", "script"} else None
        if link is not None and values.get("rel") != "canonical":
            self.links.append(link)
            if "footer" in self.open:
                self.footer_links.append(link)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if "footer" in self.open:
            self.footer.append(data)
        elif "main" in self.open and not {"h1", "script", "style"} & set(self.open):
            self.main.append(data)
