"""Found a municipality's house, make functions, and let persons take them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.function_kinds import function_kinds
from samverkan.organisations.models import Function, Holding, Municipality, Organisation
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.accounts.services import Invitation, invite_person
from samverkan.platform.audit.services import record

# Who a municipality needs on its first day: one person may hold all three.
FIRST_KINDS = ("safety_coordinator", "administrator", "auditor")


@dataclass(frozen=True)
class Founded:
    party: Organisation
    functions: tuple[Function, ...]
    invitation: Invitation


@transaction.atomic
def found_municipality(actor: Actor, code: str, email: str, display_name: str) -> Founded:
    """The municipality's own party with its first functions, held by one person."""
    if not actor.is_system:
        require(actor, Capability.ORGANISATIONS_WRITE)
    municipality = Municipality.objects.visible_to(actor).filter(code=code).first()
    if municipality is None:
        raise ValidationError(
            _("There is no municipality with the code %(code)s.") % {"code": code}
        )
    party, is_new = Organisation.objects.for_system("found a municipality").get_or_create(
        municipality=municipality,
        parent=None,
        kind=Organisation.Kind.MUNICIPAL_ADMINISTRATION,
        defaults={"name": _("%(name)s municipality") % {"name": municipality.name}},
    )
    if not is_new:
        raise ValidationError(_("%(name)s is here already.") % {"name": party.name})
    invitation = invite_person(actor, email, display_name)
    functions = tuple(
        _function(party, [municipality], kind, function_kinds()[kind].title("sv"))
        for kind in FIRST_KINDS
    )
    day = timezone.localdate(actor.at)
    for function in functions:
        Holding.objects.create(function=function, user=invitation.user, valid_from=day)
    record(actor, "municipality.founded", "organisation", party.ref, owner_party_ref=party.ref)
    return Founded(party, functions, invitation)


@transaction.atomic
def create_function(actor: Actor, kind: str, title: str, unit_name: str) -> Function:
    """A function of the actor's party, in a unit of it when one is named."""
    require(actor, Capability.ORGANISATIONS_WRITE)
    if kind not in function_kinds():
        raise ValidationError(_("Choose a kind of function."))
    party = Organisation.objects.visible_to(actor).get(pk=actor.party_id)
    organisation = party
    if unit_name.strip():
        organisation, _made = Organisation.objects.for_system(
            "a unit of the party is made with its first function"
        ).get_or_create(
            parent=party,
            name=unit_name.strip(),
            defaults={"kind": party.kind, "municipality": party.municipality},
        )
    places = Municipality.objects.visible_to(actor).filter(code__in=actor.municipality_codes)
    function = _function(organisation, list(places), kind, title.strip())
    record(actor, "function.created", "function", function.ref, details={"kind": kind})
    return function


@dataclass(frozen=True)
class Takeover:
    """Somebody holds a function, or stands in for its holder, from one date to another."""

    email: str
    display_name: str
    role: str
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def assign(actor: Actor, function: Function, takeover: Takeover) -> Invitation:
    """Let a person take over: a new holder ends the former one's time on the same day."""
    require(actor, Capability.ORGANISATIONS_WRITE)
    _require_own(actor, function)
    if takeover.valid_to is not None and takeover.valid_to <= takeover.valid_from:
        raise ValidationError(_("The last day must come after the first."))
    invitation = invite_person(actor, takeover.email, takeover.display_name)
    if takeover.role == Holding.Role.HOLDER and takeover.valid_to is None:
        _end_former_holders(actor, function, takeover.valid_from)
    Holding.objects.create(
        function=function,
        user=invitation.user,
        role=Holding.Role(takeover.role),
        valid_from=takeover.valid_from,
        valid_to=takeover.valid_to,
    )
    record(
        actor,
        "function.assigned",
        "function",
        function.ref,
        details={"role": takeover.role, "account": invitation.user.ref},
    )
    return invitation


@transaction.atomic
def end_holding(actor: Actor, holding: Holding, last_day: date) -> None:
    """The person's time in the function ends; from that day the function is closed to it."""
    require(actor, Capability.ORGANISATIONS_WRITE)
    _require_own(actor, holding.function)
    if last_day <= holding.valid_from:
        # It never began: nothing was done in it, so it leaves only the trace in the log.
        holding.delete()
    else:
        holding.valid_to = last_day
        holding.save(update_fields=["valid_to"])
    record(actor, "function.ended", "function", holding.function.ref)


def _end_former_holders(actor: Actor, function: Function, day: date) -> None:
    former = Holding.objects.for_system("a new holder follows the former").filter(
        function=function, role=Holding.Role.HOLDER, valid_from__lt=day
    )
    for holding in former.exclude(valid_to__lte=day):
        holding.valid_to = day
        holding.save(update_fields=["valid_to"])


def _require_own(actor: Actor, function: Function) -> None:
    if not actor.is_system and function.organisation.party_id != actor.party_id:
        raise ValidationError(_("The function belongs to another party."))


def _function(
    organisation: Organisation, places: list[Municipality], kind: str, title: str
) -> Function:
    function: Function = Function.objects.create(kind=kind, title=title, organisation=organisation)
    through = Function.municipalities.through
    through.objects.bulk_create(
        [through(function=function, municipality=place) for place in places]
    )
    return function
