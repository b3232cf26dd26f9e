"""Notice, and bringing every agreement's written history up to the day."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..models import Agreement
from ..reminders import remind_of_ends
from .common import catch_up, locked, take_step


@transaction.atomic
def give_notice(actor: Actor, ref: str, ends_on: date, reason: str) -> Agreement:
    """End the agreement from a day on, today at the earliest; what it shares closes that day."""
    require(actor, Capability.AGREEMENTS_SIGN)
    agreement = locked(actor, ref)
    words = clean(reason).strip()
    if not words:
        raise ValidationError({"reason": _("Write why the agreement ends.")})
    if ends_on < timezone.localdate(actor.at):
        raise ValidationError({"ends_on": _("The day cannot lie in the past.")})
    if agreement.valid_to is not None and ends_on >= agreement.valid_to:
        raise ValidationError({"ends_on": _("The agreement runs out before that day anyway.")})
    take_step(
        actor,
        agreement,
        "give_notice",
        lambda _guard: True,
        reason=words,
        ends_on=ends_on.isoformat(),
    )
    agreement.terminated_on = ends_on
    agreement.save(update_fields=["terminated_on"])
    _free_predecessor(agreement, ends_on)
    catch_up(actor, agreement)
    return agreement


@transaction.atomic
def bring_up_to_date(actor: Actor) -> int:
    """Write down what time has done to every agreement; how many had something to write."""
    if not actor.is_system:
        raise PermissionDenied
    moved = 0
    rows = Agreement.objects.visible_to(actor).filter(state__in=("signed", "in_force", "expiring"))
    for agreement in rows.select_for_update(of=("self",)):
        before = agreement.state
        catch_up(actor, agreement)
        moved += agreement.state != before
    return moved


def keep_the_calendar(now: datetime) -> int:
    """The clock's own turn: done again it finds nothing left to do, and remembers nobody twice."""
    actor = system("keep the agreements' calendar", now)
    moved = bring_up_to_date(actor)
    remind_of_ends(actor)
    return moved


def _free_predecessor(agreement: Agreement, ends_on: date) -> None:
    """A successor that ends before it has begun does not end the one it would have renewed."""
    begins = max(agreement.valid_from, agreement.signed_on or agreement.valid_from)
    if agreement.renews_id is None or ends_on > begins:
        return
    old = Agreement.objects.for_system("its successor never begins").filter(
        pk=agreement.renews_id, state__in=("signed", "in_force", "expiring")
    )
    old.update(renewed_on=None)
