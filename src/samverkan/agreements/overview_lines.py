"""What this room says on the overview: agreements that end soon, and until when they hold."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone
from samverkan.platform.work.registry import WorkItem

from .pages import AgreementSummary, Standing, agreements
from .rules import reminder
from .work_items import agreement_work


def ending(actor: Actor) -> OverviewSection | None:
    """An agreement that ends takes its sharing with it the same day."""
    found = [each for each in _readable(actor) if each.standing is Standing.ENDS_SOON]
    if not found:
        return None
    return OverviewSection(
        title=_("An agreement ends soon"),
        sentence=_("On that day everything that it shares closes. Begin to renew it in time."),
        rows=tuple(_ending_row(actor, each) for each in found),
        question=Question.DUE,
        order=40,
    )


def to_sign(actor: Actor) -> OverviewSection | None:
    """Agreements that await the signature of the actor's party."""
    if not actor.may(Capability.AGREEMENTS_SIGN):
        return None
    found = [item for item in _work(actor) if item.key.startswith("agreement-sign-")]
    if not found:
        return None
    rows = tuple(
        OverviewRow(item.title, item.url, item.due_on.isoformat() if item.due_on else "", Tone.WARN)
        for item in found
    )
    return OverviewSection(
        title=_("An agreement awaits your signature"),
        rows=rows,
        question=Question.OWED,
        order=40,
    )


def late_commitments(actor: Actor) -> OverviewSection | None:
    """Commitments of the acting function whose date has passed."""
    if not actor.may(Capability.AGREEMENTS_READ):
        return None
    today = timezone.localdate(actor.at)
    found = [i for i in _work(actor) if i.key.startswith("commitment-") and i.is_late(today)]
    if not found:
        return None
    rows = tuple(OverviewRow(item.title, item.url, _("late"), Tone.STOP) for item in found)
    return OverviewSection(
        title=_("A commitment of yours is late"), rows=rows, question=Question.OWED, order=41
    )


def _work(actor: Actor) -> list[WorkItem]:
    return list(agreement_work(actor, frozenset({actor.function_ref})))


def clock(actor: Actor) -> OverviewSection | None:
    """The law asks the municipality to work for written agreements (lag 2023:196, 9 §)."""
    if not actor.may(Capability.AGREEMENTS_READ):
        return None
    found = [each for each in _readable(actor) if each.is_in_force]
    rows = tuple(_row(each, Tone.OK) for each in found) or (
        OverviewRow(_("No agreement is in force"), reverse("agreements:agreements"), "", Tone.WARN),
    )
    return OverviewSection(title=_("Agreements"), rows=rows, question=Question.CLOCK, order=40)


PROVIDERS = (to_sign, late_commitments, ending, clock)


def _readable(actor: Actor) -> tuple[AgreementSummary, ...]:
    return agreements(actor) if actor.may(Capability.AGREEMENTS_READ) else ()


def _ending_row(actor: Actor, each: AgreementSummary) -> OverviewRow:
    """Sharper as the reminders pass: six, three and one month before the end."""
    months = reminder(each.ends_on, timezone.localdate(actor.at))
    row = _row(each, Tone.STOP if months == 1 else Tone.WARN)
    if months is None:
        return row
    words = ngettext("%(months)d month left", "%(months)d months left", months)
    return replace(row, tag=f"{row.tag}, {words % {'months': months}}")


def _row(each: AgreementSummary, tone: Tone) -> OverviewRow:
    tag = _("until %(day)s") % {"day": each.ends_on.isoformat()} if each.ends_on else _("in force")
    return OverviewRow(each.title, reverse("agreements:agreement", args=[each.ref]), tag, tone)
