"""Official sentences: what the figures of a round say, in the words that notices use."""

from dataclasses import dataclass

from publisher.format import Formats
from publisher.model.figures import Change, Figure, State, Uncompared
from publisher.model.results import CompanyResult, Place, RoundResult, SectorAverage, SectorResult
from publisher.words import Words


@dataclass(frozen=True)
class Sentences:
    """Sentences in the language of the site."""

    words: Words

    @property
    def formats(self) -> Formats:
        return Formats(self.words)

    def sector(self, sector: SectorResult, result: RoundResult) -> str:
        """How many companies took part, their average, and how it changed over the companies of both rounds."""
        n = len(sector.companies)
        sentence = self.words("told.sector", sector=self.words.sector(sector.companies[0].company), n=n)
        average = sector.average
        if average.figure.state is not State.VALUE or n == 1:
            return sentence + self.words("told.stop")
        what = self.words(f"composite.{result.scheme.direction}")
        mean = self.words("told.average", what=what, figure=self.formats.scored(average.figure))
        return sentence + mean + self._average_change(average, n) + self.words("told.stop")

    def _average_change(self, average: SectorAverage, companies: int) -> str:
        """A mean over fewer companies than took part says over how many."""
        if average.change is None or average.now is None:
            return self.words("told.uncompared") if average.uncompared == "method" else ""
        if average.now.base == companies:
            return self.words("told.change", change=self.against(average.change))
        return self.words("told.change.both", n=average.now.base, change=self.against(average.change))

    def company(self, one: CompanyResult) -> str:
        """Result, interval, place and change of one company."""
        what = self.words(f"composite.{one.scheme.direction}")
        name = self.words.label(one.company)
        if one.composite is None or one.composite.state is not State.VALUE:
            state = self.formats.figure(one.composite) if one.composite else ""
            return self.words("told.company.none", company=name, what=what, state=state)
        parts = [
            self.words("told.company", company=name, what=what, figure=self.formats.scored(one.composite)),
            self._interval(one.composite),
            self._place(one.place),
            self._change(one.change, one.uncompared),
        ]
        return "".join(parts) + self.words("told.stop")

    def _interval(self, figure: Figure) -> str:
        return self.words("told.interval", interval=self.interval(figure)) if figure.interval else ""

    def _place(self, place: Place) -> str:
        if place.number is None:
            return self.words("told.unranked", why=self.words(f"told.why.{place.reason}"))
        words = self.words("told.place.tied" if place.tied else "told.place", number=place.number)
        return words + (self.words("told.alike", alike=self.alike(place)) if place.alike else "")

    def _change(self, change: Change | None, why: Uncompared) -> str:
        if change is not None:
            return self.words("told.change", change=self.against(change))
        key = {"method": "told.uncompared", "entered": "told.entered", "withdrawn": "told.withdrawn"}.get(why)
        return self.words(key) if key else ""

    def against(self, change: Change) -> str:
        """`rose by 0.35 points against the previous round`, and whether that is within the margin."""
        if change.verdict == "same":
            return self.words("change.against.same")
        sentence = self.words("change.against", change=self.formats.change(change))
        return sentence + (self.words("change.within") if change.within else "")

    def interval(self, figure: Figure) -> str:
        """`80.24–85.90`; of percent with the sign."""
        if figure.interval is None:
            return ""
        sign = "%" if figure.unit == "percent" else ""
        low, high = (self.words.number(end) + sign for end in (figure.interval.low, figure.interval.high))
        return self.words("interval", low=low, high=high)

    def alike(self, place: Place) -> str:
        """From which places a company cannot be told apart."""
        runs = [
            self.words.number(first)
            if first == last
            else self.words("place.run", first=self.words.number(first), last=self.words.number(last))
            for first, last in place.alike
        ]
        return self.words("place.alike", places=self.words("list.comma").join(runs))

    def broken(self, result: RoundResult, title: str) -> str:
        """Since when the method is another, and in what; `title` is the round's."""
        parts = self.words("list.comma").join(self.words(f"break.{part}") for part in result.breaks)
        return self.words("round.broken", round=title, parts=parts)
