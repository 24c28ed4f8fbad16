"""Sign-off: who must sign what, and which signs count. Pure; who signed never reaches a public byte."""

from publisher.signoff.assumed import as_if_signed
from publisher.signoff.content import content_of_notice, content_of_round, shown
from publisher.signoff.standing import (
    SIGN_CODES,
    Standing,
    Unfit,
    asks_for,
    lacks_a_stage,
    standing_of_notice,
    standing_of_round,
)

__all__ = [
    "SIGN_CODES",
    "Standing",
    "Unfit",
    "as_if_signed",
    "asks_for",
    "content_of_notice",
    "content_of_round",
    "lacks_a_stage",
    "shown",
    "standing_of_notice",
    "standing_of_round",
]
