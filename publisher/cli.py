"""The commands. Thin: they read options, call the one function that does the work, and print words."""

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

import click

from publisher import __version__
from publisher.words import LANGUAGES, Words, words_of

if TYPE_CHECKING:
    from publisher.model.bureau import Bureau
    from publisher.problems import Problem

NEEDS_MENDING = 1


def main() -> None:
    """The entry point: Chinese or English by the bureau in the current folder, else by the system."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese console of Windows dies on signs outside its code page.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
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
    for command in (_init(words), _template(words), _check(words), _build(words), _seal(words), _serve(words)):
        group.add_command(command)
    return group


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"publisher {__version__}")
        context.exit()


def _init(words: Words) -> click.Command:
    @click.command("init", help=words("cli.init"))
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @click.option("--language", type=click.Choice(LANGUAGES), default=words.language, help=words("cli.init.language"))
    def init(folder: Path, language: str) -> None:
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.starting import lay_down  # noqa: PLC0415

        try:
            count = lay_down(folder, language)
        except PublisherError as error:
            _stop(error.problems, words)
        click.echo(words("cli.init.done", n=count, folder=folder))

    return init


def _template(words: Words) -> click.Command:
    @click.command("template", help=words("cli.template"))
    @click.argument("what", metavar="items", type=click.Choice(["items"]))
    @click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help=words("cli.template.output"))
    def template(what: str, output: Path | None) -> None:
        from publisher.load.folder import load  # noqa: PLC0415
        from publisher.outputs.forms import items_form  # noqa: PLC0415
        from publisher.problems import PublisherError, in_order  # noqa: PLC0415
        from publisher.write import write_new  # noqa: PLC0415

        loaded = load(_root(words))
        errors = [one for one in in_order(loaded.problems) if not one.warning]
        path = output or Path(f"{what}.xlsx")
        if errors:
            _stop(errors, words)
        try:
            write_new(path, items_form(loaded.bureau, words))
        except PublisherError as error:
            _stop(error.problems, words)
        click.echo(words("cli.template.done", path=path))

    return template


def _check(words: Words) -> click.Command:
    @click.command("check", help=words("cli.check"))
    @_as_of(words)
    def check(as_of: str | None) -> None:
        from publisher.build import checked  # noqa: PLC0415

        started = time.perf_counter()
        root = _root(words)
        found = checked(root, _moment_of(as_of, words), present, root / "site")
        _print_problems(found.problems, words, err=False)
        if found.errors:
            click.echo(words("cli.check.errors", n=len(found.errors)))
            sys.exit(NEEDS_MENDING)
        seconds = f"{time.perf_counter() - started:.1f}"
        click.echo(words("cli.check.done", n=len(found.bureau.rounds), seconds=seconds))

    return check


def _build(words: Words) -> click.Command:
    @click.command("build", help=words("cli.build"))
    @_as_of(words)
    @click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help=words("cli.build.jobs"))
    @click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=words("cli.build.output"),
    )
    def build(as_of: str | None, jobs: int, output: Path | None) -> None:
        from publisher.build import build as build_site  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        started = time.perf_counter()
        root = _root(words)
        now = _moment_of(as_of, words)
        if output is not None and _is_among_inputs(output, root):
            raise click.BadParameter(words("cli.build.output.wrong", folder=output), param_hint="--output")
        try:
            with _Progress(words) as progress:
                site = output or root / "site"
                written = build_site(root, site, now, today=present, jobs=jobs, progress=progress.step)
        except PublisherError as error:
            _stop(error.problems, words)
        seconds = f"{time.perf_counter() - started:.1f}"
        click.echo(
            words(
                "cli.build.done",
                n=written.pages,
                changed=written.changed,
                removed=written.removed,
                seconds=seconds,
            )
        )

    return build


def _seal(words: Words) -> click.Command:
    @click.command("seal", help=words("cli.seal"))
    @click.argument("round_", metavar="ROUND")
    @_as_of(words)
    def seal(round_: str, as_of: str | None) -> None:
        from secrets import token_hex  # noqa: PLC0415

        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.sealing import seal as seal_round  # noqa: PLC0415

        try:
            done = seal_round(_root(words), round_, _moment_of(as_of, words), today=present, salt=token_hex())
        except PublisherError as error:
            _stop(error.problems, words)
        for name, number in done.editions:
            click.echo(words("cli.seal.done", round=name, number=number))
        for id_ in done.corrections:
            click.echo(words("cli.seal.correction", id=id_))
        if not done.editions:
            click.echo(words("cli.seal.withdrawals"))

    return seal


def _serve(words: Words) -> click.Command:
    @click.command("serve", help=words("cli.serve"))
    @_as_of(words)
    @click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=words("cli.serve.port")
    )
    def serve(as_of: str | None, port: int) -> None:
        from publisher.live import preview  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        root = _root(words)
        now = _moment_of(as_of, words)
        try:
            preview(root, now, present, words, port, lambda url: click.echo(words("cli.serve.ready", url=url)))
        except PublisherError as error:
            _stop(error.problems, words)

    return serve


def _as_of(words: Words) -> Callable[[Any], Any]:
    return click.option("--as-of", metavar="DATE", default=None, help=words("cli.as-of"))


def _moment_of(as_of: str | None, words: Words) -> "Callable[[Bureau], datetime]":
    """The moment the site speaks of: now, or the end of the day given, or the moment given."""
    from pydantic_core import PydanticCustomError  # noqa: PLC0415

    from publisher.check.dates import is_likely  # noqa: PLC0415
    from publisher.model.fields import read_day_or_moment  # noqa: PLC0415
    from publisher.released import end_of, in_zone  # noqa: PLC0415

    if as_of is None:
        return present
    try:
        given: date = read_day_or_moment(as_of)
    except PydanticCustomError:
        given = date.min
    if not is_likely(given):
        raise click.BadParameter(words("cli.as-of.wrong", value=as_of), param_hint="--as-of")
    if isinstance(given, datetime):
        moment = given
        return lambda bureau: in_zone(moment, bureau.site.zone)
    return lambda bureau: end_of(given, bureau.site.zone)


def present(bureau: "Bureau") -> datetime:
    """The one look at the clock of this machine."""
    return datetime.now(bureau.site.zone)


def _root(words: Words) -> Path:
    """The bureau's folder is the current one."""
    root = Path.cwd()
    if not (root / "content" / "site.yaml").is_file():
        raise click.UsageError(words("cli.no-bureau", folder=root))
    return root


def _is_among_inputs(output: Path, root: Path) -> bool:
    """A site written over the inputs, or around them, would be read as input by the next build."""
    target = output.resolve()
    inputs = [(root / name).resolve() for name in ("content", "results", "templates")]
    return target in {*inputs, root.resolve()} or any(one in target.parents or target in one.parents for one in inputs)


def _stop(problems: "Sequence[Problem]", words: Words) -> NoReturn:
    _print_problems(problems, words, err=True)
    click.echo(words("cli.nothing-written", n=len(problems)), err=True)
    sys.exit(NEEDS_MENDING)


def _print_problems(problems: "Sequence[Problem]", words: Words, *, err: bool) -> None:
    from publisher.messages import lines_of  # noqa: PLC0415

    for line in lines_of(problems, words):
        click.echo(line, err=err)


class _Progress:
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
