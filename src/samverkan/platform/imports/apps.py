from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "samverkan.platform.imports"
    label = "imports"

    def ready(self) -> None:
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design.navigation import (
            NavigationGroup,
            NavigationItem,
            register,
        )

        register(
            NavigationItem(
                key="imports",
                label=_("Import"),
                url_name="imports:index",
                icon="import",
                capabilities=(Capability.IMPORTS_WRITE,),
                order=10,
                group=NavigationGroup.TOOLS,
            )
        )
