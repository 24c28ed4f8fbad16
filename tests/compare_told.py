"""Compares the official sentences of notices, and the notes below rankings, word by word."""

from compare_single import Single, squeezed
from printed import Element
from recompute import Result


class Told(Single):
    def same(self, what: str, place: Element | None, wanted: str) -> None:
        """The whole text of a place, white space aside."""
        self.notes.note(self.page, what, squeezed(place.take()) if place else "", squeezed(wanted))

    def ranking_note(self, table: Element, sector: Result) -> None:
        """The average, and how ties and intervals are to be read, if there are any."""
        words, shown = self.language.words, [one.composite for one in sector.members]
        ranked = any(one.place for one in sector.members)
        parts = [
            self.language.say("ranking.average", figure=self.scored(sector.composite))
            if sector.composite.printed is not None and len(sector.members) > 1
            else "",
            words["ranking.ties"] if ranked else words["place.why.single"] + words["list.stop"],
            words["how.alike"] if any(one.alike for one in sector.members) else "",
            self.how_sure(sector) if any(one.interval for one in shown) else "",
            words["certainty.partly.long"] if any(one.certainty == "partly" for one in shown) else "",
        ]
        self.same("note of a ranking", table.page[table.end], "".join(parts))

    def how_sure(self, one: Result) -> str:
        """What an interval is; that of a sum of several questions is the widest that it can be."""
        several = sum("weight" in spec for spec in one.scheme["indicators"]) > 1
        return self.language.words["how.interval"] + (self.language.words["how.conservative"] if several else "")

    def told(self, table: Element, sector: Result, name: str) -> None:
        """The sentences of an official notice, word by word."""
        lines = table.before("ul")
        self.seen.add((self.page, "told", name))
        self.same(f"told of {name}", lines.before("p"), self.told_of_sector(sector, name))
        wanted = [self.told_of(one) for one in sector.members]
        found = lines.all("li")
        self.notes.note(self.page, f"sentences of {name}", len(found), len(wanted))
        for line, text in zip(found, wanted, strict=False):
            self.same("sentence", line, text)

    def told_of_sector(self, sector: Result, name: str) -> str:
        say, words, n = self.language.say, self.language.words, len(sector.members)
        text = self.language.count("told.sector", n, sector=self.sector_name(name))
        if sector.composite.printed is None or n == 1:
            return text + words["told.stop"]
        what = words[f"composite.{sector.scheme['direction']}"]
        text += say("told.average", what=what, figure=self.scored(sector.composite))
        text += words["told.uncompared"] if sector.uncompared == "method" else ""
        if sector.amount is not None:
            change = self.against(sector.amount, sector.composite.unit, within=sector.within)
            both = sector.now.base
            text += (
                say("told.change", change=change)
                if both == n
                else self.language.count("told.change.both", both, change=change)
            )
        return text + words["told.stop"]

    def told_of(self, one: Result) -> str:
        say, words, fig = self.language.say, self.language.words, one.composite
        names = {
            "company": self.label(self.folder.companies[one.company]),
            "what": words[f"composite.{one.scheme['direction']}"],
        }
        if fig.printed is None:
            return say("told.company.none", **names, state=words[f"state.{fig.state}"])
        text = say("told.company", **names, figure=self.scored(fig))
        text += say("told.interval", interval=self.interval(fig)) if fig.interval else ""
        if one.place is None:
            text += say("told.unranked", why=words[f"told.why.{one.why}"])
        else:
            text += say("told.place.tied" if one.tied else "told.place", number=one.place)
            text += say("told.alike", alike=self.alike(one)) if one.alike else ""
        if one.amount is not None:
            text += say("told.change", change=self.against(one.amount, fig.unit, within=one.within))
        elif one.uncompared in {"method", "entered", "withdrawn"}:
            text += words[
                {"method": "told.uncompared", "entered": "told.entered", "withdrawn": "told.withdrawn"}[one.uncompared]
            ]
        return text + words["told.stop"]
