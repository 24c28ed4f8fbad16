"""What a site holds: its files in parts, each with how it is made. A build makes all, a preview what is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Literal

from publisher import addresses
from publisher.assets import assets
from publisher.dated import is_dated, redated
from publisher.editions.acts import withdrawal_data
from publisher.editions.register import published_as
from publisher.load.attachments import bytes_of
from publisher.model.attachments import AttachedFile
from publisher.outputs.attachments import attached_files
from publisher.outputs.codes import code_files
from publisher.outputs.comparison import comparison_files
from publisher.outputs.data import data_addresses, data_files
from publisher.outputs.downloads import files_of, made_of, standing_downloads, withdrawn_files
from publisher.outputs.feeds import feeds, robots, site_map
from publisher.outputs.search import search_files
from publisher.pages import Page, Publication, site_pages
from publisher.parts import Files, Origin, Part, Shipped, Wanted, together
from publisher.press import Pressed, sheets
from publisher.problems import Place, PublisherError, problem
from publisher.recall import Recall
from publisher.render import Renderer

Seen = tuple[Publication, Sequence[Page]]
"""Pages to be made from a publication."""
PREVIEW_MARKS = (b'content="noindex, nofollow"', b"data-preview=")
"""What every page of a preview has in it, whichever theme made it."""


def contents(
    publication: Publication,
    theme: list[Path],
    pages: Sequence[Page] = (),
    recall: Recall | None = None,
) -> Iterator[Part]:
    """The whole site; `pages` are those of it, where they were listed already."""
    spoken, parts = shown([(publication, pages or site_pages(publication))], theme, recall)
    publication, pages = spoken[0]
    yield from parts
    yield together(lambda: data_files(publication), frozenset(data_addresses(publication)))
    yield downloads_part(publication, theme)
    yield together(lambda: withdrawn_files(publication))
    yield together(lambda: (file for one, some in spoken for file in _beside(one, some)))
    yield together(lambda: [(addresses.SITE_MAP, site_map(publication, pages))])
    yield together(lambda: [(addresses.ROBOTS, robots(publication))])
    yield attachments_part(dict(attached_files(publication)))
    yield together(lambda: _sealed(publication))


def shown(seen: Sequence[Seen], theme: list[Path], recall: Recall | None = None) -> tuple[list[Seen], list[Part]]:
    """What a site and a preview show alike: these pages in every language, what is printed of them, and the style.

    PDFs and share images come before the pages, which say how large each is. The images of another language are those
    of the first in other words, so that none needs to be named again.
    """
    pressed = Pressed(theme, (sheet for one, pages in seen for sheet in sheets(one, theme, pages)))
    own = [(replace(one, printed=pressed), pages) for one, pages in seen]
    others = [other for one in own for other in _in_others(*one)]
    printed = [pressed, *(Pressed(theme, sheets(one, theme, pages)) for one, pages in others)]
    spoken = [*own, *others]
    pages_of = [pages_part(f"pages {n}", one, theme, pages, recall) for n, (one, pages) in enumerate(spoken)]
    return spoken, [*map(press_part, printed), *pages_of, assets_part(own[0][0], theme)]


def _in_others(publication: Publication, pages: Sequence[Page]) -> Iterator[Seen]:
    """The same pages in the other languages, with what has been found of the site since they were made."""
    paths = {page.path for page in pages}
    for one in publication.others:
        other = replace(one, printed=publication.printed, along=publication.along)
        yield other, [page for page in site_pages(other) if page.path in paths]


def press_part(pressed: Pressed) -> Part:
    """PDFs and share images, if the extra for them is installed."""
    return Part(pressed.files, pressed.keys(), origin=Origin(pressed.made_of, stands=pressed.stands))


def assets_part(publication: Publication, theme: list[Path]) -> Part:
    return together(lambda: assets(theme, preview=publication.preview is not None))


def attachments_part(files: Mapping[str, AttachedFile]) -> Part:
    def make(wanted: Wanted) -> Files:
        return ((path, bytes_of(files[path])) for path in files if wanted is None or path in wanted)

    return Part(make, files.keys())


def pages_part(
    name: str, publication: Publication, theme: list[Path], pages: Sequence[Page], recall: Recall | None = None
) -> Part:
    """Some pages of a site, in its order; none, where the bureau's own templates have a fault."""
    known = {addresses.spoken(publication.bureau.site, page.path): page for page in pages}
    day = publication.as_of if len(theme) > 1 else None
    """The bureau's own templates may print it wherever they like; the theme does so in one line."""

    @cache
    def renderer() -> Renderer:
        """One for all pages, made with the first."""
        return Renderer(publication, theme)

    @cache
    def ready() -> None:
        if faults := renderer().faults(recall):
            raise PublisherError(faults)

    def make(wanted: Wanted) -> Files:
        ready()
        chosen = known if wanted is None else {path: known[path] for path in wanted if path in known}
        found = ((path, renderer().page(page)) for path, page in chosen.items())
        return found if publication.preview is None else _marked(found)

    def compile_all() -> None:
        ready()
        renderer().compile(page.template for page in pages)

    origin = Origin(
        lambda path: (known[path], day),
        lambda path: renderer().seen(known[path]),
        lambda read: renderer().read(*read),
        today=publication.as_of.isoformat(),
        dated=is_dated,
        renewed=lambda old: partial(redated, publication.words, date.fromisoformat(old), publication.as_of),
    )
    return Part(make, known.keys(), len(pages), origin, name, _shipped("pages", publication, theme), compile_all)


