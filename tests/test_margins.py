"""The error of sampling: its rules, documented values, and whether the intervals hold the truth as often as they say.

Coverage is summed up exactly where there are few outcomes, and found by drawing with a fixed seed elsewhere.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import comb
from random import Random
from statistics import NormalDist

import pytest
import recompute_margins
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from scipy import stats

from publisher.analyse.margins import (
    Estimate,
    Sampling,
    effective_size,
    exceeds,
    of_mean,
    of_share,
    summed,
    together,
    within,
)
from publisher.analyse.printing import change_of
from publisher.model.figures import Figure, Interval, Margin, State

TINY = Decimal("1e-18")
POINTS = (100, 80, 60, 40, 0)


def tried(*strategies):
    """`given`, the same examples each time."""
    same = settings(deadline=None, max_examples=150, derandomize=True, database=None)
    return lambda test: same(given(*strategies)(test))


def share(good: int, n: int, population: int | None = None, effect: str = "1") -> Estimate:
    """In percent."""
    return of_share(Decimal(good) / n, n, Sampling(population, Fraction(effect)), 100)


def mean(counts: tuple[int, ...], population: int | None = None, effect: str = "1") -> Estimate:
    return of_mean(dict(zip(map(Fraction, POINTS), counts, strict=True)), Sampling(population, Fraction(effect)))


def average(counts: tuple[int, ...]) -> Fraction:
    return Fraction(sum(points * n for points, n in zip(POINTS, counts, strict=True)), sum(counts))


def tenths(*ends: Decimal) -> list[str]:
    return [str(round(end, 1)) for end in ends]


@some.composite
def samples(draw) -> tuple[int, int, int | None, str]:
    """(good answers, answers, population or none, design effect); not everybody was asked."""
    n = draw(some.integers(1, 3000))
    good = draw(some.sampled_from((0, n)) | some.integers(0, n))
    population = draw(some.none() | some.integers(n + 1, 10 * n + 100))
    return good, n, population, draw(some.sampled_from(("1", "1.5", "2", "3.25")))


# -- documented values


@pytest.mark.parametrize(
    ("good", "n", "ends"),
    [(61, 76, ["70.0", "87.7"]), (119, 119, ["96.9", "100.0"]), (0, 30, ["0.0", "11.4"]), (649, 916, ["67.8", "73.7"])],
)
def test_shares_of_the_documented_surveys(good, n, ends):
    one = share(good, n)
    assert tenths(one.low, one.high) == ends


@pytest.mark.parametrize(
    ("good", "n", "low", "high"),
    [(81, 263, "25.53", "36.62"), (15, 148, "6.24", "16.05"), (0, 20, "0.00", "16.11"), (1, 29, "0.61", "17.18")],
)
def test_shares_of_newcombe(good, n, low, high):
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3; he has z = 1.95996 where we have 1.96."""
    one = share(good, n)
    assert abs(one.low - Decimal(low)) < Decimal("0.01")
    assert abs(one.high - Decimal(high)) < Decimal("0.01")


@pytest.mark.parametrize(("n", "margin"), [(30, "17.9"), (400, "4.9"), (1067, "3.0")])
def test_margins_at_one_half_are_those_of_every_textbook(n, margin):
    one = of_share(Decimal("0.5"), n, Sampling(), 100).margin
    assert tenths(one.below, one.above) == [margin, margin]


def test_the_mean_of_a_hundred_graded_answers():
    one = mean((40, 35, 15, 7, 3))
    assert average((40, 35, 15, 7, 3)) == Fraction("79.8")
    assert tenths(one.margin.below, one.margin.above) == ["4.5", "4.5"]
    assert tenths(one.low, one.high) == ["75.3", "84.3"]


def test_the_composite_of_jingmen():
    """83.07 +- 2.8: questionnaire and ballot, 30 per cent each; the volunteers of the online vote have no error."""
    weight = Fraction(3, 10)
    parts = [(weight, {"paper": share(649, 916).margin}), (weight, {"ballot": share(61, 76).margin})]
    margin = together(summed(parts).values())
    assert tenths(margin.below, margin.above) == ["2.8", "2.8"]


def test_z_is_that_of_95_per_cent():
    assert round(NormalDist().inv_cdf(0.975), 2) == 1.96


# -- shares


