"""Keys that a command names, and passwords."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.words import Words

if TYPE_CHECKING:
    from publisher.signing.keys import PublicKey


def key_of(given: str | None, words: Words) -> "PublicKey | None":
    """The public key given, or in the file given, or else in the settings of the bureau whose folder this is."""
    from publisher.load.keys import given_key, settled_key  # noqa: PLC0415
    from publisher.signing.errors import KeyUnreadableError  # noqa: PLC0415
    from publisher.signing.keys import read_public  # noqa: PLC0415

    text = settled_key(Path.cwd()) if given is None else given_key(given)
    if text is None:
        return None
    try:
        return read_public(text)
    except KeyUnreadableError:
        raise click.BadParameter(words("cli.public-key.wrong", value=text[:80]), param_hint="--public-key") from None


def password_of(words: Words, *, twice: bool = False) -> str:
    """Asked for without showing it; a new one twice."""
    first = str(click.prompt(words("cli.sign.password"), hide_input=True, default="", show_default=False))
    if twice:
        second = click.prompt(words("cli.sign.password.again"), hide_input=True, default="", show_default=False)
        if not first or first != second:
            raise click.UsageError(words("cli.sign.password.wrong"))
    return first
