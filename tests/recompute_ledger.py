"""The answer ledger a second time: a clerk who reads the events of each item in their order and keeps notes.

Nothing here comes from the package: own working days (a numbered list of all of them), own state, own sums.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from inputs import Folder, Row, day
from recompute import Fig, half_up
from recompute_method import line_of

CLAIMS = ("done", "checked", "confirmed")
OWED = {"unanswered", "promised", "due-soon", "overdue", "broken", "reopened", "disputed"}
LATE = {"overdue", "broken"}
Due = Callable[[date, int], date]


def working_days(holidays: Iterable[Row]) -> Due:
    """The last day of a limit: its place in the list of all working days of the years of the table."""
    kinds = {day(row["date"]): row["kind"] for row in holidays}
    found = []
    for year in sorted({when.year for when in kinds}):
        one = date(year, 1, 1)
        while one.year == year:
            usual = "workday" if one.isoweekday() <= 5 else "holiday"
            if kinds.get(one, usual) == "workday":
                found.append(one)
            one += timedelta(1)

    def due(start: date, count: int) -> date:
        return found[bisect_right(found, start) + count - 1] if count else start

    return due


@dataclass(frozen=True)
class Step:
    """A dated point of an item's life; `by` is empty for what was computed."""

    when: date
    kind: str
    by: str = ""
    text: str = ""
    old: date | None = None
    new: date | None = None
    evidence: str = ""


