"""The public page, as what shows that inhabitants are informed (the law's 12 §)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.governance.duties.evidence import Evidence, EvidenceSource, everybody
from samverkan.platform.access.actor import Actor

from .selectors import latest_publications


def public_page(actor: Actor, code: str) -> Iterator[Evidence]:
    for each in latest_publications(actor):
        if each.municipality_code == code:
            yield Evidence(
                "published_page",
                _("The public page, version %(number)d") % {"number": each.number},
                timezone.localdate(each.published_at),
                reverse("publication:municipality", args=[code]),
            )


SOURCE = EvidenceSource(("published_page",), public_page, everybody)
