"""The decided situational pictures, as what shows that the law's duties are done."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.governance.duties.evidence import Evidence, EvidenceSource, by_clause
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information

from .kinds import Kind
from .models import PictureVersion


def decided_pictures(actor: Actor, code: str) -> Iterator[Evidence]:
    found = (
        PictureVersion.objects.visible_to(actor)
        .filter(
            picture__municipality__code=code,
            picture__kind=Kind.PICTURE,
            decided_on__isnull=False,
        )
        .select_related("picture")
        .order_by("-decided_on")[:5]
    )
    for version in found:
        yield Evidence(
            "decided_picture",
            _("Situational picture of %(period)s, %(body)s § %(paragraph)s")
            % {
                "period": f"{version.picture.period_start:%Y-%m}",
                "body": version.decision_body,
                "paragraph": version.decision_paragraph,
            },
            version.decided_on,
            f"{reverse('reports:picture', args=[version.picture.ref])}?version={version.number}",
        )


SOURCE = EvidenceSource(
    ("decided_picture",),
    decided_pictures,
    by_clause(Information.SITUATIONAL_PICTURES, Capability.PICTURES_READ, detail=Detail.AGGREGATE),
)
