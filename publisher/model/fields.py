"""Kinds of values as staff type them: every one is read from text, exactly, or refused with a code.

The codes are those of `locales/*/problems.po`.
"""

import re
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from publisher.problems import Source

_FULL_WIDTH = re.compile(r"[０-９．，－％＋]")
_DIGITS = re.compile(r"[0-9]{1,15}")
_NUMBER = re.compile(r"[-−]?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
_WIDE_COLON = "："
"""As Chinese keyboards type it between hours and minutes."""
_MOMENT = re.compile(r"(\S+?)[T ]\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*(Z|[+-][0-9]{2}:[0-9]{2})?")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index")
_WORDS_FOR_TRUE = {"yes", "true", "是"}
_WORDS_FOR_FALSE = {"no", "false", "否"}
D = TypeVar("D", bound=date)
CONTENT_DIGITS = 20
"""Of the hash that a sign-off is bound to."""
MAX_ID = 60
"""Longest id: keeps every address short enough for Windows and FTP."""


def refuse(code: str, **details: Any) -> NoReturn:
    """The value is refused; `code` names the words."""
    raise PydanticCustomError(code, "{code}", {"code": code, **details})


def _text(value: object) -> str:
    if not isinstance(value, str):
        refuse("not-text")
    return value.strip()


def read_count(value: object) -> int:
    """A whole number of 0 or more."""
    if isinstance(value, int):
        return value
    text = _text(value)
    if _DIGITS.fullmatch(text):
        return int(text)
    if _FULL_WIDTH.search(text):
        refuse("full-width-digits")
    if _NUMBER.fullmatch(text) and text[0] in "-−":
        refuse("negative")
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", text):
        refuse("thousands-separator")
    if _NUMBER.fullmatch(text) and Fraction(text).denominator != 1:
        refuse("not-whole")
    if not re.fullmatch(r"[0-9]{1,15}(?:\.0+)?", text):
        refuse("not-a-number")
    return int(Fraction(text))


def read_number(value: object) -> Fraction:
    """A decimal number, exactly as written: no exponent, no thousands separator."""
    if isinstance(value, Fraction):
        return value
    text = _text(value)
    if _FULL_WIDTH.search(text):
        refuse("full-width-digits")
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        refuse("thousands-separator")
    if not _NUMBER.fullmatch(text):
        refuse("not-a-number")
    return Fraction(text.replace("−", "-"))


def read_share(value: object) -> Fraction:
    """A part of one: `40%`, `0.4` or `2/5`; from 0 to 1."""
    if isinstance(value, Fraction):
        return value
    text = _text(value)
    if _FULL_WIDTH.search(text):
        refuse("full-width-digits")
    text = text.replace("−", "-")
    match = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    if match and int(match[2]):
        share = Fraction(int(match[1]), int(match[2]))
    elif _NUMBER.fullmatch(text.removesuffix("%").rstrip()):
        share = Fraction(text.removesuffix("%").rstrip()) / (100 if text.endswith("%") else 1)
    else:
        refuse("not-a-share")
    if not 0 <= share <= 1:
        refuse("share-out-of-range")
    return share


def read_day(value: object) -> date:
    """`2023-05-22`, `2023/5/22` or `2023年5月22日`; the order is always year, month, day."""
    if isinstance(value, date):
        return value
    text = _text(value)
    if _FULL_WIDTH.search(text):
        refuse("full-width-digits")
    match = _DAY.fullmatch(text.removesuffix(" 00:00:00").removesuffix("T00:00:00"))
    if not match:
        refuse("not-a-date")
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        refuse("no-such-date")


def read_moment(value: object) -> datetime:
    """`2019-11-26 09:30`, with `+08:00` behind it if it is not the bureau's own time zone."""
    if isinstance(value, datetime):
        return value
    text = _text(value).replace(_WIDE_COLON, ":")
    match = _MOMENT.fullmatch(text)
    if not match:
        refuse("not-a-moment")
    day = read_day(match[1])
    try:
        clock = time.fromisoformat(f"{match[2]:0>2}:{match[3]}:{match[4] or '00'}{match[5] or ''}")
    except ValueError:
        refuse("no-such-time")
    return datetime.combine(day, clock)


def read_day_or_moment(value: object) -> date | datetime:
    """A day, or a day with a time of day."""
    return read_moment(value) if isinstance(value, str) and {":", _WIDE_COLON} & {*value} else read_day(value)


def in_bureaus_time(value: D, info: ValidationInfo) -> D:
    """A moment of another zone in the bureau's own time; from here on no moment of the inputs has a zone."""
    zone = (info.context or {}).get("zone")
    if zone is None or not isinstance(value, datetime) or value.tzinfo is None:
        return value
    try:
        return value.astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # the first or last day of the calendar: told as an unlikely year
        return value.replace(tzinfo=None)


def read_flag(value: object) -> bool:
    """`yes` or `no`, `true` or `false`, `是` or `否`."""
    if isinstance(value, bool):
        return value
    text = _text(value).lower()
    if text in _WORDS_FOR_TRUE:
        return True
    if text in _WORDS_FOR_FALSE:
        return False
    refuse("not-yes-or-no")


def read_slug(value: object) -> str:
    """An id: lower-case ASCII letters, digits, single hyphens or underscores; part of a permanent address."""
    return _slug(_text(value))


@lru_cache(10_000)  # thousands of rows name the same few, and all keep one text
def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text) or len(text) > MAX_ID or _RESERVED.fullmatch(text):
        refuse("not-an-id")
    return text


def read_text(value: object) -> str:
    text = _text(value)
    if not text:
        refuse("missing")
    return text


def read_content(value: object) -> str:
    """The hash of what was signed; hyphens, blanks and capitals do not count."""
    text = re.sub(r"[\s-]", "", _text(value)).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{CONTENT_DIGITS}}}", text):
        refuse("not-a-content-hash", digits=CONTENT_DIGITS)
    return text


Count = Annotated[int, BeforeValidator(read_count)]
Number = Annotated[Fraction, BeforeValidator(read_number)]
Share = Annotated[Fraction, BeforeValidator(read_share)]
Day = Annotated[date, BeforeValidator(read_day)]
Moment = Annotated[datetime, BeforeValidator(read_moment), AfterValidator(in_bureaus_time)]
DayOrMoment = Annotated[date | datetime, BeforeValidator(read_day_or_moment), AfterValidator(in_bureaus_time)]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Slug = Annotated[str, BeforeValidator(read_slug)]
Text = Annotated[str, BeforeValidator(read_text)]
Content = Annotated[str, BeforeValidator(read_content)]


class Noun(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=False)


class Record(Noun):
    """A noun that remembers where it was read, so that a rule about it can name the place."""

    origin: Source = Field(repr=False)
