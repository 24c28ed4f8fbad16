"""Sign-off: what waits for a sign, and signs that do not count.

Before the moment of release a sign that does not count keeps the round back, which is a warning. From then on it
is a fault that stops the build: what was public does not go in silence.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from publisher.check.context import Context
from publisher.model.records import Notice, Round
from publisher.problems import Problem, problem, warning
from publisher.released import in_zone, release_of
from publisher.signoff import Standing, Unfit, asks_for, shown, standing_of_notice, standing_of_round

_PLACES = {"signoff-same-person": "name", "signoff-out-of-order": "at"}
"""What of the sign is at fault; else its content."""


def stages_not_signed_are_told(context: Context) -> Iterator[Problem]:
    """A stage that the site asks for and that is missing, or dated later, keeps a round or a notice back."""
    for record, standing, _ in _judged(context):
        for stage, sign in standing.signs.items():
            if sign is None:
                place = record.origin.place("signoff")
                yield warning("not-signed-yet", place, record.id, stage=f"choice.signoff.{stage}", id=stage)
            elif sign.at.date() > context.as_of:
                yield warning("not-in-site-yet", record.origin.place("signoff", stage, "at"), date=sign.at.date())


def signs_are_for_what_is_there(context: Context) -> Iterator[Problem]:
    """A sign counts for the content that was signed, by another person at each stage if the site asks for it."""
    if context.broken:
        return  # what cannot be read cannot be compared with what was signed
    for record, standing, release in _judged(context):
        public = _would_be_public(context, standing, release)
        for one in standing.unfit:
            yield _told(record, standing, one, public=public)


def signs_are_asked_for(context: Context) -> Iterator[Problem]:
    """A sign at a stage that the policy does not have would be taken for one that counts."""
    bureau = context.bureau
    if bureau.site.signoff.stages:
        apart = [one for one in bureau.notices if asks_for(bureau, one)]
        signed: list[Round | Notice] = [*bureau.rounds.values(), *apart]
        for record in signed:
            yield from _without_a_stage(record, bureau.site.signoff.stages)
        for notice in bureau.notices:
            if notice.signoff.made and notice not in apart:
                yield warning("signoff-not-for-notice", notice.origin.place("signoff"), notice.id)


def _without_a_stage(record: Round | Notice, stages: Collection[str]) -> Iterator[Problem]:
    for stage in record.signoff.made:
        if stage not in stages:
            place = record.origin.place("signoff", stage)
            yield warning("signoff-not-asked", place, record.id, stage=f"choice.signoff.{stage}")


def _judged(context: Context) -> Iterator[tuple[Round | Notice, Standing, datetime | None]]:
    """What must be signed, how it stands, and when it comes out."""
    bureau = context.bureau
    if not bureau.site.signoff.stages:
        return
    for round_ in bureau.rounds.values():
        if round_.scheme in bureau.schemes and round_.id in bureau.scores:
            yield round_, standing_of_round(bureau, round_), release_of(round_, bureau.notices)
    for notice in bureau.notices:
        if asks_for(bureau, notice):
            yield notice, standing_of_notice(bureau, notice), notice.published_at


def _would_be_public(context: Context, standing: Standing, release: datetime | None) -> bool:
    """Whether everything but the signs that do not count is as it must be."""
    moments = [*standing.moments, *([release] if release else [])]
    zone = context.bureau.site.zone
    return not standing.missing and all(in_zone(one, zone) <= context.moment for one in moments)


def _told(record: Round | Notice, standing: Standing, one: Unfit, *, public: bool) -> Problem:
    other = standing.signs[one.other] if one.other else None
    return (problem if public else warning)(
        one.code,
        record.origin.place("signoff", one.stage, _PLACES.get(one.code, "content")),
        record.id,
        effect="choice.signed.public" if public else "choice.signed.held",
        stage=f"choice.signoff.{one.stage}",
        id=one.stage,
        name=one.sign.name,
        post=one.sign.post,
        signed=shown(one.sign.content or ""),
        now=shown(standing.content),
        parts=tuple(f"choice.part.{part}" for part in one.parts or ("unknown",)),
        other=f"choice.signoff.{one.other}",
        at=f"{one.sign.at:%Y-%m-%d %H:%M}",
        before=f"{other.at:%Y-%m-%d %H:%M}" if other else "",
    )


SIGN_OFF_RULES = (
    stages_not_signed_are_told,
    signs_are_for_what_is_there,
    signs_are_asked_for,
)
