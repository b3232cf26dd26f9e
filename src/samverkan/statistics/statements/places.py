"""Where the last year's events took place: as counts, with what chance allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from samverkan.documents.formats import number

from ..selectors import PartOfYear, PartsOfYears
from .words import language_now

CONFIDENCE = 0.95


class Share(StrEnum):
    """What may be said of a part, by where the exact limits of its share lie."""

    NONE = "none"
    NEARLY_ALL = "nearly_all"
    MOST = "most"
    VERY_FEW = "very_few"
    MINORITY = "minority"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class KnownShare:
    """`lower` and `upper` are what so many events can come from, as counts out of the total."""

    count: int
    total: int
    lower: int
    upper: int
    share: Share


def share_of(count: int, total: int) -> KnownShare:
    """Clopper and Pearson's exact limits, and the word that they allow."""
    # Loaded here: SciPy is not part of the web process's start.
    import numpy as np

    from samverkan.methods.rates.conditional import central_share_limits

    limits = central_share_limits(
        np.array([float(count)]), np.array([float(total - count)]), 1.0 - CONFIDENCE
    )
    low, high = float(limits.lower[0]), float(limits.upper[0])
    return KnownShare(
        count, total, round(low * total), round(high * total), _word(count, low, high)
    )


def _word(count: int, low: float, high: float) -> Share:
    if count == 0:
        return Share.NONE
    if low > 0.8:
        return Share.NEARLY_ALL
    if low > 0.5:
        return Share.MOST
    if high < 0.25:
        return Share.VERY_FEW
    if high < 0.5:
        return Share.MINORITY
    return Share.CANNOT_SAY


def part_words(part: PartOfYear, total: int) -> str:
    """One part of the year: in words, as counts, and what chance allows."""
    language = language_now()
    known = share_of(part.total, total)
    phrase = {
        Share.NONE: _("None of %(total)s were %(noun)s."),
        Share.NEARLY_ALL: _("Nearly all were %(noun)s: %(count)s of %(total)s."),
        Share.MOST: _("Most were %(noun)s: %(count)s of %(total)s."),
        Share.VERY_FEW: _("Very few were %(noun)s: %(count)s of %(total)s."),
        Share.MINORITY: _("Fewer than half were %(noun)s: %(count)s of %(total)s."),
        Share.CANNOT_SAY: _(
            "%(count)s of %(total)s were %(noun)s; whether that is most of them cannot be told."
        ),
    }[known.share]
    return phrase % {
        "count": number(part.total, language),
        "total": number(total, language),
        "noun": part.definition.noun(language, is_plural=True),
    }


def chance_words(part: PartOfYear, total: int) -> str:
    language = language_now()
    known = share_of(part.total, total)
    return _("With chance allowed for: %(low)s to %(high)s of %(total)s.") % {
        "low": number(known.lower, language),
        "high": number(known.upper, language),
        "total": number(total, language),
    }


def where_of_last_year(
    parts: Sequence[PartOfYear], total: int, longer: PartsOfYears | None = None
) -> str:
    """Where the last twelve months' events took place, as far as it may be told."""
    if not parts or total <= 0:
        return ""
    said = [f"{part_words(part, total)} {chance_words(part, total)}" for part in parts]
    recent = _("The last twelve months: %(parts)s") % {"parts": " ".join(said)}
    return " ".join([recent, *(words for _part, words in told_by_more_years(parts, total, longer))])


def told_by_more_years(
    parts: Sequence[PartOfYear], total: int, longer: PartsOfYears | None
) -> list[tuple[PartOfYear, str]]:
    """What one year is too short to tell of a part, and more years are not."""
    if longer is None or longer.years < 2 or longer.total <= 0:
        return []
    unsure = {
        part.definition.code
        for part in parts
        if share_of(part.total, total).share in {Share.CANNOT_SAY, Share.MINORITY}
    }
    return [
        (part, f"{of_more_years(part, longer)} {chance_words(part, longer.total)}")
        for part in longer.parts
        if part.definition.code in unsure
        and share_of(part.total, longer.total).share
        in {Share.NEARLY_ALL, Share.MOST, Share.VERY_FEW}
    ]


def of_more_years(part: PartOfYear, longer: PartsOfYears) -> str:
    words = part_words(part, longer.total)
    return _("The last %(years)d years: %(words)s") % {
        "years": longer.years,
        "words": words[:1].lower() + words[1:],
    }
