"""`publisher deploy-check`: whether a finished site may be uploaded as it is."""

import sys
from pathlib import Path

import click

from publisher.commands.folder import NEEDS_MENDING
from publisher.commands.verify import FOLDER, findings_told, site_here
from publisher.hosting import LARGEST, MEGABYTE
from publisher.words import Words


def deploy_check_command(words: Words) -> click.Command:
    @click.command("deploy-check", help=words("cli.deploy-check"))
    @click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
    @click.option(
        "--largest",
        metavar="MB",
        type=click.IntRange(1, 100_000),
        default=LARGEST,
        show_default=True,
        help=words("cli.deploy-check.largest"),
    )
    def deploy_check(folder: Path | None, largest: int) -> None:
        from publisher.deploying import deploy_check as look  # noqa: PLC0415

        found = look(folder or site_here(words), largest=largest)
        for line in findings_told(found.findings, words):
            click.echo(line)
        size, most = (f"{one / MEGABYTE:.1f}" for one in (found.size, found.largest_size))
        click.echo(words("deploy.size", n=found.files, size=size, largest=found.largest, most=most))
        faults = sum(not one.told for one in found.findings)
        click.echo(words("deploy.not-ready", n=faults) if faults else words("deploy.ready"))
        sys.exit(NEEDS_MENDING if faults else 0)

    return deploy_check
