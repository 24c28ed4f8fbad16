"""Compares the tables of a page; a table is known by its columns, a row by the address it links to."""

from collections.abc import Iterator
from itertools import accumulate

from compare_example import Example
from printed import Element, numbers
from recompute import Fig, Ind, Result
from recompute_method import line_of

KINDS = (
    ({"place", "company", "composite"}, "ranking"),
    ({"place", "round", "composite"}, "history"),
    ({"indicator", "dissatisfied"}, "sector_indicators"),
    ({"indicator", "cases", "target"}, "plain"),
    ({"indicator", "split"}, "all_indicators"),
    ({"indicator", "total"}, "channels"),
    ({"grade", "count"}, "grades"),
    ({"point", "met"}, "points"),
    ({"group", "members"}, "groups"),
    ({"on-the-spot", "with-deadline"}, "topics"),
    ({"raised", "overdue"}, "accounts"),
    ({"milestone", "reached"}, "milestones"),
    ({"decision", "reason"}, "response"),
    ({"company", "latest"}, "companies"),
)
"""Columns that tell a table, by their keys in the catalogue, and the method that compares it."""


class Tables(Example):
    def company_of(self, table: Element) -> Result:
        round_ = self.round_of(table)
        if (round_, self.parts[-1]) in self.oracle.results:
            return self.oracle.results[round_, self.parts[-1]]
        name = table.first("caption").text()
        found = [one for (id_, _), one in self.oracle.results.items() if id_ == round_]
        return next(one for one in found if self.label(self.folder.companies[one.company]) == name)

    def indicator_of(self, cell: Element, inds: dict[str, Ind]) -> Ind:
        """By the address it links to, else by its name."""
        if cell.links:
            return inds[cell.links[0].removesuffix(".html").split("/")[-1]]
        return next(one for one in inds.values() if self.label(one.spec) == cell.text())

    def columns(self, table: Element) -> list[set[str]]:
        """What each column may be, by its heading; the words of some are alike."""
        heads = (one.text(("small",)) for one in table.first("thead").all("th"))
        return [self.heads.get(text, set()) | {text} for text in heads]

    def rows(self, table: Element) -> Iterator[dict[str, Element]]:
        names = self.columns(table)
        for row in table.first("tbody").all("tr"):
            cells = [one for one in row.children if isinstance(one, Element)]
            yield {name: cell for keys, cell in zip(names, cells, strict=False) for name in keys}

    def table(self, table: Element) -> None:
        """What a table is, by the columns it has."""
        if table.first("caption").text() == self.language.words["example.caption"]:
            self.example(table)
            return
        names = set().union(*self.columns(table))
        if any(one.startswith("composite") for one in names):
            names.add("composite")
        for needed, compare in KINDS:
            if needed <= names:
                getattr(self, compare)(table)
                return
        if self.parts[0] == "indicators":
            self.indicator(table)
        elif self.parts[0] == "methods" or "channel" in names:
            self.method(table)

    def composite_of(self, cells: dict[str, Element]) -> Element:
        return next(cells[key] for key in sorted(cells) if key.startswith("composite"))

    def ranking(self, table: Element) -> None:
        round_ = self.round_of(table)
        name = self.sector_in(table.first("caption").text(("small",)), round_)
        sector = self.oracle.sectors[round_, name]
        self.seen.add((self.page, "ranking", round_, name))
        order, sure = [], self.language.words["interval.name"]
        wanted = self.parts != ["index"] and any(one.composite.interval for one in sector.members)
        self.notes.note(self.page, f"{name} has intervals", any(sure in keys for keys in self.columns(table)), wanted)
        for head in table.first("thead").all("th"):
            if head.text() == sure:
                head.take()
        for cells in self.rows(table):
            company = cells["company"].links[0].removesuffix(".html").split("/")[-1]
            one, what = self.oracle.results[round_, company], f"ranking {company}"
            order.append(company)
            self.place(f"{what} place", cells["place"], one)
            self.figure(f"{what} composite", self.composite_of(cells), one.composite)
            self.change(f"{what} change", cells["change"], one)
            if sure in cells:
                self.certainty(f"{what} interval", cells[sure], one.composite)
            if "band" in cells:
                self.band(f"{what} band", cells["band"], one)
                self.base(f"{what} base", cells["base"], one.composite)
            if "statement" in cells:
                self.answered(f"{what} reply", cells["statement"], one)
        self.notes.note(self.page, f"order of {name}", order, [one.company for one in sector.members])
        if self.parts != ["index"]:
            self.ranking_note(table, sector)
        if self.parts[0] == "notices":
            self.told(table, sector, name)

    def history(self, table: Element) -> None:
        """The newest first."""
        shown = [one.first("th").links[0].split("/")[-2] for one in table.first("tbody").all("tr")]
        newest = [one["id"] for one in self.folder.rounds[::-1] if one["id"] in shown]
        self.notes.note(self.page, "order of the history", shown, newest)
        for cells in self.rows(table):
            round_, company = cells["round"].links[0].removesuffix(".html").split("/")[-2:]
            one, what = self.oracle.results[round_, company], f"history {round_}"
            self.figure(f"{what} composite", self.composite_of(cells), one.composite, sure=True)
            self.place(f"{what} place", cells["place"], one)
            self.change(f"{what} change", cells["change"], one)
            if "base" in cells:
                self.base(f"{what} base", cells["base"], one.composite)
            if "band" in cells:
                self.band(f"{what} band", cells["band"], one)

    def sector_indicators(self, table: Element) -> None:
        round_ = self.round_of(table)
        name = self.sector_in(table.first("caption").text(("small",)), round_)
        self.seen.add((self.page, "sector-indicators", round_, name))
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], self.oracle.sectors[round_, name].inds)
            what = f"{name} {one.spec['id']}"
            self.figure(f"{what} mean", cells["figure"], one.fig, one.spec, sure=True)
            if one.dissatisfied.state == "not-surveyed":
                none = self.language.words["find.dissatisfied.not-asked"]
                self.check(f"{what} dissatisfied", cells["dissatisfied"], [], none)
            else:
                self.figure(f"{what} dissatisfied", cells["dissatisfied"], one.dissatisfied)
            self.change(f"{what} change", cells["change"], one)

    def plain(self, table: Element) -> None:
        result = self.company_of(table)
        self.seen.add((self.page, "plain", result.company))
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], result.inds)
            what = f"{result.company} {one.spec['id']}"
            self.figure(f"{what} figure", cells["figure"], one.fig, one.spec, sure=True)
            self.base(f"{what} cases", cells["cases"], one.fig)
            self.check(f"{what} target", cells["target"], self.targets(one), *self.target_words(one))
            self.change(f"{what} change", cells["change"], one)

    def all_indicators(self, table: Element) -> None:
        result = self.company_of(table)
        sector = self.folder.companies[result.company]["sector"]
        means = self.oracle.sectors[result.round["id"], sector].inds
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], result.inds)
            what = one.spec["id"]
            self.seen.add((self.page, "indicator", what))
            weight = [self.share(one.spec["weight"])] if "weight" in one.spec else []
            targets = self.targets(one)
            self.check(f"{what} rules", cells["indicator"], weight + targets, *self.target_words(one), outside=("a",))
            self.figure(f"{what} figure", cells["figure"], one.fig, one.spec, sure=True)
            self.base(f"{what} base", cells.get("base") or cells["cases"], one.fig)
            self.average(f"{what} average", cells["average"], means[what].fig, one.spec, sector)
            self.change(f"{what} change", cells["change"], one)
            self.split(f"{what} distribution", cells["split"], one)

    def average(self, what: str, place: Element, fig: Fig, spec: dict, sector: str) -> None:
        """A mean of one company of several says so."""
        members = self.oracle.sectors[self.round_of(place), sector].members
        words = self.language.words["average.one"]
        alone = words if fig.base == 1 and len(members) > 1 else ""
        self.notes.note(
            self.page, f"{what}, of one", words in [mark.text() for mark in place.all("small")], bool(alone)
        )
        self.check(what, place, self.digits(fig) + numbers(alone), *self.words_of(fig, spec))

    def split(self, what: str, place: Element, one: Ind) -> None:
        """Shares in words, and the lengths of the bar's parts."""
        inside = [each for each in one.tallies if each.share is not None]
        outside = [str(each.count) for each in one.tallies if each.share is None]
        self.check(what, place, [self.language.number(each.share) + "%" for each in inside] + outside)
        whole = sum(each.count for each in inside)
        # Every part begins where the bar does, and is covered by those before it, which are drawn after it.
        wanted = [each * 100 / whole for each in accumulate(each.count for each in inside if each.count)]
        ends = [float(part.attrs["width"]) for part in place.all("rect")][::-1]
        fits = len(ends) == len(wanted) and all(abs(a - b) < 0.01 for a, b in zip(ends, wanted, strict=True))
        self.notes.note(self.page, f"{what}, bar", ends if not fits else wanted, wanted)

    def channels(self, table: Element) -> None:
        result = self.company_of(table)
        weights = {self.label(one): self.share(one["weight"]) for one in result.scheme["channels"]}
        for head in table.first("thead").all("th"):
            if head.text(("small",)) in weights:
                self.check("weight of a channel", head, [weights[head.text(("small",))]])
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], result.inds)
            for channel in result.scheme["channels"]:
                part, cell = one.channels[channel["id"]], cells[self.label(channel)]
                bases = [] if part.fig.base is None else [self.language.number(part.fig.base)]
                what = f"{one.spec['id']} {channel['id']}"
                self.seen.add((self.page, "channel", channel["id"]))
                self.check(what, cell, self.digits(part.fig) + self.below(part.fig) + bases, *self.words_of(part.fig))
                self.small(what, cell, part.fig)
            self.figure(f"{one.spec['id']} total", cells["total"], one.fig, sure=True)

    def grades(self, table: Element) -> None:
        result, caption = self.company_of(table), table.first("caption").text()
        graded = [one for one in result.inds.values() if one.spec["measure"] == "grades"]
        one = next(one for one in graded if self.label(one.spec) in caption)
        points = {grade["id"]: grade["points"] for grade in result.scheme["grades"]}
        self.seen.add((self.page, "grades", one.spec["id"]))
        lines = list(self.rows(table))
        self.notes.note(self.page, "grades, lines", len(lines), len(one.tallies))
        for cells, tally in zip(lines, one.tallies, strict=False):
            what = f"{one.spec['id']} {tally.name}"
            self.check(f"{what} points", cells["points"], [points[tally.name]] if tally.name in points else [])
            self.check(f"{what} count", cells["count"], [self.language.number(tally.count)])
            part = [] if tally.share is None else [self.language.number(tally.share) + "%"]
            self.check(f"{what} share", cells["share"], part)

    def points(self, table: Element) -> None:
        result, caption = self.company_of(table), table.first("caption").text()
        one = next(one for one in result.inds.values() if self.label(one.spec) in caption)
        for cells, point in zip(self.rows(table), one.spec["points"], strict=True):
            for name in ("met", "partly", "not_met"):
                self.check(f"{point['id']} {name}", cells[name], [one.points[point["id"]].get(name, "0")])

    def groups(self, table: Element) -> None:
        result = self.company_of(table)
        kind = "dimension" if self.language.words["dimensions"] == table.first("caption").text() else "aspect"
        names = {self.label(one): one["id"] for one in result.scheme[f"{kind}s"]}
        for cells in self.rows(table):
            id_ = names[cells["group"].text()]
            members, fig = result.groups[f"{kind}:{id_}"]
            self.seen.add((self.page, kind, id_))
            comma = self.language.words["list.comma"]
            wanted = comma.join(self.label(result.inds[one].spec) for one in members) or "—"
            self.notes.note(self.page, f"{kind} {id_} members", cells["members"].take(), " ".join(wanted.split()))
            if fig is not None:
                self.figure(f"{kind} {id_}", cells["figure"], fig, sure=True)
            elif "figure" in cells:
                self.check(f"{kind} {id_} is not added up", cells["figure"], [], self.language.words["groups.none"])

    def companies(self, table: Element) -> None:
        for cells in self.rows(table):
            company = cells["company"].links[0].removesuffix(".html").split("/")[-1]
            mine = [one for (_, id_), one in self.oracle.results.items() if id_ == company]
            if not mine:
                continue
            last = mine[-1]
            self.notes.note(self.page, f"{company} latest", cells["latest"].take(), self.titles[last.round["id"]])
            self.band(f"{company} band", cells["band"], last)
            if last.composite:
                self.figure(f"{company} composite", cells["figure"], last.composite)

    def indicator(self, table: Element) -> None:
        scheme, id_ = self.parts[1:]
        every = self.line(scheme)
        last = max(place for place, one in enumerate(every) if one["scheme"] == scheme)
        schemes = self.folder.schemes
        every = [
            one for one in every[: last + 1] if any(spec["id"] == id_ for spec in schemes[one["scheme"]]["indicators"])
        ]
        every.reverse()
        rounds = [one["id"] for one in every]
        heads = table.first("thead").all("th")[1:]
        self.notes.note(self.page, "rounds", [one.links[0].split("/")[-2] for one in heads], rounds)
        broken = [self.language.words["stage.broken"] in one.text() for one in heads]
        self.notes.note(
            self.page, "does not compare", broken, [one is not every[-1] and self.broken(one, id_) for one in every]
        )
        for row in table.first("tbody").all("tr"):
            company = row.first("th").links[0].removesuffix(".html").split("/")[-1]
            for round_, cell in zip(rounds, row.all("td"), strict=True):
                result = self.oracle.results.get((round_, company))
                self.seen.add((self.page, company, round_))
                if result:
                    self.figure(f"{company} {round_}", cell, result.inds[id_].fig, result.inds[id_].spec, sure=True)
                else:
                    self.check(f"{company} {round_}", cell, [], self.language.words["indicator.absent"])

    def line(self, scheme: str) -> list[dict]:
        """The rounds by a scheme, by what it replaces and by what replaces it."""
        first = line_of(self.folder.schemes, scheme)
        return [one for one in self.folder.rounds if line_of(self.folder.schemes, one["scheme"]) == first]

    def broken(self, round_: dict, indicator: str) -> bool:
        before = self.oracle.before[round_["id"]]
        return before.round is not None and not before.same(self.folder.schemes[round_["scheme"]], indicator)

    def method(self, table: Element) -> None:
        """Weights, points and bands as the scheme's file has them."""
        id_ = self.folder.rounds[-1]["scheme"]
        id_ = self.parts[1] if self.parts[0] == "methods" else self.scheme_of(table)
        scheme = self.folder.schemes[id_]
        lists = {"channel": "channels", "grade": "grades", "indicator": "indicators", "band": "bands"}
        for cells in self.rows(table):
            key = next(key for key in lists if key in cells)
            head = cells[key]
            name = next((text.data.strip() for text in head.texts() if text.data.strip()), "")
            one = next(one for one in scheme[lists[key]] if self.label(one) == name)
            if "weight" in cells:
                self.check(f"{name} weight", cells["weight"], [self.share(one["weight"])] if "weight" in one else [])
            if "points" in cells:
                self.check(f"{name} points", cells["points"], [one["points"]])
            if "range" in cells:
                self.check(f"{name} range", cells["range"], [one[key] for key in ("at_least", "at_most") if key in one])
            if "target" in cells:
                self.check(f"{name} target", cells["target"], self.targets(Ind(one, "", Fig("", ""))))
            if "measured" in cells:
                full = [one["full_marks"]] if "full_marks" in one else []
                part = [self.share(one["partly_counts"])] if "partly_counts" in one else []
                self.check(f"{name} measure", cells["measured"], full + part)
            if "forms" in cells:
                self.channel_forms(name, cells["forms"], self.round_of(table), one["id"])

    def scheme_of(self, table: Element) -> str:
        return self.round_by_id(self.round_of(table))["scheme"]

    def channel_forms(self, name: str, cell: Element, round_: str, channel: str) -> None:
        """The forms of a channel and how many its sample was drawn from."""
        works = self.round_by_id(round_).get("channels", [])
        stated = [one["population"] for one in works if one["channel"] == channel and "population" in one]
        after = ""
        if stated:
            drawn = self.language.say("sample.drawn-from", number=self.language.number(int(stated[0])))
            after = self.language.words["list.semicolon"] + drawn
        if (round_, channel) in self.oracle.forms:
            self.forms(name, cell, self.oracle.forms[round_, channel], after)
        else:
            self.same(f"{name} has no forms", cell, "—" + after)
