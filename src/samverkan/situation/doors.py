"""The doors of this room in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.navigation import NavigationGroup, NavigationItem

READERS = (Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)

ITEMS = (
    NavigationItem(
        "week", _("The week"), "situation:week", "clock", (Capability.INCIDENTS_READ,), order=25
    ),
    NavigationItem(
        "my_reports",
        _("Our reports"),
        "situation:my_reports",
        "report",
        (Capability.INCIDENTS_REPORT,),
        order=35,
    ),
    NavigationItem(
        "joint_picture",
        _("Neighbours"),
        "situation:joint_picture",
        "map",
        (Capability.INCIDENTS_READ,),
        order=82,
    ),
    NavigationItem("incidents", _("Incidents"), "situation:incidents", "list", READERS, order=30),
    NavigationItem(
        "report",
        _("Report"),
        "situation:report",
        "report",
        (Capability.INCIDENTS_REPORT,),
        order=15,
    ),
    NavigationItem(
        "review",
        _("Review of reports"),
        "situation:review_queue",
        "list",
        (Capability.INCIDENTS_REVIEW,),
        order=32,
        short_label=pgettext_lazy("short, in the phone's bar", "Review"),
    ),
    NavigationItem(
        "problems",
        _("Problems and measures"),
        "situation:problems",
        "problem",
        (Capability.PROBLEMS_READ,),
        order=40,
        short_label=pgettext_lazy("short, in the phone's bar", "Problems"),
    ),
    NavigationItem("map", _("Map"), "situation:map", "map", (Capability.INCIDENTS_READ,), order=80),
    NavigationItem("places", _("Places"), "situation:places", "place", READERS, order=85),
    NavigationItem(
        "news",
        _("News from the police"),
        "situation:news",
        "news",
        order=90,
        group=NavigationGroup.ROOMS,
    ),
)
