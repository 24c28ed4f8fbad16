"""The languages of a site side by side, as its pages name them to one another."""

from dataclasses import dataclass

from publisher import addresses
from publisher.model.settings import Site
from publisher.pages.page import Publication
from publisher.words import Words, words_of


@dataclass(frozen=True)
class Alternate:
    """A language of the site."""

    language: str
    name: str
    """In the language itself."""
    site: Site
    shown: bool
    """It is the language of the page itself."""

    @property
    def words(self) -> Words:
        return words_of(self.language)

    def path(self, path: str) -> str:
        """Where the page of this address is in this language."""
        return addresses.spoken(self.site, path)


def alternates(publication: Publication) -> tuple[Alternate, ...]:
    """All languages of a site that is built in several, the bureau's own first; none of any other."""
    site = publication.bureau.site
    return tuple(
        Alternate(one, words_of(one)("language.own"), site.speaking(one), one == site.language)
        for one in site.languages
        if site.other_languages
    )
