"""`publisher seal`: what is published now becomes an edition that no later build may change in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publisher.analyse import analyse
from publisher.build import computed
from publisher.checking import Now
from publisher.editions.acts import Acts, acts
from publisher.editions.withheld import public_facts
from publisher.model.bureau import Bureau
from publisher.model.editions import EDITIONS, LIST, RECORD, REGISTER, STAGED, Facts
from publisher.opening import opened, unknown
from publisher.permanent import address_problems, addresses_of
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.released import coming_round, released
from publisher.write import Additions, write_sealed


@dataclass(frozen=True)
class SealedNow:
    """What one seal added: (title of a round, number of its edition)."""

    editions: tuple[tuple[str, int], ...]
    corrections: tuple[str, ...]


def seal(root: Path, subject: str, now: Now, *, today: Now | None = None, salt: str) -> SealedNow:
    """Seals a round (or `record`) with whatever is new in the rest of the record.

    `salt` is chance that nobody can guess. Raises PublisherError with every problem; nothing is then written.
    """
    found = opened(root, now, today)
    if today and found.as_of > today(found.bureau):
        raise PublisherError([problem("seal-to-come", Place(REGISTER), _shown(found.as_of))])
    public = released(found.bureau, found.as_of)
    _refuse(refusals(found.bureau, public, subject, found.as_of))
    publication = computed(public, found.as_of)
    _refuse(address_problems(found.bureau, publication, found.as_of))

    results = {one.round.id: one for one in analyse(public).rounds}

    def withhold(facts: Facts) -> Facts:
        return public_facts(facts, results[subject], publication.gone.pairs) if "score" in facts else facts

    made = acts(public, subject, found.as_of, addresses_of(publication), withhold, salt)
    if not made.lines:
        raise PublisherError([problem("nothing-to-seal", Place(REGISTER), subject)])
    write_sealed(root / "content", _additions(found.bureau, made))
    taken = {one.id for one in public.corrections} - found.bureau.sealed.taken(subject)
    return SealedNow(made.sealed, tuple(sorted(taken & made.corrections)))


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise PublisherError(found)


def refusals(bureau: Bureau, public: Bureau, subject: str, as_of: datetime) -> Iterator[Problem]:
    """Why a round cannot be sealed: unknown, not signed off, not released, or before what was sealed last."""
    round_ = bureau.rounds.get(subject)
    if round_ is None and subject != RECORD:
        yield unknown("unknown-round", subject, bureau.rounds)
        return
    zone = bureau.site.zone
    if round_ is not None:
        missing = coming_round(bureau, round_).unsigned(as_of)
        for stage in missing:
            yield problem("seal-not-signed", round_.origin.place("signoff"), subject, stage=f"choice.signoff.{stage}")
        if not missing and subject not in public.rounds:
            yield problem("seal-not-released", round_.origin.place("release_at"), subject, moment=_shown(as_of))
    last = bureau.sealed.entries[-1:]
    if last and as_of < last[0].at:
        moment = _shown(last[0].at.astimezone(zone))
        yield problem("seal-back-dated", last[0].origin.where, _shown(as_of), last=moment)


def _shown(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", "minutes")


def _additions(bureau: Bureau, made: Acts) -> Additions:
    lines = "".join(f"{line}\n" for line in made.lines).encode()
    return Additions(
        folder=EDITIONS.rpartition("/")[2],
        files=made.files,
        staged=STAGED,
        listed=LIST,
        list_data=made.addresses,
        register=REGISTER.rpartition("/")[2],
        before=bureau.sealed.register,
        after=bureau.sealed.register + lines,
    )
