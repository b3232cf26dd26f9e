from __future__ import annotations

from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "samverkan.situation"
    label = "situation"

    def ready(self) -> None:
        from samverkan.governance import agenda_sources
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.imports.kinds import register
        from samverkan.platform.search import registry
        from samverkan.platform.work.registry import register_work

        from . import agenda, doors, open_work, overview_lines, search_answers
        from .import_kinds import IncidentKind, NewsKind

        register(IncidentKind())
        register(NewsKind())
        for item in doors.ITEMS:
            navigation.register(item)
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
        for source in agenda.SOURCES:
            agenda_sources.register(source)
        register_work(open_work.report_of_the_week)
