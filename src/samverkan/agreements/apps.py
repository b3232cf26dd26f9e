from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samverkan.agreements"
    label = "agreements"

    def ready(self) -> None:
        from samverkan.platform.access.grants import register_grant_provider

        from .selectors import grants_to_party

        register_grant_provider(grants_to_party)
