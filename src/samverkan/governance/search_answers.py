"""What this room answers to a search: groups and meetings that one may see."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.search.registry import SearchHit

from .selectors import groups_matching, label_of_kind, meetings_matching


def groups(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=group.name,
            kind_label=_("Group"),
            url=reverse("governance:group", args=[group.ref]),
            context=label_of_kind(group.kind),
        )
        for group in groups_matching(actor, query, limit)
    ]


def meetings(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=f"{meeting.group.name} {timezone.localtime(meeting.starts_at):%Y-%m-%d}",
            kind_label=_("Meeting"),
            url=reverse("governance:meeting", args=[meeting.ref]),
            context=meeting.place,
        )
        for meeting in meetings_matching(actor, query, limit)
    ]


PROVIDERS = (groups, meetings)