@tried(samples())
def test_the_ends_of_a_share_solve_wilsons_equation(sample):
    """An end t is where the share lies just 1.96 standard errors of t away: (p - t)^2 = z^2 t (1 - t) / m."""
    good, n, population, effect = sample
    one, p = share(*sample), Decimal(good) / n
    m = effective_size(n, Sampling(population, Fraction(effect)))
    for end in (one.low / 100, one.high / 100):
        if end not in {0, 1}:
            assert abs((p - end) ** 2 - Decimal("1.96") ** 2 * end * (1 - end) / m) < TINY
    assert 0 <= one.low <= 100 * p <= one.high <= 100
    assert (one.low == 0) == (good == 0)
    assert (one.high == 100) == (good == n)


@tried(samples())
def test_the_two_ways_agree(sample):
    good, n, population, effect = sample
    one, m = share(*sample), recompute_margins.answers_worth(n, population, Fraction(effect))
    other = recompute_margins.of_part(good, n, m)
    pairs = [(one.low, other.ends[0]), (one.high, other.ends[1])]
    pairs += [(one.margin.below, other.margin[0]), (one.margin.above, other.margin[1])]
    assert all(abs(Fraction(a) - b) < Fraction(1, 10**18) for a, b in pairs)


@tried(samples())
def test_good_and_bad_answers_are_mirrored(sample):
    good, n, *rest = sample
    one, other = share(good, n, *rest), share(n - good, n, *rest)
    assert abs(one.low + other.high - 100) < TINY
    assert abs(one.margin.below - other.margin.above) < TINY


def width(one: Estimate) -> Decimal:
    return one.high - one.low


@tried(samples(), some.integers(2, 9))
def test_more_answers_narrow_and_clusters_widen_an_interval(sample, times):
    good, n, _, _ = sample
    plain = width(share(good, n))
    assert width(share(times * good, times * n)) < plain
    assert width(share(good, n, None, "2")) > plain


@tried(samples(), some.integers(2, 50))
def test_a_finite_population_narrows_an_interval_to_nothing(sample, more):
    good, n, _, _ = sample
    assume(n > 30)
    ends = [width(share(good, n, population)) for population in (n + 1, n + more, 100 * n)]
    assert ends == sorted(ends)
    assert ends[-1] < width(share(good, n))
    assert ends[0] < Decimal(4) * 50 / (n - 1) + 1


@pytest.mark.parametrize(
    ("n", "population", "effect", "worth"),
    [(400, None, "1", "400"), (400, None, "2", "200"), (400, 800, "1", "799"), (400, 1000, "1.5", "444")],
)
def test_what_answers_are_worth(n, population, effect, worth):
    """400 / 400 x 799 = 799; 400 / 1.5 x 999 / 600 = 444."""
    exact = recompute_margins.answers_worth(n, population, Fraction(effect))
    assert exact == Fraction(worth)
    assert abs(Fraction(effective_size(n, Sampling(population, Fraction(effect)))) - exact) < Fraction(1, 10**20)


@pytest.mark.parametrize(("n", "covers"), [(39, False), (40, True), (41, True)])
def test_whoever_asked_everybody_has_no_error(n, covers):
    assert Sampling(40).covers(n) == covers
    assert (recompute_margins.answers_worth(n, 40, Fraction(1)) is None) == covers


# -- means of grades

COUNTS = some.tuples(*[some.integers(0, 300)] * len(POINTS)).filter(any)


@tried(COUNTS, some.sampled_from(("1", "2")))
def test_a_mean_has_the_deviation_of_its_answers(counts, effect):
    one, value = mean(counts, None, effect), average(counts)
    answers = [points for points, n in zip(POINTS, counts, strict=True) for _ in range(n)]
    assert 0 <= one.low <= one.high <= 100
    if len(set(answers)) == 1:
        return
    squares = sum((answer - value) ** 2 for answer in answers)
    wanted = Fraction("1.96") ** 2 * squares / (len(answers) - 1) / len(answers) * Fraction(effect)
    assert abs(Fraction(one.margin.below) ** 2 - wanted) < Fraction(1, 10**15)
    assert one.margin.below == one.margin.above
    assert one.low == max(0, Decimal(value.numerator) / value.denominator - one.margin.below)
    assert one.high == min(100, Decimal(value.numerator) / value.denominator + one.margin.above)


@tried(some.integers(0, 4), some.integers(1, 2000))
def test_answers_all_alike_still_have_an_error(place, n):
    """s would be 0; instead the end of the scale is as far as with a share of 100 %."""
    counts = tuple(n if at == place else 0 for at in range(5))
    one, reach = mean(counts), (100 - share(n, n).low) / 100
    assert abs(one.margin.below - reach * POINTS[place]) < TINY
    assert abs(one.margin.above - reach * (100 - POINTS[place])) < TINY
    assert one.margin != Margin(Decimal(0), Decimal(0))


