"""`publisher status`: what the quarter still lacks."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from publisher.commands.folder import root_of
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.checking import Checked
    from publisher.model.bureau import Bureau
    from publisher.outstanding import Lack

_WIDTH = 300
_MOST = 10
"""Lines of one kind; of more there is a count."""


def status_command(words: Words) -> click.Command:
    @click.command("status", help=words("cli.status"))
    @as_of_option(words)
    @click.option("--json", "as_json", is_flag=True, help=words("cli.status.json"))
    def status(as_of: str | None, *, as_json: bool) -> None:
        from publisher.checking import checked  # noqa: PLC0415
        from publisher.outstanding import lacks  # noqa: PLC0415

        root = root_of(words)
        found = checked(root, moment_of(as_of, words), present, root / "site")
        lacking = lacks(found.bureau, found.as_of, whole=not found.errors)
        if as_json:
            told = {"as_of": found.as_of.isoformat(), "faults": len(found.errors), "lacks": _as_data(lacking)}
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for line in _lines(found, lacking, words):
            click.echo(line)

    return status


def _lines(found: "Checked", lacking: "tuple[Lack, ...]", words: Words) -> Iterator[str]:
    """A heading with a count for every kind, and a line for each under it."""
    from publisher.outstanding import grouped  # noqa: PLC0415

    yield words("status.title", moment=words.moment(found.as_of))
    if found.errors:
        yield words("status.faults", n=len(found.errors))
    for kind, some in grouped(lacking).items():
        yield words(f"status.{kind}", n=len(some))
        yield from (f"  {line}" for one in some[:_MOST] if (line := _line(one, found.bureau, words)))
        if len(some) > _MOST:
            yield f"  {words('status.more', n=len(some) - _MOST)}"


def _line(one: "Lack", bureau: "Bureau", words: Words) -> str:
    """What it is about, who, and by when; parts that are not known are left out."""
    from publisher.messages import shown  # noqa: PLC0415

    stop = words("status.and")
    companies = (words.short(bureau.companies[id_]) if id_ in bureau.companies else id_ for id_ in one.companies)
    stages = (words(f"choice.signoff.{stage}") for stage in one.stages)
    parts = [_subject(one, words), words("message.list").join(companies), words("message.list").join(stages)]
    if one.kind == "unanswered":
        parts.append(words("status.waited", n=one.days))
    elif one.days:
        parts.append(words("status.over", n=one.days))
    if one.day:
        key = "status.day.late" if one.late else "status.day" if one.subject else "status.day.plain"
        parts.append(words(key, day=words.day(one.day)))
    return shown(stop.join(part for part in parts if part), _WIDTH)


def _subject(one: "Lack", words: Words) -> str:
    from publisher.messages import shown  # noqa: PLC0415
    from publisher.model.records import Notice, Round  # noqa: PLC0415

    match one.subject:
        case None:
            return ""
        case Round() as round_:
            english = round_.title_en if words.language == "en" else None
            title = english or round_.title or words.period(round_.period.start, round_.period.end)
            return words("status.named", id=round_.id, title=title)
        case Notice() as notice:
            return words("status.named", id=notice.id, title=shown(notice.title))
        case life:
            return words("status.named", id=life.item.id, title=shown(life.promise or life.item.question, 30))


def _as_data(lacking: "tuple[Lack, ...]") -> list[dict[str, Any]]:
    """For programs: ids, not names."""
    from publisher.ledger import Life  # noqa: PLC0415

    return [
        {
            "kind": one.kind,
            "id": one.subject.item.id if isinstance(one.subject, Life) else one.subject.id if one.subject else None,
            "companies": list(one.companies),
            "stages": list(one.stages),
            "day": one.day.isoformat() if one.day else None,
            "days": one.days,
        }
        for one in lacking
    ]
