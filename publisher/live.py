"""`publisher serve`: the site as it would be built, made anew whenever an input is saved."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from publisher.build import build
from publisher.checking import Now
from publisher.messages import lines_of
from publisher.previewing import preview_here
from publisher.problems import PublisherError
from publisher.serve import serve
from publisher.words import Words

_WATCHED = ("content", "results", "templates")


def preview(
    root: Path, now: Now, today: Now, words: Words, port: int, ready: Callable[[str], None], *, ahead: bool = False
) -> None:
    """Serves a preview until Ctrl-C. It is built outside the bureau's folder: `site/` stays what was published.

    `ahead`: with what is not released, each page marked, as `build --preview` makes it.
    """
    make = preview_here if ahead else build
    with tempfile.TemporaryDirectory(prefix="publisher-", ignore_cleanup_errors=True) as folder:
        site = Path(folder) / "site"

        def rebuild() -> list[str] | None:
            try:
                make(root, site, now, today=today)
            except PublisherError as error:
                return list(lines_of(error.problems, words))
            return None

        serve(site, rebuild, lambda: _inputs(root), port=port, ready=ready, language=words.language)


def _inputs(root: Path) -> Iterator[Path]:
    for name in _WATCHED:
        yield from (path for path in (root / name).rglob("*") if path.is_file())
