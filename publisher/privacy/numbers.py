"""Numbers of persons: identity cards, bank cards, mobiles, landlines."""

import re
from collections.abc import Iterator

from publisher.identifiers import is_credit_code
from publisher.privacy.checksums import (
    is_identity_number,
    is_old_identity_number,
    is_place_and_birth,
    passes_luhn,
)
from publisher.privacy.cues import PHONE_BEFORE, is_count_or_order, is_office_phone, is_order, sentence_before
from publisher.privacy.finding import Finding
from publisher.privacy.folding import lowered

_IDENTITY = re.compile(
    r"[1-8](?<![0-9][0-9])[0-9]{2}[ .·-]?[0-9]{3}"
    r"(?:[ .·-]?[0-9]{4}[ .·-]?[0-9]{2,4}[ .·-]?[0-9]{2}[ .·-]?[0-9]{1,3}[0-9Xx]?)(?![0-9A-Za-z])"
)
_IDENTITY_KEY = re.compile(r"(?:身份证|证件|身份号|公民身份|\bID)[^0-9]{0,8}$", re.IGNORECASE)
_CARD = re.compile(
    r"[1-9](?<![0-9][0-9])(?:[0-9]{14,18}|[0-9]{3}(?:[ -][0-9]{4}){2,3}(?:[ -][0-9]{1,4})?|"
    r"[0-9]{5}[ -][0-9]{9,13})(?![0-9])"
)
_CARD_KEY = re.compile(
    r"(?:银行卡|卡号|储蓄卡|信用卡|借记卡|账号|帐号|账户|开户|bank card|card)[^0-9]{0,8}$", re.IGNORECASE
)
_BANK_KEY = re.compile(r"(?:银行卡|储蓄卡|借记卡|信用卡|[工农中建交邮]行卡)[^0-9]{0,8}$")
_ISSUERS = re.compile(r"62|4|5[1-5]|60|65|68|69|3[0-9]|9[0-9]|2(?:22[1-9]|2[3-9]|[3-6]|7[01])|103")
"""Beginnings of the numbers of card issuers (ISO/IEC 7812); a day such as 20261021 is none of them."""

_SEP = r"[ \-.·_/|、，,~…一。；;：:（）()*]{1,2}"
_MOBILE = re.compile(
    rf"1(?:[3-9][0-9]{{9}}|[3-9][0-9]{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}|[3-9][0-9]{_SEP}[0-9]{{3}}{_SEP}[0-9]{{5}}|"
    r"[3-9][0-9][ -]{1,2}[0-9]{8}|[3-9][0-9]{5}[ -]{1,2}[0-9]{4}|[3-9][0-9]{2}[ -]{1,2}[0-9]{3}[ -]{1,2}[0-9]{4}|"
    r"[3-9][0-9]{2}[ -]{1,2}[0-9]{4}[ -]{1,2}[0-9]{3}|[3-9][0-9]{3}[ -]{1,2}[0-9]{6}|"
    r"[3-9][0-9](?:[ -][0-9]{2}){4}|(?:[ \-.·][0-9]){10})(?![0-9]|[.．][0-9]|,[0-9]{3}\b|\s?[*×✱])"
)
_MOBILE_PREFIX = re.compile(r"(?:^|[^0-9])(?:\+|00)?86[ \-]{0,2}$")
_NUMBER_BEFORE = re.compile(r"[0-9](?:[.,/])?$|[0-9][*×✱]+$")
SPOKEN_FIRST = re.compile("[一幺壹][三四五六七八九叁肆伍陆柒捌玖]")
_SPOKEN = re.compile(
    "[一幺壹][三四五六七八九叁肆伍陆柒捌玖][〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{9}"
    "(?![〇零一二三四五六七八九十百千万幺壹贰叁肆伍陆柒捌玖拾佰仟])"
)
_LANDLINE = re.compile(
    r"0(?<![0-9.]0)(?<![0-9]-0)(?:10|2[0-9]|[3-9][0-9]{2})[ )）\-]{0,3}"
    r"[2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4})(?![0-9*×.])"
)
_LOCAL = re.compile(
    r"(?:电话|座机|固话|宅电|致电|回电|拨打|t(?<![a-z]t)el)(?:号码?)?[为是：:（( \-|]{0,3}"
    r"([2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4}))(?![0-9*×.年-])"
)
_NEW, _OLD = 18, 15
_CREDIT_CODE_KEY = re.compile(r"信用代码|税号")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def without_credit_codes(text: str) -> str:
    """Unified social credit codes name organisations: they are blanked, place for place.

    One of digits only that is an identity number as well is taken for what the word before it says.
    """
    return _CREDIT_CODE.sub(lambda match: _blank(text, match), text)


