"""The whole way: load -> check -> release -> analyse -> cite -> pages -> render -> write."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

from publisher import addresses
from publisher.ahead import apart
from publisher.analyse import analyse
from publisher.checking import Checked, Now, checked
from publisher.cited import with_figures
from publisher.editions.acts import withdrawal_data
from publisher.editions.affected import affected
from publisher.editions.register import published_as
from publisher.editions.restore import restored
from publisher.editions.revisions import Revision, revisions
from publisher.ledger import lives
from publisher.load.attachments import bytes_of
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD
from publisher.outputs.attachments import attached_files
from publisher.outputs.codes import code_files
from publisher.outputs.comparison import comparison_files
from publisher.outputs.data import data_files
from publisher.outputs.downloads import download_files, withdrawn_files
from publisher.outputs.feeds import feeds, robots, site_map
from publisher.outputs.search import search_files
from publisher.pages import Page, Publication, site_pages
from publisher.pages.page import Preview, Superseded
from publisher.permanent import address_problems, addresses_of
from publisher.press import available, printed
from publisher.problems import PublisherError, in_order
from publisher.released import released
from publisher.render import Renderer, theme_folders
from publisher.speaking import in_language
from publisher.withdrawn import Gone, gone_of, without
from publisher.words import words_of
from publisher.write import Written, write_site

Progress = Callable[[int, int], None]
"""Told (done, all) as pages are rendered."""


def silent(_done: int, _all: int) -> None:
    """No progress is shown."""


def with_addresses(found: Checked) -> Checked:
    """Also what `build` refuses though every rule is kept: addresses that would be lost. Nothing is rendered."""
    bureau = found.bureau
    if found.errors or not (bureau.sealed.entries or bureau.withdrawals):
        return found
    lost = address_problems(bureau, publication_of(bureau, found.as_of), found.as_of)
    return replace(found, problems=in_order([*found.problems, *lost]))


def with_templates(found: Checked, root: Path) -> Checked:
    """Also the faults of the bureau's own templates; no page is made, so `build` may find more."""
    theme = theme_folders(root)
    if found.errors or len(theme) == 1:
        return found
    faults = Renderer(publication_of(found.bureau, found.as_of), theme).faults()
    return replace(found, problems=in_order([*found.problems, *faults]))


def publication_of(bureau: Bureau, as_of: datetime) -> Publication:
    """What the public may see at a moment, computed."""
    return computed(released(bureau, as_of), as_of)


def computed(public: Bureau, as_of: datetime, preview: Preview | None = None) -> Publication:
    """What may be shown, computed; `public` has nothing in it that may not.

    What was withdrawn is taken out before; the addresses that are lost with it say so.
    """
    gone = gone_of(public)
    publication = _computed(public, gone, as_of, preview)
    if not gone.any:
        return publication
    lost = addresses_of(_computed(public, Gone(), as_of, preview)) - addresses_of(publication)
    plain = {addresses.unspoken(address, public.site.other_languages) for address in lost}
    return replace(publication, along={address: gone.by(address) for address in sorted(plain)})


def _computed(public: Bureau, gone: Gone, as_of: datetime, preview: Preview | None) -> Publication:
    today = as_of.astimezone(public.site.zone).date()
    standing = without(public, gone)
    analysis = analyse(standing, gone.pairs)
    if preview:
        analysis = apart(analysis, preview.apart)
    words = words_of(public.site.language)
    publication = Publication(
        # pages print results; the rows behind them may be many
        bureau=replace(with_figures(standing, analysis, words, public), scores={}),
        analysis=analysis,
        lives=lives(standing, today),
        as_of=today,
        words=words,
        preview=preview,
        prints=public.site.print is not False and available(),
        gone=gone,
    )
    found = tuple(one for one in revisions(public) if one.subject == RECORD or one.subject in standing.rounds)
    publication = replace(publication, revisions=found, superseded=_superseded(public, publication, found))
    others = (in_language(public, publication, one) for one in public.site.other_languages)
    return replace(publication, others=tuple(others))


def _superseded(public: Bureau, now: Publication, found: Sequence[Revision]) -> tuple[Superseded, ...]:
    """Each superseded edition analysed again; what its correction changed is seen against the one that followed."""
    rounds = [one for one in found if one.subject != RECORD]
    before = [_as_sealed(public, now, one, rounds) for one in rounds]
    made = []
    for place, (one, old) in enumerate(zip(rounds, before, strict=True)):
        later = [n for n in range(place + 1, len(rounds)) if rounds[n].subject == one.subject]
        after = before[later[0]] if later else now
        companies = affected(old.analysis, after.analysis, one.subject, one.changes)
        made.append(Superseded(one, old, companies))
    return tuple(made)


