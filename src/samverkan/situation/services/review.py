"""A reviewer reads each report before another organisation does."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import Incident, IncidentChange, Place
from ..models.incidents import STANDING, Review
from ..report_guard import hindering, judge
from . import counting

REASON = "lock the report that the actor was shown"


class PersonInTextError(Exception):
    """The text still points out a person; `found` says where."""

    def __init__(self, found: tuple[object, ...]) -> None:
        super().__init__("the text points out a person")
        self.found = found


class NotReviewableError(Exception):
    """The report is not there for the actor, or is past this step."""


@dataclass(frozen=True)
class Conflict:
    """Somebody has changed the report since it was shown: both texts, neither lost."""

    theirs: str
    mine: str
    revision: int


@dataclass(frozen=True)
class Edit:
    """What the reviewer makes of the report; `based_on` is the revision that was shown."""

    text: str
    category: str
    place: Place | None
    based_on: int
    confirmed: frozenset[str] = frozenset()


def edit_report(actor: Actor, ref: str, edit: Edit) -> Incident | Conflict:
    """Change text, category or place, keeping what stood there before."""
    with transaction.atomic():
        incident = _locked(actor, ref, STANDING)
        if incident.revision != edit.based_on:
            return Conflict(incident.text, edit.text, incident.revision)
        _refuse_persons(incident, edit.text, edit.confirmed)
        before, text_before = counting.cell_of(incident), incident.text
        incident.text, incident.category, incident.place = edit.text, edit.category, edit.place
        if (
            incident.local_category is not None
            and incident.local_category.category != incident.category
        ):
            incident.local_category = None
        _record(
            actor,
            incident,
            IncidentChange.Kind.EDITED,
            "incident.edited",
            before,
            text_before=text_before,
        )
        return incident


def approve_report(actor: Actor, ref: str, *, based_on: int) -> Incident | Conflict:
    """From now on those whom a clause lets see it see it. The text that was read is approved."""
    with transaction.atomic():
        incident = _locked(actor, ref, (Review.PENDING, Review.RETURNED))
        if incident.revision != based_on:
            return Conflict(incident.text, "", incident.revision)
        if any(each.is_refused for each in judge(incident.text)):
            raise PersonInTextError(judge(incident.text))
        before = counting.cell_of(incident)
        incident.review, incident.question = Review.REVIEWED, ""
        _record(actor, incident, IncidentChange.Kind.APPROVED, "incident.approved", before)
        return incident


def return_report(actor: Actor, ref: str, question: str) -> Incident:
    """Send it back with a question; it stays with the owner and the unit meanwhile."""
    with transaction.atomic():
        incident = _locked(actor, ref, (Review.PENDING, Review.RETURNED))
        before = counting.cell_of(incident)
        incident.review, incident.question = Review.RETURNED, question
        _record(
            actor,
            incident,
            IncidentChange.Kind.RETURNED,
            "incident.returned",
            before,
            note=question,
        )
        return incident


def mark_as_duplicate(actor: Actor, ref: str, original_ref: str) -> Incident:
    """Told before: counted once, where the first report stands."""
    with transaction.atomic():
        incident = _locked(actor, ref, STANDING)
        original = (
            Incident.objects.visible_to(actor)
            .filter(owner_id=actor.party_id, ref=original_ref)
            .exclude(pk=incident.pk)
            .first()
        )
        if original is None:
            raise NotReviewableError(original_ref)
        before = counting.cell_of(incident)
        incident.review, incident.duplicate_of, incident.question = Review.DUPLICATE, original, ""
        _record(actor, incident, IncidentChange.Kind.DUPLICATE, "incident.duplicate", before)
        return incident


def answer_question(
    actor: Actor, ref: str, text: str, *, based_on: int, confirmed: frozenset[str] = frozenset()
) -> Incident | Conflict:
    """The reporter answers by writing the text anew; it waits for review again."""
    require(actor, Capability.INCIDENTS_REPORT)
    with transaction.atomic():
        incident: Incident | None = (
            Incident.objects.visible_to(actor)
            .filter(
                ref=ref,
                review=Review.RETURNED,
                reporting_organisation_id=actor.organisation_id,
            )
            .first()
        )
        if incident is None:
            raise NotReviewableError(ref)
        _lock(incident)
        if incident.revision != based_on:
            return Conflict(incident.text, text, incident.revision)
        _refuse_persons(incident, text, confirmed)
        before, text_before = counting.cell_of(incident), incident.text
        incident.text, incident.review, incident.question = text, Review.PENDING, ""
        _record(
            actor,
            incident,
            IncidentChange.Kind.ANSWERED,
            "incident.answered_question",
            before,
            text_before=text_before,
        )
        return incident


def _refuse_persons(incident: Incident, text: str, confirmed: frozenset[str]) -> None:
    is_home = incident.setting == Incident.Setting.HOME
    found = hindering(judge(text, is_home=is_home), confirmed)
    if found:
        raise PersonInTextError(found)


def _locked(actor: Actor, ref: str, states: tuple[str, ...]) -> Incident:
    require(actor, Capability.INCIDENTS_REVIEW)
    incident: Incident | None = (
        Incident.objects.visible_to(actor)
        .filter(ref=ref, owner_id=actor.party_id, review__in=states)
        .first()
    )
    if incident is None:
        raise NotReviewableError(ref)
    _lock(incident)
    if incident.review not in states:
        raise NotReviewableError(ref)
    return incident


def _lock(incident: Incident) -> None:
    """Hold the row until the transaction ends, and read it again as it stands then."""
    Incident.objects.for_system(REASON).select_for_update().get(pk=incident.pk)
    incident.refresh_from_db(from_queryset=Incident.objects.for_system(REASON))


def _record(
    actor: Actor,
    incident: Incident,
    kind: str,
    action: str,
    before: counting.Cell | None,
    *,
    note: str = "",
    text_before: str = "",
) -> None:
    incident.revision += 1
    incident.save()
    IncidentChange.objects.create(
        incident=incident,
        kind=kind,
        changed_at=actor.at,
        changed_by=actor.function_title,
        note=note,
        text_before=text_before,
    )
    record(
        actor,
        action,
        "incident",
        incident.ref,
        owner_party_ref=incident.owner.ref,
        details={"revision": incident.revision},
    )
    counting.move(before, counting.cell_of(incident))
