"""The headings of the council's overview, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .overview_counts import CountTopic

TOPICS = {
    CountTopic.GROUPS: _("The groups' work"),
    CountTopic.OVERDUE: _("Overdue"),
    CountTopic.PROBLEMS: _("Problems by level"),
    CountTopic.MEASURES: _("Measures by outcome"),
    CountTopic.ASSIGNMENTS: _("Assignments"),
    CountTopic.COMMITMENTS: _("What the agreement promises"),
}
