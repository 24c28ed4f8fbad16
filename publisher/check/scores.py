"""Rules for `scores`: a row must have what its measure needs, no more, and its counts must agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from publisher.check.context import Context
from publisher.measures import counted_n, exact_score
from publisher.model.records import Round, Score
from publisher.model.scheme import Indicator, Scheme
from publisher.problems import Place, Problem, problem, warning
from publisher.rounding import as_decimal, rounded

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "grades": (),
    "yes_no": ("yes", "no"),
    "share": ("numerator", "denominator"),
    "points": ("score",),
    "checklist": ("met", "not_met"),
    "count": ("value",),
}
_MOST_NAMED = 3
"""Indicators that are named of all that need a column."""
_ALLOWED: Mapping[str, frozenset[str]] = {
    "grades": frozenset({"n", "score", "not_applicable"}),
    "yes_no": frozenset({"n", "score", "yes", "no", "not_applicable"}),
    "share": frozenset({"n", "score", "numerator", "denominator"}),
    "points": frozenset({"n", "score"}),
    "checklist": frozenset({"point", "met", "partly", "not_met"}),
    "count": frozenset({"value", "unit"}),
}
_COLUMNS = frozenset().union(*_ALLOWED.values())

Row = tuple[Round, Scheme, Indicator, Score]


def _scores(context: Context) -> Iterator[tuple[Round, Scheme, Score]]:
    for round_ in context.bureau.rounds.values():
        scheme = context.bureau.schemes.get(round_.scheme)
        if scheme:
            for score in context.bureau.scores.get(round_.id, ()):
                yield round_, scheme, score


def _rows(context: Context) -> Iterator[Row]:
    """Rows whose indicator is known."""
    indicators = {(scheme.id, one.id): one for scheme in context.bureau.schemes.values() for one in scheme.indicators}
    for round_, scheme, score in _scores(context):
        indicator = indicators.get((scheme.id, score.indicator))
        if indicator:
            yield round_, scheme, indicator, score


def names_are_known(context: Context) -> Iterator[Problem]:
    schemes = context.bureau.schemes.values()
    indicators = {scheme.id: {one.id: one for one in scheme.indicators} for scheme in schemes}
    channels = {scheme.id: {one.id: one for one in scheme.channels} for scheme in schemes}
    for _, scheme, score in _scores(context):
        place = score.origin.place
        yield from context.unknown("company", score.company, context.bureau.companies, partial(place, "company"))
        yield from context.unknown("indicator", score.indicator, indicators[scheme.id], partial(place, "indicator"))
        if score.channel is not None:
            yield from context.unknown("channel", score.channel, channels[scheme.id], partial(place, "channel"))


def channels_are_named(context: Context) -> Iterator[Problem]:
    """With channels in the scheme, a row that is part of the composite must say which it is of."""
    for _, scheme, indicator, score in _rows(context):
        if scheme.channels and score.channel is None and indicator.weight is not None:
            yield problem("channel-missing", score.origin.place("channel"))


def channels_or_the_whole(context: Context) -> Iterator[Problem]:
    """The rows of one company and indicator all name a channel, or none does: else some would be ignored."""
    named: dict[tuple[str, str, str], set[bool]] = {}
    for round_, scheme, indicator, score in _rows(context):
        if scheme.channels and indicator.weight is not None:
            continue  # there a missing channel is told by its own rule
        kinds = named.setdefault((round_.id, score.company, score.indicator), set())
        if kinds and (score.channel is None) not in kinds and len(kinds) == 1:
            yield problem("channels-or-whole", score.origin.place("channel"), indicator.known_as)
        kinds.add(score.channel is None)


def points_are_known(context: Context) -> Iterator[Problem]:
    for _, _, indicator, score in _rows(context):
        if score.point is not None and indicator.measure == "checklist":
            known = [point.id for point in indicator.points]
            yield from context.unknown("point", score.point, known, score.origin.place("point"))


def rows_differ(context: Context) -> Iterator[Problem]:
    """One row for each company, indicator, channel and point of a round."""
    seen: dict[tuple[str | None, ...], Score] = {}
    for round_, scheme, score in _scores(context):
        key = (round_.id, score.company, score.indicator, score.channel, score.point)
        if key in seen:
            first = seen[key].origin.where
            name = next((one.known_as for one in scheme.indicators if one.id == score.indicator), score.indicator)
            yield problem("duplicate-row", score.origin.where, name, first=first)
        seen.setdefault(key, score)


def needed_columns_are_filled(context: Context) -> Iterator[Problem]:
    """A whole column that is absent is one fault of the table, whoever needs it."""
    absent: dict[tuple[Place, str], dict[str, None]] = {}
    for _, scheme, indicator, score in _told_rows(context):
        for field, heading in () if _is_unfilled(score) else _lacking(scheme, indicator, score):
            if (field,) in score.origin.fields:
                yield problem("cell-needed", score.origin.place(field), indicator.known_as, column=heading)
            else:
                table = replace(score.origin.where, line=0, cell="")
                absent.setdefault((table, heading), {})[indicator.known_as] = None
    for (table, heading), indicators in absent.items():
        shown = tuple(indicators)[:_MOST_NAMED]
        yield problem("column-needed", table, column=heading, count=len(indicators), indicators=shown)


def _lacking(scheme: Scheme, indicator: Indicator, score: Score) -> Iterator[tuple[str, str]]:
    """(field, heading) of what the measure needs and the row has not."""
    for name in _NEEDED[indicator.measure]:
        if getattr(score, name) is None:
            yield name, f"field.scores.{name}"
    if indicator.measure == "grades":
        yield from ((f"grade:{one.id}", one.name) for one in scheme.grades if one.id not in score.grades)


def rows_are_filled(context: Context) -> Iterator[Problem]:
    """Rows that were laid down to be filled in and were not: told once a sheet."""
    sheets: dict[tuple[str, str], list[Score]] = {}
    for _, _, _, score in _told_rows(context):
        if _is_unfilled(score):
            sheets.setdefault((score.origin.where.path, score.origin.where.sheet), []).append(score)
    for scores in sheets.values():
        yield problem("scores-unfilled", scores[0].origin.where, n=len(scores))


def _is_unfilled(score: Score) -> bool:
    return not score.grades and all(getattr(score, name) is None for name in _COLUMNS - {"point", "unit"})


def _told_rows(context: Context) -> Iterator[Row]:
    """Rows of the tables whose headings were understood; else an empty cell is no second fault."""
    return (row for row in _rows(context) if ("columns", row[0].id) not in context.broken)


def other_columns_are_empty(context: Context) -> Iterator[Problem]:
    """A number in a column that the measure does not use would be ignored: so it is refused."""
    for _, _, indicator, score in _rows(context):
        for name in sorted(_COLUMNS - _ALLOWED[indicator.measure]):
            value = getattr(score, name)
            if value is not None:
                shown = as_decimal(value) if isinstance(value, Fraction) else value
                yield problem("column-not-for-measure", score.origin.place(name), shown, indicator=indicator.known_as)
        if score.grades and indicator.measure != "grades":
            grade, count = next(iter(score.grades.items()))
            where = score.origin.place(f"grade:{grade}")
            yield problem("column-not-for-measure", where, count, indicator=indicator.known_as)


def counts_sum_to_n(context: Context) -> Iterator[Problem]:
    for _, _, indicator, score in _told_rows(context):
        counted = counted_n(indicator, score)
        if score.n is not None and counted is not None and counted != score.n:
            yield problem("counts-not-n", score.origin.place("n"), score.n, counted=counted)


def numerators_fit(context: Context) -> Iterator[Problem]:
    for _, _, _, score in _rows(context):
        if score.numerator is not None and score.denominator is not None and score.numerator > score.denominator:
            yield problem(
                "numerator-too-great",
                score.origin.place("numerator"),
                score.numerator,
                limit=score.denominator,
            )


def scores_are_on_scale(context: Context) -> Iterator[Problem]:
    """`points` lie between 0 and the full marks."""
    for _, _, indicator, score in _rows(context):
        full = indicator.full_marks or Fraction(100)
        if indicator.measure == "points" and score.score is not None and not 0 <= score.score <= full:
            yield problem(
                "score-out-of-range", score.origin.place("score"), as_decimal(score.score), limit=as_decimal(full)
            )


def given_scores_agree(context: Context) -> Iterator[Problem]:
    """A score typed beside its counts must be what the counts give, to the decimals that were typed."""
    rule = context.bureau.site.rounding.rule
    for _, scheme, indicator, score in _rows(context):
        if score.score is None or indicator.measure in {"points", "count"}:
            continue
        exact = exact_score(scheme, indicator, [score])
        if exact is None:
            continue
        decimals = _decimals(score.score)
        if rounded(exact, decimals, rule) != rounded(score.score, decimals, rule):
            where = score.origin.place("score")
            yield problem("score-disagrees", where, as_decimal(score.score), computed=rounded(exact, decimals, rule))


def _decimals(value: Fraction) -> int:
    """How many decimals the typed number has at least."""
    return next(places for places in range(13) if (value * 10**places).denominator == 1)


def checklists_are_complete(context: Context) -> Iterator[Problem]:
    """Either one row whose counts make the number of points, or one row for each point."""
    lists: dict[tuple[str, str, str], list[Row]] = {}
    for row in _rows(context):
        if row[2].measure == "checklist" and ("scores", row[0].id) not in context.broken:
            lists.setdefault((row[0].id, row[3].company, row[3].indicator), []).append(row)
    for rows in lists.values():
        _, _, indicator, first = rows[0]
        yield from _one_checklist(indicator, [score for *_, score in rows], first)


def _one_checklist(indicator: Indicator, scores: Sequence[Score], first: Score) -> Iterator[Problem]:
    named = [score.point for score in scores if score.point is not None]
    if not named:
        total = sum((score.met or 0) + (score.partly or 0) + (score.not_met or 0) for score in scores)
        if indicator.points and total != len(indicator.points):
            yield problem("checklist-total", first.origin.place("met"), total, points=len(indicator.points))
        return
    missing = [point.name for point in indicator.points if point.id not in named]
    if len(named) < len(scores):
        yield problem("checklist-mixed", first.origin.place("point"), indicator.known_as)
    elif missing and {point.id for point in indicator.points}.issuperset(named):
        yield problem("checklist-incomplete", first.origin.place("point"), indicator.known_as, missing=tuple(missing))


def units_agree(context: Context) -> Iterator[Problem]:
    for _, _, indicator, score in _rows(context):
        if indicator.unit and score.unit is not None and score.unit not in {indicator.unit, indicator.unit_en}:
            yield problem("unit-disagrees", score.origin.place("unit"), score.unit, unit=indicator.unit)


def counts_are_not_negative(context: Context) -> Iterator[Problem]:
    for _, _, _, score in _rows(context):
        if score.value is not None and score.value < 0:
            yield problem("negative", score.origin.place("value"), as_decimal(score.value))


def companies_were_active(context: Context) -> Iterator[Problem]:
    """Warns when a company is scored outside the time it existed for the bureau."""
    told: set[tuple[str, str]] = set()
    for round_, _, score in _scores(context):
        company = context.bureau.companies.get(score.company)
        if company is None or (round_.id, company.id) in told:
            continue
        too_early = company.since is not None and round_.period.end < company.since
        too_late = company.until is not None and round_.period.start > company.until
        if too_early or too_late:
            told.add((round_.id, company.id))
            yield warning("company-not-active", score.origin.place("company"), company.id)


def rounds_have_scores(context: Context) -> Iterator[Problem]:
    for round_ in context.bureau.rounds.values():
        unread = ("scores", round_.id) in context.broken or round_.scheme not in context.bureau.schemes
        if not unread and not context.bureau.scores.get(round_.id):
            yield warning("no-scores", round_.origin.where, round_.id)


SCORE_RULES = (
    names_are_known,
    channels_are_named,
    channels_or_the_whole,
    points_are_known,
    rows_differ,
    rows_are_filled,
    needed_columns_are_filled,
    other_columns_are_empty,
    counts_sum_to_n,
    numerators_fit,
    scores_are_on_scale,
    given_scores_agree,
    checklists_are_complete,
    units_agree,
    counts_are_not_negative,
    companies_were_active,
    rounds_have_scores,
)
