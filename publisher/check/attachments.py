"""Rules for attachments that need more than the file itself: who made it, and what an earlier edition still needs."""

from collections.abc import Iterator

from publisher.addresses import attachment_of
from publisher.check.context import Context
from publisher.model.attachments import Metadatum
from publisher.model.bureau import Bureau
from publisher.model.editions import RECORD
from publisher.named import folded
from publisher.privacy import all_masked, find
from publisher.problems import Labelled, Place, Problem, problem, warning

_SAYS_NOTHING = frozenset(f"choice.metadata.{one}" for one in ("software", "created", "changed", "title"))
"""Every program writes these by itself; alone they tell of nobody."""
_OFFICES = frozenset({"choice.metadata.author", "choice.metadata.last-modified-by", "choice.metadata.company"})


def metadata_are_known(context: Context) -> Iterator[Problem]:
    """What a file says of its making is told before it goes out, unless it only names who publishes it anyway."""
    offices = {folded(name) for name in _public_names(context.bureau)}
    for file in context.bureau.attachments.values():
        if any(_tells(one, offices) for one in file.metadata):
            fields = tuple(Labelled(one.field, _masked(one)) for one in file.metadata)
            yield warning("attachment-metadata", Place(file.path), fields=fields)


def _tells(one: Metadatum, offices: set[str]) -> bool:
    return one.field not in _SAYS_NOTHING and not (one.field in _OFFICES and folded(one.value) in offices)


def _masked(one: Metadatum) -> str:
    return all_masked(one.value, find(one.value, post=True))


def _public_names(bureau: Bureau) -> Iterator[str]:
    office = bureau.site.bureau
    yield from filter(None, (office.name, office.name_en))
    for one in bureau.companies.values():
        yield from filter(None, (one.name, one.name_en, one.short_name))


def sealed_files_are_kept(context: Context) -> Iterator[Problem]:
    """A file that was published stays, by whatever name, also when another took its place: its address does not die."""
    bureau = context.bureau
    withdrawn = {address for one in bureau.withdrawals for address in one.addresses}
    told = set()
    for edition in () if context.lacks("attachment") else bureau.sealed.editions.values():
        for kind, key, one in edition.attachments:
            round_ = "" if edition.round == RECORD else edition.round
            address = attachment_of(kind, round_, key, one)
            if one.sha256 not in bureau.attachments and address not in withdrawn and address not in told:
                told.add(address)
                place = Place(f"content/editions/{edition.round}.{edition.number}.json")
                yield problem("attachment-gone", place, one.title, sha256=one.sha256, address=address)


ATTACHMENT_RULES = (metadata_are_known, sealed_files_are_kept)
