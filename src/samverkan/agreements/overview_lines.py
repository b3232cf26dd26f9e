"""What this room says on the overview: agreements that end soon, and until when they hold."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .pages import AgreementSummary, Standing, agreements


def ending(actor: Actor) -> OverviewSection | None:
    """An agreement that ends takes its sharing with it the same day."""
    found = [each for each in _readable(actor) if each.standing is Standing.ENDS_SOON]
    if not found:
        return None
    return OverviewSection(
        title=_("An agreement ends soon"),
        sentence=_("On that day everything that it shares closes. Begin to renew it in time."),
        rows=tuple(_row(each, Tone.WARN) for each in found),
        question=Question.DUE,
        order=40,
    )


def clock(actor: Actor) -> OverviewSection | None:
    """The law asks the municipality to work for written agreements (lag 2023:196, 9 §)."""
    if not actor.may(Capability.AGREEMENTS_READ):
        return None
    found = [each for each in _readable(actor) if each.is_in_force]
    rows = tuple(_row(each, Tone.OK) for each in found) or (
        OverviewRow(_("No agreement is in force"), reverse("agreements:agreements"), "", Tone.WARN),
    )
    return OverviewSection(title=_("Agreements"), rows=rows, question=Question.CLOCK, order=40)


PROVIDERS = (ending, clock)


def _readable(actor: Actor) -> tuple[AgreementSummary, ...]:
    return agreements(actor) if actor.may(Capability.AGREEMENTS_READ) else ()


def _row(each: AgreementSummary, tone: Tone) -> OverviewRow:
    tag = _("until %(day)s") % {"day": each.ends_on.isoformat()} if each.ends_on else _("in force")
    return OverviewRow(each.title, reverse("agreements:agreement", args=[each.ref]), tag, tone)
