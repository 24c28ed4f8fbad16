"""Sign-off: what waits for a sign, and signs that do not count.

Before the moment of release a sign that does not count keeps the round back, which is a warning. From then on it
is a fault that stops the build: what was public does not go in silence.
"""

from collections.abc import Collection, Iterator

from publisher import addresses
from publisher.check.context import Context
from publisher.model.records import Notice, Round
from publisher.problems import Problem, problem, warning
from publisher.released import Coming, coming_notice, coming_round
from publisher.signoff import Unfit, asks_for, shown

_PLACES = {"signoff-same-person": "name", "signoff-out-of-order": "at"}
"""What of the sign is at fault; else its content."""


def stages_not_signed_are_told(context: Context) -> Iterator[Problem]:
    """A stage that the site asks for and that is missing, or dated later, keeps a round or a notice back."""
    for one in _judged(context):
        record = one.record
        for stage, sign in one.standing.signs.items():
            if sign is None:
                place = record.origin.place("signoff")
                yield warning("not-signed-yet", place, record.id, stage=f"choice.signoff.{stage}", id=stage)
            elif sign.at.date() > context.as_of:
                place = record.origin.place("signoff", stage, "at")
                yield warning("signed-later", place, f"{sign.at:%Y-%m-%d %H:%M}", stage=f"choice.signoff.{stage}")


def signs_are_for_what_is_there(context: Context) -> Iterator[Problem]:
    """A sign counts for the content that was signed, by another person at each stage if the site asks for it."""
    if context.broken:
        return  # what cannot be read cannot be compared with what was signed
    for one in _judged(context):
        stops = one.is_due(context.moment) and not one.unsigned(context.moment)
        for unfit in one.standing.unfit:
            yield _told(context, one, unfit, stops=stops)


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


def _judged(context: Context) -> Iterator[Coming]:
    """What must be signed."""
    bureau = context.bureau
    if not bureau.site.signoff.stages:
        return
    for round_ in bureau.rounds.values():
        if round_.scheme in bureau.schemes and round_.id in bureau.scores:
            yield coming_round(bureau, round_)
    for notice in bureau.notices:
        if asks_for(bureau, notice):
            yield coming_notice(bureau, notice)


def _told(context: Context, coming: Coming, one: Unfit, *, stops: bool) -> Problem:
    """A fault if the sign that does not count is all that keeps it back: what was public does not go in silence."""
    record, standing = coming.record, coming.standing
    other = standing.signs[one.other] if one.other else None
    page = addresses.round_page(record) if isinstance(record, Round) else addresses.notice_page(record)
    effect = "public" if page in context.on_site else "due"
    return (problem if stops else warning)(
        one.code,
        record.origin.place("signoff", one.stage, _PLACES.get(one.code, "content")),
        record.id,
        effect=f"choice.signed.{effect if stops else 'held'}",
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
