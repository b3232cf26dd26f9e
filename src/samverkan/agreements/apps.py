from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "samverkan.agreements"
    label = "agreements"

    def ready(self) -> None:
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.access.grants import register_grant_provider
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.search import registry

        from . import overview_lines, search_answers
        from .selectors import grants_to_party

        register_grant_provider(grants_to_party)
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
