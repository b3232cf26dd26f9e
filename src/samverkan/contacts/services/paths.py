"""Lay out whom to turn to about a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.organisations.stands import function_facts
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..matters import matters
from ..models import ContactPath, PathStep
from ..rules import Hours, Way

MOST_STEPS = 6


@dataclass(frozen=True)
class Step:
    """A function to turn to, by which ways in order, and how long its answer is waited for."""

    function_ref: str
    ways: tuple[Way, ...]
    wait_minutes: int
    hours: Hours = Hours.ALWAYS


@dataclass(frozen=True)
class PathCollision:
    """Somebody else has laid out the path since it was opened: both stand, a person chooses."""

    revision: int
    theirs: tuple[Step, ...]


@transaction.atomic
def lay_out_path(
    actor: Actor,
    municipality_code: str,
    matter: str,
    steps: Sequence[Step],
    *,
    note: str = "",
    based_on: int = 0,
) -> ContactPath | PathCollision:
    """Set the steps of the municipality's path for the matter; the former ones are replaced.

    `based_on` is the revision that the writer saw, 0 for a path that was not there.
    """
    require(actor, Capability.CONTACTS_WRITE)
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None or not (actor.is_system or owner.pk == actor.party_id):
        raise ValidationError(_("The municipality is not one of yours."))
    if matter not in matters():
        raise ValidationError(_("Choose a matter."))
    _check(steps)
    path = _path(owner.pk, place.pk, matter)
    if path is not None and path.revision != based_on:
        return PathCollision(path.revision, _steps_of(path))
    if path is None:
        path = ContactPath.objects.create(owner=owner, municipality=place, matter=matter)
    else:
        path.revision += 1
    path.note = note.strip()[:300]
    path.save(update_fields=["note", "revision"])
    _replace_steps(actor, path, steps)
    record(
        actor,
        "contact_path.laid_out",
        "contact_path",
        path.ref,
        details={"matter": matter, "steps": len(steps), "revision": path.revision},
    )
    return path


def _check(steps: Sequence[Step]) -> None:
    if not steps:
        raise ValidationError(_("A path needs somebody to turn to."))
    if len(steps) > MOST_STEPS:
        raise ValidationError(_("A path has at most six steps."))
    if len({step.function_ref for step in steps}) != len(steps):
        raise ValidationError(_("A function can stand in a path only once."))
    if any(not step.ways for step in steps):
        raise ValidationError(_("Choose at least one way to reach each function."))


def _path(owner_id: int, municipality_id: int, matter: str) -> ContactPath | None:
    found: ContactPath | None = (
        ContactPath.objects.for_system("the path is locked while it is laid out")
        .filter(owner_id=owner_id, municipality_id=municipality_id, matter=matter)
        .select_for_update()
        .first()
    )
    return found


def _steps_of(path: ContactPath) -> tuple[Step, ...]:
    steps = PathStep.objects.for_system("both texts are shown").filter(path=path)
    return tuple(
        Step(
            step.function.ref,
            tuple(Way(way) for way in step.ways),
            step.wait_minutes,
            Hours(step.hours),
        )
        for step in steps.select_related("function")
    )


def _replace_steps(actor: Actor, path: ContactPath, steps: Sequence[Step]) -> None:
    PathStep.objects.for_system("the steps are set anew").filter(path=path).delete()
    for position, step in enumerate(steps, start=1):
        function = function_facts(actor, step.function_ref)
        if function is None:
            raise ValidationError(_("Choose a function that is in use."))
        PathStep.objects.create(
            path=path,
            position=position,
            function_id=function.pk,
            ways=[way.value for way in step.ways],
            wait_minutes=min(max(step.wait_minutes, 1), 240),
            hours=step.hours.value,
        )
