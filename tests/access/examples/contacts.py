"""Contact paths, calls and handovers of Storfors."""

from __future__ import annotations

from samverkan.contacts.models import Call, ContactPath
from samverkan.organisations.models import Function

ASKING = "an example for the access table"
SENT, BOTH = ("POST",), ("GET", "POST")
POSTED = {
    "contacts:answer": SENT,
    "contacts:attempt": SENT,
    "contacts:close": SENT,
    "contacts:confirm": SENT,
    "contacts:end_absence": SENT,
    "contacts:make_handover": SENT,
    "contacts:remove_note": SENT,
    "contacts:path": BOTH,
    "contacts:write": BOTH,
    "contacts:absences": BOTH,
    "contacts:function": BOTH,
}


def example_values() -> dict[str, dict[str, str]]:
    path = ContactPath.objects.for_system(ASKING).get(matter="unrest")
    call = Call.objects.for_system(ASKING).get(path=path)
    function = Function.objects.for_system(ASKING).get(title="Säkerhetssamordnare, Storfors")
    of_call = {"ref": call.ref}
    return {
        "contacts:path": {"ref": path.ref},
        "contacts:write": {"code": "1760", "matter": "unrest"},
        "contacts:card": {"code": "1760"},
        "contacts:call": of_call,
        "contacts:answer": of_call,
        "contacts:attempt": of_call,
        "contacts:close": of_call,
        "contacts:function": {"ref": function.ref},
        "contacts:make_handover": {"ref": function.ref},
        "contacts:end_absence": {"ref": "unknown"},
        "contacts:remove_note": {"ref": "unknown"},
        "contacts:handover": {"ref": "unknown"},
        "contacts:handover_pdf": {"ref": "unknown"},
        "contacts:confirm": {"ref": "unknown"},
    }
