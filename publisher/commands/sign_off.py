"""`publisher sign-off`: the lines of a sign-off to be put into a file that staff keep themselves."""

import click

from publisher.commands.folder import root_of
from publisher.commands.moment import present
from publisher.commands.typed import words_typed
from publisher.words import Words

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
    def sign_off(subject: str, stage: str, name: str, post: str, opinion: str | None) -> None:
        from publisher.commands.folder import stop  # noqa: PLC0415
        from publisher.problems import PublisherError  # noqa: PLC0415
        from publisher.signing_off import lines_to_paste  # noqa: PLC0415

        for option, value in (("--name", name), ("--post", post)):
            if not value.strip():
                raise click.BadParameter(words("cli.sign-off.empty"), param_hint=option)
        stage = names.get(stage, stage)
        who = {"name": name, "post": post, "opinion": opinion}
        try:
            made = lines_to_paste(root_of(words), subject, stage, who, present)
        except PublisherError as error:
            stop(error.problems, words)
        within = words("cli.sign-off.within") if made.path.endswith(".md") else ""
        click.echo(words(f"cli.sign-off.{made.where}", path=made.path, within=within, stage=stage))
        for line in made.lines:
            click.echo(line)
        if not made.asked:
            click.echo(words("cli.sign-off.not-asked"), err=True)
        for other in made.same:
            click.echo(words("cli.sign-off.same", name=name, stage=words(f"choice.signoff.{other}")), err=True)

    return sign_off
