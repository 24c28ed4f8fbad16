"""What a site holds: its files in parts, each with how it is made. A build makes all, a preview what is asked for."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Lock, Thread

from publisher import addresses
from publisher.editions.acts import withdrawal_data
from publisher.editions.register import published_as
from publisher.load.attachments import bytes_of
from publisher.model.attachments import AttachedFile
from publisher.outputs.attachments import attached_files
from publisher.outputs.codes import code_files
from publisher.outputs.comparison import comparison_files
from publisher.outputs.data import data_addresses, data_files
from publisher.outputs.downloads import download_addresses, download_files, withdrawn_files
from publisher.outputs.feeds import feeds, robots, site_map
from publisher.outputs.search import search_files
from publisher.pages import Page, Publication, site_pages
from publisher.press import Pressed, sheets
from publisher.problems import Problem, PublisherError
from publisher.recall import Recall
from publisher.render import Renderer
from publisher.write.paths import sums_of

Files = Iterable[tuple[str, bytes]]
Wanted = Collection[str] | None
"""Addresses; none: all."""
Seen = tuple[Publication, Sequence[Page]]
"""Pages to be made from a publication."""
Progress = Callable[[int, int], None]
"""Told (done, all) as pages are rendered."""


def silent(_done: int, _all: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Part:
    """Files that are made alike."""

    make: Callable[[Wanted], Files]
    """Those that are wanted; also others, where they are only made together."""
    paths: Collection[str] | None = None
    """Where they stand, and perhaps more; none: making them tells."""
    pages: int = 0
    """How many pages they are."""


def together(make: Callable[[], Files], paths: Collection[str] | None = None) -> Part:
    """Files that are made all at once."""
    return Part(lambda _: make(), paths)


def made(contents: Iterable[Part], progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Every file, one after the other; with one job nothing holds all of them."""
    parts = list(contents)
    count, done = sum(part.pages for part in parts), 0
    for part in parts:
        for file in part.make(None):
            if part.pages:
                done += 1
                progress(done, count)
            yield file


class OnDemand:
    """The files of a site, each made when somebody asks for it first.

    `listed`: also the list of their hashes, made from all.
    """

    def __init__(self, contents: Iterable[Part], *, listed: bool = True) -> None:
        self._guard = Lock()
        self._listed = listed
        self._told: list[Part] = []
        self._rest: list[Part] = []
        """Parts of which only making them tells where their files stand."""
        for part in contents:
            (self._rest if part.paths is None else self._told).append(part)
        self._made: dict[str, bytes] = {}

    def __call__(self, path: str) -> bytes | None:
        """The file at an address of the site; none if there is none."""
        with self._guard:
            if self._listed and path == addresses.SUMS:
                return self._sums()
            if path not in self._made:
                self._make(path)
            return self._made.get(path)

    def _make(self, path: str) -> None:
        for part in self._told:
            if part.paths is not None and path in part.paths:
                self._made |= part.make([path])
        faults: list[Problem] = []
        for part in tuple(self._rest):
            if path in self._made:
                return
            try:
                self._made |= part.make(None)
                self._rest.remove(part)
            except PublisherError as error:
                faults += error.problems  # and yet the file may be one of another part
        if faults and path not in self._made:
            raise PublisherError(faults)

    def _sums(self) -> bytes:
        self._made |= {path: data for part in (*self._told, *self._rest) for path, data in part.make(None)}
        self._told, self._rest = [], []
        return sums_of({path: sha256(data).hexdigest() for path, data in self._made.items()})


def contents(
    publication: Publication,
    theme: list[Path],
    pages: Sequence[Page] = (),
    jobs: int = 1,
    recall: Recall | None = None,
) -> Iterator[Part]:
    """The whole site; `pages` are those of it, where they were listed already."""
    spoken, parts = shown([(publication, pages or site_pages(publication))], theme, jobs, recall)
    publication, pages = spoken[0]
    yield from parts
    yield together(lambda: data_files(publication), frozenset(data_addresses(publication)))
    yield together(lambda: download_files(publication), frozenset(download_addresses(publication)))
    yield together(lambda: withdrawn_files(publication))
    yield together(lambda: (file for one, some in spoken for file in _beside(one, some)))
    yield together(lambda: [(addresses.SITE_MAP, site_map(publication, pages))])
    yield together(lambda: [(addresses.ROBOTS, robots(publication))])
    yield attachments_part(dict(attached_files(publication)))
    yield together(lambda: _sealed(publication))


