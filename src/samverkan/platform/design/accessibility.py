"""What the accessibility statement must hold (lag 2018:1937, 13 §, and Digg's instructions)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUTHORITY_REPORT_URL = "https://www.digg.se/tdosanmalan"


@dataclass(frozen=True)
class KnownGap:
    """Content that is not accessible: what, how it shows, and why."""

    what: str | Promise
    why: str | Promise


@dataclass(frozen=True)
class Statement:
    """The statement's parts. Who answers is the installation's to say; the rest ships."""

    actor_name: str
    service_name: str
    contact_email: str
    contact_phone: str
    assessed_on: date
    updated_on: date
    gaps: tuple[KnownGap, ...]
    exempt: tuple[KnownGap, ...]
    report_url: str = AUTHORITY_REPORT_URL


GAPS: tuple[KnownGap, ...] = (
    KnownGap(
        _("Files that somebody has uploaded"),
        _(
            "A file that another organisation made is kept as it came. It may lack headings, "
            "descriptions of pictures or a reading order. Ask us, and you get the content in "
            "another form."
        ),
    ),
)
EXEMPT: tuple[KnownGap, ...] = (
    KnownGap(
        _("The map"),
        _(
            "Maps are exempt (9 §). Everything that the map shows also stands in the table "
            "beside it."
        ),
    ),
)


def statement() -> Statement:
    """The statement of this installation."""
    return Statement(
        actor_name=getattr(settings, "ACCESSIBILITY_ACTOR", "") or settings.SITE_NAME,
        service_name=settings.SITE_NAME,
        contact_email=getattr(settings, "ACCESSIBILITY_EMAIL", ""),
        contact_phone=getattr(settings, "ACCESSIBILITY_PHONE", ""),
        assessed_on=date(2026, 11, 23),
        updated_on=date(2026, 11, 23),
        gaps=GAPS,
        exempt=EXEMPT,
    )
