from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samverkan.organisations"
    label = "organisations"

    def ready(self) -> None:
        from samverkan.platform.access.identity import provide_actors

        from .selectors import actor_for

        provide_actors(actor_for)
