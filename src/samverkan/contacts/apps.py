from __future__ import annotations

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "samverkan.contacts"
    label = "contacts"

    def ready(self) -> None:
        from datetime import timedelta

        from django.utils.translation import gettext_lazy as _

        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation, overview
        from samverkan.platform.jobs import periodic

        from . import overview_lines
        from .services.calls import escalate_due
        from .services.continuity import tell_of_absences

        navigation.register(
            navigation.NavigationItem(
                "contacts",
                _("Who to call"),
                "contacts:index",
                "contact",
                (Capability.CONTACTS_READ,),
                order=55,
            )
        )
        for provider in overview_lines.PROVIDERS:
            overview.register(provider)
        periodic.register("contacts.escalate", timedelta(seconds=15), escalate_due)
        periodic.register("contacts.absences", timedelta(minutes=15), tell_of_absences)
