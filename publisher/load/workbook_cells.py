"""One cell of a workbook -> its text: 12, 0.1, 85%, 2024-09-30, 2024-09-30 09:30, 09:30, yes, no.

A number whose format shows something else is told of; nobody could say which of the two is meant.
"""

import datetime as dt
import re
from decimal import Context, Decimal
from typing import NamedTuple

from publisher.load.grid import clean
from publisher.load.workbook_formats import DATE, ELAPSED, Format, plain_text

_EXACT = Context(prec=15)
"""Significant digits of a number in Excel; what a file holds beyond them nobody has typed."""
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")
_AS_IT_IS = re.compile(r"-?[1-9][0-9]*(?:\.[0-9]*[1-9])?|0")
_GREATEST = 308
"""Power of ten of the greatest number that Excel knows."""
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001  (cells have no time zone)
_LEAP_DAY = 60
"""Day that Excel calls 29 February 1900; there was none, and every day before it is counted one too low."""
_DAYS = 2_958_465
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Reading(NamedTuple):
    """What a cell says."""

    text: str
    fault: str = ""
    """`error`: no value; `otherwise`, `long`, `rounded`: one sees something else than the file holds."""
    format: str = ""


def of_text(text: str) -> Reading:
    return Reading(clean(text))


def of_escaped(text: str) -> Reading:
    """A text of an .xlsx file, in which signs that XML cannot hold stand as `_x000D_` (ECMA-376, 22.9.2.19)."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return of_text(text)


def of_flag(raw: str) -> Reading:
    text = {"1": "yes", "true": "yes", "0": "no", "false": "no"}.get(raw.strip())
    return Reading(text) if text else Reading(raw, "error")


def of_number(raw: str, shown: Format | None = None, *, since_1904: bool = False) -> Reading:
    """A number as the file holds it, or the day or time that its format makes of it."""
    if shown is None and len(raw) <= _EXACT.prec and _AS_IT_IS.fullmatch(raw):
        return Reading(raw)
    value = _EXACT.plus(Decimal(raw.strip())) if _NUMBER.fullmatch(raw) else Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > _GREATEST:
        return Reading(raw, "error")
    if shown and shown.kind in {DATE, ELAPSED}:
        return _of_days(value, shown, since_1904=since_1904)
    plain = plain_text(value)
    if abs(value) >= 10**_EXACT.prec:
        return Reading(plain, "long")
    text, fault = shown.text(value, plain) if shown else (plain, "")
    return Reading(text, fault, shown.code if shown and fault else "")


def _of_days(days: Decimal, shown: Format, *, since_1904: bool) -> Reading:
    if shown.kind == ELAPSED:
        return Reading(duration(dt.timedelta(seconds=_seconds(days))) if abs(days) < _DAYS else str(days))
    last = _DAYS - (_EPOCHS[True] - _EPOCHS[False]).days if since_1904 else _DAYS
    if days < 0 or days >= last + 1 or (not since_1904 and int(days) == _LEAP_DAY):
        return Reading(plain_text(days), "error")
    early = not since_1904 and days < _LEAP_DAY
    moment = _EPOCHS[since_1904] + dt.timedelta(days=early, seconds=min(_seconds(days), (last + 1) * 86400 - 1))
    text = moment_text(moment) if days >= 1 else f"{moment_text(moment)} 00:00".split(" ")[1]
    return Reading(text) if shown.is_dated(days) else Reading(text, "otherwise", shown.code)


def _seconds(days: Decimal) -> int:
    """A time of day is a fraction of a day in the file, never quite exact."""
    return int((days * 86400).to_integral_value())


def moment_text(value: dt.datetime) -> str:
    """To the second; without the time of day at midnight."""
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def of_iso(raw: str) -> Reading:
    """A day or a moment of ISO 8601, as .ods and some .xlsx files hold them."""
    try:
        moment = dt.datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
    except ValueError:
        return Reading(raw, "error")
    if moment.year < dt.MAXYEAR:
        moment += dt.timedelta(milliseconds=500)
    return Reading(moment_text(moment.replace(microsecond=0)))


def duration(value: dt.timedelta) -> str:
    """Hours and minutes as Excel's [h]:mm, with seconds where there are some."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours:02d}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
