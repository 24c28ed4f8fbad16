"""`publisher init`: a new folder that already builds."""

from pathlib import Path

import click

from publisher.commands.folder import stop
from publisher.words import LANGUAGES, Words


def init_command(words: Words) -> click.Command:
    @click.command("init", help=words("cli.init"))
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @click.option("--language", type=click.Choice(LANGUAGES), default=words.language, help=words("cli.init.language"))
    def init(folder: Path, language: str) -> None:
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.starting import lay_down  # noqa: PLC0415

        try:
            count = lay_down(folder, language)
        except PublisherError as error:
            stop(error.problems, words)
        click.echo(words("cli.init.done", n=count, folder=folder))

    return init
