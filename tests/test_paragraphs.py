"""Markdown that is written without the library is, byte for byte, what the library writes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.markup import _renderer
from publisher.paragraphs import written

ROOT = Path(__file__).parent.parent
PLAIN = [
    "甲",
    "乙 b",
    "1",
    "2.5",
    "%",
    "，",
    "。",
    "：",
    "“",
    "(",
    "\n",
    "\n\n",
    "**",
    "**甲**",
    "- ",
    "\n- ",
    "\n\n- ",
    " ",
]
MARKED = [
    *("~", "@"),
    *(
        "*",
        "_",
        "#",
        "+",
        "-",
        "--",
        "1. ",
        ".",
        "|",
        "&",
        "<",
        ">",
        "<p>",
        "`",
        "\\",
        "!",
        "[",
        "]",
        "[a](b)",
        "=",
        "~",
    ),
    *(
        "\t",
        "\r",
        "\u3000",
        "\xa0",
        "\x85",
        "\u2028",
        "\x02",
        "\x03",
        "  \n",
        "    ",
        "０",
        "①",
        "é",
        "http://a.b",
        "@",
    ),
]


def library(text):
    return _renderer(2).reset().convert(text)


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PLAIN) | st.sampled_from([*PLAIN, *MARKED]), max_size=14).map("".join))
def test_a_text_is_written_as_the_library_writes_it_or_not_at_all(text):
    assert written(text) in {None, library(text)}


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PLAIN), max_size=10).map("".join))
def test_a_text_with_plain_marks_is_written_as_the_library_writes_it(text):
    assert written(text) in {None, library(text)}


@pytest.mark.parametrize(
    "text",
    [
        "一段。",
        "\n\n两行\n一段。\n\n另一段，**要紧**的100%。\n",
        "以下：\n\n- 一\n- **二**三\n\n完。\n\n- 四",
        "- 一\n\n“二”（2.50）：三？",
    ],
)
def test_what_most_statements_are_needs_no_library(text):
    assert written(text) == library(text) is not None


@pytest.mark.parametrize(
    "text", ["", "- 一\n\n- 二", "一\n- 二", "1. 一", "**一", "****", "一  \n二", "　一", "# 一", "_一_"]
)
def test_what_is_written_otherwise_goes_to_the_library(text):
    assert written(text) is None


def test_statements_of_the_sample_are_written_as_the_library_writes_them():
    texts = [path.read_text("utf-8").rpartition("---")[2] for path in (ROOT / "content").rglob("*.md")]
    found = [(written(text), text) for text in texts]
    assert all(html == library(text) for html, text in found if html is not None)
    assert any(html for html, _ in found)


@pytest.mark.parametrize("text", ["**a " * 9_000, "甲 乙" * 9_000 + "*", "**甲**" * 9_000, "- 甲\n" * 9_000 + "_"])
def test_a_long_text_that_is_almost_plain_is_looked_through_once(text):
    """Otherwise this would not end."""
    assert written(text) is None
