"""What was done, in the reader's words. An action without words here is shown by its code."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTION_LABELS = {
    "account.invited": _("Invited a person"),
    "account.sign_in_failed": _("Failed sign-in"),
    "account.signed_in": _("Signed in"),
    "account.signed_out": _("Signed out"),
    "assignment.accepted": _("Accepted an assignment"),
    "assignment.begun": _("Began an assignment"),
    "assignment.closed": _("Closed an assignment"),
    "assignment.declined": _("Declined an assignment"),
    "assignment.proposed": _("Proposed an assignment"),
    "assignment.reported": _("Reported an assignment"),
    "assignment.returned": _("Sent an assignment back"),
    "audit.exported": _("Took out the log"),
    "audit.read": _("Read the log"),
    "demo.built": _("Built the demo"),
    "function.assigned": _("Let a person take over a function"),
    "function.created": _("Made a function"),
    "function.ended": _("Ended a person's time in a function"),
    "function.entered": _("Stepped into a function"),
    "group.ended": _("Ended a group"),
    "group.formal_decision_recorded": _("Recorded a formal decision"),
    "group.rhythm_changed": _("Changed when a group meets"),
    "group.seats_changed": _("Changed a group's seats"),
    "group.started": _("Started a group"),
    "import.done": _("Imported a file"),
    "import.read": _("Read an imported file"),
    "import.received": _("Handed in a file"),
    "import.undone": _("Undid an import"),
    "incident.exported": _("Took out incidents"),
    "incident.read": _("Read an incident"),
    "meeting.agenda_built": _("Built an agenda"),
    "meeting.attendance_marked": _("Marked attendance"),
    "meeting.called": _("Called to a meeting"),
    "meeting.cancelled": _("Cancelled a meeting"),
    "meeting.closed": _("Closed a meeting"),
    "meeting.decided": _("Took down a decision"),
    "meeting.ended": _("Ended a meeting"),
    "meeting.moved": _("Moved a meeting"),
    "meeting.noted": _("Took down a note"),
    "meeting.paper_written": _("Wrote a point's paper"),
    "meeting.planned": _("Planned meetings"),
    "meeting.point_added": _("Added a point"),
    "meeting.point_moved": _("Moved a point"),
    "meeting.point_skipped": _("Left out a point or took it up"),
    "meeting.started": _("Opened a meeting"),
    "minutes.adjusted": _("Locked adjusted minutes"),
    "minutes.adjusters_changed": _("Changed who adjusts minutes"),
    "minutes.approved": _("Approved minutes"),
    "minutes.edited": _("Mended minutes"),
    "minutes.returned": _("Sent minutes back"),
    "municipalities.loaded": _("Loaded the municipalities"),
    "municipality.founded": _("Founded a municipality"),
    "preferences.saved": _("Chose language or appearance"),
    "situational_picture.begun": _("Started a situational picture"),
    "situational_picture.decided": _("Marked a situational picture as decided"),
    "situational_picture.edited": _("Edited a situational picture"),
    "situational_picture.restored": _("Restored an earlier version"),
    "situational_picture.shared": _("Shared a draft"),
    "token.created": _("Made an access token"),
    "token.revoked": _("Revoked an access token"),
}


def action_label(code: str) -> str:
    label = ACTION_LABELS.get(code)
    return gettext(str(label)) if label is not None else code
