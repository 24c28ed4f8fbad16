"""A round may be typed as Windows shows it."""

import click
import pytest

from publisher.commands.typed import id_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-q3", "2026-q3"),
        ("2026-Q3", "2026-q3"),
        ("results\\2026-q3", "2026-q3"),
        ("results/2026-q3/", "2026-q3"),
        (r'"D:\我的 单位\results\2026-Q3\scores.xlsx"', "2026-q3"),
        ("２０２６-q3", "2026-q3"),
        ("content\\notices\\heating.md", "heating"),
        ("record", "record"),
        ("", ""),
    ],
)
def test_what_is_typed_for_a_round_is_its_id(typed: str, meant: str) -> None:
    command = click.Command("x", params=[click.Option(["--round"], callback=id_typed)])
    with command.make_context("x", ["--round", typed]) as context:
        assert context.params["round"] == meant
