from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "samverkan.governance"
    label = "governance"

    def ready(self) -> None:
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.search import registry

        from . import overview_lines, search_answers
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
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        for answer in search_answers.PROVIDERS:
            registry.register(answer)
