"""A publication in another language of the site: the same facts and the same analysis, told in other words."""

from dataclasses import replace

from publisher.cited import with_figures
from publisher.editions.restore import restored
from publisher.model.bureau import Bureau
from publisher.model.settings import Language
from publisher.pages.page import Publication, Superseded
from publisher.withdrawn import without
from publisher.words import words_of


def in_language(public: Bureau, publication: Publication, language: Language) -> Publication:
    """`public` is what `publication` was made from. Nothing is computed again: no figure can differ."""
    public = replace(public, site=public.site.speaking(language))
    words = words_of(language)
    standing = without(public, publication.gone)
    bureau = replace(with_figures(standing, publication.analysis, words, public), scores={})
    now = replace(publication, bureau=bureau, words=words)
    return replace(now, superseded=tuple(_retold(public, now, one) for one in publication.superseded))


def _retold(public: Bureau, now: Publication, one: Superseded) -> Superseded:
    """An edition as it was sealed, with the corrections that it knew of."""
    before = one.publication
    whole = restored(public, one.revision.old)
    bureau = with_figures(without(whole, now.gone), before.analysis, now.words, whole)
    kept = replace(bureau, scores={}, corrections=before.bureau.corrections)
    return replace(one, publication=replace(now, bureau=kept, analysis=before.analysis))
