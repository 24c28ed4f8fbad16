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
    def serve(as_of: str | None, port: int) -> None:
        from publisher.live import preview  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        root = root_of(words)
        now = moment_of(as_of, words)
        try:
            preview(root, now, present, words, port, lambda url: click.echo(words("cli.serve.ready", url=url)))
        except PublisherError as error:
            stop(error.problems, words)

    return serve
