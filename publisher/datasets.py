"""The tables of open data: their columns, what each holds, and which of them name a row.

A column keeps its name and its meaning for good; a new one is added at the end. What a column means is told in the
words under `columns.<meaning>`.
"""

from dataclasses import dataclass
from functools import cached_property

_SIGNS = "=+-@"
_WIDE = 0xFEE0
"""From a sign to the full-width one."""
FORMULA_STARTS = "".join(("\t\r\n", _SIGNS, *(chr(ord(one) + _WIDE) for one in _SIGNS)))
"""Spreadsheets for East Asian languages take the full-width signs for the plain ones."""


def guarded(text: str) -> str:
    """A text that would start a formula gets an apostrophe."""
    return "'" + text if text and text[0] in FORMULA_STARTS else text


def unguarded(text: str) -> str:
    """The text again, from a table that was published."""
    bare = text.removeprefix("'")
    return bare if guarded(bare) == text else text


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    """string, number, integer, date, datetime or boolean, as Table Schema calls them."""
    meaning: str
    """The key of its words; the name, unless another table uses the name for something else."""


@dataclass(frozen=True)
class Table:
    """`spec` has a word for each column: `name`, `name:type`, and `=meaning` behind it where that is not the name."""

    name: str
    spec: str
    key: tuple[str, ...] = ()
    """The columns that name a row; none where no few of them do."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(_column(word) for word in self.spec.split())

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _column(word: str) -> Column:
    plain, _, meaning = word.partition("=")
    name, _, kind = plain.partition(":")
    return Column(name, kind or "string", meaning or name)


RESULTS = Table(
    "results",
    """record=result_record round sector company company_name indicator indicator_name channel answer state
    value:number unit base:integer low:number high:number certainty note count:integer place:integer alike
    change:number compared previous:number""",
)
"""One file a round. `state` is empty nowhere."""
RESULT_ROW = ("record", "sector", "company", "indicator", "channel", "answer")
"""By these a row of it is the same row in another copy; rows alike in all of them are told apart by their order."""

ROUNDS = Table(
    "rounds",
    """record=round_record round title scheme version form channel company period_start:date period_end:date
    published_at:datetime population:integer design_effect:number issued:integer returned:integer valid:integer
    return_rate:number valid_rate:number forms_withheld:boolean previous=previous_round changed partial corrections""",
)
STATEMENTS = Table(
    "statements",
    """record=statement_record round company company_name reply statements_due_on:date by=said_by date:date=said_on
    received_on:date indicator text=said owner due_on:date decision reason=decision_reason score_before:number
    score_after:number as_of:date""",
)
ITEMS = Table(
    "items",
    """item meeting company company_name raised_on:date raised_by topic question repeats answer_due_on:date answered_by
    answered_on:date answered_late:boolean days_to_answer:integer answer=answer_text promise owner first_due_on:date
    due_on:date times_moved:integer standing outcome days_overdue:integer company_says_done_on:date
    bureau_checked_on:date residents_confirmed_on:date residents_disagreed_on:date as_of:date""",
    ("item",),
)
EVENTS = Table(
    "events", "item company date:date event by text=event_text old_due_on:date new_due_on:date evidence as_of:date"
)
COMPANIES = Table(
    "companies", "company company_name short_name sector area hotline website uscc since:date until:date", ("company",)
)
INDICATORS = Table(
    "indicators",
    """scheme version indicator indicator_name question=asked measure better basis dimension aspect weight:number
    full_marks:number target:number limit_working_days:integer unit=count_unit""",
    ("scheme", "indicator"),
)
NOTICES = Table(
    "notices",
    """notice kind=notice_kind title=notice_title round companies document_number index_number issuer issued_on:date
    published_at:datetime=notice_published_at""",
    ("notice",),
)
MEETINGS = Table(
    "meetings",
    """meeting kind=meeting_kind title=meeting_title held_on:date ended_on:date place=venue companies round
    residents:integer""",
    ("meeting",),
)
CORRECTIONS = Table(
    "corrections",
    "correction kind=correction_kind round=subject companies decided_on:date decided_by reason=correction_reason",
    ("correction",),
)
WITHDRAWALS = Table(
    "withdrawals",
    """withdrawal addresses=withdrawn_addresses withdrawn_on:date decided_by=withdrawn_by reason=withdrawn_reason
    text=withdrawn_text""",
    ("withdrawal",),
)
WITHDRAWN = Table("withdrawn", "id withdrawn_on:date decided_by reason")
"""What stands in the place of a withdrawn file."""
WITH_RECORDS = (ROUNDS, STATEMENTS, ITEMS, EVENTS, COMPANIES, INDICATORS, NOTICES, MEETINGS, CORRECTIONS, WITHDRAWALS)
"""Tables of which a site has one each; of results it has one a round."""
