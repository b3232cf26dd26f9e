"""What the agreements say to the council: the law's 9 §, and how the commitments stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.governance.duties.evidence import Evidence, EvidenceSource, own_only
from samverkan.governance.overview_counts import CountTopic, OverviewCount
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.tones import Tone

from .lives import COMMITMENT
from .models import Agreement, Commitment

TONES = {"late": Tone.STOP, "fulfilled": Tone.OK, "given_up": Tone.WARN}


def agreements_in_force(actor: Actor, code: str) -> Iterator[Evidence]:
    """Written agreements that the municipality is party to, with purposes and areas (9 §)."""
    found = (
        Agreement.objects.visible_to(actor)
        .in_force_on(timezone.localdate(actor.at))
        .filter(parties__organisation__municipality__code=code)
        .exclude(Q(purposes="") | Q(areas=""))
        .distinct()
    )
    for each in found:
        yield Evidence(
            "agreement_in_force",
            each.title,
            max(each.valid_from, each.signed_on or each.valid_from),
            reverse("agreements:agreement", args=[each.ref]),
            each.valid_to,
        )


DUTY_EVIDENCE = EvidenceSource(
    ("agreement_in_force",), agreements_in_force, own_only(Capability.AGREEMENTS_READ)
)


def commitment_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    """Commitments of the frame and of the municipality's annex, by how they go."""
    agreements = (
        Agreement.objects.visible_to(actor)
        .in_force_on(timezone.localdate(actor.at))
        .filter(parties__organisation__municipality__code=code)
    )
    states = list(
        Commitment.objects.visible_to(actor)
        .filter(Q(municipality__isnull=True) | Q(municipality__code=code), agreement__in=agreements)
        .distinct()
        .values_list("state", flat=True)
    )
    for state in COMMITMENT.states:
        if number := states.count(state.key):
            yield OverviewCount(
                CountTopic.COMMITMENTS,
                _("commitments: %(state)s") % {"state": str(state.label).lower()},
                number,
                TONES.get(state.key, Tone.NEUTRAL),
                reverse("agreements:agreements"),
            )
