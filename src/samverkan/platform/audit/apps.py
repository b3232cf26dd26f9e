from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samverkan.platform.audit"
    label = "audit"

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
                key="audit",
                label=_("The log"),
                url_name="audit:index",
                icon="log",
                capabilities=(Capability.AUDIT_READ,),
                order=900,
                group=NavigationGroup.TOOLS,
            )
        )