@dataclass
class Entry:
    """An item of the ledger at a date."""

    row: Row
    as_of: date
    answered: date | None = None
    answer_due: date | None = None
    first_due: date | None = None
    due: date | None = None
    claims: dict[str, date] = field(default_factory=dict)
    """The first of each since the last objection or reopening."""
    objected: date | None = None
    reopened: bool = False
    line: list[Step] = field(default_factory=list)
    """What happened."""
    soon: int = 7
    patience: int = 30
    thread: list["Entry"] = field(default_factory=list)

    def hear(self, event: Row) -> None:
        """One more event, in order of date."""
        kind, when = event["kind"], day(event["date"])
        new = day(event["new_due"]) if "new_due" in event else None
        words = (event["by"], event.get("reason", ""), self.due if kind == "moved" else None, new)
        self.line.append(Step(when, kind, *words, event.get("evidence", "")))
        if kind == "moved" and self.due:
            self.due = new
        elif kind in CLAIMS:
            self.claims.setdefault(kind, when)
        elif kind == "disagreed":
            self.claims, self.objected = {}, when
        elif kind == "reopened":
            self.claims, self.objected, self.reopened = {}, None, True

    @property
    def moves(self) -> list[Step]:
        return [one for one in self.line if one.kind == "moved"]

    @property
    def waiting(self) -> int:
        return ((self.answered or self.as_of) - day(self.row["raised_on"])).days

    @property
    def late_answer(self) -> bool:
        return self.answer_due is not None and (self.answered or self.as_of) > self.answer_due

    @property
    def after_due(self) -> int:
        """Days past the date in force; negative before it."""
        return (self.as_of - self.due).days if self.due else 0

    @property
    def against(self) -> str:
        """An undone promise against its date."""
        if self.after_due > self.patience:
            return "broken"
        if self.after_due > 0:
            return "overdue"
        return "due-soon" if -self.after_due <= self.soon else "promised"

    @property
    def standing(self) -> str:
        if not self.answered:
            return "unanswered"
        if self.claims:
            return max(self.claims, key=CLAIMS.index)
        if self.objected:
            return "disputed"
        if self.due:
            return self.against
        return "reopened" if self.reopened else "answered"

    @property
    def outcome(self) -> str:
        if not self.due:
            return "none"
        if self.claims:
            first = min(self.claims.values())
            in_force = [one.new for one in self.moves if one.when <= first]
            return "kept" if first <= [self.first_due, *in_force][-1] else "kept-late"
        return self.against if self.against in LATE else "pending"

    @property
    def overdue(self) -> int:
        return self.after_due if self.standing in LATE else 0

    @property
    def facts(self) -> dict[str, date | None]:
        return {name: self.claims.get(name) for name in CLAIMS}

    @property
    def owed(self) -> bool:
        return self.standing in OWED

    @property
    def quarters(self) -> int:
        """How many quarters in a row, counted back from the last one in which it was raised."""
        raised = {(when.year, (when.month + 2) // 3) for when in (day(one.row["raised_on"]) for one in self.thread)}
        year, quarter = max(raised)
        count = 0
        while (year, quarter) in raised:
            count += 1
            year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        return count

    @property
    def steps(self) -> list[Step]:
        """Asked, answered, promised, what happened, and on the day after them the dates that passed."""
        row = self.row
        found = [Step(day(row["raised_on"]), "asked", "resident", row["question"])]
        if self.answer_due and self.late_answer:
            found.append(Step(self.answer_due + timedelta(1), "answer-due"))
        if self.answered:
            found.append(Step(self.answered, "answered", "company", row["answer"]))
        if self.answered and self.first_due:
            found.append(Step(self.answered, "promised", "company", row["promise"], new=self.first_due))
        found += self.line
        if self.due and self.overdue:
            found.append(Step(self.due + timedelta(1), "due-passed"))
        return sorted(found, key=lambda one: one.when)


def ledger(folder: Folder, as_of: date) -> dict[str, Entry]:
    """Every item that is public at a date, by its id, in the order of the table."""
    rules, due = folder.site.get("ledger", {}), working_days(folder.holidays)
    held = {id_ for id_, one in folder.meetings.items() if day(one["held_on"]) <= as_of}
    held -= {id_ for id_, one in folder.meetings.items() if day(one.get("published_at", one["held_on"])) > as_of}
    rows = [row for row in folder.items if row["meeting"] in held and day(row["raised_on"]) <= as_of]
    found = {row["id"]: entry(row, rules, due, as_of) for row in rows}
    past = [one for one in folder.events if one["item"] in found and day(one["date"]) <= as_of]
    for one in sorted(past, key=lambda one: day(one["date"])):
        found[one["item"]].hear(one)
    for group in families(found):
        for one in group:
            one.thread = sorted(group, key=lambda each: (day(each.row["raised_on"]), each.row["id"]))
    return found


def entry(row: Row, rules: dict, due: Due, as_of: date) -> Entry:
    """Before its events."""
    one = Entry(row, as_of, soon=int(rules.get("due_soon", 7)), patience=int(rules.get("broken_after", 30)))
    if "answered_on" in row and day(row["answered_on"]) <= as_of:
        one.answered = day(row["answered_on"])
    if "answer_within" in rules:
        one.answer_due = due(day(row["raised_on"]), int(rules["answer_within"]))
    if one.answered and "promise" in row:
        promised = day(row["due_on"]) if "due_on" in row else due(one.answered, int(row["due_in"]))
        one.first_due = one.due = promised
    return one


def families(found: dict[str, Entry]) -> list[list[Entry]]:
    """Groups of two or more that links of `repeats` join: groups are merged link by link."""
    groups = {id_: [one] for id_, one in found.items()}
    for id_, one in found.items():
        earlier = one.row.get("repeats")
        if earlier in found and groups[earlier] is not groups[id_]:
            joined = groups[earlier] + groups[id_]
            groups.update({each.row["id"]: joined for each in joined})
    return [group for group in {id(group): group for group in groups.values()}.values() if len(group) > 1]


def copies(entries: Iterable[Entry]) -> set[str]:
    """Items with nearly the answer of an earlier one of the company: 80 % of the pairs of signs are shared."""
    found, before = set(), []
    for one in entries:
        signs = [sign for sign in one.row["answer"].lower() if sign.isalnum()] if one.answered else []
        pairs = {signs[n] + signs[n + 1] for n in range(len(signs) - 1)}
        if len(pairs) >= 12:
            same = [each for company, each in before if company == one.row["company"]]
            if any(5 * len(pairs & each) >= 4 * len(pairs | each) for each in same):
                found.add(one.row["id"])
            before.append((one.row["company"], pairs))
    return found


def account(entries: list[Entry]) -> dict[str, int]:
    standings = [one.standing for one in entries]
    count = standings.count
    return {
        "raised": len(standings),
        "answered": len(standings) - count("unanswered"),
        **{name: count(name) for name in ("unanswered", "overdue", "broken", "disputed", "reopened", "done")},
        "promised": count("promised") + count("due-soon"),
        "no_promise": count("answered"),
        "verified": count("checked") + count("confirmed"),
    }


def percent(part: int, whole: int) -> Fig:
    """Nothing to count is neither 0 % nor 100 %."""
    return (
        Fig("value", "percent", Fraction(100 * part, whole), whole) if whole else Fig("nothing-due", "percent", base=0)
    )


def rates(entries: list[Entry]) -> dict[str, Fig]:
    """With their bases."""
    settled = [one.outcome for one in entries if one.outcome not in {"none", "pending"}]
    answered = [one for one in entries if one.answered]
    return {
        "answer_rate": percent(len(answered), len(entries)),
        "keep_rate": percent(settled.count("kept"), len(settled)),
    }


def median_days(entries: list[Entry]) -> Decimal | None:
    """Half of the answers came within so many days; of two in the middle their mean."""
    days = sorted(one.waiting for one in entries if one.answered)
    if not days:
        return None
    middle = days[(len(days) - 1) // 2] + days[len(days) // 2]
    return half_up(Fraction(middle, 2), middle % 2)


def topics(entries: list[Entry]) -> list[tuple[str, list[int]]]:
    """Per topic as it came up, without one last: raised, on the spot, with a deadline, overdue."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        found.setdefault(one.row.get("topic", ""), []).append(one)
    names = [name for name in found if name] + ["" for name in found if not name]
    return [(name, counted(found[name])) for name in names]


def counted(entries: list[Entry]) -> list[int]:
    spot = [one for one in entries if one.claims.get("done") == day(one.row["raised_on"])]
    return [
        len(entries),
        len(spot),
        sum(one.due is not None for one in entries),
        sum(bool(one.overdue) for one in entries),
    ]


def owed_before(entries: Iterable[Entry], folder: Folder, round_: dict, company: str) -> list[Entry]:
    """What a company was asked before a round came out, at no meeting of that round, and still owes."""
    notices = [one for one in folder.notices.values() if (one["kind"], one.get("round")) == ("results", round_["id"])]
    out = [round_["release_at"]] if "release_at" in round_ else [one["published_at"] for one in notices]
    limit = day(out[0]) if out else day(round_["period"]["end"]) + timedelta(1)
    mine = [one for one in entries if one.row["company"] == company and one.owed]
    return [one for one in mine if day(one.row["raised_on"]) < limit and not met_for(one, folder, round_)]


def met_for(one: Entry, folder: Folder, round_: dict) -> bool:
    return folder.meetings[one.row["meeting"]].get("round") == round_["id"]


def asked_since(entries: Iterable[Entry], folder: Folder, round_: dict, company: str) -> list[Entry]:
    """What a company was asked at a round's meetings or in its time, to where the next of its line of schemes begins.

    What is carried over is not told twice.
    """
    start = day(round_["period"]["start"])
    line = line_of(folder.schemes, round_["scheme"])
    starts = [day(one["period"]["start"]) for one in folder.rounds if line_of(folder.schemes, one["scheme"]) == line]
    end = min((one for one in starts if one > start), default=date.max)
    told = [one.row["id"] for one in owed_before(entries, folder, round_, company)]
    mine = [one for one in entries if one.row["company"] == company and one.row["id"] not in told]
    return [one for one in mine if start <= day(one.row["raised_on"]) < end or met_for(one, folder, round_)]


def reply(folder: Folder, round_: dict, company: str, as_of: date) -> str:
    """How a company used its right of reply."""
    due = day(round_["statements_due"]) if "statements_due" in round_ else None
    one = folder.statements.get((round_["id"], company))
    if one:
        came = day(one.get("received_on", one["signed_on"]))
        late = due and came > due
        return "declined" if one.get("declined") == "yes" else "replied-late" if late else "replied"
    if not due:
        return "not-invited"
    return "no-reply" if as_of > due else "invited"
