"""Share images: what a link to a company's or a notice's page shows of it, in the figures that the page prints."""

from collections.abc import Iterator, Mapping
from typing import Any

from publisher.format import Formats
from publisher.model.records import Company, Notice
from publisher.model.results import CompanyResult
from publisher.pages import Page, Publication
from publisher.pages.embeds import latest_whole, passed_over
from publisher.withdrawn import GoneResult

MOST = 3
"""Indicators of a scheme without a total that an image has room for."""


def company_card(publication: Publication, page: Page) -> Mapping[str, Any]:
    """The latest result that has a total, else the latest: figure, its meaning, which way is good, place, sample."""
    company: Company = page.data["company"]
    results = publication.analysis.by_company.get(company.id)
    if not results:
        return _withdrawn_result(publication, [one for one in publication.gone.results if one.company is company][-1])
    result = latest_whole(results)
    words, formats = publication.words, Formats(publication.words)
    scored = result.composite is not None
    return {
        **_of_every_card(publication),
        "title": words.label(company),
        "above": publication.title_of(result.round) + words("print.between") + words.label(result.scheme),
        "what": words(f"composite.{result.scheme.direction}") if scored else "",
        "figure": formats.scored(result.composite) if result.composite else "",
        "direction": words(f"direction.{result.scheme.direction}") if scored else words("scheme.no-total"),
        "facts": [*_facts(publication, result), *_passed(publication, result)],
    }


def _withdrawn_result(publication: Publication, gone: GoneResult) -> Mapping[str, Any]:
    """Nothing of it but that it was withdrawn, and when."""
    words = publication.words
    return {
        **_of_every_card(publication),
        "title": words.label(gone.company),
        "above": publication.title_of(gone.round),
        "what": "",
        "figure": "",
        "direction": words("embed.withdrawn", day=words.day(gone.withdrawal.withdrawn_on)),
        "facts": [],
    }


def _facts(publication: Publication, result: CompanyResult) -> Iterator[str]:
    """Place and sample, or why there is no place; without a total the first indicators instead."""
    words = publication.words
    if result.composite is None:
        for one in result.indicators[:MOST]:
            unit = words.unit(one.indicator)
            yield words.label(one.indicator) + words("list.colon") + Formats(words).figure(one.figure, unit)
        return
    place = result.place
    if place.number is None:
        yield words(f"place.why.{place.reason or 'no-figure'}")
    else:
        tied = words("place.words.tied") if place.tied else ""
        yield words("place.words", number=words.number(place.number), of=words.number(place.of)) + tied
    if result.composite.base is not None:
        yield words("print.base", n=words.number(result.composite.base))


def _passed(publication: Publication, result: CompanyResult) -> Iterator[str]:
    """Why it is not the last round that the company was in."""
    words = publication.words
    for one in passed_over(publication, result):
        day = words.day(one.withdrawal.withdrawn_on)
        yield words("embed.passed", round=publication.title_of(one.round), day=day)


def notice_card(publication: Publication, page: Page) -> Mapping[str, Any]:
    notice: Notice = page.data["notice"]
    words = publication.words
    return {
        **_of_every_card(publication),
        "title": page.title,
        "above": words(f"notice.kind.{notice.kind}"),
        "facts": [one for one in (notice.document_number, words.day(notice.issued_on)) if one],
        "bureau": notice.issuer,
    }


def withdrawn_card(publication: Publication, page: Page) -> Mapping[str, Any]:
    return {
        **_of_every_card(publication),
        "title": page.title,
        "above": "",
        "facts": [publication.words("withdrawn.kept")],
    }


def _of_every_card(publication: Publication) -> Mapping[str, Any]:
    words, site = publication.words, publication.bureau.site
    return {
        "language": words.language,
        "bureau": words.label(site.bureau),
        "mark": words("sample.mark") if site.sample else "",
    }
