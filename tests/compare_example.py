"""Compares the worked example of a method page: every term of one composite and its error."""

from fractions import Fraction

from compare_told import Told
from inputs import number
from printed import Element, numbers
from recompute import Fig, Ind, Result, half_up, scaled
from recompute_margins import Sides

PLACES = 4
"""Decimals of numbers on the way."""


class Example(Told):
    def chosen(self, scheme: str) -> Result | None:
        """Of the latest round the first in order of print with an interval, else of all with a composite the first."""
        found = [
            one
            for round_ in self.folder.rounds[::-1]
            if round_["scheme"] == scheme
            for (id_, _), sector in self.oracle.sectors.items()
            if id_ == round_["id"]
            for one in sector.members
            if one.composite and one.composite.exact is not None and not one.composite.reweighted
        ]
        sure = [one for one in found if one.composite.interval]
        return next(iter(sure or found), None)

    def example(self, table: Element) -> None:
        result = self.chosen(self.parts[1])
        self.seen.add((self.page, "example", result.company))
        weighed = [one for one in result.inds.values() if number(one.spec.get("weight", "0"))]
        terms = [term for one in weighed for term in self.terms(one, result)]
        *lines, last = table.first("tbody").all("tr")
        self.notes.note(self.page, "terms of the example", len(lines), len(terms))
        for line, (name, fig, weight, tallies) in zip(lines, terms, strict=False):
            self.term(line, name, fig, weight, tallies)
        whole = [half_up(result.composite.exact, PLACES)]
        sums = [text for sides in result.composite.margins.values() for text in self.plus_minus(sides)]
        sums = sums if len(terms) > 1 else []
        self.check("sum of the example", last, ["100%", *map(self.language.number, whole), *sums])
        self.sentences(table, result, self.language.number(whole[0]), several=len(terms) > 1)

    def terms(self, one: Ind, result: Result) -> list[tuple[str, Fig, Fraction, list[int]]]:
        weight, label = number(one.spec["weight"]), self.label(one.spec)
        if not one.channels:
            return [(label, scaled(one), weight, [each.count for each in one.tallies])]
        return [
            (label, part.fig, weight * number(channel["weight"]), [each.count for each in part.tallies])
            for channel in result.scheme["channels"]
            for part in [one.channels[channel["id"]]]
        ]

    def term(self, line: Element, name: str, fig: Fig, weight: Fraction, tallies: list[int]) -> None:
        say = self.language.number
        margins = [(weight * low, weight * high) for low, high in fig.margins.values()]
        values = [half_up(fig.exact, PLACES), half_up(fig.exact * weight, PLACES)]
        wanted = [*map(say, tallies), say(values[0]), self.share(str(weight)), say(values[1])]
        wanted += [text for sides in margins[:1] for text in self.plus_minus(sides)]
        head = line.first("th").take()
        self.notes.note(self.page, "term", name in head, recomputed=True)
        cells = line.all("td")
        texts = [text for cell in cells for text in self.numbers_of(cell)]
        self.notes.note(self.page, f"term {name}", " ".join(texts), " ".join(wanted))

    def numbers_of(self, cell: Element) -> list[str]:
        return [one.rstrip(",") for one in numbers(cell.take().replace("±", " "))]

    def plus_minus(self, sides: Sides) -> list[str]:
        below, above = (self.language.number(half_up(one, PLACES)) for one in sides)
        return [below] if below == above else ["−" + below, "+" + above]

    def sentences(self, table: Element, result: Result, total: str, *, several: bool) -> None:
        """The list below the table, sentence by sentence."""
        say, fig = self.language.say, result.composite
        wanted = [say("example.rounded", total=total, printed=self.scored(fig))]
        wanted += [self.language.words["example.sources"]] * (len(fig.margins) > 1)
        key = "example.interval" if several else "example.interval.one"
        wanted += [say(key, interval=self.interval(fig))] if fig.interval else []
        if result.amount is not None:
            now, before = self.digits(fig)[0], self.digits(result.previous)[0]
            change = self.against(result.amount, fig.unit, within=result.within)
            wanted.append(say("example.change", now=now, previous=before, change=change))
        wanted.append(self.told_of(result))
        listed = next(one for one in table.page[table.end :] if one.tag == "ul")
        lines = listed.all("li")
        self.notes.note(self.page, "sentences of the example", len(lines), len(wanted))
        for line, text in zip(lines, wanted, strict=False):
            self.same("sentence of the example", line, text)
        lead = next(one for one in reversed(table.page[: table.start]) if one.tag == "p")
        label, title = self.label(self.folder.companies[result.company]), self.titles[result.round["id"]]
        text = say("example.lead", company=label, round=title) + self.language.words["scorecard.read"]
        self.same("lead of the example", lead, text)
