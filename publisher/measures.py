"""How a score arises from counts, for each measure: exact fractions, nothing rounded.

Percent and points are on a scale from 0 to 100, except `points`, which are as given.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from publisher.model.records import Score
from publisher.model.scheme import Indicator, Scheme

HUNDRED = Fraction(100)


def counted_n(indicator: Indicator, score: Score) -> int | None:
    """All valid answers that the counts of a row make, "not applicable" included; none if it has no counts."""
    outside = score.not_applicable or 0
    if indicator.measure == "grades" and score.grades:
        return sum(score.grades.values()) + outside
    if indicator.measure == "yes_no" and score.yes is not None and score.no is not None:
        return score.yes + score.no + outside
    return score.denominator if indicator.measure == "share" else None


def base_of(indicator: Indicator, scores: Sequence[Score]) -> int | None:
    """What the score is a part of: answers without "not applicable", cases due, points of a checklist."""
    if indicator.measure == "grades":
        return sum(sum(score.grades.values()) for score in scores)
    if indicator.measure == "yes_no":
        return sum((score.yes or 0) + (score.no or 0) for score in scores)
    if indicator.measure == "share":
        return sum(score.denominator or 0 for score in scores)
    if indicator.measure == "checklist":
        return sum((score.met or 0) + (score.partly or 0) + (score.not_met or 0) for score in scores)
    return scores[0].n


def exact_score(scheme: Scheme, indicator: Indicator, scores: Sequence[Score]) -> Fraction | None:
    """The score of the rows of one company, indicator and channel; none if its base is 0.

    grades: sum of count x points / answers. yes_no: share of good answers, in percent. share: numerator /
    denominator, in percent. checklist: points met (and the set part of those partly met) / all, in percent.
    points and count: as given.
    """
    return score_of(scheme, indicator, scores, base_of(indicator, scores))


def score_of(scheme: Scheme, indicator: Indicator, scores: Sequence[Score], base: int | None) -> Fraction | None:
    """The same, where the base is known."""
    if indicator.measure == "points":
        return scores[0].score
    if indicator.measure == "count":
        return scores[0].value
    return Fraction(_good(scheme, indicator, scores), base) if base else None


def _good(scheme: Scheme, indicator: Indicator, scores: Sequence[Score]) -> Fraction | int:
    """The numerator of the score, times 100 for shares."""
    if indicator.measure == "grades":
        common = lcm(*(grade.points.denominator for grade in scheme.grades))
        worth = {grade.id: grade.points.numerator * common // grade.points.denominator for grade in scheme.grades}
        return Fraction(sum(worth[grade] * count for score in scores for grade, count in score.grades.items()), common)
    if indicator.measure == "yes_no":
        good = sum((score.no if indicator.reversed else score.yes) or 0 for score in scores)
        return 100 * good
    if indicator.measure == "share":
        return 100 * sum(score.numerator or 0 for score in scores)
    partly = indicator.partly_counts or Fraction(0)
    return HUNDRED * sum(((score.met or 0) + partly * (score.partly or 0) for score in scores), Fraction(0))


def on_scale(indicator: Indicator, value: Fraction) -> Fraction:
    """A score on the scale from 0 to 100 that a composite adds up."""
    if indicator.measure == "points":
        return value * HUNDRED / (indicator.full_marks or HUNDRED)
    return value
