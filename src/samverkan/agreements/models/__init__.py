"""Agreements, their texts, signatures and life; what they share; commitments and pledges."""

from __future__ import annotations

from .agreement import Agreement, AgreementEvent, AgreementParty
from .clauses import DETAIL_LABELS, INFORMATION_LABELS, ClauseProposal, SharingClause
from .commitments import Commitment, CommitmentEvent
from .pledges import Pledge, PledgeEvent, PledgeLogEntry
from .signing import KeptDocument, Signature
from .texts import AgreementVersion, SectionComment

__all__ = [
    "DETAIL_LABELS",
    "INFORMATION_LABELS",
    "Agreement",
    "AgreementEvent",
    "AgreementParty",
    "AgreementVersion",
    "ClauseProposal",
    "Commitment",
    "CommitmentEvent",
    "KeptDocument",
    "Pledge",
    "PledgeEvent",
    "PledgeLogEntry",
    "SectionComment",
    "SharingClause",
    "Signature",
]
