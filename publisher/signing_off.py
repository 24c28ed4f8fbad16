"""`publisher sign-off`: what a clerk puts into the bureau's file when somebody has signed.

Nothing is written: `round.yaml` is typed by people, with comments of their own. Nobody signs what `check` refuses,
but a sign that does not count is no such fault: it is what a new one mends.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from publisher.build import Now, checked
from publisher.editions.facts import is_own
from publisher.model.bureau import Bureau
from publisher.model.records import Notice, Round
from publisher.problems import Place, PublisherError, problem
from publisher.signoff import SIGN_CODES, asks_for, content_of_notice, content_of_round, shown


@dataclass(frozen=True)
class SignLines:
    """The lines, and where they go."""

    path: str
    lines: tuple[str, ...]
    first: bool
    """The file has no sign-off yet."""
    asked: bool
    """The policy asks for this stage."""


def lines_to_paste(root: Path, subject: str, stage: str, who: Mapping[str, str | None], now: Now) -> SignLines:
    """The sign-off of one stage at this moment, for the content that is there now.

    `subject` is the id of a round, or of a notice that announces no results. `who` has name, post and opinion.
    """
    found = checked(root, now, site=root / "site")
    errors = [one for one in found.errors if one.code not in SIGN_CODES]
    if errors:
        raise PublisherError(errors)
    bureau = found.bureau
    record = record_of(bureau, subject)
    policy = bureau.site.signoff
    moment = found.as_of.astimezone(bureau.site.zone)
    fields = [f"{name}: {_quoted(value)}" for name, value in who.items() if value]
    fields += [f"at: {moment:%Y-%m-%d %H:%M}", f"content: {shown(_content(bureau, record))}"]
    return SignLines(
        path=record.origin.where.path,
        lines=("signoff:", f"  {stage}:", *(f"    {one}" for one in fields)),
        first=not record.signoff.model_fields_set,
        asked=stage in policy.stages and (isinstance(record, Round) or asks_for(bureau, record)),
    )


def record_of(bureau: Bureau, subject: str) -> Round | Notice:
    """What has this id and is signed by itself; raises PublisherError if nothing has."""
    if subject in bureau.rounds:
        return bureau.rounds[subject]
    notice = next((one for one in bureau.notices if one.id == subject), None)
    if notice is None:
        near = next(iter(get_close_matches(subject, [*bureau.rounds, *(one.id for one in bureau.notices)], 1)), "")
        raise PublisherError([problem("signoff-unknown", Place("results"), subject, near=near)])
    if notice.round and is_own(notice, notice.round):
        raise PublisherError([problem("signoff-with-round", notice.origin.where, subject, round=notice.round)])
    return notice


def _content(bureau: Bureau, record: Round | Notice) -> str:
    return content_of_round(bureau, record.id) if isinstance(record, Round) else content_of_notice(record)


def _quoted(text: str) -> str:
    """As YAML reads it back, whatever signs are in it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
