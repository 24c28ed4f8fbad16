"""`publisher verify`: proves a copy. Works anywhere: a reporter has the copy and nothing else."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from publisher.commands.keys import key_of
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.verify import Finding, Verdict

NOT_PROVED = 1
MOST_ALIKE = 300
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


def verify_command(words: Words) -> click.Command:
    @click.command("verify", help=words("cli.verify"))
    @click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
    @click.option("--older", metavar="DIR", type=FOLDER, help=words("cli.verify.older"))
    @click.option("--public-key", metavar="KEY", help=words("cli.verify.public-key"))
    def verify(folder: Path | None, older: Path | None, public_key: str | None) -> None:
        from publisher.verify import verify as verdict_of  # noqa: PLC0415

        key = key_of(public_key, words)
        found = verdict_of(folder or site_here(words), older=older, key=key)
        for line in lines_of(found, words):
            click.echo(line)
        sys.exit(0 if found.proved else NOT_PROVED)

    return verify


def site_here(words: Words) -> Path:
    """The copy that the current folder is, or the site of the bureau whose folder it is."""
    from publisher.addresses import SUMS  # noqa: PLC0415

    if (Path.cwd() / SUMS).is_file():
        return Path.cwd()
    site = Path.cwd() / "site"
    if not (Path.cwd() / "content" / "site.yaml").is_file() or not site.is_dir():
        raise click.UsageError(words("cli.verify.no-folder", folder=Path.cwd()))
    return site


def lines_of(found: "Verdict", words: Words) -> Iterator[str]:
    """Each finding in a line, then the verdict, then the figures to note down."""
    yield from findings_told(found.findings, words)
    if found.proved:
        yield words("verify.proved.older" if found.compared else "verify.proved")
    else:
        yield words("verify.not-proved", n=sum(not one.told for one in found.findings))
    if found.sums:
        yield words("verify.sums", hash=found.sums)
        yield words("verify.count", n=found.files)
    if found.proved and not found.signed_by and not found.compared:
        yield words("verify.unread", n=found.unread)
    if found.last:
        yield words("verify.last", line=found.last.n, at=words.moment(found.last.at), hash=found.last.hash)
    if found.signed_by:
        from publisher.messages import shown  # noqa: PLC0415

        yield words("verify.signed", number=found.signed_by, comment=shown(found.comment, 200))


def findings_told(findings: "Sequence[Finding]", words: Words) -> Iterator[str]:
    """Of many alike the first few hundred and how many there are."""
    seen: Counter[str] = Counter()
    for one in findings:
        seen[one.code] += 1
        if seen[one.code] <= MOST_ALIKE:
            yield _line(one, words)
    for code, count in seen.items():
        if count > MOST_ALIKE:
            yield words("verify.more", count=count - MOST_ALIKE, code=code)


def _line(one: "Finding", words: Words) -> str:
    from publisher.messages import shown  # noqa: PLC0415

    where = shown(one.path, 300)
    if one.line:
        where = words("verify.where", path=where, line=one.line)
    what = words(f"verify.found.{one.code}", **{name: _detail(value, words) for name, value in one.details})
    mark = words("verify.told") if one.told else ""
    return f"{mark}{where}{words('list.colon') if where else ''}{what} [{one.code}]"


def _detail(value: Any, words: Words) -> Any:
    from publisher.messages import shown  # noqa: PLC0415

    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.day(value)
    return shown(value, 200) if isinstance(value, str) else value
