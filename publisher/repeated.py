"""What a macro prints of the same noun on many pages, printed once.

Every scorecard of a company has a row for each round before it: of 1,000 scorecards 20,500 rows, of which 1,000 differ.
A macro stands here if nothing but its noun, the links and the site decides what it prints: a test looks through the
theme for that. The links are the same on pages that lie equally deep. What was read of the site for it, is noted for
each page that has it. Of templates that a bureau wrote itself nothing is known: beside them all is printed anew.
Measured: 0.3 of 4.5 s for the pages of 1,000 scorecards.
"""

from collections.abc import Callable
from typing import Any

from publisher.kept import Read, Reads

REPEATED = {"findings.html": frozenset({"stage_row"}), "sample.html": frozenset({"how"})}
"""By template: macros with one noun."""
MOST = 20_000
"""Texts that are remembered of a macro: 28 MiB of rows, if a site has that many."""


class Repeated:
    """Of one page after the other of a publication."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._known: dict[tuple[str, str], dict[tuple[str, int], tuple[Any, str, frozenset[Read]]]] = {}
        """Of each macro by the way up from the page and the identity of the noun, which is held so that it stays so."""
        self._above: str | None = None

    def begin(self, above: str | None) -> None:
        """A page begins; none: it leads elsewhere than others that lie as deep."""
        self._above = above

    def of(self, template: str, macro: str, prints: Callable[[Any], str]) -> Callable[[Any], str]:
        """The same as the function that `prints` a noun."""
        known = self._known.setdefault((template, macro), {})

        def found(noun: Any) -> str:
            if self._above is None:
                return prints(noun)
            key = self._above, id(noun)
            one = known.get(key)
            if one is None:
                if len(known) >= MOST:
                    known.clear()
                text, seen = self._reads.apart(prints, noun)
                one = known[key] = noun, text, seen
            elif one[2]:
                self._reads.again(one[2])
            return one[1]

        return found
