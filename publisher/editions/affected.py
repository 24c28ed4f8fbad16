"""Whose results a correction changed: its own and, through means and places, those of others."""

from collections.abc import Collection
from typing import Any

from publisher.model.editions import Change
from publisher.model.results import Analysis, CompanyResult

_OF_A_COMPANY = frozenset({"score", "company", "statement", "response"})


def affected(old: Analysis, new: Analysis, round_: str, changes: Collection[Change]) -> frozenset[str]:
    """The companies of a round whose scorecard says something else than before."""
    before, after = _results(old, round_), _results(new, round_)
    named = {one.key.split("/")[0] for one in changes if one.kind in _OF_A_COMPANY}
    if any(one.kind not in _OF_A_COMPANY for one in changes):
        named |= after.keys()
    told = {id_ for id_, one in after.items() if id_ not in before or _said(before[id_]) != _said(one)}
    return frozenset(told | (named & (before.keys() | after.keys())))


def _results(analysis: Analysis, round_: str) -> dict[str, CompanyResult]:
    found = (result for result in analysis.rounds if result.round.id == round_)
    return {one.company.id: one for result in found for sector in result.sectors for one in sector.companies}


def _said(result: CompanyResult) -> tuple[Any, ...]:
    """What its scorecard tells in figures. Companies, rounds and schemes remember where they were read: left out."""
    return (
        *(result.composite, result.band, result.previous, result.change, result.uncompared),
        *(result.indicators, result.dimensions, result.aspects, result.forms, result.place, result.average),
    )
