"""What is put into the bureau's file when somebody has signed. Nothing is written here.

Nobody signs what `check` refuses, but a sign that does not count is no such fault: it is what a new one mends.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.checking import Now
from publisher.editions.facts import is_own
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.model.signoff import Sign
from publisher.named import folded
from publisher.opening import opened, unknown
from publisher.problems import PublisherError, problem
from publisher.signoff import asks_for, content_of_notice, content_of_round, shown


@dataclass(frozen=True)
class Signing:
    """A sign that is about to be made."""

    bureau: Bureau
    record: Round | Notice
    stage: str
    sign: Sign

    @property
    def is_there(self) -> bool:
        """The key `signoff` stands in the file, though maybe with nothing below it."""
        return ("signoff",) in self.record.origin.fields

    @property
    def replaces(self) -> bool:
        """The stage stands in the file, though maybe without a sign."""
        return ("signoff", self.stage) in self.record.origin.fields


@dataclass(frozen=True)
class SignLines:
    """The lines, and where they go."""

    path: str
    lines: tuple[str, ...]
    """Without the line that the file has already."""
    where: str
    """`first`: the file has no sign-off yet; `beside`: it has signs of other stages, or room for them; `instead`: of
    this one."""
    asked: bool
    """The policy asks for this stage."""
    same: tuple[str, ...]
    """Other stages that the same person signed, where nobody may sign two."""


def signing_of(root: Path, subject: str, stage: str, who: Mapping[str, str | None], now: Now) -> Signing:
    """The sign-off of one stage at this moment, for the content that is there now.

    `subject` is the id or the file of a round, or of a notice that announces no results. `who` has name, post and
    opinion.
    """
    found = opened(root, now, unsigned=True)
    bureau = found.bureau
    record = record_of(bureau, subject)
    moment = found.as_of.astimezone(bureau.site.zone).replace(second=0, microsecond=0, tzinfo=None)
    said = {name: " ".join(value.split()) for name, value in who.items() if value and value.strip()}
    return Signing(
        bureau, record, stage, Sign.model_validate({**said, "at": moment, "content": _content(bureau, record)})
    )


def lines_to_paste(signing: Signing) -> SignLines:
    """The sign as YAML, below the key that the file lacks."""
    record, stage, sign = signing.record, signing.stage, signing.sign
    policy = signing.bureau.site.signoff
    who = {"name": sign.name, "post": sign.post, "opinion": sign.opinion}
    fields = [f"{name}: {_quoted(value)}" for name, value in who.items() if value]
    fields += [f"at: {sign.at:%Y-%m-%d %H:%M}", f"content: {shown(sign.content or '')}"]
    asked = stage in policy.stages and asks_for(signing.bureau, record)
    return SignLines(
        path=record.origin.where.path,
        lines=(*([] if signing.is_there else ["signoff:"]), f"  {stage}:", *(f"    {one}" for one in fields)),
        where="instead" if signing.replaces else "beside" if signing.is_there else "first",
        asked=asked,
        same=_same(record, stage, sign.name, policy.stages) if asked and policy.distinct else (),
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
    return json.dumps(text, ensure_ascii=False)
