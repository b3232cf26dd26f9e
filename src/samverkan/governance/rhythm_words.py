"""A cadence in words: "Every second week on Wednesdays at 09:00; monthly in summer"."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cadence import Cadence, Rhythm

RHYTHMS = {
    Rhythm.WEEKLY: gettext_lazy("Every week"),
    Rhythm.EVERY_SECOND_WEEK: gettext_lazy("Every second week"),
    Rhythm.MONTHLY: gettext_lazy("Once a month"),
    Rhythm.QUARTERLY: gettext_lazy("Once a quarter"),
    Rhythm.WHEN_NEEDED: gettext_lazy("When needed"),
}
WEEKDAYS = (
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
)


def cadence_words(cadence: Cadence) -> str:
    words = str(RHYTHMS[cadence.rhythm])
    if cadence.rhythm is not Rhythm.WHEN_NEEDED:
        words = _("%(often)s %(weekday)s at %(time)s") % {
            "often": words,
            "weekday": WEEKDAYS[cadence.first_on.isoweekday() - 1],
            "time": f"{cadence.starts_at:%H:%M}",
        }
    if cadence.summer is not None:
        words = _("%(words)s; in summer: %(summer)s") % {
            "words": words,
            "summer": str(RHYTHMS[cadence.summer.rhythm]).lower(),
        }
    return words
