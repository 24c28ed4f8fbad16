"""Compares every number on every page of a built site with the second computation of `recompute`."""

import re
from pathlib import Path

from compare_ledger import Ledgers
from compare_single import squeezed, worth
from inputs import day
from printed import DATE, Element, numbers, tree
from recompute import Fig, Ind, Result

CLOCK = re.compile(r"\d{1,2}:\d{2}")


class Comparison(Ledgers):
    """One site against one oracle; `rows` tells what was compared, `loose` which digits nobody explained."""

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
        for form in (squeezed(text), squeezed(plain)):
            if not any(c.isdigit() for c in form) or (worth(form) and form in self.known):
                return False
            rest = form
            for value in self.values:
                rest = rest.replace(value, "")
            if not any(c.isdigit() for c in rest):
                return False
        return True

    def average(self, line: Element) -> None:
        """The sector's average under its ranking."""
        head = self.language.words["ranking.average"].split("{")[0]
        if head in line.text():
            table = line.before("table")
            sector = self.sector_in(table.first("caption").text(("small",)), self.round_of(table))
            total = self.oracle.sectors[self.round_of(table), sector].composite
            self.check(f"average of {sector}", line, self.digits(total))

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
        self.questions(main, result)
        if result.composite is None:
            return
        self.check(
            "composite", top.first("div", "big"), self.digits(result.composite), *self.words_of(result.composite)
        )
        words, keys = self.language, self.language.keys("score.")
        pairs = [(one.first("dt"), one.first("dd")) for one in top.all("div") if one.first("dt")]
        facts = {keys.get(name.text()): place for name, place in pairs}
        if result.place is None:
            self.check("place", facts["place"], [], words.words[f"place.why.{result.why}"])
        else:
            self.check("place", facts["place"], [str(result.place), str(result.of)])
            self.notes.note(self.page, "tied", words.words["place.words.tied"] in facts["place"].text(), result.tied)
        wanted = self.amount(facts["change"], result.amount)
        wanted += self.digits(result.previous) if result.previous else []
        verdict = [words.words[f"verdict.{result.verdict}"]] if result.amount else []
        self.check("change", facts["change"], wanted, *verdict)
        sector = self.oracle.sectors[result.round["id"], self.folder.companies[result.company]["sector"]]
        self.check("sector average", facts["average"], self.digits(sector.composite))
        bases = [] if result.composite.base is None else [words.number(result.composite.base)]
        self.check("base", facts["base"], bases)
        self.answered("reply", facts["reply"], result, main)
        self.small("base", facts["base"], result.composite)

    def now(self, main: Element) -> None:
        """The latest result on a company's page."""
        for line in main.all("p", "now"):
            scheme = line.before("h2").text()
            mine = [one for (_, id_), one in self.oracle.results.items() if id_ == self.parts[1]]
            last = [one for one in mine if self.label(one.scheme) == scheme][-1]
            text = (
                line.take()
                .replace(self.titles[last.round["id"]], "")
                .replace(self.label(last.band) if last.band else "\0", "")
            )
            places = [] if last.place is None else [str(last.place), str(last.of)]
            self.notes.note(self.page, "now", " ".join(numbers(text)), " ".join(self.digits(last.composite) + places))

    def chart(self, chart: Element) -> None:
        """Every dot stands where its figure belongs between the grid lines, and is labelled with it."""
        grid = {(one.attrs["x1"], one.attrs["y1"]) for one in chart.all("line")}
        axis = [one for one in chart.all("text") if (one.attrs["x"], one.attrs["y"]) in grid]
        lines = [(float(one.attrs["y"]), int(one.take().replace(",", ""))) for one in axis]
        (y0, v0), (y1, v1) = lines[0], lines[-1]
        even = all(abs(v0 + (y - y0) * (v1 - v0) / (y1 - y0) - value) < 0.01 * max(1, v1 - v0) for y, value in lines)
        self.notes.note(self.page, "grid lines evenly spaced", even, recomputed=True)
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
        spots = [(dot.attrs["cx"], dot.attrs["cy"]) for dot in chart.all("circle")]
        at = dict(zip(spots, there, strict=False))
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
