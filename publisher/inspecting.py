"""`publisher check --self-check`: renders the site in memory and looks at it as an inspection does."""

from pathlib import Path

from publisher.addresses import SUMS
from publisher.build import files, publication_of
from publisher.checking import Checked
from publisher.inspection import Built, Finding, inspected, seen
from publisher.pages import site_pages
from publisher.render import theme_folders


def self_check(found: Checked, root: Path) -> tuple[Finding, ...]:
    """Of a folder without errors; nothing is written. Raises PublisherError if it cannot be rendered."""
    publication = publication_of(found.bureau, found.as_of)
    names, pages = {SUMS}, {}
    listed = site_pages(publication)
    for path, data in files(publication, theme_folders(root), pages=listed):
        names.add(path)
        if path.endswith(".html"):
            pages[path] = seen(data)
    return inspected(Built(publication, listed, frozenset(names), pages))
