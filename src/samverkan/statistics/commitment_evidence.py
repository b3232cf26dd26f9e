"""What statistics can show for a commitment: the series that its words name, judged as everywhere.

The sentence is the one of the series' own page, so that small counts get no percentage and no
arrow here either; and it says up to which day it looks.
"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.agreements.evidence import Evidence, EvidenceKind, EvidenceLink, EvidenceQuery
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.swedish.sorting import search_key

from .definitions import SeriesDefinition
from .findings import GroupFindings, group_findings


def statistics_named(actor: Actor, query: EvidenceQuery) -> Evidence | None:
    """The findings at the end of the period; None for whoever may not read statistics."""
    if not actor.may(Capability.STATISTICS_READ):
        return None
    until = query.after - timedelta(days=1)
    found = [
        (code, group)
        for code in sorted(query.municipality_codes)
        for group in group_findings(actor, code, until=until)
        if _is_named(group.definition, query.words)
    ]
    if not found:
        return Evidence(0, _("The goal and the indicator name no series with figures."))
    return Evidence(
        len(found),
        ". ".join(group.leading.sentence for _code, group in found),
        tuple(_link(code, group) for code, group in found),
    )


def _is_named(definition: SeriesDefinition, words: str) -> bool:
    said = search_key(words)
    names = {
        definition.name("sv"),
        *(definition.noun("sv", is_plural=is_plural) for is_plural in (True, False)),
    }
    return any(search_key(name) in said for name in names)


def _link(code: str, group: GroupFindings) -> EvidenceLink:
    address = reverse("statistics:series", args=[code, group.definition.code])
    return EvidenceLink(group.leading.name, address)


KIND = EvidenceKind("statistics", gettext_lazy("Statistics that the goal names"), statistics_named)
