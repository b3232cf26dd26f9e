"""A unit's word that it had nothing to report: given once, and taken back."""

from __future__ import annotations

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import NothingReported
from ..selectors.own_duty import own_duty


class NoDutyError(Exception):
    """The unit is not bound to report for the week."""


@transaction.atomic
def say_nothing_to_report(actor: Actor, week: int) -> bool:
    """Whether the word is new; a second one changes nothing."""
    require(actor, Capability.INCIDENTS_REPORT)
    duty = own_duty(actor, week)
    if duty is None:
        raise NoDutyError(week)
    is_new: bool
    _word, is_new = NothingReported.objects.for_system("one word a week").get_or_create(
        duty=duty, week=week
    )
    if is_new:
        record(
            actor,
            "report.nothing",
            "week",
            str(week),
            owner_party_ref=duty.owner.ref,
            details={"unit": duty.organisation.ref},
        )
    return is_new


@transaction.atomic
def take_back_nothing(actor: Actor, week: int) -> bool:
    """Whether there was a word to take back."""
    require(actor, Capability.INCIDENTS_REPORT)
    duty = own_duty(actor, week)
    if duty is None:
        raise NoDutyError(week)
    taken: int = NothingReported.objects.visible_to(actor).filter(duty=duty, week=week).delete()[0]
    if taken:
        record(
            actor,
            "report.nothing_withdrawn",
            "week",
            str(week),
            owner_party_ref=duty.owner.ref,
            details={"unit": duty.organisation.ref},
        )
    return bool(taken)
