"""Compares every number on every page of a built site with the second computation of `recompute`."""

import re
from pathlib import Path

from compare_ledger import Ledgers
from compare_single import squeezed, worth
from inputs import day, number
from printed import DATE, Element, tree
from recompute import Fig, Ind, Result

CLOCK = re.compile(r"\d{1,2}:\d{2}")
EDITION = re.compile(r"第 \d+ 版|edition \d+")
"""In links to superseded pages; that these are there is tested with all links."""
FRAME = re.compile(r'<iframe src="[^"]*/embed/[^"]*" width="360" height="[0-9]+"')
"""The code of a card, to copy: its size is no figure."""
STROKE = re.compile(r"M([\d.]+) ([\d.]+)V([\d.]+)")
SEALED = re.compile(r"corrections\.html|.*\.v\d+\.html")
"""Made from sealed editions: `test_sealed.py` compares them with the pages of their time."""
TOLD_ELSEWHERE = re.compile(r"verify\.html|data/index\.html|embed/.*|compare(?:/.*)?\.html")
"""Commands that `test_verify_page.py` runs; what files are called, which `test_data.py` looks up; and what says again
what stands on scorecards: `test_kit.py` and `test_comparison.py` hold it to them, figure by figure."""


class Comparison(Ledgers):
    """One site against one oracle; `rows` tells what was compared, `loose` which digits nobody explained."""

    def site(self, folder: Path) -> None:
        for path in sorted(folder.rglob("*.html")):
            address = path.relative_to(folder).as_posix()
            if not SEALED.fullmatch(address) and not TOLD_ELSEWHERE.fullmatch(address):
                self.one_page(address, tree(path), path.with_suffix(".pdf"))

    def one_page(self, address: str, root: Element, printed: Path) -> None:
        self.page, self.parts = address, address.removesuffix(".html").split("/")
        main = root.by_id("main")
        self.citations(main)
        for link in (one for one in main.all("a") if one.attrs.get("type") == "application/pdf"):
            size = self.language.say("attachments.size.kb", number=str(-(-printed.stat().st_size // 1000)))
            self.same("size of the PDF", link, self.language.say("print.pdf", size=size))
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
        self.broken_lines(main)
        self.ledgers(main)
        self.facts(main)
        self.rules(main)
        for text in main.texts():
            if not text.compared and any(c.isdigit() for c in text.data) and self.unexplained(text.data):
                self.loose.append((address, " ".join(text.data.split())))

    def citations(self, main: Element) -> None:
        """Those in the other language stand on the site in that language: `test_kit.py` holds the two to each other."""
        for one in main.all("p"):
            if one.attrs.get("lang") not in {None, self.language.code}:
                for text in one.texts():
                    text.compared = True

    def unexplained(self, text: str) -> bool:
        """Digits that were neither compared nor typed by someone nor a known day or title."""
        text = EDITION.sub("", FRAME.sub("", text.replace(f"{self.folder.site['base_url']}/{self.page}", "")))
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

    def broken_lines(self, main: Element) -> None:
        """What of the method changed, wherever the results of a round or a company are told."""
        round_ = self.parts[1] if self.parts[0] == "rounds" and len(self.parts) > 1 else ""
        if self.parts[0] == "notices" and self.parts[1] in self.folder.notices:
            round_ = self.folder.notices[self.parts[1]].get("round", "")
        if self.parts[0] == "methods":
            firsts = [one for one in self.line(self.parts[1]) if one["scheme"] == self.parts[1]][:1]
            before = self.oracle.before[firsts[0]["id"]]
            replaced = self.folder.schemes[self.parts[1]].get("replaces")
            round_ = firsts[0]["id"] if replaced and before.scheme.get("id") == replaced else ""
        words = self.language.words
        own = squeezed(words["round.broken"].split("}")[1].split("{")[0])
        lines = [one for one in main.all("p", "warn") if own in squeezed(one.text())]
        breaks = self.oracle.before[round_].breaks if round_ in self.oracle.before else []
        self.notes.note(self.page, "method changed", bool(lines), bool(breaks))
        for line in lines:
            self.seen.add((self.page, "broken"))
            parts = words["list.comma"].join(words[f"break.{one}"] for one in breaks)
            text = self.language.say("round.broken", round=self.titles[round_], parts=parts)
            text += self.reasons(round_)
            link = "" if self.parts[0] == "methods" else words["method.link"]
            self.same("what changed", line, text + link)

    def reasons(self, round_: str) -> str:
        scheme = self.folder.schemes[self.round_by_id(round_)["scheme"]]
        return scheme.get("changes", "") if self.oracle.before[round_].scheme["id"] != scheme["id"] else ""

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
            wanted = result.worst(kind, self.highlights)
            wanted = [id_ for id_ in wanted if kind != "fell" or not result.inds[id_].within]
            self.notes.note(self.page, f"{kind} {result.company}", ids, wanted)
            self.seen.add((self.page, kind))
            for id_, line in zip(ids, found, strict=True):
                one = result.inds[id_]
                shown = self.digits(one.dissatisfied if kind == "dissatisfied" else one.fig)
                amount = self.amount(line, one.amount) if kind == "fell" else []
                self.check(f"{kind} {id_}", line, shown + amount, outside=("a",))
            if kind == "fell":
                self.within_margin(section, result)

    def within_margin(self, section: Element, result: Result) -> None:
        """What became worse by no more than its error stands below, in one sentence."""
        small = [result.inds[id_] for id_ in result.worst("fell", self.highlights) if result.inds[id_].within]
        words, text = self.language, ""
        if small:
            names = [
                f"{self.label(one.spec)}{'▲' if one.amount > 0 else '▼'}{words.number(one.amount)}" for one in small
            ]
            text = words.count("find.fell.within", len(small)) + words.words["list.comma"].join(names)
            text += words.words["list.stop"]
        self.same("fell within the margin", section.first("p", "note"), text)

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
        facts = {keys.get(name.take(), name.text()): place for name, place in pairs}
        self.same("place", facts["place"], self.place_words(result))
        self.certainty("interval", facts[words.words["interval.name"]], result.composite, full=True)
        self.same("change", facts["change"], self.change_words(result))
        sector = self.oracle.sectors[result.round["id"], self.folder.companies[result.company]["sector"]]
        self.notes.note(self.page, "has sector average", "average" in facts, len(sector.members) > 1)
        if "average" in facts:
            self.check("sector average", facts["average"], self.digits(sector.composite))
        bases = [] if result.composite.base is None else [words.number(result.composite.base)]
        self.check("base", facts["base"], bases + self.small_of(result))
        self.answered("reply", facts["reply"], result, main)
        self.small("base", facts["base"], result.composite)
        if result.composite.interval:
            partly = words.words["certainty.partly.long"] if result.composite.certainty == "partly" else ""
            alike = words.words["how.alike"] if result.alike else ""
            how = self.how_sure(result) + partly + alike + words.words["how.example"]
            self.same("how to read it", top.first("p", "note"), how)

    def small_of(self, result: Result) -> list[str]:
        """How many parts of a composite stand on small bases, below which, and their weight."""
        parts = result.small_parts
        if not parts or result.composite.small:
            return []
        weight = self.share(str(sum(number(one.spec["weight"]) for one in parts)))
        return [str(len(parts)), self.language.number(self.oracle.rank), weight]

    def now(self, main: Element) -> None:
        """The latest result on a company's page."""
        for line in main.all("p", "now"):
            scheme = line.before("h2").text()
            mine = [one for (_, id_), one in self.oracle.results.items() if id_ == self.parts[1]]
            last = [one for one in mine if self.label(one.scheme) == scheme][-1]
            self.same("now", line, "".join(self.now_words(last)))

    def now_words(self, last: Result) -> list[str]:
        return [
            self.language.say("company.latest", round=self.titles[last.round["id"]]),
            self.scored(last.composite),
            self.label(last.band) if last.band else "",
            "≈" + self.span(last) if last.band_span else "",
            self.place_words(last),
            self.language.words["list.semicolon"],
            self.language.words[f"direction.{last.scheme['direction']}"],
        ]

    def chart(self, chart: Element) -> None:
        """Every dot stands where its figure belongs between the grid lines, and is labelled with it."""
        grid = {(one.attrs["x1"], one.attrs["y1"]) for one in chart.all("line", "grid")}
        axis = [one for one in chart.all("text") if (one.attrs["x"], one.attrs["y"]) in grid]
        lines = [(float(one.attrs["y"]), int(one.take().replace(",", ""))) for one in axis]
        (y0, v0), (y1, v1) = lines[0], lines[-1]
        even = all(abs(v0 + (y - y0) * (v1 - v0) / (y1 - y0) - value) < 0.01 * max(1, v1 - v0) for y, value in lines)
        self.notes.note(self.page, "grid lines evenly spaced", even, recomputed=True)
        company, scheme = self.chart_subject(chart)
        line = [one["id"] for one in self.line(scheme)]
        mine = [one for (round_, id_), one in self.oracle.results.items() if id_ == company and round_ in line]
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
        dots = [(float(dot.attrs["cx"]), float(dot.attrs["cy"])) for dot in chart.all("circle")]
        at = dict(zip([x for x, _ in dots], there, strict=False))
        strokes = self.strokes(chart, {x for x, one in at.items() if one.interval})
        ends = [float(end) for one in there for end in one.interval or ()]
        drawn = [v0 + (y - y0) * (v1 - v0) / (y1 - y0) for pair in strokes.values() for y in pair]
        fits = len(drawn) == len(ends) and all(
            abs(one - end) <= abs((v1 - v0) / (y1 - y0)) * 0.06 for one, end in zip(drawn, ends, strict=True)
        )
        self.notes.note(self.page, "intervals of the chart", ends if fits else drawn, ends)
        tops = {x: strokes[x][1] if x in strokes else y for x, y in dots}
        for label in chart.all("text"):
            x, y = float(label.attrs["x"]), float(label.attrs["y"])
            if tops.get(x) == y:
                self.check("label of a dot", label, self.digits(at[x]))
        words = self.language.words
        key = words["trend.spans"] if strokes else ""
        key += words["trend.marked"] if any("stroke-dasharray" in one.attrs for one in chart.all("circle")) else ""
        if key:
            self.same("key of the chart", chart.after("p"), key)

    def strokes(self, chart: Element, wanted: set[float]) -> dict[float, tuple[float, float]]:
        """Where the upright stroke of each interval begins and ends, by where it stands."""
        found = [one for path in chart.all("path", "line") for one in STROKE.findall(path.attrs["d"])]
        strokes = {float(x): (float(low), float(high)) for x, low, high in found}
        self.notes.note(self.page, "strokes of the chart", sorted(strokes), sorted(wanted))
        return strokes

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
                self.forms("round", place, self.oracle.forms[self.round_of(one), ""])
            elif key == "forms.own":
                self.forms("company", place, self.oracle.results[self.parts[1], self.parts[2]].forms)
            elif key == "population.own":
                works = self.round_by_id(self.parts[1])["companies"]
                (own,) = [work["population"] for work in works if work["company"] == self.parts[2]]
                self.check("own population", place, [self.language.number(int(own))])
            elif key == "design-effect":
                self.check("design effect", place, [self.round_by_id(self.round_of(one))["design_effect"]])
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
            self.legend(main)
            self.check("rules", main.first("p", "meta"), weight + self.targets(Ind(spec, "", Fig("", ""))))
        for formula in main.all("p", "formula"):
            specs = [one for one in self.folder.schemes[self.parts[1]]["indicators"] if "weight" in one]
            for part, spec in zip(formula.all("span"), specs, strict=True):
                self.check("formula", part, [self.share(spec["weight"])], self.label(spec))

    def legend(self, main: Element) -> None:
        words = self.language.words
        broken = words["how.broken"] if words["stage.broken"] in [one.text() for one in main.all("small")] else ""
        places = [one for one in main.all("p", "note") if words["indicator.legend"] in one.text()]
        line = {one["id"] for one in self.line(self.parts[1])}
        found = [one for (round_, _), one in self.oracle.results.items() if round_ in line]
        kinds = {one.inds[self.parts[2]].fig.certainty for one in found if self.parts[2] in one.inds}
        partly = words["certainty.partly.long"] if "partly" in kinds else ""
        self.same("legend", places[0], words["indicator.legend"] + words["how.interval.below"] + partly + broken)
