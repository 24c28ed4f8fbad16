"""`publisher new`: a file with its front matter to complete."""

import sys
from typing import TYPE_CHECKING, Any

import click

from publisher.commands.folder import root_of, stop
from publisher.commands.moment import present
from publisher.commands.typed import id_typed
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.problems import Problem, PublisherError
    from publisher.scaffold import Kind, Wish

NAMES = ("round", "notice", "statement", "response", "meeting", "correction", "withdrawal")
"""Those of publisher/scaffold/wanted.py, which is imported when the command runs."""


def new_command(words: Words) -> click.Command:
    named = {words(f"cli.new.{name}"): name for name in NAMES}

    @click.command("new", help=words("cli.new"))
    @click.argument(
        "what", metavar="KIND", type=click.Choice(list(dict.fromkeys([*NAMES, *named])), case_sensitive=False)
    )
    @click.argument("ids", metavar="[ID]...", nargs=-1)
    @click.option("--scheme", metavar="ID", help=words("cli.new.scheme"))
    @click.option("--round", "round_", metavar="ROUND", callback=id_typed, help=words("cli.new.for-round"))
    @click.option("--company", "companies", metavar="ID", multiple=True, help=words("cli.new.company"))
    @click.option("--kind", "sort", metavar="KIND", help=words("cli.new.kind"))
    def new(what: str, ids: tuple[str, ...], scheme: str, round_: str, companies: tuple[str, ...], sort: str) -> None:
        from publisher.scaffold import KINDS  # noqa: PLC0415

        name = named.get(what, what)
        kind = KINDS[name]
        said = {"scheme": scheme, "round": round_, "company": companies, "kind": sort}
        _refuse_others(name, kind, said, words)
        sort = _sort(kind, sort, round_, words)
        found = _ids(name, kind, ids, round_ if sort == "results" else "", words)
        _write(_wish(name, found, said, sort), words)

    return new


def _refuse_others(name: str, kind: "Kind", said: dict[str, Any], words: Words) -> None:
    for option, value in said.items():
        if value and option not in kind.options:
            raise click.UsageError(words("cli.new.not-for", option=f"--{option}", kind=name))


def _sort(kind: "Kind", given: str | None, round_: str | None, words: Words) -> str:
    """The usual one if left out; a notice without a round announces no results."""
    if given and given not in kind.sorts:
        raise click.UsageError(words("cli.new.kind.wrong", value=given, allowed=words("message.list").join(kind.sorts)))
    if not kind.sorts:
        return ""
    usual = kind.sorts[1] if kind.sorts[0] == "results" and not round_ else kind.sorts[0]
    if given == "results" and not round_:
        raise click.UsageError(words("cli.new.results-need-round"))
    return given or usual


def _ids(name: str, kind: "Kind", given: tuple[str, ...], results_of: str, words: Words) -> dict[str, str]:
    """In the order of the path; what lacks is asked for on a terminal."""
    if results_of and not given:
        given = (f"{results_of}-results",)
    found = list(given)
    while len(found) < len(kind.ids) and sys.stdin.isatty():
        found.append(click.prompt(words(f"cli.new.ask.{kind.ids[len(found)]}")).strip())
    if len(found) != len(kind.ids):
        example = words(f"cli.new.example.{name}")
        raise click.UsageError(words("cli.new.ids", n=len(kind.ids), example=example))
    return dict(zip(kind.ids, found, strict=True))


def _wish(name: str, ids: dict[str, str], said: dict[str, Any], sort: str) -> "Wish":
    from publisher.scaffold import Wish  # noqa: PLC0415

    return Wish(name, ids, said["scheme"] or "", said["round"] or "", said["company"], sort)


def _write(wish: "Wish", words: Words) -> None:
    from publisher.checking import checked  # noqa: PLC0415
    from publisher.problems import PublisherError  # noqa: PLC0415
    from publisher.scaffold import made  # noqa: PLC0415
    from publisher.write import write_new  # noqa: PLC0415

    root = root_of(words)
    found = checked(root, present)
    faults = [one for one in found.errors if one.code not in _BLANK and one.place.path.startswith(_RESULTS)]
    settings = [one for one in faults if one.place.path == "content/site.yaml"]
    if settings:
        stop(settings, words)
    try:
        readable = not found.errors or any(one.code in _CHANGED for one in found.errors)
        file = made(wish, found.bureau, words, sound=not faults, readable=readable)
        write_new(root / file.path, file.data, file.path, folders=True)
    except PublisherError as error:
        stop([*error.problems, *_behind(error, faults)], words)
    click.echo(words("cli.new.done", path=file.path))
    if wish.sort == "results":
        without = "cli.new.nothing-low" if file.spoken else "cli.new.unbound"
        click.echo(words("cli.new.bound", n=file.bound) if file.bound else words(without))
    covers = words("cli.new.covers", n=file.covers) if file.covers else ""
    click.echo(covers or words(f"cli.new.next.{wish.kind}", id=wish.ids.get("id", "")))


_BLANK = frozenset({"not-filled", "address-not-filled"})
_CHANGED = frozenset(
    {"sealed-changed", "sealed-changed-more", "sealed-row-gone", "sealed-row-new", "sealed-back-dated"}
)
"""What is only told of a folder that could be read."""
_RESULTS = ("results", "content/schemes", "content/companies", "content/site")
"""Where faults lie that keep results from being spoken of."""
_UNREAD = {
    "unknown-company": "content/companies",
    "unknown-scheme": "content/schemes/{}",
    "unknown-round": "results/{}/",
}


def _behind(error: "PublisherError", faults: "list[Problem]") -> "list[Problem]":
    """What seems unknown may be there and could not be read."""
    paths = tuple(_UNREAD[one.code].format(one.value) for one in error.problems if one.code in _UNREAD)
    return [one for one in faults if paths and one.place.path.startswith(paths)]
