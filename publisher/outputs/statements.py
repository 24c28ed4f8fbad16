"""The right of reply as data: what companies said, in full, and what the bureau responded."""

from collections.abc import Iterator
from typing import Any

from publisher.model.records import Response, Statement
from publisher.model.results import CompanyResult
from publisher.outputs.table import Cells
from publisher.pages import Publication
from publisher.rounding import as_decimal


def statement_rows(publication: Publication) -> Iterator[Cells]:
    """Every company of a round has its statement row."""
    for result in publication.analysis.rounds:
        for sector in result.sectors:
            for one in sector.companies:
                yield from _company(publication, one)


def _company(publication: Publication, one: CompanyResult) -> Iterator[Cells]:
    round_, company = one.round, one.company
    common: dict[str, Any] = {
        "round": round_.id,
        "company": company.id,
        "company_name": publication.words.label(company),
    }
    state = publication.reply_state(round_, company).value
    head = {"record": "statement", "reply": state, "as_of": publication.as_of}
    statement = publication.statement_of(round_, company)
    yield common | head | {"statements_due_on": round_.statements_due} | (_statement(statement) if statement else {})
    if statement:
        for reply in statement.replies:
            yield common | {"record": "reply", "indicator": reply.indicator, "text": reply.text}
        for measure in statement.measures:
            yield common | {
                "record": "measure",
                "text": measure.action,
                "owner": measure.owner,
                "due_on": measure.due_on,
            }
    response = publication.response_of(round_, company)
    if response:
        for row in _response(response, one):
            yield common | row


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "by": statement.signatory,
        "date": statement.signed_on,
        "received_on": statement.received_on,
        "text": statement.body,
    }


def _response(response: Response, one: CompanyResult) -> Iterator[dict[str, Any]]:
    yield {"record": "response", "by": response.post, "date": response.responded_on, "text": response.body}
    after = {each.indicator.id: each.figure.printed for each in one.indicators}
    for point in response.points:
        # A figure that is not shown now is not shown as it was before either.
        changed = point.before is not None and after.get(point.indicator or "") is not None
        yield {
            "record": "point",
            "indicator": point.indicator,
            "text": point.about,
            "decision": point.decision,
            "reason": point.reason,
            "score_before": as_decimal(point.before) if changed and point.before is not None else None,
            "score_after": after.get(point.indicator or "") if changed else None,
        }
