"""Compares the answer ledger, wherever pages show it, with the second one of `recompute_ledger`."""

from collections.abc import Iterable

from compare_single import squeezed
from compare_tables import Tables
from inputs import day
from printed import Element
from recompute import Result
from recompute_ledger import Entry, account, asked_since, median_days, owed_before, rates, reply, topics

STANDINGS = ("broken", "overdue", "disputed", "reopened", "unanswered", "due-soon", "promised")
STANDINGS += ("done", "checked", "confirmed", "answered")
"""The order of the shelves: what wants attention comes first."""

LONG = 12
"""Questions; a meeting with more has an index by topic."""


class Ledgers(Tables):
    """Accounts, items, threads, what is carried over, replies, milestones."""

    # -- accounts

    def accounts(self, table: Element) -> None:
        for cells in self.rows(table):
            kind, id_ = next(iter(cells.values())).links[0].removesuffix(".html").split("/")[-2:]
            key = {"companies": "company", "meetings": "meeting"}[kind]
            self.seen.add((self.page, "account", id_))
            mine = [one for one in self.entries.values() if one.row[key] == id_]
            self.account(id_, cells, mine, late_in_one="broken" not in cells)

    def account(self, what: str, cells: dict[str, Element], entries: list[Entry], late_in_one: bool = False) -> None:
        """Counts and rates; a broken promise is overdue wherever no column of its own has it."""
        counts = account(entries)
        if late_in_one:
            counts["overdue"] += counts["broken"]
        for name in counts.keys() & cells.keys():
            self.check(f"{what} {name}", cells[name], [str(counts[name])])
        for name, fig in rates(entries).items():
            if name in cells:
                based = cells[name].first("small") is not None
                self.notes.note(self.page, f"{what} {name}, base", based, bool(fig.base) and cells[name].tag == "dd")
                bases = [self.language.number(fig.base)] if based else []
                self.check(f"{what} {name}", cells[name], self.digits(fig) + bases, *self.words_of(fig))
        if "median_days" in cells:
            middle = median_days(entries)
            words = [] if middle is not None else [self.language.words["state.nothing-due"]]
            words += [self.language.words["account.same-day"]] if middle == 0 else []
            shown = [self.language.number(middle)] if middle else []
            self.check(f"{what} median days", cells["median_days"], shown, *words)

    def topics(self, table: Element) -> None:
        wanted = topics(self.mine())
        lines = list(self.rows(table))
        self.notes.note(self.page, "topics", len(lines), len(wanted))
        for cells, (name, counts) in zip(lines, wanted, strict=False):
            self.same("topic", cells["topic"], name or self.language.words["follow-up.no-topic"])
            for key, count in zip(("raised", "on-the-spot", "with-deadline", "overdue"), counts, strict=True):
                self.check(f"topic {name} {key}", cells[key], [self.language.number(count)])
            self.seen.add((self.page, "topic", name))

    def by_topic(self, index: Element) -> None:
        """The index of a long meeting: every topic with its questions, each once."""
        short = {id_: (one.get("short_name"), self.label(one)) for id_, one in self.folder.companies.items()}
        named = {id_: name if self.language.code == "en" else less or name for id_, (less, name) in short.items()}
        wanted = topics(self.mine())
        rows = index.all("div")
        self.notes.note(self.page, "topics of the index", len(rows), len(wanted))
        for row, (name, counts) in zip(rows, wanted, strict=False):
            own = [one.row for one in self.mine() if one.row.get("topic", "") == name]
            head = (name or self.language.words["follow-up.no-topic"]) + self.language.number(counts[0])
            self.same(f"index of {name}", row.first("dt"), head)
            lines = row.all("li")
            self.notes.note(self.page, f"links of {name}", self.ids(lines), [one["id"] for one in own])
            for line, one in zip(lines, own, strict=False):
                self.same(f"line of {one['id']}", line, f"{one['id']} {named[one['company']]}")

    def mine(self) -> list[Entry]:
        key = {"companies": "company", "meetings": "meeting"}.get(self.parts[0])
        return [one for one in self.entries.values() if key is None or one.row[key] == self.parts[1]]

    def ledgers(self, main: Element) -> None:
        for tiles in main.all("dl", "tiles"):
            pairs = [(self.heads[one.first("dt").text()], one.first("dd")) for one in tiles.all("div")]
            self.seen.add((self.page, "account"))
            self.account("account", {key: place for keys, place in pairs for key in keys}, self.mine())
        if self.parts[0] == "meetings" and main.first("dl", "tiles"):
            self.in_words(main)
            indexes = [one for one in main.all("nav") if one.attrs.get("id") == "by-topic"]
            self.notes.note(self.page, "indexes", len(indexes), int(len(self.mine()) > LONG))
            for index in indexes:
                self.by_topic(index)
        for article in main.all("article", "item") if self.parts != ["corrections"] else ():
            self.item(article)
        if self.parts[0] == "follow-up":
            self.shelves(main)
        if self.parts == ["index"]:
            self.home(main)
        if self.parts[0] == "notices" and "round" in self.folder.notices.get(self.parts[1], {}):
            self.notice(main)

    def in_words(self, main: Element) -> None:
        counts = account(self.mine())
        counts["overdue"] += counts["broken"]
        wanted = self.language.say("meeting.account", **{name: str(count) for name, count in counts.items()})
        head = squeezed(wanted)[-12:] if self.language.code == "en" else squeezed(wanted)[:2]
        places = [
            one for one in main.all("p") if head in squeezed(one.text()) and one.start > main.by_id("items").start
        ]
        self.same("account in words", next(iter(places), None), wanted)

    # -- lists

    def ids(self, articles: Iterable[Element]) -> list[str]:
        return [one.attrs.get("id", "").removeprefix("q-") or one.links[0].split("#q-")[1] for one in articles]

    def shelves(self, main: Element) -> None:
        """Every item once, on the shelf of its standing, company or topic."""
        names = [one.row.get("topic", "") for one in self.entries.values()]
        order: dict[str, list[tuple[str, str]]] = {
            "standing": [(one, self.language.words[f"standing.{one}"]) for one in STANDINGS],
            "companies": [(id_, self.label(one)) for id_, one in self.folder.companies.items()],
            "topics": [(one, one) for one in dict.fromkeys(names) if one],
        }
        order["topics"].append(("", self.language.words["follow-up.no-topic"]))
        view = self.parts[1] if len(self.parts) > 1 else "standing"

        def value(one: Entry) -> str:
            return {"companies": one.row["company"], "topics": one.row.get("topic", "")}.get(view, one.standing)

        wanted = [(name, [id_ for id_, one in self.entries.items() if value(one) == key]) for key, name in order[view]]
        wanted = [(name, ids) for name, ids in wanted if ids]
        shelves = main.all("section", "shelf")
        self.notes.note(self.page, "shelves", len(shelves), len(wanted))
        for shelf, (name, ids) in zip(shelves, wanted, strict=False):
            self.same(f"shelf {name}", shelf.first("h2"), name + self.language.count("count.items", len(ids)))
            self.notes.note(self.page, f"items of {name}", self.ids(shelf.all("article", "item")), ids)

    def home(self, main: Element) -> None:
        for line in main.all("li"):
            id_ = next((link.split("#q-")[1] for link in line.links if "#q-" in link), None)
            if id_ is None:
                continue
            one = self.entries[id_]
            self.seen.add(("index.html", one.standing, id_))
            words = ("item.overdue", one.overdue) if one.overdue else ("item.waiting", one.waiting)
            self.same(f"days of {id_}", line.first("strong"), self.language.count(*words))

    def notice(self, main: Element) -> None:
        """What the companies of the round still owe from before, and how they replied."""
        round_ = self.round_by_id(self.folder.notices[self.parts[1]]["round"])
        companies = [company for id_, company in self.oracle.results if id_ == round_["id"]]
        owed = [one for id_ in companies for one in owed_before(self.entries.values(), self.folder, round_, id_)]
        lines = [one for one in main.all("li") if any("#q-" in link for link in one.links)]
        ids = [one.links[0].split("#q-")[1] for one in lines]
        self.notes.note(self.page, "carried over", sorted(ids), sorted(one.row["id"] for one in owed))
        none = self.language.words["carried.none"] in main.text()
        self.notes.note(self.page, "nothing carried over", none, not owed)
        for id_, line in zip(ids, lines, strict=True):
            one = self.entries[id_]
            self.seen.add((self.page, "carried", id_))
            who = self.label(self.folder.companies[one.row["company"]]) + self.language.words["list.colon"]
            when = self.language.say("day.in-brackets", day=self.language.day(day(one.row["raised_on"])))
            self.same(f"carried {id_}", line, "".join([who, self.name(one), when, *self.badge(one)]))
        colon = self.language.words["list.colon"]
        for company in companies:
            label = self.label(self.folder.companies[company]) + colon
            said = [
                one for one in main.all("li") if one not in lines and squeezed(one.text()).startswith(squeezed(label))
            ]
            state = self.language.words[f"reply.{reply(self.folder, round_, company, self.as_of)}"]
            places = [one for one in said if squeezed(state) in squeezed(one.text())]
            self.notes.note(self.page, f"reply of {company}", bool(places), recomputed=True)
            self.seen.add((self.page, "reply", company))

    # -- one item

    def name(self, one: Entry) -> str:
        return one.row.get("topic") or self.language.say("item.untitled", id=one.row["id"])

    def running(self, one: Entry) -> str:
        if one.quarters > 1:
            return self.language.count("thread.running", one.quarters)
        return self.language.count("thread.times", len(one.thread))

    def badge(self, one: Entry) -> list[str]:
        """The standing and every remark beside it."""
        words = self.language.words
        return [
            words[f"standing.{one.standing}"],
            *[self.language.count("item.overdue", one.overdue)] * bool(one.overdue),
            *[words["outcome.kept-late"]] * (one.outcome == "kept-late"),
            *[words["item.answered-late"]] * one.late_answer,
            *[words["item.reopened"]] * one.reopened,
            *[self.running(one) if one.thread else ""],
        ]

    def item(self, article: Element) -> None:
        (id_,) = self.ids([article])
        one = self.entries[id_]
        self.seen.add((self.page, "item", id_))
        heading = article.first("h3") or article.first("h4")
        self.same(f"{id_} heading", heading, "".join([self.name(one), *self.badge(one)]))
        pairs = {pair.first("dt").text(): pair.first("dd") for pair in article.first("dl", "qa").all("div")}
        full = "id" in article.attrs
        for key, text in (self.full_rows(one) if full else self.brief_rows(one)).items():
            head = self.language.words[key]
            if text is None:
                self.notes.note(self.page, f"{id_} has no {key}", head in pairs, recomputed=False)
            else:
                self.same(f"{id_} {key}", pairs.get(head), text)
        self.facts_of(article, one)
        if full:
            self.steps_of(article, one)
        else:
            raised = self.language.say("item.raised", date=self.language.day(day(one.row["raised_on"])))
            meta = article.first("p", "meta")
            self.notes.note(
                self.page, f"{id_} raised", squeezed(raised) in squeezed(meta.take(("a",))), recomputed=True
            )

    def waiting(self, one: Entry) -> str:
        return self.language.count("item.unanswered", one.waiting)

    def brief_rows(self, one: Entry) -> dict[str, str | None]:
        answer = one.row["answer"] if one.answered else self.waiting(one)
        return {"item.question": one.row["question"], "item.answer": answer, **self.promise_rows(one)}

    def full_rows(self, one: Entry) -> dict[str, str | None]:
        say, date_ = self.language.say, self.language.day
        asked = date_(day(one.row["raised_on"]))
        if one.answer_due:
            limit = int(self.folder.site["ledger"]["answer_within"])
            asked += say("item.answer-due", day=date_(one.answer_due)) + self.language.count("item.answer-rule", limit)
        by = self.label(self.folder.companies[one.row["company"]])
        by += say("qa.post", post=one.row["answered_by"]) if one.answered else ""
        thread = None
        if one.thread:
            days = [(each, date_(day(each.row["raised_on"]))) for each in one.thread]
            named = [say("thread.this", day=text) if each is one else text for each, text in days]
            comma = self.language.words["list.comma"]
            thread = self.running(one) + self.language.words["list.colon"] + comma.join(named)
        return {
            "qa.question": one.row["question"],
            "qa.asked-on": asked,
            "qa.answered-by": by,
            "qa.answered-on": date_(one.answered) if one.answered else self.waiting(one),
            "qa.answer": one.row["answer"] if one.answered else self.language.words["item.no-answer"],
            **self.promise_rows(one),
            "thread.label": thread,
            "item.alike.label": self.language.words["item.alike"] if one.row["id"] in self.copies else None,
        }

    def promise_rows(self, one: Entry) -> dict[str, str | None]:
        """The due date, how it was computed, and every move with its reason."""
        if not one.due:
            return dict.fromkeys(("item.promise", "item.owner", "item.due"))
        say, date_ = self.language.say, self.language.day
        due = date_(one.due)
        if "due_in" in one.row and not one.moves:
            due += self.language.count("item.due-rule", int(one.row["due_in"]))
        for step in one.moves:
            due += say("item.moved", date=date_(step.when), before=date_(step.old), after=date_(step.new))
            due += say("item.moved.reason", reason=step.text)
        return {"item.promise": one.row["promise"], "item.owner": one.row["owner"], "item.due": due}

    def facts_of(self, article: Element, one: Entry) -> None:
        """The three facts apart, and the residents' objection."""
        words, date_ = self.language.words, self.language.day
        wanted = [(words[f"fact.{name}"], when) for name, when in one.facts.items()]
        wanted += [(words["fact.disagreed"], one.objected)] * bool(one.objected)
        shown = one.answered and (one.due or one.claims or one.objected)
        texts = [name + (f"✓{date_(when)}" if when else f"—{words['fact.none']}") for name, when in wanted]
        if one.objected:
            texts[-1] = texts[-1].replace("✓", "")
        place = article.first("dl", "facts")
        self.same(f"{one.row['id']} facts", place, "".join(texts) if shown else "")

    def steps_of(self, article: Element, one: Entry) -> None:
        wanted = [self.language.day(step.when) + self.sentence(step) for step in one.steps]
        lines = article.first("ol", "steps").all("li")
        self.notes.note(self.page, f"{one.row['id']} steps", len(lines), len(wanted))
        for line, step, text in zip(lines, one.steps, wanted, strict=False):
            self.same(f"{one.row['id']} {step.kind}", line, text)
            self.notes.note(self.page, "as data", line.first("time").attrs["datetime"], step.when.isoformat())
            self.seen.add((self.page, "step", one.row["id"], step.kind))

    def sentence(self, step) -> str:
        say, date_ = self.language.say, self.language.day
        by = self.language.words[f"by.{step.by}"] if step.by else ""
        days = {name: date_(when) for name, when in (("old", step.old), ("new", step.new)) if when}
        text = say(f"step.{step.kind}", by=by, due=days.get("new", ""), **days)
        if step.text and step.kind not in {"asked", "answered", "promised"}:
            text += say("event.reason", reason=step.text)
        return text + (say("event.evidence", evidence=step.evidence) if step.evidence else "")

    # -- replies, responses, milestones

    def answered(self, what: str, place: Element, result: Result, main: Element | None = None) -> None:
        """How a company used its right of reply; on a scorecard also what follows in the part on it."""
        state = reply(self.folder, result.round, result.company, self.as_of)
        self.notes.note(self.page, what, self.language.words[f"reply.{state}"] in place.take(), recomputed=True)
        self.seen.add((self.page, "reply", result.company))
        if main is None:
            return
        said = main.by_id("reply").first("p")
        text = self.language.words[f"reply.{state}"]
        if "statements_due" in result.round:
            due = self.language.day(day(result.round["statements_due"]))
            text += self.language.say("reply.due", day=due)
        parts = squeezed(said.take()).split(squeezed(self.language.words["list.semicolon"]))
        self.notes.note(self.page, "reply, due", "".join(parts), squeezed(text))

    def questions(self, main: Element, result: Result) -> None:
        """What is carried over into the scorecard, then what was asked in the round's time."""
        place = main.by_id("questions")
        owed = owed_before(self.entries.values(), self.folder, result.round, result.company)
        asked = asked_since(self.entries.values(), self.folder, result.round, result.company)
        full, lines, more = self.shares(owed, asked)
        self.notes.note(self.page, "items", self.ids(place.all("article", "item")), [one.row["id"] for one in full])
        listed = [one for one in place.all("li") if any("#q-" in link for link in one.links)]
        self.notes.note(self.page, "lines", self.ids(listed), [one.row["id"] for one in lines])
        for line, one in zip(listed, lines, strict=False):
            when = self.language.say("item.raised", date=self.language.day(day(one.row["raised_on"])))
            self.same(f"line of {one.row['id']}", line, "".join([self.name(one), when, *self.badge(one)]))
        said = [text for n in more if (text := self.language.say("questions.more", n=n)) in place.text()]
        self.notes.note(self.page, "questions that are not listed", len(said), len(more))
        there = self.language.words["carried.heading"] in [one.text() for one in place.all("h3")]
        self.notes.note(self.page, "carried over", there, bool(owed))
        self.seen.update((self.page, "carried", one.row["id"]) for one in owed)

    def shares(self, owed: list[Entry], asked: list[Entry]) -> tuple[list[Entry], list[Entry], list[int]]:
        """In full, with a line, and how many more: up to 12 all in full; of more 4, new ones first, and 24 lines."""
        room = 12 if len([*owed, *asked]) <= 12 else 4
        new = asked[:room]
        old = owed[: room - len(new)]
        lines_of_old = owed[len(old) :][:24]
        lines = [*lines_of_old, *asked[len(new) :][: 24 - len(lines_of_old)]]
        rest = (len(owed) - len(old) - len(lines_of_old), len(asked) - len(new) - len(lines) + len(lines_of_old))
        return [*old, *new], lines, [n for n in rest if n]

    def response(self, table: Element) -> None:
        """The bureau's decisions; the score it corrected, then and now."""
        result = self.oracle.results[self.parts[1], self.parts[2]]
        points = self.folder.responses[self.parts[1], self.parts[2]]["points"]
        lines = list(self.rows(table))
        self.notes.note(self.page, "points of the response", len(lines), len(points))
        for cells, point in zip(lines, points, strict=False):
            decision = self.language.words[f"response.{point['decision']}"]
            self.same("decision", cells["decision"], decision)
            wanted = point["reason"]
            if "before" in point:
                one = result.inds[point["indicator"]]
                (after,) = self.digits(one.fig)
                unit = "%" if one.fig.unit == "percent" else ""
                before = point["before"].removesuffix("%") + unit
                label = self.label(one.spec)
                wanted += self.language.say("response.score", indicator=label, before=before, after=after)
                self.seen.add((self.page, "before and after", point["indicator"]))
            self.same("reason", cells["reason"], wanted)

    def milestones(self, table: Element) -> None:
        round_ = self.round_by_id(self.parts[1])
        specs = {one["id"]: one for one in self.folder.schemes[round_["scheme"]]["milestones"]}
        said = {one["milestone"]: one for one in round_["milestones"]}
        of = len({row["company"] for row in round_["rows"]})
        lines = list(self.rows(table))
        wanted = [one for id_, one in specs.items() if id_ in said]
        self.notes.note(self.page, "milestones", len(lines), len(wanted))
        for cells, spec in zip(lines, wanted, strict=False):
            there, due = said[spec["id"]]["companies"], day(spec["due_on"])
            over = due <= day(round_["period"]["end"])
            state = "all" if len(there) == of else "late" if over else "open"
            text = self.language.say("milestones.of", n=len(there), of=of) + self.language.words[f"milestones.{state}"]
            self.same(f"{spec['id']} due", cells["due"], self.language.day(due))
            self.same(f"{spec['id']} reached", cells["reached"], text)
            names = self.language.words["list.comma"].join(self.label(self.folder.companies[one]) for one in there)
            self.same(f"{spec['id']} who", cells["who"], names or "—")
            self.seen.add((self.page, "milestone", spec["id"]))
