"""What a site holds: its files in parts, each with how it is made. A build makes all, a preview what is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from publisher import addresses
from publisher.assets import assets
from publisher.dated import is_dated, redated
from publisher.editions.acts import withdrawal_data
from publisher.editions.register import published_as
from publisher.load.attachments import bytes_of
from publisher.model.attachments import AttachedFile
from publisher.outputs.attachments import attached_files
from publisher.outputs.codes import codes
from publisher.outputs.comparison import comparison_files, comparisons
from publisher.outputs.data import RoundFiles
from publisher.outputs.downloads import withdrawn_files
from publisher.outputs.feeds import feeds, robots, site_map
from publisher.outputs.kit import ResultFiles
from publisher.outputs.search import search_files
from publisher.pages import Page, Publication, site_pages
from publisher.parts import Files, Kind, Origin, Part, Shipped, Wanted, together
from publisher.press import Pressed, sheets
from publisher.problems import Place, PublisherError, problem
from publisher.qr import drawn
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
    rounds = RoundFiles(publication)
    yield results_part(rounds, publication, theme)
    for n, (one, some) in enumerate(spoken):
        yield comparisons_part(f"comparisons {n}", one, theme)
        yield codes_part(f"codes {n}", one, theme, some)
        yield beside_part(f"beside {n}", one, theme, some)
    yield tables_part(rounds, publication, theme)
    yield together(rounds.described, frozenset(rounds.described_paths))
    yield together(lambda: withdrawn_files(publication))
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
    return spoken, [*map(press_part, printed), assets_part(own[0][0], theme), *pages_of]


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
    """Some pages of a site; none, where the bureau's own templates have a fault.

    Those of a round follow each other, for they print the same figures: of many rounds their words are not remembered.
    """
    in_order = sorted(pages, key=lambda page: addresses.round_of(page.path))
    known = {addresses.spoken(publication.bureau.site, page.path): page for page in in_order}
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
        lambda path: (known[path].told, day),
        lambda path: renderer().seen(known[path]),
        lambda read: renderer().read(*read),
        today=publication.as_of.isoformat(),
        dated=is_dated,
        renewed=lambda old: partial(redated, publication.words, date.fromisoformat(old), publication.as_of),
    )
    shipped = _shipped("pages", publication, theme, pages)
    return Part(make, known.keys(), len(pages), origin, name, shipped, compile_all)


def _marked(pages: Files) -> Iterator[tuple[str, bytes]]:
    """Pages of a preview; raises PublisherError for one that does not say that it is one."""
    for path, data in pages:
        if not all(mark in data for mark in PREVIEW_MARKS):
            raise PublisherError([problem("preview-unmarked", Place("templates/base.html"), path)])
        yield path, data


def results_part(rounds: RoundFiles, publication: Publication, theme: list[Path]) -> Part:
    """Tables and workbooks of rounds, and what their scorecards show, as files beside them."""
    files = ResultFiles(publication, rounds)
    shipped = _shipped("rounds", publication, theme)
    origin = Origin(files.made_of)
    return Part(files.files, files.paths, origin=origin, known=rounds.known, name="rounds", shipped=shipped)


def tables_part(rounds: RoundFiles, publication: Publication, theme: list[Path]) -> Part:
    """Tables of more than a round, made anew each time."""
    shipped = _shipped("tables", publication, theme)
    return Part(rounds.tables, rounds.table_paths, known=rounds.known, name="tables", shipped=shipped)


def beside_part(name: str, publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Part:
    """What a language has of its own besides, made anew each time."""
    shipped = _shipped("beside", publication, theme, pages)
    return Part(lambda _: _beside(publication, pages), name=name, shipped=shipped)


def _shipped(
    kind: Kind, publication: Publication, theme: list[Path], pages: Sequence[Page] = ()
) -> Callable[[], Shipped]:
    """A worker makes files of one language; every size is known by the time that it is asked."""
    return lambda: Shipped(
        kind,
        replace(publication, others=(), printed=dict(publication.printed)),
        theme,
        frozenset(page.path for page in pages),
    )


def parts_of(shipped: Mapping[str, Shipped]) -> dict[str, Part]:
    """In a worker: the parts by name, made from what was sent; pages are listed once for all that tell of them."""
    listed: dict[tuple[str, frozenset[str]], list[Page]] = {}
    made = {}
    for name, one in shipped.items():
        key = one.publication.words.language, one.pages
        if one.pages and key not in listed:
            listed[key] = [page for page in site_pages(one.publication) if page.path in one.pages]
        made[name] = _part_of(name, one, listed.get(key, []))
    return made


def _part_of(name: str, shipped: Shipped, pages: Sequence[Page]) -> Part:
    publication, theme = shipped.publication, shipped.theme
    match shipped.kind:
        case "pages":
            return pages_part(name, publication, theme, pages)
        case "rounds":
            return results_part(RoundFiles(publication), publication, theme)
        case "tables":
            return tables_part(RoundFiles(publication), publication, theme)
        case "comparisons":
            return comparisons_part(name, publication, theme)
        case "codes":
            return codes_part(name, publication, theme, pages)
        case "beside":
            return beside_part(name, publication, theme, pages)


def comparisons_part(name: str, publication: Publication, theme: list[Path]) -> Part:
    """The figures to compare, in one language."""
    site = publication.bureau.site
    known = {addresses.spoken(site, path): (path, result) for path, result in comparisons(publication).items()}

    def make(wanted: Wanted) -> Files:
        chosen = None if wanted is None else [known[path][0] for path in wanted if path in known]
        return ((addresses.spoken(site, path), data) for path, data in comparison_files(publication, chosen))

    origin = Origin(lambda path: (known[path][1],))
    return Part(make, known.keys(), origin=origin, name=name, shipped=_shipped("comparisons", publication, theme))


def codes_part(name: str, publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Part:
    """The address of each scorecard, drawn, in one language."""
    site = publication.bureau.site
    known = {addresses.spoken(site, path): told for path, told in codes(publication, pages).items()}

    def make(wanted: Wanted) -> Files:
        return ((path, drawn(told)) for path, told in known.items() if wanted is None or path in wanted)

    shipped = _shipped("codes", publication, theme, pages)
    return Part(make, known.keys(), origin=Origin(lambda path: (known[path],)), name=name, shipped=shipped)


def _beside(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """The index and the feeds."""
    found = [search_files(publication)] if publication.bureau.companies else []
    for files in (*found, feeds(publication, pages)):
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
