"""The self-check of a government site: what the inspections of such sites look at, seen in the pages to be built.

Tells; changes nothing. What only people or a visit can see (wording, whether the site is reachable) is said to be so.
"""

from collections.abc import Callable

from publisher.inspection.answers import questions_are_answered, questions_can_be_asked
from publisher.inspection.built import Built, seen
from publisher.inspection.columns import columns_are_fresh, columns_are_not_blank, notices_are_fresh
from publisher.inspection.finding import Finding, lines_of
from publisher.inspection.home import home_is_fresh
from publisher.inspection.links import attachments_are_there, links_lead_somewhere
from publisher.inspection.marks import footers_agree, pages_are_dated
from publisher.inspection.people import only_people_can_see

Rule = Callable[[Built], Finding]

RULES: tuple[Rule, ...] = (
    home_is_fresh,
    notices_are_fresh,
    columns_are_fresh,
    columns_are_not_blank,
    pages_are_dated,
    questions_can_be_asked,
    questions_are_answered,
    footers_agree,
    links_lead_somewhere,
    attachments_are_there,
    only_people_can_see,
)
"""A new rule is one function and its name here; each finds one line of the report."""

__all__ = ["RULES", "Built", "Finding", "inspected", "lines_of", "seen"]


def inspected(built: Built) -> tuple[Finding, ...]:
    """Every line of the report."""
    return tuple(rule(built) for rule in RULES)
