"""Personnummer and samordningsnummer, with or without a valid check digit.

The date must be possible, but for a number written as six digits, a dash and four, where a
mistyped date is no excuse; there the third digit tells it from an organisation number (2 to 9).
A time stamp (2026-11-23 1430) is let through when its check digit does not fit or a
word such as "larm" or "ärende" stands before it.
Source: Skatteverket, SKV 704 and SKV 707.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from samverkan.swedish.guard.findings import FindingKind, Span

_NUMBER = re.compile(
    r"(?<!\d)"
    r"(?P<century>(?:1[89]|20) ?)?(?P<year>\d\d)[ ./-]?(?P<month>\d\d)[ ./-]?(?P<day>\d\d)"
    r"(?P<joint>[ \n]{0,2}[-+/._(]?[ \n]{0,2})(?P<last>\d{4}|\d\d \d\d|\d{3} \d)(?!\d|[-.:]\d)"
)
_SPREAD = re.compile(r"(?<!\d)(?<!\d )(?:\d[ .-]{1,3}){9}(?:(?:\d[ .-]{1,3}){2})?\d(?! ?\d)")
_CASE_WORD = re.compile(
    r"(?:ärende|dnr|diarie|faktura|order|ref|referens|ocr|artikel|larm|serie|inc|händelse)"
    r"(?:nr|nummer)?[ :.]{0,3}(?:nr|nummer)?[ :.]{0,2}$",
    re.IGNORECASE,
)
# Ten digits that begin so are a mobile phone sooner than somebody born in 2007.
_MOBILE = re.compile(r"07[02369]")
_FOLLOWS_NUMBER = re.compile(r"\d[-.:/]$")
_FIRST_YEAR_OF_TIME_STAMPS = 23


def identity_numbers(text: str) -> Iterator[Span]:
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group())[-10:]
        if _is_identity(text, match, digits):
            yield Span(_kind(digits), match.start(), match.end())
    for match in _SPREAD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _has_possible_date(digits[-10:]) and (len(digits) == 10 or digits[:2] in {"19", "20"}):
            yield Span(_kind(digits[-10:]), match.start(), match.end())


def _is_identity(text: str, match: re.Match[str], digits: str) -> bool:
    dashed = any(sign in match["joint"] for sign in "-+")
    if _FOLLOWS_NUMBER.search(text[max(0, match.start() - 2) : match.start()]):
        return dashed and _has_possible_date(digits)
    if not _has_possible_date(digits):
        return dashed and digits[2] in "01" and digits[2:4] != "00"
    if dashed:
        return True
    if _MOBILE.match(digits) and not match["century"]:
        return luhn.is_valid(digits) and int(digits[4:6]) <= 31
    follows_case_word = _CASE_WORD.search(text[max(0, match.start() - 30) : match.start()])
    if _is_time_stamp(digits):
        return luhn.is_valid(digits) and not follows_case_word
    return luhn.is_valid(digits) or bool(match["century"]) or not follows_case_word


def _kind(digits: str) -> FindingKind:
    if int(digits[4:6]) > 60:
        return FindingKind.SAMORDNINGSNUMMER
    return FindingKind.PERSONNUMMER


def _has_possible_date(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) % 60 <= 31


def _is_time_stamp(digits: str) -> bool:
    recent = _FIRST_YEAR_OF_TIME_STAMPS <= int(digits[:2]) < 50 and int(digits[4:6]) <= 31
    return recent and int(digits[6:8]) < 24 and int(digits[8:]) < 60
