"""Figures that notices and pages cite by an expression: every one must mean something."""

from collections.abc import Iterator

from publisher.check.context import Context
from publisher.citations import FUNCTIONS, Citation, Fault, citations, meaning
from publisher.limits import MAX_CITATIONS
from publisher.model.records import Article, Notice
from publisher.problems import Place, Problem, problem


def citations_are_understood(context: Context) -> Iterator[Problem]:
    """In the bodies of notices and pages; a notice that announces a round speaks of that round."""
    texts: tuple[Notice | Article, ...] = (*context.bureau.notices, *context.bureau.articles)
    for text in texts:
        own_round = text.round if isinstance(text, Notice) else None
        cited = () if text.body.count("{{") > MAX_CITATIONS else citations(text.body)  # told by its own rule
        for one in cited:
            body = text.origin.place("body")
            place = Place(body.path, line=body.line + text.body.count("\n", 0, one.start))
            yield from _faults(context, one, place, own_round)


def _faults(context: Context, one: Citation, place: Place, own_round: str | None) -> Iterator[Problem]:
    if not one.closed:
        yield problem("citation-unclosed", place, one.text)
    elif one.call is None:
        yield problem("citation-unreadable", place, one.text)
    else:
        meant = meaning(one.call, context.bureau, own_round)
        if isinstance(meant, Fault) and not _is_told_elsewhere(context, meant, own_round):
            yield _problem(meant, one, place)


def _is_told_elsewhere(context: Context, fault: Fault, own_round: str | None) -> bool:
    """What could not be read, and a notice of a round that is not there, are faults of their own."""
    kind = fault.code.removeprefix("unknown-")
    if fault.code == "citation-not-in-round":
        return context.lacks("scores") or context.lacks("company")
    known: dict[str, set[str | None]] = {
        "round": {own_round},
        "scheme": {one.scheme for one in context.bureau.rounds.values()},
    }
    return context.lacks("company" if kind == "sector" else kind) or fault.value in known.get(kind, ())


def _problem(fault: Fault, one: Citation, place: Place) -> Problem:
    """Unknown things are told by their own names, everything else by the expression."""
    if fault.code == "citation-unknown-function":
        return problem(fault.code, place, fault.value, near=fault.near, names=tuple(FUNCTIONS))
    if fault.code == "citation-arguments":
        return problem(fault.code, place, one.text, usage=f"choice.citation.{fault.value}")
    if fault.code == "citation-not-in-round":
        return problem(fault.code, place, fault.value, round=fault.near)
    if fault.code in {"citation-without-round", "citation-without-composite"}:
        return problem(fault.code, place, one.text)
    return problem(fault.code, place, fault.value, near=fault.near)


CITED_RULES = (citations_are_understood,)
