from __future__ import annotations

from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "samverkan.situation"
    label = "situation"

    def ready(self) -> None:
        from datetime import timedelta

        from samverkan.agreements import evidence
        from samverkan.governance import agenda_sources, decision_kinds, overview_counts
        from samverkan.platform import states
        from samverkan.platform.design import navigation, offline, overview
        from samverkan.platform.imports.kinds import register
        from samverkan.platform.jobs import periodic
        from samverkan.platform.search import registry
        from samverkan.platform.work.registry import register_decisions, register_work

        from . import (
            agenda,
            agenda_points,
            council,
            decisions,
            doors,
            escalation_lines,
            lives,
            offline_pages,
            open_work,
            overview_lines,
            search_answers,
            work_items,
        )
        from .import_kinds import IncidentKind, NewsKind
        from .services.escalation import escalate

        register(IncidentKind())
        register(NewsKind())
        for machine in lives.MACHINES:
            states.register(machine)
        for item in doors.ITEMS:
            navigation.register(item)
        for provider in (*overview_lines.PROVIDERS, *escalation_lines.PROVIDERS):
            overview.register(provider)
        for source in agenda_points.SOURCES:
            agenda_sources.register(source)
        decision_kinds.register(decisions.MeasureDecision())
        register_work(work_items.problems_and_measures)
        register_decisions(work_items.choices_with_reasons)
        overview.register_action(overview_lines.report_action)
        for page in offline_pages.PAGES:
            offline.register(page)
        for counts in council.COUNTS:
            overview_counts.register(counts)
        evidence.register(council.EVIDENCE)
        periodic.register("situation.escalate", timedelta(hours=6), escalate)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
        for source in agenda.SOURCES:
            agenda_sources.register(source)
        register_work(open_work.report_of_the_week)
