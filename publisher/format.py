"""How figures, changes and states read, in the words of a language. Used by templates and by data files."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from publisher.model.figures import Change, Figure, State
from publisher.model.results import Tally
from publisher.pages.charts import Bar, stacked
from publisher.rounding import as_decimal
from publisher.words import Words

MILLION = 1_000_000
MOST_WEIGHTS = 1_000


def hash_source(text: str) -> str:
    """Names a block of the page for its content policy (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@dataclass(frozen=True)
class Formats:
    """The filters of the templates."""

    words: Words

    def figure(self, figure: Figure, unit: str = "") -> str:
        """`70.85%`, `83.07`, `305 households`; or the words for why there is none."""
        if figure.state is not State.VALUE or figure.printed is None:
            return self.words(f"state.{figure.state.value}")
        number = self.words.number(figure.printed)
        if figure.unit == "count" and unit:
            return self.words("figure.counted", number=number, unit=unit)
        return f"{number}%" if figure.unit == "percent" else number

    def scored(self, figure: Figure, unit: str = "") -> str:
        """As `figure`, with the word for points behind a score: for running text."""
        text = self.figure(figure, unit)
        if figure.state is State.VALUE and figure.unit == "points":
            return self.words("figure.points", number=text)
        return text

    def change(self, change: Change) -> str:
        """`rose by 0.35 points`, `fell by 1.20 percentage points`, `unchanged`."""
        if not change.amount:
            return self.words("change.same")
        way = "rose" if change.amount > 0 else "fell"
        return self.words(f"change.{way}.{change.unit}", amount=self.words.number(abs(change.amount)))

    def short_change(self, change: Change) -> str:
        """`▲ 0.35`, `▼ 1.20` or `—`: for columns; words say better or worse beside it."""
        if not change.amount:
            return self.words("change.same")
        return f"{'▲' if change.amount > 0 else '▼'} {self.words.number(abs(change.amount))}"

    def share(self, value: Decimal) -> str:
        return f"{self.words.number(value)}%"

    def tally(self, tally: Tally) -> str:
        """The name of a kind of answer."""
        return self.words.label(tally.grade) if tally.grade else self.words(f"tally.{tally.kind}")

    def bars(self, tallies: Sequence[Tally]) -> tuple[Bar, ...]:
        """The distribution as parts of one bar, without the answers outside the base."""
        return stacked([(tally.count, tally.shade) for tally in tallies if tally.share is not None])

    def file_size(self, size: int) -> str:
        """`213 kB`, `1.4 MB`: rounded up, in thousands of bytes as SI has them."""
        if size < MILLION:
            return self.words("attachments.size.kb", number=self.words.number(-(-size // 1000)))
        return self.words("attachments.size.mb", number=self.words.number(Decimal(-(-size * 10 // MILLION)) / 10))

    def weight(self, weight: Any) -> str:
        """A weight in percent, with as many decimals as it has and two at most: `40%`, `33.33%`."""
        return _percent(weight.numerator, weight.denominator)

    def plain(self, value: Any) -> str:
        """An exact number of the inputs (points, limits) without needless decimals."""
        return self.words.number(as_decimal(value))


@lru_cache(MOST_WEIGHTS)
def _percent(numerator: int, denominator: int) -> str:
    """Every page of a round prints the same few."""
    percent = round(Decimal(numerator * 100) / Decimal(denominator), 2).normalize()
    return f"{percent:f}%"
