from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    name = "samverkan.platform.design"
    label = "design"

    def ready(self) -> None:
        from .navigation import NavigationItem, register

        register(
            NavigationItem(
                key="overview",
                label=_("Overview"),
                url_name="overview",
                icon="home",
                order=10,
            )
        )
