"""What each kind of function comes here for, in one line on the demo's door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DAYS = {
    "safety_coordinator": _("Writes the situational picture and keeps the law's clock."),
    "community_police": _("Gives the police's figures and sees the joint picture."),
    "police_area_chief": _("Reads the picture and stands behind the agreement."),
    "reporter": _("Reports what has happened and sees what the own unit has reported."),
    "council_politician": _("Reads one page that can be trusted and repeated."),
    "council_official": _("Follows problems, measures and groups."),
    "auditor": _("Sees who has done and read what."),
    "administrator": _("Says who holds which function, and from when."),
}
