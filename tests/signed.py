"""A bureau that asks for sign-off: the tests' own one does without, so that a test may change what it likes."""

import re
from dataclasses import replace
from pathlib import Path

from publisher.load.folder import load
from publisher.model.signoff import SignOff, SignOffPolicy
from publisher.signoff import content_of_notice, content_of_round, shown

POLICY = "signoff: {stages: [draft, issue]}\n"


def under(bureau, **policy):
    """The bureau with a policy, and with every sign that is there made for what is there."""
    rounds = {id_: with_content(one, content_of_round(bureau, id_)) for id_, one in bureau.rounds.items()}
    site = bureau.site.model_copy(update={"signoff": SignOffPolicy(**({"stages": ("draft", "issue")} | policy))})
    return replace(bureau, site=site, rounds=rounds)


def with_content(record, content):
    """The same signs, each for this content."""
    signs = {stage: sign.model_copy(update={"content": content}) for stage, sign in record.signoff.made.items()}
    return record.model_copy(update={"signoff": SignOff(**signs)})


def ask_for_sign_off(root: Path, policy: str = POLICY) -> Path:
    """The same on disk: the policy is put into `site.yaml`, and the present content behind every sign."""
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + policy, encoding="utf-8", newline="\n")
    sign_all(root)
    return root


def sign_all(root: Path) -> None:
    """Whoever signed signs again, for what is there now."""
    bureau = load(root).bureau
    for id_ in bureau.rounds:
        _bind(root / "results" / id_ / "round.yaml", shown(content_of_round(bureau, id_)))
    for one in bureau.notices:
        _bind(root / one.origin.where.path, shown(content_of_notice(one)))


def _bind(path: Path, content: str) -> None:
    text = re.sub(r", content: [0-9a-f-]+", "", path.read_text("utf-8"))
    signs = re.compile(r"^(  (?:draft|review1|review2|issue): \{.*)\}$", re.MULTILINE)
    path.write_text(signs.sub(rf"\1, content: {content}}}", text), encoding="utf-8", newline="\n")
