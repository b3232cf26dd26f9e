"""The registers that reporters choose from: a place that is no more, and own categories."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..categories import categories
from ..models import LocalCategory, Place


class NotInRegisterError(Exception):
    """No such place or category of the actor's own party."""


class NameTakenError(Exception):
    """The municipality already has a category with that name."""


@transaction.atomic
def end_place(actor: Actor, ref: str) -> Place:
    """Nothing new is reported there; what was reported stays, and the place is shown as removed."""
    require(actor, Capability.INCIDENTS_REVIEW)
    place: Place | None = (
        Place.objects.visible_to(actor).filter(ref=ref, owner_id=actor.party_id).first()
    )
    if place is None:
        raise NotInRegisterError(ref)
    if place.ended_on is None:
        place.ended_on = timezone.localdate(actor.at)
        place.save(update_fields=["ended_on"])
        record(actor, "place.ended", "place", place.ref)
    return place


@transaction.atomic
def reopen_place(actor: Actor, ref: str) -> Place:
    require(actor, Capability.INCIDENTS_REVIEW)
    place: Place | None = (
        Place.objects.visible_to(actor).filter(ref=ref, owner_id=actor.party_id).first()
    )
    if place is None:
        raise NotInRegisterError(ref)
    if place.ended_on is not None:
        place.ended_on = None
        place.save(update_fields=["ended_on"])
        record(actor, "place.reopened", "place", place.ref)
    return place


@transaction.atomic
def add_local_category(actor: Actor, code: str, category: str, name: str) -> LocalCategory:
    """The municipality's own word for a part of what a common code holds."""
    require(actor, Capability.INCIDENTS_REVIEW)
    common = categories().get(category)
    place = municipality(actor, code) if code in actor.municipality_codes else None
    if actor.party_id is None or place is None or common is None or not common.is_incident:
        raise NotInRegisterError(category)
    try:
        with transaction.atomic():
            made: LocalCategory = LocalCategory.objects.create(
                owner_id=actor.party_id,
                municipality=place,
                category=category,
                name=name,
                valid_from=timezone.localdate(actor.at),
            )
    except IntegrityError as error:
        raise NameTakenError(name) from error
    record(actor, "category.added", "category", made.ref, details={"category": category})
    return made


@transaction.atomic
def end_local_category(actor: Actor, ref: str) -> LocalCategory:
    """It is chosen no more; the incidents that have it keep its name."""
    require(actor, Capability.INCIDENTS_REVIEW)
    found: LocalCategory | None = (
        LocalCategory.objects.visible_to(actor)
        .filter(ref=ref, owner_id=actor.party_id, ended_on__isnull=True)
        .first()
    )
    if found is None:
        raise NotInRegisterError(ref)
    found.ended_on = timezone.localdate(actor.at)
    found.save(update_fields=["ended_on"])
    record(actor, "category.ended", "category", found.ref, details={"category": found.category})
    return found
