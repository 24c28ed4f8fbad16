"""What a build leaves out because it is not released or not signed, and when it comes out."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from publisher.words import Words

if TYPE_CHECKING:
    from publisher.released import Coming


def lines_of_held(found: "Iterable[Coming]", as_of: datetime, words: Words) -> Iterator[str]:
    """A line for each, under one that says how many; none if nothing is held back."""
    lines = [_line(one, as_of, words) for one in found]
    if lines:
        yield words("cli.build.held", n=len(lines))
    yield from (f"  {line}" for line in lines)


def _line(one: "Coming", as_of: datetime, words: Words) -> str:
    """Waits for its time alone, for signs alone, or for both."""
    path = one.record.origin.where.path
    stages = [words(f"choice.signoff.{stage}") for stage in one.open_stages(as_of)]
    if one.out_at is not None:
        return words("cli.build.held.time", path=path, moment=words.moment(one.out_at))
    listed = words("message.list").join(stages)
    if one.release is None or one.is_due(as_of):
        return words("cli.build.held.signs", path=path, stages=listed)
    return words("cli.build.held.both", path=path, stages=listed, moment=words.moment(one.release))
