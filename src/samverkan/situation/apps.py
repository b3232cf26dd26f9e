from __future__ import annotations

from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "samverkan.situation"
    label = "situation"

    def ready(self) -> None:
        from samverkan.platform.design import navigation, offline, overview
        from samverkan.platform.imports.kinds import register
        from samverkan.platform.search import registry

        from . import doors, offline_pages, overview_lines, search_answers
        from .import_kinds import IncidentKind, NewsKind

        register(IncidentKind())
        register(NewsKind())
        for item in doors.ITEMS:
            navigation.register(item)
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        overview.register_action(overview_lines.report_action)
        for page in offline_pages.PAGES:
            offline.register(page)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
