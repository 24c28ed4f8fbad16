"""What a notice is on paper: the facts of its page, in the parts that GB/T 9704-2012 names."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from publisher import addresses
from publisher.format import Formats
from publisher.model.records import Notice
from publisher.moments import in_zone
from publisher.pages import Page, Publication
from publisher.press.title import title_lines
from publisher.press.tree import tree_of


def notice_data(publication: Publication, page: Page, html: str) -> Mapping[str, Any]:
    """`html` is the text of the notice as its page prints it."""
    notice: Notice = page.data["notice"]
    words = publication.words
    published = in_zone(notice.published_at, publication.bureau.site.zone)
    return {
        **_of_every_page(publication),
        "title": page.title,
        "lines": title_lines(page.title, _names(publication), words("print.title.ends").split("/")),
        "issuer": notice.issuer,
        "number": notice.document_number or "",
        "text": tree_of(html, addresses.canonical(publication.bureau.site, page.path)),
        "annexes": [*_annexes(publication, page, notice)],
        "annex": {"one": words("notice.annex"), "head": words("print.annex")},
        "day": words.day(notice.issued_on),
        "open": words("notice.open"),
        "issued": words("print.issued", day=words.day(published.date())),
        "keywords": list(notice.keywords),
        "corrected": [*_corrected(publication, page)],
        "address": words("print.address", address=addresses.canonical(publication.bureau.site, page.path)),
    }


def withdrawn_data(publication: Publication, page: Page, html: str) -> Mapping[str, Any]:
    """What is at the address of a notice that was withdrawn: when, by whom and why."""
    return {
        **_of_every_page(publication),
        "title": page.title,
        "lines": [page.title],
        "issuer": publication.words.label(publication.bureau.site.bureau),
        "text": tree_of(html, addresses.canonical(publication.bureau.site, page.path)),
    }


def _of_every_page(publication: Publication) -> Mapping[str, Any]:
    """Language, and the marks that no sheet may be without."""
    words, site = publication.words, publication.bureau.site
    marks = [words("sample.mark") + words("list.colon") + words("sample.text")] if site.sample else []
    if publication.preview:
        marks.append(words("preview.mark"))
        marks.append(words("preview.until", day=words.day(publication.preview.until)))
    return {
        "language": words.language,
        "marks": marks,
        "watermark": words("preview.watermark") if publication.preview else "",
        "colon": words("list.colon"),
    }


def _names(publication: Publication) -> Collection[str]:
    companies = publication.bureau.companies.values()
    return {name for one in companies for name in (one.name, one.short_name) if name}


def _annexes(publication: Publication, page: Page, notice: Notice) -> Iterator[Mapping[str, str]]:
    """The table of the results, and the files that go out with the notice."""
    words, site = publication.words, publication.bureau.site
    result = page.data["result"]
    if result:
        where = addresses.canonical(site, page.data["data_path"])
        yield {"title": words("notice.annex.data"), "about": words("print.address", address=where)}
    for one in notice.attachments:
        path = addresses.attachment(notice, one)
        if path in publication.withdrawn:
            yield {"title": words.title(one), "about": words("attachments.withdrawn")}
            continue
        kind = words(f"attachments.kind.{one.kind}")
        yield {
            "title": words.title(one),
            "about": words("attachments.about", kind=kind, size=Formats(words).file_size(one.size or 0)),
            "digest": words("attachments.digest", sha256=one.sha256),
            "where": words("print.address", address=addresses.canonical(site, path)),
        }


def _corrected(publication: Publication, page: Page) -> Iterator[str]:
    words = publication.words
    for one in page.corrections:
        kind = words(f"correction.kind.{one.kind}") + words("day.in-brackets", day=words.day(one.decided_on))
        yield words("banner.corrected") + words("list.colon") + kind + " " + one.reason
