"""The guard's findings in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .report_guard import Found, Kind

REFUSED = {
    Kind.PERSONNUMMER: gettext_lazy("“%(text)s” is a personal identity number. Take it out."),
    Kind.SAMORDNINGSNUMMER: gettext_lazy("“%(text)s” is a coordination number. Take it out."),
    Kind.PHONE: gettext_lazy("“%(text)s” is a telephone number. Take it out."),
    Kind.EMAIL: gettext_lazy("“%(text)s” is an e-mail address. Take it out."),
    Kind.PLATE: gettext_lazy("“%(text)s” is a registration plate. Take it out."),
    Kind.HANDLE: gettext_lazy("“%(text)s” is an account in social media. Take it out."),
    Kind.ADDRESS: gettext_lazy("“%(text)s” is somebody's home. Name the area instead."),
}
ASKED = {
    Kind.NAME: gettext_lazy("Is “%(text)s” a person? Then take the name out."),
    Kind.INDIRECT: gettext_lazy("Can “%(text)s” point out one person? Then write it otherwise."),
    Kind.ADDRESS: gettext_lazy("Is “%(text)s” somebody's home? Then name the area instead."),
}


def words(found: Found) -> str:
    table = REFUSED if found.is_refused else ASKED
    return str(table[found.kind]) % {"text": found.text}


def as_json(found: Iterable[Found]) -> list[dict[str, object]]:
    """For the script beside the field; `may_confirm` is what the writer can answer no to."""
    return [
        {
            "start": each.start,
            "end": each.end,
            "text": each.text,
            "message": words(each),
            "may_confirm": not each.is_refused,
        }
        for each in found
    ]


def summary(found: Iterable[Found]) -> str:
    """One message for a field's error."""
    return " ".join([_("EST is about places and events, not persons."), *map(words, found)])
