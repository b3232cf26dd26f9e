"""The examples of the agreements' room, of Storfors."""

from __future__ import annotations

from samverkan.agreements.models import Agreement, Commitment, KeptDocument, Pledge

ASKING = "an example for the access table"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "agreements:new": BOTH,
    "agreements:facts": BOTH,
    "agreements:section": BOTH,
    "agreements:comment": SENT,
    "agreements:answer": SENT,
    "agreements:share": BOTH,
    "agreements:discard": SENT,
    "agreements:renew": BOTH,
    "agreements:send": BOTH,
    "agreements:sign": BOTH,
    "agreements:take_back": BOTH,
    "agreements:notice": BOTH,
    "agreements:sharing": BOTH,
    "agreements:clause_accept": SENT,
    "agreements:clause_decline": SENT,
    "agreements:clause_revoke": SENT,
    "agreements:commitment": BOTH,
    "agreements:commitment_new": BOTH,
    "agreements:commitment_remove": SENT,
    "agreements:pledge_new": BOTH,
    "agreements:pledge_write": BOTH,
    "agreements:pledge_done": SENT,
    "agreements:pledge_turn": SENT,
}


def example_values() -> dict[str, dict[str, str]]:
    """The frame in force, the draft, the one out for signature, and a pledge of each kind."""
    frame = Agreement.objects.for_system(ASKING).earliest("pk")
    draft = Agreement.objects.for_system(ASKING).filter(state="draft").latest("pk")
    waiting = Agreement.objects.for_system(ASKING).get(state="for_signature")
    document = KeptDocument.objects.for_system(ASKING).filter(agreement=frame).latest("pk")
    commitment = Commitment.objects.for_system(ASKING).earliest("pk")
    pledges = Pledge.objects.for_system(ASKING).filter(municipality__code="1760")
    promised = pledges.get(state="promised").ref
    section = {"ref": draft.ref, "part": "frame", "key": "purposes"}
    unknown = "unknown"
    return {
        "agreements:history": {"ref": draft.ref},
        "agreements:changes": {"ref": draft.ref, "number": "5"},
        "agreements:download": {"ref": frame.ref, "kind": "pdf"},
        "agreements:document": {"ref": frame.ref, "document_ref": document.ref},
        "agreements:section": section,
        "agreements:comment": section,
        "agreements:answer": {"ref": draft.ref, "comment_ref": unknown},
        "agreements:facts": {"ref": draft.ref},
        "agreements:share": {"ref": draft.ref},
        "agreements:discard": {"ref": frame.ref},
        "agreements:renew": {"ref": frame.ref},
        "agreements:send": {"ref": draft.ref},
        "agreements:sign": {"ref": waiting.ref},
        "agreements:take_back": {"ref": waiting.ref},
        "agreements:notice": {"ref": frame.ref},
        "agreements:sharing": {"ref": frame.ref},
        "agreements:clause_accept": {"ref": frame.ref, "proposal_ref": unknown},
        "agreements:clause_decline": {"ref": frame.ref, "proposal_ref": unknown},
        "agreements:clause_revoke": {"ref": frame.ref, "clause_ref": unknown},
        "agreements:commitment": {"commitment_ref": commitment.ref},
        "agreements:commitment_new": {"ref": draft.ref},
        "agreements:commitment_remove": {"ref": draft.ref, "commitment_ref": unknown},
        "agreements:pledge": {"ref": promised},
        "agreements:pledge_done": {"ref": promised},
        "agreements:pledge_turn": {"ref": promised},
        "agreements:pledge_write": {"ref": pledges.get(state="draft").ref},
    }
