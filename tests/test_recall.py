"""What is kept of pure functions: given back for the same things to the last sign, and for nothing else."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from publisher.analyse import analyse
from publisher.analyse.printing import Printing
from publisher.load.folder import load
from publisher.model.records import Period, Score
from publisher.problems import Place, Source
from publisher.recall import Recall, same


class Counted:
    """A function that knows how often it was really asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, *given):
        self.asked.append(given)
        return object()


def test_the_same_things_are_computed_once():
    recall, function = Recall(), Counted()
    first = recall.of("a", function, (1, "甲"), {"b": Decimal("1.0")})
    assert recall.of("a", function, (1, "甲"), {"b": Decimal("1.0")}) is first
    assert len(function.asked) == 1


def score(line=1, **named):
    origin = Source(Place("results/a/scores.csv", line=line))
    return Score(company="a", indicator="b", score=named.pop("score", "80"), origin=origin, **named)


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal(80), Decimal("80.00")),
        (1, True),
        (1, Decimal(1)),
        (NOON, NOON.astimezone(timezone(timedelta(hours=8)))),
        ((1, 2), (1, 2, 3)),
        ((1, 2), [1, 2]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 1}, {"a": 2}),
        (score(), score(score="81")),
        (score(), score(line=2)),
        (Place("a"), Place("b")),
        (frozenset("a"), frozenset("b")),
    ],
)
def test_what_could_be_printed_otherwise_is_not_the_same(one, other):
    assert not same(one, other)
    assert not same((one,), (other,))
    recall, function = Recall(), Counted()
    assert recall.of("a", function, one) is not recall.of("a", function, other)


@pytest.mark.parametrize("make", [score, lambda: (1, "a", Decimal("1.0")), lambda: {"a": (NOON,)}, lambda: Place("a")])
def test_what_was_read_again_without_a_change_is_the_same(make):
    assert same(make(), make())


def test_keys_are_kept_apart():
    recall, function = Recall(), Counted()
    assert recall.of("a", function, 1) is not recall.of("b", function, 1)


def test_what_is_not_asked_any_more_is_forgotten():
    recall, function = Recall(), Counted()
    first = recall.of("a", function, 1)
    recall.turn()
    assert recall.of("a", function, 1) is first
    recall.turn()
    recall.turn()
    assert recall.of("a", function, 1) is not first


def test_a_round_is_analysed_again_only_where_something_differs_that_it_is_computed_from(root):
    bureau, recall = load(root / "tests/bureau").bureau, Recall()
    first = analyse(bureau, recall=recall)
    again = analyse(load(root / "tests/bureau").bureau, recall=recall)
    assert all(one is other for one, other in zip(first.rounds, again.rounds, strict=True))
    titled = replace(bureau, site=bureau.site.model_copy(update={"title": "另一个标题"}))
    assert all(one is other for one, other in zip(first.rounds, analyse(titled, recall=recall).rounds, strict=True))


@pytest.mark.parametrize("name", ["rounding", "thresholds", "ranking", "highlights"])
def test_every_rule_of_print_makes_other_results(root, name):
    """Also that no other setting is a rule of print: it would have to be one of these."""
    bureau, recall = load(root / "tests/bureau").bureau, Recall()
    others = {
        "rounding": bureau.site.rounding.model_copy(update={"score_decimals": 5, "rate_decimals": 5}),
        "thresholds": bureau.site.thresholds.model_copy(update={"suppress_below": 10**6}),
        "ranking": {"dense": "competition", "competition": "dense"}[bureau.site.ranking],
        "highlights": bureau.site.highlights + 1,
    }
    other = replace(bureau, site=bureau.site.model_copy(update={name: others[name]}))
    before = analyse(bureau, recall=recall).rounds
    after = analyse(other, recall=recall).rounds
    assert all(one is not each for one, each in zip(before, after, strict=True))
    assert after == analyse(other).rounds


def test_one_score_changes_its_round_and_those_compared_with_it(root):
    bureau, recall = load(root / "tests/bureau").bureau, Recall()
    before = analyse(bureau, recall=recall)
    for id_ in bureau.rounds:
        fewer = replace(bureau, scores={**bureau.scores, id_: bureau.scores[id_][:-1]})
        found = analyse(fewer, recall=recall)
        assert found == analyse(fewer)
        earlier = [
            one for one in before.rounds if list(bureau.rounds).index(one.round.id) < list(bureau.rounds).index(id_)
        ]
        assert all(one is other for one, other in zip(earlier, found.rounds, strict=False))


def test_one_score_changes_no_round_behind_the_next_one(root):
    bureau, recall = load(root / "tests/bureau").bureau, Recall()
    first = bureau.rounds["2026-q1"]
    days = [{"start": date(2025, month, 1), "end": date(2025, month, 28)} for month in (1, 2, 3, 4)]
    rounds = {f"r{n}": first.model_copy(update={"id": f"r{n}", "period": Period(**one)}) for n, one in enumerate(days)}
    several = replace(bureau, rounds=rounds, scores=dict.fromkeys(rounds, bureau.scores[first.id]))
    before = analyse(several, recall=recall).rounds
    fewer = replace(several, scores={**several.scores, "r1": several.scores["r1"][:-1]})
    after = analyse(fewer, recall=recall).rounds
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, False, False, True]
    assert after == analyse(fewer).rounds


def test_the_fields_of_printing_are_those_tested_above():
    assert {one.name for one in fields(Printing)} == {"rounding", "thresholds", "ranking", "highlights"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (frozenset({Decimal(80)}), frozenset({Decimal("80.00")})),
        (NOON.timetz(), NOON.astimezone(timezone(timedelta(hours=8))).timetz()),
        (0.0, -0.0),
        (range(0), range(3, 3)),
    ],
)
def test_equal_values_that_are_printed_otherwise_are_not_the_same(one, other):
    assert one == other
    assert not same(one, other)


def test_sets_of_the_same_parts_are_the_same():
    assert same(frozenset(("甲", "乙")), frozenset(("乙", "甲")))
    assert same({(1, Decimal("1.0"))}, {(1, Decimal("1.0"))})


def test_what_was_asked_for_a_publication_with_faults_does_not_pile_up():
    """Nor is what the last good one asked forgotten: it is asked again when the fault is mended."""
    recall, function = Recall(), Counted()
    good = recall.of("a", function, "good")
    recall.turn()
    first = recall.of("a", function, "bad 0")
    recall.turn(complete=False)
    assert recall.of("a", function, "bad 0") is first
    for n in range(5):
        recall.of("a", function, f"bad {n}")
        recall.turn(complete=False)
    assert recall.of("a", function, "good") is good
    assert recall.of("a", function, "bad 0") is not first
