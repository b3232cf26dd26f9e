from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "samverkan.agreements"
    label = "agreements"

    def ready(self) -> None:
        from samverkan.governance import overview_counts
        from samverkan.governance.duties import evidence as duty_evidence
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.access.grants import register_grant_provider
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.jobs import periodic
        from samverkan.platform.search import registry
        from samverkan.platform.states import register as register_machine
        from samverkan.platform.work.registry import register_work

        from . import council, evidence, overview_lines, own_evidence, search_answers, work_items
        from .lives import MACHINES
        from .selectors import grants_to_party
        from .services.life import keep_the_calendar

        register_grant_provider(grants_to_party)
        for machine in MACHINES:
            register_machine(machine)
        for kind in own_evidence.KINDS:
            evidence.register(kind)
        register_work(work_items.agreement_work)
        periodic.register("agreements.calendar", timedelta(hours=1), keep_the_calendar)
        duty_evidence.register(council.DUTY_EVIDENCE)
        overview_counts.register(council.commitment_counts)
        navigation.register(
            navigation.NavigationItem(
                "agreements",
                _("Agreements"),
                "agreements:agreements",
                "agreement",
                (Capability.AGREEMENTS_READ,),
                order=60,
            )
        )
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        registry.register(search_answers.agreements)
