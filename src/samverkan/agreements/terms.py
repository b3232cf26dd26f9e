"""From an agreement's row to what the rules judge."""

from __future__ import annotations

from .models import Agreement
from .rules import Term


def term_of(agreement: Agreement) -> Term:
    return Term(
        state=agreement.state,
        signed_on=agreement.signed_on,
        valid_from=agreement.valid_from,
        valid_to=agreement.valid_to,
        terminated_on=agreement.terminated_on,
        renewed_on=agreement.renewed_on,
    )
