"""How the command line explains itself: Click's own words in the bureau's language, in lines that fit the terminal.

Click takes its words from gettext, so they stand in a catalogue of the usual kind: `LC_MESSAGES/click.po` and the
`.mo` made from it. Nothing is made of Click's English sentences; without the catalogue they stay as they are.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator, MutableMapping
from pathlib import Path

import click

from publisher.words import Words

_LOCALES = Path(__file__).with_name("locales")
_NAMES = {"zh-Hans": "zh_Hans", "en": "en"}
_DOMAIN = "click"
_CLOSING = frozenset({"Pe", "Pf", "Po"})
_OPENING = frozenset({"Ps", "Pi"})
_NAME = re.compile(r"[A-Z_]+")
_TEXT = "TEXT"
MOST_OF_A_TERM = 30
"""Columns of the names of options; a longer name has a line for itself."""


def speak(language: str, environment: MutableMapping[str, str]) -> None:
    """From now on this process asks Click's words in one language, whatever the system's is."""
    gettext.bindtextdomain(_DOMAIN, _LOCALES)
    gettext.textdomain(_DOMAIN)
    environment["LANGUAGE"] = _NAMES[language]


def explain(command: click.Command, words: Words) -> None:
    """Gives a command the form in which this program prints its help."""
    command.context_class = _Context
    command.options_metavar = words("cli.usage.options")
    if isinstance(command, click.Group):
        command.subcommand_metavar = words("cli.usage.command")
    command.short_help = first_sentence(command.help or "", words)
    for parameter in command.params:
        if takes_text(parameter):
            name = parameter.metavar or _TEXT
            parameter.metavar = _NAME.sub(lambda found: words(f"cli.metavar.{found[0]}"), name)


def takes_text(parameter: click.Parameter) -> bool:
    """Whether its help has a word for what is to be written; a choice shows its values."""
    if parameter.metavar:
        return True
    return not (isinstance(parameter, click.Option) and parameter.is_flag) and not isinstance(
        parameter.type, click.Choice
    )


def first_sentence(text: str, words: Words) -> str:
    """What stands beside a command in the list of commands: whole, never cut off."""
    stop = words("cli.usage.stop")
    return f"{text.partition(stop)[0].rstrip()}{stop.rstrip()}" if stop in text else text


class _Formatter(click.HelpFormatter):
    """Counts columns: a Chinese sign takes two, and Chinese may break between any two signs."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in lines_of(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = MOST_OF_A_TERM, col_spacing: int = 2) -> None:
        """Terms on the left, what they mean on the right."""
        found = list(rows)
        left = min(max((columns(term) for term, _ in found), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in found:
            lines = list(lines_of(text, self.width - self.current_indent - left))
            if columns(term) > left - col_spacing or not lines:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{term}{' ' * (left - columns(term))}{lines.pop(0)}\n")
            for line in lines:
                self.write(f"{indent}{' ' * left}{line}\n")


class _Context(click.Context):
    formatter_class = _Formatter


def columns(text: str) -> int:
    """How wide a terminal shows a text; signs that may be wide are counted as wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines_of(text: str, width: int) -> Iterator[str]:
    """A text in lines of at most so many columns, as far as it can be broken."""
    line = ""
    for part in _unbreakable(" ".join(text.split())):
        if line.strip() and columns((line + part).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += part if line else part.lstrip()
    if line.strip():
        yield line.rstrip()


def _unbreakable(text: str) -> Iterator[str]:
    """Words, blanks and single wide signs; signs that close or open stay with what they belong to."""
    part = ""
    for sign in text:
        if part and not _holds(part[-1], sign):
            yield part
            part = ""
        part += sign
    if part:
        yield part


def _holds(before: str, sign: str) -> bool:
    if " " in (before, sign):
        return False
    if unicodedata.category(sign) in _CLOSING or unicodedata.category(before) in _OPENING:
        return True
    return columns(before) == columns(sign) == 1
