"""What this part of the room registers at the start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design import navigation, overview
from samverkan.platform.work import registry

from . import evidence, overview_lines, own_evidence, selectors


def open_doors() -> None:
    navigation.register(
        navigation.NavigationItem(
            "duties",
            _("The law and the year"),
            "duties:index",
            "clock",
            (Capability.PLANS_READ,),
            order=65,
        )
    )
    for source in own_evidence.SOURCES:
        evidence.register(source)
    for line in overview_lines.PROVIDERS:
        overview.register(line)
    registry.register_work(selectors.work)
