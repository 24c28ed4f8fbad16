"""`publisher sign-off`: what a clerk puts into the bureau's file when somebody has signed.

Nothing is written: `round.yaml` is typed by people, with comments of their own. Nobody signs what `check` refuses,
but a sign that does not count is no such fault: it is what a new one mends.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.checking import Now
from publisher.editions.facts import is_own
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.named import folded
from publisher.opening import opened, unknown
from publisher.problems import PublisherError, problem
from publisher.signoff import asks_for, content_of_notice, content_of_round, shown


@dataclass(frozen=True)
class SignLines:
    """The lines, and where they go."""

    path: str
    lines: tuple[str, ...]
    """Without the line that the file has already."""
    where: str
    """`first`: the file has no sign-off yet; `beside`: it has signs of other stages; `instead`: of this one."""
    asked: bool
    """The policy asks for this stage."""
    same: tuple[str, ...]
    """Other stages that the same person signed, where nobody may sign two."""


def lines_to_paste(root: Path, subject: str, stage: str, who: Mapping[str, str | None], now: Now) -> SignLines:
    """The sign-off of one stage at this moment, for the content that is there now.

    `subject` is the id or the file of a round, or of a notice that announces no results. `who` has name, post and
    opinion.
    """
    found = opened(root, now, unsigned=True)
    bureau = found.bureau
    record = record_of(bureau, subject)
    policy = bureau.site.signoff
    moment = found.as_of.astimezone(bureau.site.zone)
    fields = [f"{name}: {_quoted(value)}" for name, value in who.items() if value]
    fields += [f"at: {moment:%Y-%m-%d %H:%M}", f"content: {shown(_content(bureau, record))}"]
    made = record.signoff.made
    first = not record.signoff.model_fields_set
    asked = stage in policy.stages and asks_for(bureau, record)
    return SignLines(
        path=record.origin.where.path,
        lines=(*(["signoff:"] if first else []), f"  {stage}:", *(f"    {one}" for one in fields)),
        where="first" if first else "instead" if stage in made else "beside",
        asked=asked,
        same=_same(record, stage, who["name"] or "", policy.stages) if asked and policy.distinct else (),
    )


def _same(record: Round | Notice, stage: str, name: str, stages: tuple[str, ...]) -> tuple[str, ...]:
    signs = record.signoff.made.items()
    return tuple(one for one, sign in signs if one != stage and one in stages and folded(sign.name) == folded(name))


def record_of(bureau: Bureau, subject: str) -> Round | Notice:
    """What has this id, or this file, and is signed by itself; raises PublisherError if nothing or more has."""
    every: list[Round | Notice] = [*bureau.rounds.values(), *bureau.notices]
    found = [one for one in every if subject.replace("\\", "/") in {one.id, one.origin.where.path}]
    apart = [one for one in found if not _goes_with_its_round(one)]
    if not found:
        raise PublisherError([unknown("signoff-unknown", subject, [one.id for one in every])])
    if not apart:
        raise PublisherError([problem("signoff-with-round", found[0].origin.where, subject, round=_round_of(found[0]))])
    if len(apart) > 1:
        paths = tuple(one.origin.where.path for one in apart)
        raise PublisherError([problem("signoff-two", apart[0].origin.where, subject, paths=paths)])
    return apart[0]


def _goes_with_its_round(record: Round | Notice) -> bool:
    return isinstance(record, Notice) and bool(record.round) and is_own(record, record.round or "")


def _round_of(record: Round | Notice) -> str:
    return record.round or "" if isinstance(record, Notice) else record.id


def _content(bureau: Bureau, record: Round | Notice) -> str:
    return content_of_round(bureau, record.id) if isinstance(record, Round) else content_of_notice(record)


def _quoted(text: str) -> str:
    """As YAML reads it back, whatever signs are in it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
