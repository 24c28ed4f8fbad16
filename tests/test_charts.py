"""Trends and bars: intervals are drawn, the axis holds them, figures stand above them; how grades are shaded."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.analyse.indicators import utmost
from publisher.model.figures import Figure, Interval, State
from publisher.model.results import Tally
from publisher.model.scheme import Grade
from publisher.pages.charts import Drawing, Spot, Trend, stacked, trend

VALUES = ("0", "37.5", "76.52", "99.99", "100")
SIDES = ("0", "0.01", "3.7", "20")


def spot(value: str, low: str = "", high: str = "", *, marked: bool = False) -> Spot:
    interval = Interval(Decimal(low), Decimal(high)) if low else None
    figure = Figure(State.VALUE, "points", printed=Decimal(value), interval=interval)
    return Spot("一期", "r.html", figure, marked=marked)


def read(drawn: Trend, y: float) -> float:
    """The value at a height, by the two outermost grid lines."""
    first, last = drawn.gridlines[0], drawn.gridlines[-1]
    return first.value + (y - first.y) * (last.value - first.value) / (last.y - first.y)


@pytest.mark.parametrize(("value", "side"), [*product(VALUES, SIDES)])
def test_an_interval_is_drawn_from_end_to_end_within_the_axis(value, side):
    low, high = Decimal(value) - Decimal(side), Decimal(value) + Decimal(side)
    drawn = trend([spot("50"), spot(value, str(low), str(high))])
    x, rest = drawn.spans.removeprefix("M").split(" ")
    bottom, top = map(float, rest.split("V"))
    near = (drawn.gridlines[-1].value - drawn.gridlines[0].value) / 1000
    assert float(x) == drawn.marks[1].x
    assert read(drawn, bottom) == pytest.approx(float(low), abs=near)
    assert read(drawn, top) == pytest.approx(float(high), abs=near)
    assert drawn.marks[1].top == top, "its figure stands above it"
    assert drawn.top <= top <= bottom <= drawn.baseline


def test_without_intervals_nothing_is_drawn_of_them():
    drawn = trend([spot("50"), spot("60")])
    assert drawn.spans == ""
    assert [one.top for one in drawn.marks] == [one.y for one in drawn.marks]


def test_noise_does_not_fill_the_height_of_a_chart():
    """Two points apart within intervals of ten: the axis is at least as high as the intervals."""
    plain, sure = trend([spot("80"), spot("82")]), trend([spot("80", "75", "85"), spot("82", "77", "87")])
    rise = [abs(one.marks[1].y - one.marks[0].y) / (one.baseline - one.top) for one in (plain, sure)]
    assert rise[0] == 1
    assert rise[1] < 1 / 4


def test_a_mark_is_explained_where_one_is_drawn():
    assert not trend([spot("80"), spot("82")]).marked
    assert trend([spot("80"), spot("82", marked=True)]).marked
    missing = Spot("一期", "r.html", Figure(State.NOT_SURVEYED, "points"), marked=True)
    assert not trend([spot("80"), missing, spot("82")]).marked


SPOTS = st.builds(
    spot,
    st.integers(20, 80).map(str),
    *(st.just(""),) * 2,
    marked=st.booleans(),
) | st.builds(lambda value, side: spot(str(value), str(value - side), str(value + side)), *(st.integers(20, 80),) * 2)
NONE = Spot("一期", "r.html", Figure(State.NOT_SURVEYED, "points"))


@given(st.lists((SPOTS | st.just(NONE)).flatmap(lambda one: st.sampled_from([one, replace(one, broken=True)]))))
def test_a_line_drawn_up_to_every_round_is_that_of_these_rounds_alone(spots):
    """Whatever was drawn of it before."""
    drawing = Drawing(spots)
    for count in [*range(len(spots), -1, -1), len(spots)]:
        assert drawing.until(count) == trend(spots[:count])


def grade(id_: str, points: int) -> Grade:
    return Grade(id=id_, name=id_, points=Fraction(points), satisfied=points >= 80, dissatisfied=points <= 40)


@pytest.mark.parametrize(
    ("points", "wanted"),
    [((100, 80, 60, 40, 0), {100, 0}), ((0, 40, 60, 80, 100), {100, 0}), ((100, 60, 0), set()), ((90, 80, 0), {90})],
)
def test_the_ends_of_several_grades_stand_out(points, wanted):
    """Whatever the order in which a scheme lists its grades; one good grade alone is not set against another."""
    assert {int(one.points) for one in utmost([grade(f"g{n}", n) for n in points])} == wanted


def test_a_shade_is_the_tone_and_its_end():
    assert Tally("grade", 3, Decimal(1), "good", grade("a", 100), utmost=True).shade == "good utmost"
    assert Tally("grade", 3, Decimal(1), "bad").shade == "bad"


def test_parts_of_a_bar_cover_each_other_from_its_beginning():
    assert [(one.end, one.tone) for one in stacked([(3, "good utmost"), (0, "good"), (1, "bad")])] == [
        (100.0, "bad"),
        (75.0, "good utmost"),
    ]
