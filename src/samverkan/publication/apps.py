from __future__ import annotations

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "samverkan.publication"
    label = "publication"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from samverkan.agreements import selectors as agreements
        from samverkan.governance.duties import evidence
        from samverkan.platform.access.capabilities import Capability
        from samverkan.platform.design import navigation

        from . import duty_evidence, pledge_sources

        published_pledges = getattr(agreements, "published_pledges", None)
        if published_pledges is not None:
            pledge_sources.register(published_pledges)
        evidence.register(duty_evidence.SOURCE)
        navigation.register(
            navigation.NavigationItem(
                key="publication",
                label=_("Publication"),
                url_name="publication:desk",
                icon="news",
                capabilities=(Capability.PUBLICATION_WRITE,),
                order=70,
                group=navigation.NavigationGroup.TOOLS,
            )
        )
