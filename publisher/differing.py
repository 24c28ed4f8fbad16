"""`publisher diff`: the site as it is against the site that a build would make. Nothing is written.

The signatures that are still missing can be assumed, to see what the leader is asked to sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from publisher import addresses
from publisher.build import files, publication_of
from publisher.checking import Now
from publisher.diff import Difference, Names, difference
from publisher.diff.tables import rows_of
from publisher.load.published import OldSite
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.opening import opened, unknown
from publisher.pages import Publication
from publisher.parts import Progress, silent
from publisher.permanent import address_problems
from publisher.problems import Problem, PublisherError, in_order
from publisher.released import Coming, coming_round, held_back
from publisher.render import theme_folders
from publisher.signoff import SIGN_CODES, Standing, as_if_signed, content_of_round
from publisher.words import Words


@dataclass(frozen=True)
class Compared:
    """One comparison, and what it was made from."""

    difference: Difference
    names: Names
    publication: Publication
    as_of: datetime
    problems: Sequence[Problem]
    """Warnings, and faults that only a signature mends."""
    lost: Sequence[Problem]
    """Why a build would refuse: what was published has gone."""


@dataclass(frozen=True)
class Waiting:
    """A round that is not public yet."""

    round: Round
    content: str
    standing: Standing
    release: datetime | None
    open: tuple[str, ...]
    """Stages without a sign that counts yet."""


@dataclass(frozen=True)
class Folder:
    """The bureau's folder, checked, as far as only signatures are missing."""

    root: Path
    bureau: Bureau
    as_of: datetime
    problems: Sequence[Problem]

    @property
    def unsigned(self) -> frozenset[str]:
        """What would stop the build for want of a signature."""
        return frozenset(one.value for one in self.problems if one.code in SIGN_CODES and not one.warning)


def read_folder(root: Path, now: Now, today: Now) -> Folder:
    """Raises PublisherError if something else than a signature must be mended."""
    found = opened(root, now, today, unsigned=True)
    return Folder(root, found.bureau, found.as_of, found.problems)


def waiting(folder: Folder) -> tuple[Waiting, ...]:
    """Rounds still to come out, or held back by a signature, from the earliest."""
    found = held_back(folder.bureau, folder.as_of)
    return tuple(_waiting(folder, one, one.record) for one in found if isinstance(one.record, Round))


def waiting_notices(folder: Folder) -> tuple[Coming, ...]:
    """Notices that are signed by themselves and held back by a signature."""
    found = (one for one in held_back(folder.bureau, folder.as_of) if isinstance(one.record, Notice))
    return tuple(one for one in found if one.open_stages(folder.as_of))


def _waiting(folder: Folder, coming: Coming, round_: Round) -> Waiting:
    content = content_of_round(folder.bureau, round_.id)
    return Waiting(round_, content, coming.standing, coming.release, coming.open_stages(folder.as_of))


def round_of(folder: Folder, id_: str) -> Waiting:
    """The round of this id; raises PublisherError if there is none."""
    if id_ not in folder.bureau.rounds:
        raise PublisherError([unknown("unknown-round", id_, folder.bureau.rounds)])
    return _waiting(folder, coming_round(folder.bureau, folder.bureau.rounds[id_]), folder.bureau.rounds[id_])


def compare(
    folder: Folder, old: OldSite, words: Words, of: Waiting | None = None, progress: Progress = silent
) -> Compared:
    """What a build would change; with `of`, a build at the moment that this round comes out, signed."""
    zone = folder.bureau.site.zone
    as_of = folder.as_of
    if of is not None and of.release is not None:
        as_of = max(as_of, of.release)
    ids = folder.unsigned | ({of.round.id} if of is not None else set())
    signed_at = as_of.astimezone(zone).replace(tzinfo=None) - timedelta(minutes=1)
    bureau = as_if_signed(folder.bureau, ids, signed_at)
    publication = publication_of(bureau, as_of)
    made = files(publication, theme_folders(folder.root), progress=progress)
    days = (_date_line(old, words), words("as-of", day=words.day(publication.as_of)))
    return Compared(
        difference=difference(old.addresses, old.read, made, days, old.stays),
        names=_names(bureau, publication, words),
        publication=publication,
        as_of=as_of,
        problems=folder.problems,
        lost=in_order(address_problems(bureau, publication, as_of)),
    )


def _date_line(old: OldSite, words: Words) -> str:
    """How the pages of the old site tell their date, which its data files have."""
    for address in (addresses.data("items"), addresses.data("statements")):
        data = old.read(address) if address in old.addresses else None
        found = next((row["as_of"] for row in rows_of(data or b"") if row.get("as_of")), "")
        try:
            return words("as-of", day=words.day(date.fromisoformat(found)))
        except ValueError:
            continue
    return "\0"


def _names(bureau: Bureau, publication: Publication, words: Words) -> Names:
    companies = {id_: words.label(one) for id_, one in bureau.companies.items()}
    return Names(companies, {id_: publication.title_of(one) for id_, one in bureau.rounds.items()})
