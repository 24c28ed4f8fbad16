"""Figures typed by hand into a notice on results, held against what the round's pages print.

A clause that names a company may say that company's figures and those of its sector; one that names an indicator as
well, that indicator's; one that names neither, any figure of the round. The rules of the scheme may be said anywhere.
"""

from collections.abc import Iterator

from publisher.claims.facts import Fact, facts_of, mean_of_all, rules_of
from publisher.claims.judging import Known, fits, is_rule, nearest
from publisher.claims.reading import Typed, clauses
from publisher.claims.subjects import Subject, names_in
from publisher.model.bureau import Bureau
from publisher.model.records import Notice
from publisher.model.results import Analysis, RoundResult
from publisher.model.scheme import Scheme, series_of
from publisher.problems import Place, Problem, warning

_CODES = {"score": "typed-score", "average": "typed-average", "change": "typed-change", "place": "typed-place"}
"""By the function that prints such a figure."""


def rounds_with_typed_figures(bureau: Bureau) -> set[str]:
    """Rounds that must be analysed to judge their notices; mostly there are none.

    A figure that is a rule of the scheme needs no analysis.
    """
    found = set()
    for notice in bureau.notices:
        round_ = bureau.rounds.get(notice.round or "") if notice.kind == "results" else None
        if round_ is not None:
            rounding = bureau.site.rounding
            rules = tuple(rules_of(bureau.schemes[round_.scheme], round_, rounding))
            figures = (typed for clause in clauses(notice.body) for typed in clause.figures)
            if not all(is_rule(typed, rules, rounding.rule) for typed in figures):
                found.add(round_.id)
    return found


def contradictions(bureau: Bureau, analysis: Analysis) -> Iterator[Problem]:
    """A warning for each typed figure that is none of its round's."""
    by_round = {result.round.id: result for result in analysis.rounds}
    for notice in bureau.notices:
        if notice.kind == "results" and notice.round in by_round:
            yield from _of_notice(bureau, notice, by_round[notice.round], analysis)


def _of_notice(bureau: Bureau, notice: Notice, result: RoundResult, analysis: Analysis) -> Iterator[Problem]:
    rounding = bureau.site.rounding
    lines = series_of(bureau.schemes)
    line = [one for one in analysis.rounds if lines[one.scheme.id] == lines[result.scheme.id]]
    before = line[: line.index(result)]
    known = Known(
        (*facts_of(result, rounding), *mean_of_all(result, rounding)),
        tuple(fact for one in before for fact in facts_of(one, rounding)),
        tuple(rules_of(result.scheme, result.round, rounding)),
        rounding.rule,
    )
    names = names_in([result, *before], result.round)
    subject = Subject()
    for clause in clauses(notice.body):
        subject = names.subject(clause.text).following(subject, clause.text, fresh=clause.fresh)
        for typed in clause.figures:
            if not fits(typed, subject, known, compares=clause.compares):
                fact = nearest(typed, subject, known)
                place = _place(notice, typed)
                if fact is None:
                    yield warning("typed-nowhere", place, typed.text, round=notice.round)
                else:
                    yield _problem(bureau, result.scheme, typed, place, fact, named=subject.names_something)


def _place(notice: Notice, typed: Typed) -> Place:
    body = notice.origin.place("body")
    return Place(body.path, line=body.line + notice.body.count("\n", 0, typed.start))


def _problem(bureau: Bureau, scheme: Scheme, typed: Typed, place: Place, fact: Fact, *, named: bool) -> Problem:
    """Says what the data say of whom the clause names; if it names nobody, what comes nearest."""
    indicator = next((one.name for one in scheme.indicators if one.id == fact.indicator), "")
    company = bureau.companies.get(fact.company)
    who = (company.short_name or company.name) if company else fact.sector
    kind = {"amount": "change", "place": "place"}.get(fact.kind, "score" if fact.company else "average")
    return warning(
        _CODES[kind] if named else "typed-near",
        place,
        typed.text,
        what=" ".join(name for name in (who, indicator) if name),
        says=_shown(fact),
        expression=_expression(kind, fact),
    )


def _shown(fact: Fact) -> str:
    """With its sign if it is a change, with its percent mark if it is a rate."""
    sign = "" if fact.kind != "amount" else "−" if fact.value < 0 else "+" if fact.value > 0 else ""
    return f"{sign}{abs(fact.value)}{'%' if fact.percent and fact.kind == 'level' else ''}"


def _expression(kind: str, fact: Fact) -> str:
    """What prints the figure by itself."""
    texts = ", ".join(f'"{one}"' for one in (fact.company or fact.sector, fact.indicator) if one)
    return f"{{{{ {kind}({texts}) }}}}"


__all__ = ["contradictions", "rounds_with_typed_figures"]
