"""A long command says how far it is."""

import sys
import time
from typing import Self

import click

from publisher.words import Words


class Progress:
    """A bar on a terminal, nothing in a pipe."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.shown = sys.stderr.isatty()
        self.last = 0.0

    def __enter__(self) -> Self:
        return self

    def step(self, done: int, all_: int) -> None:
        if self.shown and time.monotonic() - self.last > 0.1:  # noqa: PLR2004  (seconds between two looks)
            self.last = time.monotonic()
            click.echo("\r" + self.words("cli.build.progress", done=done, all=all_), nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\033[K", nl=False, err=True)
