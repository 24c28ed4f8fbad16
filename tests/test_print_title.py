"""How a title is cut into lines."""

from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.press.title import MOST, _width, title_lines
from publisher.words import words_of

ENDS = words_of("zh-Hans")("print.title.ends").split("/")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于评价结果的通报", ["关于评价结果的通报"]),
        ("关于2026年第三季度供水供热企业服务评价结果的通报", ["关于2026年第三季度", "供水供热企业服务评价结果的通报"]),
        ("关于明焰燃气有限公司指定品牌报警器问题的公告", ["关于明焰燃气有限公司", "指定品牌报警器问题的公告"]),
    ],
)
def test_a_title_is_cut_between_words_into_lines_of_a_trapezoid(title, lines):
    assert title_lines(title, {"明焰燃气有限公司"}, ENDS) == lines


def test_no_name_and_no_number_is_cut():
    name = "阳光新区第二供水有限责任公司"
    title = f"关于对{name}2026年度服务质量进行全面检查和通报批评的决定"
    lines = title_lines(title, {name}, ENDS)
    assert len(lines) > 1
    assert any(name in line for line in lines)
    assert any("2026年" in line for line in lines)


def test_a_title_that_no_four_lines_hold_is_left_to_the_layout():
    assert title_lines("好" * 200) == ["好" * 200]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="关于的通报企业（）《》，。1260 Ab", min_size=1, max_size=45))
def test_no_letter_is_lost_and_no_line_is_too_long_or_begins_with_a_closing_sign(title):
    title = " ".join(title.split())
    lines = title_lines(title, (), ENDS)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    if lines != [title]:
        assert max(map(_width, lines)) <= MOST
        for before, after in pairwise(lines):
            assert category(after[0]) not in {"Pe", "Pf", "Po"}
            assert category(before[-1]) not in {"Ps", "Pi"}
