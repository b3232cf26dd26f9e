"""Six, three and one months before the end: a letter to whoever writes agreements for a party."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samverkan.organisations.function_kinds import function_kinds
from samverkan.organisations.stands import functions_in_use
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.outbox.rules import Channel
from samverkan.platform.outbox.services import Message, queue_message

from .models import Agreement, AgreementParty
from .rules import reminder
from .terms import term_of


def remind_of_ends(actor: Actor) -> int:
    """Queue the reminders of the day; asked again the same function gets no second letter."""
    today = timezone.localdate(actor.at)
    ending = {
        each: months
        for each in Agreement.objects.visible_to(actor).in_force_on(today)
        if (months := reminder(term_of(each).ends_on, today)) and each.renewed_on is None
    }
    if not ending:
        return 0
    writers = [each for each in functions_in_use(actor) if each.email and _writes(each.kind)]
    sent = 0
    for agreement, months in ending.items():
        bound = _bound(actor, agreement)
        for function in writers:
            if function.party_id in bound:
                key = f"agreement-ends-{agreement.ref}-{_end(agreement)}-{months}-{function.ref}"
                subject, body = _words(agreement, months)
                queue_message(actor, Message(key, Channel.EMAIL, function.email, subject, body))
                sent += 1
    return sent


def _writes(kind: str) -> bool:
    found = function_kinds().get(kind)
    return found is not None and Capability.AGREEMENTS_WRITE in found.capabilities


def _bound(actor: Actor, agreement: Agreement) -> set[int]:
    rows = AgreementParty.objects.visible_to(actor).present_on(timezone.localdate(actor.at))
    return set(rows.filter(agreement=agreement).values_list("organisation_id", flat=True))


def _end(agreement: Agreement) -> str:
    end = term_of(agreement).ends_on
    return end.isoformat() if end else ""


def _words(agreement: Agreement, months: int) -> tuple[str, str]:
    """In Swedish, the language of the agreement."""
    with override("sv"):
        left = ngettext(
            "At most %(months)d month is left.", "At most %(months)d months are left.", months
        ) % {"months": months}
        subject = _("The agreement ends %(day)s") % {"day": _end(agreement)}
        what = _("“%(title)s” holds until %(day)s.") % {
            "title": agreement.title,
            "day": _end(agreement),
        }
        closing = _("When it ends, everything that it shares closes.")
        todo = _("Renew it in Samverkan, or let it run out knowingly.")
    return subject, "\n".join((what, left, closing, "", todo))
