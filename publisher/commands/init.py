"""`publisher init`: a new folder that already builds."""

import sys
from pathlib import Path

import click

from publisher.commands.folder import stop
from publisher.commands.typed import words_typed
from publisher.words import LANGUAGES, Words, words_of

LETTERS = ("a", "b", "c", "d", "e")
"""Those of publisher/starter/schemes; each has a line of words."""


def init_command(words: Words) -> click.Command:
    @click.command("init", help=words("cli.init"))
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @click.option("--scheme", type=click.Choice(LETTERS, case_sensitive=False), help=words("cli.init.scheme"))
    @click.option("--name", callback=words_typed, help=words("cli.init.name"))
    @click.option("--url", callback=words_typed, help=words("cli.init.url"))
    @click.option("--language", type=click.Choice(LANGUAGES), default=words.language, help=words("cli.init.language"))
    def init(folder: Path, scheme: str | None, name: str | None, url: str | None, language: str) -> None:
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.starting import lay_down, lay_down_own  # noqa: PLC0415

        asking = sys.stdin.isatty()
        chosen = scheme or (_asked_scheme(words) if asking else "")
        try:
            if not chosen:
                _refuse_settings(name, url, words)
                count = lay_down(folder, language)
            else:
                settings = _settings(name, url, words, words_of(language), asking=asking)
                count = lay_down_own(folder, language, chosen, settings)
        except PublisherError as error:
            stop(error.problems, words)
        if chosen:
            click.echo(words("cli.init.own.done", n=count, folder=folder, guide=words_of(language)("cli.init.guide")))
        else:
            click.echo(words("cli.init.done", n=count, folder=folder))
            _list_schemes(words)

    return init


def _list_schemes(words: Words) -> None:
    click.echo(words("cli.init.systems"))
    for letter in LETTERS:
        click.echo(f"  {letter}  {words(f'cli.init.system.{letter}')}")


def _asked_scheme(words: Words) -> str:
    """On a terminal: which system; none for the example."""
    _list_schemes(words)
    choice = click.Choice((*LETTERS, ""), case_sensitive=False)
    found: str = click.prompt(words("cli.init.which"), type=choice, default="", show_choices=False, show_default=False)
    return found


def _settings(name: str | None, url: str | None, words: Words, own: Words, *, asking: bool) -> dict[str, str]:
    """What is not given is asked for on a terminal; what stays open is a blank, in the words of the folder."""
    if name is None:
        name = _asked("cli.init.name.ask", words) if asking else ""
    if url is None:
        url = _asked("cli.init.url.ask", words) if asking else ""
    return {"name": name.strip() or own("blank.name"), "url": url.strip() or own("blank.url")}


def _asked(key: str, words: Words) -> str:
    found: str = click.prompt(words(key), default="", show_default=False)
    return found


def _refuse_settings(name: str | None, url: str | None, words: Words) -> None:
    """The example has a name of its own: what was given would be lost."""
    if name is not None or url is not None:
        raise click.UsageError(words("cli.init.needs-scheme"))
