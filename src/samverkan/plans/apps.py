from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "samverkan.plans"
    label = "plans"

    def ready(self) -> None:
        from samverkan.governance import agenda_sources
        from samverkan.governance.duties import evidence
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.search import registry as search
        from samverkan.platform.states import register as register_machine
        from samverkan.platform.work.registry import register_work

        from . import agenda, duty_evidence, overview_lines, search_answers, work_items
        from .lives import MACHINES

        for machine in MACHINES:
            register_machine(machine)
        for shown in duty_evidence.SOURCES:
            evidence.register(shown)
        for source in agenda.SOURCES:
            agenda_sources.register(source)
        register_work(work_items.plan_work)
        search.register(search_answers.action_plans)
        for line in overview_lines.PROVIDERS:
            overview.register(line)
        navigation.register(
            navigation.NavigationItem(
                "plans",
                _("Action plan"),
                "plans:plans",
                "list",
                (Capability.PLANS_READ, Capability.AUDIT_READ),
                order=62,
            )
        )
