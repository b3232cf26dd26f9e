"""The year wheel of the entries, drawn for the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samverkan.documents.charts.palette import SCREEN
from samverkan.documents.formats import Language, month_name
from samverkan.documents.year_wheel import WheelDot, YearWheel, draw_year_wheel

from .year_wheel import WheelEntry, WheelGroup

RINGS = (
    WheelGroup.LAW,
    WheelGroup.COUNCIL,
    WheelGroup.EST,
    WheelGroup.STATISTICS,
    WheelGroup.INHABITANTS,
    WheelGroup.CONTINUITY,
)


def group_names() -> dict[WheelGroup, str]:
    return {
        WheelGroup.LAW: _("The law"),
        WheelGroup.COUNCIL: _("The council"),
        WheelGroup.EST: _("EST"),
        WheelGroup.STATISTICS: _("Statistics"),
        WheelGroup.INHABITANTS: _("The inhabitants"),
        WheelGroup.CONTINUITY: _("Continuity"),
    }


def wheel_drawing(entries: Sequence[WheelEntry], year: int, today: date) -> SafeString:
    """The entries numbered as in the list; what is late is ringed, what is done is filled."""
    language = Language.of(get_language() or "sv")
    names = group_names()
    left = sum(not entry.is_done for entry in entries)
    picture = YearWheel(
        key=f"year-{year}",
        title=_("The year wheel of %(year)d") % {"year": year},
        description=ngettext(
            "%(all)d thing, of which %(left)d not done. The list below tells the same.",
            "%(all)d things, of which %(left)d not done. The list below tells the same.",
            len(entries),
        )
        % {"all": len(entries), "left": left},
        months=tuple(
            month_name(date(year, month, 1), language, with_year=False)[:3]
            for month in range(1, 13)
        ),
        rings=tuple(names[group] for group in RINGS),
        dots=tuple(
            WheelDot(
                entry.due_on.timetuple().tm_yday,
                RINGS.index(entry.group),
                number,
                entry.is_done,
                not entry.is_done and entry.due_on < today,
            )
            for number, entry in enumerate(entries, start=1)
        ),
        today=today.timetuple().tm_yday if today.year == year else None,
    )
    # The drawing module escapes every text and takes its colours from a fixed palette.
    return mark_safe(draw_year_wheel(picture, SCREEN))  # noqa: S308
