from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "samverkan.api"
    label = "api"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design.navigation import (
            NavigationGroup,
            NavigationItem,
            register,
        )

        register(
            NavigationItem(
                key="tokens",
                label=_("Access tokens"),
                url_name="tokens:index",
                icon="key",
                capabilities=(Capability.API_TOKENS_WRITE,),
                order=910,
                group=NavigationGroup.TOOLS,
            )
        )