def _blank(text: str, match: re.Match[str]) -> str:
    code = match[0]
    person = is_identity_number(code) and not _CREDIT_CODE_KEY.search(sentence_before(text, match.start(), 12))
    return "#" * len(code) if is_credit_code(code) and not person else code


def identity_numbers(text: str) -> Iterator[Finding]:
    """18 signs with their check sign right, or called an identity number; 15 digits with a place and a day."""
    for match in _IDENTITY.finditer(text):
        number, called = _digits(match[0]), bool(_IDENTITY_KEY.search(sentence_before(text, match.start(), 16)))
        new = len(number) == _NEW and (is_identity_number(number) or (called and is_place_and_birth(number)))
        if (new or is_old_identity_number(number)) and (called or not is_order(text, match.start())):
            yield Finding("identity", match.start(), match.end())


def bank_cards(text: str) -> Iterator[Finding]:
    """15 to 19 digits that pass the check of Luhn, and begin as cards do or are called a card.

    Called a bank card in so many words, a number that begins as all Chinese ones do needs no check: a slip of the
    pen hides nobody.
    """
    for match in _CARD.finditer(text):
        number = _digits(match[0])
        called = bool(_CARD_KEY.search(sentence_before(text, match.start(), 16)))
        named = bool(_BANK_KEY.search(sentence_before(text, match.start(), 16))) and number.startswith("62")
        if not (_OLD <= len(number) <= 19 and (named or passes_luhn(number))):  # noqa: PLR2004
            continue
        if called or (_ISSUERS.match(number) and not is_order(text, match.start())):
            yield Finding("bank-card", match.start(), match.end())


def mobiles(text: str) -> Iterator[Finding]:
    """11 digits from 13 to 19 on, however they are set apart, unless they count something or name an order."""
    for match in _MOBILE.finditer(text):
        start, before = match.start(), text[max(0, match.start() - 8) : match.start()]
        prefix = _MOBILE_PREFIX.search(before)
        if (not prefix and _NUMBER_BEFORE.search(before)) or is_count_or_order(text, start, match.end()):
            continue
        listed = re.search(r"[、，,/|]", match[0]) and not PHONE_BEFORE.search(sentence_before(text, start))
        if listed and re.search(r"(?:分别|各|依次|年|第)[^，。]{0,6}$", before):
            continue
        yield Finding("mobile", start, match.end())


def spoken_mobiles(text: str) -> Iterator[Finding]:
    """The same in Chinese numerals, those of cheques as well."""
    for match in _SPOKEN.finditer(text):
        yield Finding("mobile", match.start(), match.end())


def landlines(text: str) -> Iterator[Finding]:
    """Numbers with an area code, or 7 or 8 digits called a telephone, unless an office is spoken of."""
    spans = [match.span() for match in _LANDLINE.finditer(text)] + [
        match.span(1) for match in _LOCAL.finditer(lowered(text))
    ]
    for start, end in spans:
        if not (is_order(text, start) or is_office_phone(text, start, end)):
            yield Finding("landline", start, end)
