"""A bureau in which somebody has signed that has not: to see what would then be published."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from publisher.model.bureau import Bureau
from publisher.model.signoff import Sign, SignOff
from publisher.signoff.content import content_of_notice, content_of_round


def as_if_signed(bureau: Bureau, ids: Collection[str], at: datetime) -> Bureau:
    """Rounds and notices of these ids signed at every stage, at a moment of the bureau's own time."""
    rounds = {
        id_: one.model_copy(update={"signoff": _signed(bureau, content_of_round(bureau, id_), at)})
        for id_, one in bureau.rounds.items()
        if id_ in ids
    }
    notices = tuple(
        one.model_copy(update={"signoff": _signed(bureau, content_of_notice(one), at)}) if one.id in ids else one
        for one in bureau.notices
    )
    return replace(bureau, rounds={**bureau.rounds, **rounds}, notices=notices)


def _signed(bureau: Bureau, content: str, at: datetime) -> SignOff:
    stages = bureau.site.signoff.stages
    return SignOff(**{stage: Sign(name=stage, post=stage, at=at, content=content) for stage in stages})
