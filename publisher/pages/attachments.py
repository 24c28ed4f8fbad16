"""Where attachments are published: those of the present pages, and those that sealed editions keep alive."""

from collections.abc import Iterator, Mapping

from publisher import addresses
from publisher.addresses import Owner
from publisher.model.editions import RECORD
from publisher.pages.page import Publication


def attachment_addresses(publication: Publication) -> Mapping[str, str]:
    """Address -> SHA-256."""
    return dict([*_of_pages(publication), *_of_editions(publication)])


def _of_pages(publication: Publication) -> Iterator[tuple[str, str]]:
    bureau = publication.bureau
    owners: list[Owner] = [*bureau.notices, *bureau.meetings.values(), *bureau.corrections]
    owners += [*bureau.statements, *bureau.responses]
    for owner in owners:
        for one in owner.attachments:
            yield addresses.attachment(owner, one), one.sha256 or ""


def _of_editions(publication: Publication) -> Iterator[tuple[str, str]]:
    """What was sealed stays where it was, whatever took its place."""
    sealed = publication.bureau.sealed
    for entry in sealed.entries:
        edition = sealed.editions.get((entry.round or "", entry.edition or 0))
        for kind, key, one in edition.attachments if edition else ():
            if edition is None or publication.gone.has(edition.round, kind, key):
                continue
            round_ = "" if edition.round == RECORD else edition.round
            yield addresses.attachment_of(kind, round_, key, one), one.sha256 or ""


def unlinked_attachments(publication: Publication) -> list[str]:
    """Those that a sealed edition keeps and no present page shows any more."""
    shown = dict(_of_pages(publication))
    kept = dict(_of_editions(publication))
    return sorted(path for path in kept if path not in shown and path not in publication.withdrawn)
