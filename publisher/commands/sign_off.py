"""`publisher sign-off`: the lines of a sign-off for a file that staff keep themselves, printed or put into it."""

from typing import TYPE_CHECKING

import click

from publisher.commands.folder import root_of
from publisher.commands.moment import present
from publisher.commands.typed import words_typed
from publisher.words import Words

if TYPE_CHECKING:
    from publisher.signing_off import Left, SignLines

_STAGES = ("draft", "review1", "review2", "issue")


def sign_off_command(words: Words) -> click.Command:
    names = {words(f"choice.signoff.{stage}"): stage for stage in _STAGES}
    both = [words("cli.sign-off.stage", stage=stage, name=name) for name, stage in names.items()]

    @click.command("sign-off", help=words("cli.sign-off", stages=words("message.list").join(both)))
    @click.argument("subject", metavar="ROUND")
    @click.argument("stage", metavar="STAGE", type=click.Choice([*_STAGES, *names], case_sensitive=False))
    @click.option("--name", metavar="NAME", required=True, callback=words_typed, help=words("cli.sign-off.name"))
    @click.option("--post", metavar="POST", required=True, callback=words_typed, help=words("cli.sign-off.post"))
    @click.option("--opinion", metavar="TEXT", default=None, callback=words_typed, help=words("cli.sign-off.opinion"))
    @click.option("--write", is_flag=True, help=words("cli.sign-off.write"))
    def sign_off(subject: str, stage: str, name: str, post: str, opinion: str | None, *, write: bool) -> None:
        from publisher.commands.folder import stop  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.signing_off import by_hand, lines_to_paste, signing_of, written  # noqa: PLC0415

        for option, value in (("--name", name), ("--post", post)):
            if not value.strip():
                raise click.BadParameter(words("cli.sign-off.empty"), param_hint=option)
        root, stage = root_of(words), names.get(stage, stage)
        who = {"name": name, "post": post, "opinion": opinion}
        try:
            signing = signing_of(root, subject, stage, who, present)
            made = lines_to_paste(signing)
            left = written(root, signing) if write else None
        except PublisherError as error:
            stop(error.problems, words)
        if left:
            _tell(made, stage, left, words)
        else:
            _print(made, stage, words)
        if not made.asked:
            click.echo(words("cli.sign-off.not-asked"), err=True)
        for other in made.same:
            click.echo(words("cli.sign-off.same", name=name, stage=words(f"choice.signoff.{other}")), err=True)
        if write and not left:
            stop([by_hand(signing)], words)

    return sign_off


def _print(made: "SignLines", stage: str, words: Words) -> None:
    within = words("cli.sign-off.within") if made.path.endswith(".md") else ""
    click.echo(words(f"cli.sign-off.{made.where}", path=made.path, within=within, stage=stage))
    for line in made.lines:
        click.echo(line)


def _tell(made: "SignLines", stage: str, left: "Left", words: Words) -> None:
    """What was written, and what comes next."""
    click.echo(words("cli.sign-off.written", path=made.path, stage=words(f"choice.signoff.{stage}")))
    for key, stages in (("cli.sign-off.void", left.void), ("cli.sign-off.missing", left.missing)):
        if stages:
            named = [words(f"choice.signoff.{one}") for one in stages]
            click.echo(words(key, stages=words("message.list").join(named)))
    if made.asked and not left.void and not left.missing:
        click.echo(words("cli.sign-off.complete"))
