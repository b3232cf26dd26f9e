from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "samverkan.organisations"
    label = "organisations"

    def ready(self) -> None:
        from django.core import checks

        from samverkan.platform.access.identity import provide_actors
        from samverkan.platform.design import navigation
        from samverkan.platform.imports.kinds import register
        from samverkan.platform.jobs.actors import register_actor_resolver
        from samverkan.platform.search import registry

        from .border_checks import check_borders
        from .import_kinds import PopulationKind
        from .search_answers import functions
        from .selectors import actor_for, actor_in_function

        provide_actors(actor_for)
        register_actor_resolver(actor_in_function)
        register(PopulationKind())
        checks.register(check_borders)
        navigation.register(
            navigation.NavigationItem(
                "functions",
                _("Who is who"),
                "functions",
                "directory",
                order=200,
                group=navigation.NavigationGroup.TOOLS,
            )
        )
        registry.register(functions)
