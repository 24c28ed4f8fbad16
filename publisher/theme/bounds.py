"""What a page of a template may use up, so that a slip in one cannot run for ever or fill the memory."""

from collections.abc import Iterable

MAX_COUNTED = 1_000_000
"""Numbers that all `range()` of a page give together: a loop of a million rounds takes under a second."""
MAX_PRINTED = 20_000_000
"""Characters of a page; the largest of the theme have some hundred thousand."""


class TooMuchError(Exception):
    """A template would use up more than a page may."""


class Counting:
    """`range` as templates have it."""

    def __init__(self) -> None:
        self.left = MAX_COUNTED

    def begin(self) -> None:
        """A page begins."""
        self.left = MAX_COUNTED

    def __call__(self, *bounds: int) -> range:
        numbers = range(*bounds)
        # not len(): it fails above what a machine word holds
        self.left -= max(0, (numbers.stop - numbers.start) // numbers.step)
        if self.left < 0:
            raise TooMuchError
        return numbers


def printed(parts: Iterable[str]) -> str:
    """All parts of a page; told in the line that prints too much."""
    size, kept = 0, []
    for part in parts:
        size += len(part)
        kept.append(part)
        if size > MAX_PRINTED:
            _stopped(parts)
    return "".join(kept)


def _stopped(parts: Iterable[str]) -> None:
    """Inside a template, where it stands: the traceback then names its line."""
    if throw := getattr(parts, "throw", None):
        throw(TooMuchError())
    raise TooMuchError
