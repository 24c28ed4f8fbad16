"""A round may be typed as Windows shows it, words on a console that names no encoding."""

import click
import pytest

from publisher.commands.typed import id_typed, words_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-q3", "2026-q3"),
        ("2026-Q3", "2026-q3"),
        ("results\\2026-q3", "2026-q3"),
        ("results/2026-q3/", "2026-q3"),
        (r'"D:\我的 单位\results\2026-Q3\scores.xlsx"', "2026-q3"),
        ("２０２６-q3", "2026-q3"),
        ("record", "record"),
        ("", ""),
    ],
)
def test_what_is_typed_for_a_round_is_its_id(typed: str, meant: str) -> None:
    command = click.Command("x", params=[click.Option(["--round"], callback=id_typed)])
    with command.make_context("x", ["--round", typed]) as context:
        assert context.params["round"] == meant


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_words_are_what_was_typed_where_python_could_not_read_the_bytes(encoding: str) -> None:
    command = click.Command("x", params=[click.Option(["--name"], callback=words_typed)])
    typed = "某市城管局".encode(encoding).decode("ascii", "surrogateescape")
    for said in (typed, "某市城管局"):
        with command.make_context("x", ["--name", said]) as context:
            assert context.params["name"] == "某市城管局"
