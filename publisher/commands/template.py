"""`publisher template`: a workbook to fill in."""

from pathlib import Path

import click

from publisher.commands.folder import root_of, stop
from publisher.words import Words


def template_command(words: Words) -> click.Command:
    @click.command("template", help=words("cli.template"))
    @click.argument("what", metavar="items", type=click.Choice(["items"]))
    @click.option(
        "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=words("cli.template.output")
    )
    def template(what: str, output: Path | None) -> None:
        from publisher.load.folder import load  # noqa: PLC0415
        from publisher.outputs.forms import items_form  # noqa: PLC0415
        from publisher.problems import PublisherError, in_order  # noqa: PLC0415
        from publisher.write import write_new  # noqa: PLC0415

        loaded = load(root_of(words))
        errors = [one for one in in_order(loaded.problems) if not one.warning]
        path = output or Path(f"{what}.xlsx")
        if errors:
            stop(errors, words)
        try:
            write_new(path, items_form(loaded.bureau, words))
        except PublisherError as error:
            stop(error.problems, words)
        click.echo(words("cli.template.done", path=path))

    return template
