from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "samverkan.governance"
    label = "governance"

    def ready(self) -> None:
        from django.core import checks

        from samverkan.platform import states
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.search import registry
        from samverkan.platform.work import registry as work

        from . import (
            agenda_sources,
            decision_kinds,
            lives,
            overview_counts,
            overview_lines,
            own_agenda_points,
            own_decision_kinds,
            own_overview_counts,
            own_work,
            search_answers,
            taken_decisions,
            template_checks,
        )
        from .duties.doors import open_doors

        open_doors()

        navigation.register(
            navigation.NavigationItem(
                "groups",
                _("Groups"),
                "governance:groups",
                "people",
                (Capability.GROUPS_READ,),
                order=50,
            )
        )
        checks.register(template_checks.check_group_templates)
        for machine in lives.MACHINES:
            states.register(machine)
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
        for source in own_agenda_points.SOURCES:
            agenda_sources.register(source)
        for kind in own_decision_kinds.KINDS:
            decision_kinds.register(kind)
        for count in own_overview_counts.PROVIDERS:
            overview_counts.register(count)
        for work_provider in own_work.WORK:
            work.register_work(work_provider)
        for appointments in own_work.APPOINTMENTS:
            work.register_appointments(appointments)
        for taken in taken_decisions.PROVIDERS:
            work.register_decisions(taken)
