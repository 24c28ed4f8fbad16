"""How the nouns read in the words of a site: what templates may ask of each by a filter."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from publisher.format import Formats, hash_source
from publisher.markup import html_of
from publisher.moments import in_zone
from publisher.pages import Publication
from publisher.pages.columns import column_of, name_of
from publisher.qr import code_of
from publisher.sentences import Sentences

_CHINA = ZoneInfo("Asia/Shanghai")
OFTEN = frozenset({"alike", "day", "figure", "interval", "label", "number", "round_title", "share", "short_change"})
"""Those that pages ask for the same thing again and again."""


def filters(publication: Publication) -> dict[str, Callable[..., Any]]:
    words, formats = publication.words, Formats(publication.words)
    sentences = Sentences(words)
    return {
        "against": sentences.against,
        "alike": sentences.alike,
        "broken": sentences.broken,
        "interval": sentences.interval,
        "told": sentences.sector,
        "told_company": sentences.company,
        "bars": formats.bars,
        "change": formats.change,
        "china_time": partial(in_china, zone=publication.bureau.site.zone),
        "column": column_of,
        "column_name": name_of,
        "day": words.day,
        "file_size": formats.file_size,
        "figure": formats.figure,
        "hash_source": hash_source,
        "label": words.label,
        "short": words.short,
        "sector": words.sector,
        "unit": words.unit,
        "markdown": html_of,
        "moment": words.moment,
        "month": words.month,
        "number": words.number,
        "plain": formats.plain,
        "qr": code_of,
        "round_title": publication.title_of,
        "scored": formats.scored,
        "share": formats.share,
        "short_change": formats.short_change,
        "tally": formats.tally,
        "weight": formats.weight,
    }


def in_china(moment: datetime, zone: tzinfo) -> str:
    """As programs read `PubDate`: always the time of China, whatever the bureau's own is."""
    return in_zone(moment, zone).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
