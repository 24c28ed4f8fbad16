"""Rounding, scores, composites, changes, places and analyses against second, naive implementations."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from publisher.analyse.companies import band_of, composite, group_results
from publisher.analyse.figures import combined
from publisher.analyse.findings import fell, lowest, most_dissatisfied
from publisher.analyse.indicators import indicator_result
from publisher.analyse.places import places
from publisher.analyse.printing import Printing, change_of, printing_of
from publisher.analyse.samples import Sample
from publisher.analyse.sectors import mean
from publisher.measures import base_of, counted_n, exact_score, on_scale
from publisher.model.figures import Figure, State
from publisher.model.records import Period, Round, Score
from publisher.model.results import IndicatorResult
from publisher.model.scheme import Band, Channel, Grade, Group, Indicator, Scheme
from publisher.model.settings import Office, Rounding, Site, Thresholds
from publisher.problems import Place, Source
from publisher.rounding import rounded


def tried(*strategies):
    """`given`, the same examples each time; no deadline, for other work may run beside."""
    same = settings(deadline=None, max_examples=80, derandomize=True, database=None)
    return lambda test: same(given(*strategies)(test))


HERE = Source(Place("test"))
GRADES = tuple(
    Grade(id=id_, name=id_, points=Fraction(points), satisfied=points >= 80, dissatisfied=points <= 40)
    for id_, points in (("a", 100), ("b", 80), ("c", 60), ("d", 40), ("e", 0))
)
RULES = some.sampled_from(["half_up", "half_even"])
DIRECTIONS = some.sampled_from(["satisfaction", "dissatisfaction"])
COUNTS = some.integers(0, 400)
SHARES = some.fractions(0, 1, max_denominator=10_000)
FIGURES = some.fractions(-300, 300, max_denominator=10_000)


def site(rule="half_up", *, suppress=10, rank=30, decimals=2) -> Printing:
    return printing_of(
        Site(
            bureau=Office(name="x"),
            title="x",
            base_url="https://x.example",
            rounding=Rounding(rule=rule, score_decimals=decimals, rate_decimals=decimals),
            thresholds=Thresholds(suppress_below=suppress, rank_from=rank),
            origin=HERE,
        )
    )


def scheme(direction="satisfaction", **more) -> Scheme:
    plain = {"indicators": (indicator(),), "grades": GRADES, "version": "1", "name": "x", "id": "x"}
    return Scheme(direction=direction, origin=HERE, **plain | more)


def indicator(id_="x", measure="share", **more) -> Indicator:
    return Indicator(id=id_, name=id_, measure=measure, **more)


def score(**cells) -> Score:
    return Score(company="x", indicator="x", origin=HERE, **cells)


def graded(counts, outside=0) -> Score:
    return score(grades=dict(zip("abcde", counts, strict=True)), not_applicable=outside)


ROUND = Round(id="r", scheme="x", period=Period(start=date(2026, 1, 1), end=date(2026, 3, 31)), origin=HERE)


def measured(printing, by, one, rows) -> IndicatorResult:
    """Of the only company of a round, from a sample of which nothing else is stated."""
    return indicator_result(printing, by, one, rows, Sample(ROUND, "x", alone=True, protected=frozenset()))


def shown(value, *, unit="points", base=100, small=False, printing=None) -> Figure:
    return (printing or site()).figure(Fraction(value), unit, base, small=small)


# -- rounding -----------------------------------------------------------------------------------------

VECTORS = [
    ("12.1498", 1, "12.1", "12.1"),
    ("10.5002", 0, "11", "11"),
    ("1.050", 1, "1.0", "1.1"),
    ("0.35", 1, "0.4", "0.4"),
    ("15.4546", 0, "15", "15"),
    ("-0.0365", 3, "-0.036", "-0.037"),
    ("28.175", 2, "28.18", "28.18"),
    ("28.165", 2, "28.16", "28.17"),
    ("2.5", 0, "2", "3"),
    ("62.5", 0, "62", "63"),
]
"""GB/T 8170 and what four-down-five-up makes of the same numbers: (value, decimals, half even, half up)."""


@pytest.mark.parametrize(("value", "decimals", "even", "up"), VECTORS)
def test_rounding_of_the_standard(value, decimals, even, up):
    assert str(rounded(Fraction(value), decimals, "half_even")) == even
    assert str(rounded(Fraction(value), decimals, "half_up")) == up


@tried(some.decimals(-(10**6), 10**6, allow_nan=False, places=5), some.integers(0, 6), RULES)
def test_rounding_is_that_of_decimals(value, decimals, rule):
    """Values of five decimals are often exact halves of fewer ones."""
    mode = ROUND_HALF_UP if rule == "half_up" else ROUND_HALF_EVEN
    with localcontext(prec=60):
        wanted = value.quantize(Decimal(1).scaleb(-decimals), mode)
    result = rounded(Fraction(value), decimals, rule)
    assert result == wanted
    assert -result.as_tuple().exponent == decimals


@tried(FIGURES, some.integers(0, 6), RULES)
def test_rounding_takes_a_nearest_number(value, decimals, rule):
    distance = abs(Fraction(rounded(value, decimals, rule)) - value)
    assert distance <= Fraction(1, 2 * 10**decimals)


@tried(some.integers(-500, 500), some.integers(0, 4))
def test_halves_go_away_from_zero_or_to_the_even_digit(number, decimals):
    value = Fraction(2 * number + 1, 2 * 10**decimals)
    up = rounded(value, decimals, "half_up").scaleb(decimals)
    even = rounded(value, decimals, "half_even").scaleb(decimals)
    assert abs(Fraction(up)) > abs(value) * 10**decimals
    assert int(even) % 2 == 0


@tried(FIGURES, some.integers(0, 6), RULES)
def test_rounding_does_not_see_the_sign(value, decimals, rule):
    assert rounded(-value, decimals, rule) == -rounded(value, decimals, rule)


def test_a_rounded_nothing_has_no_sign():
    assert str(rounded(Fraction(-1, 1000), 2, "half_up")) == "0.00"


# -- scores -------------------------------------------------------------------------------------------


@tried(some.lists(COUNTS, min_size=5, max_size=5), COUNTS)
def test_a_graded_score_is_the_mean_of_all_answers(counts, outside):
    row, one = graded(counts, outside), indicator(measure="grades")
    answers = [grade.points for grade, count in zip(GRADES, counts, strict=True) for _ in range(count)]
    wanted = sum(answers) / Fraction(len(answers)) if answers else None
    assert exact_score(scheme(), one, [row]) == wanted
    assert base_of(one, [row]) == len(answers)
    assert counted_n(one, row) == len(answers) + outside


@tried(COUNTS, COUNTS, COUNTS, some.booleans())
def test_a_reversed_question_counts_its_noes(yes, no, outside, turned):
    row, one = score(yes=yes, no=no, not_applicable=outside), indicator(measure="yes_no", reversed=turned)
    answers = [not turned] * yes + [turned] * no
    wanted = Fraction(100 * answers.count(True), len(answers)) if answers else None
    assert exact_score(scheme(), one, [row]) == wanted


@tried(some.lists(some.tuples(COUNTS, COUNTS), min_size=1, max_size=4))
def test_shares_of_several_rows_are_pooled(pairs):
    rows = [score(numerator=part, denominator=part + rest) for part, rest in pairs]
    cases = sum(part + rest for part, rest in pairs)
    wanted = Fraction(100 * sum(part for part, _ in pairs), cases) if cases else None
    assert exact_score(scheme(), indicator(), rows) == wanted


@tried(COUNTS, COUNTS, COUNTS, SHARES)
def test_a_point_partly_met_counts_in_part(met, partly, missed, part):
    row, one = score(met=met, partly=partly, not_met=missed), indicator(measure="checklist", partly_counts=part)
    worth = [Fraction(100)] * met + [100 * part] * partly + [Fraction(0)] * missed
    assert exact_score(scheme(), one, [row]) == (sum(worth) / len(worth) if worth else None)


@tried(some.integers(1, 20), some.fractions(0, 1, max_denominator=100))
def test_points_are_scaled_by_their_full_marks(full, part):
    one = indicator(measure="points", full_marks=Fraction(full))
    assert on_scale(one, part * full) == 100 * part


@tried(some.lists(COUNTS, min_size=5, max_size=5), COUNTS, RULES)
def test_answers_are_all_there_and_shares_are_rounded_alone(counts, outside, rule):
    printing = site(rule, suppress=0, rank=0)
    result = measured(printing, scheme(), indicator(measure="grades"), [graded(counts, outside)])
    base = sum(counts)
    if base:
        inside = [one for one in result.tallies if one.share is not None]
        assert [one.count for one in inside] == counts
        assert [one.share for one in inside] == [rounded(Fraction(100 * n, base), 2, rule) for n in counts]
        assert result.dissatisfied.exact == Fraction(100 * (counts[3] + counts[4]), base)
        assert sum(one.count for one in result.tallies) == base + outside


@tried(some.integers(1, 60), some.integers(0, 60), some.sampled_from(["sample", "self_selected", "register"]))
def test_small_bases_are_hidden_then_marked_but_registers_never(base, part, basis):
    row = score(numerator=min(part, base), denominator=base)
    figure = measured(site(), scheme(), indicator(basis=basis), [row]).figure
    if basis == "register":
        assert figure.state is State.VALUE
        assert not figure.small
    else:
        assert (figure.state is State.SUPPRESSED) == (base < 10)
        assert figure.small == (10 <= base < 30)
        assert (figure.printed is None) == (figure.base is None) == (base < 10)


@pytest.mark.parametrize(
    ("base", "hidden", "small"), [(9, True, False), (10, False, True), (29, False, True), (30, False, False)]
)
def test_thresholds_include_their_ends(base, hidden, small):
    figure = measured(site(), scheme(), indicator(), [score(numerator=3, denominator=base)]).figure
    assert (figure.state is State.SUPPRESSED, figure.small) == (hidden, small)


def test_nothing_due_is_not_zero():
    figure = measured(site(), scheme(), indicator(basis="register"), [score(numerator=0, denominator=0)]).figure
    assert (figure.state, figure.printed) == (State.NOTHING_DUE, None)
    zero = measured(site(), scheme(), indicator(basis="register"), [score(numerator=0, denominator=9)]).figure
    assert (zero.state, zero.printed) == (State.VALUE, Decimal("0.00"))


def test_no_answers_from_those_asked_is_too_few_answers():
    """results/README.md: "not surveyed" is a row left out; a row as typed with too small a base is not shown."""
    asked = graded([0, 0, 0, 0, 0], outside=5)
    figure = measured(site(), scheme(), indicator(measure="grades"), [asked]).figure
    assert (figure.state, figure.base) == (State.SUPPRESSED, None)


# -- weighted sums ------------------------------------------------------------------------------------


@some.composite
def weights(draw, size):
    parts = draw(some.lists(some.integers(1, 50), min_size=size, max_size=size))
    return [Fraction(part, sum(parts)) for part in parts]


@tried(some.data(), some.integers(1, 6), RULES, DIRECTIONS)
def test_a_composite_is_rounded_once_from_exact_parts(data, size, rule, direction):
    printing, shares = site(rule), data.draw(weights(size))
    pairs = data.draw(some.lists(some.tuples(some.integers(30, 3000), SHARES), min_size=size, max_size=size))
    specs = [indicator(f"i{place}", weight=weight, better=None) for place, weight in enumerate(shares)]
    rows = [score(numerator=int(base * part), denominator=base) for base, part in pairs]
    by = scheme(direction, indicators=tuple(specs), unit="percent")
    results = [measured(printing, by, spec, [row]) for spec, row in zip(specs, rows, strict=True)]
    total = composite(printing, by, results)
    parts = zip(shares, rows, strict=True)
    wanted = sum(weight * Fraction(100 * row.numerator, row.denominator) for weight, row in parts)
    assert total.exact == wanted
    assert total.printed == rounded(wanted, 2, rule)
    assert total.base == max(row.denominator for row in rows)
    assert not total.small


@pytest.mark.parametrize(("share", "small"), [("1/2", True), ("0.49", False), ("1", True)])
def test_a_composite_is_small_if_half_of_its_weight_stands_on_small_bases(share, small):
    weak = Fraction(share)
    pairs = [("weak", weak, 12), ("firm", 1 - weak, 300)]
    specs = [indicator(id_, weight=weight, better=None) for id_, weight, _ in pairs]
    rows = [score(numerator=6, denominator=base) for _, _, base in pairs]
    by = scheme("satisfaction", indicators=tuple(specs), unit="percent")
    results = [measured(site("half_up"), by, spec, [row]) for spec, row in zip(specs, rows, strict=True)]
    assert composite(site("half_up"), by, results).small is small


def test_parts_are_not_rounded_first():
    """20.4, 37.4 and 24.4 by whole parts make 81; exactly they make 82.2."""
    parts = [(Fraction(40, 100), shown("51")), (Fraction(40, 100), shown("93.5")), (Fraction(20, 100), shown("122"))]
    assert combined(site(decimals=1), "points", parts, "withhold").printed == Decimal("82.2")
    assert sum(int(weight * figure.exact) for weight, figure in parts) == 81


def test_the_documented_survey_makes_83_07():
    channels = tuple(
        Channel(id=id_, name=id_, weight=Fraction(weight, 100))
        for id_, weight in (("online", 40), ("paper", 30), ("ballot", 30))
    )
    rows = [
        score(channel=id_, numerator=part, denominator=base)
        for id_, part, base in (("online", 14949, 15844), ("paper", 649, 916), ("ballot", 61, 76))
    ]
    result = measured(site(), scheme(channels=channels), indicator(), rows)
    assert [str(one.figure.printed) for one in result.channels] == ["94.35", "70.85", "80.26"]
    assert result.figure.printed == Decimal("83.07")
    # Whole points per channel, as the council added them: 38 + 21 + 24.
    assert result.figure.base == 15844 + 916 + 76


@tried(some.data(), some.integers(2, 5), some.sampled_from(["withhold", "reweight"]))
def test_a_missing_part_withholds_the_sum_or_scales_the_rest_and_says_so(data, size, missing):
    shares = data.draw(weights(size))
    values = data.draw(some.lists(some.fractions(0, 100, max_denominator=99), min_size=size - 1, max_size=size - 1))
    parts = [(shares[0], Figure(State.NOT_SURVEYED, "points"))]
    parts += [(weight, shown(value)) for weight, value in zip(shares[1:], values, strict=True)]
    total = combined(site(), "points", parts, missing)
    if missing == "withhold":
        assert (total.state, total.printed) == (State.WITHHELD, None)
    else:
        rest = sum(shares[1:])
        assert total.exact == sum(w * v for w, v in zip(shares[1:], values, strict=True)) / rest
        assert total.reweighted


@tried(some.integers(0, 3), some.sampled_from(["withhold", "reweight"]))
def test_a_suppressed_part_suppresses_the_sum(place, missing):
    parts = [(Fraction(1, 4), shown(50))] * 4
    parts[place] = (Fraction(1, 4), Figure(State.SUPPRESSED, "points"))
    assert combined(site(), "points", parts, missing) == Figure(State.SUPPRESSED, "points")


@tried(some.lists(some.tuples(some.sampled_from(["d", "e", None]), some.booleans(), COUNTS), min_size=1, max_size=8))
def test_a_group_is_the_mean_of_its_own_indicators(rows):
    """Counts and what runs the other way are no part of it; without weights all weigh the same."""
    specs = [
        indicator(f"i{place}", dimension=group, better="lower" if turned else "higher")
        for place, (group, turned, _) in enumerate(rows)
    ]
    by = scheme(unit="percent", indicators=(*specs, indicator("whole", weight=Fraction(1))))
    cells = [[score(numerator=n, denominator=400)] for *_, n in rows]
    results = [measured(site(), by, spec, cell) for spec, cell in zip(specs, cells, strict=True)]
    for group in group_results(site(), by, [Group(id="d", name="d"), Group(id="e", name="e")], _dimension, results):
        inside = [Fraction(n, 4) for id_, turned, n in rows if id_ == group.group.id and not turned]
        assert group.figure.exact == (sum(inside) / len(inside) if inside else None)
        assert len(group.indicators) == len(inside)


def test_a_scheme_without_weights_adds_no_group_up():
    by, rows = scheme(indicators=(one := indicator(dimension="d"),)), [score(numerator=30, denominator=40)]
    (found,) = group_results(site(), by, [Group(id="d", name="d")], _dimension, [measured(site(), by, one, rows)])
    assert (found.figure, found.indicators) == (None, (one,))


def _dimension(result):
    return result.indicator.dimension


@tried(some.lists(some.one_of(some.none(), some.fractions(0, 100, max_denominator=999)), max_size=8), RULES)
def test_a_sectors_mean_is_of_exact_shown_figures(values, rule):
    printing = site(rule)
    figures = [Figure(State.SUPPRESSED, "points") if v is None else shown(v, printing=printing) for v in values]
    there = [value for value in values if value is not None]
    result = mean(printing, "points", figures)
    assert result.exact == (sum(there) / len(there) if there else None)
    assert result.printed == (rounded(result.exact, 2, rule) if there else None)


# -- changes and places -------------------------------------------------------------------------------


@tried(FIGURES, FIGURES, some.sampled_from(["higher", "lower"]), RULES)
def test_a_change_is_the_difference_of_printed_figures(now, before, better, rule):
    printing = site(rule)
    change = change_of(shown(now, printing=printing), shown(before, printing=printing), better)
    amount = rounded(now, 2, rule) - rounded(before, 2, rule)
    assert change.amount == amount
    good = amount > 0 if better == "higher" else amount < 0
    assert change.verdict == ("same" if amount == 0 else "better" if good else "worse")


def test_no_change_without_both_figures():
    hidden = Figure(State.SUPPRESSED, "points")
    assert change_of(shown(1), None, "higher") is None
    assert change_of(shown(1), hidden, "higher") is None
    assert change_of(hidden, shown(1), "higher") is None


CLOSE = some.integers(8000, 8006).map(lambda n: Fraction(n, 100))
ENTRY = some.none() | some.tuples(CLOSE | SHARES.map(lambda share: share * 100), some.booleans())


@tried(
    some.lists(ENTRY, max_size=9),
    some.sampled_from(["higher", "lower"]),
    some.sampled_from(["dense", "competition"]),
    RULES,
)
def test_places_are_found_by_counting_who_is_ahead(entries, better, style, rule):
    printing = site(rule)
    figures = {
        f"c{place}": Figure(State.SUPPRESSED, "points")
        if entry is None
        else shown(entry[0], printing=printing, small=entry[1])
        for place, entry in enumerate(entries)
    }
    ranked = {id_: one.printed for id_, one in figures.items() if one.printed is not None and not one.small}
    found = places(figures, better, style)
    for id_, figure in figures.items():
        if id_ not in ranked:
            assert found[id_].number is None
            assert found[id_].reason == ("small-base" if figure.printed is not None else "no-figure")
        elif len(ranked) == 1:
            assert (found[id_].number, found[id_].reason) == (None, "single")
        else:
            mine = ranked[id_]
            ahead = [other for other in ranked.values() if (other > mine if better == "higher" else other < mine)]
            assert found[id_].number == 1 + len(set(ahead) if style == "dense" else ahead)
            assert found[id_].tied == (list(ranked.values()).count(mine) > 1)
            assert found[id_].of == len(ranked)


def test_equal_printed_figures_tie_though_the_exact_ones_differ():
    figures = {"a": shown("83.0748"), "b": shown("83.0712"), "c": shown("80")}
    dense = places(figures, "higher", "dense")
    assert [(one.number, one.tied) for one in dense.values()] == [(1, True), (1, True), (2, False)]
    assert [one.number for one in places(figures, "higher", "competition").values()] == [1, 1, 3]
    assert [one.number for one in places(figures, "lower", "competition").values()] == [2, 2, 1]


def test_the_documented_ranking_is_dense():
    """Seven utilities: 83, 83, 75, 70, 68, 68, 57."""
    printed = {str(place): shown(value) for place, value in enumerate((83, 83, 75, 70, 68, 68, 57))}
    assert [one.number for one in places(printed, "higher", "dense").values()] == [1, 1, 2, 3, 4, 4, 5]
    assert [one.number for one in places(printed, "higher", "competition").values()] == [1, 1, 3, 4, 5, 5, 7]


# -- bands and the three analyses ---------------------------------------------------------------------


@tried(some.sets(some.integers(0, 100), min_size=1, max_size=5), some.fractions(0, 100, max_denominator=9999), RULES)
def test_bands_include_their_ends_and_go_by_the_printed_figure(limits, value, rule):
    figure = shown(value, printing=site(rule))
    upward = [Band(id=f"b{limit}", name="x", at_least=Fraction(limit)) for limit in limits]
    downward = [Band(id=f"b{limit}", name="x", at_most=Fraction(limit)) for limit in limits]
    high, level = band_of(scheme(bands=tuple(upward)), figure)
    reached = [limit for limit in limits if figure.printed >= limit]
    assert (high and high.id) == (f"b{max(reached)}" if reached else None)
    assert (level == "good") == bool(reached and max(reached) == max(limits))
    low, _ = band_of(scheme("dissatisfaction", bands=tuple(downward)), figure)
    kept = [limit for limit in limits if figure.printed <= limit]
    assert (low and low.id) == (f"b{min(kept)}" if kept else None)


def result_of(place, value, better, before=None) -> IndicatorResult:
    figure, earlier = shown(value, unit="percent"), None if before is None else shown(before, unit="percent")
    return IndicatorResult(
        indicator=indicator(f"i{place}"),
        better=better,
        figure=figure,
        dissatisfied=figure,
        previous=earlier,
        change=change_of(figure, earlier, better),
    )


PERCENT = some.integers(0, 8).map(lambda n: Fraction(n * 25, 2))
RESULTS = some.lists(some.tuples(PERCENT, some.sampled_from(["higher", "lower"]), some.none() | PERCENT), max_size=8)


@tried(RESULTS, some.integers(0, 4))
def test_the_lowest_are_the_worst_with_all_that_tie(rows, count):
    results = [result_of(place, *row) for place, row in enumerate(rows)]
    badness = [100 - value if better == "higher" else value for value, better, _ in rows]
    found = [int(one.indicator.id[1:]) for one in lowest(results, count)]
    imperfect = sorted((bad for bad in badness if bad), reverse=True)
    floor = imperfect[: count or 0][-1:]
    wanted = {place for place, bad in enumerate(badness) if bad and floor and bad >= floor[0]}
    assert set(found) == wanted
    assert found == sorted(found, key=lambda place: (-badness[place], place))


@tried(RESULTS, some.integers(0, 4))
def test_the_most_dissatisfied_are_the_greatest_shares_with_ties(rows, count):
    results = [result_of(place, *row) for place, row in enumerate(rows)]
    values = [value for value, _, _ in rows]
    found = [int(one.indicator.id[1:]) for one in most_dissatisfied(results, count)]
    floor = sorted((value for value in values if value), reverse=True)[: count or 0][-1:]
    assert set(found) == {place for place, value in enumerate(values) if value and floor and value >= floor[0]}
    assert [values[place] for place in found] == sorted((values[place] for place in found), reverse=True)


@tried(RESULTS)
def test_what_fell_is_all_that_became_worse(rows):
    results = [result_of(place, *row) for place, row in enumerate(rows)]
    worse = {
        f"i{place}": abs(value - before)
        for place, (value, better, before) in enumerate(rows)
        if before is not None and (value < before if better == "higher" else value > before)
    }
    found = [one.indicator.id for one in fell(results)]
    assert set(found) == set(worse)
    assert [worse[id_] for id_ in found] == sorted(worse.values(), reverse=True)


def test_hidden_figures_are_in_no_analysis():
    hidden = replace(
        result_of(0, 0, "higher"),
        figure=Figure(State.SUPPRESSED, "percent"),
        dissatisfied=Figure(State.SUPPRESSED, "percent"),
    )
    assert lowest([hidden], 3) == most_dissatisfied([hidden], 3) == fell([hidden]) == ()


@tried(some.integers(0, 10**12), some.integers(0, 6))
def test_great_numbers_are_placed_exactly(number, decimals):
    """Neighbours in the last decimal are two places, whatever floats would make of them."""
    printing = site(decimals=decimals)
    step = Fraction(1, 10**decimals)
    figures = {"a": shown(number, printing=printing), "b": shown(number + step, printing=printing)}
    found = places(figures, "higher", "dense")
    assert (found["a"].number, found["b"].number) == (2, 1)
