"""`publisher serve`: a preview on this machine."""

import click

from publisher.commands.folder import root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.words import Words


def serve_command(words: Words) -> click.Command:
    @click.command("serve", help=words("cli.serve"))
    @as_of_option(words)
    @click.option(
        "--port",
        metavar="N",
        type=click.IntRange(0, 65535),
        default=8000,
        show_default=True,
        help=words("cli.serve.port"),
    )
    @click.option("--all", "ahead", is_flag=True, help=words("cli.serve.all"))
    def serve(as_of: str | None, port: int, *, ahead: bool) -> None:
        from publisher.live import preview  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        root = root_of(words)
        now = moment_of(as_of, words)

        def ready(url: str) -> None:
            click.echo(words("cli.serve.ready", url=url))
            if not ahead:
                click.echo(words("cli.serve.public"))

        try:
            preview(root, now, present, words, port, ready, ahead=ahead)
        except PublisherError as error:
            stop(error.problems, words)

    return serve
