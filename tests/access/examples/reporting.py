"""Examples of the reporting: a report that waits for review, and what is kept beside it."""

from __future__ import annotations

from samverkan.situation.models import Incident, LocalCategory, Place

ASKING = "an example for the access table"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "situation:report": BOTH,
    "situation:send_report": SENT,
    "situation:check_text": SENT,
    "situation:nothing_to_report": SENT,
    "situation:answer_question": BOTH,
    "situation:review": BOTH,
    "situation:approve_report": SENT,
    "situation:ask_reporter": SENT,
    "situation:mark_duplicate": SENT,
    "situation:redact_report": BOTH,
    "situation:categories": BOTH,
    "situation:end_category": SENT,
    "situation:place_state": SENT,
}


def example_values() -> dict[str, dict[str, str]]:
    own = Incident.objects.for_system(ASKING).filter(municipality__code="1760")
    waiting = {"ref": own.filter(review="pending").earliest("pk").ref}
    # Of the principal, who walks through the table as the reporter.
    returned = own.get(review="returned", reporting_organisation__name="Grundskolan, Storfors")
    category = LocalCategory.objects.for_system(ASKING).filter(municipality__code="1760").first()
    place = Place.objects.for_system(ASKING).get(municipality__code="1760", name="Gamla kiosken")
    return {
        "situation:review": waiting,
        "situation:approve_report": waiting,
        "situation:ask_reporter": waiting,
        "situation:mark_duplicate": waiting,
        "situation:redact_report": waiting,
        "situation:answer_question": {"ref": returned.ref},
        "situation:end_category": {"ref": category.ref},
        "situation:place_state": {"ref": place.ref},
    }
