from __future__ import annotations

from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "samverkan.situation"
    label = "situation"

    def ready(self) -> None:
        from samverkan.platform import states
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.imports.kinds import register
        from samverkan.platform.search import registry

        from . import doors, lives, overview_lines, search_answers
        from .import_kinds import IncidentKind, NewsKind

        register(IncidentKind())
        register(NewsKind())
        for machine in lives.MACHINES:
            states.register(machine)
        for item in doors.ITEMS:
            navigation.register(item)
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
