"""Writes figures into what the bureau wrote: each citation becomes the words that the scorecard prints.

Works on what is released: a citation of anything that is not prints that it is not published yet, and no more.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from publisher.citations import Call, Cited, Fault, filled, meaning
from publisher.format import Formats
from publisher.model.bureau import Bureau
from publisher.model.figures import NOT_SURVEYED, Figure, State
from publisher.model.results import Analysis, CompanyResult, IndicatorResult, Place, SectorIndicator, SectorResult
from publisher.model.scheme import Indicator
from publisher.sentences import Sentences
from publisher.words import Words

I = TypeVar("I", IndicatorResult, SectorIndicator)  # noqa: E741
_HEADING = re.compile(r"##[ \t]")
"""Headings of a notice are printed as they are, by the template and not by Markdown."""


def with_figures(public: Bureau, analysis: Analysis, words: Words, whole: Bureau) -> Bureau:
    """The released bureau with the citations of its notices and pages replaced by words.

    `whole` is the same with what was withdrawn.
    """
    voice = Voice(public, analysis, words, whole)
    notices = tuple(
        one.model_copy(update={"body": filled(one.body, voice.of(one.round), plain_lines=_HEADING)})
        for one in public.notices
    )
    articles = tuple(one.model_copy(update={"body": filled(one.body, voice.of(None))}) for one in public.articles)
    return replace(public, notices=notices, articles=articles)


@dataclass(frozen=True)
class Voice:
    """Says figures of the released rounds."""

    public: Bureau
    analysis: Analysis
    words: Words
    whole: Bureau

    def of(self, own_round: str | None) -> Callable[[Call], str]:
        """Says calls that stand in a text about a round, or about none."""
        return lambda call: self.said(call, own_round)

    def said(self, call: Call, own_round: str | None) -> str:
        """What is not there though `check` found it was withdrawn, or is not released."""
        meant = meaning(call, self.public, own_round)
        if isinstance(meant, Fault):
            if self.whole is not self.public and not isinstance(meaning(call, self.whole, own_round), Fault):
                return self.words("cited.withdrawn")
            absent = meant.code == "citation-not-in-round"
            return self.words("state.not-surveyed" if absent else "cited.not-released")
        return self._average(meant) if meant.function == "average" else self._of_company(meant)

    def _of_company(self, meant: Cited) -> str:
        result = self._result(meant)
        if meant.function == "place":
            return self._place(result.place)
        one = _indicator(result.indicators, meant.indicator) if meant.indicator else None
        if meant.function == "change":
            return self._change(one or result)
        if meant.function == "base":
            return self._base(_figure(one, meant.channel) if one else result.composite or NOT_SURVEYED)
        if one:
            return self._figure(_figure(one, meant.channel), one.indicator)
        return self._figure(result.composite or NOT_SURVEYED)

    def _result(self, meant: Cited) -> CompanyResult:
        return next(one for one in self.analysis.by_company[meant.company] if one.round.id == meant.round)

    def _sector(self, meant: Cited) -> SectorResult:
        name = meant.sector or self.public.companies[meant.company].sector
        round_ = next(one for one in self.analysis.rounds if one.round.id == meant.round)
        return next(one for one in round_.sectors if one.name == name)

    def _average(self, meant: Cited) -> str:
        sector = self._sector(meant)
        if not meant.indicator:
            return self._figure(sector.average.figure)
        one = _indicator(sector.indicators, meant.indicator)
        return self._figure(one.figure, one.indicator)

    def _figure(self, figure: Figure, indicator: Indicator | None = None) -> str:
        """With its unit, and with the mark of a small base."""
        unit = self.words.unit(indicator) if indicator else ""
        text = Formats(self.words).scored(figure, unit)
        return self.words("cited.small", figure=text, note=self.words("figure.small")) if figure.small else text

    def _change(self, one: CompanyResult | IndicatorResult) -> str:
        if one.change is not None:
            return Sentences(self.words).against(one.change)
        return self.words(f"uncompared.{one.uncompared or 'no-figure'}")

    def _place(self, place: Place) -> str:
        if place.number is None:
            return self.words(f"place.why.{place.reason or 'no-figure'}")
        number, of = self.words.number(place.number), self.words.number(place.of)
        return self.words("place.words", number=number, of=of) + (self.words("place.words.tied") if place.tied else "")

    def _base(self, figure: Figure) -> str:
        """A plain number; a figure that is not shown does not tell its base either."""
        if figure.state is not State.VALUE and figure.state is not State.NOTHING_DUE:
            return self.words(f"state.{figure.state.value}")
        return self.words("figure.no-base") if figure.base is None else self.words.number(figure.base)


def _indicator(found: Iterable[I], id_: str) -> I:
    return next(one for one in found if one.indicator.id == id_)


def _figure(one: IndicatorResult, channel: str) -> Figure:
    """Of one channel; an indicator without channels in the round has none."""
    if not channel:
        return one.figure
    return next((each.figure for each in one.channels if each.channel.id == channel), NOT_SURVEYED)
