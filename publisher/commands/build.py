"""`publisher build`: the site."""

import re
import time
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import click

from publisher.commands.folder import is_among_inputs, root_of, stop
from publisher.commands.held import lines_of_held
from publisher.commands.moment import as_of_option, moment_of, present
from publisher.commands.preview import build_preview
from publisher.commands.progress import Progress
from publisher.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.commands.again import Attempt


_CLUSTER = re.compile(r"dask://[^/\s:]+:[0-9]{1,5}")


def build_command(words: Words) -> click.Command:
    @click.command("build", help=words("cli.build"))
    @as_of_option(words)
    @click.option("--jobs", metavar="N", type=click.IntRange(1, 64), default=None, help=words("cli.build.jobs"))
    @click.option(
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=words("cli.build.output"),
    )
    @click.option("--executor", metavar="URL", default=None, help=words("cli.build.executor"))
    @click.option("--preview", is_flag=True, help=words("cli.build.preview"))
    @click.option("--company", metavar="ID", default=None, help=words("cli.build.company"))
    def build(
        as_of: str | None,
        jobs: int | None,
        output: Path | None,
        executor: str | None,
        *,
        preview: bool,
        company: str | None,
    ) -> None:
        from publisher.commands.again import attempt, last_build  # noqa: PLC0415

        started = time.perf_counter()
        root = root_of(words)
        if executor is not None and (not _CLUSTER.fullmatch(executor) or preview or (jobs or 1) > 1):
            raise click.BadParameter(words("cli.build.executor.wrong"), param_hint="--executor")
        if preview:
            build_preview(root, output, moment_of(as_of, words), words, company=company, jobs=jobs)
            return
        if company is not None:
            raise click.BadParameter(words("cli.build.company.alone"), param_hint="--company")
        if output is not None and is_among_inputs(output, root):
            raise click.BadParameter(words("cli.build.output.wrong", folder=output), param_hint="--output")
        one = attempt(root, output or root / "site", as_of, words.language)
        if last := last_build(one):
            _tell(last.files, 0, 0, time.perf_counter() - started, words)
            _tell_rest(last.lines, words, unprinted=last.unprinted)
            return
        _build(one.begun(), as_of, words, jobs, executor, started)

    return build


def _build(
    one: "Attempt", as_of: str | None, words: Words, jobs: int | None, executor: str | None, started: float
) -> None:
    from publisher.aside import aside  # noqa: PLC0415
    from publisher.build import build_checked, checked_and_computed, unnoticed  # noqa: PLC0415
    from publisher.checking import checked  # noqa: PLC0415
    from publisher.cluster import cluster  # noqa: PLC0415
    from publisher.commands.again import CACHE, keep_found, kept_of, remember, sound_rows  # noqa: PLC0415
    from publisher.messages import lines_of  # noqa: PLC0415
    from publisher.problems import PublisherError  # noqa: PLC0415
    from publisher.released import held_back  # noqa: PLC0415
    from publisher.working import crew  # noqa: PLC0415

    kept, beside = kept_of(one), aside(jobs)
    try:
        with Progress(words) as progress:
            folder = one.root, moment_of(as_of, words), present, one.site
            check = partial(checked, *folder, cleared=kept.cleared, known=kept.known, aside=beside)
            found, publication = checked_and_computed(check, lambda site: kept.read(one, site))
            held = lines_of_held(held_back(found.bureau, found.as_of), found.as_of, words)
            sound = sound_rows(found, kept.rounds)
            found = found.without_rows()
            written = build_checked(
                found,
                one.root,
                one.site,
                workers=cluster(executor, one.root / CACHE, token_hex(8)) if executor else crew(jobs),
                aside=beside,
                progress=progress.step,
                memory=kept.memory,
                seen=one.seen,
                publication=publication,
            )
    except PublisherError as error:
        stop(error.problems, words)
    lines = [*lines_of(unnoticed(one.root), words), *held]
    as_read = remember(one, found.bureau, written, lines, kept.memory)
    keep_found(one, kept, sound if as_read else {})
    _tell(written.pages, written.changed, written.removed, time.perf_counter() - started, words)
    _tell_rest(lines, words, unprinted=written.unprinted, unsigned=written.unsigned)


def _tell(files: int, changed: int, removed: int, seconds: float, words: Words) -> None:
    """How much there is, and how much of it is new."""
    click.echo(words("cli.build.done", n=files, changed=changed, removed=removed, seconds=f"{seconds:.1f}"))


def _tell_rest(lines: "Sequence[str]", words: Words, *, unprinted: bool, unsigned: bool = False) -> None:
    """What was left out, what waits, and whether the signature went."""
    if unprinted:
        click.echo(words("cli.build.unprinted"))
    if unsigned:
        click.echo(words("cli.build.unsigned"))
    for line in lines:
        click.echo(line)
