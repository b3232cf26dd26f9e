"""Swedish registration plates: three letters, two digits, a digit or a letter.

I, Q, V, Å, Ä and Ö are not used, nor O as the last. Three small letters, a space and a number is
ordinary Swedish ("kör 120"), so there a word for a plate or a vehicle must stand before.
Source: Transportstyrelsen, "Registreringsskyltar".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samverkan.swedish.guard.findings import FindingKind, Span
from samverkan.swedish.guard.vocabulary import vocabulary

_PLATE = re.compile(
    r"(?<![\w@#])(?P<letters>[A-HJ-PR-UW-Z]{3})(?P<gap> {0,2}[-_.·]? {0,2})"
    r"(?P<number>\d\d[\dA-HJ-NPR-UW-Z])(?![\w@]|[.,:]\d)",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"(?<!\w)[A-HJ-PR-UW-Z](?: [A-HJ-PR-UW-Z]){2}(?: \d){2} [\dA-HJ-NPR-UW-Z](?!\w)"
)
_PLATE_WORD = re.compile(
    r"(?:reg\.? ?(?:nr|nummer)?|registrerings(?:nummer|skylt)|(?:nummer)?(?:skylt|plåt)(?:en)?)"
    r"(?: (?:är|med|nr))?[ .:(\"]{0,3}$",
    re.IGNORECASE,
)
_VEHICLE_WORD = re.compile(
    r"(?:bil(?:en)?|moped(?:en)?|traktor(?:n)?|epan?|buss(?:en)?|skåpbil(?:en)?|husvagn|släp(?:et)?"
    r"|volvon?|saab(?:en)?|bmw|audi|toyota|ford|opel|kia|mazda|nissan|passat|golf|mercedes"
    r"|peugeot|renault|skoda|tesla|volkswagen|vw|hyundai|citroen)[ :(\"]{1,3}$",
    re.IGNORECASE,
)


def registration_plates(text: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        if _is_plate(text, match):
            yield Span(FindingKind.REGISTRATION_PLATE, match.start(), match.end())
    for match in _SPREAD.finditer(text):
        yield Span(FindingKind.REGISTRATION_PLATE, match.start(), match.end())


def _is_plate(text: str, match: re.Match[str]) -> bool:
    letters = match["letters"]
    if not match["gap"]:
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    if _PLATE_WORD.search(before):
        return True
    if letters.lower() in vocabulary().like_plates:
        return False
    return letters.isupper() or bool(_VEHICLE_WORD.search(before))
