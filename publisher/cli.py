"""The entry point: every command, in the language of the bureau."""

import gc
import os
import re
import sys
from pathlib import Path
from typing import Any

import click

from publisher import __version__
from publisher.commands import COMMANDS
from publisher.words import LANGUAGES, Words, words_of

_COLLECT = (100_000, 20, 50)
"""What is read stays till the end: looking for garbage in it as often as usual takes an eighth of the time."""


def main() -> None:
    """The entry point: Chinese or English by the bureau in the current folder, else by the system."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese console of Windows dies on signs outside its code page.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    gc.set_threshold(*_COLLECT)
    commands(words_of(language_of(Path.cwd(), os.environ)))()


def language_of(folder: Path, environment: Any) -> str:
    """The language that `content/site.yaml` names; outside a bureau's folder the system's."""
    try:
        text = (folder / "content" / "site.yaml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    match = re.search(r"^language:\s*[\"']?([\w-]+)", text, re.MULTILINE)
    if match and match[1] in LANGUAGES:
        return match[1]
    if text:
        return LANGUAGES[0]
    system = next((environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), "")
    return "zh-Hans" if system.startswith("zh") else "en"


def commands(words: Words) -> click.Group:
    """All commands, with their help in the words given."""
    group = click.Group("publisher", help=words("cli.help"))
    group.params.append(
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=words("cli.version"),
            callback=_print_version,
        )
    )
    for command in COMMANDS:
        group.add_command(command(words))
    return group


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"publisher {__version__}")
        context.exit()
