"""Addresses are for ever: what was once published is still there, or a page says that it was withdrawn."""

from collections.abc import Collection, Iterator
from datetime import datetime

from publisher import addresses
from publisher.model.bureau import Bureau
from publisher.model.editions import EDITIONS, LIST
from publisher.outputs.data import data_addresses
from publisher.outputs.downloads import download_addresses
from publisher.outputs.feeds import feed_addresses
from publisher.pages import Publication, live_pages
from publisher.pages.attachments import attachment_addresses
from publisher.press import printed_addresses
from publisher.problems import Place, Problem, problem

NEEDED = frozenset(
    {addresses.HOME, addresses.NOT_FOUND, addresses.SITEMAP, addresses.CORRECTIONS, addresses.FEED, addresses.REGISTER}
    | {addresses.ADDRESSES, addresses.VERIFY}
) | {addresses.SITE_MAP, addresses.ROBOTS}
"""A site cannot be without these."""


def addresses_of(publication: Publication) -> frozenset[str]:
    """Every address of the site but those of the theme; withdrawn ones as if they were not."""
    live = live_pages(publication)
    pages = {page.path for page in live}
    entries = publication.bureau.sealed.entries
    sealed = {addresses.edition(one.round, one.edition) for one in entries if one.round and one.edition}
    register = {addresses.REGISTER} if entries else set()
    attached = {*attachment_addresses(publication), *feed_addresses(publication)}
    data = {*data_addresses(publication), *download_addresses(publication)}
    made = {*printed_addresses(publication, live)} if publication.prints else set()
    own = made | pages | attached | data | sealed | register | NEEDED - {addresses.CORRECTIONS}
    return frozenset(own | {path for one in publication.others for path in _spoken(one)})


def _spoken(publication: Publication) -> Iterator[str]:
    """Pages, share images and feeds of another language of the site."""
    live = live_pages(publication)
    made = printed_addresses(publication, live) if publication.prints else ()
    needed = NEEDED - {addresses.CORRECTIONS}
    found = (*(page.path for page in live), *made, *feed_addresses(publication), *needed)
    for path in filter(addresses.has_words, found):
        yield addresses.spoken(publication.bureau.site, path)


def address_problems(bureau: Bureau, publication: Publication, as_of: datetime) -> Iterator[Problem]:
    """Addresses that were published and are gone, and withdrawals of what was never there.

    A site of a moment before the last seal may lack what came out later. `bureau` is the one that was read.
    """
    entries = bureau.sealed.entries
    if not entries and not bureau.withdrawals:
        return
    now = addresses_of(publication) | publication.along.keys()
    others = bureau.site.other_languages
    withdrawn = {address for one in bureau.withdrawals for address in one.addresses}
    yield from _unknown(bureau, now | {*bureau.sealed.addresses})
    if entries and entries[-1].at <= as_of:
        for line, address in enumerate(bureau.sealed.addresses, 1):
            if address not in now and addresses.unspoken(address, others) not in publication.withdrawn:
                unmade = addresses.is_printed(addresses.unspoken(address, others)) and not publication.prints
                lost = "printed-lost" if unmade else "address-lost"
                code = "address-withdrawn-later" if address in withdrawn else lost
                yield problem(code, Place(f"{EDITIONS}/{LIST}", line=line), address)


def _unknown(bureau: Bureau, known: Collection[str]) -> Iterator[Problem]:
    for one in bureau.withdrawals:
        for number, address in enumerate(one.addresses):
            place = one.origin.place("addresses", number)
            can_go = address.endswith((".html", ".csv")) or address.startswith(
                (addresses.EDITIONS, addresses.ATTACHMENTS)
            )
            plain = addresses.unspoken(address, bureau.site.other_languages)
            if plain != address:
                yield problem("withdrawal-language", place, address, address=plain)
            elif address in NEEDED or not can_go:
                yield problem("not-withdrawable", place, address)
            elif address not in known:
                yield problem("withdrawal-unknown", place, address)
