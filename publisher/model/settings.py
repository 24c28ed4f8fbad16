"""`content/site.yaml`: who publishes, where, and by which rules of print."""

import re
from base64 import b64decode
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from publisher.model.fields import Count, Day, Flag, Noun, Record, Text, refuse
from publisher.model.signoff import SignOffPolicy


def _http_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna")
    except ValueError:
        host = b""
    if not host or parts.scheme not in {"http", "https"} or any(c in value for c in " \"'<>?#"):
        refuse("not-an-address")
    return value.rstrip("/")


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        refuse("no-such-time-zone")
    return value


def _public_key(value: str) -> str:
    """The line of a `.pub` file of minisign: two letters for Ed25519, eight bytes of a number, the key."""
    try:
        data = b64decode(value, validate=True)
    except ValueError:
        data = b""
    return value if len(data) == 42 and data[:2] == b"Ed" else refuse("not-a-public-key")  # noqa: PLR2004


def _few(value: int) -> int:
    if value > 6:  # noqa: PLR2004  (more decimals than any such figure has)
        refuse("too-many-decimals")
    return value


def _mark_number(value: str) -> str:
    """As it stands behind `id=` in the link of the register of public bodies' sites."""
    return value if re.fullmatch(r"[0-9A-Fa-f]{32}", value) else refuse("not-a-mark-number")


Address = Annotated[Text, AfterValidator(_http_address)]
Decimals = Annotated[Count, AfterValidator(_few)]
Language = Literal["zh-Hans", "en"]


class Office(Noun):
    """The body that publishes."""

    name: Text
    name_en: Text | None = None
    address: Text | None = None
    postcode: Text | None = None
    phone: Text | None = None
    hotline: Text | None = None
    email: Text | None = None
    website: Address | None = None
    run_by: Text | None = None
    """Who keeps the site for the office, printed in the footer."""


class Press(Noun):
    """Whom reporters ask: a post or an office, never a person."""

    office: Text
    phone: Text | None = None
    email: Text | None = None


class Rounding(Noun):
    """How figures are rounded, once, where they are printed (GB/T 8170 is `half_even`)."""

    rule: Literal["half_up", "half_even"] = "half_up"
    score_decimals: Decimals = 2
    rate_decimals: Decimals = 2


class Thresholds(Noun):
    """Sizes of bases, in valid answers of a sample."""

    suppress_below: Count = 10
    rank_from: Count = 30


class LedgerRules(Noun):
    """The clock of questions and promises."""

    answer_within: Count | None = None
    """Working days in which a question should be answered; none: no answer is called late."""
    due_soon: Count = 7
    """Calendar days before the due date from which a promise is called due soon."""
    broken_after: Count = 30
    """Calendar days after the due date from which an undone promise is called broken."""
    ageing: tuple[Count, ...] = (15, 60, 90)
    """Days without an answer at which `check` warns."""
    show_alike: Flag = False
    """Says beside an answer that it is nearly the same as the answer to another question."""


class Site(Record):
    """The settings of the whole site."""

    bureau: Office
    title: Text
    title_en: Text | None = None
    description: Text | None = None
    description_en: Text | None = None
    language: Language = "zh-Hans"
    """Of the pages that are being made; as the bureau sets it, its own."""
    languages: tuple[Language, ...] = ()
    """Built side by side, the bureau's own first; empty: one alone."""
    base_url: Address
    timezone: Annotated[Text, AfterValidator(_known_zone)] = "Asia/Shanghai"
    sample: Flag = False
    """Says on every page that the data are samples."""
    site_code: Text | None = None
    """Government site identification code; a body without one leaves it out."""
    icp: Text | None = None
    public_security: Text | None = None
    mark_number: Annotated[Text, AfterValidator(_mark_number)] | None = None
    """Of the mark for sites of Party and government organs and public institutions."""
    ipv6: Flag = False
    """The host serves the site over IPv6; the footer says so."""
    rounding: Rounding = Rounding()
    ranking: Literal["dense", "competition"] = "dense"
    thresholds: Thresholds = Thresholds()
    highlights: Count = 3
    """How many lowest indicators and the like are named."""
    signoff: SignOffPolicy = SignOffPolicy(stages=())
    """Left out: nothing needs to be signed."""
    ledger: LedgerRules = LedgerRules()
    next_release: Day | None = None
    print: Flag | None = None
    """Notices as PDF, and share images: made if the extra is installed, unless this says no."""
    licence: Text | None = None
    press: Press | None = None
    public_key: Annotated[Text, AfterValidator(_public_key)] | None = None
    """With which SHA256SUMS is signed, in the format of minisign."""

    @property
    def own_language(self) -> Language:
        """In which the bureau writes, and which its addresses without a prefix speak."""
        return self.languages[0] if self.languages else self.language

    @property
    def other_languages(self) -> tuple[Language, ...]:
        return self.languages[1:]

    def speaking(self, language: Language) -> "Site":
        """The settings of the same site for its pages in another of its languages."""
        return self.model_copy(update={"language": language})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def domain(self) -> str:
        """The host of the site in ASCII, without a port."""
        return (urlsplit(self.base_url).hostname or "").encode("idna").decode()

    def announced(self, as_of: date) -> date | None:
        """The next release the bureau announced, unless it has passed."""
        return self.next_release if self.next_release and self.next_release > as_of else None
