"""The answers to Brå's yearly survey, paragraph by paragraph, as far as the system knows them."""

from __future__ import annotations

import csv
import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor

from .law import law
from .rules import DutyState, Standing
from .selectors import ledger

# A cell that begins so could be taken for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def standing_words(standing: Standing) -> str:
    return {
        Standing.GREEN: _("done"),
        Standing.DUE: _("due soon"),
        Standing.MISSING: _("missing"),
        Standing.HIDDEN: _("not visible to you"),
    }[standing]


def survey_csv(actor: Actor, municipality_code: str) -> bytes:
    """A row a duty in the order of the law: how it stands, since when, and what shows it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Paragraph"),
            _("Duty"),
            _("Standing"),
            _("Latest"),
            _("Falls due"),
            _("What shows it"),
        ]
    )
    for state in ledger(actor, municipality_code).states:
        writer.writerow([_safe(cell) for cell in _row(state)])
    writer.writerow([])
    writer.writerow(
        [
            _(
                "The order is that of the Act. The wording of Brå's survey is not confirmed here: "
                "compare before you send."
            )
        ]
    )
    writer.writerow([f"{law().source}, {law().read_on.isoformat()}"])
    return text.getvalue().encode("utf-8-sig")


def _row(state: DutyState) -> list[str]:
    latest = state.evidence[0] if state.evidence else None
    return [
        f"{state.duty.paragraph} §",
        state.duty.title(get_language() or "sv"),
        standing_words(state.standing),
        latest.on.isoformat() if latest else "",
        state.due_on.isoformat() if state.due_on else "",
        "; ".join(f"{piece.title} ({piece.on.isoformat()})" for piece in state.evidence[:5]),
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell
