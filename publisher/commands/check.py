"""`publisher check`: every fault at once."""

import sys
import time

import click

from publisher.commands.folder import NEEDS_MENDING, print_problems, root_of
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.words import Words


def check_command(words: Words) -> click.Command:
    @click.command("check", help=words("cli.check"))
    @as_of_option(words)
    def check(as_of: str | None) -> None:
        from publisher.build import checked  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        found = checked(root, moment_of(as_of, words), present, root / "site")
        print_problems(found.problems, words, err=False)
        if found.errors:
            click.echo(words("cli.check.errors", n=len(found.errors)))
            sys.exit(NEEDS_MENDING)
        seconds = f"{time.perf_counter() - started:.1f}"
        click.echo(words("cli.check.done", n=len(found.bureau.rounds), seconds=seconds))

    return check
