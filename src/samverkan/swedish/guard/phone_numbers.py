"""Phone numbers as Swedes write them, and foreign ones that begin with a plus.

A span of times (0730-1600), a date (08-02-2026) and a case number are not phone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samverkan.swedish.guard.findings import FindingKind, Span

_BETWEEN = r"[ ./)-]{0,3}"
_WIDER = r"[ \n./)*_-]{0,3}"
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+|00) ?[1-9](?:" + _BETWEEN + r"\(?\d){7,13}(?!\d)")
_WITHOUT_PLUS = re.compile(r"(?<![\w+])467[02369](?:[ -]?\d){7}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)\(?[0O]7" + _WIDER + r"[02369](?:" + _WIDER + r"\d){7}(?!\d)")
_MISTYPED_MOBILE = re.compile(r"(?<!\w)07[02369] ?[-/] ?(?:\d ?){5,8}(?<! )(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\w])(?<!\d[-./: ])\(?"
    r"(?:08\)?[ /-]{0,3}\d(?:[ -]?\d){5,7}|0[1-9]\d{1,2}\)?[ /-]{0,3}\d(?:[ -]?\d){4,6})"
    r"(?!\d|[:.-]\d)"
)
_TIMES = re.compile(r"[012]\d[.: ]?[0-5]\d ?- ?[012]\d[.: ]?[0-5]\d")
_DATE = re.compile(r"[0-3]\d[-/. ][01]\d[-/. ](?:19|20)\d\d")
_CASE_WORD = re.compile(
    r"(?:ärende|dnr|nummer på|faktura|order|ref|ocr|artikel|larm|serienummer|serienr|diarienummer)"
    r"[a-zåäö]{0,6}[ :.]{0,3}$",
    re.IGNORECASE,
)


def phone_numbers(text: str) -> Iterator[Span]:
    for pattern in (_INTERNATIONAL, _WITHOUT_PLUS, _MOBILE, _MISTYPED_MOBILE, _LANDLINE):
        for match in pattern.finditer(text):
            if not _is_something_else(text, match):
                yield Span(FindingKind.PHONE_NUMBER, match.start(), match.end())


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    found = match.group()
    if _TIMES.fullmatch(found) or _DATE.fullmatch(found):
        return True
    if match.re is _INTERNATIONAL:
        n_digits = sum(character.isdigit() for character in found)
        return n_digits < (11 if found.startswith("00") else 9)
    return match.re is _LANDLINE and bool(
        _CASE_WORD.search(text[max(0, match.start() - 30) : match.start()])
    )
