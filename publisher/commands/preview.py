"""`publisher build --preview`: what is not released yet, for reading beforehand."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import is_among_inputs, stop
from publisher.commands.moment import present
from publisher.commands.progress import Progress
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.checking import Now

FOLDER = "preview"
"""In the bureau's folder, unless `--output` names another."""
TOKEN_BYTES = 16
"""32 hexadecimal digits: nobody guesses them."""


def build_preview(
    root: Path, output: Path | None, now: "Now", words: Words, *, company: str | None, jobs: int | None
) -> None:
    from secrets import token_hex  # noqa: PLC0415

    from publisher.previewing import UnknownCompanyError, preview  # noqa: PLC0415
    from publisher.problems import PublisherError  # noqa: PLC0415

    folder = output or root / FOLDER
    if output is not None and _may_not_hold(output, root):
        raise click.BadParameter(words("cli.preview.output.wrong", folder=output), param_hint="--output")
    token = token_hex(TOKEN_BYTES)
    try:
        with Progress(words) as progress:
            done = preview(
                root, folder, now, token=token, company=company, today=present, jobs=jobs, progress=progress.step
            )
    except UnknownCompanyError as error:
        near = words("message.near", near=error.near) if error.near else ""
        raise click.BadParameter(
            words("cli.build.company.unknown", value=company, near=near), param_hint="--company"
        ) from error
    except PublisherError as error:
        stop(error.problems, words)
    click.echo(words("cli.preview.done", n=done.files, path=done.folder / done.start, day=words.day(done.until)))
    if done.older:
        click.echo(words("cli.preview.older", n=done.older, folder=folder))


def _may_not_hold(output: Path, root: Path) -> bool:
    """Not a site, this bureau's or another: a preview within one would be published with it."""
    from publisher.addresses import SUMS  # noqa: PLC0415

    target = output.resolve()
    site = (root / "site").resolve()
    around = (target, *target.parents)
    return is_among_inputs(output, root) or site in around or any((one / SUMS).is_file() for one in around)
