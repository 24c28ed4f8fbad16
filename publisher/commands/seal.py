"""`publisher seal`: what was published is frozen."""

import click

from publisher.commands.folder import root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.commands.typed import id_typed
from publisher.words import Words


def seal_command(words: Words) -> click.Command:
    @click.command("seal", help=words("cli.seal"))
    @click.argument("round_", metavar="ROUND", callback=id_typed)
    @as_of_option(words)
    def seal(round_: str, as_of: str | None) -> None:
        from secrets import token_hex  # noqa: PLC0415

        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.sealing import seal as seal_round  # noqa: PLC0415

        try:
            done = seal_round(root_of(words), round_, moment_of(as_of, words), today=present, salt=token_hex())
        except PublisherError as error:
            stop(error.problems, words)
        for name, number in done.editions:
            click.echo(words("cli.seal.done", round=name, number=number))
        for id_ in done.corrections:
            click.echo(words("cli.seal.correction", id=id_))
        if not done.editions:
            click.echo(words("cli.seal.withdrawals"))
        click.echo(words("cli.seal.next"))

    return seal
