"""The examples of the rooms that came first."""

from __future__ import annotations

from samverkan.agreements.models import Agreement
from samverkan.governance.models import Group, Meeting
from samverkan.organisations.models import Function, Holding
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.imports.models import ImportBatch
from samverkan.reports.models import SituationalPicture
from samverkan.situation.models import Incident, Place, Problem

ASKING = "an example for the access table"
STORFORS = "1760"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "switch_function": SENT,
    "tokens:revoke": SENT,
    "tokens:index": BOTH,
    "staffing:end": SENT,
    "staffing:assign": BOTH,
    "staffing:new_function": BOTH,
    "reports:restore": SENT,
    "reports:share": BOTH,
    "reports:decide": BOTH,
    "reports:write": BOTH,
    "reports:index": BOTH,
    "imports:upload": BOTH,
    "imports:change": SENT,
    "imports:confirm": SENT,
    "imports:undo": SENT,
    "preferences": BOTH,
    "account_login": BOTH,
    "account_logout": BOTH,
}
IMPORT_ROUTES = (
    "imports:detail",
    "imports:change",
    "imports:confirm",
    "imports:undo",
    "imports:original",
    "imports:job",
)
QUERIES = {
    "api:incidents": "?municipality=1760",
    "api:places": "?municipality=1760&first_week=202601&last_week=202648",
    "api:statistics": "?municipality=1760",
    "search:results": "?q=torget",
    "search:suggestions": "?q=torget",
    "situation:incidents": "?kommun=1760",
    "situation:map_data": "?kommun=1760",
}


def example_values() -> dict[str, dict[str, str]]:
    """For each route with parameters, the values that make it an address."""
    function = Function.objects.for_system(ASKING).get(title="Rektor, grundskolan, Storfors")
    holding = Holding.objects.for_system(ASKING).filter(function=function).earliest("pk")
    incident = _of_storfors(Incident).filter(review="reviewed").latest("pk")
    picture = _of_storfors(SituationalPicture).latest("period_start")
    place = _of_storfors(Place).get(name="Busstorget")
    problem = _of_storfors(Problem).earliest("pk")
    group = Group.objects.for_system(ASKING).get(kind="est")
    meeting = Meeting.objects.for_system(ASKING).filter(group=group).earliest("pk")
    agreement = Agreement.objects.for_system(ASKING).earliest("pk")
    entry = (
        AuditEntry.objects.for_system(ASKING)
        .filter(owner_party_ref=picture.owner.ref)
        .earliest("sequence")
    )
    batch = ImportBatch.objects.for_system(ASKING).earliest("pk")
    version = {"ref": picture.ref, "number": "1"}
    series = {"code": STORFORS, "series_code": "vandalism"}
    return {
        "tokens:revoke": {"ref": "unknown"},
        "api:one_incident": {"ref": incident.ref},
        "api:one_picture": {"ref": picture.ref},
        "agreements:agreement": {"ref": agreement.ref},
        "staffing:assign": {"ref": function.ref},
        "staffing:end": {"ref": function.ref, "number": str(holding.pk)},
        "governance:group": {"ref": group.ref},
        "governance:meeting": {"ref": meeting.ref},
        "situation:incident": {"ref": incident.ref},
        "situation:place": {"ref": place.ref},
        "situation:problem": {"ref": problem.ref},
        "reports:month": {"code": STORFORS, "period": f"{picture.period_start:%Y-%m}"},
        "reports:picture": {"ref": picture.ref},
        "reports:download": {"ref": picture.ref, "kind": "json"},
        "reports:write": {"ref": picture.ref, "section": "analysis"},
        "reports:history": {"ref": picture.ref},
        "reports:changes": version,
        "reports:restore": version,
        "reports:decide": version,
        "reports:share": version,
        "audit:detail": {"sequence": str(entry.sequence)},
        "statistics:municipality": {"code": STORFORS},
        "statistics:export": {"code": STORFORS},
        "statistics:series": series,
        "statistics:series_export": series,
        **{key: {"ref": batch.ref} for key in IMPORT_ROUTES},
        "mfa_edit_webauthn": {"pk": "1"},
        "mfa_remove_webauthn": {"pk": "1"},
        "account_confirm_email": {"key": "unknown"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "unknown"},
    }


def _of_storfors(model: type) -> object:
    return model.objects.for_system(ASKING).filter(municipality__code=STORFORS)
