"""A scorecard tells few questions in full, of many only some, and never loses one in silence."""

import re
from types import SimpleNamespace

import pytest
from test_long_meeting import MANY, meeting
from test_modes import MOST_OF_A_SCORECARD, weight

from publisher.pages.asked import MOST_IN_FULL, MOST_LISTED, asked_of


def parts(carried, raised):
    """For so many carried over and so many raised since: (in full, with a line, only counted) of each."""
    lives = [f"old {n}" for n in range(carried)], [f"new {n}" for n in range(raised)]
    publication = SimpleNamespace(carried_over=lambda *_: lives[0], raised_in=lambda *_: lives[1])
    found = asked_of(publication, SimpleNamespace(round=None, company=None))
    for one, all_ in zip(found, lives, strict=True):
        assert [*one.full, *one.lines] == all_[: len(all_) - one.more]
        assert one.any == bool(all_)
    return [(len(one.full), len(one.lines), one.more) for one in found]


@pytest.mark.parametrize(
    ("carried", "raised", "told"),
    [
        (0, 0, [(0, 0, 0), (0, 0, 0)]),
        (0, 12, [(0, 0, 0), (12, 0, 0)]),
        (5, 7, [(5, 0, 0), (7, 0, 0)]),
        (12, 0, [(12, 0, 0), (0, 0, 0)]),
        (0, 13, [(0, 0, 0), (4, 9, 0)]),
        (12, 1, [(3, 9, 0), (1, 0, 0)]),
        (13, 14, [(0, 13, 0), (4, 10, 0)]),
        (30, 2, [(2, 24, 4), (2, 0, 0)]),
        (20, 100, [(0, 20, 0), (4, 4, 92)]),
        (200, 200, [(0, 24, 176), (4, 0, 196)]),
    ],
)
def test_few_are_told_in_full_and_of_many_none_is_lost(carried, raised, told):
    assert parts(carried, raised) == told


def test_the_scorecard_of_a_company_that_is_asked_very_much_stays_light(copy_of, sample):
    """It says how many more there are and where they stand."""
    html = meeting(copy_of, MANY, "rounds/2026-q2/water-a.html")
    assert html.count('<article class="item"') == MOST_IN_FULL
    questions = html.partition('<section id="questions"')[2].partition("</section>")[0]
    assert questions.count("<li>") == MOST_LISTED
    (more,) = re.findall(r"另有(\d+)件没有列在这里", questions)
    whole = meeting(copy_of, MANY, "companies/water-a.html").count('<article class="item"')
    assert whole == MOST_IN_FULL + MOST_LISTED + int(more) > MANY
    assert 'href="../../companies/water-a.html#questions"' in questions
    shared = sum(weight((sample / "assets" / name).read_bytes()) for name in ("style.css", "page.js"))
    assert weight(html.encode()) + shared <= MOST_OF_A_SCORECARD
