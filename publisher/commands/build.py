"""`publisher build`: the site."""

import time
from pathlib import Path

import click

from publisher.commands.folder import is_among_inputs, root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.commands.preview import build_preview
from publisher.commands.progress import Progress
from publisher.words import Words


def build_command(words: Words) -> click.Command:
    @click.command("build", help=words("cli.build"))
    @as_of_option(words)
    @click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help=words("cli.build.jobs"))
    @click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=words("cli.build.output"),
    )
    @click.option("--preview", is_flag=True, help=words("cli.build.preview"))
    @click.option("--company", metavar="ID", default=None, help=words("cli.build.company"))
    def build(as_of: str | None, jobs: int, output: Path | None, *, preview: bool, company: str | None) -> None:
        from publisher.build import build as build_site  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        now = moment_of(as_of, words)
        if preview:
            build_preview(root, output, now, words, company=company, jobs=jobs)
            return
        if company is not None:
            raise click.BadParameter(words("cli.build.company.alone"), param_hint="--company")
        if output is not None and is_among_inputs(output, root):
            raise click.BadParameter(words("cli.build.output.wrong", folder=output), param_hint="--output")
        try:
            with Progress(words) as progress:
                site = output or root / "site"
                written = build_site(root, site, now, today=present, jobs=jobs, progress=progress.step)
        except PublisherError as error:
            stop(error.problems, words)
        seconds = f"{time.perf_counter() - started:.1f}"
        click.echo(
            words(
                "cli.build.done",
                n=written.pages,
                changed=written.changed,
                removed=written.removed,
                seconds=seconds,
            )
        )
        if written.unprinted:
            click.echo(words("cli.build.unprinted"))
        if written.unsigned:
            click.echo(words("cli.build.unsigned"))

    return build
