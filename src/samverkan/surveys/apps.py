from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samverkan.surveys"
    label = "surveys"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation
        from samverkan.platform.imports.kinds import register

        from .import_kind import SurveyKind

        register(SurveyKind())
        navigation.register(
            navigation.NavigationItem(
                key="surveys",
                label=_("Perceived safety"),
                short_label=_("Safety"),
                url_name="surveys:index",
                icon="people",
                capabilities=(Capability.SURVEYS_READ,),
                order=65,
            )
        )
