"""`publisher build`: the site."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import is_among_inputs, root_of, stop
from publisher.commands.held import lines_of_held
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.commands.preview import build_preview
from publisher.commands.progress import Progress
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.write import Written


def build_command(words: Words) -> click.Command:
    @click.command("build", help=words("cli.build"))
    @as_of_option(words)
    @click.option(
        "--jobs", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True, help=words("cli.build.jobs")
    )
    @click.option(
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=words("cli.build.output"),
    )
    @click.option("--preview", is_flag=True, help=words("cli.build.preview"))
    @click.option("--company", metavar="ID", default=None, help=words("cli.build.company"))
    def build(as_of: str | None, jobs: int, output: Path | None, *, preview: bool, company: str | None) -> None:
        from publisher.build import build_checked  # noqa: PLC0415
        from publisher.checking import checked  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.released import held_back  # noqa: PLC0415

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
                found = checked(root, now, present, site)
                written = build_checked(found, root, site, jobs=jobs, progress=progress.step)
        except PublisherError as error:
            stop(error.problems, words)
        _tell(written, time.perf_counter() - started, words)
        for line in lines_of_held(held_back(found.bureau, found.as_of), found.as_of, words):
            click.echo(line)

    return build


def _tell(written: "Written", seconds: float, words: Words) -> None:
    """How much there is, how much of it is new, and whether the signature went."""
    counts = {"n": written.pages, "changed": written.changed, "removed": written.removed}
    click.echo(words("cli.build.done", **counts, seconds=f"{seconds:.1f}"))
    if written.unprinted:
        click.echo(words("cli.build.unprinted"))
    if written.unsigned:
        click.echo(words("cli.build.unsigned"))
