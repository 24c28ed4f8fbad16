"""What the figures are about as data: companies, indicators, notices, meetings, corrections."""

from collections.abc import Iterator

from publisher.outputs.schemes import fields, scheme_rows
from publisher.outputs.table import Cells
from publisher.pages import Publication


def company_rows(publication: Publication) -> Iterator[Cells]:
    same = ("short_name", "sector", "area", "hotline", "website", "uscc", "since", "until")
    for one in publication.bureau.companies.values():
        named = {"company": one.id, "company_name": publication.words.label(one)}
        yield named | fields(one, same)


def indicator_rows(publication: Publication) -> Iterator[Cells]:
    """Of the schemes that a published round uses."""
    for results in publication.results_by_scheme.values():
        yield from scheme_rows(publication.words, results[-1].scheme)


def notice_rows(publication: Publication) -> Iterator[Cells]:
    same = ("kind", "round", "document_number", "index_number", "issuer", "issued_on")
    for one in publication.bureau.notices:
        yield {
            "notice": one.id,
            "title": publication.words.title(one),
            "companies": " ".join(one.companies),
            "published_at": one.published_at.strftime("%Y-%m-%d %H:%M"),
        } | fields(one, same)


def meeting_rows(publication: Publication) -> Iterator[Cells]:
    same = ("kind", "held_on", "ended_on", "place", "round", "residents")
    for one in publication.bureau.meetings.values():
        named = {"meeting": one.id, "title": publication.words.title(one), "companies": " ".join(one.companies)}
        yield named | fields(one, same)


def correction_rows(publication: Publication) -> Iterator[Cells]:
    for one in publication.bureau.corrections:
        named = {"correction": one.id, "companies": " ".join(one.companies)}
        yield named | fields(one, ("kind", "round", "decided_on", "decided_by", "reason"))


def withdrawal_rows(publication: Publication) -> Iterator[Cells]:
    """With all that the register has the hash of."""
    for one in publication.bureau.withdrawals:
        named = {"withdrawal": one.id, "addresses": " ".join(one.addresses), "text": one.body}
        yield named | fields(one, ("withdrawn_on", "decided_by", "reason"))
