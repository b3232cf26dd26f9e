"""A draft's parties, a party that leaves, and an earlier version brought back."""

from __future__ import annotations

from samverkan.agreements.models import Agreement

ASKING = "an example for the access table"
POSTED: dict[str, tuple[str, ...]] = {
    "agreements:party_add": ("POST",),
    "agreements:party_remove": ("POST",),
    "agreements:party_signatory": ("POST",),
    "agreements:leave": ("GET", "POST"),
    "agreements:restore": ("GET", "POST"),
}


def example_values() -> dict[str, dict[str, str]]:
    frame = Agreement.objects.for_system(ASKING).earliest("pk")
    draft = Agreement.objects.for_system(ASKING).filter(state="draft").latest("pk")
    party = {"ref": draft.ref, "party_ref": "unknown"}
    return {
        "agreements:parties": {"ref": draft.ref},
        "agreements:party_add": {"ref": draft.ref},
        "agreements:party_remove": party,
        "agreements:party_signatory": party,
        "agreements:leave": {"ref": frame.ref},
        "agreements:restore": {"ref": draft.ref, "number": "1"},
    }
