"""Write down what has been done under the law, and what of the year is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .models import DutyRecord, WheelDone
from .year_wheel import wheel_items


@dataclass(frozen=True)
class Doing:
    """What was done, of which kind, when, and where it stands."""

    kind: str
    done_on: date
    title: str
    body: str = ""
    reference_number: str = ""


@transaction.atomic
def write_down(actor: Actor, municipality_code: str, doing: Doing) -> DutyRecord:
    """Keep that something was done under the law that no other room knows of."""
    require(actor, Capability.PLANS_WRITE)
    owner_id, place_id = _own(actor, municipality_code)
    if doing.kind not in DutyRecord.Kind.values:
        raise ValidationError({"kind": _("Choose what was done.")})
    if doing.done_on > timezone.localdate(actor.at):
        raise ValidationError({"done_on": _("The day cannot lie ahead in time.")})
    if doing.kind == DutyRecord.Kind.REPORTED and not doing.reference_number.strip():
        raise ValidationError({"reference_number": _("A report has a reference number.")})
    made: DutyRecord = DutyRecord.objects.create(
        owner_id=owner_id,
        municipality_id=place_id,
        kind=doing.kind,
        done_on=doing.done_on,
        title=doing.title.strip(),
        body=doing.body.strip(),
        reference_number=doing.reference_number.strip(),
        written_at=actor.at,
        written_by=actor.function_title,
    )
    record(actor, "duty.written_down", "duty_record", made.ref, details={"kind": doing.kind})
    return made


@transaction.atomic
def withdraw(actor: Actor, ref: str) -> None:
    """It was written down by mistake: it shows nothing any more, and stays in the trail."""
    require(actor, Capability.PLANS_WRITE)
    found = DutyRecord.objects.visible_to(actor).filter(withdrawn_at__isnull=True).get(ref=ref)
    _own(actor, found.municipality.code)
    found.withdrawn_at = actor.at
    found.save(update_fields=["withdrawn_at"])
    record(actor, "duty.withdrawn", "duty_record", ref)


@transaction.atomic
def end_wheel_item(
    actor: Actor, municipality_code: str, item: str, year: int, *, reason_left_out: str = ""
) -> WheelDone:
    """The item is done this year, or left out with a reason. Said again, the first word stands."""
    require(actor, Capability.PLANS_WRITE)
    owner_id, place_id = _own(actor, municipality_code)
    known = {each.key: each for each in wheel_items()}
    if item not in known or not known[item].falls_in(year):
        raise ValidationError(_("The year has no such item."))
    ended, is_new = WheelDone.objects.for_system("an item ends once a year").get_or_create(
        owner_id=owner_id,
        municipality_id=place_id,
        item=item,
        year=year,
        defaults={
            "done_at": actor.at,
            "done_by": actor.function_title,
            "reason_left_out": reason_left_out.strip()[:200],
        },
    )
    if is_new:
        record(
            actor,
            "year_wheel.ended",
            "municipality",
            municipality_code,
            details={"item": item, "year": year, "is_left_out": bool(reason_left_out.strip())},
        )
    found: WheelDone = ended
    return found


@transaction.atomic
def reopen_wheel_item(actor: Actor, municipality_code: str, item: str, year: int) -> None:
    """It was not done after all."""
    require(actor, Capability.PLANS_WRITE)
    owner_id, place_id = _own(actor, municipality_code)
    found = WheelDone.objects.visible_to(actor).filter(
        owner_id=owner_id, municipality_id=place_id, item=item, year=year
    )
    if found.delete()[0]:
        record(
            actor,
            "year_wheel.reopened",
            "municipality",
            municipality_code,
            details={"item": item, "year": year},
        )


def _own(actor: Actor, municipality_code: str) -> tuple[int, int]:
    """The keys of the actor's own party and its municipality."""
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None or not (actor.is_system or owner.pk == actor.party_id):
        raise ValidationError(_("The municipality is not one of yours."))
    return owner.pk, place.pk
