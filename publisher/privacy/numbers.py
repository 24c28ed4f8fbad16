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
_GROUPS = re.compile(r"[1-9](?<![0-9][0-9])(?<![0-9][ \n-][0-9])[0-9]{2,}(?:[ \n-][0-9]+){1,6}[Xx]?(?![0-9A-Za-z])")
_LONGEST = 19
_CARD = re.compile(
    r"[1-9](?<![0-9][0-9])(?:[0-9]{14,18}|[0-9]{3}(?:[ -][0-9]{4}){2,3}(?:[ -][0-9]{1,4})?|"
    r"[0-9]{5}[ -][0-9]{9,13}|[0-9]{7}[ -][0-9]{8}[ -][0-9]{1,3})(?![0-9])"
)
_CARD_KEY = re.compile(
    r"(?:银行|[工农建交]行|卡号|存折|储蓄卡|信用卡|借记卡|账号|帐号|账户|开户|bank card|card)[^0-9]{0,8}$",
    re.IGNORECASE,
)
_BANK_KEY = re.compile(r"(?:银行卡|储蓄卡|借记卡|信用卡|[工农中建交邮]行卡|银行)(?:账号|帐号|卡号)?[^0-9]{0,8}$")
_ISSUERS = re.compile(r"62|4|5[1-5]|60|65|68|69|3[0-9]|9[0-9]|2(?:22[1-9]|2[3-9]|[3-6]|7[01])|103")
"""Beginnings of the numbers of card issuers (ISO/IEC 7812); a day such as 20261021 is none of them."""

_SEP = r"[ \-.·_/|、，,~…一。；;：:（）()*]{1,2}"
_MOBILE = re.compile(
    rf"1(?:[3-9][0-9]{{9}}|[3-9][0-9]{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}|[3-9][0-9]{_SEP}[0-9]{{3}}{_SEP}[0-9]{{5}}|"
    r"[3-9][0-9][ -]{1,2}[0-9]{8}|[3-9][0-9]{5}[ -]{1,2}[0-9]{4}|[3-9][0-9]{2}[ -]{1,2}[0-9]{3}[ -]{1,2}[0-9]{4}|"
    r"[3-9][0-9]{2}[ -]{1,2}[0-9]{4}[ -]{1,2}[0-9]{3}|[3-9][0-9]{3}[ -]{1,2}[0-9]{6}|"
    r"[3-9][0-9](?:[ -][0-9]{2}){4}|[3-9][0-9]{6} [0-9]{3}|(?:[ \-.·][0-9]){10})(?![0-9]|"
    r"[.．](?!0(?![0-9]))[0-9]|,[0-9]{3}\b|\s?[*×✱])"
)
_MOBILE_GROUPS = re.compile(r"1(?<![0-9.]1)[3-9][0-9]{0,7}[ \n-][0-9](?:[ \n-]?[0-9]){2,9}(?![0-9.*×])")
_PHONE_WORD = re.compile(r"手机|电话|联系|拨|致电|号码|号|打|机主|预留|回电|短信")
_MOBILE_LENGTH = 11
_MISTYPED = re.compile("[1lI](?<![A-Za-z0-9].)[3-9][0-9OoIl]{9}(?![A-Za-z0-9])")
MISTYPED_SIGNS = re.compile("[OoIl][0-9]|[0-9][OoIl]")
_MOST_OF_IT = 5
_MOBILE_PREFIX = re.compile(r"(?:^|[^0-9])(?:\+|00)?86[ \-]{0,2}$")
_NUMBER_BEFORE = re.compile(r"[0-9](?<!(?:手机|电话)0)(?:[.,/])?$|[0-9][*×✱]+$")
SPOKEN_FIRST = re.compile("[一幺壹][三四五六七八九叁肆伍陆柒捌玖]")
_SPOKEN = re.compile(
    "[一幺壹][三四五六七八九叁肆伍陆柒捌玖](?:[ ，,、-]?[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){9}"
    "(?![〇零一二三四五六七八九十百千万幺壹贰叁肆伍陆柒捌玖拾佰仟])"
)
_LANDLINE = re.compile(
    r"(?:0(?<![0-9.]0)(?<![0-9]-0)|(?<=86-)|(?<=86 ))(?:10|2[0-9]|[3-9][0-9]{2})[ )）/.\-]{0,3}"
    r"[2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4})(?![0-9*×]|\.[0-9])"
)
_LOCAL = re.compile(
    r"(?:电话|座机|固话|家里|家中|宅电|家电|致电|回电|拨打|t(?<![a-z]t)el)(?:号码?)?[为是：:（( \-|，,\t]{0,3}"
    r"([2-8](?:[0-9]{6,7}|[0-9]{2,3}[ -][0-9]{4}))(?![0-9*×年]|-[0-9]|\.[0-9])"
)
_NEW, _OLD = 18, 15
_CREDIT_CODE_KEY = re.compile(r"信用代码|税号")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


_PAPERS = re.compile(
    r"(?:护照|通行证|军官证|士兵证|警官证|社保卡|残疾[人]?证|居留证|居住证)(?:号码?|编号)?[是为：:（( |]{0,3}"
    r"((?:[a-z]{1,2}|军字第|士字第)?[0-9]{7,10}[0-9x]{0,10})(?![0-9*])"
)
"""Other papers of a person, by the word before their number."""


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
    for start, end, number in _in_groups(text):
        if is_identity_number(number):
            yield Finding("identity", start, end)
    for match in _PAPERS.finditer(lowered(text)):
        yield Finding("identity", *match.span(1))


def _in_groups(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of 15 to 19 digits, however blanks and strokes part them."""
    for match in _GROUPS.finditer(text):
        number = _digits(match[0])
        if _OLD <= len(number) <= _LONGEST and match[0] != number:
            yield *match.span(), number


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
    for start, end, number in _in_groups(text):
        before = sentence_before(text, start, 16)
        if _CARD_KEY.search(before) and (passes_luhn(number) or number.startswith("62")):
            yield Finding("bank-card", start, end)


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
    yield from _mobiles_in_groups(text)


def _mobiles_in_groups(text: str) -> Iterator[Finding]:
    """However blanks part them, behind a word for a telephone."""
    for match in _MOBILE_GROUPS.finditer(text):
        if len(_digits(match[0])) == _MOBILE_LENGTH and _PHONE_WORD.search(sentence_before(text, match.start(), 24)):
            yield Finding("mobile", *match.span())


def mistyped_mobiles(text: str) -> Iterator[Finding]:
    """Letters stand for the digits they look like."""
    for match in _MISTYPED.finditer(text):
        if len(re.findall("[0-9]", match[0])) >= _MOST_OF_IT and not match[0].isdigit():
            yield Finding("mobile", *match.span())


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