@tried(COUNTS)
def test_the_two_ways_agree_on_means(counts):
    one = mean(counts, 5 * sum(counts) + 7, "1.5")
    worth = recompute_margins.answers_worth(sum(counts), 5 * sum(counts) + 7, Fraction("1.5"))
    other = recompute_margins.of_points(list(zip(map(Fraction, POINTS), counts, strict=True)), worth)
    assert all(abs(Fraction(a) - b) < Fraction(1, 10**18) for a, b in zip((one.low, one.high), other.ends, strict=True))


# -- sums

SIDE = some.decimals(0, 20, places=4)
MARGIN = some.builds(Margin, SIDE, SIDE)
PARTS = some.lists(some.tuples(some.fractions(0, 1, max_denominator=50), some.sampled_from("abc"), MARGIN), max_size=8)


@tried(PARTS)
def test_the_same_people_add_up_and_others_do_not(parts):
    found = summed((weight, {source: margin}) for weight, source, margin in parts)
    assert set(found) == {source for _, source, _ in parts}
    for source, margin in found.items():
        mine = [(weight, one) for weight, name, one in parts if name == source]
        assert abs(Fraction(margin.below) - sum(w * Fraction(one.below) for w, one in mine)) < Fraction(1, 10**18)
        assert abs(Fraction(margin.above) - sum(w * Fraction(one.above) for w, one in mine)) < Fraction(1, 10**18)
    whole = together(found.values())
    assert abs(whole.below**2 - sum((one.below**2 for one in found.values()), Decimal(0))) < TINY
    assert whole.below <= sum((one.below for one in found.values()), Decimal(0)) + TINY
    assert whole.above >= max((one.above for one in found.values()), default=Decimal(0)) - TINY


@tried(some.decimals(0, 100, places=2), MARGIN)
def test_an_interval_ends_with_the_scale(value, margin):
    low, high = within(value, margin, Decimal(0), Decimal(100))
    assert 0 <= low <= value <= high <= 100
    assert low == 0 or value - low == margin.below
    assert high == 100 or high - value == margin.above


# -- changes and the two sides


def printed(value: str, low: str = "", high: str = "", certainty: str = "sampled") -> Figure:
    ends = Interval(Decimal(low), Decimal(high)) if low else None
    return Figure(State.VALUE, "points", Fraction(value), Decimal(value), certainty=certainty, interval=ends)


@pytest.mark.parametrize(
    ("now", "before", "is_within"),
    [
        (("83.00", "80.00", "84.00"), ("78.00", "77.00", "82.00"), True),  # a rise of 5: 3 below now, 4 above before
        (("83.01", "80.01", "84.00"), ("78.00", "77.00", "82.00"), False),
        (("83.00", "80.00", "99.00"), ("78.00", "0.00", "81.99"), False),  # the outer sides say nothing of a rise
        (("78.00", "77.00", "82.00"), ("83.00", "80.00", "84.00"), True),
        (("78.00", "60.00", "81.99"), ("83.00", "80.00", "99.00"), False),
        (("83.00", "", "", "all-cases"), ("80.00", "70.00", "83.00"), True),
        (("83.01", "", "", "all-cases"), ("80.00", "70.00", "83.00"), False),
        (("83.00", "", "", "all-cases"), ("82.99", "", "", "all-cases"), False),
        (("83.00", "", "", "self-selected"), ("82.99", "70.00", "90.00"), False),
        (("83.00", "80.00", "84.00"), ("82.99", "", "", "not-known"), False),
    ],
)
def test_a_change_within_the_margin(now, before, is_within):
    change = change_of(printed(*now), printed(*before), "higher")
    assert change.within is is_within


@tried(some.decimals(0, 9, places=2), SIDE, SIDE)
def test_a_change_exceeds_what_two_errors_come_to(amount, one, other):
    assert exceeds(amount, [one, other]) == (Fraction(amount) ** 2 > Fraction(one) ** 2 + Fraction(other) ** 2)
    assert exceeds(-amount, [one, other]) == exceeds(amount, [other, one])


# -- whether they hold the truth


def chances(n: int, p: float) -> list[float]:
    return [comb(n, good) * p**good * (1 - p) ** (n - good) for good in range(n + 1)]


def covered(p: float, n: int, estimate: Callable[[int, int], Estimate]) -> float:
    """How often the interval of n answers holds p: summed over all outcomes."""
    found = [(estimate(good, n), chance) for good, chance in enumerate(chances(n, p))]
    return sum(chance for one, chance in found if one.low <= Decimal(100 * p) <= one.high)


