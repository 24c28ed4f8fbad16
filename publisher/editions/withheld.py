"""An edition as it may be published: without the counts of figures that no page shows."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from publisher.model.editions import Change, Facts
from publisher.model.figures import Figure, State
from publisher.model.results import CompanyResult, RoundResult

WITHHELD = "withheld"
_KEPT = frozenset({"company", "indicator", "channel", "point"})
_SHOWN = frozenset({State.VALUE, State.NOTHING_DUE})


def public_facts(facts: Facts, result: RoundResult, gone: Collection[tuple[str, str]] = ()) -> Facts:
    """Rows of scores whose figure is not shown keep their names only; so do forms that would tell their counts.

    `gone` are (round, company) of results that were withdrawn: of these no row is shown any more.
    """
    hidden = hidden_rows(result)
    away = {company for round_, company in gone if round_ == result.round.id}
    scores = {
        key: _row(one) if row_of(key) in hidden or row_of(key)[0] in away else one
        for key, one in facts.get("score", {}).items()
    }
    rounds = {key: _without_forms(one, result) for key, one in facts.get("round", {}).items()}
    return {**facts, "score": scores, "round": rounds}


def is_hidden(change: Change, result: RoundResult) -> bool:
    """Whether a change is of a number that the pages withhold."""
    if change.kind == "score":
        return row_of(change.key) in hidden_rows(result)
    own = (one.forms for sector in result.sectors for one in sector.companies)
    forms = (result.forms, *result.channel_forms.values(), *own)
    return "forms" in change.loc and any(one is not None and one.withheld for one in forms)


def hidden_rows(result: RoundResult) -> frozenset[tuple[str, str, str]]:
    """(company, indicator, channel or empty) of every figure that is not shown."""
    companies = (one for sector in result.sectors for one in sector.companies)
    return frozenset(row for one in companies for row in _hidden(one))


def _hidden(result: CompanyResult) -> Iterator[tuple[str, str, str]]:
    for one in result.indicators:
        yield from _if_hidden(one.figure, result.company.id, one.indicator.id, "")
        for part in one.channels:
            yield from _if_hidden(part.figure, result.company.id, one.indicator.id, part.channel.id)


def _if_hidden(figure: Figure, company: str, indicator: str, channel: str) -> Iterator[tuple[str, str, str]]:
    if figure.state not in _SHOWN:
        yield company, indicator, channel


def row_of(key: str) -> tuple[str, str, str]:
    """Company, indicator and channel of a score's key."""
    company, indicator, channel, *_ = [*key.split("/"), "", ""]
    return company, indicator, channel


def _row(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value if name in _KEPT else WITHHELD for name, value in fields.items()}


def _without_forms(fields: Mapping[str, Any], result: RoundResult) -> Mapping[str, Any]:
    """Numbers of forms of the round, of its channels and of its companies, where the pages withhold them."""
    found = dict(fields)
    companies = {one.company.id: one.forms for sector in result.sectors for one in sector.companies}
    if result.forms and result.forms.withheld:
        found["forms"] = WITHHELD
    for name, part, shown in (("channels", "channel", result.channel_forms), ("companies", "company", companies)):
        if name in found:
            found[name] = [_without_own(one, shown.get(one[part])) for one in found[name]]
    return found


def _without_own(fields: Mapping[str, Any], forms: Any) -> Mapping[str, Any]:
    hide = "forms" in fields and (forms is None or forms.withheld)
    return {**fields, "forms": WITHHELD} if hide else fields
