"""`publisher serve`: what a build would write, made as it is asked for, and anew whenever an input is saved."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from publisher.build import publishable
from publisher.checking import Now, checked
from publisher.cleared import Cleared
from publisher.contents import contents
from publisher.parts import OnDemand
from publisher.previewing import contents_ahead
from publisher.recall import Recall
from publisher.render import theme_folders
from publisher.serve import serve
from publisher.words import Words

_WATCHED = ("content", "results", "templates")


def preview(
    root: Path, now: Now, today: Now, words: Words, port: int, ready: Callable[[str], None], *, ahead: bool = False
) -> None:
    """Serves a preview until Ctrl-C. Nothing is written: `site/` stays what was published.

    `ahead`: with what is not released, each page marked, as `build --preview` makes it.
    """
    make = partial(site_of, root, now, today, Recall(), Cleared(), ahead=ahead)
    serve(make, partial(inputs, root), port=port, ready=ready, language=words.language)


def site_of(root: Path, now: Now, today: Now, recall: Recall, cleared: Cleared, *, ahead: bool = False) -> OnDemand:
    """Every file that a build would write at this moment; raises PublisherError with every problem.

    `recall` and `cleared` are what earlier moments computed, and found nothing wrong in.
    """
    complete = False
    try:
        found = checked(root, now, today, root / "site", recall, cleared)
        if ahead:
            site = OnDemand(contents_ahead(found, root, recall), listed=False)
        else:
            site = OnDemand(contents(publishable(found, recall), theme_folders(root), recall=recall))
        complete = True
        return site
    finally:
        recall.turn(complete=complete)
        cleared.turn(complete=complete)


def inputs(root: Path) -> Iterator[str]:
    """Every file that may be read; what office programs and editors lay beside an open one is none."""
    for name in _WATCHED:
        yield from _files(os.fspath(root / name))


def _files(folder: str) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        for one in entries:
            if one.name.startswith((".", "~")):
                continue
            if one.is_dir(follow_symlinks=False):
                yield from _files(one.path)
            else:
                yield one.path
