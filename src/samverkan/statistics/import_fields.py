"""What the columns of a statistics file can hold, and the words that headers use for it."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext_lazy as _

from samverkan.platform.imports.fields import ImportField, plain

from .definitions import series_definitions

FIELDS = (
    ImportField(
        "municipality",
        _("Municipality"),
        ("kommun", "kommunkod", "kommun kod", "kommunnamn", "region", "brottskommun", "kod"),
        is_required=True,
        may_be_given=True,
        help=_("SCB code or name"),
    ),
    ImportField(
        "period",
        _("Period"),
        (
            "tidsperiod",
            "tid",
            "år",
            "year",
            "kvartal",
            "quarter",
            "månad",
            "month",
            "datum",
            "date",
        ),
        is_required=True,
        may_be_given=True,
        help=_("2025, 2025K3, 2026-10 or okt 2026"),
    ),
    ImportField("month", _("Month (when the year stands alone)"), ("månad", "mån", "month")),
    ImportField(
        "series",
        _("Kind of offence"),
        (
            "key",
            "serie",
            "brottstyp",
            "brott",
            "brottskategori",
            "brottsgrupp",
            "brottsrubricering",
            "typ av brott",
            "indikator",
            "offence",
            "crime type",
            "crime",
        ),
        is_required=True,
        may_be_given=True,
    ),
    ImportField(
        "count",
        _("Number"),
        (
            "antal",
            "antal brott",
            "antal anmälda brott",
            "anmälda brott",
            "värde",
            "value",
            "number",
        ),
    ),
    ImportField(
        "rate",
        _("Per 100,000 inhabitants"),
        ("per100k", "per 100 000", "per 100 000 inv", "per 100 000 invånare", "antal 100 000 inv"),
    ),
    ImportField(
        "preliminary",
        _("Preliminary"),
        ("preliminär", "prel", "preliminära", "status"),
        help=_("1 or yes for preliminary figures"),
    ),
)

YES = frozenset({"1", "ja", "j", "yes", "true", "x", "p", "prel", "preliminär", "preliminary"})
NO = frozenset({"", "0", "nej", "n", "no", "false", "slutlig", "final", "definitiv"})
# What publishers write where there is no number. A dash is not taken for a zero.
MISSING_MARKS = {
    "..": "not_available",
    ".": "not_available",
    "…": "not_available",
    "-": "dash",
    "–": "dash",
    "x": "suppressed",
    "*": "suppressed",
    "saknas": "not_available",
    "n/a": "not_available",
}


@cache
def series_by_word() -> dict[str, str]:
    """Series codes by the plain form of their code, names and aliases."""
    return {
        plain(word): definition.code
        for definition in series_definitions().values()
        for word in (
            definition.code,
            definition.name_sv,
            definition.name_en,
            *definition.aliases,
        )
    }
