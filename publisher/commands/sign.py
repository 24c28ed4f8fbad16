"""`publisher sign`: a signature beside SHA256SUMS, and the pair of keys for it."""

from pathlib import Path

import click

from publisher.commands.folder import stop
from publisher.commands.keys import key_of, password_of
from publisher.commands.verify import FOLDER, site_here
from publisher.words import Words

FILE = click.Path(path_type=Path, dir_okay=False)


def sign_command(words: Words) -> click.Command:
    @click.command("sign", help=words("cli.sign"))
    @click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
    @click.option("--key", metavar="FILE", type=FILE, help=words("cli.sign.key"))
    @click.option("--new-key", metavar="FILE", type=FILE, help=words("cli.sign.new-key"))
    @click.option("--no-password", is_flag=True, help=words("cli.sign.no-password"))
    def sign(folder: Path | None, key: Path | None, new_key: Path | None, no_password: bool) -> None:
        from publisher.problems import PublisherError  # noqa: PLC0415

        if (key is None) == (new_key is None) or (new_key and folder) or (key and no_password):
            raise click.UsageError(words("cli.sign.which"))
        try:
            if new_key:
                _make(new_key, words, locked=not no_password)
            elif key:
                _sign(folder or site_here(words), key, words)
        except PublisherError as error:
            stop(error.problems, words)

    return sign


def _make(path: Path, words: Words, *, locked: bool) -> None:
    from secrets import token_bytes  # noqa: PLC0415

    from publisher.signature import new_pair, refuse_place  # noqa: PLC0415

    refuse_place(path)
    password = password_of(words, twice=True) if locked else ""
    public = new_pair(path, password, token_bytes)
    click.echo(words("cli.sign.made", secret=path, public=path.with_suffix(".pub"), public_key=public.shown))


def _sign(folder: Path, path: Path, words: Words) -> None:
    from time import time  # noqa: PLC0415

    from publisher.addresses import SUMS  # noqa: PLC0415
    from publisher.signature import is_locked_key, sign_site  # noqa: PLC0415

    settled = key_of(None, words)
    password = password_of(words) if is_locked_key(path) else ""
    comment = f"timestamp:{int(time())}\tfile:{SUMS}\thashed"
    public = sign_site(folder, path, password, comment)
    click.echo(words("cli.sign.done", folder=folder, public_key=public.shown))
    if settled and settled != public:
        click.echo(words("cli.sign.other", number=settled.name, used=public.name))
