"""Attachments under names of our own."""

from collections.abc import Iterator

from publisher.model.attachments import AttachedFile
from publisher.pages import Publication
from publisher.pages.attachments import attachment_addresses


def attached_files(publication: Publication) -> Iterator[tuple[str, AttachedFile]]:
    """(address, file) of what is published, without what was withdrawn."""
    for path, sha256 in sorted(attachment_addresses(publication).items()):
        if path not in publication.withdrawn:
            yield path, publication.bureau.attachments[sha256]
