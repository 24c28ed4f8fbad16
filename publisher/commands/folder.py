"""The bureau's folder, and what is wrong with it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from publisher.words import Words

if TYPE_CHECKING:
    from publisher.problems import Problem

NEEDS_MENDING = 1


def root_of(words: Words) -> Path:
    """The bureau's folder is the current one."""
    root = Path.cwd()
    try:
        is_bureau = (root / "content" / "site.yaml").is_file()
    except OSError:
        raise click.UsageError(words("cli.closed", folder=root / "content")) from None
    if not is_bureau:
        raise click.UsageError(words("cli.no-bureau", folder=root))
    return root


def is_among_inputs(output: Path, root: Path) -> bool:
    """A site written over the inputs, or around them, would be read as input by the next build."""
    target = output.resolve()
    inputs = [(root / name).resolve() for name in ("content", "results", "templates")]
    return target in {*inputs, root.resolve()} or any(one in target.parents or target in one.parents for one in inputs)


def refuse_public_place(page: Path, sites: Sequence[Path], option: str, words: Words) -> None:
    """A page for the staff tells what nobody may see yet; what lies in a site is published."""
    from publisher.addresses import SUMS  # noqa: PLC0415

    if page.suffix.lower() not in {".html", ".htm"}:
        raise click.BadParameter(words("cli.page.suffix", path=page), param_hint=option)
    above = page.resolve().parents
    if any(site.resolve() in above for site in sites) or any((one / SUMS).is_file() for one in above):
        raise click.BadParameter(words("cli.page.public", path=page), param_hint=option)


def stop(problems: "Sequence[Problem]", words: Words) -> NoReturn:
    print_problems(problems, words, err=True)
    click.echo(words("cli.nothing-written", n=sum(not one.warning for one in problems)), err=True)
    sys.exit(NEEDS_MENDING)


def print_problems(problems: "Sequence[Problem]", words: Words, *, err: bool) -> None:
    from publisher.messages import lines_of  # noqa: PLC0415

    for line in lines_of(problems, words):
        click.echo(line, err=err)
