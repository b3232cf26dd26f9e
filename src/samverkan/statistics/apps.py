from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samverkan.statistics"
    label = "statistics"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from samverkan.agreements import evidence
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation
        from samverkan.platform.imports.kinds import register

        from . import commitment_evidence
        from .import_kinds import StatisticsKind
        from .import_survey_kinds import OpenComparisonsKind, SurveyTablesKind

        register(StatisticsKind())
        register(OpenComparisonsKind())
        register(SurveyTablesKind())
        evidence.register(commitment_evidence.KIND)
        navigation.register(
            navigation.NavigationItem(
                key="statistics",
                label=_("Statistics"),
                url_name="statistics:index",
                icon="chart",
                capabilities=(Capability.STATISTICS_READ,),
                order=60,
            )
        )
