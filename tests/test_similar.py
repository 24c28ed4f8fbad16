"""Texts that say nearly the same, against sets of pairs counted on paper."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import no_stall

from publisher.similar import ANSWERS_ALIKE, SHORTEST, alike

pytestmark = pytest.mark.unmeasured

tried = settings(deadline=None, max_examples=200, derandomize=True, database=None)
TEXT = "公司高度重视并已责成有关部门认真调查核实"
texts = st.text(alphabet="甲乙丙丁，。 A", max_size=40)


def pairs(*written: str, threshold: float = ANSWERS_ALIKE) -> list[tuple[str, str]]:
    """(the earlier, the later) of the texts: the first earlier one and, where it is another, the last."""
    found = alike([(str(number), text) for number, text in enumerate(written)], threshold)
    assert found is not None
    return [(one, id_) for id_, earlier in found.items() for one in sorted({earlier.first, earlier.last})]


def test_the_same_text_is_alike_whatever_its_punctuation_spaces_and_case() -> None:
    assert pairs(TEXT, "公司，高度重视；并已责成\n有关部门 认真调查核实！") == [("0", "1")]
    assert pairs("We take this very SERIOUSLY", "we take this, very seriously.") == [("0", "1")]


def test_one_sign_changed_is_alike_and_another_text_is_not() -> None:
    """20 signs make 19 pairs; one in the middle changed leaves 17 shared of 21: 0.81."""
    assert len(TEXT) == 20
    assert pairs(TEXT, TEXT.replace("部", "科")) == [("0", "1")]
    assert pairs(TEXT, TEXT.replace("部", "科"), threshold=17 / 21 + 0.001) == []
    assert pairs(TEXT, "阀门井已经修好地面恢复请小区居民到场查看确认") == []


@pytest.mark.parametrize(("length", "found"), [(SHORTEST, []), (SHORTEST + 1, [("0", "1")])])
def test_short_texts_are_never_alike(length: int, found: list[tuple[str, str]]) -> None:
    """The bound is on different pairs of signs: one sign over and over is one pair."""
    assert pairs(TEXT[:length], TEXT[:length]) == found
    assert pairs("好" * 50, "好" * 50) == []
    assert pairs("", "", "。" * 50) == []


def test_the_first_and_the_last_earlier_one_are_told() -> None:
    assert pairs(TEXT, TEXT, TEXT, TEXT) == [("0", "1"), ("0", "2"), ("1", "2"), ("0", "3"), ("2", "3")]


@tried
@given(st.lists(texts, max_size=5), st.sampled_from([0.25, 0.5, 0.6, 0.8, 1.0]))
def test_alike_is_the_share_of_common_pairs(written: list[str], threshold: float) -> None:
    bags = []
    for text in written:
        signs = text.replace("，", "").replace("。", "").replace(" ", "").lower()
        bags.append({signs[place : place + 2] for place in range(len(signs) - 1)})
    wanted = [
        (str(first), str(second))
        for second in range(len(bags))
        for first in range(second)
        if min(len(bags[first]), len(bags[second])) >= SHORTEST
        and len(bags[first] & bags[second]) / len(bags[first] | bags[second]) >= threshold
    ]
    ends = {(end([a for a, b in wanted if b == later]), later) for _, later in wanted for end in (min, max)}
    assert sorted(pairs(*written, threshold=threshold)) == sorted(ends)


def slowly(written: list[str], threshold: float) -> list[tuple[str, str]]:
    """Every pair of texts compared, as the rule says it; of the earlier ones of a text the first and the last."""
    bags = []
    for text in written:
        signs = "".join(sign for sign in text.casefold() if sign.isalnum())
        bags.append({signs[place : place + 2] for place in range(len(signs) - 1)})
    earlier = [
        [
            first
            for first in range(second)
            if min(len(bags[first]), len(bags[second])) >= SHORTEST
            and len(bags[first] & bags[second]) >= threshold * len(bags[first] | bags[second])
        ]
        for second in range(len(bags))
    ]
    return [
        (str(first), str(second))
        for second, found in enumerate(earlier)
        for first in sorted({*found[:1], *found[-1:]}, key=str)
    ]


def questions(count: int, seed: int) -> list[str]:
    """Texts as residents ask: some the same, some with a few signs changed, most of them different."""
    chance = Random(seed)  # noqa: S311  (no secret)
    signs = "水压低停账单缴费阀门井漏抄表换维修服务态度投诉热线小区楼道半夜早上经常没有人来处理为什么时候能够解决"
    themes = ["".join(chance.choice(signs) for _ in range(chance.randint(14, 60))) for _ in range(count // 20)]
    found = []
    for _ in range(count):
        text = list(chance.choice(themes))
        for _ in range(chance.choice([0, 0, 1, 2, 4, 8, 30])):
            text[chance.randrange(len(text))] = chance.choice(signs)
        found.append("".join(text))
    return found


@pytest.mark.parametrize("threshold", [0.25, 0.6, 2 / 3, 0.8, 1.0])
def test_the_quick_way_finds_what_comparing_every_pair_finds(threshold: float) -> None:
    written = questions(600, seed=7)
    found = pairs(*written, threshold=threshold)
    assert found == slowly(written, threshold)
    assert len(found) > 100


@tried
@given(st.lists(texts, max_size=12), st.sampled_from([0.25, 0.5, 0.6, 0.8, 1.0]))
def test_the_quick_way_keeps_the_order_of_the_texts(written: list[str], threshold: float) -> None:
    assert pairs(*written, threshold=threshold) == slowly(written, threshold)


def test_five_thousand_questions_of_one_company_take_seconds() -> None:
    """Comparing every pair took a minute and a half; the bound leaves room for a slow machine."""
    written = questions(5000, seed=3)
    with no_stall():
        assert len(pairs(*written, threshold=0.6)) > 1000


def test_texts_that_have_too_much_in_common_are_not_compared_for_ever() -> None:
    """Ten thousand texts of sixty signs in all: every one would be compared with every other."""
    chance = Random(1)  # noqa: S311  (no secret)
    written = [(str(n), "".join(chance.choices("水压低停账单缴费阀门井漏抄表换", k=40))) for n in range(10_000)]
    with no_stall():
        assert alike(written, 0.6) is None
    assert alike(written[:1000], 0.6) is not None


def test_thousands_of_equal_answers_are_told_at_once() -> None:
    with no_stall():
        found = alike([(str(n), TEXT) for n in range(20_000)], 0.8)
    assert found is not None
    assert (len(found), found["19999"].first, found["19999"].last) == (19_999, "0", "19998")


def test_a_text_within_a_longer_one_is_found_at_the_very_threshold() -> None:
    """21 signs make 20 pairs, their first 17 signs 16 of them: the tightest case for any bound."""
    text = "阀门井已经修好地面恢复请小区居民到场查看确认"[:21]
    assert pairs(text, text[:17], threshold=0.8) == [("0", "1")]
    assert pairs(text, text[4:], text[:17], threshold=0.8) == [("0", "1"), ("0", "2")]
