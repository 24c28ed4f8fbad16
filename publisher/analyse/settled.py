"""What is left of figures once all that is made of them is made: what is printed.

Margins and the exact ends of intervals are three quarters of a figure, and only sums and means are made of them. One
company of each round keeps them, for the worked example.
"""

from collections.abc import Iterable
from typing import TypeVar

from publisher.model.figures import Figure, State
from publisher.model.frozen import changed
from publisher.model.results import CompanyResult, GroupResult, SectorResult

F = TypeVar("F", Figure, Figure | None)


def settled(figure: F) -> F:
    one = figure
    if one is None or not (one.ends or one.margins):
        return figure
    # All parts in order: every figure comes by here, and `changed` would take twice as long.
    parts = one.state, one.unit, one.exact, one.printed, one.base, one.small, one.reweighted
    return Figure(*parts, one.certainty, one.interval)


def settled_groups(groups: Iterable[GroupResult]) -> tuple[GroupResult, ...]:
    return tuple(changed(one, figure=settled(one.figure)) for one in groups)


def worked_example(sectors: Iterable[SectorResult]) -> CompanyResult | None:
    """In order of print the first company with a composite and an interval, or with a composite; of whole ones only."""
    shown = [one for sector in sectors for one in sector.companies if _is_whole(one.composite)]
    return next((one for one in shown if one.composite and one.composite.interval), shown[0] if shown else None)


def _is_whole(figure: Figure | None) -> bool:
    return figure is not None and figure.state is State.VALUE and not figure.reweighted
