"""What was done, in the reader's words. An action without words here is shown by its code."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTION_LABELS = {
    "account.signed_in": _("Signed in"),
    "account.signed_out": _("Signed out"),
    "account.sign_in_failed": _("Failed sign-in"),
    "account.invited": _("Invited a person"),
    "audit.read": _("Read the log"),
    "audit.exported": _("Took out the log"),
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
    "measurement.put_in": _("Put in a safety survey"),
    "preferences.saved": _("Chose language or appearance"),
    "publication.published": _("Published a version for the public"),
    "publication.withdrawn": _("Withdrew a published version"),
    "situational_picture.begun": _("Started a situational picture"),
    "situational_picture.decided": _("Marked a situational picture as decided"),
    "situational_picture.edited": _("Edited a situational picture"),
    "situational_picture.restored": _("Restored an earlier version"),
    "situational_picture.shared": _("Shared a draft"),
    "survey.closed": _("Closed a simple survey"),
    "survey.opened": _("Made a simple survey"),
    "survey.sheets_made": _("Made sheets for a simple survey"),
    "token.created": _("Made an access token"),
    "token.revoked": _("Revoked an access token"),
}


def action_label(code: str) -> str:
    label = ACTION_LABELS.get(code)
    return gettext(str(label)) if label is not None else code
