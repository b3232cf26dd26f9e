"""Descriptions that point out one person without a name: "16-årig pojke på moped".

Groups ("ungdomar i åldern 15-18 år", "15-18-åringar") are not persons and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samverkan.swedish.guard.findings import FindingKind, Span

_NUMBER_WORD = (
    r"(?:sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    r"|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)"
    r"(?:ett|en|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
)
_AGE = rf"(?:(?<![\d-])\d{{1,2}}[ -]?|(?<!\w){_NUMBER_WORD}-?)"
_PERSON = (
    r"(?:pojken?|flickan?|killen?|tjej(?:en)?|grabb(?:en)?|man|mannen|kvinnan?|elev(?:en)?"
    r"|yngling(?:en)?|dam(?:en)?|gubben?|tant(?:en)?|pensionär|barn(?:et)?|son(?:en)?|dotter"
    r"|dottern|person(?:en)?|ungdom(?:en)?|snubben?)"
)
_ON_A_VEHICLE = (
    r"(?: (?:på|i|med) (?:en |sin )?(?:röd |blå |svart |vit )?"
    r"(?:moped|epa|cross|elsparkcykel|a-traktor))?"
)
_RELATIVE = (
    r"(?:pappa|mamma|far|mor|bror|syster|(?:stora?|store|lill[ae]?)(?:bror|syster|brorsan|syrran)"
    r"|son|dotter|mormor|morfar|farmor|farfar|sambo|fru|make|maka|pojkvän|flickvän|kusin|morbror"
    r"|farbror|moster|faster|styvpappa|styvmamma|bonuspappa|bonusmamma|ex|exman|exfru|kille|tjej"
    r"|barn|barnbarn)"
)
_OWNER = r"(?:hennes|hans|dennes|(?:pojken|flickan|killen|tjejen|eleven|mannen|kvinnan)s|vars)"
_DEFINITE = (
    r"(?:mannen|kvinnan|killen|tjejen|pojken|flickan|familjen|grannen|hon|han|den|paret|gubben"
    r"|tanten)"
)
_CLASS = (
    r"(?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian|klass \d\w?|årskurs \d|åk ?\d"
    r"|[1-9][a-f](?!\w))"
)
_AFTER_A_PERSON = "|".join(
    (
        r"(?:,| på| i| om| ca| cirka)? ?\(?(?:ca |cirka )?\d{1,2}(?: ?år(?!\w)|\))",
        r", \d{1,2}(?=[,.;:)]|$)",
        r" (?:i |runt )?\d{2}-?årsåldern",
        rf" (?:som går )?i {_CLASS}",
    )
)


@dataclass(frozen=True, slots=True)
class _Description:
    """`needle` is in every text that `pattern` fits, which saves the search in most texts."""

    needle: str
    pattern: re.Pattern[str]


_DESCRIPTIONS = tuple(
    _Description(needle, re.compile(pattern))
    for needle, pattern in (
        ("årig", rf"{_AGE}årig[ae]? (?:\w{{1,20}} )?{_PERSON}(?!\w){_ON_A_VEHICLE}"),
        ("åring", rf"{_AGE}åring(?:en)?s?(?!\w){_ON_A_VEHICLE}"),
        ("åringar", rf"(?<!\w)(?:två|tre|2|3|båda) {_AGE}åringar(?:na)?(?!\w)"),
        ("", rf"(?<!\w){_PERSON}(?:{_AFTER_A_PERSON})"),
        ("s ", rf"(?<!\w){_OWNER} {_RELATIVE}(?!\w)"),
        ("s ", rf"(?<=\ws ){_RELATIVE}(?!\w)"),
        (
            "n till ",
            r"(?<!\w)(?:sonen|brodern|dottern|systern|pappan|mamman|frun|sambon) till \w{1,30}",
        ),
        ("-", r"(?<!\d)(?:\d\d)?\d\d[01]\d[0-3]\d ?- ?(?:x{2,4}|\*{2,4})"),
        (
            "född ",
            rf"(?<!\w)(?:en )?(?:{_PERSON} )?född (?:i \w{{1,10}} )?(?:år )?"
            r"(?:(?:19|20)\d\d|-?\d\d(?!\d))",
        ),
        (
            "n ",
            rf"(?<!\w){_DEFINITE} (?:som bor )?(?:(?:på|i) (?:lägenhet|lgh|nummer|nr) ?\d{{1,4}}"
            r"|på \w{2,30}(?:gatan|vägen|stigen|gränd) ?\d{1,3})",
        ),
    )
)


def indirect_identifications(text: str) -> Iterator[Span]:
    # One sign for one, so that the places stay: İ is the only letter whose small form is two.
    lower = text.replace("İ", "I").lower()
    for description in _DESCRIPTIONS:
        if description.needle in lower:
            for match in description.pattern.finditer(lower):
                yield Span(FindingKind.INDIRECT_IDENTIFICATION, match.start(), match.end())
