from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samverkan.statistics"
    label = "statistics"

    def ready(self) -> None:
        from samverkan.platform.imports.kinds import register

        from .import_kinds import StatisticsKind

        register(StatisticsKind())
