"""`publisher check`: every fault at once."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import NEEDS_MENDING, print_problems, root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.checking import Checked


def check_command(words: Words) -> click.Command:
    @click.command("check", help=words("cli.check"))
    @as_of_option(words)
    @click.option("--self-check", "inspect", is_flag=True, help=words("cli.check.self"))
    def check(as_of: str | None, *, inspect: bool) -> None:
        from publisher.build import with_addresses, with_templates  # noqa: PLC0415
        from publisher.checking import checked  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        found = with_addresses(checked(root, moment_of(as_of, words), present, root / "site"))
        found = with_templates(found, root)
        print_problems(found.problems, words, err=False)
        if found.errors:
            click.echo(words("cli.check.errors", n=len(found.errors)))
            if inspect:
                click.echo(words("cli.check.self.later"))
            sys.exit(NEEDS_MENDING)
        seconds = f"{time.perf_counter() - started:.1f}"
        click.echo(words("cli.check.done", n=len(found.bureau.rounds), seconds=seconds))
        if inspect:
            _inspect(found, root, words)

    return check


def _inspect(found: "Checked", root: Path, words: Words) -> None:
    """The report; a veto ends like a fault, so that a scheduled run notices."""
    from publisher.inspecting import self_check  # noqa: PLC0415
    from publisher.inspection import lines_of  # noqa: PLC0415
    from publisher.problems import PublisherError  # noqa: PLC0415

    try:
        findings = self_check(found, root)
    except PublisherError as error:
        stop(error.problems, words)
    for line in lines_of(findings, words):
        click.echo(line)
    if any(one.verdict == "veto" for one in findings):
        sys.exit(NEEDS_MENDING)
