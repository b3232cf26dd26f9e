"""What was done, in the reader's words. An action without words here is shown by its code."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTION_LABELS = {
    "account.signed_in": _("Signed in"),
    "account.signed_out": _("Signed out"),
    "account.sign_in_failed": _("Failed sign-in"),
    "account.invited": _("Invited a person"),
    "agreement.answered": _("Answered a comment on an agreement"),
    "agreement.begun": _("Started an agreement"),
    "agreement.commented": _("Commented on an agreement"),
    "agreement.edited": _("Edited an agreement"),
    "agreement.moved": _("Moved an agreement to its next state"),
    "agreement.shared": _("Shared a draft agreement"),
    "agreement.signed": _("Signed an agreement"),
    "agreement.succeeded": _("Let an agreement be renewed by another"),
    "audit.read": _("Read the log"),
    "audit.exported": _("Took out the log"),
    "calendar.closed": _("Closed the address of a calendar"),
    "calendar.opened": _("Made an address for a calendar"),
    "clause.accepted": _("Said yes to a clause of sharing"),
    "clause.declined": _("Said no to a clause of sharing"),
    "clause.drafted": _("Wrote a clause of sharing into a draft"),
    "clause.proposed": _("Proposed a clause of sharing"),
    "clause.revoked": _("Revoked a clause of sharing"),
    "commitment.added": _("Wrote a commitment into an agreement"),
    "commitment.moved": _("Moved a commitment to its next state"),
    "commitment.removed": _("Removed a commitment from a draft"),
    "demo.built": _("Built the demo"),
    "function.assigned": _("Let a person take over a function"),
    "function.created": _("Made a function"),
    "function.ended": _("Ended a person's time in a function"),
    "function.entered": _("Stepped into a function"),
    "import.done": _("Imported a file"),
    "import.read": _("Read an imported file"),
    "import.received": _("Handed in a file"),
    "import.undone": _("Undid an import"),
    "incident.read": _("Read an incident"),
    "incident.exported": _("Took out incidents"),
    "municipality.founded": _("Founded a municipality"),
    "municipalities.loaded": _("Loaded the municipalities"),
    "pledge.begun": _("Started a citizen pledge"),
    "pledge.edited": _("Edited a citizen pledge"),
    "pledge.logged": _("Wrote what was done for a citizen pledge"),
    "pledge.moved": _("Moved a citizen pledge to its next state"),
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
