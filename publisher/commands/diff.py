"""`publisher diff`: what the public would see change, and the sheet for whoever signs it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import print_problems, refuse_public_place, root_of, stop
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.commands.progress import Progress
from publisher.commands.typed import id_typed
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.diff import Section
    from publisher.differing import Compared, Folder
    from publisher.load.published import OldSite

_MOST_GROUPS = 30
_MOST_LINES = 12


def diff_command(words: Words) -> click.Command:
    @click.command("diff", help=words("cli.diff"))
    @click.argument("old_site", metavar="[OLD_SITE]", required=False, type=click.Path(path_type=Path))
    @click.option("--round", "round_", metavar="ROUND", default=None, callback=id_typed, help=words("cli.diff.round"))
    @click.option(
        "--sheet", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=words("cli.diff.sheet")
    )
    @click.option("--full", is_flag=True, help=words("cli.diff.full"))
    @as_of_option(words)
    def diff(old_site: Path | None, round_: str | None, sheet: Path | None, full: bool, as_of: str | None) -> None:
        from publisher.differing import read_folder  # noqa: PLC0415
        from publisher.load.published import read_old_site  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        root = root_of(words)
        site = old_site or root / "site"
        now = moment_of(as_of, words)
        if sheet is not None:
            refuse_public_place(sheet, (site, root / "site"), "--sheet", words)
        try:
            old = read_old_site(site, str(old_site or site.name), must_exist=old_site is not None)
            folder = read_folder(root, now, present)
            if sheet is not None:
                _write_sheet(sheet, folder, old, words, round_)
            else:
                _tell(folder, old, words, round_, full=full)
        except PublisherError as error:
            stop(error.problems, words)

    return diff


def _tell(folder: "Folder", old: "OldSite", words: Words, round_: str | None, *, full: bool) -> None:
    from publisher.diff import sections  # noqa: PLC0415
    from publisher.differing import compare, round_of  # noqa: PLC0415

    with Progress(words) as progress:
        of = round_of(folder, round_) if round_ else None
        found = compare(folder, old, words, of, progress.step)
    _tell_head(found, folder, words, round_)
    for section in sections(found.difference, found.names, words):
        click.echo(f"\n{section.title}")
        _tell_section(section, words, full=full)
    if found.difference.nothing:
        click.echo(words("cli.diff.nothing"))
    _tell_problems(found, folder, words)
    _tell_waiting(folder, words)


def _tell_head(found: "Compared", folder: "Folder", words: Words, round_: str | None) -> None:
    moment = words.moment(found.as_of.astimezone(folder.bureau.site.zone))
    key = "cli.diff.head.round" if round_ else "cli.diff.head"
    click.echo(words(key, moment=moment, round=found.names.rounds.get(round_ or "", "")))
    if found.difference.first:
        click.echo(words("cli.diff.first"))
    if folder.unsigned:
        click.echo(words("cli.diff.assumed", ids=words("message.list").join(sorted(folder.unsigned))))


def _tell_section(section: "Section", words: Words, *, full: bool) -> None:
    groups = section.groups if full else section.groups[:_MOST_GROUPS]
    for group in groups:
        click.echo(f"  {group.head}")
        lines = group.lines if full else group.lines[:_MOST_LINES]
        for line in lines:
            click.echo(f"    {line}")
        if len(lines) < len(group.lines):
            click.echo("    " + words("diff.more", n=len(group.lines) - len(lines)))
    if len(groups) < len(section.groups):
        click.echo("  " + words("diff.more", n=len(section.groups) - len(groups)))


def _tell_problems(found: "Compared", folder: "Folder", words: Words) -> None:
    """What keeps a build from making this change."""
    stopping = [*(one for one in folder.problems if not one.warning), *found.lost]
    if stopping:
        click.echo("\n" + words("cli.diff.stopped"))
        print_problems(stopping, words, err=False)


def _tell_waiting(folder: "Folder", words: Words) -> None:
    from publisher.differing import waiting, waiting_notices  # noqa: PLC0415
    from publisher.signoff import shown  # noqa: PLC0415

    found = [(one.round.id, one.open, one.content) for one in waiting(folder)]
    apart = waiting_notices(folder)
    found += [(one.record.id, one.open_stages(folder.as_of), one.standing.content) for one in apart]
    for id_, open_, content in found:
        stages = words("message.list").join(words(f"choice.signoff.{stage}") for stage in open_)
        key = "cli.diff.waiting.unsigned" if open_ else "cli.diff.waiting"
        click.echo("\n" + words(key, id=id_, content=shown(content), stages=stages))


def _write_sheet(sheet: Path, folder: "Folder", old: "OldSite", words: Words, round_: str | None) -> None:
    from publisher.differing import compare, round_of, waiting  # noqa: PLC0415
    from publisher.sheet import sheet_of  # noqa: PLC0415
    from publisher.write import write_new  # noqa: PLC0415

    chosen = [round_of(folder, round_)] if round_ else list(waiting(folder))
    if not chosen:
        raise click.UsageError(words("cli.diff.sheet.none"))
    with Progress(words) as progress:
        found = [(one, compare(folder, old, words, one, progress.step)) for one in chosen]
    write_new(sheet, sheet_of(folder, found, words))
    click.echo(words("cli.diff.sheet.done", path=sheet, n=len(found)))
