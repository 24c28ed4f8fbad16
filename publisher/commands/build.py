"""`publisher build`: the site."""

import time
from pathlib import Path

import click

from publisher.commands.folder import root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
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
    def build(as_of: str | None, jobs: int, output: Path | None) -> None:
        from publisher.build import build as build_site  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        now = moment_of(as_of, words)
        if output is not None and _is_among_inputs(output, root):
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
        if written.unsigned:
            click.echo(words("cli.build.unsigned"))

    return build


def _is_among_inputs(output: Path, root: Path) -> bool:
    """A site written over the inputs, or around them, would be read as input by the next build."""
    target = output.resolve()
    inputs = [(root / name).resolve() for name in ("content", "results", "templates")]
    return target in {*inputs, root.resolve()} or any(one in target.parents or target in one.parents for one in inputs)
