"""Why something cannot be done now, in words that say how to mend it."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .group_templates import GroupTemplate
from .rules import Hindrance


def hindrance_words(hindrance: Hindrance, template: GroupTemplate | None = None) -> str:
    if hindrance is Hindrance.CHAIR_NOT_MUNICIPAL and template is not None:
        return template.chair_rule.to(get_language() or "sv")
    return {
        Hindrance.NO_CHAIR: _("Choose one chair, no more and no less."),
        Hindrance.CHAIR_NOT_MUNICIPAL: _("The chair is to come from the municipality."),
        Hindrance.SEAT_TWICE: _("A function has one seat only."),
        Hindrance.FUNCTION_ENDED: _("One of the functions has ended. Choose another."),
        Hindrance.NO_QUORUM: _(
            "Too few are present for the group to take a position. Mark who is there, or leave "
            "the matter to the next meeting."
        ),
        Hindrance.ATTENDANCE_UNMARKED: _("Mark for every seat whether it was present."),
        Hindrance.NO_ADJUSTER: _("Choose who adjusts the minutes."),
        Hindrance.ADJUSTER_NOT_PRESENT: _("Only who was present can adjust the minutes."),
        Hindrance.NO_POINTS: _("Build the agenda before the notice is sent."),
        Hindrance.TOO_EARLY: _("The meeting can be opened on its day."),
    }[hindrance]
