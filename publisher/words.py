"""Every word a reader or a clerk sees, by key, from the catalogues in `locales/`.

A key without words is a bug and stops the build: there is no silent fall-back to another language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from publisher.catalogue import entries

LANGUAGES: tuple[Literal["zh-Hans", "en"], ...] = ("zh-Hans", "en")
_LOCALES = {"zh-Hans": "zh_Hans", "en": "en"}
MOST_DAYS, MOST_NUMBERS = 10_000, 50_000
PLAIN = "0"
"""The pattern that adds nothing to the digits."""
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MONTH = "month"
"""In the place of a key: the name of a month is a date."""
_FOLDER = Path(__file__).with_name("locales")


class MissingWordsError(LookupError):
    """A key stands in the code or in a template but not in the catalogue."""


@dataclass(frozen=True)
class Words:
    """The catalogue of one language. `words("count.companies", n=3)` chooses the plural by `n`."""

    language: str
    messages: Mapping[str, tuple[str, ...]]

    def __call__(self, key: str, **values: Any) -> str:
        forms = self.messages.get(key)
        if not forms or not forms[0]:
            raise MissingWordsError(f"{key} [{self.language}]")
        form = forms[0]
        if len(forms) > 1:
            form = forms[0 if values["n"] == 1 else 1]
        return form.format(**values) if values else form

    def has(self, key: str) -> bool:
        return key in self.messages

    def label(self, thing: Any) -> str:
        """The name of a noun of the inputs in this language; the bureau's own language is the fall-back."""
        english = getattr(thing, "name_en", None) if self.language == "en" else None
        return english or str(thing.name)

    def title(self, thing: Any) -> str:
        """The title of a noun of the inputs in this language, as `label` does for names."""
        english = getattr(thing, "title_en", None) if self.language == "en" else None
        return english or str(thing.title)

    def description(self, site: Any) -> str:
        """The sentence on the site, as `label` does for names; empty if it has none."""
        english = site.description_en if self.language == "en" else None
        return english or site.description or ""

    def unit(self, thing: Any) -> str:
        """The unit of a noun of the inputs, as `label` does for names; empty if it has none."""
        english = getattr(thing, "unit_en", None) if self.language == "en" else None
        return english or thing.unit or ""

    def short(self, company: Any) -> str:
        """The name of a company where room is scarce; only Chinese names have a short form."""
        return self.label(company) if self.language == "en" else company.short_name or str(company.name)

    def sector(self, company: Any) -> str:
        """The sector of a company, as `label` does for names."""
        english = company.sector_en if self.language == "en" else None
        return english or str(company.sector)

    def number(self, value: int | Decimal, *, signed: bool = False) -> str:
        """Digits as printed: `Decimal` keeps its decimals; a minus sign is U+2212."""
        text = str(value)
        if not signed and self._pattern == PLAIN and text.replace(".", "", 1).isdigit():
            return text  # nothing to be added: not worth being remembered
        return _number(text, self._pattern, _LOCALES[self.language], signed)

    @cached_property
    def _pattern(self) -> str:
        return self("pattern.number")

    def day(self, value: date) -> str:
        return self._date(value, "pattern.day")

    def month(self, value: date) -> str:
        return self._date(value, "pattern.month")

    def moment(self, value: datetime) -> str:
        return _moment(value, value.tzinfo, self("pattern.moment"), _LOCALES[self.language])

    def _date(self, value: date, pattern: str) -> str:
        return _day(value, self(pattern), _LOCALES[self.language])

    def period(self, start: date, end: date) -> str:
        """The customary name of a period: a month, a quarter, a half-year, a year, or from-to."""
        key = _customary(start, end)
        if not key:
            return self("period.span", start=self.day(start), end=self.day(end))
        return self.month(start) if key == _MONTH else self(key, year=start.year)


@lru_cache(MOST_DAYS)
def _customary(start: date, end: date) -> str:
    """The key of the name of a period; empty if it has none."""
    from calendar import monthrange  # noqa: PLC0415

    months = end.month - start.month + 1
    whole = start.day == 1 and start.year == end.year and end.day == monthrange(end.year, end.month)[1]
    if whole and months == 1:
        return _MONTH
    if whole and months in {3, 6, 12} and (start.month - 1) % months == 0:
        part = (start.month - 1) // months + 1
        return {3: f"period.quarter.{part}", 6: f"period.half.{part}", 12: "period.year"}[months]
    return ""


@lru_cache(MOST_DAYS)
def _day(value: date, pattern: str, locale: str) -> str:
    """A site speaks of the same few hundred days over and over."""
    from babel.dates import format_date  # noqa: PLC0415  (start-up time)

    return str(format_date(value, pattern, locale=locale))


@lru_cache(MOST_DAYS)
def _moment(value: datetime, _zone: tzinfo | None, pattern: str, locale: str) -> str:
    """By its zone too: one moment reads differently in two."""
    from babel.dates import format_datetime  # noqa: PLC0415  (start-up time)

    return str(format_datetime(value, pattern, locale=locale))


@lru_cache(MOST_NUMBERS)
def _number(text: str, whole: str, locale: str, signed: bool) -> str:
    """`text` and not a number, because 1.0 and 1.00 are one number and two texts."""
    value = Decimal(text)
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + _digits(text.lstrip("-"), whole, locale)


def _digits(text: str, whole: str, locale: str) -> str:
    """A plain number in a plain pattern is printed as it is; asking the library took a seventh of a page's time."""
    if whole == PLAIN and _PLAIN.fullmatch(text):
        return text
    from babel.numbers import format_decimal  # noqa: PLC0415  (start-up time)

    pattern = f"{whole}.{'0' * len(text.partition('.')[2])}".removesuffix(".")
    return str(format_decimal(Decimal(text), pattern, locale, decimal_quantization=False))


@cache
def words_of(language: str) -> Words:
    """The words of `zh-Hans` or `en`."""
    messages: dict[str, tuple[str, ...]] = {}
    for path in sorted((_FOLDER / _LOCALES[language]).glob("*.po")):
        messages.update(entries(path.read_text(encoding="utf-8")))
    return Words(language, messages)
