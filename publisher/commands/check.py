"""`publisher check`: every fault at once."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import NEEDS_MENDING, print_problems, refuse_public_place, root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.checking import Checked


def check_command(words: Words) -> click.Command:
    @click.command("check", help=words("cli.check"))
    @as_of_option(words)
    @click.option("--self-check", "inspect", is_flag=True, help=words("cli.check.self"))
    @click.option(
        "--html",
        "report",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=words("cli.check.html"),
    )
    def check(as_of: str | None, report: Path | None, *, inspect: bool) -> None:
        from publisher.aside import aside  # noqa: PLC0415
        from publisher.build import with_refusals  # noqa: PLC0415
        from publisher.checking import checked  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        if report:
            refuse_public_place(report, (root / "site",), "--html", words)
        try:
            found = checked(root, moment_of(as_of, words), present, root / "site", aside=aside(None))
        except PublisherError as error:
            stop(error.problems, words)
        found = with_refusals(found, root)
        print_problems(found.problems, words, err=False)
        if report:
            _write_report(report, found, words)
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


def _write_report(path: Path, found: "Checked", words: Words) -> None:
    from publisher.problems import PublisherError  # noqa: PLC0415
    from publisher.report import MARK, report_of  # noqa: PLC0415
    from publisher.write import write_new  # noqa: PLC0415

    site = found.bureau.site
    unread = any(one.place.path == site.origin.where.path for one in found.errors)  # what stands in for it has no name
    name = "" if unread else words.label(site.bureau)
    try:
        write_new(path, report_of(found.problems, name, words.moment(found.as_of), words), own=MARK)
    except PublisherError as error:
        stop(error.problems, words)
    click.echo(words("cli.check.html.done", path=path))


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
