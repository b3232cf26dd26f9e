from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samverkan.reports"
    label = "reports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from samverkan.governance.duties import evidence
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation, overview

        from .duty_evidence import SOURCE
        from .overview import situational_picture_section

        navigation.register(
            navigation.NavigationItem(
                key="pictures",
                label=_("Situational picture"),
                url_name="reports:index",
                icon="picture",
                capabilities=(Capability.PICTURES_READ,),
                order=20,
            )
        )
        overview.register(situational_picture_section)
        evidence.register(SOURCE)
