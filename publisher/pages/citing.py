"""How a page is cited, in Chinese and in English, whichever of them the site speaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from publisher import addresses
from publisher.model.settings import Language
from publisher.pages.page import Publication
from publisher.words import LANGUAGES, words_of

Citation = tuple[str, str]
"""(language, text)."""


def citations(
    publication: Publication, title: Callable[[Publication], str], path: str, published: datetime | None
) -> tuple[Citation, ...]:
    """Who published what, where and when; `title` is asked in each language; its own page is cited, if any."""
    spoken = [_in_language(publication, language) for language in LANGUAGES]
    return tuple((one.words.language, _citation(one, title(one), path, published)) for one in spoken)


def _in_language(publication: Publication, language: Language) -> Publication:
    site, bureau = publication.bureau.site, publication.bureau
    if language in site.languages:
        bureau = replace(bureau, site=site.speaking(language))
    return replace(publication, bureau=bureau, words=words_of(language))


def _citation(publication: Publication, title: str, path: str, published: datetime | None) -> str:
    words, site = publication.words, publication.bureau.site
    text = words("cite", bureau=words.label(site.bureau), title=title, url=addresses.canonical(site, path))
    return text + (words("cite.published", day=words.day(published)) if published else "")