def _as_sealed(public: Bureau, now: Publication, revision: Revision, found: Sequence[Revision]) -> Publication:
    """The corrections that took the edition out of force, and later ones of the round, were not made yet."""
    whole = restored(public, revision.old)
    bureau = without(whole, now.gone)
    own = [one for one in found if one.subject == revision.subject and one.old.number >= revision.old.number]
    later = {by.id for one in own for by in one.corrections}
    corrections = tuple(one for one in bureau.corrections if one.id not in later)
    analysis = analyse(bureau, now.gone.pairs)
    kept = replace(with_figures(bureau, analysis, now.words, whole), scores={}, corrections=corrections)
    return replace(now, bureau=kept, analysis=analysis)


def build(
    root: Path,
    site: Path,
    now: Now,
    *,
    today: Now | None = None,
    jobs: int = 1,
    progress: Progress = silent,
) -> Written:
    """Builds `root` into `site`; `now` and `today` are those of `checked`.

    Raises PublisherError with every problem if there is one; the old site is then untouched.
    """
    return build_checked(checked(root, now, today, site), root, site, jobs=jobs, progress=progress)


def build_checked(found: Checked, root: Path, site: Path, *, jobs: int = 1, progress: Progress = silent) -> Written:
    """The same for a folder that was checked already, with `site` given."""
    if found.errors:
        raise PublisherError(found.errors)
    publication = publication_of(found.bureau, found.as_of)
    lost = list(address_problems(found.bureau, publication, found.as_of))
    if lost:
        raise PublisherError(lost)
    written = write_site(site, site.name, files(publication, theme_folders(root), jobs=jobs, progress=progress))
    return replace(written, unprinted=found.bureau.site.print is not False and not publication.prints)


def files(
    publication: Publication,
    theme: list[Path],
    *,
    pages: Sequence[Page] = (),
    jobs: int = 1,
    progress: Progress = silent,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, one after the other; with one job nothing holds all of them.

    `pages` are those of the site, where they were listed already.
    """
    pages = pages or site_pages(publication)
    sizes: dict[str, int] = {}
    for path, data in press(publication, theme, pages):
        sizes[path] = len(data)
        yield path, data
    publication = replace(publication, printed=sizes)
    all_pages = [(publication, pages), *((one, site_pages(one)) for one in in_others(publication))]
    for one, some in all_pages[1:]:
        yield from press(one, theme, some)
    count = sum(len(some) for _, some in all_pages)
    of_pages = (file for one, some in all_pages for file in rendered(one, theme, some, jobs))
    for done, file in enumerate(of_pages, 1):
        progress(done, count)
        yield file
    yield from Renderer(publication, theme).assets()
    yield from data_files(publication)
    yield from download_files(publication)
    yield from withdrawn_files(publication)
    for one, some in all_pages:
        for path, data in _beside(one, some):
            yield addresses.spoken(one.bureau.site, path), data
    yield addresses.SITE_MAP, site_map(publication, pages)
    yield addresses.ROBOTS, robots(publication)
    yield from ((path, bytes_of(file)) for path, file in attached_files(publication))
    yield from _sealed(publication)


def _beside(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """What every language has of its own besides pages: the index, the figures to compare, the codes, the feeds."""
    if publication.bureau.companies:
        yield from search_files(publication)
    yield from comparison_files(publication)
    yield from code_files(publication, pages)
    yield from feeds(publication, pages)


def in_others(publication: Publication) -> tuple[Publication, ...]:
    """The publication in the other languages, with what has been found of it since they were made."""
    return tuple(replace(one, printed=publication.printed, along=publication.along) for one in publication.others)


def press(publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """PDFs and share images, if the extra for them is installed; before the pages, which say how large each is.

    The images of another language are those of the first in other words, so that none needs to be named again.
    """
    return printed(publication, theme, pages) if publication.prints else iter(())


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


def rendered(
    publication: Publication, theme: list[Path], pages: Sequence[Page], jobs: int
) -> Iterator[tuple[str, bytes]]:
    """Some pages of the site, in its order; none, where the bureau's own templates have a fault."""
    if faults := Renderer(publication, theme).faults():
        raise PublisherError(faults)
    yield from _in_parallel(publication, theme, pages, jobs) if jobs > 1 else _rendered(publication, theme, pages)


def _rendered(publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    renderer = Renderer(publication, theme)
    for page in pages:
        yield addresses.spoken(publication.bureau.site, page.path), renderer.page(page)


def _in_parallel(
    publication: Publication, theme: list[Path], pages: Sequence[Page], jobs: int
) -> Iterator[tuple[str, bytes]]:
    """The same files in the same order from `jobs` processes, each with a run of the pages."""
    publication = replace(publication, others=())  # a worker makes pages of one language
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
        threading.Thread(target=_exit_after, args=(build.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _run(publication: Publication, theme: list[Path], paths: frozenset[str]) -> list[tuple[str, bytes]]:
    pages = [page for page in site_pages(publication) if page.path in paths]
    return list(_rendered(publication, theme, pages))