@pytest.mark.parametrize("n", [10, 30, 76, 150])
def test_intervals_of_shares_hold_the_truth_95_times_in_100(n):
    """Exact. Over all shares 95 % on average; Wilson's interval dips at some of them, near 0 and 1 most."""
    inner = [covered(p / 200, n, share) for p in range(20, 181)]
    assert 0.945 < sum(inner) / len(inner) < 0.962
    assert min(inner) > 0.915
    every = [covered(p / 200, n, share) for p in range(1, 200)]
    assert 0.943 < sum(every) / len(every) < 0.965
    assert min(every) > 0.83


def test_the_plain_interval_would_not_do():
    """Why Wilson's: p +- 1.96 sqrt(p (1 - p) / n) holds a share of 95 % in only 79 of 100 samples of 30."""

    def plain(good: int, n: int) -> Estimate:
        p = good / n
        half = 196 * (p * (1 - p) / n) ** 0.5
        return Estimate(Decimal(100 * p - half), Decimal(100 * p + half), Margin(Decimal(0), Decimal(0)))

    assert covered(0.95, 30, plain) < 0.80
    assert covered(0.95, 30, share) > 0.93


def test_intervals_of_finite_populations_hold_the_truth():
    """Exact: 120 of 300 users are asked, of whom `good` are satisfied. Without the correction it would be 99 %."""
    n, size = 120, 300

    def hits(good: int, population: int | None) -> float:
        ways = [
            comb(good, k) * comb(size - good, n - k) if k <= good and n - k <= size - good else 0 for k in range(n + 1)
        ]
        found = [share(k, n, population) for k in range(n + 1)]
        truth = Decimal(100 * good) / size
        return sum(way for one, way in zip(found, ways, strict=True) if one.low <= truth <= one.high) / comb(size, n)

    corrected = [hits(good, size) for good in range(45, 256, 3)]
    assert 0.945 < sum(corrected) / len(corrected) < 0.965
    assert min(corrected) > 0.925
    assert min(hits(good, None) for good in range(45, 256, 30)) > 0.975


EVEN, LOW, SKEWED = (40, 35, 15, 7, 3), (5, 15, 30, 30, 20), (70, 20, 6, 3, 1)


def drawn(chance: Random, odds: tuple[int, ...], n: int) -> tuple[int, ...]:
    found = chance.choices(range(len(odds)), cum_weights=list(accumulate(odds)), k=n)
    return tuple(found.count(place) for place in range(len(odds)))


@pytest.mark.parametrize(
    ("odds", "n", "least"),
    [(EVEN, 30, 0.93), (EVEN, 100, 0.94), (LOW, 30, 0.93), (LOW, 100, 0.94), (SKEWED, 30, 0.88), (SKEWED, 100, 0.93)],
)
def test_intervals_of_means_hold_the_truth(odds, n, least):
    """4000 draws, so +-0.7 points. Few very bad answers among many good ones cost six points at n = 30, one at 100."""
    chance, truth = Random(n * odds[0]), average(odds)  # noqa: S311  (no secret)
    found = [mean(drawn(chance, odds, n)) for _ in range(4000)]
    hits = sum(one.low <= Decimal(truth.numerator) / truth.denominator <= one.high for one in found) / len(found)
    assert least < hits < 0.965


def test_a_design_effect_makes_up_for_clusters():
    """20 households of 5 that answer alike are worth 20 answers: d = 5. Taken for 100 they would hold 60 %."""
    chance, hits = Random(5), {"1": 0, "5": 0}  # noqa: S311
    for _ in range(2000):
        good = 5 * sum(chance.random() < 0.6 for _ in range(20))
        for effect in hits:
            one = share(good, 100, None, effect)
            hits[effect] += one.low <= 60 <= one.high
    assert 0.93 < hits["5"] / 2000 < 0.98
    assert hits["1"] / 2000 < 0.75


def sum_of(shares: list[tuple[Fraction, str, int, int]]) -> tuple[Decimal, Decimal]:
    """The interval of a weighted sum of (weight, source, good, n)."""
    margin = together(summed((weight, {source: share(good, n).margin}) for weight, source, good, n in shares).values())
    value = sum(weight * Fraction(100 * good, n) for weight, _, good, n in shares)
    return within(Decimal(value.numerator) / value.denominator, margin, Decimal(0), Decimal(100))


