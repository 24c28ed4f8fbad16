"""`publisher import`: what an office sent, shown as it was understood before anything is written."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from publisher.commands.folder import print_problems, root_of, stop
from publisher.commands.moment import present
from publisher.commands.typed import id_typed
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.importing import Plan
    from publisher.load.exports import Export

_LINES = 24
"""Of a text, and of the rows of a table a quarter of it, that are shown before the question."""
_ROWS = 6
_WIDTH = 100


def import_command(words: Words) -> click.Command:
    @click.command("import", help=words("cli.import"))
    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--statement", metavar="ROUND COMPANY", nargs=2, help=words("cli.import.statement"))
    @click.option("--meeting", metavar="ID", default="", help=words("cli.import.meeting"))
    @click.option("--notice", metavar="ID", default="", help=words("cli.import.notice"))
    @click.option("--scores", metavar="ROUND", default="", callback=id_typed, help=words("cli.import.scores"))
    @click.option("--items", is_flag=True, help=words("cli.import.items"))
    @click.option("--answers", is_flag=True, help=words("cli.import.answers"))
    @click.option("--events", is_flag=True, help=words("cli.import.events"))
    @click.option("--field", "fields", metavar="NAME=VALUE", multiple=True, help=words("cli.import.field"))
    @click.option("--map", "columns", metavar="HEADING=COLUMN", multiple=True, help=words("cli.import.map"))
    @click.option("--sheet", metavar="NAME", default="", help=words("cli.import.sheet"))
    @click.option("--yes", is_flag=True, help=words("cli.import.yes"))
    def import_(
        file: Path, fields: tuple[str, ...], columns: tuple[str, ...], sheet: str, *, yes: bool, **target: Any
    ) -> None:
        from publisher.importing import Asked, carry_out, plan_of  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415

        root = root_of(words)
        if sum(map(bool, target.values())) != 1:
            raise click.UsageError(words("cli.import.one-target"))
        given, mapped = _pairs(fields, "--field", words), _pairs(columns, "--map", words)
        try:
            asked = Asked(file, **target, fields=given, columns=mapped, sheet=sheet)
            plan = plan_of(root, asked, present, words)
            _show(plan, file.name, words)
            if not yes and not click.confirm(words("cli.import.ask"), show_default=False):
                click.echo(words("cli.import.no"))
                sys.exit(0)
            carry_out(root, plan)
        except PublisherError as error:
            stop(error.problems, words)
        click.echo(words("cli.import.done", n=len(plan.files), target=plan.target))

    return import_


def _pairs(given: Iterable[str], option: str, words: Words) -> dict[str, str]:
    """`A=B` as a pair; B may be empty."""
    pairs = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(words("cli.import.pair", value=one), param_hint=option)
        pairs[name.strip()] = value.strip()
    return pairs


def _show(plan: "Plan", name: str, words: Words) -> None:
    """All of it before the question: what was read, what was not, what `check` will ask for, what is written."""
    click.echo(words("cli.import.read", file=name))
    if plan.table:
        (_show_parts if plan.table.parts else _show_table)(plan.table, plan.titles, words)
    else:
        lines = plan.text.rstrip().split("\n")
        for line in lines[:_LINES]:
            click.echo(f"  {_cut(line)}")
        if len(lines) > _LINES:
            click.echo(f"  {words('cli.import.more-lines', n=len(lines) - _LINES)}")
    click.echo()
    if plan.told:
        click.echo(words("cli.import.told"))
        print_problems(plan.told, words, err=False)
    if plan.faults:
        click.echo(words("cli.import.faults"))
        print_problems(plan.faults, words, err=False)
    click.echo(words("cli.import.writes"))
    for path in plan.files:
        click.echo(f"  {path}")


def _show_table(table: "Export", titles: Mapping[str, str], words: Words) -> None:
    for key, rows in (("cli.import.above", table.above), ("cli.import.below", table.below)):
        for number, text in rows:
            click.echo(f"  {words(key, row=number, text=_cut(text))}")
    for heading, column in table.headings:
        key = "cli.import.column" if column else "cli.import.no-column"
        click.echo(f"  {words(key, heading=heading, column=titles.get(column, ''))}")
    click.echo(f"  {words('cli.import.rows', n=len(table.rows))}")
    for number, row in list(zip(table.numbers, table.rows, strict=True))[:_ROWS]:
        click.echo(f"  {words('cli.import.row', row=number, text=_cut(' | '.join(row)))}")


def _show_parts(table: "Export", titles: Mapping[str, str], words: Words) -> None:
    """Every part of a letter, with what was taken for its question, its answer and so on."""
    for part, row in zip(table.parts, table.rows, strict=True):
        click.echo(f"  {_cut(part)}")
        for column, text in zip(table.columns, row, strict=True):
            if text:
                click.echo(f"    {words('cli.import.cell', heading=titles[column], text=_cut(text))}")
    click.echo(f"  {words('cli.import.parts', n=len(table.parts))}")


def _cut(text: str) -> str:
    from publisher.messages import shown  # noqa: PLC0415

    kept = shown(text, _WIDTH)
    return " " * (len(text) - len(text.lstrip(" "))) + kept if text[:1] == " " else kept
