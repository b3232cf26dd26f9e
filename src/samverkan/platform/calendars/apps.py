from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "samverkan.platform.calendars"
    label = "calendars"

    def ready(self) -> None:
        from samverkan.platform.design import navigation

        navigation.register(
            navigation.NavigationItem(
                "calendars",
                _("Calendar"),
                "calendars:index",
                "clock",
                order=210,
                group=navigation.NavigationGroup.TOOLS,
            )
        )
