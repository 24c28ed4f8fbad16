"""What staff and companies write: companies, rounds, scores, statements, responses, notices, pages."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from publisher.model.attachments import Attachment
from publisher.model.fields import (
    Count,
    Day,
    DayOrMoment,
    Flag,
    Moment,
    Noun,
    Number,
    Record,
    Slug,
    Text,
    refuse,
)
from publisher.model.settings import Address
from publisher.model.signoff import SignOff


def _document_number(value: str) -> str:
    """〔〕 round the full year, no leading zero, 号 behind (GB/T 9704-2012)."""
    import re  # noqa: PLC0415

    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9]{1,16}〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号", value):
        refuse("document-number")
    return value


def _at_least_one(value: Fraction) -> Fraction:
    if value < 1:
        refuse("below-one")
    return value


class Company(Record):
    """A row of `content/companies.csv`."""

    id: Slug
    name: Text
    name_en: Text | None = None
    short_name: Text | None = None
    sector: Text
    sector_en: Text | None = None
    initials: Text | None = None
    """The first letters of its name in pinyin, where the publisher does not work them out rightly."""
    area: Text | None = None
    uscc: Text | None = None
    """Unified social credit code (GB 32100-2015)."""
    hotline: Text | None = None
    website: Address | None = None
    since: Day | None = None
    until: Day | None = None


class Period(Noun):
    """First and last day."""

    start: Day
    end: Day


class Window(Noun):
    """First and last moment of the fieldwork; a day without a time of day means the whole of it."""

    start: DayOrMoment
    end: DayOrMoment


class Forms(Noun):
    """Questionnaires: issued >= returned >= valid."""

    issued: Count | None = None
    returned: Count | None = None
    valid: Count


class ChannelWork(Noun):
    """What round.yaml says of one channel."""

    channel: Slug
    fieldwork: Window | None = None
    forms: Forms | None = None
    population: Count | None = None
    """How many the sample of this channel was drawn from, if not as many as that of the round."""
    note: Text | None = None


class CompanyWork(Noun):
    """What round.yaml says of the sample of one company."""

    company: Slug
    population: Count | None = None
    """How many users its sample was drawn from."""
    forms: Forms | None = None


class Reached(Noun):
    """Which companies had reached a milestone of the scheme when the round ended."""

    milestone: Slug
    companies: tuple[Slug, ...] = ()
    note: Text | None = None


class Round(Record):
    """`results/<round>/round.yaml`."""

    id: Slug
    scheme: Slug
    title: Text | None = None
    title_en: Text | None = None
    """Only where the period's customary name does not do."""
    period: Period
    fieldwork: Window | None = None
    area: Text | None = None
    sampling: Text | None = None
    """How the sample was drawn."""
    forms: Forms | None = None
    population: Count | None = None
    """How many the sample was drawn from, all companies together."""
    design_effect: Annotated[Number, AfterValidator(_at_least_one)] = Fraction(1)
    """By what the way of sampling multiplies the variance; 1 is a simple random sample."""
    form: Text | None = None
    """Which questionnaire, where it is not the scheme's usual one: its figures compare with none of another."""
    partial: Text | None = None
    """What this round lacks, where it is not whole."""
    channels: tuple[ChannelWork, ...] = ()
    companies: tuple[CompanyWork, ...] = ()
    milestones: tuple[Reached, ...] = ()
    statements_due: Day | None = None
    release_at: Moment | None = None
    signoff: SignOff = SignOff()
    source: Text | None = None
    """Where figures come from that the bureau did not gather itself."""
    note: Text | None = None


class Score(Record):
    """A row of `results/<round>/scores.csv`; which columns it fills depends on the indicator's measure."""

    company: Slug
    indicator: Slug
    channel: Slug | None = None
    point: Slug | None = None
    n: Count | None = None
    score: Number | None = None
    yes: Count | None = None
    no: Count | None = None
    not_applicable: Count | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    met: Count | None = None
    partly: Count | None = None
    not_met: Count | None = None
    value: Number | None = None
    unit: Text | None = None
    grades: dict[Slug, Count] = Field(default_factory=dict)


class Reply(Noun):
    """The company on one indicator."""

    indicator: Slug
    text: Text


class PlannedMeasure(Noun):
    """What the company says it will do."""

    action: Text
    owner: Text
    """A post, not a person."""
    due_on: Day | None = None


class Statement(Record):
    """`content/statements/<round>/<company>.md`: the company's own words, not checked."""

    round: Slug
    company: Slug
    signatory: Text
    """The post of who signed."""
    signed_on: Day
    received_on: Day | None = None
    """When it reached the bureau; the day it was signed if left out."""
    declined: Flag = False
    """The company was invited and says that it makes no statement."""
    replies: tuple[Reply, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str
    """Markdown."""

    @property
    def arrived_on(self) -> date:
        """The day it counts from: when it reached the bureau, else when it was signed."""
        return self.received_on or self.signed_on


class ResponsePoint(Noun):
    """What the bureau says to one point of a statement."""

    about: Text
    """The point, in a few words."""
    indicator: Slug | None = None
    decision: Literal["accepted", "partly", "refused"]
    reason: Text
    before: Number | None = None
    """The score that the company was shown before, where it was changed after its objection."""


class Response(Record):
    """`content/responses/<round>/<company>.md`: the bureau's response to a statement, point by point."""

    round: Slug
    company: Slug
    post: Text
    """Of who responded for the bureau."""
    responded_on: Day
    points: tuple[ResponsePoint, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str = ""


class Notice(Record):
    """`content/notices/<id>.md`: an official notice."""

    id: Slug
    kind: Literal["results", "violation", "commendation", "correction", "announcement"]
    title: Text
    title_en: Text | None = None
    round: Slug | None = None
    """The round whose results it announces (kind `results`)."""
    companies: tuple[Slug, ...] = ()
    index_number: Text | None = None
    document_number: Annotated[Text, AfterValidator(_document_number)] | None = None
    issuer: Text
    issued_on: Day
    published_at: Moment
    keywords: tuple[Text, ...] = ()
    topic: Text | None = None
    """Its subject in the catalogue of open government (主题分类)."""
    validity: Text | None = None
    summary: Text | None = None
    """Its content in a sentence or two (内容概述)."""
    signoff: SignOff = SignOff()
    """Where the site asks for it; results are signed with their round."""
    attachments: tuple[Attachment, ...] = ()
    body: str = ""


class Correction(Record):
    """`content/corrections/<id>.md`: what was changed after publication, and why."""

    id: Slug
    round: Slug
    companies: tuple[Slug, ...] = ()
    kind: Literal["error", "revision", "appeal"]
    reason: Text
    decided_by: Text
    decided_on: Day
    covers: tuple[Text, ...] = ()
    """Paths of the sealed facts that it changes, such as `score/<company>/<indicator>/yes`."""
    attachments: tuple[Attachment, ...] = ()
    body: str = ""


class Allowed(Record):
    """A row of `content/allowed.csv`: personal data that may be published, and why."""

    value: Text
    """As it stands in the text; blanks and strokes do not count."""
    file: Text | None = None
    """Where alone it may stand, as `check` names the file; anywhere if left out."""
    reason: Text
    decided_by: Text
    """The post of who decided."""


class Article(Record):
    """`content/pages/<id>.md`: about, contact, privacy and the like."""

    id: Slug
    title: Text
    title_en: Text | None = None
    order: Count = 50
    body: str
