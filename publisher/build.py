"""The whole way: load -> check -> release -> analyse -> cite -> pages -> render -> write."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from publisher import addresses
from publisher.analyse import analyse
from publisher.check import check
from publisher.cited import with_figures
from publisher.claims import contradictions, rounds_with_typed_figures
from publisher.ledger import lives
from publisher.load.folder import load
from publisher.model.bureau import Bureau
from publisher.model.scheme import series_of
from publisher.outputs.data import data_files
from publisher.outputs.feeds import feed, robots, site_map
from publisher.pages import Page, Publication, site_pages
from publisher.problems import Problem, PublisherError, in_order
from publisher.released import released
from publisher.render import Renderer, theme_folders
from publisher.words import words_of
from publisher.write import Written, write_site

Now = Callable[[Bureau], datetime]
"""The moment the site speaks of, asked in the time zone of the bureau."""

Progress = Callable[[int, int], None]
"""Told (done, all) as pages are rendered."""


def silent(_done: int, _all: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Checked:
    """A folder that was read and checked."""

    bureau: Bureau
    as_of: datetime
    problems: Sequence[Problem]
    """In order; errors and warnings."""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]


def checked(root: Path, now: Now, today: Now | None = None) -> Checked:
    """Reads the folder and runs every rule; nothing is written.

    `now` gives the moment the site speaks of, `today` the present one (the same if left out): facts dated
    after the present are faults, those between the two are only not yet shown.
    """
    loaded = load(root)
    as_of = now(loaded.bureau)
    present = max(as_of, today(loaded.bureau)) if today else as_of
    zone = loaded.bureau.site.zone
    today_ = present.astimezone(zone).date()
    files = {one.place.path for one in loaded.problems}
    rules = check(loaded.bureau, as_of.astimezone(zone).date(), loaded.broken, today=today_, files=files)
    found = Checked(loaded.bureau, as_of, in_order([*loaded.problems, *rules]))
    return found if found.errors else replace(found, problems=in_order([*found.problems, *_typed(found.bureau)]))


def _typed(bureau: Bureau) -> Iterator[Problem]:
    """Figures typed into notices; only the schemes that they are about are analysed for it."""
    lines = series_of(bureau.schemes)
    concerned = {lines[bureau.rounds[id_].scheme] for id_ in rounds_with_typed_figures(bureau)}
    rounds = {id_: one for id_, one in bureau.rounds.items() if lines[one.scheme] in concerned}
    if rounds:
        yield from contradictions(bureau, analyse(replace(bureau, rounds=rounds)))


def publication_of(bureau: Bureau, as_of: datetime) -> Publication:
    """What the public may see at a moment, computed."""
    public = released(bureau, as_of)
    today = as_of.astimezone(bureau.site.zone).date()
    analysis = analyse(public)
    words = words_of(bureau.site.language)
    return Publication(
        # pages print results; the rows behind them may be many
        bureau=replace(with_figures(public, analysis, words), scores={}),
        analysis=analysis,
        lives=lives(public, today),
        as_of=today,
        words=words,
    )


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
    found = checked(root, now, today)
    if found.errors:
        raise PublisherError(found.errors)
    publication = publication_of(found.bureau, found.as_of)
    return write_site(site, site.name, files(publication, theme_folders(root), jobs=jobs, progress=progress))


def files(
    publication: Publication,
    theme: list[Path],
    *,
    jobs: int = 1,
    progress: Progress = silent,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, one after the other; with one job nothing holds all of them."""
    pages = site_pages(publication)
    rendered = _in_parallel(publication, theme, len(pages), jobs) if jobs > 1 else _rendered(publication, theme, pages)
    for done, file in enumerate(rendered, 1):
        progress(done, len(pages))
        yield file
    yield from Renderer(publication, theme).assets()
    yield from data_files(publication)
    yield addresses.FEED, feed(publication, pages)
    yield "sitemap.xml", site_map(publication, pages)
    yield "robots.txt", robots(publication)


def _rendered(publication: Publication, theme: list[Path], pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    renderer = Renderer(publication, theme)
    for page in pages:
        yield page.path, renderer.page(page)


def _in_parallel(publication: Publication, theme: list[Path], count: int, jobs: int) -> Iterator[tuple[str, bytes]]:
    """The same files in the same order from `jobs` processes, each with a run of the pages."""
    bounds = [count * n // jobs for n in range(jobs + 1)]
    with ProcessPoolExecutor(jobs) as executor:
        runs = [executor.submit(_run, publication, theme, start, stop) for start, stop in pairwise(bounds)]
        for run in runs:
            yield from run.result()


def _run(publication: Publication, theme: list[Path], start: int, stop: int) -> list[tuple[str, bytes]]:
    return list(_rendered(publication, theme, site_pages(publication)[start:stop]))
