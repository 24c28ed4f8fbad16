"""`publisher template`: a workbook to fill in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import root_of, stop
from publisher.commands.typed import id_typed
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.load.folder import Loaded

ITEMS = "items"


def template_command(words: Words) -> click.Command:
    @click.command("template", help=words("cli.template"))
    @click.argument("what", metavar="ROUND", callback=id_typed)
    @click.option(
        "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=words("cli.template.output")
    )
    def template(what: str, output: Path | None) -> None:
        from publisher.load.folder import load  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.write import write_new  # noqa: PLC0415

        root = root_of(words)
        loaded = load(root)
        items = what == ITEMS and what not in loaded.bureau.rounds
        try:
            data = _items(loaded, words) if items else _round(loaded, what, words)
            direct = Path("content", "items.xlsx") if items else Path("results", what, "scores.xlsx")
            beside = _has_items(root) if items else _has_scores(loaded, what)
            straight = output is None and not beside
            path = direct if straight else output or Path(f"{what}.xlsx")
            write_new(path, data)
        except PublisherError as error:
            stop(error.problems, words)
        if straight:
            click.echo(words("cli.template.round.direct", path=path.as_posix()))
        elif items:
            click.echo(words("cli.template.done", path=path.as_posix()))
        else:
            click.echo(words("cli.template.round.done", path=path.as_posix(), target=direct.as_posix()))

    return template


_BEHIND_ITEMS = ("content/items", "content/events", "content/companies", "content/meetings")
"""Where a fault would lose a row, or something to choose from."""


def _has_items(root: Path) -> bool:
    """Whether there are questions or events that the new workbook would stand beside."""
    from publisher.load.tables import find_table  # noqa: PLC0415

    stems = ("items", "events")
    return any(find_table(root / "content", stem) or (root / "content" / stem).exists() for stem in stems)


def _items(loaded: "Loaded", words: Words) -> bytes:
    from publisher.outputs.forms import items_form  # noqa: PLC0415
    from publisher.problems import PublisherError  # noqa: PLC0415

    errors = [one for one in loaded.problems if not one.warning and one.place.path.startswith(_BEHIND_ITEMS)]
    if errors:
        raise PublisherError(errors)
    return items_form(loaded.bureau, words)


def _round(loaded: "Loaded", id_: str, words: Words) -> bytes:
    """What is wrong elsewhere does not matter; a row that could not be read would be lost."""
    from publisher.named import near  # noqa: PLC0415
    from publisher.opening import unknown  # noqa: PLC0415
    from publisher.outputs.round_form import round_form, too_long  # noqa: PLC0415
    from publisher.problems import Place, PublisherError, problem  # noqa: PLC0415

    bureau = loaded.bureau
    paths = (f"results/{id_}/", "content/companies", "content/schemes")
    errors = [one for one in loaded.problems if not one.warning and one.place.path.startswith(paths)]
    errors = [one for one in errors if one.code not in {"no-scores-yet", "not-filled"}]
    if id_ not in bureau.rounds:
        blank = [one for one in loaded.problems if one.place.path.startswith(paths[0])]
        raise PublisherError([*errors, *blank] or [unknown("unknown-round", id_, bureau.rounds)])
    if bureau.rounds[id_].scheme not in bureau.schemes:
        place, scheme = bureau.rounds[id_].origin.place("scheme"), bureau.rounds[id_].scheme
        errors.append(problem("unknown-scheme", place, scheme, near=near(scheme, bureau.schemes)))
    if not bureau.companies:
        errors.append(problem("no-companies", Place("content/companies.csv")))
    if errors:
        raise PublisherError(errors)
    path = f"results/{id_}/scores.xlsx"
    for sheet, rows in too_long(bureau, bureau.rounds[id_], words):
        errors.append(problem("form-too-long", Place(path, sheet=sheet), rows, round=id_))
    if errors:
        raise PublisherError(errors)
    return round_form(bureau, bureau.rounds[id_], words)


def _has_scores(loaded: "Loaded", id_: str) -> bool:
    """Whether the round has a table that the new one would stand beside."""
    return ("no-scores-yet", id_) not in {(one.code, one.value) for one in loaded.problems}
