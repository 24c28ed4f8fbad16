"""The right of reply: each of its states, and the due date itself."""

from datetime import date, timedelta

import pytest

from publisher.model.records import Round, Statement
from publisher.problems import Place, Source
from publisher.replies import ReplyState, reply_state

ORIGIN = Source(Place("x"))
DUE = date(2026, 8, 7)


def round_(due: date | None = DUE) -> Round:
    period = {"start": date(2026, 4, 1), "end": date(2026, 6, 30)}
    return Round(id="r", scheme="s", period=period, statements_due=due, origin=ORIGIN)


def statement(signed: int, received: int | None = None, *, declined: bool = False) -> Statement:
    """Days after the due date."""
    return Statement(
        round="r",
        company="c",
        signatory="总经理",
        signed_on=DUE + timedelta(signed),
        received_on=None if received is None else DUE + timedelta(received),
        declined=declined,
        body="说明。",
        origin=ORIGIN,
    )


@pytest.mark.parametrize(
    ("said", "today", "state"),
    [
        (None, -30, "invited"),
        (None, 0, "invited"),
        (None, 1, "no-reply"),
        (statement(-1), 0, "replied"),
        (statement(0), 0, "replied"),
        (statement(1), 1, "replied-late"),
        (statement(0, 0), 0, "replied"),
        (statement(-3, 1), 1, "replied-late"),
        (statement(0, 0), 400, "replied"),
        (statement(0, declined=True), 0, "declined"),
        (statement(5, declined=True), 9, "declined"),
    ],
)
def test_where_a_reply_stands_around_the_due_date(said, today, state) -> None:
    assert reply_state(round_(), said, DUE + timedelta(today)) == state


def test_where_no_statements_are_called_for_none_is_late_or_missing() -> None:
    for today in (-400, 0, 400):
        assert reply_state(round_(None), None, DUE + timedelta(today)) is ReplyState.NOT_INVITED
        assert reply_state(round_(None), statement(300), DUE + timedelta(today)) is ReplyState.REPLIED
    assert reply_state(round_(None), statement(0, declined=True), DUE) is ReplyState.DECLINED
