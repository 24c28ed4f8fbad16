"""The right of reply: how a company used it, computed from dates."""

from datetime import date
from enum import StrEnum

from publisher.model.records import Round, Statement


class ReplyState(StrEnum):
    """Where the reply of a company to a round stands at a date."""

    NOT_INVITED = "not-invited"
    """The round sets no date for statements, and none came."""
    INVITED = "invited"
    REPLIED = "replied"
    REPLIED_LATE = "replied-late"
    NO_REPLY = "no-reply"
    """The date is over and nothing came."""
    DECLINED = "declined"


def reply_state(round_: Round, statement: Statement | None, as_of: date) -> ReplyState:
    """A statement is late if it was received after the round's date; on that date it is in time."""
    due = round_.statements_due
    if statement is None:
        if due is None:
            return ReplyState.NOT_INVITED
        return ReplyState.INVITED if as_of <= due else ReplyState.NO_REPLY
    if statement.declined:
        return ReplyState.DECLINED
    return ReplyState.REPLIED_LATE if due is not None and statement.arrived_on > due else ReplyState.REPLIED
