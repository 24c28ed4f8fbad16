"""The entry point: every command, in the language of the bureau."""

import gc
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from publisher import __version__
from publisher.commands import COMMANDS
from publisher.commands.spoken import spoken_here
from publisher.usage import explain, speak
from publisher.words import LANGUAGES, Words, words_of

_COLLECT = (100_000, 20, 50)
"""What is read stays till the end: looking for garbage in it as often as usual takes an eighth of the time."""
STANDARD_ERROR = 2
OUTPUT_LOST = 3
"""How a command ends of which nobody could read what it said: its verdict is not known to who asked."""


@dataclass(eq=False)
class _Heard:
    """A stream of text that remembers whether something said never got out: a full disk, or nobody who reads it."""

    stream: TextIO
    lost: bool = False

    def write(self, text: str) -> int:
        with self._remembering():
            return self.stream.write(text)

    def flush(self) -> None:
        with self._remembering():
            self.stream.flush()

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self.lost = True
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def main() -> None:
    """The entry point: Chinese or English by the bureau in the current folder, else by the system."""
    heard = [_Heard(one) for one in (sys.stdout, sys.stderr) if one]
    for one in heard:
        # A Chinese console of Windows dies on signs outside its code page.
        one.reconfigure(errors="replace")
    sys.stdout, sys.stderr = (_of(heard, one) for one in (sys.stdout, sys.stderr))
    gc.set_threshold(*_COLLECT)
    language = language_of(Path.cwd(), os.environ, spoken_here())
    speak(language, os.environ)
    words = words_of(language)
    try:
        commands(words)()
    except (OSError, SystemExit):
        if not any(one.lost for one in heard):
            raise
        _give_up(heard, words("cli.output-lost"))
        sys.exit(OUTPUT_LOST)
    finally:
        gc.freeze()  # the process ends: what it read goes with it, and need not be looked through for garbage before


def _of(heard: list[_Heard], stream: TextIO) -> Any:
    """A stream that was closed before the start is none."""
    return next((one for one in heard if one.stream is stream), stream)


def _give_up(heard: list[_Heard], text: str) -> None:
    """One line, where anybody still listens; of what is lost Python would complain again at its end."""
    for one in heard:
        if not one.lost and one.fileno() == STANDARD_ERROR:
            with suppress(OSError):
                one.write(f"{text}\n")
                one.flush()
    for one in heard:
        if one.lost:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, one.fileno())
            os.close(nowhere)


def language_of(folder: Path, environment: Any, set_up: str | None) -> str:
    """The language that `content/site.yaml` names; outside a bureau's folder the system's, where it names one.

    `set_up` is what the system calls its language where no variable does.
    """
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
    named = re.split(r"[_. -]", system or set_up or "")[0].lower()
    return LANGUAGES[0] if named in {"", "c", "posix", "zh", "chinese"} else "en"


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
    for command_ in (group, *group.commands.values()):
        explain(command_, words)
    return group


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"publisher {__version__}")
        context.exit()
