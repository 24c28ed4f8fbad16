"""What the workbook of a round tells of its indicators: what was asked, and what is counted.

Of a rate somebody has to know which part is the numerator: in a survey of dissatisfaction it is who is dissatisfied.
"""

from collections.abc import Iterable, Iterator

from publisher.model.scheme import Indicator, Scheme
from publisher.words import Words


def guide_of(scheme: Scheme, words: Words) -> Iterator[str]:
    """A line for each indicator."""
    yield words("form.fill")
    for one in scheme.indicators:
        told = words(f"form.fill.{_sort(scheme, one)}", unit=words.unit(one))
        yield words("form.fill.one", name=words.label(one), asked=one.question or "", told=told, note=one.note or "")


def numerator_of(scheme: Scheme, indicators: Iterable[Indicator], words: Words) -> str:
    """What the numerator of a sheet is; where it is not the same for all, that each has its own."""
    ways = {scheme.better_of(one) for one in indicators}
    return words(f"form.numerator.{ways.pop()}" if len(ways) == 1 else "note.scores.numerator")


def _sort(scheme: Scheme, one: Indicator) -> str:
    if one.measure == "share":
        return f"share.{scheme.better_of(one)}"
    return "reversed" if one.reversed else one.measure
