"""Compares every number on every page of a built site with the second computation of `recompute`."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from printed import DATE, Element, Language, Ledger, numbers, tree
from recompute import Fig, Folder, Ind, Oracle, Result, account, day, ledger, number

HEADS = ("meeting.", "account.", "sample.", "item.", "tally.", "col.")
CLOCK = re.compile(r"\d{1,2}:\d{2}")


class Comparison:
    """One site against one oracle; `rows` tells what was compared, `loose` which digits nobody explained."""

    def __init__(self, oracle: Oracle, language: Language, as_of: date, inputs: list[str]) -> None:
        self.oracle, self.language, self.as_of = oracle, language, as_of
        self.folder: Folder = oracle.folder
        self.entries = ledger(self.folder, as_of)
        self.highlights = int(self.folder.site.get("highlights", 3))
        self.heads: dict[str, set[str]] = {}
        for prefix in HEADS:
            for key in (key for key in language.words if key.startswith(prefix)):
                self.heads.setdefault(language.words[key], set()).add(key.removeprefix(prefix))
        self.notes = Ledger()
        self.loose: list[tuple[str, str]] = []
        self.seen: set[tuple[str, ...]] = set()
        self.titles = {one["id"]: self.title(one) for one in self.folder.rounds}
        written = [*inputs, *self.titles.values(), *self._sentences()]
        self.known = _squeezed("\n".join([*written, *language.words.values()]))
        titles = {_squeezed(one) for one in self.titles.values()}
        self.values = sorted({one for one in map(_squeezed, written) if worth(one)} | titles, key=len, reverse=True)
        found = [day(text) for text in re.findall(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}", "\n".join(inputs))]
        self.days = {form for one in [*found, as_of] for form in (one.isoformat(), language.day(one))}

    def _sentences(self) -> Iterator[str]:
        """Sentences of the catalogue that carry settings of the site or of a scheme."""
        limits = {"suppress": self.oracle.suppress, "rank": self.oracle.rank}
        for key in ("rule.thresholds", "home.reading.small"):
            yield self.language.say(key, **limits)
        places = self.folder.site.get("rounding", {})
        yield self.language.say(
            "rule.decimals", score=places.get("score_decimals", 2), rate=places.get("rate_decimals", 2)
        )
        for scheme in self.folder.schemes.values():
            yield self.language.say(
                "method.formula.text", what=self.language.words[f"composite.{scheme['direction']}"]
            )
            yield self.language.say("sample.version", version=scheme["version"])

    # -- names ------------------------------------------------------------------------------------

    def label(self, thing: dict) -> str:
        return thing.get("name_en") or thing["name"] if self.language.code == "en" else thing["name"]

    def sector_name(self, name: str) -> str:
        first = next(one for one in self.folder.companies.values() if one["sector"] == name)
        return first.get("sector_en") or name if self.language.code == "en" else name

    def title(self, round_: dict) -> str:
        if self.language.code == "en" and "title_en" in round_:
            return round_["title_en"]
        if "title" in round_:
            return round_["title"]
        start, end = day(round_["period"]["start"]), day(round_["period"]["end"])
        if (start.month, start.year) == (end.month, end.year):
            return f"{start:%B} {start.year}" if self.language.code == "en" else f"{start.year}年{start.month}月"
        return self.language.say(f"period.quarter.{(end.month + 2) // 3}", year=start.year)

    def sector_in(self, text: str, round_: str) -> str:
        names = [name for id_, name in self.oracle.sectors if id_ == round_ and self.sector_name(name) in text]
        return max(names, key=len)

    # -- single comparisons -----------------------------------------------------------------------

    def check(self, what: str, place: Element, wanted: list[str], *words: str, outside: tuple[str, ...] = ()) -> None:
        """The numbers of a place in their order, and words it must contain."""
        text = place.take(outside)
        self.notes.note(self.page, what, " ".join(numbers(text)), " ".join(wanted))
        for word in words:
            self.notes.note(self.page, f"{what}, words", word if word in text else text, word)

    def digits(self, fig: Fig) -> list[str]:
        if fig.printed is None:
            return []
        return [self.language.number(fig.printed) + ("%" if fig.unit == "percent" else "")]

    def words_of(self, fig: Fig, spec: dict | None = None) -> list[str]:
        words = [] if fig.printed is not None else [self.language.words[f"state.{fig.state}"]]
        unit = (spec or {}).get("unit_en" if self.language.code == "en" else "unit", "")
        return words + [unit] * bool(unit and fig.printed is not None)

    def small(self, what: str, place: Element, fig: Fig) -> None:
        """A small base is named as such, and no other."""
        text = place.text()
        marked = any(flag in text for flag in self.language.keys("figure.small"))
        self.notes.note(self.page, f"{what}, marked small", marked, fig.small)

    def figure(self, what: str, place: Element, fig: Fig, spec: dict | None = None) -> None:
        self.check(what, place, self.digits(fig), *self.words_of(fig, spec), outside=("a",))
        self.small(what, place, fig)

    def base(self, what: str, place: Element, fig: Fig) -> None:
        self.check(what, place, [] if fig.base is None else [self.language.number(fig.base)])

    def change(self, what: str, place: Element, amount: Decimal | None, verdict: str | None) -> None:
        if not amount:
            self.check(what, place, [], self.language.words["change.none" if amount is None else "change.same"])
        else:
            arrow = "▲" if amount > 0 else "▼"
            number_ = arrow + self.language.number(amount)
            self.check(what, place, [number_], self.language.words[f"verdict.{verdict}"])

    def amount(self, place: Element, amount: Decimal | None) -> list[str]:
        """A change in words; where it has an arrow instead, the arrow must point the right way."""
        arrow = any(sign in place.text() for sign in "▲▼")
        way = ("▲" if amount > 0 else "▼") if amount and arrow else ""
        return [way + self.language.number(amount)] if amount else []

    def place(self, what: str, place: Element, one: Result) -> None:
        if one.place is None:
            self.check(what, place, [], self.language.words[f"place.why.{one.why}"])
        else:
            self.check(what, place, [str(one.place)])
            tied = self.language.words["place.tied"] in place.text()
            self.notes.note(self.page, f"{what}, tied", tied, one.tied)

    def band(self, what: str, place: Element, one: Result) -> None:
        name = self.label(one.band) if one.band else self.language.words["band.none"]
        self.check(what, place, numbers(name), name)

    def share(self, text: str) -> str:
        percent = (number(text) * 100).limit_denominator(10**6)
        shown = round(Decimal(percent.numerator) / Decimal(percent.denominator), 2).normalize()
        return f"{shown:f}%"

    def targets(self, one: Ind) -> list[str]:
        found = [self.share(one.spec["target"])] if "target" in one.spec else []
        return found + ([one.spec["limit_working_days"]] if "limit_working_days" in one.spec else [])

    def target_words(self, one: Ind) -> list[str]:
        if "target" not in one.spec or one.fig.exact is None:
            return []
        goal = number(one.spec["target"]) * 100
        met = one.fig.exact >= goal if one.better == "higher" else one.fig.exact <= goal
        return [self.language.words["target.met" if met else "target.missed"]]

    # -- pages ------------------------------------------------------------------------------------

    def site(self, folder: Path) -> None:
        for path in sorted(folder.rglob("*.html")):
            self.one_page(path.relative_to(folder).as_posix(), tree(path))

    def one_page(self, address: str, root: Element) -> None:
        self.page, self.parts = address, address.removesuffix(".html").split("/")
        main = root.by_id("main")
        for table in main.all("table"):
            self.table(table)
        for block in main.all("div", "three"):
            self.findings(block)
        if self.parts[0] == "rounds" and len(self.parts) == 3 and self.parts[2] != "index":
            self.scorecard(main, self.oracle.results[self.parts[1], self.parts[2]])
        if self.parts[0] == "companies" and self.parts[1] != "index":
            self.now(main)
        for chart in main.all("svg", "trend"):
            self.chart(chart)
        for line in main.all("p", "note"):
            self.average(line)
        self.ledgers(main)
        self.facts(main)
        self.rules(main)
        for text in main.texts():
            if not text.compared and any(c.isdigit() for c in text.data) and self.unexplained(text.data):
                self.loose.append((address, " ".join(text.data.split())))

    def unexplained(self, text: str) -> bool:
        """Digits that were neither compared nor typed by someone nor a known day or title."""
        text = text.replace(f"{self.folder.site['base_url']}/{self.page}", "")
        if self.parts[0] == "notices":  # headings of a notice are numbered by the site
            text = text.strip()
            text = text.removeprefix(next((one for one in self.language.keys("numeral.") if text.startswith(one)), ""))
        plain = DATE.sub(lambda found: "" if found[0] in self.days else found[0], CLOCK.sub("", text))
        for form in (_squeezed(text), _squeezed(plain)):
            if not any(c.isdigit() for c in form) or (worth(form) and form in self.known):
                return False
            rest = form
            for value in self.values:
                rest = rest.replace(value, "")
            if not any(c.isdigit() for c in rest):
                return False
        return True

    def round_of(self, table: Element) -> str:
        """The round a page speaks of; on the home page the one linked above the table."""
        if self.parts[0] == "rounds":
            return self.parts[1]
        if self.parts[0] == "notices":
            return self.folder.notices[self.parts[1]]["round"]
        before = table.before("p")
        return next(link.split("/")[1] for link in (before.links if before else []) if link.startswith("rounds/"))

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
        names = set().union(*self.columns(table))
        composite = next((one for one in sorted(names) if one.startswith("composite")), None)
        if {"place", "company"} <= names and composite:
            self.ranking(table, composite)
        elif {"place", "round"} <= names and composite:
            self.history(table, composite)
        elif {"indicator", "dissatisfied"} <= names:
            self.sector_indicators(table)
        elif {"indicator", "cases", "target"} <= names:
            self.plain(table)
        elif {"indicator", "split"} <= names:
            self.all_indicators(table)
        elif {"indicator", "total"} <= names:
            self.channels(table)
        elif {"grade", "count"} <= names:
            self.grades(table)
        elif {"point", "met"} <= names:
            self.points(table)
        elif {"group", "members"} <= names:
            self.groups(table)
        elif {"raised", "overdue"} <= names:
            self.accounts(table)
        elif {"company", "latest"} <= names:
            self.companies(table)
        elif self.parts[0] == "indicators":
            self.indicator(table)
        elif self.parts[0] == "methods" or "channel" in names:
            self.method(table)

    def ranking(self, table: Element, composite: str) -> None:
        round_ = self.round_of(table)
        name = self.sector_in(table.first("caption").text(("small",)), round_)
        sector = self.oracle.sectors[round_, name]
        self.seen.add((self.page, "ranking", round_, name))
        order = []
        for cells in self.rows(table):
            company = cells["company"].links[0].removesuffix(".html").split("/")[-1]
            one, what = self.oracle.results[round_, company], f"ranking {company}"
            order.append(company)
            self.place(f"{what} place", cells["place"], one)
            self.figure(f"{what} composite", cells[composite], one.composite)
            self.change(f"{what} change", cells["change"], one.amount, one.verdict)
            if "band" in cells:
                self.band(f"{what} band", cells["band"], one)
                self.base(f"{what} base", cells["base"], one.composite)
        self.notes.note(self.page, f"order of {name}", order, [one.company for one in sector.members])

    def average(self, line: Element) -> None:
        """The sector's average under its ranking."""
        head = self.language.words["ranking.average"].split("{")[0]
        if head in line.text():
            table = line.before("table")
            sector = self.sector_in(table.first("caption").text(("small",)), self.round_of(table))
            total = self.oracle.sectors[self.round_of(table), sector].composite
            self.check(f"average of {sector}", line, self.digits(total))

    def history(self, table: Element, composite: str) -> None:
        for cells in self.rows(table):
            round_, company = cells["round"].links[0].removesuffix(".html").split("/")[-2:]
            one, what = self.oracle.results[round_, company], f"history {round_}"
            self.figure(f"{what} composite", cells[composite], one.composite)
            self.place(f"{what} place", cells["place"], one)
            self.change(f"{what} change", cells["change"], one.amount, one.verdict)
            if "base" in cells:
                self.base(f"{what} base", cells["base"], one.composite)
            if "band" in cells:
                self.band(f"{what} band", cells["band"], one)

    def indicator_of(self, cell: Element, inds: dict[str, Ind]) -> Ind:
        """By the address it links to, else by its name."""
        if cell.links:
            return inds[cell.links[0].removesuffix(".html").split("/")[-1]]
        return next(one for one in inds.values() if self.label(one.spec) == cell.text())

    def sector_indicators(self, table: Element) -> None:
        round_ = self.round_of(table)
        name = self.sector_in(table.first("caption").text(("small",)), round_)
        self.seen.add((self.page, "sector-indicators", round_, name))
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], self.oracle.sectors[round_, name].inds)
            what = f"{name} {one.spec['id']}"
            self.figure(f"{what} mean", cells["figure"], one.fig, one.spec)
            self.figure(f"{what} dissatisfied", cells["dissatisfied"], one.dissatisfied)
            self.change(f"{what} change", cells["change"], one.amount, one.verdict)

    def company_of(self, table: Element) -> Result:
        round_ = self.round_of(table)
        if (round_, self.parts[-1]) in self.oracle.results:
            return self.oracle.results[round_, self.parts[-1]]
        name = table.first("caption").text()
        found = [one for (id_, _), one in self.oracle.results.items() if id_ == round_]
        return next(one for one in found if self.label(self.folder.companies[one.company]) == name)

    def plain(self, table: Element) -> None:
        result = self.company_of(table)
        self.seen.add((self.page, "plain", result.company))
        for cells in self.rows(table):
            one = self.indicator_of(cells["indicator"], result.inds)
            what = f"{result.company} {one.spec['id']}"
            self.figure(f"{what} figure", cells["figure"], one.fig, one.spec)
            self.base(f"{what} cases", cells["cases"], one.fig)
            self.check(f"{what} target", cells["target"], self.targets(one), *self.target_words(one))
            self.change(f"{what} change", cells["change"], one.amount, one.verdict)

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
            self.figure(f"{what} figure", cells["figure"], one.fig, one.spec)
            self.base(f"{what} base", cells.get("base") or cells["cases"], one.fig)
            self.figure(f"{what} average", cells["average"], means[what].fig, one.spec)
            self.change(f"{what} change", cells["change"], one.amount, one.verdict)
            self.split(f"{what} distribution", cells["split"], one)

    def split(self, what: str, place: Element, one: Ind) -> None:
        """Shares in words, and the lengths of the bar's parts."""
        forms = [self.language.number(each.share) + "%" if each.share is not None else str(each.count) for each in one.tallies]
        self.check(what, place, forms)
        whole = sum(each.count for each in one.tallies if each.share is not None)
        wanted = [each.count * 100 / whole for each in one.tallies if each.share is not None and each.count]
        lengths = [float(part.attrs["width"]) for part in place.all("rect")]
        fits = len(lengths) == len(wanted) and all(abs(a - b) < 0.01 for a, b in zip(lengths, wanted, strict=True))
        self.notes.note(self.page, f"{what}, bar", lengths if not fits else wanted, wanted)

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
                self.check(what, cell, self.digits(part.fig) + bases, *self.words_of(part.fig))
                self.small(what, cell, part.fig)
            self.figure(f"{one.spec['id']} total", cells["total"], one.fig)

    def grades(self, table: Element) -> None:
        result, caption = self.company_of(table), table.first("caption").text()
        one = next(one for one in result.inds.values() if self.label(one.spec) in caption and one.spec["measure"] == "grades")
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
            self.figure(f"{kind} {id_}", cells["figure"], fig)

    def accounts(self, table: Element) -> None:
        for cells in self.rows(table):
            kind, id_ = next(iter(cells.values())).links[0].removesuffix(".html").split("/")
            key = {"companies": "company", "meetings": "meeting"}[kind]
            self.account(id_, cells, [one for one in self.entries.values() if one.row[key] == id_])

    def account(self, what: str, cells: dict[str, Element], entries: list) -> None:
        counts = account(entries)
        for name in counts.keys() & cells.keys():
            self.check(f"{what} {name}", cells[name], [str(counts[name])])

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
        rounds = [one["id"] for one in self.folder.rounds if one["scheme"] == scheme]
        heads = [one.links[0].split("/")[-2] for one in table.first("thead").all("th")[1:]]
        self.notes.note(self.page, "rounds", heads, rounds)
        for row in table.first("tbody").all("tr"):
            company = row.first("th").links[0].removesuffix(".html").split("/")[-1]
            for round_, cell in zip(rounds, row.all("td"), strict=True):
                result = self.oracle.results.get((round_, company))
                self.seen.add((self.page, company, round_))
                if result:
                    self.figure(f"{company} {round_}", cell, result.inds[id_].fig, result.inds[id_].spec)
                else:
                    self.check(f"{company} {round_}", cell, [], self.language.words["indicator.absent"])

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
                part = [self.share(one["partly_counts"])] if "partly_counts" in one else []
                self.check(f"{name} measure", cells["measured"], ([one["full_marks"]] if "full_marks" in one else []) + part)
            if "forms" in cells:
                self.forms(name, cells["forms"], self.channel_work(table, one["id"]))

    def scheme_of(self, table: Element) -> str:
        return self.round_by_id(self.round_of(table))["scheme"]

    def round_by_id(self, id_: str) -> dict:
        return next(one for one in self.folder.rounds if one["id"] == id_)

    def channel_work(self, table: Element, channel: str) -> dict:
        works = self.round_by_id(self.round_of(table)).get("channels", [])
        return next((one.get("forms", {}) for one in works if one["channel"] == channel), {})

    def forms(self, what: str, place: Element, forms: dict) -> None:
        wanted = [forms[key] for key in ("issued", "returned", "valid") if key in forms]
        self.check(f"{what} forms", place, [self.language.number(int(one)) for one in wanted])

    def findings(self, block: Element) -> None:
        """The three compulsory analyses of a company or a sector: which, in which order, with which figures."""
        round_ = self.round_of(block)
        result = self.oracle.results.get((round_, self.parts[-1]))
        if result is None:
            heading, table = block.before("h3"), block.before("table")
            text = heading.text() if self.parts[0] == "notices" else table.first("caption").text()
            result = self.oracle.sectors[round_, self.sector_in(text, round_)]
        kinds = ("lowest", "dissatisfied", "fell")
        sections = block.all("section")
        self.notes.note(self.page, "three analyses", len(sections), 3)
        for kind, section in zip(kinds, sections, strict=True):
            found = [one for one in section.all("li") if one.links]
            ids = [one.links[0].removesuffix(".html").split("/")[-1] for one in found]
            self.notes.note(self.page, f"{kind} {result.company}", ids, result.worst(kind, self.highlights))
            self.seen.add((self.page, kind))
            for id_, line in zip(ids, found, strict=True):
                one = result.inds[id_]
                shown = self.digits(one.dissatisfied if kind == "dissatisfied" else one.fig)
                amount = self.amount(line, one.amount) if kind == "fell" else []
                self.check(f"{kind} {id_}", line, shown + amount, outside=("a",))

    def scorecard(self, main: Element, result: Result) -> None:
        top = main.by_id("result")
        self.seen.add(("scorecard", *self.parts[1:]))
        if result.composite is None:
            return
        big = next(one for one in top.first("div", "big").all("p") if {"num", "nil"} & set(one.attrs.get("class", "").split()))
        self.check("composite", big, self.digits(result.composite), *self.words_of(result.composite)[:0])
        words = self.language
        facts = {self.language.keys("score.").get(one.first("dt").text()): one.first("dd") for one in top.all("div") if one.first("dt")}
        if result.place is None:
            self.check("place", facts["place"], [], words.words[f"place.why.{result.why}"])
        else:
            self.check("place", facts["place"], [str(result.place), str(result.of)])
            self.notes.note(self.page, "tied", words.words["place.words.tied"] in facts["place"].text(), result.tied)
        wanted = self.amount(facts["change"], result.amount)
        wanted += self.digits(result.previous) if result.previous else []
        self.check("change", facts["change"], wanted, *([words.words[f"verdict.{result.verdict}"]] if result.amount else []))
        sector = self.oracle.sectors[result.round["id"], self.folder.companies[result.company]["sector"]]
        self.check("sector average", facts["average"], self.digits(sector.composite))
        bases = [] if result.composite.base is None else [words.number(result.composite.base)]
        self.check("base", facts["base"], bases)
        self.small("base", facts["base"], result.composite)

    def now(self, main: Element) -> None:
        """The latest result on a company's page."""
        for line in main.all("p", "now"):
            scheme = line.before("h2").text()
            mine = [one for (_, id_), one in self.oracle.results.items() if id_ == self.parts[1]]
            last = [one for one in mine if self.label(one.scheme) == scheme][-1]
            text = line.take().replace(self.titles[last.round["id"]], "").replace(self.label(last.band) if last.band else "\0", "")
            places = [] if last.place is None else [str(last.place), str(last.of)]
            self.notes.note(self.page, "now", " ".join(numbers(text)), " ".join(self.digits(last.composite) + places))

    def chart(self, chart: Element) -> None:
        """Every dot stands where its figure belongs between the grid lines, and is labelled with it."""
        grid = {(one.attrs["x1"], one.attrs["y1"]) for one in chart.all("line")}
        axis = [one for one in chart.all("text") if (one.attrs["x"], one.attrs["y"]) in grid]
        lines = [(float(one.attrs["y"]), int(one.take().replace(",", ""))) for one in axis]
        (y0, v0), (y1, v1) = lines[0], lines[-1]
        even = all(abs(v0 + (y - y0) * (v1 - v0) / (y1 - y0) - value) < 0.01 * max(1, v1 - v0) for y, value in lines)
        self.notes.note(self.page, "grid lines evenly spaced", even, True)
        company, scheme = self.chart_subject(chart)
        mine = [one for (_, id_), one in self.oracle.results.items() if id_ == company and one.scheme["id"] == scheme]
        last = self.round_by_id(self.parts[1])["period"]["end"] if self.parts[0] == "rounds" else "9999-12-31"
        shown = [one.composite for one in mine if day(one.round["period"]["end"]) <= day(last)]
        values = [float(one.printed) for one in shown if one.printed is not None]
        dots = [float(one.attrs["cy"]) for one in chart.all("circle")]
        fits = len(dots) == len(values) and all(
            abs(v0 + (y - y0) * (v1 - v0) / (y1 - y0) - value) <= abs((v1 - v0) / (y1 - y0)) * 0.06
            for y, value in zip(dots, values, strict=True)
        )
        self.notes.note(self.page, "dots of the chart", values if fits else dots, values)
        there = [one for one in shown if one.printed is not None]
        at = {(dot.attrs["cx"], dot.attrs["cy"]): fig for dot, fig in zip(chart.all("circle"), there, strict=False)}
        for label in chart.all("text"):
            if (label.attrs["x"], label.attrs["y"]) in at:
                self.check("label of a dot", label, self.digits(at[label.attrs["x"], label.attrs["y"]]))

    def chart_subject(self, chart: Element) -> tuple[str, str]:
        if self.parts[0] == "rounds":
            return self.parts[2], self.round_by_id(self.parts[1])["scheme"]
        heading = chart.before("h2").text()
        return self.parts[1], next(id_ for id_, one in self.folder.schemes.items() if self.label(one) == heading)

    def facts(self, main: Element) -> None:
        """Forms, population, number of residents."""
        heads = self.language.keys("sample.") | self.language.keys("meeting.")
        for one in main.all("div"):
            name, place = one.first("dt"), one.first("dd")
            key = heads.get(name.text()) if name and place else None
            if key == "population":
                round_ = self.round_by_id(self.round_of(one))
                self.check("population", place, [self.language.number(int(round_["population"]))])
            elif key == "forms":
                self.forms("round", place, self.round_by_id(self.round_of(one))["forms"])
            elif name and name.text() == self.language.words["method.version"]:
                self.check("version", place, [self.folder.schemes[self.parts[1]]["version"]])
            elif key == "residents":
                self.check("residents", place, [self.folder.meetings[self.parts[1]]["residents"]])

    def rules(self, main: Element) -> None:
        """Weight, target and limit on the page of an indicator; the weights in the formula of a method."""
        if self.parts[0] == "indicators":
            scheme = self.folder.schemes[self.parts[1]]
            spec = next(one for one in scheme["indicators"] if one["id"] == self.parts[2])
            weight = [self.share(spec["weight"])] if "weight" in spec else []
            self.check("rules", main.first("p", "meta"), weight + self.targets(Ind(spec, "", Fig("", ""))))
        for formula in main.all("p", "formula"):
            specs = [one for one in self.folder.schemes[self.parts[1]]["indicators"] if "weight" in one]
            for part, spec in zip(formula.all("span"), specs, strict=True):
                self.check("formula", part, [self.share(spec["weight"])], self.label(spec))

    def ledgers(self, main: Element) -> None:
        for tiles in main.all("dl", "tiles"):
            pairs = [(self.heads[one.first("dt").text()], one.first("dd")) for one in tiles.all("div")]
            cells = {key: place for keys, place in pairs for key in keys}
            self.account("account", cells, self.mine())
        for line in main.all("p"):
            counts = {name: str(count) for name, count in account(self.mine()).items()}
            if line.text() == self.language.say("meeting.account", **counts):
                self.check("account in words", line, [counts[key] for key in ("raised", "answered", "unanswered", "overdue")])
        for article in main.all("article", "item"):
            self.item(article)
        for heading in main.all("h2"):
            shelf = [one for one in self.entries.values() if one.standing == heading.attrs.get("id")]
            if shelf and self.parts == ["follow-up"]:
                self.check(f"items {heading.attrs['id']}", heading, [str(len(shelf))])
        for line in main.all("li") if self.parts == ["index"] else []:
            id_ = next((link.split("#q-")[1] for link in line.links if "#q-" in link), None)
            if id_ and line.first("strong"):
                one = self.entries[id_]
                self.seen.add(("index.html", one.standing, id_))
                self.check(f"days of {id_}", line.first("strong"), [str(one.overdue or one.waiting)])

    def mine(self) -> list:
        key = {"companies": "company", "meetings": "meeting"}.get(self.parts[0])
        return [one for one in self.entries.values() if key is None or one.row[key] == self.parts[1]]

    def item(self, article: Element) -> None:
        id_ = article.attrs.get("id", "").removeprefix("q-") or article.links[0].split("#q-")[1]
        one, badge = self.entries[id_], article.first("span", "badge")
        self.seen.add((self.page, "item", id_))
        self.check(f"{id_} standing", badge, [], self.language.words[f"standing.{one.standing}"])
        days = [text for flag in article.all("small", "flag") for text in numbers(flag.take())]
        self.notes.note(self.page, f"{id_} days overdue", days, [str(one.overdue)] if one.overdue else [])
        waits = [text for flag in article.all("strong", "bad") for text in numbers(flag.take())]
        self.notes.note(self.page, f"{id_} days waiting", waits, [] if one.answered else [str(one.waiting)])
        for facts in article.all("dl", "facts"):
            printed = [DATE.findall(place.take()) for place in facts.all("dd")]
            wanted = [[self.language.day(when)] if when else [] for when in one.facts.values()]
            self.notes.note(self.page, f"{id_} facts", printed, wanted)
        due = self.language.words["item.due"]
        for pair in article.all("div"):
            if pair.first("dt") and pair.first("dt").text() == due:
                first = pair.first("dd").take(("small",))
                self.notes.note(self.page, f"{id_} due", first, self.language.day(one.due) if one.due else first)
                for text in pair.first("dd").texts():
                    text.compared = True


def worth(text: str) -> bool:
    """Typed text that may explain digits: has some, and is more than a number with its unit (`▼ 83.07分`)."""
    return any(c.isdigit() for c in text) and (sum(not c.isdigit() for c in text) > 4 or text.endswith("。") or len(text) > 12)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s*\"“”]", "", text)