def test_sums_of_independent_channels_hold_the_truth():
    chance, hits = Random(77), 0  # noqa: S311
    weights, odds, sizes = (Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)), (0.7, 0.8, 0.6), (300, 80, 120)
    truth = sum(float(weight) * 100 * p for weight, p in zip(weights, odds, strict=True))
    for _ in range(2000):
        good = [sum(chance.random() < p for _ in range(n)) for p, n in zip(odds, sizes, strict=True)]
        low, high = sum_of(list(zip(weights, "abc", good, sizes, strict=True)))
        hits += low <= Decimal(truth) <= high
    assert 0.935 < hits / 2000 < 0.965


@pytest.mark.parametrize(("together_by", "least", "most_"), [(1.0, 0.93, 0.965), (0.5, 0.96, 1.0), (0.0, 0.98, 1.0)])
def test_sums_of_questions_to_the_same_people_never_promise_too_much(together_by, least, most_):
    """Added margins are right if answers go together, and on the safe side if they do not."""
    chance, hits = Random(12), 0  # noqa: S311
    for _ in range(1500):
        good = [0, 0, 0]
        for _ in range(100):
            mood = chance.random()
            for place in range(3):
                good[place] += (mood if chance.random() < together_by else chance.random()) < 0.75
        low, high = sum_of([(Fraction(1, 3), "", count, 100) for count in good])
        hits += low <= 75 <= high
    assert least < hits / 1500 <= most_


def test_the_mean_of_companies_holds_the_truth():
    """Eight companies of different size and quality: their simple mean, by the squares of their margins over 8."""
    chance, hits = Random(8), 0  # noqa: S311
    companies = [(0.9, 60), (0.8, 400), (0.7, 100), (0.85, 50), (0.6, 200), (0.75, 80), (0.95, 150), (0.5, 40)]
    truth = Decimal(str(100 * sum(p for p, _ in companies) / 8))
    for _ in range(1500):
        good = [sum(chance.random() < p for _ in range(n)) for p, n in companies]
        parts = [
            (Fraction(1, 8), str(at), count, n) for at, (count, (_, n)) in enumerate(zip(good, companies, strict=True))
        ]
        low, high = sum_of(parts)
        hits += low <= truth <= high
    assert 0.93 < hits / 1500 < 0.97


def test_nothing_happened_and_95_times_in_100_it_says_so():
    """Two rounds of the same truth: the change is marked as within the margin; two equal companies overlap."""
    chance, same, overlaps = Random(95), 0, 0  # noqa: S311
    for _ in range(2000):
        figures = []
        for n in (60, 200):
            good = sum(chance.random() < 0.85 for _ in range(n))
            one = share(good, n)
            figure = printed(str(round(Decimal(100 * good) / n, 2)), str(round(one.low, 2)), str(round(one.high, 2)))
            figures.append(replace(figure, unit="percent"))
        change = change_of(figures[0], figures[1], "higher")
        same += change.within or change.verdict == "same"
        one, other = (figure.interval for figure in figures)
        overlaps += one.low <= other.high and other.low <= one.high
    assert 0.93 < same / 2000 < 0.97
    assert overlaps / 2000 > 0.985


def test_a_real_change_is_told():
    """From 70 % to 85 %, 300 answers each: hardly ever within the margin."""
    chance, told = Random(15), 0  # noqa: S311
    for _ in range(500):
        figures = []
        for p in (0.85, 0.70):
            good = sum(chance.random() < p for _ in range(300))
            one = share(good, 300)
            figures.append(printed(str(round(Decimal(good) / 3, 2)), str(round(one.low, 2)), str(round(one.high, 2))))
        change = change_of(figures[0], figures[1], "higher")
        told += change.verdict == "better" and not change.within
    assert told / 500 > 0.97


def test_shares_agree_with_scipy():
    """It takes 1.959964 for 1.96, which moves an end by less than 0.001 percentage points."""
    for n in (10, 29, 76, 385, 916, 15_844):
        for good in {0, 1, n // 3, n // 2, n - 1, n}:
            theirs = stats.binomtest(good, n).proportion_ci(0.95, method="wilson")
            ours = of_share(Decimal(good) / n, n, Sampling(), 100)
            assert float(ours.low) == pytest.approx(100 * theirs.low, abs=1e-3)
            assert float(ours.high) == pytest.approx(100 * theirs.high, abs=1e-3)


def test_means_agree_with_scipy():
    counts = {Fraction(100): 40, Fraction(80): 35, Fraction(60): 15, Fraction(40): 7, Fraction(0): 3}
    answers = [float(points) for points, count in counts.items() for _ in range(count)]
    low, high = stats.norm.interval(0.95, loc=sum(answers) / len(answers), scale=stats.sem(answers))
    ours = of_mean(counts, Sampling())
    assert (float(ours.low), float(ours.high)) == pytest.approx((low, high), abs=1e-3)
