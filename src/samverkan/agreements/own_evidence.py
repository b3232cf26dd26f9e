"""What this room can show by itself: meetings in the responsible function's calendar, pledges."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import appointments

from .evidence import Evidence, EvidenceKind, EvidenceLink, EvidenceQuery
from .models import Pledge

MOST_LINKS = 5
TOLD = ("kept", "partly_kept", "not_kept")


def meetings_held(actor: Actor, query: EvidenceQuery) -> Evidence:
    """Meetings that have been, of the groups where the responsible function has a seat."""
    found = appointments(actor, {query.function_ref}, query.first, query.after)
    held = [each for each in found if each.ends_at <= actor.at]
    newest = sorted(held, key=lambda each: each.starts_at, reverse=True)[:MOST_LINKS]
    links = [
        EvidenceLink(f"{each.title} {timezone.localdate(each.starts_at).isoformat()}", each.url)
        for each in newest
    ]
    words = ngettext("%(number)d meeting held", "%(number)d meetings held", len(held))
    return Evidence(len(held), words % {"number": len(held)}, tuple(links))


def pledges_told(actor: Actor, query: EvidenceQuery) -> Evidence:
    """Pledges in the municipalities whose result inhabitants have been told."""
    rows = Pledge.objects.visible_to(actor).filter(
        state__in=TOLD, valid_to__gte=query.first, valid_to__lt=query.after
    )
    if query.municipality_codes:
        rows = rows.filter(municipality__code__in=query.municipality_codes)
    found = list(rows)
    links = [
        EvidenceLink(each.title, reverse("agreements:pledge", args=[each.ref]))
        for each in found[:MOST_LINKS]
    ]
    words = ngettext(
        "%(number)d pledge followed up in public",
        "%(number)d pledges followed up in public",
        len(found),
    )
    return Evidence(len(found), words % {"number": len(found)}, tuple(links))


KINDS = (
    EvidenceKind("meetings_held", _("Meetings held"), meetings_held),
    EvidenceKind("pledges_told", _("Pledges followed up"), pledges_told),
)
