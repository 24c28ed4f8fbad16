"""A site that shows what is not released: until when, and to whom."""

from dataclasses import dataclass
from datetime import date

from publisher.model.records import Company


@dataclass(frozen=True)
class Preview:
    """What a site says of itself that shows what is not released."""

    until: date
    """The last day on which it is meant to be used."""
    company: Company | None = None
    """The one company that it is for; none: it is for the bureau itself."""
    apart: frozenset[str] = frozenset()
    """Rounds of which it shows this company's part alone."""
    planned: frozenset[str] = frozenset()
    """Addresses of rounds and notices that are not out yet."""
