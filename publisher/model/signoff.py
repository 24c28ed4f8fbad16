"""Sign-off: the policy of the site, and who signed what."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from publisher.model.fields import Content, Day, Flag, Moment, Noun, Text, refuse

Stage = Literal["draft", "review1", "review2", "issue"]
"""In the order in which they are signed."""
STAGES: tuple[str, ...] = get_args(Stage)


def _in_order(value: tuple[str, ...]) -> tuple[str, ...]:
    if list(value) != [stage for stage in STAGES if stage in value]:
        refuse("stages-order", stages=STAGES)
    return value


class SignOffPolicy(Noun):
    """Who must have signed before something is published."""

    stages: Annotated[tuple[Stage, ...], AfterValidator(_in_order)]
    distinct: Flag = False
    """Nobody signs two stages."""
    notices: Flag = False
    """Notices that announce no results are signed too, in their front matter."""
    since: Day | None = None
    """What came out before this day was never signed and need not be; left out: everything is."""


class Sign(Noun):
    """Who signed, when, and what: internal, never published."""

    name: Text
    post: Text
    at: Moment
    opinion: Text | None = None
    content: Content | None = None
    """The hash of what was signed; a sign without it counts for nothing where the site asks for sign-off."""


class SignOff(Noun):
    """The stages that were signed."""

    draft: Sign | None = None
    review1: Sign | None = None
    review2: Sign | None = None
    issue: Sign | None = None

    @property
    def made(self) -> dict[str, Sign]:
        """The signs that are there, by stage."""
        found = {stage: getattr(self, stage) for stage in STAGES}
        return {stage: sign for stage, sign in found.items() if sign is not None}