def _marked(pages: Files) -> Iterator[tuple[str, bytes]]:
    """Pages of a preview; raises PublisherError for one that does not say that it is one."""
    for path, data in pages:
        if not all(mark in data for mark in PREVIEW_MARKS):
            raise PublisherError([problem("preview-unmarked", Place("templates/base.html"), path)])
        yield path, data


def downloads_part(publication: Publication, theme: list[Path]) -> Part:
    """What pages show, as files beside them."""
    known = {path: one for one in standing_downloads(publication) for path in one.paths}

    def make(wanted: Wanted) -> Files:
        chosen = known.values() if wanted is None else [known[path] for path in wanted if path in known]
        return (file for one in {id(one): one for one in chosen}.values() for file in files_of(one))

    origin = Origin(lambda path: made_of(known[path]))
    shipped = _shipped("downloads", publication, theme)
    return Part(make, known.keys(), origin=origin, name="downloads", shipped=shipped)


def _shipped(kind: Literal["pages", "downloads"], publication: Publication, theme: list[Path]) -> Callable[[], Shipped]:
    """A worker makes files of one language; every size is known by the time that it is asked."""
    return lambda: Shipped(kind, replace(publication, others=(), printed=dict(publication.printed)), theme)


def part_of(shipped: Shipped) -> Part:
    """In a worker: the part, made from what was sent."""
    if shipped.kind == "downloads":
        return downloads_part(shipped.publication, shipped.theme)
    return pages_part("", shipped.publication, shipped.theme, site_pages(shipped.publication))


def _beside(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """What every language has of its own besides pages: the index, the figures to compare, the codes, the feeds."""
    found = [comparison_files(publication), code_files(publication, pages), feeds(publication, pages)]
    if publication.bureau.companies:
        found.insert(0, search_files(publication))
    for files in found:
        yield from ((addresses.spoken(publication.bureau.site, path), data) for path, data in files)


def _sealed(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The register and the editions it names, so that anybody can check them."""
    sealed = publication.bureau.sealed
    if sealed.entries:
        yield addresses.REGISTER, published_as(sealed.entries)
    if sealed.addresses_are_current:
        yield addresses.ADDRESSES, sealed.addresses_data
    for one in sealed.entries:
        if one.round and one.edition:
            path = addresses.edition(one.round, one.edition)
            withdrawal = publication.withdrawn.get(path)
            kept = sealed.editions[one.round, one.edition].public
            yield path, withdrawal_data(withdrawal) if withdrawal else kept