def shown(
    seen: Sequence[Seen], theme: list[Path], jobs: int = 1, recall: Recall | None = None
) -> tuple[list[Seen], list[Part]]:
    """What a site and a preview show alike: these pages in every language, what is printed of them, and the style.

    PDFs and share images come before the pages, which say how large each is. The images of another language are those
    of the first in other words, so that none needs to be named again.
    """
    pressed = Pressed(theme, (sheet for one, pages in seen for sheet in sheets(one, theme, pages)))
    own = [(replace(one, printed=pressed), pages) for one, pages in seen]
    others = [other for one in own for other in _in_others(*one)]
    printed = [pressed, *(Pressed(theme, sheets(one, theme, pages)) for one, pages in others)]
    spoken = [*own, *others]
    pages_of = [pages_part(one, theme, pages, jobs, recall) for one, pages in spoken]
    return spoken, [*map(press_part, printed), *pages_of, assets_part(own[0][0], theme)]


def _in_others(publication: Publication, pages: Sequence[Page]) -> Iterator[Seen]:
    """The same pages in the other languages, with what has been found of the site since they were made."""
    paths = {page.path for page in pages}
    for one in publication.others:
        other = replace(one, printed=publication.printed, along=publication.along)
        yield other, [page for page in site_pages(other) if page.path in paths]


def press_part(pressed: Pressed) -> Part:
    """PDFs and share images, if the extra for them is installed."""
    return Part(pressed.files, pressed.keys())


def assets_part(publication: Publication, theme: list[Path]) -> Part:
    return together(lambda: Renderer(publication, theme).assets())


def attachments_part(files: Mapping[str, AttachedFile]) -> Part:
    def make(wanted: Wanted) -> Files:
        return ((path, bytes_of(files[path])) for path in files if wanted is None or path in wanted)

    return Part(make, files.keys())


def pages_part(
    publication: Publication, theme: list[Path], pages: Sequence[Page], jobs: int, recall: Recall | None = None
) -> Part:
    """Some pages of a site, in its order; none, where the bureau's own templates have a fault."""
    known = {addresses.spoken(publication.bureau.site, page.path): page for page in pages}

    @cache
    def renderer() -> Renderer:
        """One for all pages, made with the first."""
        found = Renderer(publication, theme)
        if faults := found.faults(recall):
            raise PublisherError(faults)
        return found

    def make(wanted: Wanted) -> Files:
        whole = renderer()
        if wanted is None and jobs > 1:
            return _in_parallel(publication, theme, pages, jobs)
        return _rendered(whole, pages if wanted is None else [page for path, page in known.items() if path in wanted])

    return Part(make, known.keys(), len(pages))


def _rendered(renderer: Renderer, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield addresses.spoken(renderer.publication.bureau.site, page.path), renderer.page(page)


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


def _in_parallel(
    publication: Publication, theme: list[Path], pages: Sequence[Page], jobs: int
) -> Iterator[tuple[str, bytes]]:
    """The same files in the same order from `jobs` processes, each with a run of the pages."""
    # A worker makes pages of one language; every size is known by now.
    publication = replace(publication, others=(), printed=dict(publication.printed))
    paths = [page.path for page in pages]
    bounds = pairwise([len(paths) * n // jobs for n in range(jobs + 1)])
    with ProcessPoolExecutor(jobs, initializer=_end_with_the_build) as executor:
        runs = [executor.submit(_run, publication, theme, frozenset(paths[start:stop])) for start, stop in bounds]
        for run in runs:
            yield from run.result()


def _end_with_the_build() -> None:
    """In a worker: should the build be killed, it would wait for its next work for ever."""
    build = parent_process()
    if build:
        Thread(target=_exit_after, args=(build.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _run(publication: Publication, theme: list[Path], paths: frozenset[str]) -> list[tuple[str, bytes]]:
    pages = [page for page in site_pages(publication) if page.path in paths]
    return list(_rendered(Renderer(publication, theme), pages))
