"""The moment a command speaks of: the clock is looked at here alone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from publisher.words import Words

if TYPE_CHECKING:
    from publisher.model.bureau import Bureau


def as_of_option(words: Words) -> Callable[[Any], Any]:
    return click.option("--as-of", metavar="DATE", default=None, help=words("cli.as-of"))


def moment_of(as_of: str | None, words: Words) -> "Callable[[Bureau], datetime]":
    """The moment the site speaks of: now, or the end of the day given, or the moment given."""
    from pydantic_core import PydanticCustomError  # noqa: PLC0415

    from publisher.check.dates import is_likely  # noqa: PLC0415
    from publisher.model.fields import read_day_or_moment  # noqa: PLC0415
    from publisher.moments import end_of, in_zone  # noqa: PLC0415

    if as_of is None:
        return present
    try:
        given: date = read_day_or_moment(as_of)
    except PydanticCustomError:
        given = date.min
    if not is_likely(given):
        raise click.BadParameter(words("cli.as-of.wrong", value=as_of), param_hint="--as-of")
    if isinstance(given, datetime):
        moment = given
        return lambda bureau: in_zone(moment, bureau.site.zone)
    return lambda bureau: end_of(given, bureau.site.zone)


def present(bureau: "Bureau") -> datetime:
    """The one look at the clock of this machine."""
    return datetime.now(bureau.site.zone)
